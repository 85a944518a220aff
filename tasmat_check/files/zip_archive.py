"""Zip files, read in place."""

import io
import stat
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from tasmat_check.files.inflating import Inflated
from tasmat_check.files.members import (
    FAR_TOO_LARGE,
    LARGEST_RATIO,
    LARGEST_TOTAL_RATIO,
    MOST_MEMBERS,
    RATIO_MATTERS_FROM,
    TOTAL_RATIO_MATTERS_FROM,
    Member,
    buffered,
    safe_name,
    why_not_named,
)
from tasmat_check.files.reasons import BrokenMemberError, UnreadableError
from tasmat_check.models import Skipped

_LOCAL_HEADER = struct.Struct("<4s22xHH")
_LOCAL_MARK = b"PK\x03\x04"
_LISTED_MARK = b"PK\x01\x02"
_LARGEST_LIST = 200_000_000
_IS_LOCKED = 0x1 | 0x40 | 0x2000
_NAME_IS_UTF8 = 0x800


@dataclass(frozen=True, slots=True)
class _Entry:
    """Where a member stands, its lengths packed and unpacked, and its checksum."""

    place: int
    packed: int
    size: int
    checksum: int
    is_deflated: bool


class ZipArchive:
    """A zip file. Only its list is held: every member that is opened has a handle of its own."""

    def __init__(self, path: str) -> None:
        """Read the list of members; raises UnreadableError for too long a one, zipfile's errors for a damaged one."""
        self.path = path
        self._members: dict[str, _Entry] = {}
        self._total = 0
        with _Listing(io.FileIO(path)) as file, zipfile.ZipFile(file) as listed:
            self._limit = max(TOTAL_RATIO_MATTERS_FROM, LARGEST_TOTAL_RATIO * Path(path).stat().st_size)
            self.refused = tuple(self._take(listed.infolist()))
        self.names = tuple(self._members)

    def __contains__(self, name: str) -> bool:
        """Say whether it holds a file of this name."""
        return name in self._members

    def open(self, name: str) -> BinaryIO:
        """Open a member; raises OSError."""
        entry = self._members[name]
        file = Path(self.path).open("rb")  # noqa: SIM115 - closed with the member
        try:
            _pass_local_header(file, entry.place)
        except BaseException:
            file.close()
            raise
        if not entry.is_deflated:
            return buffered(Member(file, entry.size, entry.checksum))
        packed = Member(file, entry.packed)
        return buffered(Member(Inflated(buffered(packed)), entry.size, entry.checksum))

    def _take(self, listed: list[zipfile.ZipInfo]) -> Iterator[Skipped]:
        """Take the members that may be read; yield the others."""
        sharing = _sharing_bytes(listed)
        for number, member in enumerate(listed):
            name = _name(member)
            if name.endswith(("/", "\\")):
                continue
            reason = "shares its bytes with another file of the archive" if number in sharing else _why_not(member)
            reason = reason or (FAR_TOO_LARGE if self._grows_too_far(member) else "")
            if reason := reason or why_not_named(name, self._members):
                yield Skipped(f"{self.path}: {name}", reason)
                continue
            self._total += member.file_size
            is_deflated = member.compress_type == zipfile.ZIP_DEFLATED
            self._members[safe_name(name)] = _Entry(
                member.header_offset, member.compress_size, member.file_size, member.CRC, is_deflated
            )

    def _grows_too_far(self, member: zipfile.ZipInfo) -> bool:
        grown = member.file_size > LARGEST_RATIO * member.compress_size
        return (grown and member.file_size > RATIO_MATTERS_FROM) or self._total + member.file_size > self._limit


class _Listing(io.BufferedReader):
    """A zip file while its list is read, which zipfile does in one piece and makes about 700 bytes of each member."""

    def read(self, size: int | None = -1, /) -> bytes:
        """Read so many bytes; raises UnreadableError where they list too many files."""
        if size is not None and size > _LARGEST_LIST:
            raise UnreadableError("has too long a list of files; unpack it and give the folder")
        data = super().read(size)
        if data.count(_LISTED_MARK) > MOST_MEMBERS:
            raise UnreadableError(f"holds more than {MOST_MEMBERS:,} files; unpack it and give the folder")
        return data


def _why_not(member: zipfile.ZipInfo) -> str:
    """Say why a member is refused by its kind; empty when it is not."""
    if member.flag_bits & _IS_LOCKED:
        return "is locked with a password"
    mode = member.external_attr >> 16
    if stat.S_ISLNK(mode):
        return "is a link, which is not followed"
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return "is not a file"
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "is packed in a way that is not read; unpack the archive and give the folder"
    if member.compress_type == zipfile.ZIP_STORED and member.compress_size != member.file_size:
        return "is damaged inside its archive"
    return ""


def _pass_local_header(file: BinaryIO, place: int) -> None:
    """Go to the first byte of a member."""
    if place < 0:
        raise BrokenMemberError
    file.seek(place)
    header = file.read(_LOCAL_HEADER.size)
    if len(header) < _LOCAL_HEADER.size or not header.startswith(_LOCAL_MARK):
        raise BrokenMemberError
    _, name, extra = _LOCAL_HEADER.unpack(header)
    file.seek(name + extra, io.SEEK_CUR)


def _sharing_bytes(listed: list[zipfile.ZipInfo]) -> set[int]:
    """Give the numbers of the members that begin inside another one, as they do in bombs that list bytes many times."""
    end = 0
    sharing: set[int] = set()
    for number in sorted(range(len(listed)), key=lambda number: listed[number].header_offset):
        member = listed[number]
        if member.header_offset < end:
            sharing.add(number)
        end = max(end, member.header_offset + _LOCAL_HEADER.size + member.compress_size)
    return sharing


def _name(member: zipfile.ZipInfo) -> str:
    """Give a member's name; UTF-8 that is not marked so, which Macs write, is told by its form."""
    if member.flag_bits & _NAME_IS_UTF8 or member.orig_filename.isascii():
        return member.orig_filename
    try:
        return member.orig_filename.encode("cp437").decode("utf-8")
    except ValueError:
        return member.orig_filename
