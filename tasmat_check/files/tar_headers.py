"""Lists the members of a tar file in one pass that goes only forward, with headers of bounded size."""

import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from tasmat_check.files.reasons import BrokenMemberError

_BLOCK = 512
_LARGEST_HEADER = 65_536
"""Largest header of names that is read, in bytes; real ones hold a path or two."""

_LONG_NAMES = (tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK)
_PAX = (tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.XGLTYPE)
_SPARSE = b"GNU.sparse."


class Forward(Protocol):
    """A stream that is read once from its beginning."""

    def read(self, size: int, /) -> bytes:
        """Give at most so many bytes; none at the end."""

    def skip(self, size: int) -> None:
        """Pass over so many bytes; raises BrokenMemberError when there are fewer."""


@dataclass(frozen=True, slots=True)
class TarMember:
    """What stands in a tar file: its name, where its bytes begin, how many there are, and why they are not read."""

    name: str
    place: int
    size: int
    reason: str = ""


def is_tar(head: bytes) -> bool:
    """Tell a tar file by its first 512 bytes."""
    if head == bytes(_BLOCK):
        return True
    try:
        tarfile.TarInfo.frombuf(head, "utf-8", "surrogateescape")
    except tarfile.TarError:
        return False
    return True


def list_members(stream: Forward) -> Iterator[TarMember]:
    """Yield what a tar file holds except folders, in its order; raises BrokenMemberError where the list breaks."""
    place = 0
    name, pax = "", dict[bytes, bytes]()
    while header := _read_header(stream):
        place += _BLOCK
        if header.type in _LONG_NAMES or header.type in _PAX:
            more = _read_more(stream, header.size)
            place += _whole_blocks(header.size)
            if header.type == tarfile.GNUTYPE_LONGNAME:
                name = _text(more.partition(b"\0")[0])
            elif header.type in _PAX and header.type != tarfile.XGLTYPE:
                pax = _parse_pax(more)
            continue
        place += _pass_sparse_map(stream, header)
        size = _size(header, pax)
        if not header.isdir():
            own_name = _text(pax[b"path"]) if b"path" in pax else name or header.name
            yield TarMember(own_name, place, size, _why_not(header, pax))
        if size:
            stream.skip(size)
            _read_exactly(stream, -size % _BLOCK, may_lack=True)
            place += _whole_blocks(size)
        name, pax = "", {}


def _read_header(stream: Forward) -> tarfile.TarInfo | None:
    """Read the next header; None at the end."""
    block = _read_exactly(stream, _BLOCK, may_lack=True)
    if not block.strip(b"\0"):
        return None
    try:
        header = tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except (tarfile.TarError, ValueError) as problem:
        raise BrokenMemberError from problem
    if header.size < 0:
        raise BrokenMemberError
    return header


def _read_more(stream: Forward, size: int) -> bytes:
    """Read what a header of names holds."""
    if size > _LARGEST_HEADER:
        raise BrokenMemberError
    return _read_exactly(stream, _whole_blocks(size))[:size]


def _parse_pax(data: bytes) -> dict[bytes, bytes]:
    """Read the records of an extended header, each `length key=value` and a line end."""
    records: dict[bytes, bytes] = {}
    while data.strip(b"\0"):
        length, space, _ = data.partition(b" ")
        if not space or not length.isdigit() or not len(length) + 1 < int(length[:9]) <= len(data):
            raise BrokenMemberError
        key, _, value = data[len(length) + 1 : int(length)].partition(b"=")
        records[key] = value.removesuffix(b"\n")
        data = data[int(length) :]
    return records


def _size(header: tarfile.TarInfo, pax: dict[bytes, bytes]) -> int:
    """Tell how many bytes follow the header; links, folders and devices have none, whatever they say."""
    if not header.isreg() and header.type in tarfile.SUPPORTED_TYPES:
        return 0
    size = pax.get(b"size", b"")
    return int(size[:18]) if size.isdigit() else header.size


def _pass_sparse_map(stream: Forward, header: tarfile.TarInfo) -> int:
    """Pass over the blocks that tell where a file with gaps has its bytes; give their length."""
    if header.type != tarfile.GNUTYPE_SPARSE:
        return 0
    length = 0
    goes_on = bool(header._sparse_structs[1])  # type: ignore[attr-defined]
    while goes_on:
        goes_on = bool(_read_exactly(stream, _BLOCK)[504])
        length += _BLOCK
    return length


def _why_not(header: tarfile.TarInfo, pax: dict[bytes, bytes]) -> str:
    if header.issym() or header.islnk():
        return "is a link, which is not followed"
    if header.type == tarfile.GNUTYPE_SPARSE or any(key.startswith(_SPARSE) for key in pax):
        return "is stored with gaps, which is not read"
    return "" if header.isreg() else "is not a file"


def _read_exactly(stream: Forward, size: int, *, may_lack: bool = False) -> bytes:
    """Read so many bytes, or none where the stream may end here; raises BrokenMemberError for fewer."""
    data = b""
    while len(data) < size and (more := stream.read(size - len(data))):
        data += more
    if len(data) == size or (may_lack and not data.strip(b"\0")):
        return data
    raise BrokenMemberError


def _whole_blocks(size: int) -> int:
    return size + -size % _BLOCK


def _text(name: bytes) -> str:
    return name.decode("utf-8", "surrogateescape")
