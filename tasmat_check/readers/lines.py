"""Reads a text file of any size line by line, in whatever encoding it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import TextIO

from tasmat_check.files import UnreadableError, open_binary, why_not_opened
from tasmat_check.readers.decoding import encoding_of, mend, mend_bytes

LONGEST_LINE = 8_000_000
"""Longest line that is held in memory, in code points."""

_SAMPLE = 65_536


class Lines:
    """An iterator over lines with their ends, which counts them from 1 in `number`.

    Raises UnreadableError for a line that is too long, and goes on with the next one when asked again.
    """

    def __init__(self, stream: TextIO) -> None:
        self.number = 0
        self._stream = stream

    def __iter__(self) -> "Lines":
        return self

    def __next__(self) -> str:
        line = self._stream.readline(LONGEST_LINE)
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) < LONGEST_LINE or line.endswith("\n"):
            return mend(mend_bytes(line))
        while line and not line.endswith(("\n", "\r")):
            line = self._stream.readline(LONGEST_LINE)
        raise UnreadableError(f"a line longer than {LONGEST_LINE:,} characters")


@contextmanager
def open_lines(path: str, newline: str) -> Iterator[Lines]:
    r"""Open a file for reading by line; `newline` is what `open` calls so, "" (any line end) or "\n".

    Raises UnreadableError for a file that cannot be opened or holds no text.
    """
    try:
        with open_binary(path) as sample:
            encoding = encoding_of(sample.read(_SAMPLE))
        errors = "surrogateescape" if encoding == "utf-8-sig" else "replace"
        stream = TextIOWrapper(open_binary(path), encoding, errors, newline)
    except (OSError, ValueError) as problem:
        raise UnreadableError(why_not_opened(problem)) from problem
    with stream:
        yield Lines(stream)
