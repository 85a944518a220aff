"""Policy: which findings count for a channel and an author, and how gravely."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tasmat_check import policy
from tasmat_check.meaning import Meaning
from tasmat_check.models import AuthorRole, Box, Channel, Draft, Finding, Level, Location, Passage, Sighting, Span
from tasmat_check.pack import Pack
from tasmat_check.pack.organisation_file import Organisation
from tasmat_check.pack.policy_file import Clause, Policy
from tasmat_check.pack.rule_file import EntityMatch, MeaningMatch, PhraseMatch, Rule
from tasmat_check.rules.matches import RuleMatch
from tasmat_check.rules.sighted import SightedMatch

TEXT = "So I told Sam's mum."


def clause(number: str, level: str = "breach", **more: Any) -> Clause:
    texts = {"section": "s", "title": "t", "summary": "s", "advice": "a"}
    return Clause.model_validate({"number": number, "level": level, **texts, **more})


CLAUSES = (
    clause("5.1"),
    clause("5.2", "caution"),
    clause("5.10", "note"),
    clause("6.1", channels=["personal"]),
    clause("7.1", "caution", channels=["official"]),
    clause("9.1", "note", follows=["*"]),
    clause("9.2", "note", follows=["5.1"]),
    clause("9.4", "note", follows=["*"], roles=["contractor"]),
)
PACK = Pack(Path(), Policy(title="t", edition="e", scope="s", clause=CLAUSES), Organisation.unnamed(), (), {})


def rule(clauses: list[str], level: str = "breach", **more: Any) -> Rule:
    match = {"kind": "phrase", "patterns": ["x"]}
    texts = {"message": "Names “{evidence}”", "why": "w", "fix": "Leave it out."}
    return Rule.model_validate({"id": "sample", "clauses": clauses, "level": level, "match": match, **texts, **more})


def settled(rule: Rule, channel: Channel = "personal", confidence: float = 0.9) -> Finding | None:
    draft = Draft("1", "post", TEXT, channel)
    return policy.finding(PACK, draft, Passage(TEXT, "alt text"), RuleMatch(rule, Span(10, 19), confidence))


def finding(clauses: tuple[str, ...], level: Level) -> Finding:
    return Finding("sample", clauses, level, "m", "f", "e", 0.9, Location(Span(0, 1)))


def test_a_finding_tells_what_where_and_what_to_do() -> None:
    assert settled(rule(["5.1", "6.1"])) == Finding(
        rule="sample",
        clauses=("5.1", "6.1"),
        level=Level.BREACH,
        message="Names “Sam's mum”",
        fix="Leave it out.",
        evidence="Sam's mum",
        confidence=0.9,
        location=Location(Span(10, 19), "alt text"),
    )


@pytest.mark.parametrize(
    ("clauses", "channels", "channel", "left"),
    [
        (["5.1", "6.1"], ["personal", "official"], "personal", ("5.1", "6.1")),
        (["5.1", "6.1"], ["personal", "official"], "official", ("5.1",)),
        (["6.1", "7.1"], ["personal", "official"], "official", ("7.1",)),
        (["6.1"], ["personal", "official"], "official", None),
        (["5.1"], ["personal"], "official", None),
        (["5.1"], ["personal"], "personal", ("5.1",)),
        (["7.1"], ["personal", "official"], "personal", None),
    ],
)
def test_the_channel_drops_clauses(
    clauses: list[str], channels: list[str], channel: Channel, left: tuple[str, ...] | None
) -> None:
    found = settled(rule(clauses, channels=channels), channel)
    assert (found and found.clauses) == left


@pytest.mark.parametrize(
    ("clauses", "level", "channel", "confidence", "settled_level"),
    [
        (["5.1"], "breach", "personal", 0.9, Level.BREACH),
        (["5.1"], "caution", "personal", 0.9, Level.CAUTION),
        (["5.2"], "breach", "personal", 0.9, Level.CAUTION),
        (["5.10"], "breach", "personal", 0.9, Level.NOTE),
        (["5.2", "5.1"], "breach", "personal", 0.9, Level.BREACH),
        (["6.1", "7.1"], "breach", "official", 0.9, Level.CAUTION),
        (["5.1"], "breach", "personal", 0.5, Level.BREACH),
        (["5.1"], "breach", "personal", 0.49, Level.CAUTION),
        (["5.1"], "note", "personal", 0.1, Level.NOTE),
    ],
)
def test_the_level_is_what_rule_clauses_and_confidence_all_allow(
    clauses: list[str], level: str, channel: Channel, confidence: float, settled_level: Level
) -> None:
    found = settled(rule(clauses, level), channel, confidence)
    assert found
    assert found.level is settled_level


@pytest.mark.parametrize(
    ("findings", "role", "levels"),
    [
        ([], "staff", {}),
        # the gravest level each, in the policy's order
        (
            [(("5.10", "5.2"), Level.NOTE), (("5.2",), Level.CAUTION)],
            "staff",
            {"5.2": Level.CAUTION, "5.10": Level.NOTE},
        ),
        # no clause above what its own wording supports
        (
            [(("5.1", "5.2", "5.10"), Level.BREACH)],
            "staff",
            {"5.1": Level.BREACH, "5.2": Level.CAUTION, "5.10": Level.NOTE, "9.1": Level.NOTE, "9.2": Level.NOTE},
        ),
        # companions follow breaches alone
        ([(("5.1",), Level.CAUTION)], "contractor", {"5.1": Level.CAUTION}),
        ([(("6.1",), Level.BREACH)], "staff", {"6.1": Level.BREACH, "9.1": Level.NOTE}),
        # and some only for some authors
        ([(("6.1",), Level.BREACH)], "contractor", {"6.1": Level.BREACH, "9.1": Level.NOTE, "9.4": Level.NOTE}),
        ([(("6.1",), Level.BREACH)], "governor", {"6.1": Level.BREACH, "9.1": Level.NOTE}),
    ],
)
def test_clauses_get_their_levels(
    findings: list[tuple[tuple[str, ...], Level]], role: AuthorRole, levels: dict[str, Level]
) -> None:
    settled_levels = policy.clause_levels(PACK, [finding(*found) for found in findings], role)
    assert list(settled_levels.items()) == list(levels.items())


def meaning(innocent: float) -> Meaning:
    return Meaning(innocent, {}, ())


def meaning_rule(level: str = "breach") -> Rule:
    return rule(["5.1"], level).model_copy(
        update={"id": "reads-as", "match": MeaningMatch(kind="meaning", label="5.1")}
    )


ASKING = replace(PACK, rules=(meaning_rule(),))


def agreed(matches: list[RuleMatch], innocent: float = 0.1, pack: Pack = ASKING) -> list[tuple[str, Level]]:
    draft = Draft("1", "post", TEXT)
    found = policy.findings(pack, draft, Passage(TEXT), matches, meaning(innocent))
    return [(finding.rule, finding.level) for finding in found]


PRINTED = RuleMatch(
    rule(["5.1"]).model_copy(
        update={"match": PhraseMatch(kind="phrase", patterns=("x",), found_in=("picture", "hidden"))}
    ),
    Span(0, 2),
    0.9,
)
WORDED = RuleMatch(rule(["5.1"]), Span(0, 2), 0.9)
DOUBTFUL = RuleMatch(rule(["5.1"]), Span(0, 2), 0.4)
MEANT = RuleMatch(meaning_rule(), Span(0, 5), 0.9)
HINTED = RuleMatch(meaning_rule(), Span(0, 5), 0.6, sure=False)


@pytest.mark.parametrize(
    ("matches", "levels"),
    [
        ([WORDED, MEANT], [("sample", Level.BREACH)]),
        ([WORDED, HINTED], [("sample", Level.BREACH)]),
        ([DOUBTFUL, HINTED], [("sample", Level.CAUTION)]),
        ([DOUBTFUL, MEANT], [("sample", Level.CAUTION), ("reads-as", Level.BREACH)]),
        ([MEANT], [("reads-as", Level.BREACH)]),
        ([HINTED], [("reads-as", Level.CAUTION)]),
    ],
)
def test_the_model_speaks_where_no_rule_has_said_as_much(
    matches: list[RuleMatch], levels: list[tuple[str, Level]]
) -> None:
    assert agreed(matches) == levels


def test_what_the_model_sees_nothing_of_is_only_a_caution() -> None:
    assert agreed([WORDED], innocent=policy.INNOCENT) == [("sample", Level.CAUTION)]


def test_a_pack_that_never_asks_the_model_is_not_doubted_by_it() -> None:
    assert agreed([WORDED], innocent=1, pack=PACK) == [("sample", Level.BREACH)]


def test_facts_stand_whatever_the_model_thinks() -> None:
    known = rule(["5.1"]).model_copy(update={"match": EntityMatch(kind="entity", labels=("PERSON",))})
    assert agreed([RuleMatch(known, Span(0, 2), 0.9)], innocent=1) == [("sample", Level.BREACH)]


def test_of_signs_and_papers_the_model_is_no_judge() -> None:
    assert agreed([PRINTED], innocent=1) == [("sample", Level.BREACH)]


def test_without_a_model_the_rules_speak_alone() -> None:
    found = list(policy.findings(PACK, Draft("1", "post", TEXT), Passage(TEXT), [WORDED], None))
    assert [finding.level for finding in found] == [Level.BREACH]


def test_what_a_picture_shows_becomes_a_finding_with_its_place() -> None:
    faces = [Sighting("FACE", Box(1, 2, 3, 4), 0.9), Sighting("FACE", Box(5, 6, 7, 8), 0.7)]
    asking = rule(["5.1"], message="Shows people: {count}.").model_copy(
        update={"match": EntityMatch(kind="entity", labels=("FACE",))}
    )
    matches = [SightedMatch(asking, face, 2) for face in faces]
    sure, possible = policy.picture_findings(PACK, Draft("1", "post", ""), "a.jpg", matches)
    assert (sure.message, sure.evidence, sure.level) == ("Shows people: 2.", "face", Level.BREACH)
    assert sure.location == Location(Span(0, 0), image="a.jpg", box=Box(1, 2, 3, 4))
    assert possible.level is Level.CAUTION


def test_words_in_a_picture_are_found_where_they_stand() -> None:
    passage = Passage("ab", "words in a.jpg", "a.jpg", (Box(0, 0, 5, 5), Box(5, 0, 10, 6)))
    assert passage.location(Span(0, 2)).box == Box(0, 0, 10, 6)
