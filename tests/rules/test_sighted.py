"""Entity rules over what pictures show."""

from typing import Any

import pytest

from tasmat_check.models import Box, Sighting
from tasmat_check.pack.rule_file import Rule
from tasmat_check.rules.sighted import SightedRules

FACE = Sighting("FACE", Box(0, 0, 4, 4), 0.95)
DIM_FACE = Sighting("FACE", Box(5, 0, 9, 4), 0.65)
LOGO = Sighting("LOGO", Box(0, 5, 4, 9), 0.9, "crest")
HOME = Sighting("GPS", None, 1.0, "1.000, 2.000", source="GPSInfo")
SCHOOL = Sighting("GPS", None, 1.0, "1.000, 2.000", source="GPSInfo", owner="school")


def rules(labels: list[str], **more: Any) -> SightedRules:
    texts = {"message": "m", "why": "w", "fix": "f", "clauses": ["1"], "level": "breach"}
    return SightedRules(
        [Rule.model_validate({"id": "r", "match": {"kind": "entity", "labels": labels, **more}, **texts})]
    )


@pytest.mark.parametrize(
    ("asked", "seen", "found"),
    [
        (rules(["FACE"]), [FACE, LOGO], [FACE]),
        (rules(["FACE"]), [FACE, DIM_FACE], [FACE, DIM_FACE]),
        (rules(["FACE"], score=0.8), [DIM_FACE], []),
        (rules(["LOGO"], beside=["FACE"]), [LOGO], []),
        (rules(["LOGO"], beside=["FACE"]), [FACE, LOGO], [LOGO]),
        (rules(["GPS"], owner=["school"]), [HOME], []),
        (rules(["GPS"], owner=["school"]), [SCHOOL], [SCHOOL]),
        (rules(["PERSON"]), [FACE], []),
    ],
)
def test_rules_point_at_what_they_ask_for(asked: SightedRules, seen: list[Sighting], found: list[Sighting]) -> None:
    assert [match.sighting for match in asked.find(seen)] == found


def test_a_match_counts_its_kind_and_only_a_high_score_is_sure() -> None:
    first, second = rules(["FACE"]).find([FACE, DIM_FACE, LOGO])
    assert (first.count, first.sighting.sure, second.sighting.sure) == (2, True, False)


def test_what_no_rule_asks_for_need_not_be_looked_for() -> None:
    assert rules(["LOGO"], beside=["FACE"]).labels == {"LOGO", "FACE"}
    assert rules(["PERSON"]).labels == frozenset()
