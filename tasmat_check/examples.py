"""Runs the examples that rules carry, each through the whole engine."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from tasmat_check.engine import Checker
from tasmat_check.models import Report
from tasmat_check.pack import Pack
from tasmat_check.pack.rule_file import Example, MeaningMatch, Rule

LEAST_EXAMPLES = 3
"""Finding, and clear, examples that every rule has at least."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A rule whose examples do not show what they should."""

    rule: str
    what: str


def failures(pack: Pack, *, meaning: bool = True, pipeline: str | None = None) -> Iterator[Failure]:
    """Yield every example that finds something else than it says, and every rule with too few of them."""
    build = partial(Checker, pack, meaning=meaning, pipeline=pipeline)
    checker = build()
    for rule in pack.rules:
        if isinstance(rule.match, MeaningMatch) and not meaning:
            continue
        finding = sum(bool(example.finds) for example in rule.example)
        if min(finding, len(rule.example) - finding) < LEAST_EXAMPLES:
            yield Failure(rule.id, f"needs at least {LEAST_EXAMPLES} finding and {LEAST_EXAMPLES} clear examples")
        for number, example in enumerate(rule.example, 1):
            report = _report(
                example, checker if not example.people else build(people=[row.person() for row in example.people])
            )
            found = _found(rule, report)
            for skipped in report.skipped:
                yield Failure(rule.id, f"example {number} is not wholly checked: {skipped.what}: {skipped.reason}")
            if found != example.finds:
                yield Failure(rule.id, f"example {number} finds {_quoted(found)}, not {_quoted(example.finds)}")


def evidence(rule: Rule, example: Example, checker: Checker) -> tuple[str, ...]:
    """Give what a rule finds in one of its examples."""
    return _found(rule, _report(example, checker))


def _report(example: Example, checker: Checker) -> Report:
    return checker.check(example.draft())


def _found(rule: Rule, report: Report) -> tuple[str, ...]:
    return tuple(finding.evidence for finding in report.findings if finding.rule == rule.id)


def _quoted(texts: tuple[str, ...]) -> str:
    return ", ".join(f"“{text}”" for text in texts) or "nothing"
