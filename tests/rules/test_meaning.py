"""The rule kind `meaning`: the stretch that carries a sense, and when a sense counts."""

from typing import Any

import pytest

from tasmat_check.meaning import Meaning, Sense
from tasmat_check.meaning.settings import Label
from tasmat_check.models import Passage, Span
from tasmat_check.pack.rule_file import Rule
from tasmat_check.rules import RuleSet
from tasmat_check.rules.matches import RuleMatch
from tasmat_check.rules.meaning import evidence
from tasmat_check.wording import Wording

LABEL = Label(name="5.4", scale=1, shift=0, caution=0.4, breach=0.8)
LONG = (
    "We had the loveliest evening down at the harbour with the whole family and the dog, and afterwards I sat and "
    "thought about the lad with the blue helmet who was sent home again, but then the chips arrived and all was well"
)


def sense(text: str, at: str, probability: float = 0.9) -> Sense:
    start = text.index(at)
    rest = Span(0, 1)
    return Sense(LABEL, probability, ((rest, 0.3), (Span(start, start + len(at)), 0.7)))


@pytest.mark.parametrize(
    ("text", "at", "found"),
    [
        ("Tea was nice. He bit me again. Bed now.", "bit", "He bit me again"),
        ("He bit me again.", "bit", "He bit me again"),
        ("first line\nhe bit me again\nthird line", "bit", "he bit me again"),
        ("Did he bite? Yes!", "bite", "Did he bite?"),
        ("...", "..", "..."),
        ("bit", "bit", "bit"),
    ],
)
def test_the_sentence_with_the_most_attention_is_the_evidence(text: str, at: str, found: str) -> None:
    span = evidence(sense(text, at), Wording(text))
    assert text[span.start : span.end] == found


def test_of_a_long_sentence_only_a_clause_is_shown() -> None:
    span = evidence(sense(LONG, "helmet"), Wording(LONG))
    shown = LONG[span.start : span.end]
    assert "helmet" in shown
    assert len(shown) < len(LONG) / 2


def rule(**more: Any) -> Rule:
    match = {"kind": "meaning", "label": "5.4", **more}
    texts = {"message": "m", "why": "w", "fix": "f"}
    return Rule.model_validate({"id": "reads-as", "clauses": ["5.4"], "level": "breach", "match": match, **texts})


def matches(rule: Rule, probability: float, label: str = "5.4") -> list[RuleMatch]:
    text = "He bit me again."
    meaning = Meaning(1 - probability, {label: sense(text, "bit", probability)}, ())
    found = RuleSet([rule], {}).find(Passage(text), Wording(text), (), meaning)
    return [match for match in found if isinstance(match, RuleMatch)]


@pytest.mark.parametrize(("probability", "sure"), [(0.5, False), (0.79, False), (0.8, True), (0.99, True)])
def test_below_the_breach_threshold_a_sense_only_cautions(probability: float, sure: bool) -> None:
    (match,) = matches(rule(), probability)
    assert (match.sure, match.confidence) == (sure, probability)


def test_another_label_is_another_rules_business() -> None:
    assert matches(rule(), 0.9, label="5.5") == []


def test_conditions_hold_for_meanings_too() -> None:
    assert matches(rule(unless=["bit me"]), 0.9) == []


def test_without_a_model_nothing_is_read() -> None:
    assert list(RuleSet([rule()], {}).find(Passage("He bit me."), Wording("He bit me."), ())) == []
