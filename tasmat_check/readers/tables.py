"""Reads tables of posts, wherever their rows come from: first finds out which column holds what, then row by row."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from tasmat_check.files import UnreadableError
from tasmat_check.models import Channel, Draft
from tasmat_check.readers.columns import Columns, Role, columns_of, no_text_column
from tasmat_check.readers.decoding import mend
from tasmat_check.readers.exports import Intake
from tasmat_check.readers.moments import is_month_first
from tasmat_check.readers.records import Place, record_draft
from tasmat_check.readers.unnamed_columns import guess_columns

_SAMPLE_ROWS = 200
_SAMPLE_CHARACTERS = 1_000_000
_ROWS_ABOVE = 10
"""Rows among which the names of columns are looked for: calendars of posts often begin with a title."""


_SILENT: tuple[Role, ...] = ("id", "channel", "date", "time")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, and how a person finds it; `problem` says why it cannot be read, where it cannot."""

    where: str
    cells: Sequence[object] = ()
    problem: str = ""

    @property
    def is_filled(self) -> bool:
        """Whether anything stands in it, or would."""
        return bool(self.problem) or _is_filled(self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one table of a file, and what is needed to make drafts of them.

    `numbers` counts the records of the whole file from 1. `joint` is put between the cells of a table of one column,
    whose text held what parts cells. `blanks_told` says whether rows without words stand in the report, or are counted
    only: a calendar of posts has many.
    """

    rows: Iterator[Row]
    path: str
    channel: Channel
    intake: Intake
    numbers: Iterator[int]
    joint: str = ""
    blanks_told: bool = True


class NoTextColumnError(UnreadableError):
    """No column of a table can be taken for the text."""


def read_table(table: Table) -> Iterator[Draft]:
    """Yield a draft a row; raises NoTextColumnError, and UnreadableError where nothing can be read."""
    rows = (row for row in table.rows if row.is_filled)
    sample = _sample(rows)
    if not sample:
        return
    columns, begin = _understood(sample, table)
    posts = [row for row in sample[:begin] if row.problem] + sample[begin:]
    columns = replace(columns, month_first=is_month_first(_dates(columns, posts)))
    joint = table.joint if len(columns.names) == 1 else ""
    for row in chain(posts, rows):
        if not table.blanks_told and not row.problem and _is_blank(row, columns):
            table.intake.leave_out("rows without words or pictures")
            continue
        place = Place(table.path, next(table.numbers), row.where)
        if row.problem:
            yield place.refuse(row.problem, table.channel)
        else:
            yield _row_draft(row, columns, place, table.channel, joint)


def _sample(rows: Iterator[Row]) -> list[Row]:
    """Take the first rows, not too many characters of them."""
    taken: list[Row] = []
    characters = 0
    for row in rows:
        taken.append(row)
        characters += sum(len(cell) for cell in row.cells if isinstance(cell, str))
        if len(taken) == _SAMPLE_ROWS or characters > _SAMPLE_CHARACTERS:
            break
    return taken


def _understood(sample: list[Row], table: Table) -> tuple[Columns, int]:
    """Tell the columns, by their names or else by what stands in them, and in which row of the sample posts begin."""
    named = ((number, columns_of(_names(row))) for number, row in enumerate(sample[:_ROWS_ABOVE]) if not row.problem)
    for number, columns in named:
        if columns.has_text and (number == 0 or len(columns.positions) > 1):
            if above := sum(1 for row in sample[:number] if not row.problem):
                table.intake.leave_out("rows above the names of columns", above)
            return columns, number + 1
    if sample[0].problem:
        raise UnreadableError(sample[0].problem)
    cells = [row.cells for row in sample if not row.problem]
    if table.joint and len(_names(sample[0])) == 1:
        cells = [[table.joint.join(map(str, row))] for row in cells] if all(map(_is_one_text, cells)) else []
    guess = guess_columns(cells)
    if guess is None:
        raise _without_text(sample)
    if guess.named:
        table.intake.leave_out("first lines taken for the names of columns")
    return guess.columns, int(guess.named)


def _without_text(sample: list[Row]) -> UnreadableError:
    """Say that no text column was found; a row that cannot be read may be the one that would have told."""
    reason = no_text_column(_names(sample[0]))
    broken = next((row for row in sample if row.problem), None)
    return UnreadableError(f"{reason}; {broken.where} {broken.problem}") if broken else NoTextColumnError(reason)


def _is_one_text(cells: Sequence[object]) -> bool:
    """Say whether what parts these cells may be the commas of prose, which a space follows."""
    return all(str(cell)[:1].isspace() for cell in cells[1:])


def _names(row: Row) -> tuple[str, ...]:
    return tuple(mend(cell) if isinstance(cell, str) else "" for cell in row.cells)


def _dates(columns: Columns, rows: list[Row]) -> Iterator[object]:
    """Yield what stands in the best column of dates."""
    for position in columns.of("date")[:1]:
        yield from (row.cells[position] for row in rows if position < len(row.cells))


def _is_filled(cells: Iterable[object]) -> bool:
    return not all(cell is None or cell == "" or str(cell).isspace() for cell in cells)


def _is_blank(row: Row, columns: Columns) -> bool:
    """Say whether nothing stands in a row that could be checked."""
    silent = {position for role in _SILENT for position in columns.of(role)}
    wordy = columns.known - silent
    return not _is_filled(cell for position, cell in enumerate(row.cells) if position in wordy)


def _row_draft(row: Row, columns: Columns, place: Place, channel: Channel, joint: str) -> Draft:
    width = len(columns.names)
    cells = row.cells
    if joint:
        cells = (joint.join(map(str, cells)),)
    if len(cells) > width and _is_filled(cells[width:]):
        return place.refuse(f"has {len(cells)} columns where the first line has {width}", channel)
    return record_draft(columns, (*cells[:width], *[""] * (width - len(cells))), place, channel)
