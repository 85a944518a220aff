"""Rules of kind `entity`: which entities count, how surely, and whose they are."""

from typing import Any

import pytest

from tasmat_check.models import Entity, Passage, Span
from tasmat_check.rules import RuleSet
from tasmat_check.rules.matches import RuleMatch
from tasmat_check.wording import Wording

from .samples import found, results, rule

CUES = {
    "owner-author": ["call me", "my (new )? number", "ring me"],
    "owner-pupil": ["his number", "her mobile", "{child} number"],
    "owner-parent": ["his mum*"],
    "owner-school": ["the school office"],
    "child": ["the boy's", "the girl's"],
}


def entity(*labels: str, **more: Any) -> dict[str, Any]:
    return {"kind": "entity", "labels": list(labels), **more}


@pytest.mark.parametrize(
    ("match", "text", "evidence"),
    [
        (entity("PERSON"), "[Sam|PERSON] and [Zoë|PERSON:pupil]", ["Sam", "Zoë"]),
        (entity("PERSON"), "at [Oakwell|SCHOOL]", []),
        (entity("PERSON", "SCHOOL"), "[Sam|PERSON] at [Oakwell|SCHOOL]", ["Sam", "Oakwell"]),
        (entity("PERSON", people=["listed"]), "[Sam|PERSON] and [Zoë|PERSON:pupil]", ["Zoë"]),
        (entity("PERSON", people=["unlisted"]), "[Sam|PERSON] and [Zoë|PERSON:pupil]", ["Sam"]),
        (entity("PERSON", people=["staff", "pupil"]), "[Sam|PERSON:staff] [Zoë|PERSON:parent]", ["Sam"]),
        (entity("PERSON"), "[Sam|PERSON@0.4] and [Zoë|PERSON@0.6]", ["Zoë"]),
        (entity("PERSON", score=0.3), "[Sam|PERSON@0.4] and [Zoë|PERSON@0.6]", ["Sam", "Zoë"]),
        (entity("PERSON", unless=["my son"]), "My son [Sam|PERSON]. [Zoë|PERSON] too", ["Zoë"]),
        (entity("PERSON", at_least=2), "[Sam|PERSON] and [Zoë|PERSON]", ["Sam", "Zoë"]),
        (entity("PERSON", at_least=2), "[Sam|PERSON] and [Sam|PERSON]", []),
        (entity("PERSON", at_least=2, unless=["my son"]), "My son [Sam|PERSON]. [Zoë|PERSON] too", []),
        (entity("PERSON", needs=[{"any": ["detention"]}]), "[Sam|PERSON]: detention. [Zoë|PERSON] not", ["Sam"]),
    ],
)
def test_entities_count_by_label_role_score_and_wording(match: dict[str, Any], text: str, evidence: list[str]) -> None:
    assert found(match, text) == evidence


@pytest.mark.parametrize(("score", "confidence"), [("1.0", 0.9), ("0.5", 0.45)])
def test_confidence_is_the_scores_times_the_rules(score: str, confidence: float) -> None:
    (match,) = results([rule(entity("PERSON"))], f"[Sam|PERSON@{score}]")
    assert isinstance(match, RuleMatch)
    assert match.confidence == confidence


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("call me on [07700 900123|PHONE_NUMBER]", "author"),
        ("[07700 900123|PHONE_NUMBER], call me", "author"),
        ("his number is [07700 900123|PHONE_NUMBER]", "pupil"),
        ("the girl’s number is [07700 900123|PHONE_NUMBER]", "pupil"),
        ("his mum: [07700 900123|PHONE_NUMBER]", "parent"),
        ("[07700 900123|PHONE_NUMBER]", "unknown"),
        ("lovely weather [07700 900123|PHONE_NUMBER]", "unknown"),
        # the nearest cue decides
        ("call me or try his number [07700 900123|PHONE_NUMBER]", "pupil"),
        ("not his number, call me on [07700 900123|PHONE_NUMBER]", "author"),
        ("his number [07700 900123|PHONE_NUMBER] well now call me", "pupil"),
        ("his number is now the [07700 900123|PHONE_NUMBER] call me", "author"),
        # at the same distance the one before
        ("his number [07700 900123|PHONE_NUMBER] call me", "pupil"),
        ("call me [07700 900123|PHONE_NUMBER] his number", "author"),
        # other sentences do not count
        ("Call me. It is [07700 900123|PHONE_NUMBER]", "unknown"),
        ("[07700 900123|PHONE_NUMBER]\nHis number", "unknown"),
    ],
)
def test_the_nearest_cue_of_the_sentence_names_the_owner(text: str, owner: str) -> None:
    owners = [
        name
        for name in ("author", "family", "pupil", "parent", "colleague", "school", "public", "unknown")
        if found(entity("PHONE_NUMBER", owner=[name]), text, CUES)
    ]
    assert owners == [owner]


@pytest.mark.parametrize(
    ("school", "owner", "evidence"),
    [
        (Span(15, 22), "school", ["me@oakwell.example.org"]),
        (Span(15, 22), "author", []),
        (Span(0, 7), "school", []),
        (Span(0, 7), "author", ["me@oakwell.example.org"]),
    ],
)
def test_what_holds_a_schools_name_is_the_schools(school: Span, owner: str, evidence: list[str]) -> None:
    text = "Call me at: me@oakwell.example.org"
    entities = [
        Entity("EMAIL_ADDRESS", Span(12, len(text)), text[12:], 0.9),
        Entity("SCHOOL", school, text[school.start : school.end], 0.9),
    ]
    rules = RuleSet([rule(entity("EMAIL_ADDRESS", owner=[owner]))], CUES)
    matches = rules.find(Passage(text), Wording(text), entities)
    assert [text[m.span.start : m.span.end] for m in matches if isinstance(m, RuleMatch)] == evidence
