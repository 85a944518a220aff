"""Reads the blocks of a CAR file (version 1), in which Bluesky gives out a repository, one after the other."""

import hashlib
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from tasmat_check.files import UnreadableError, open_binary, why_not_opened
from tasmat_check.readers.platforms.bluesky.cbor import DamagedError, decode
from tasmat_check.readers.platforms.bluesky.links import link_of

_LARGEST_HEADER = 65_536
_LARGEST_BLOCK = 4_000_000
"""Bytes; a record of Bluesky has at most one million."""

_SHA_256_LINK = 36
"""Bytes of a link: version, codec, kind and length of the hash, 32 bytes of SHA-256."""

_SHA_256 = b"\x12\x20"


class Block(NamedTuple):
    """One block: its number in the file from 1, its link, and its bytes, which are None where they do not fit it."""

    number: int
    link: str
    data: bytes | None


def read_blocks(path: str) -> Iterator[Block]:
    """Yield the blocks; raises UnreadableError for another kind of file, and where the file breaks off."""
    with open_binary(path) as stream:
        _check_header(stream)
        number = 0
        try:
            while (size := _read_size(stream)) is not None:
                block = _block(number + 1, _read_exactly(stream, size, _LARGEST_BLOCK))
                number += 1
                yield block
        except DamagedError as problem:
            reason = f"breaks off or is damaged at record {number + 1:,}, after the posts that were read"
            raise UnreadableError(reason) from problem


def _check_header(stream: BinaryIO) -> None:
    try:
        header = decode(_read_exactly(stream, _read_size(stream) or 0, _LARGEST_HEADER))
    except DamagedError as problem:
        raise UnreadableError("is not a repository of Bluesky") from problem
    if not isinstance(header, dict) or header.get("version") != 1:
        raise UnreadableError("is not a repository of Bluesky in the form that is known")


def _block(number: int, data: bytes) -> Block:
    link, content = data[:_SHA_256_LINK], data[_SHA_256_LINK:]
    if link[:1] != b"\x01" or link[2:4] != _SHA_256:
        raise DamagedError
    fits = hashlib.sha256(content).digest() == link[4:]
    return Block(number, link_of(link), content if fits else None)


def _read_size(stream: BinaryIO) -> int | None:
    """Read a number in groups of seven bits, the lowest first; None at the end of the file."""
    size = 0
    for shift in range(0, 63, 7):
        byte = _read(stream, 1)
        if not byte:
            if shift:
                raise DamagedError
            return None
        size |= (byte[0] & 127) << shift
        if byte[0] < 128:
            return size
    raise DamagedError


def _read_exactly(stream: BinaryIO, size: int, largest: int) -> bytes:
    if not 0 < size <= largest:
        raise DamagedError
    data = _read(stream, size)
    if len(data) < size:
        raise DamagedError
    return data


def _read(stream: BinaryIO, size: int) -> bytes:
    try:
        return stream.read(size)
    except OSError as problem:
        raise UnreadableError(why_not_opened(problem)) from problem
