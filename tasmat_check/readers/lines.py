"""Reads a text file of any size line by line, in whatever encoding it is."""

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import TextIO

from tasmat_check.files import UnreadableError, load, open_binary
from tasmat_check.readers.decoding import encoding_of, mend, mend_bytes

LONGEST_LINE = 8_000_000
"""Longest line that is held in memory, in code points."""

SAMPLE = 65_536
"""Bytes by which the encoding is told."""


class Lines:
    """An iterator over lines with their ends, which counts them from 1 in `number`.

    Raises UnreadableError for a line that is too long, and goes on with the next one when asked again.
    """

    def __init__(self, stream: TextIO) -> None:
        self.number = 0
        self._stream = stream
        self._since_row: int | None = None
        self._is_over = False

    def __iter__(self) -> "Lines":
        return self

    def __next__(self) -> str:
        line = "" if self._is_over else self._stream.readline(LONGEST_LINE)
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) >= LONGEST_LINE and not line.endswith("\n"):
            self._pass_rest(line)
            raise UnreadableError(f"a line longer than {LONGEST_LINE:,} characters")
        self._mind_length_of_row(len(line))
        return mend(mend_bytes(line))

    def rows(
        self, delimiter: str = ",", *, strict: bool = False, prepare: Callable[[str], str] | None = None
    ) -> Iterator[list[str]]:
        """Read the lines as CSV. Raises csv.Error and UnreadableError, and goes on after them when asked again.

        Unlike csv.reader alone it minds the length of a row over all of its lines. `prepare` changes a line before.
        """
        csv.field_size_limit(LONGEST_LINE)
        return _Rows(self, csv.reader(map(prepare, self) if prepare else self, delimiter=delimiter, strict=strict))

    def begin_row(self) -> None:
        """Count the characters of a row from here on."""
        self._since_row = 0

    def _mind_length_of_row(self, length: int) -> None:
        if self._since_row is None:
            return
        self._since_row += length
        if self._since_row > LONGEST_LINE:
            self._is_over = True
            raise UnreadableError(f"a row longer than {LONGEST_LINE:,} characters; what follows is not read")

    def _pass_rest(self, line: str) -> None:
        while line and not line.endswith(("\n", "\r")):
            line = self._stream.readline(LONGEST_LINE)


class _Rows(Iterator[list[str]]):
    """The rows of a CSV file; an error ends one row and not all, as it would in a generator."""

    def __init__(self, lines: Lines, rows: Iterator[list[str]]) -> None:
        self._lines = lines
        self._rows = rows

    def __next__(self) -> list[str]:
        self._lines.begin_row()
        return next(self._rows)


@contextmanager
def open_lines(path: str, newline: str) -> Iterator[Lines]:
    r"""Open a file for reading by line; `newline` is what `open` calls so, "" (any line end) or "\n".

    Raises UnreadableError for a file that cannot be opened or holds no text.
    """
    encoding, errors = encoding_and_errors(load(path, SAMPLE, cut=True))
    with TextIOWrapper(open_binary(path), encoding, errors, newline) as stream:
        yield Lines(stream)


def encoding_and_errors(sample: bytes) -> tuple[str, str]:
    """Tell from a beginning how to decode a text; bytes that are not UTF-8 are kept for `mend_bytes`."""
    encoding = encoding_of(sample)
    return encoding, "surrogateescape" if encoding == "utf-8-sig" else "replace"
