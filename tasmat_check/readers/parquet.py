"""Reads Parquet files of posts, some rows at a time, with DuckDB."""

import re
from collections.abc import Iterator
from itertools import count
from typing import Any

from tasmat_check.files import UnreadableError, is_file, within_archive
from tasmat_check.files.shared import is_shared, located
from tasmat_check.models import Channel, Draft
from tasmat_check.readers.decoding import mend
from tasmat_check.readers.exports import Intake
from tasmat_check.readers.tables import Row, Table, read_table

_AT_ONCE = 500
_MEMORY = "1GB"
_PATTERN = re.compile(r"([*?\[])")


def read_parquet(path: str, channel: Channel, intake: Intake) -> Iterator[Draft]:
    """Yield a draft a row; raises UnreadableError for what is no such file, and where DuckDB is missing."""
    yield from read_table(Table(_rows(path), path, channel, intake, count(1)))


def _rows(path: str) -> Iterator[Row]:
    """Yield the names of the columns and then the rows."""
    try:
        import duckdb
    except ImportError:
        raise UnreadableError("Parquet needs the extra packages: pip install tasmat-check[parquet]") from None
    settings = {"autoinstall_known_extensions": False, "temp_directory": "", "threads": 1, "memory_limit": _MEMORY}
    number = 0
    with duckdb.connect(":memory:", config=settings) as database:
        try:
            found = database.execute("SELECT * FROM read_parquet(?)", [_place(database, path)])
            yield Row("the names of the columns", [column[0] for column in found.description or ()])
            while rows := found.fetchmany(_AT_ONCE):
                for cells in rows:
                    number += 1
                    yield Row(f"row {number}", [_mended(cell) for cell in cells])
        except duckdb.Error as problem:
            raise UnreadableError("is a damaged Parquet file, or none" if not number else _broken(number)) from problem


def _place(database: Any, path: str) -> str:
    """Give the name by which DuckDB opens exactly this file."""
    if within_archive(path):
        raise UnreadableError("Parquet is not read inside an archive; unpack it first")
    if is_shared(path):
        storage, inside = located(path)
        database.register_filesystem(storage)
        path = str(storage.unstrip_protocol(inside))
    elif not is_file(path):
        raise UnreadableError("no such file")
    return _PATTERN.sub(r"[\1]", path)


def _broken(number: int) -> str:
    return f"is damaged after row {number:,}; the rows before it are checked"


def _mended(cell: object) -> object:
    return mend(cell) if isinstance(cell, str) else cell
