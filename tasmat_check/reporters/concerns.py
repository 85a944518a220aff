"""Gathers findings into what a person needs to hear: each clause once, why, and what to do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from textwrap import shorten

from tasmat_check.models import Finding, Level, Report, Summary
from tasmat_check.pack.policy_file import Clause
from tasmat_check.reporters import PackView

_LONGEST_QUOTE = 70
_MOST_QUOTES = 5
_MOST_FIXES = 3


@dataclass(frozen=True, slots=True)
class Concern:
    """One clause that findings point to first; `also` are further clauses they touch, told only once a report."""

    clause: Clause
    level: Level
    reasons: tuple[str, ...]
    fixes: tuple[str, ...]
    also: tuple[Clause, ...]


def concerns(report: Report, pack: PackView) -> list[Concern]:
    """Give the report's concerns, the gravest first, then in the policy's order."""
    by_clause: dict[str, list[Finding]] = {}
    for finding in report.findings:
        by_clause.setdefault(finding.clauses[0], []).append(finding)
    order = {clause.number: place for place, clause in enumerate(pack.policy.clause)}
    levels = {number: _level(number, findings, report) for number, findings in by_clause.items()}
    told = set(by_clause)
    result = []
    for number in sorted(by_clause, key=lambda number: (-levels[number], order.get(number, len(order)))):
        findings = by_clause[number]
        also = _also(findings, report, told)
        told.update(also)
        clause = pack.clause(number)
        told_once = _surest(findings)
        fixes = _distinct(finding.fix for finding in told_once if finding.fix)[:_MOST_FIXES] or [clause.advice]
        also_clauses = tuple(pack.clause(other) for other in sorted(also, key=lambda other: order.get(other, 0)))
        result.append(Concern(clause, levels[number], tuple(reasons(told_once)), tuple(fixes), also_clauses))
    return result


def tally(told: Iterable[Concern]) -> str:
    """Say how many things there are to change and to think over; empty for none of either."""
    levels = [concern.level for concern in told]
    change, think = levels.count(Level.BREACH), levels.count(Level.CAUTION)
    counts = []
    if change:
        counts.append(f"{things(change)} to change")
    if think:
        counts.append(f"{think if change else things(think)} to think over")
    return ", ".join(counts)


def things(count: int) -> str:
    """Count things in words."""
    return "1 thing" if count == 1 else f"{count} things"


def companions(report: Report, pack: PackView) -> list[Clause]:
    """Give the clauses that no finding cites but that come along, such as the consequences."""
    cited = {number for finding in report.findings for number in finding.clauses}
    return [clause for clause in pack.policy.clause if clause.number in report.clauses and clause.number not in cited]


def reasons(findings: Iterable[Finding]) -> list[str]:
    """Give the findings' messages, those that differ only in what they quote told as one."""
    quotes: dict[str, list[str]] = {}
    for finding in findings:
        quote = f"“{finding.evidence}”"
        message = finding.message.replace(quote, "\0") if finding.evidence else finding.message
        seen = quotes.setdefault(message, [])
        short = "“" + shorten(finding.evidence, _LONGEST_QUOTE, placeholder=" …") + "”"
        if short not in seen:
            seen.append(short)
    return [message.replace("\0", _listed(seen)) for message, seen in quotes.items()]


def _surest(findings: Sequence[Finding]) -> list[Finding]:
    """Drop what only repeats, about the same words, what a surer (or longer) finding of the clause says."""
    kept: list[Finding] = []
    for finding in sorted(findings, key=lambda f: (-f.level, -f.confidence, -len(f.evidence))):
        if not any(_repeats(finding, other) for other in kept):
            kept.append(finding)
    return sorted(kept, key=findings.index)


def _repeats(finding: Finding, surer: Finding) -> bool:
    """Say whether a finding points at mostly the words that a surer one does, or less gravely at some of them."""
    if (finding.location.part, finding.location.image) != (surer.location.part, surer.location.image):
        return False
    if finding.location.image and finding.location.span.start == finding.location.span.end:
        return finding.message == surer.message
    here, there = finding.location.span, surer.location.span
    shared = min(here.end, there.end) - max(here.start, there.start)
    if finding.level < surer.level and shared == here.end - here.start:
        return True
    return 2 * shared >= max(here.end - here.start, there.end - there.start)


def _level(number: str, findings: Iterable[Finding], report: Report) -> Level:
    return report.clauses.get(number) or max(finding.level for finding in findings)


def _also(findings: Iterable[Finding], report: Report, told: set[str]) -> list[str]:
    cited = _distinct(number for finding in findings for number in finding.clauses[1:])
    return [number for number in cited if number in report.clauses and number not in told]


def _listed(quotes: Sequence[str]) -> str:
    if len(quotes) > _MOST_QUOTES:
        return ", ".join(quotes[:_MOST_QUOTES]) + f" and {len(quotes) - _MOST_QUOTES} more"
    if len(quotes) == 1:
        return quotes[0]
    return ", ".join(quotes[:-1]) + " and " + quotes[-1]


def _distinct(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def summed_up(summary: Summary) -> str:
    """Say in a sentence how many posts came out how, the worst first."""
    parts = []
    if summary.breach:
        parts.append(f"{summary.breach:,} not ready to post")
    if summary.caution:
        parts.append(f"{summary.caution:,} worth a second thought")
    if summary.clear:
        parts.append(f"nothing found in {summary.clear:,}")
    posts = "1 post" if summary.posts == 1 else f"{summary.posts:,} posts"
    return f"{posts}: {', '.join(parts)}." if parts else f"{posts}."
