"""The folder of a batch: its manifest, a file a shard, and the report.

    manifest.json        what was checked with what, so that a resumed batch is the same one
    shards/000001.jsonl  the stored reports of one shard, a line each; there only when it is whole
    duplicates.jsonl     posts that repeat an earlier one, which were not checked again
    report.html          the report, in the format that was asked for

It holds what posts say. It may lie on a disk or on shared storage.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from tasmat_check.batch.storage import storage_of

_MANIFEST = "manifest.json"
_DUPLICATES = "duplicates.jsonl"
_SHARDS = "shards"


class OutputFolder:
    """The files of one batch. Every file is there whole or not at all. Raises UsageError for a storage that fails."""

    def __init__(self, path: str) -> None:
        """Take a folder, by its path or a URL; it need not be there yet."""
        self.path = path
        self._storage = storage_of(path)

    def create(self) -> None:
        """Make the folder."""
        self._storage.create(_SHARDS)

    def is_empty(self) -> bool:
        """Say whether it is not there or holds nothing."""
        return self._storage.is_empty()

    def shards(self) -> set[int]:
        """Give the numbers of the shards that are there."""
        parted = (name.partition(".") for name in self._storage.names(_SHARDS))
        return {int(number) for number, _, suffix in parted if suffix == "jsonl" and number.isdigit()}

    def write_shard(self, number: int, records: Iterable[dict[str, Any]]) -> None:
        """Keep the stored reports of a shard."""
        self._storage.write(_shard(number), _lines(records))

    def read_shard(self, number: int) -> Iterator[dict[str, Any]]:
        """Yield the stored reports of a shard."""
        yield from map(json.loads, self.shard_lines(number))

    def shard_lines(self, number: int) -> Iterator[str]:
        """Yield the stored reports of a shard as they are written, in JSON."""
        return self._storage.lines(_shard(number))

    def write_duplicates(self, records: Iterable[dict[str, Any]]) -> None:
        """Keep what is known of posts that repeat others."""
        self._storage.write(_DUPLICATES, _lines(records))

    def read_duplicates(self) -> Iterator[dict[str, Any]]:
        """Yield what is known of posts that repeat others."""
        if self._storage.exists(_DUPLICATES):
            yield from map(json.loads, self._storage.lines(_DUPLICATES))

    def write_manifest(self, manifest: str) -> None:
        """Keep the manifest."""
        self._storage.write(_MANIFEST, manifest)

    def read_manifest(self) -> str | None:
        """Give the manifest; None when there is none."""
        return "".join(self._storage.lines(_MANIFEST)) if self._storage.exists(_MANIFEST) else None


def _shard(number: int) -> str:
    return f"{_SHARDS}/{number:06d}.jsonl"


def _lines(records: Iterable[dict[str, Any]]) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)
