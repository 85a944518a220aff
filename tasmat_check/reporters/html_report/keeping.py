"""Keeps the finished parts of a page until what stands above them is known: compressed and in memory only."""

import codecs
import zlib
from collections.abc import Iterator

_QUICK = 1
_PIECE = 65_536


class Kept:
    """Takes text a piece at a time and gives it back once; some 10,000 posts need a few megabytes.

    A temporary file would be left behind by a crash, and a page holds personal data.
    """

    def __init__(self) -> None:
        self._packer = zlib.compressobj(_QUICK)
        self._packed: list[bytes] = []
        self.count = 0

    def add(self, text: str) -> None:
        """Keep one more piece."""
        self._packed.append(self._packer.compress(text.encode()))
        self.count += 1

    def pieces(self) -> Iterator[str]:
        """Give everything back in order, in pieces of other sizes; nothing can be added afterwards."""
        self._packed.append(self._packer.flush())
        unpacker = zlib.decompressobj()
        decoder = codecs.getincrementaldecoder("utf-8")()
        for packed in self._packed:
            waiting = packed
            while waiting:
                yield decoder.decode(unpacker.decompress(waiting, _PIECE))
                waiting = unpacker.unconsumed_tail
