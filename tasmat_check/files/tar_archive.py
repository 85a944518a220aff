"""Tar files, packed by gzip or not, read in place."""

import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from tasmat_check.files.inflating import GzipPoints
from tasmat_check.files.members import MOST_MEMBERS, Member, Source, buffered, safe_name, why_not_named
from tasmat_check.files.reasons import BrokenMemberError, UnreadableError
from tasmat_check.files.tar_headers import Forward, TarMember, list_members
from tasmat_check.models import Skipped


class TarArchive:
    """A tar file. Only its list is held: every member that is opened has a handle of its own."""

    def __init__(self, path: str, *, is_packed: bool) -> None:
        """Read the list, which takes one pass through the file; where it breaks, what came before stays readable."""
        self.path = path
        self._points = GzipPoints(path) if is_packed else None
        self._members: dict[str, tuple[int, int]] = {}
        self.refused = tuple(self._take())
        self.names = tuple(self._members)

    def __contains__(self, name: str) -> bool:
        """Say whether it holds a file of this name."""
        return name in self._members

    def open(self, name: str) -> BinaryIO:
        """Open a member; raises UnreadableError and OSError."""
        place, size = self._members[name]
        try:
            source = self._open_at(place)
        except zlib.error as problem:
            raise BrokenMemberError from problem
        return buffered(Member(source, size))

    def _open_at(self, place: int) -> Source:
        if self._points:
            return self._points.open(place)
        file = Path(self.path).open("rb")  # noqa: SIM115 - closed with the member
        file.seek(place)
        return file

    def _take(self) -> Iterator[Skipped]:
        """Take the members that may be read; yield the others."""
        count = 0
        try:
            for member in self._listed():
                count += 1
                if count > MOST_MEMBERS:
                    raise UnreadableError(f"holds more than {MOST_MEMBERS:,} files")
                if reason := member.reason or why_not_named(member.name, self._members):
                    yield Skipped(f"{self.path}: {member.name}", reason)
                else:
                    self._members[safe_name(member.name)] = member.place, member.size
        except (BrokenMemberError, zlib.error):
            yield Skipped(self.path, self._breaks_off(count, "is damaged or cut off; download it again"))
        except UnreadableError as problem:
            yield Skipped(self.path, self._breaks_off(count, problem.reason))

    def _breaks_off(self, count: int, reason: str) -> str:
        return f"{reason} (only the first {min(count, MOST_MEMBERS):,} files were looked at)"

    def _listed(self) -> Iterator[TarMember]:
        if not self._points:
            with Path(self.path).open("rb") as file:
                yield from list_members(_File(file))
            return
        stream = self._points.open()
        try:
            for member in list_members(stream):
                self._points.note(stream)
                yield member
        finally:
            stream.close()


class _File(Forward):
    """A file on a disk, in which passing over bytes costs nothing."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._size = os.fstat(file.fileno()).st_size

    def read(self, size: int, /) -> bytes:
        return self._file.read(size)

    def skip(self, size: int) -> None:
        if self._file.tell() + size > self._size:
            raise BrokenMemberError
        self._file.seek(size, os.SEEK_CUR)
