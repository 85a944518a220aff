"""Rules of kind `tokens`: spaCy patterns over the text, with our entities as ENT_TYPE."""

from typing import Any

import pytest

from tasmat_check.rules.matches import RuleMatch

from .samples import found, results, rule

AT_SCHOOL: list[dict[str, Any]] = [
    {"LOWER": {"IN": ["work", "teach"]}},
    {"LOWER": "at"},
    {"ENT_TYPE": "SCHOOL", "OP": "+"},
]


def tokens(*patterns: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {"kind": "tokens", "patterns": list(patterns), **more}


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("I teach at [Oakwell School|SCHOOL] now", ["teach at Oakwell School"]),
        ("I TEACH at [Oakwell|SCHOOL]. I work at [Ashdown|SCHOOL].", ["TEACH at Oakwell", "work at Ashdown"]),
        ("I teach at [Oakwell|LOCATION]", []),
        ("I teach at Oakwell School", []),
        ("I shop at [Oakwell School|SCHOOL]", []),
        ("🎉", []),
        ("", []),
    ],
)
def test_patterns_match_words_and_entities(text: str, evidence: list[str]) -> None:
    assert found(tokens(AT_SCHOOL), text) == evidence


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("I teach at [Oakwell|SCHOOL]", ["teach at Oakwell"]),
        ("My wife and I teach at [Oakwell|SCHOOL]", []),
        ("My wife left. I teach at [Oakwell|SCHOOL]", ["teach at Oakwell"]),
        ("In a film I teach at [Oakwell|SCHOOL]", []),
    ],
)
def test_unless_takes_phrases_and_token_patterns(text: str, evidence: list[str]) -> None:
    match = tokens(AT_SCHOOL, unless=["in a film", [{"LOWER": "my"}, {"LOWER": {"IN": ["wife", "husband"]}}]])
    assert found(match, text) == evidence


def test_rules_share_a_matcher_but_not_their_exceptions() -> None:
    rules = [
        rule(tokens([{"LOWER": "oak"}], unless=[[{"LOWER": "tree"}]]), "one"),
        rule(tokens([{"LOWER": "oak"}, {"LOWER": "tree", "OP": "?"}]), "two", confidence=0.3),
    ]
    matches = [match for match in results(rules, "an oak tree") if isinstance(match, RuleMatch)]
    assert [(match.rule.id, match.span.start, match.span.end, match.confidence) for match in matches] == [
        ("two", 3, 11, 0.3)
    ]


def test_a_label_that_is_optional_in_a_pattern_need_not_stand_in_the_text() -> None:
    match = tokens([{"LOWER": "my"}, {"ENT_TYPE": "SCHOOL", "OP": "?"}, {"LOWER": "class"}])
    assert found(match, "my class") == ["my class"]
