"""What the summary, the charts and the filters need: numbers only, kept while posts stream past."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from tasmat_check.models import Level, Report, Summary
from tasmat_check.reporters.html_report.posts import Post

MOST_SOURCES = 200
"""Sources to choose among; with more, as in a folder of single drafts, the search serves better."""

_MOST_REASONS = 30
_MOST_EXAMPLES = 3


@dataclass(slots=True)
class ClauseCount:
    """How often one clause is cited: posts by the clause's level in them, and single findings."""

    posts: Counter[Level] = field(default_factory=Counter)
    findings: int = 0


@dataclass(slots=True)
class Gap:
    """Things that could not be checked for the same reason: how many, and the first of them with their posts."""

    reason: str
    count: int = 0
    examples: list[tuple[str, int]] = field(default_factory=list)


@dataclass(slots=True)
class Counts:
    """Counts over all posts of a page."""

    summary: Summary = field(default_factory=Summary)
    outcomes: Counter[str] = field(default_factory=Counter)
    findings: Counter[Level] = field(default_factory=Counter)
    clauses: dict[str, ClauseCount] = field(default_factory=dict)
    mentioned: set[str] = field(default_factory=set)
    months: dict[str, Counter[str]] = field(default_factory=dict)
    undated: int = 0
    channels: Counter[str] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)
    unlisted_sources: bool = False
    gaps: dict[str, Gap] = field(default_factory=dict)
    other_gaps: int = 0
    posts_with_gaps: int = 0

    def add(self, report: Report, post: Post) -> None:
        """Count one post; `report` must be masked if the page is."""
        self.summary.add(report)
        self.outcomes[post.outcome] += 1
        self.channels[post.channel] += 1
        self._source(post.origin)
        self._month(post)
        self.findings.update(finding.level for finding in report.findings)
        self.mentioned.update(post.cited)
        self.mentioned.update(concern.clause.number for concern in post.concerns)
        self.mentioned.update(clause.number for clause in post.companions)
        for number, level in post.cited.items():
            clause = self.clauses.setdefault(number, ClauseCount())
            clause.posts[level] += 1
            clause.findings += sum(number in finding.clauses for finding in report.findings)
        self.posts_with_gaps += bool(report.skipped)
        for skipped in report.skipped:
            self._gap(skipped.reason, skipped.what, post.number)

    def listed_gaps(self) -> Iterator[Gap]:
        """Give what could not be checked by reason, the most frequent first."""
        yield from sorted(self.gaps.values(), key=lambda gap: -gap.count)

    def _source(self, source: str) -> None:
        if source in self.sources or len(self.sources) < MOST_SOURCES:
            self.sources[source] += 1
        else:
            self.unlisted_sources = True

    def _month(self, post: Post) -> None:
        if post.published is None:
            self.undated += 1
            return
        self.months.setdefault(post.published.isoformat()[:7], Counter())[post.outcome] += 1

    def _gap(self, reason: str, what: str, post: int) -> None:
        if reason not in self.gaps and len(self.gaps) >= _MOST_REASONS:
            self.other_gaps += 1
            return
        gap = self.gaps.setdefault(reason, Gap(reason))
        gap.count += 1
        if len(gap.examples) < _MOST_EXAMPLES:
            gap.examples.append((what, post))
