import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasmat_check.recognizers import contacts
from tasmat_check.wording import Wording

_LENGTH = 100_000
_PATIENCE = 4.0  # CPU seconds: four times what the slowest takes; were it quadratic, it would take minutes
_HOSTILE = {
    unit[:12]: (unit * _LENGTH)[:_LENGTH]
    for unit in (
        *"0@. :-+(_\"'#/\n",
        *(
            "0 ",
            "07700 ",
            "a@",
            "@a.",
            "a.",
            "1.",
            "1:",
            "+4",
            "0,",
            "ol1 ",
            " at ",
            "a at b dot ",
            " dot ",
            "snap: is ",
        ),
        *(
            "http://",
            "//",
            "http://a.com/x ",
            "1 road ",
            "1 Mill Road, Ab",
            "Aa ",
            "oh seven ",
            "oh seven and ",
            "call me ",
        ),
        *("call 999 ", "ts1 1aa ", "(415)555-", "a#1234 ", "text a to ", "０７", "ab:", "Aa Aa Cottage, "),
    )
}
_HOSTILE["digits apart"] = " ".join(random.Random(1).choices("0123456789", k=_LENGTH // 2))  # noqa: S311
_HOSTILE["brackets after a link"] = "http://a.com/" + ")" * _LENGTH


def test_recognize_runs_every_kind() -> None:
    text = "@sam 07700 900123 sam@example.org example.com 203.0.113.9 at 5 Mill Lane, TN38 0AA"
    labels = {entity.label for entity in contacts.recognize(Wording(text))}
    assert labels == {
        "HANDLE",
        "PHONE_NUMBER",
        "EMAIL_ADDRESS",
        "URL",
        "IP_ADDRESS",
        "STREET_ADDRESS",
        "UK_POSTCODE",
    }


@pytest.mark.parametrize("text", _HOSTILE.values(), ids=_HOSTILE.keys())
def test_recognize_is_not_slowed_by_hostile_lines(text: str) -> None:
    wording = Wording(text)
    _ = wording.words
    for kind in contacts.KINDS:
        start = time.process_time()
        for _entity in kind.recognize(wording):
            pass
        assert time.process_time() - start < _PATIENCE, kind.__name__


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from("0714 ohseven.@-/:+()#lLaZ9️⃣éß＠みﬁ\n"), max_size=60))
def test_recognize_quotes_the_text_it_points_to(text: str) -> None:
    for entity in contacts.recognize(Wording(text)):
        assert entity.text == text[entity.span.start : entity.span.end] != ""
        assert 0 < entity.score <= 1
