"""Which names of an archive's members are taken, and how a member's bytes are handed out."""

import io
import re
import zlib
from collections.abc import Container
from typing import BinaryIO, Protocol, cast

from tasmat_check.files.reasons import BrokenMemberError

SUFFIXES = (".zip", ".tar", ".tar.gz", ".tgz")
"""Ends of the names of archives into which a path may lead."""

MOST_MEMBERS = 300_000
"""Most files of one archive; their list is held in memory."""

LARGEST_RATIO = 200
"""Most that one file may grow when it is unpacked; texts of posts grow 5 to 50 times, zeros a thousand."""

LARGEST_TOTAL_RATIO = 100
"""Most that a whole archive may grow."""

RATIO_MATTERS_FROM = 10_000_000
TOTAL_RATIO_MATTERS_FROM = 100_000_000

FAR_TOO_LARGE = "would unpack to far more than it holds"

_NESTED = (*SUFFIXES, ".gz", ".bz2", ".xz", ".zst", ".7z", ".rar", ".tbz2", ".txz")
_LEADS_OUT = re.compile(r"[/\\]|[A-Za-z]:|.*\0", re.DOTALL)


class Source(Protocol):
    """Where the bytes of a member come from."""

    def read(self, size: int, /) -> bytes:
        """Give at most so many bytes; none at the end."""

    def close(self) -> None:
        """Let go of the archive's file."""


class Member(io.RawIOBase):
    """The next `size` bytes of a source as a file; a member that ends too soon or differs from its checksum breaks.

    What can be read is given before the break, since the posts before it may be sound. Closing closes the source.
    """

    def __init__(self, source: Source, size: int, checksum: int | None = None) -> None:
        self._source = source
        self._left = size
        self._checksum = checksum
        self._sum = 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill a buffer, as far as one read of the source goes; raises BrokenMemberError."""
        view = memoryview(cast(bytearray, buffer))
        try:
            data = self._source.read(min(len(view), self._left)) if self._left else b""
        except zlib.error as problem:
            raise BrokenMemberError from problem
        if not data and (self._left or self._differs()):
            raise BrokenMemberError
        self._left -= len(data)
        if self._checksum is not None:
            self._sum = zlib.crc32(data, self._sum)
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Let go of the archive's file."""
        self._source.close()
        super().close()

    def _differs(self) -> bool:
        return self._checksum is not None and self._sum != self._checksum


def buffered(member: Member) -> BinaryIO:
    """Make a member a file like those on a disk."""
    return cast(BinaryIO, io.BufferedReader(member, 65_536))


def safe_name(name: str) -> str:
    """Write a member's name with forward slashes and without empty or `.` parts."""
    return "/".join(part for part in name.replace("\\", "/").split("/") if part not in ("", "."))


def why_not_named(name: str, taken: Container[str]) -> str:
    """Say why a member of this name is refused; empty when it is not. `taken` holds the names before it.

    Names that differ by case or by the way accents are written are different files: nothing is unpacked, so that none
    can take the place of another.
    """
    if _LEADS_OUT.match(name) or ".." in re.split(r"[/\\]", name):
        return "has a name that leads out of the archive"
    safe = safe_name(name)
    if not safe:
        return "has no name"
    if safe in taken:
        return "has the same name as a file before it"
    if safe.lower().endswith(_NESTED):
        return "is an archive inside an archive, which is not opened; unpack it first"
    return ""
