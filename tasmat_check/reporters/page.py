"""A page of plain lines on whatever the output is: a terminal, a pipe, a file, an old Windows console."""

import os
from collections.abc import Container, Iterable, Sequence
from typing import TextIO

from rich.box import SIMPLE_HEAD, Box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from tasmat_check.reporters.lettering import ASCII_SIGNS, Lettering, Signs

# Longer lines are hard to read, so a wide window is not filled.
WIDEST = 88
NARROWEST = 20
_PIPE_WIDTH = 80
ASCII_LINES = Box("\n".join(["    "] * 2 + [" -- "] + ["    "] * 5) + "\n", ascii=True)
"""A line below the heads, like SIMPLE_HEAD, for outputs that have no line drawing."""


class Page:
    """Where a report is written line by line; wraps, indents, and keeps to letters that `out` can write."""

    def __init__(self, out: TextIO) -> None:
        console = Console(file=out, markup=False, highlight=False, emoji=False)
        if console.no_color:
            console = Console(file=out, markup=False, highlight=False, emoji=False, color_system=None)
        self._console = console
        self._lettering = Lettering.of(out, simple=console.legacy_windows)
        measured = console.is_terminal or "COLUMNS" in os.environ
        self.width = max(NARROWEST, min(WIDEST, console.width if measured else _PIPE_WIDTH))

    @property
    def colourless(self) -> bool:
        """Whether colours would be lost, so that marks must be written out."""
        return self._console.color_system is None

    @property
    def lettering(self) -> Lettering:
        """What the output can show."""
        return self._lettering

    @property
    def signs(self) -> Signs:
        """The signs to draw with."""
        return self._lettering.signs

    def text(self, *pieces: str | tuple[str, str]) -> Text:
        """Join pieces, each plain or with a style, into a text that is safe to show and is never markup."""
        result = Text()
        for piece in pieces:
            words, style = (piece, None) if isinstance(piece, str) else piece
            result.append(self._lettering.shown(words), style)
        return result

    def wrapped(self, text: Text, indent: int) -> list[Text]:
        """Break a text into lines that leave room for an indent."""
        lines = list(text.wrap(self._console, max(10, self.width - indent), overflow="fold"))
        for line in lines:
            line.rstrip()
        return lines

    def line(self, text: Text | None = None) -> None:
        """Write one line as it is, or an empty one."""
        self._console.print(text if text is not None else Text(), soft_wrap=True)

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[Text]], numbers: Container[int] = ()) -> None:
        """Write rows below their heads; the columns in `numbers`, from 0, are set right. Long cells are wrapped."""
        plain = self._lettering.signs is ASCII_SIGNS
        table = Table(box=ASCII_LINES if plain else SIMPLE_HEAD, pad_edge=False, header_style="bold")
        for place, head in enumerate(heads):
            table.add_column(head, justify="right" if place in numbers else "left", overflow="fold")
        for row in rows:
            table.add_row(*row)
        self._console.print(table, width=self.width)

    def paragraph(self, text: Text, lead: Text | str = "") -> None:
        """Write a text over as many lines as it takes; `lead` stands before the first, its width before the others."""
        first = Text(lead) if isinstance(lead, str) else lead
        margin = Text(" " * first.cell_len)
        for number, line in enumerate(self.wrapped(text, first.cell_len)):
            self.line((margin if number else first) + line)

    def quoted(self, lines: Iterable[Text | None]) -> None:
        """Write lines behind a bar, and a gap for every None."""
        for line in lines:
            bar = ("  " + self.signs.bar + " ", "dim")
            self.line(Text.assemble(bar, line if line is not None else (self.signs.dots, "dim")))
