"""Invented rules, and texts in which what a recognizer would see is marked: “[Oakwell School|SCHOOL] is big”."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from tasmat_check.models import Entity, Passage, Person, Skipped, Span
from tasmat_check.pack.rule_file import Rule
from tasmat_check.rules import RuleSet
from tasmat_check.rules.matches import RuleMatch
from tasmat_check.wording import Wording

_MARK = re.compile(r"\[([^\]|]+)\|([A-Z_]+)(?::(\w+))?(?:@([\d.]+))?\]")

Lexicons = Mapping[str, Sequence[str]]


def rule(match: Mapping[str, Any], rule_id: str = "sample", confidence: float = 0.9) -> Rule:
    """Build a rule with this [match] table."""
    texts = {"message": "Says “{evidence}”", "why": "Because.", "fix": "Leave it out."}
    head = {"id": rule_id, "clauses": ["1.1"], "level": "breach", "confidence": confidence}
    return Rule.model_validate({**head, **texts, "match": match})


def read_marks(marked: str) -> tuple[str, list[Entity]]:
    """Give a marked text without its marks, and the entities they stood for: “[text|LABEL:role@score]”."""
    text = ""
    entities = []
    end = 0
    for mark in _MARK.finditer(marked):
        text += marked[end : mark.start()]
        span = Span(len(text), len(text) + len(mark[1]))
        person = Person(mark[1], "Oakley", role=mark[3]) if mark[3] else None
        entities.append(Entity(mark[2], span, mark[1], float(mark[4] or 0.8), person))
        text += mark[1]
        end = mark.end()
    return text + marked[end:], entities


def results(rules: Sequence[Rule], marked: str, lexicons: Lexicons | None = None) -> list[RuleMatch | Skipped]:
    """Give all that some rules find in a marked text."""
    text, entities = read_marks(marked)
    return list(RuleSet(rules, lexicons or {}).find(Passage(text), Wording(text), entities))


def found(match: Mapping[str, Any], marked: str, lexicons: Lexicons | None = None) -> list[str]:
    """Give the evidence that one rule finds in a marked text, in order."""
    text, _ = read_marks(marked)
    evidence = []
    for result in results([rule(match)], marked, lexicons):
        assert isinstance(result, RuleMatch), result
        evidence.append(text[result.span.start : result.span.end])
    return evidence
