import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasmat_check.readers.platforms.meta.encoding import repair, repaired


def _as_meta_writes(text: str) -> str:
    return text.encode().decode("latin-1")


@pytest.mark.parametrize(
    "text",
    [
        "Don’t tell 😊",
        "£5 — café",
        "no\u00a0break",
        "‘Шкільний’ день",
        "👩‍👩‍👧 family",
        "naïve façade",
        "日本語",
        "plain",
        "",
    ],
)
@pytest.mark.parametrize("times", [1, 2, 3])
def test_text_of_an_export_is_repaired_however_often_it_was_encoded(text: str, times: int) -> None:
    encoded = text
    for _ in range(times):
        encoded = _as_meta_writes(encoded)
    assert repair(encoded) == text


@pytest.mark.parametrize(
    "text",
    ["Don’t tell 😊", "£5 — café", "no\u00a0break", "Ünïcode: ÀÉÎÕÜ", "CAFÉ\u00a0» MENÜ»", "20°C ½ price", "שלום"],
)
def test_right_text_stays_as_it_is(text: str) -> None:
    assert repair(text) == text


def test_text_that_is_partly_right_is_repaired_where_it_is_not() -> None:
    assert repair("“right” " + _as_meta_writes("donâ".replace("â", "’") + "t 😊")) == "“right” don’t 😊"


def test_a_letter_that_was_cut_off_spoils_no_other() -> None:
    emoji = _as_meta_writes("😊")
    assert repair(f"caf{_as_meta_writes('é')} {emoji}{emoji[:2]}") == f"café 😊{emoji[:2]}"
    assert repair(emoji[:3]) == emoji[:3]


def test_keys_are_repaired_too() -> None:
    written = json.loads(r'{"Propri\u00c3\u00a9taire": [{"value": "\u00c2\u00a35"}, 5, null, true]}')
    assert repaired(written) == {"Propriétaire": [{"value": "£5"}, 5, None, True]}


@given(st.text())
def test_what_meta_writes_comes_back(text: str) -> None:
    # Half an emoji is no text, and one of a wrong text's readings may be right again: it is read on until it is stable.
    whole = text.encode("utf-8", "ignore").decode()
    assert repair(_as_meta_writes(whole)) == repair(whole)


@given(st.text(st.characters(max_codepoint=0x17F)))
def test_repair_is_done_once_for_all(text: str) -> None:
    once = repair(text)
    assert repair(once) == once
