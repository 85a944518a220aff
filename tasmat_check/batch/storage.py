"""Where the files of a batch are kept: in a folder on a disk, or under a URL of shared storage.

Every file is there whole or not at all, also when the power goes or two workers write the same one.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit
from uuid import uuid4

from tasmat_check.errors import UsageError
from tasmat_check.files import UnreadableError
from tasmat_check.files.shared import is_shared, joined, located, open_shared, translated

_WHOLE_AT_ONCE = frozenset({"memory", "s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "adl", "oci", "oss"})
"""Storages in which a file that is written appears when it is whole; elsewhere it is moved to its name in the end."""


class Storage(Protocol):
    """A folder that holds text files, some of them in folders of one level."""

    def create(self, *folders: str) -> None:
        """Make it, and folders in it; raises UsageError."""

    def is_empty(self) -> bool:
        """Say whether it is not there or holds nothing; raises UsageError."""

    def names(self, folder: str) -> Iterator[str]:
        """Yield the names of the files of a folder in it; none where that is not there."""

    def exists(self, name: str) -> bool:
        """Say whether a file is there."""

    def lines(self, name: str) -> Iterator[str]:
        """Yield the lines of a file."""

    def write(self, name: str, content: str) -> None:
        """Write a file, in place of one that is there."""


def storage_of(place: str) -> Storage:
    """Give the storage of a path or a URL."""
    if not is_shared(place):
        return DiskStorage(Path(place))
    url = urlsplit(place)
    if url.scheme in ("file", "local"):
        return DiskStorage(Path(unquote(url.path)))
    return SharedStorage(place)


class DiskStorage:
    """A folder on a disk, into which nobody else may look (on systems where a folder can say so)."""

    def __init__(self, path: Path) -> None:
        """Take a folder, which need not be there yet."""
        self._path = path

    def create(self, *folders: str) -> None:
        """Make it, and folders in it."""
        try:
            self._path.mkdir(parents=True, exist_ok=True, mode=0o700)
            for folder in folders:
                (self._path / folder).mkdir(exist_ok=True, mode=0o700)
        except OSError as error:
            raise UsageError(str(self._path), error.strerror or "cannot be made") from error

    def is_empty(self) -> bool:
        """Say whether it is not there or holds nothing."""
        return not self._path.is_dir() or not any(self._path.iterdir())

    def names(self, folder: str) -> Iterator[str]:
        """Yield the names of the files of a folder in it."""
        if (self._path / folder).is_dir():
            yield from (path.name for path in (self._path / folder).iterdir())

    def exists(self, name: str) -> bool:
        """Say whether a file is there."""
        return (self._path / name).is_file()

    def lines(self, name: str) -> Iterator[str]:
        """Yield the lines of a file."""
        with (self._path / name).open(encoding="utf-8") as file:
            yield from file

    def write(self, name: str, content: str) -> None:
        """Write a file so that it is whole even if the power goes."""
        path = self._path / name
        started = path.with_name(f".{path.name}.{uuid4().hex}")
        try:
            with started.open("w", encoding="utf-8", newline="\n") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            started.replace(path)
        except BaseException:
            started.unlink(missing_ok=True)
            raise


class SharedStorage:
    """A folder on shared storage; raises UsageError where that cannot be reached."""

    def __init__(self, url: str) -> None:
        """Take a URL, under which there need not be anything yet."""
        self._url = url.rstrip("/")

    def create(self, *folders: str) -> None:
        """Make it, and folders in it, where the storage has folders at all."""
        storage, path = self._located()
        with _told(self._url):
            for folder in ("", *folders):
                storage.makedirs(f"{path}/{folder}".rstrip("/"), exist_ok=True)

    def is_empty(self) -> bool:
        """Say whether there is nothing under the URL."""
        return not self._files("")

    def names(self, folder: str) -> Iterator[str]:
        """Yield the names of the files of a folder in it."""
        yield from (place.rpartition("/")[2] for place in self._files(folder))

    def exists(self, name: str) -> bool:
        """Say whether a file is there."""
        storage, path = self._located()
        with _told(self._url):
            storage.invalidate_cache()
            return bool(storage.exists(f"{path}/{name}"))

    def lines(self, name: str) -> Iterator[str]:
        """Yield the lines of a file."""
        with _told(self._url):
            file = open_shared(joined(self._url, name))
        with file:
            yield from (line.decode() for line in file)

    def write(self, name: str, content: str) -> None:
        """Write a file that appears under its name when it is whole."""
        storage, path = self._located()
        place = f"{path}/{name}"
        with _told(self._url):
            if _WHOLE_AT_ONCE.isdisjoint(_protocols(storage)):
                started = f"{place}.{uuid4().hex}.part"
                storage.pipe_file(started, content.encode())
                storage.mv(started, place)
            else:
                storage.pipe_file(place, content.encode())

    def _files(self, folder: str) -> list[str]:
        storage, path = self._located()
        with _told(self._url):
            storage.invalidate_cache()
            return list(storage.find(f"{path}/{folder}".rstrip("/")))

    def _located(self) -> tuple[Any, str]:
        with _told(self._url):
            return located(self._url)


@contextmanager
def _told(url: str) -> Iterator[None]:
    try:
        with translated():
            yield
    except UnreadableError as problem:
        raise UsageError(url, problem.reason) from problem


def _protocols(storage: Any) -> set[str]:
    protocol = storage.protocol
    return {protocol} if isinstance(protocol, str) else set(protocol)
