"""Archives of platforms: zip and tar files whose members are read in place, without unpacking anything to a disk.

Nothing outside the archive can be reached through it: names that lead out, links, locked members, archives inside
archives and members that unpack to far more than they hold are refused, each with its reason.
"""

import io
import stat
import tarfile
import threading
import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol, cast

from tasmat_check.files.reasons import UnreadableError, why_not_opened
from tasmat_check.models import Skipped

SUFFIXES = (".zip", ".tar", ".tar.gz", ".tgz")

_LARGEST_RATIO = 250
"""Most that a member may grow when it is unpacked; texts of posts grow 5 to 50 times, zeros a thousand."""

_RATIO_MATTERS_FROM = 10_000_000
_MOST_MEMBERS = 500_000
_NESTED = (*SUFFIXES, ".7z", ".rar")


class Archive(Protocol):
    """A file that holds files. `refused` tells which of them cannot be read, and why."""

    path: str
    names: tuple[str, ...]
    refused: tuple[Skipped, ...]

    def __contains__(self, name: str) -> bool:
        """Say whether it holds a file of this name."""

    def open(self, name: str) -> BinaryIO:
        """Open a member; raises UnreadableError."""


def within_archive(path: str) -> tuple[str, str] | None:
    """Part a path that leads into an archive into the archive's path and the member's name; None for others."""
    parts = Path(path).parts
    for count in range(1, len(parts)):
        outer = Path(*parts[:count])
        if outer.name.lower().endswith(SUFFIXES) and outer.is_file():
            return str(outer), PurePosixPath(*parts[count:]).as_posix()
    return None


def open_archive(path: str) -> Archive:
    """Open a zip or tar file, told by content; raises UnreadableError. The same file is opened once."""
    try:
        changed = Path(path).stat().st_mtime_ns
    except (OSError, ValueError) as problem:
        raise UnreadableError(why_not_opened(problem)) from problem
    return _opened(path, changed)


@lru_cache(maxsize=4)
def _opened(path: str, changed: int) -> Archive:  # noqa: ARG001 - a changed file is opened anew
    try:
        if zipfile.is_zipfile(path):
            return ZipArchive(path)
        if tarfile.is_tarfile(path):
            return TarArchive(path)
    except (OSError, ValueError, EOFError, zlib.error, zipfile.BadZipFile, tarfile.TarError) as problem:
        raise UnreadableError("is a damaged archive; download it again") from problem
    raise UnreadableError("is neither a zip nor a tar archive")


class ZipArchive:
    """A zip file."""

    def __init__(self, path: str) -> None:
        """Read the list of members."""
        self.path = path
        self._file = zipfile.ZipFile(path)
        self._members: dict[str, zipfile.ZipInfo] = {}
        self.refused = tuple(self._sort())
        self.names = tuple(self._members)

    def __contains__(self, name: str) -> bool:
        """Say whether it holds a file of this name."""
        return name in self._members

    def open(self, name: str) -> BinaryIO:
        """Open a member; raises UnreadableError."""
        try:
            return _Guarded(self._file.open(self._members[name]))
        except (OSError, RuntimeError, NotImplementedError, zipfile.BadZipFile) as problem:
            raise UnreadableError("is damaged inside its archive") from problem

    def _sort(self) -> Iterator[Skipped]:
        """Take the members that may be read; yield the others."""
        for member in self._file.infolist():
            if member.is_dir():
                continue
            reason = self._why_not(member)
            if reason:
                yield Skipped(f"{self.path}: {member.filename}", reason)
            else:
                self._members[safe_name(member.filename)] = member

    def _why_not(self, member: zipfile.ZipInfo) -> str:
        if len(self._members) >= _MOST_MEMBERS:
            return f"is beyond the first {_MOST_MEMBERS:,} files of the archive"
        if stat.S_ISLNK(member.external_attr >> 16):
            return "is a link, which is not followed"
        if member.flag_bits & 0x1:
            return "is locked with a password"
        grown = member.file_size > _LARGEST_RATIO * max(1, member.compress_size)
        if grown and member.file_size > _RATIO_MATTERS_FROM:
            return "would unpack to far more than it holds"
        return why_not_named(member.filename, self._members)


class TarArchive:
    """A tar file, compressed or not; its members are read most quickly in their order."""

    def __init__(self, path: str) -> None:
        """Read the list of members, which takes one pass through the file."""
        self.path = path
        self._file = tarfile.open(path)  # noqa: SIM115 - stays open as long as the archive is in use
        self._lock = threading.Lock()
        self._members: dict[str, tarfile.TarInfo] = {}
        self.refused = tuple(self._sort())
        self.names = tuple(self._members)

    def __contains__(self, name: str) -> bool:
        """Say whether it holds a file of this name."""
        return name in self._members

    def open(self, name: str) -> BinaryIO:
        """Open a member; raises UnreadableError."""
        return _Guarded(cast(BinaryIO, _Locked(self._file, self._members[name], self._lock)))

    def _sort(self) -> Iterator[Skipped]:
        for member in self._file:
            if member.isdir():
                continue
            reason = self._why_not(member)
            if reason:
                yield Skipped(f"{self.path}: {member.name}", reason)
            else:
                self._members[safe_name(member.name)] = member

    def _why_not(self, member: tarfile.TarInfo) -> str:
        if len(self._members) >= _MOST_MEMBERS:
            return f"is beyond the first {_MOST_MEMBERS:,} files of the archive"
        if member.issym() or member.islnk():
            return "is a link, which is not followed"
        if not member.isfile():
            return "is not a file"
        return why_not_named(member.name, self._members)


def safe_name(name: str) -> str:
    """Write a member's name with forward slashes and without empty or `.` parts."""
    return "/".join(part for part in name.replace("\\", "/").split("/") if part not in ("", "."))


def why_not_named(name: str, taken: object) -> str:
    """Say why a member of this name is refused; empty when it is not. `taken` holds the names before it."""
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or "\0" in name or parts[0].endswith(":"):
        return "has a name that leads out of the archive"
    if safe_name(name) in cast(dict[str, object], taken):
        return "has the same name as a file before it"
    if name.lower().endswith(_NESTED):
        return "is an archive inside an archive, which is not opened; unpack it first"
    return ""


class _Guarded(io.BufferedReader):
    """A member whose damage shows as an OSError wherever it is met."""

    def __init__(self, member: object) -> None:
        super().__init__(_Raw(cast(BinaryIO, member)), 65_536)


class _Raw(io.RawIOBase):
    def __init__(self, member: BinaryIO) -> None:
        self._member = member

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast(bytearray, buffer))
        try:
            data = self._member.read(len(view))
        except (EOFError, zlib.error, zipfile.BadZipFile, tarfile.TarError) as problem:
            raise OSError(5, "the archive is damaged here") from problem
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._member.close()
        super().close()


class _Locked:
    """A member of a tar file that several threads may read: each read holds the file's lock."""

    def __init__(self, file: tarfile.TarFile, member: tarfile.TarInfo, lock: threading.Lock) -> None:
        self._lock = lock
        with lock:
            self._member = cast(BinaryIO, file.extractfile(member))

    def read(self, size: int) -> bytes:
        with self._lock:
            return self._member.read(size)

    def close(self) -> None:
        self._member.close()
