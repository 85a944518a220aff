"""The trust, its schools and the council, in every spelling; and what only looks like them."""

import time
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasmat_check.pack.organisation_file import Organisation
from tasmat_check.recognizers.organisation import OrganisationRecognizer
from tasmat_check.wording import Wording

PACK = Path(__file__).parents[3] / "patterns" / "organisation.toml"
RECOGNIZER = OrganisationRecognizer(Organisation.model_validate(tomllib.loads(PACK.read_text(encoding="utf-8"))))

Found = list[tuple[str, str]]


def find(text: str, recognizer: OrganisationRecognizer = RECOGNIZER) -> Found:
    entities = list(recognizer.recognize(Wording(text)))
    for entity in entities:
        assert entity.text == text[entity.span.start : entity.span.end]
        assert 0 < entity.score <= 1
    return [(entity.label, entity.text) for entity in entities]


SCHOOL = [
    ("I work at Torfield School", "Torfield School"),
    ("torfield special school is ace", "torfield special school"),
    ("for Torfield and Saxon Mount Academy Trust", "Torfield and Saxon Mount Academy Trust"),
    ("for Torfield & Saxon Mount Academy Trust", "Torfield & Saxon Mount Academy Trust"),
    ("TaSMAT payslip", "TaSMAT"),
    ("Torfield's head", "Torfield"),
    ("torfields head", "torfield"),
    ("saxon mount’s view", "saxon mount"),
    ("teach at saxon", "saxon"),
    ("saxon staff do", "saxon"),
    ("5axon staff do", "5axon"),
    ("SMS staff do", "SMS"),
    ("saxon mt has a page", "saxon mt"),
    ("I miss Torfield", "Torfield"),
    ("Torfield close to my heart", "Torfield"),
    ("Torfeild is fab", "Torfeild"),
    ("Saxon Mont reunion", "Saxon Mont"),
    ("Saxton Mount fete", "Saxton Mount"),
    ("#ProudToWorkAtTorfield!", "#ProudToWorkAtTorfield"),
    ("by @saxonmount_staff.", "@saxonmount_staff"),
    ("join torfieldschool_life", "torfieldschool_life"),
    ("r/torfieldschoolofficial is up", "torfieldschoolofficial"),
    ("facebook.com/saxonmountmemes", "saxonmountmemes"),
    ("x@tasmat.org.uk please", "tasmat.org.uk"),
    ("k.dean@saxonmount.e-sussex.sch.uk", "saxonmount.e-sussex.sch.uk"),
    ("see https://www.torfield.e-sussex.sch.uk/news", "www.torfield.e-sussex.sch.uk"),
    ("post to TN34 3JT", "TN34 3JT"),
    ("ring 01424 428228", "01424 428228"),
    ("ring +44 (0)1424 428 228", "+44 (0)1424 428 228"),
    ("Croft Road, Hastings, TN34 3JT", "Croft Road, Hastings, TN34 3JT"),
    ("a special school on Edinburgh Road", "Edinburgh Road"),
    ("T0rfield rocks", "T0rfield"),
    ("S@xon M0unt", "S@xon M0unt"),
    ("T*rfield", "T*rfield"),
    ("S*xon M**nt", "S*xon M**nt"),
    ("T.A.S.M.A.T", "T.A.S.M.A.T"),
    ("T-o-r-f-i-e-l-d", "T-o-r-f-i-e-l-d"),
    ("s a x o n  m o u n t", "s a x o n  m o u n t"),
    ("Torf🏫ield", "Torf🏫ield"),
    ("Torf ield", "Torf ield"),
    ("𝓣𝓸𝓻𝓯𝓲𝓮𝓵𝓭", "𝓣𝓸𝓻𝓯𝓲𝓮𝓵𝓭"),
    ("tоrfiеld", "tоrfiеld"),
]


@pytest.mark.parametrize(("text", "name"), SCHOOL)
def test_school(text: str, name: str) -> None:
    assert find(text) == [("SCHOOL", name)]


ORGANIZATION = [
    ("Proud member of East Sussex County Council", "East Sussex County Council"),
    ("East Susex County Council", "East Susex County Council"),
    ("ESCC crest", "ESCC"),
    ("my escc lanyard", "escc"),
    ("ask the County Council", "County Council"),
    ("East Sussex council", "East Sussex council"),
    ("a.b@eastsussex.gov.uk", "eastsussex.gov.uk"),
    ("taught at Brackenhurst Primary", "Brackenhurst Primary"),
    ("The St Leonards Academy, Edinburgh Road", "St Leonards Academy"),
]


