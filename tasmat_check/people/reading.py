"""Reads a people list as a school's information system exports it: SIMS, Arbor, Bromcom or a spreadsheet.

It is personal data: nothing read here is logged, cached or quoted in an error. An error shows cells of the file only
when they are surely column headings.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tasmat_check.errors import PeopleError
from tasmat_check.models import Person
from tasmat_check.people.cells import clean, read_year, split_called, split_name, without_title
from tasmat_check.people.columns import Columns, Field, looks_like_headings, read_columns
from tasmat_check.people.listing import Omission, PeopleList
from tasmat_check.people.roles import Role, read_role, role_from_title
from tasmat_check.wording import keys

_SEPARATORS = ",;\t|"
_LONGEST_CELL = 10_000
_HEADING_WITHIN = 30
_OTHER_FILES = {
    b"PK\x03\x04": "this is an Excel workbook or another zip; save it as CSV first",
    b"\xd0\xcf\x11\xe0": "this is an old Excel workbook; save it as CSV first",
    b"%PDF": "this is a PDF; export the list as CSV",
}
_WANTED = "forename and surname, or name"


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Table:
    """A file's rows under its heading line, with the words of the titles above it."""

    columns: Columns
    rows: Sequence[_Row]
    titles: str


def read_people(path: Path) -> PeopleList:
    """Read a people list.

    Raises PeopleError when the file cannot be read, is no CSV, has no column with names or holds nobody.
    """
    rows_by_separator = [list(_rows(_decoded(path), separator, path)) for separator in _SEPARATORS]
    if not rows_by_separator[0]:
        raise PeopleError(str(path), "the file is empty")
    table = max((_table(rows) for rows in rows_by_separator), key=lambda table: len(table.columns.positions))
    if not table.columns.names:
        raise PeopleError(str(path), _no_names(rows_by_separator))
    return _listed(path, table)


def _decoded(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise PeopleError(str(path), error.strerror or "cannot be read") from None
    for start, what in _OTHER_FILES.items():
        if data.startswith(start):
            raise PeopleError(str(path), what)
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:  # never a cause of the error below: it carries the file's content
            continue
        if "\0" not in text:
            return text
    raise PeopleError(str(path), "this is not a text file; save the list as CSV (UTF-8)")


def _encodings(data: bytes) -> Sequence[str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    if data[1:2] == b"\0":
        return ("utf-16-le",)
    if data[:1] == b"\0":
        return ("utf-16-be",)
    return ("utf-8-sig", "cp1252")


def _rows(text: str, separator: str, path: Path) -> Iterator[_Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    line = 1
    try:
        for cells in reader:
            # Not by csv's own limit, which readers of posts raise for the whole program.
            if any(len(cell) > _LONGEST_CELL for cell in cells):
                raise csv.Error
            if any(cell.strip() for cell in cells):
                yield _Row(line, cells)
            line = reader.line_num + 1
    except csv.Error:
        raise PeopleError(str(path), f"this is not a CSV file: line {line} cannot be split into cells") from None


def _table(rows: Sequence[_Row]) -> _Table:
    """Take the line with the most known headings near the top as the heading line."""
    candidates = [read_columns(row.cells) for row in rows[:_HEADING_WITHIN]]
    index, columns = max(enumerate(candidates), key=lambda pair: (pair[1].names, len(pair[1].positions), -pair[0]))
    titles = " ".join(cell for row in rows[:index] for cell in row.cells)
    return _Table(columns if columns.names else Columns(), rows[index + 1 :], titles)


def _no_names(rows_by_separator: Sequence[Sequence[_Row]]) -> str:
    rows = max(rows_by_separator, key=lambda rows: len(rows[0].cells))
    for row in rows[:_HEADING_WITHIN]:
        if looks_like_headings(row.cells):
            seen = ", ".join(cell.strip() for cell in row.cells if cell.strip())
            return f"no column with names ({_WANTED}); columns seen: {seen}"
    return f"no heading line with a column for names ({_WANTED}) was found"


def _listed(path: Path, table: _Table) -> PeopleList:
    fallback, role_from = _fallback_role(path, table)
    people: dict[tuple[object, ...], Person] = {}
    omitted: list[Omission] = []
    repeated: list[int] = []
    for row in table.rows:
        person = _person(row, table.columns, fallback)
        if isinstance(person, Omission):
            omitted.append(person)
            continue
        identity = (keys(person.forename), keys(person.surname), person.year, person.group, person.role)
        if identity in people:
            repeated.append(row.line)
        people.setdefault(identity, person)
    if not people:
        raise PeopleError(str(path), "no row has a usable name" if omitted else "there are headings but no people")
    columns = table.columns
    return PeopleList(
        str(path), tuple(people.values()), columns.used, columns.unused, role_from, tuple(omitted), tuple(repeated)
    )


def _fallback_role(path: Path, table: _Table) -> tuple[Role, str]:
    """Tell what people are whose row does not say, and in words why."""
    positions = table.columns.positions
    if "role" in positions:
        return _shape_role(path, table)[0], f"from the column “{table.columns.headings[positions['role']]}”"
    role, why = _shape_role(path, table)
    return role, f"no such column; all are taken for {role if role == 'staff' else role + 's'} {why}"


def _shape_role(path: Path, table: _Table) -> tuple[Role, str]:
    columns = table.columns
    if columns.hint == "staff":
        return "staff", "because the headings speak of staff"
    if "year" in columns.positions or "group" in columns.positions:
        return "pupil", "because there is a year or group"
    if role := role_from_title(table.titles):
        return role, "because the title says so"
    if role := role_from_title(path.stem.replace("_", " ")):
        return role, "because the file's name says so"
    return "pupil", "because nothing says otherwise"


def _person(row: _Row, columns: Columns, fallback: Role) -> Person | Omission:
    if read_columns(row.cells).positions == columns.positions:
        return Omission(row.line, "repeats the headings")
    forename, surname, preferred = _name(row, columns)
    if any(character.isdigit() for character in forename + surname):
        return Omission(row.line, "has digits where a name should be")
    if max(len(forename), len(surname), len(preferred)) < 2:
        return Omission(row.line, "has no usable name")
    year = read_year(_cell(row, columns, "year"))
    group = clean(_cell(row, columns, "group"))
    wording = clean(_cell(row, columns, "role"))
    # A job no word list foresaw is still a job; beside a class the column rather tells the kind of enrolment.
    unforeseen: Role = "pupil" if year or group else "staff"
    role = (read_role(wording) or unforeseen) if wording else fallback
    return Person(forename, surname, preferred, year, group, role)


def _cell(row: _Row, columns: Columns, name: Field) -> str:
    position = columns.positions.get(name)
    return row.cells[position] if position is not None and position < len(row.cells) else ""


def _name(row: _Row, columns: Columns) -> tuple[str, str, str]:
    """Give forename, surname and preferred forename, taking the name in use for the surname."""
    plain, called = split_called(without_title(clean(_cell(row, columns, "forename"))))
    forename = without_title(clean(_cell(row, columns, "legal forename"))) or plain
    preferred = clean(_cell(row, columns, "preferred")) or called or plain
    surnames: tuple[Field, ...] = ("preferred surname", "surname", "legal surname")
    surname = next((name for field in surnames if (name := clean(_cell(row, columns, field)))), "")
    if not surname:
        whole = split_name(clean(_cell(row, columns, "name")))
        forename, surname, preferred = whole[0] or forename, whole[1], preferred or whole[2]
    if surname:
        preferred = preferred.removesuffix(f" {surname}")
    return forename or preferred, surname, "" if preferred == (forename or preferred) else preferred
