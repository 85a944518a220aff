"""Rules of kind `phrase`: which of several matches count."""

from typing import Any

import pytest

from tasmat_check.rules.matches import RuleMatch

from .samples import found, results, rule

LEXICONS = {"insult": ["clown", "waste of space", "total {insult-noun}"], "insult-noun": ["muppet", "clown"]}


def phrase(*patterns: str) -> dict[str, Any]:
    return {"kind": "phrase", "patterns": list(patterns)}


@pytest.mark.parametrize(
    ("patterns", "text", "evidence"),
    [
        (["my class", "my class today"], "My class today.", ["My class today"]),
        (["my class", "class today"], "My class today.", ["class today"]),
        (["my class"], "My class. My class?", ["My class", "My class"]),
        (["a b", "b c"], "a b c", ["a b"]),
        (["he is a {insult}"], "He is a waste of space, a clown", ["He is a waste of space"]),
        (["{insult}"], "clown, total muppet", ["clown", "total muppet"]),
        (["at [x"], "nothing", []),
        (["<SCHOOL> rocks"], "[Oakwell School|SCHOOL] rocks", ["Oakwell School rocks"]),
        (["{insult} <SCHOOL>"], "clown [Oakwell School|SCHOOL]", ["clown Oakwell School"]),
        (["my class"], "My 🎉 class", ["My 🎉 class"]),
        (["my class"], "М\u200by clаss", ["М\u200by clаss"]),  # Cyrillic М and а
        (["my class"], "", []),
    ],
)
def test_the_longest_matches_count(patterns: list[str], text: str, evidence: list[str]) -> None:
    assert found(phrase(*patterns), text, LEXICONS) == evidence


def test_rules_do_not_disturb_each_other() -> None:
    rules = [rule(phrase("my class today"), "long"), rule(phrase("my class"), "short", confidence=0.4)]
    matches = [m for m in results(rules, "My class today.") if isinstance(m, RuleMatch)]
    assert {(match.rule.id, match.span.end, match.confidence) for match in matches} == {
        ("long", 14, 0.9),
        ("short", 8, 0.4),
    }


def test_lexicons_may_begin_with_entities() -> None:
    lexicons = {"place": ["<SCHOOL>", "the <LOCATION>"]}
    match = phrase("at {place}", "{place} rocks")
    assert found(match, "at [Oakwell School|SCHOOL]", lexicons) == ["at Oakwell School"]
    assert found(match, "[Oakwell School|SCHOOL] rocks", lexicons) == ["Oakwell School rocks"]
