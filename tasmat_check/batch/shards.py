"""Parts a stream of drafts into shards, and checks one: the same function in a process here and on a cluster."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from tasmat_check import pack as packs
from tasmat_check.batch.folder import OutputFolder
from tasmat_check.batch.stored import stored
from tasmat_check.config import Config
from tasmat_check.engine import Checker
from tasmat_check.models import Draft, Report, Skipped, Summary
from tasmat_check.pack import Pack
from tasmat_check.preparing import checker
from tasmat_check.readers import UnreadableError, load_picture
from tasmat_check.reporters.masking import mask_report

SHARD_SIZE = 250
"""Posts of a shard: a second or two of work, so that little is lost and few files are written."""


@dataclass(frozen=True, slots=True)
class Shard:
    """Some posts in a row; `number` counts shards from 1."""

    number: int
    drafts: tuple[Draft, ...] = field(repr=False)  # a cluster's log may show what a worker was given


class Planner:
    """Parts drafts into shards; posts that repeat an earlier one, text and pictures, are kept apart."""

    def __init__(self, size: int = SHARD_SIZE) -> None:
        """Plan shards of at most `size` posts."""
        self._size = size
        self._first: dict[bytes, tuple[int, int, tuple[str, ...]]] = {}
        self.duplicates: list[dict[str, Any]] = []

    def shards(self, drafts: Iterable[Draft]) -> Iterator[Shard]:
        """Yield the shards in order."""
        number, waiting = 1, list[Draft]()
        for draft in drafts:
            if self._repeats(draft, number, len(waiting)):
                continue
            waiting.append(draft)
            if len(waiting) == self._size:
                yield Shard(number, tuple(waiting))
                number, waiting = number + 1, []
        if waiting:
            yield Shard(number, tuple(waiting))

    def _repeats(self, draft: Draft, shard: int, line: int) -> bool:
        if draft.skipped:
            return False
        mark = _mark(draft)
        first = self._first.setdefault(mark, (shard, line, draft.images))
        if first == (shard, line, draft.images) or not _same_pictures(first[2], draft.images):
            return False
        self.duplicates.append(
            {
                "shard": first[0],
                "line": first[1],
                "id": draft.id,
                "source": draft.source,
                "published": draft.published.isoformat() if draft.published else None,
                "images": list(draft.images),
            }
        )
        return True


def _mark(draft: Draft) -> bytes:
    """Mark what is read of a draft, its pictures' contents aside."""
    read = (draft.text, draft.channel, [part.text for part in draft.parts], draft.seen, len(draft.images))
    return hashlib.blake2b(repr(read).encode("utf-8", "surrogateescape"), digest_size=16).digest()


def _same_pictures(one: Iterable[str], other: Iterable[str]) -> bool:
    try:
        return all(a == b or load_picture(a) == load_picture(b) for a, b in zip(one, other, strict=True))
    except UnreadableError:
        return False


def repeated(report: Report, duplicate: Mapping[str, Any]) -> Report:
    """Give the report of a post that repeats another, whose report is given."""
    names = dict(zip(report.draft.images, duplicate["images"], strict=True))
    published = datetime.fromisoformat(duplicate["published"]) if duplicate["published"] else None
    draft = replace(
        report.draft,
        id=duplicate["id"],
        source=duplicate["source"],
        published=published,
        images=tuple(duplicate["images"]),
        seen=tuple(replace(seen, image=names.get(seen.image, seen.image)) for seen in report.draft.seen),
    )
    findings = tuple(
        replace(found, location=replace(found.location, image=names.get(found.location.image, found.location.image)))
        for found in report.findings
    )
    return replace(report, draft=draft, findings=findings)


def check_shard(shard: Shard, config: Config, folder: str) -> Summary:
    """Check the posts of a shard, keep their reports in the folder of the batch, and count them."""
    records, summary = check_posts(shard, config)
    OutputFolder(folder).write_shard(shard.number, records)
    return summary


def check_posts(shard: Shard, config: Config) -> tuple[list[dict[str, Any]], Summary]:
    """Check the posts of a shard; give their stored reports and what they count."""
    ready, pack = _equipment(config)
    return _kept(ready.check_many(shard.drafts), pack, config)


def _kept(reports: Iterable[Report], pack: Pack, config: Config) -> tuple[list[dict[str, Any]], Summary]:
    records, summary = [], Summary()
    for report in reports:
        summary.add(report)
        records.append(stored(mask_report(report) if config.mask else report, pack))
    return records, summary


def unchecked(draft: Draft, config: Config) -> tuple[list[dict[str, Any]], Summary]:
    """Give what `check_posts` would of a post that ends the program whenever it is checked."""
    reason = "ends the program when it is checked; please report this fault"
    return _kept([Report(draft, skipped=(Skipped(draft.id, reason),))], packs.load(config.pack), config)


def forget_equipment() -> None:
    """Let go of the checker, since its pack or people list may have changed since it was made."""
    _equipment.cache_clear()


@lru_cache(maxsize=1)
def _equipment(config: Config) -> tuple[Checker, Pack]:
    """Make the checker once for each worker."""
    pack = packs.load(config.pack)
    return checker(config, pack), pack
