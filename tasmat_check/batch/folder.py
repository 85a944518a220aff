"""The folder of a batch: its manifest, a file a shard, and the report.

    manifest.json        what was checked with what, so that a resumed batch is the same one
    shards/000001.jsonl  the stored reports of one shard, a line each; there only when it is whole
    duplicates.jsonl     posts that repeat an earlier one, which were not checked again
    report.html          the report, in the format that was asked for

It holds what posts say, so nobody else may look into it (on systems where a folder can say so).
"""

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tasmat_check.errors import UsageError


class OutputFolder:
    """The files of one batch. Every file is there whole or not at all."""

    def __init__(self, path: Path) -> None:
        """Take a folder, which need not be there yet."""
        self.path = path
        self._shards = path / "shards"

    def create(self) -> None:
        """Make the folder; raises UsageError."""
        try:
            self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._shards.mkdir(exist_ok=True, mode=0o700)
        except OSError as error:
            raise UsageError(str(self.path), error.strerror or "cannot be made") from error

    def shards(self) -> set[int]:
        """Give the numbers of the shards that are there."""
        if not self._shards.is_dir():
            return set()
        return {int(path.stem) for path in self._shards.glob("*.jsonl") if path.stem.isdigit()}

    def write_shard(self, number: int, records: Iterable[dict[str, Any]]) -> None:
        """Keep the stored reports of a shard."""
        self._write(self._shard(number), _lines(records))

    def read_shard(self, number: int) -> Iterator[dict[str, Any]]:
        """Yield the stored reports of a shard."""
        yield from _read(self._shard(number))

    def write_duplicates(self, records: Iterable[dict[str, Any]]) -> None:
        """Keep what is known of posts that repeat others."""
        self._write(self.path / "duplicates.jsonl", _lines(records))

    def read_duplicates(self) -> Iterator[dict[str, Any]]:
        """Yield what is known of posts that repeat others."""
        if (self.path / "duplicates.jsonl").exists():
            yield from _read(self.path / "duplicates.jsonl")

    def write_manifest(self, manifest: str) -> None:
        """Keep the manifest."""
        self._write(self.path / "manifest.json", manifest)

    def read_manifest(self) -> str | None:
        """Give the manifest; None when there is none."""
        path = self.path / "manifest.json"
        return path.read_text(encoding="utf-8") if path.exists() else None

    def _shard(self, number: int) -> Path:
        return self._shards / f"{number:06d}.jsonl"

    def _write(self, path: Path, content: str) -> None:
        """Write a file so that it is whole even if the power goes."""
        started = path.with_name(f".{path.name}.{os.getpid()}")
        with started.open("w", encoding="utf-8", newline="\n") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        started.replace(path)


def _lines(records: Iterable[dict[str, Any]]) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def _read(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)
