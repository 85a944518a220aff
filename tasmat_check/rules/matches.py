"""What a kind of rule gives back, and how overlapping matches of one rule are settled."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from tasmat_check.models import Skipped, Span
from tasmat_check.pack.rule_file import Rule
from tasmat_check.rules.reading import Reading
from tasmat_check.spans import Claims


@dataclass(frozen=True, slots=True)
class RuleMatch:
    """A rule's evidence at a stretch of a passage; `confidence` lies in 0–1, and what is not `sure` only cautions."""

    rule: Rule
    span: Span
    confidence: float
    sure: bool = True


class Kind(Protocol):
    """One kind of rule: it runs every rule of that kind over a passage."""

    def find(self, reading: Reading) -> Iterator[RuleMatch | Skipped]:
        """Yield what the rules find, and what they had to give up."""


def longest(spans: Iterable[Span]) -> list[Span]:
    """Keep, of overlapping stretches, the longest (the first of equals), in order of place."""
    claims = Claims()
    kept = [span for span in sorted(spans, key=lambda s: (s.start - s.end, s.start)) if claims.claim(span)]
    return sorted(kept, key=lambda s: s.start)
