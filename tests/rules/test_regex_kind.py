"""Rules of kind `regex`: what they match, and that none can hang a check."""

from time import perf_counter
from typing import Any

import pytest

from tasmat_check.models import Skipped
from tasmat_check.rules.matches import RuleMatch

from .samples import found, results, rule


def regex(*patterns: str, **more: Any) -> dict[str, Any]:
    return {"kind": "regex", "patterns": list(patterns), **more}


@pytest.mark.parametrize(
    ("patterns", "text", "evidence"),
    [
        (["room [0-9]+"], "In ROOM 12 and room 3", ["ROOM 12", "room 3"]),
        (["oak", "oak(well)?"], "Oakwell", ["Oakwell"]),
        (["[🤡🐍]+"], "my boss 🤡🤡", ["🤡🤡"]),
        (["x*"], "abc", []),
        ([r"\p{L}{4}", "b"], "zoë", []),
        (["^b"], "a\nb", []),
        (["a"], "", []),
    ],
)
def test_the_longest_matches_count(patterns: list[str], text: str, evidence: list[str]) -> None:
    assert found(regex(*patterns), text) == evidence


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("Love my boss 🤡.", ["🤡"]),
        ("Kidding, my boss 🤡 though. Lovely day.", []),
        ("My boss 🤡. Lovely day. Just kidding.", ["🤡"]),
        ("Just kidding. 🤡 my boss.", ["🤡"]),
        ("Just my boss. 🤡 kidding.", []),
        ("Just kidding. My boss 🤡", ["🤡"]),
        ("My boss. Just kidding 🤡", []),
        ("🤡", ["🤡"]),
    ],
)
def test_evidence_without_words_belongs_to_its_sentence(text: str, evidence: list[str]) -> None:
    assert found(regex("🤡", unless=["kidding"]), text) == evidence


def test_a_rule_that_would_hang_is_given_up_aloud_and_the_others_go_on() -> None:
    rules = [rule(regex("(a+)+$", "(b|b+)+$"), "hanging"), rule(regex("end!"), "quick")]
    start = perf_counter()
    outcome = results(rules, "a" * 5_000 + "b" * 5_000 + " the end! ")
    assert perf_counter() - start < 4
    skipped = [result for result in outcome if isinstance(result, Skipped)]
    assert [result.what for result in skipped] == ["rule hanging"]
    assert "longer than 1 s" in skipped[0].reason
    assert [result.rule.id for result in outcome if isinstance(result, RuleMatch)] == ["quick"]
