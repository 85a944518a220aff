"""Token patterns: what the checker refuses without spaCy, and that spaCy takes what it does not refuse."""

from typing import Any

import pytest

from tasmat_check.pack.token_patterns import mistakes, regex_mistake

LABELS = frozenset({"PERSON", "SCHOOL"})
Token = dict[str, Any]

GOOD: list[list[Token]] = [
    [{"LOWER": "my"}, {"LOWER": {"IN": ["class", "form"]}}],
    [{"ENT_TYPE": "SCHOOL", "OP": "+"}, {}],
    [{"ENT_TYPE": "SCHOOL", "OP": "{1,3}"}, {"LOWER": "uniform", "OP": "?"}],
    [{"ENT_TYPE": ""}, {"ENT_TYPE": {"NOT_IN": ["PERSON"]}}],
    [{"TEXT": {"REGEX": "^[A-Z]{3}$"}, "IS_ALPHA": True}],
    [{"LENGTH": {">=": 4}}, {"LENGTH": 3}],
    [{"NORM": {"FUZZY": "school"}}],
    [{"SHAPE": "dX"}, {"LIKE_NUM": True}, {"IS_PUNCT": False, "OP": "*"}],
]
BAD: list[tuple[list[Token], list[str]]] = [
    ([], ["an empty token pattern"]),
    ([{"LEMMA": "be"}], ["LEMMA: the pipeline has no such token attribute"]),
    ([{"LEMMA": {"NOT_IN": ["be"]}}], ["LEMMA: the pipeline has no such token attribute"]),
    ([{"POS": "NOUN"}, {"DEP": "x"}], [f"{name}: the pipeline has no such token attribute" for name in ("POS", "DEP")]),
    ([{"LOWR": "my"}], ["LOWR: the pipeline has no such token attribute"]),
    ([{"LOWER": "my", "OP": "??"}], ["OP: '??' is no operator"]),
    ([{"LOWER": "my", "OP": 2}], ["OP: 2 is no operator"]),
    ([{"ENT_TYPE": "PUPIL"}], ["there is no entity label PUPIL"]),
    ([{"LOWER": ["my"]}], ["LOWER: ['my'] is not text"]),
    ([{"LOWER": {"WITHIN": ["my"]}}], ["LOWER: WITHIN is no comparison"]),
    (
        [{"LOWER": {"REGEX": "(my"}}],
        ["LOWER: regular expression “(my”: missing ), unterminated subpattern at position 0"],
    ),
    ([{"PREFIX": "a"}], ["PREFIX: the pipeline has no such token attribute"]),
    ([{"LOWER": 3}], ["LOWER: 3 is not text"]),
    ([{"LENGTH": "3"}], ["LENGTH: '3' is not a number"]),
    ([{"IS_ALPHA": "yes"}], ["IS_ALPHA: 'yes' is not true or false"]),
    ([{"LOWER": {"IN": "my"}}], ["LOWER: IN needs a list, each of it text"]),
    ([{"ENT_TYPE": {"IN": ["PUPIL"]}}], ["there is no entity label PUPIL"]),
    ([{"LOWER": "my", "OP": "{3,1}"}], ["OP: '{3,1}' asks for more than it allows"]),
    ([{"LOWER": {"REGEX": r"\p{L}"}}], ["LOWER: regular expression “\\p{L}”: bad escape \\p at position 0"]),
]


@pytest.mark.parametrize("pattern", GOOD)
def test_good_patterns_pass_and_spacy_takes_them(pattern: list[Token]) -> None:
    from spacy.matcher import Matcher

    from tasmat_check.nlp import tokenizer

    assert list(mistakes(tuple(pattern), LABELS)) == []
    matcher = Matcher(tokenizer().vocab, validate=True)
    matcher.add("sample", [pattern])
    assert isinstance(matcher(tokenizer()("My class is at Oakwell School")), list)


@pytest.mark.parametrize(("pattern", "expected"), BAD)
def test_bad_patterns_are_told(pattern: list[Token], expected: list[str]) -> None:
    assert list(mistakes(tuple(pattern), LABELS)) == expected


@pytest.mark.parametrize(("pattern", "mistake"), [(r"\p{L}+", ""), ("(a", "regular expression “(a”: missing )")])
def test_regular_expressions_are_compiled(pattern: str, mistake: str) -> None:
    assert regex_mistake(pattern).startswith(mistake)
    assert bool(regex_mistake(pattern)) is bool(mistake)