@pytest.mark.parametrize(("text", "name"), ORGANIZATION)
def test_organization(text: str, name: str) -> None:
    assert find(text) == [("ORGANIZATION", name)]


INNOCENT = """\
Torfield Close coned off
Torfield Road is shut
parked on torfield close
#TorfieldRoad
Torfield pub quiz
Mr Torfield the plumber
14 Saxon Mount, Leeds
Saxon Mount, Moortown
Mount Saxon
an Anglo-Saxon poem, and I teach it
I teach saxon history at a primary
Saxon mounts in Kent
saxonmountain bikes #saxonmountain
the Saxon amount, the Saxon mound
Saxon is in my class
my son Saxon's class
We loved Saxon. Mount up!
sent by SMS to parents
the TAs mat
a motor field, a torn field
Corfield, Horfield, Tofield, Tasman
#tasmatters notasmat.org x@stasmat.org.uk
West Sussex County Council
Kent County Council
presccool escc
12 Croft Road, Hastings
Edinburgh Road, St Leonards
my Old School and High School
01424 4282281""".splitlines()


@pytest.mark.parametrize("text", INNOCENT)
def test_innocent(text: str) -> None:
    assert find(text) == []


INVENTED = OrganisationRecognizer(
    Organisation.model_validate(
        {
            "trust": {"name": "Larkhill Learning Trust", "short": ["LLT"]},
            "school": [{"name": "Brindlewick School", "short": ["Brindlewick"], "hints": ["Brin"]}],
            "trap": [{"after": ["Road"], "why": "a street"}],
            "words": {"beside": ["staff"], "institution": ["school"]},
        }
    )
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Brindelwick staff", ["Brindelwick"]),
        ("#WeAreBrindlewick", ["#WeAreBrindlewick"]),
        ("LLT and llt", ["LLT"]),
        ("brin staff", ["brin"]),
        ("Brindlewick Road", []),
        ("Torfield School", ["Torfield School"]),
        ("torfield", []),
    ],
)
def test_any_trust(text: str, found: list[str]) -> None:
    assert [name for _, name in find(text, INVENTED)] == found


def test_a_pack_that_names_no_organisation() -> None:
    recognizer = OrganisationRecognizer(Organisation.unnamed())
    assert find("Torfield staff, 14 Oak Road, the County Council, #a*b", recognizer) == []


HIDDEN = st.sampled_from(["\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u0301"])
TWINS = {"o": "о0", "e": "е3", "a": "аα@", "i": "і1", "s": "ѕ5$", "t": "т7", "n": "n", "m": "м"}


@st.composite
def disguised_names(draw: st.DrawFn) -> str:
    letters = []
    for letter in draw(st.sampled_from(["torfield", "saxon mount", "tasmat"])):
        letters.append(draw(st.sampled_from(letter + letter.upper() + TWINS.get(letter, ""))))
        letters.append(draw(st.one_of(st.just(""), HIDDEN)))
    return "".join(letters).rstrip("\u200b\u200d\u2060\ufeff\u00ad\u0301")


AROUND = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=60)


@settings(deadline=None, max_examples=300)
@given(AROUND, disguised_names(), AROUND)
def test_disguised_name_is_found_in_any_text(before: str, name: str, after: str) -> None:
    text = f"{before} xyz; {name} was fun; {after}"
    start = len(before) + 6
    entities = list(RECOGNIZER.recognize(Wording(text)))
    assert all(entity.text == text[entity.span.start : entity.span.end] for entity in entities)
    assert any(
        e.label == "SCHOOL" and e.span.start <= start + 1 and e.span.end >= start + len(name) - 1 for e in entities
    )


@settings(deadline=None)
@given(st.text(max_size=200))
def test_entities_keep_order_and_never_overlap(text: str) -> None:
    spans = [entity.span for entity in RECOGNIZER.recognize(Wording(text))]
    assert all(left.end <= right.start for left, right in pairwise(spans))


@pytest.mark.parametrize(
    "unit",
    [
        "saxonmount",
        "torfield.",
        "a.",
        "@",
        "t*r",
        "s a x o n ",
        "01424 ",
        "ESCC ",
        "Ab ",
        "at SM ",
        "school Croft Road ",
    ],
)
def test_hostile_text_takes_no_second(unit: str) -> None:
    wording = Wording((unit * 100_000)[:100_000])
    started = time.process_time()
    list(RECOGNIZER.recognize(wording))
    assert time.process_time() - started < 2  # a second on a quiet computer; twice that on a busy one
