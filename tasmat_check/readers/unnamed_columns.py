"""Tells what the columns of a table hold by what stands in them, where no name says so.

Hootsuite's bulk files have no names at all: a date with a time, the message, links. In other tables a column counts as
the text only if it is prose and no other column is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tasmat_check.people.columns import read_columns
from tasmat_check.readers.columns import Columns, Role, columns_of, is_platform
from tasmat_check.readers.moments import moment

_PROSE_FROM = 20
"""Mean length of texts from which a column may be prose, in code points."""

_MOST = 0.8
"""Share of rows that must be of one make."""

_LONGEST_NAME = 30
_MOST_WORDS_OF_A_NAME = 3
_ROWS_ABOVE = 10
_FORENAMES = frozenset({"forename", "legal forename", "preferred"})
_SURNAMES = frozenset({"surname", "legal surname", "preferred surname"})
_CODE = ("{", "[", "<")
_WEB = ("http://", "https://", "www.")


@dataclass(frozen=True, slots=True)
class Guess:
    """What the columns hold, and whether the first row held their names."""

    columns: Columns
    named: bool


def guess_columns(rows: Sequence[Sequence[object]]) -> Guess | None:
    """Understand a table by its first rows; None where none or several columns could be the text."""
    if _are_scheduled(rows):
        width = max(len(row) for row in rows if _is_scheduled(row))
        links = tuple(range(2, width))
        return Guess(Columns(("",) * width, {"date": (0,), "text": (1,), "link": links}), named=False)
    if len(rows) < 2 or _are_people(rows):
        return None
    named = _holds_names(rows)
    names = columns_of(tuple(_shown(cell) for cell in rows[0])) if named else Columns(("",) * max(map(len, rows)))
    return _by_content(rows[named:], names, named)


def _are_scheduled(rows: Sequence[Sequence[object]]) -> bool:
    """Say whether rows are a date with a time, a message, and nothing but links after it."""
    return bool(rows) and _is_scheduled(rows[0]) and sum(map(_is_scheduled, rows)) >= _MOST * len(rows)


def _is_scheduled(row: Sequence[object]) -> bool:
    if len(row) < 2 or not isinstance(row[0], str) or ":" not in row[0] or not moment(row[0]):
        return False
    message = row[1]
    if not isinstance(message, str) or moment(message) or (_is_web(message) and len(message.split()) == 1):
        return False
    return all(cell is None or cell == "" or _is_web(cell) for cell in row[2:])


def _are_people(rows: Sequence[Sequence[object]]) -> bool:
    """Say whether a row heads a list of people, which is none of posts whatever remarks it holds."""
    headings = (read_columns([_shown(cell) for cell in row]).positions.keys() for row in rows[:_ROWS_ABOVE])
    return any(bool(_FORENAMES & fields and _SURNAMES & fields) for fields in headings)


def _holds_names(rows: Sequence[Sequence[object]]) -> bool:
    """Say whether the first row holds names of columns; where that is not plain it is read, lest a post be lost."""
    first = [cell for cell in rows[0] if not _is_blank(cell)]
    if not all(_may_be_name(cell) for cell in first):
        return False
    if all(len(_shown(cell).split()) == 1 for cell in first):
        return True
    others = range(len(rows[0]))
    return any(_is_told(_column(rows[1:], position)) for position in others)


def _may_be_name(cell: object) -> bool:
    if not isinstance(cell, str) or len(cell) > _LONGEST_NAME or len(cell.split()) > _MOST_WORDS_OF_A_NAME:
        return False
    return not (moment(cell) or _is_web(cell) or cell.strip().isdigit() or cell.rstrip().endswith((".", "!", "…")))


def _by_content(rows: Sequence[Sequence[object]], names: Columns, named: bool) -> Guess | None:
    free = [position for position in range(len(names.names)) if position not in names.known]
    columns = {position: _column(rows, position) for position in free}
    unclear = [*columns, *names.of("description"), *names.of("first comment")]
    prose = [position for position in unclear if _is_prose(_column(rows, position))]
    if not prose:  # Meta's list of the posts of a page has their words as titles
        prose = [position for position in names.of("title") if _is_prose(_column(rows, position))]
    texts = prose if len(prose) == 1 else [position for position in prose if is_platform(names.names[position])]
    if not texts or len(texts) < len(prose):
        return None
    found: dict[Role, tuple[int, ...]] = {
        role: tuple(position for position in positions if position not in texts)
        for role, positions in names.positions.items()
    }
    for position, cells in columns.items():
        if (role := _role(cells)) and position not in texts:
            found[role] = (*found.get(role, ()), position)
    shown = tuple(name or f"column {number}" for number, name in enumerate(names.names, 1))
    return Guess(Columns(shown, {**found, "text": tuple(texts)}), named)


def _role(cells: Sequence[object]) -> Role | None:
    if cells and all(moment(cell) for cell in cells):
        return "date"
    return "link" if cells and all(_is_web(cell) for cell in cells) else None


def _is_told(cells: Sequence[object]) -> bool:
    """Say whether cells are all dates, addresses or numbers, as no name of a column is."""
    return bool(_role(cells)) or bool(cells and all(_shown(cell).strip().isdigit() for cell in cells))


def _is_prose(cells: Sequence[object]) -> bool:
    texts = [cell for cell in cells if isinstance(cell, str) and not moment(cell) and not cell.startswith(_CODE)]
    if len(texts) < _MOST * len(cells) or not texts:
        return False
    spaced = sum(1 for text in texts if len(text.split()) > 1)
    return sum(map(len, texts)) > _PROSE_FROM * len(texts) and spaced >= _MOST * len(texts)


def _column(rows: Sequence[Sequence[object]], position: int) -> list[object]:
    return [row[position] for row in rows if position < len(row) and not _is_blank(row[position])]


def _is_blank(cell: object) -> bool:
    return cell is None or not str(cell).strip()


def _is_web(cell: object) -> bool:
    return isinstance(cell, str) and cell.strip().lower().startswith(_WEB)


def _shown(cell: object) -> str:
    return "" if cell is None else str(cell)
