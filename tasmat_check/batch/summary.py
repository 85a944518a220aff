"""Counts over the shards of a batch, finished or broken off, as they stream past.

Measured on 100,000 stored posts (64 MB) with one core: 1.5 to 2.0 s and 43 MB. DuckDB takes 3.2 to 4.0 s and 127 MB for
the same counts, since halves of surrogates, which it refuses, must be mended first; Polars refuses them too.
"""

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tasmat_check.batch.folder import OutputFolder
from tasmat_check.errors import UsageError

_GRAVE = ("breach", "caution")


@dataclass(frozen=True, slots=True)
class Month:
    """The posts of one month, as 2026-01; those without a date have none."""

    name: str
    posts: int
    breach: int
    caution: int
    not_checked: int


@dataclass(frozen=True, slots=True)
class Touched:
    """How many posts touch a clause at each level; `months` counts those of both levels by month."""

    clause: str
    title: str
    breach: int
    caution: int
    months: dict[str, int]


@dataclass(frozen=True, slots=True)
class Worst:
    """A post with much to say: how many findings of each level it has, which clauses, how often it went out."""

    id: str
    source: str
    day: str
    breaches: int
    cautions: int
    clauses: tuple[str, ...]
    times: int
    text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Overview:
    """What a batch comes to; repeated posts count as often as they went out."""

    verdicts: dict[str, int]
    repeated: int
    months: tuple[Month, ...]
    clauses: tuple[Touched, ...]
    worst: tuple[Worst, ...]

    @property
    def posts(self) -> int:
        """How many posts there are."""
        return sum(self.verdicts.values())


def overview(path: str, most: int) -> Overview:
    """Count the posts in an output folder, and pick the `most` worst; raises UsageError for a damaged shard."""
    folder = OutputFolder(path)
    repeats: dict[tuple[int, int], list[str]] = defaultdict(list)
    for repeat in folder.read_duplicates():
        repeats[repeat["shard"], repeat["line"]].append(repeat["published"] or "")
    counts = _Counts(most)
    for number in sorted(folder.shards()):
        try:
            for line, record in enumerate(folder.read_shard(number)):
                counts.add(record, repeats.get((number, line), []))
        except (ValueError, KeyError) as problem:
            what = f"shard {number} is damaged; take its file away and go on with --resume"
            raise UsageError(path, what) from problem
    return Overview(
        dict(counts.verdicts),
        sum(map(len, repeats.values())),
        tuple(counts.in_months()),
        tuple(counts.in_clauses()),
        tuple(counts.in_worst()),
    )


class _Counts:
    """Counts records while they stream past."""

    def __init__(self, most: int) -> None:
        self.verdicts: Counter[str] = Counter()
        self._most = most
        self._posts = 0
        self._months: Counter[tuple[str, str]] = Counter()
        self._clauses: Counter[tuple[str, str, str]] = Counter()
        self._titles: dict[str, str] = {}
        self._worst: list[tuple[int, int, int, Worst]] = []

    def add(self, record: Mapping[str, Any], repeats: list[str]) -> None:
        """Count a stored record (see `stored.py`), and as often again as it went out: `repeats` tells when."""
        verdict = "not checked" if record["verdict"] == "clear" and record["skipped"] else record["verdict"]
        touched = [each for each in record["clauses"] if each["level"] in _GRAVE]
        self._titles.update((each["clause"], each["title"]) for each in touched)
        for published in (record.get("published") or "", *repeats):
            month = published[:7]
            self.verdicts[verdict] += 1
            self._months[month, verdict] += 1
            self._clauses.update((each["clause"], each["level"], month) for each in touched)
        self._posts += 1
        self._keep_if_worst(record, 1 + len(repeats))

    def _keep_if_worst(self, record: Mapping[str, Any], times: int) -> None:
        levels = Counter(found["level"] for found in record["findings"])
        breaches, cautions = (levels[level] for level in _GRAVE)
        rank = (breaches, cautions, -self._posts)
        full = len(self._worst) == self._most
        if not self._most or not breaches + cautions or (full and rank < self._worst[0][:3]):
            return
        cited = sorted({found["clauses"][0] for found in record["findings"]}, key=in_order)
        day = (record.get("published") or "")[:10]
        post = Worst(record["id"], record["source"], day, breaches, cautions, tuple(cited), times, record["text"])
        heapq.heappush(self._worst, (*rank, post))
        if len(self._worst) > self._most:
            heapq.heappop(self._worst)

    def in_months(self) -> Iterable[Month]:
        """Give the months in order; posts without a date come last."""
        for name in sorted({month for month, _ in self._months}, key=lambda name: (not name, name)):
            posts = sum(count for (month, _), count in self._months.items() if month == name)
            yield Month(name, posts, *(self._months[name, verdict] for verdict in (*_GRAVE, "not checked")))

    def in_clauses(self) -> Iterable[Touched]:
        """Give the clauses, those touched most gravely first; notes come along with others and tell nothing more."""
        levels: Counter[tuple[str, str]] = Counter()
        months: dict[str, dict[str, int]] = defaultdict(dict)
        for (clause, level, month), count in self._clauses.items():
            levels[clause, level] += count
            months[clause][month] = months[clause].get(month, 0) + count
        touched = (
            Touched(clause, title, levels[clause, "breach"], levels[clause, "caution"], months[clause])
            for clause, title in self._titles.items()
        )
        return sorted(touched, key=lambda each: (-each.breach, -each.caution, in_order(each.clause)))

    def in_worst(self) -> Iterable[Worst]:
        """Give the worst posts, the gravest first, then in their order."""
        return (post for *_, post in sorted(self._worst, key=lambda kept: kept[:3], reverse=True))


def in_order(clause: str) -> list[tuple[bool, int, str]]:
    """Sort clauses as a policy numbers them: 5.4 before 5.10."""
    return [(not part.isdigit(), int(part) if part.isdigit() else 0, part) for part in clause.split(".")]
