"""Parquet for data platforms: a row a finding, and a row for everything that could not be checked, as in CSV."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any, BinaryIO
from uuid import uuid4

from tasmat_check.models import Report
from tasmat_check.reporters import PackView
from tasmat_check.reporters.masking import mask_report
from tasmat_check.reporters.table import HEADS, finding_rows, gap_rows

_ROWS_AT_ONCE = 20_000
"""Rows of a row group. Each is packed as soon as it is full, so that a long report needs little memory."""

_FORMAT = f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROWS_AT_ONCE})"


def write(
    reports: Iterable[Report],
    pack: PackView,
    out: BinaryIO,
    *,
    mask: bool = False,
    quiet: bool = False,  # noqa: ARG001 - a post without findings has no row anyway
    remarks: Iterable[str] = (),  # noqa: ARG001 - a machine reads this
) -> None:
    """Write every finding as a row, in the order of posts."""
    import duckdb
    from fsspec.implementations.memory import MemoryFileSystem

    storage = MemoryFileSystem()
    folder = f"/{uuid4().hex}"
    settings = {"autoinstall_known_extensions": False, "temp_directory": "", "threads": 1}
    try:
        with duckdb.connect(":memory:", config=settings) as database:
            database.register_filesystem(storage)
            out.write(_packed(database, storage, folder, _rows(reports, pack, mask=mask)))
    finally:
        if storage.exists(folder):
            storage.rm(folder, recursive=True)


def _rows(reports: Iterable[Report], pack: PackView, *, mask: bool) -> Iterator[tuple[str, ...]]:
    for report in reports:
        shown = mask_report(report) if mask else report
        yield from chain(finding_rows(shown, pack), gap_rows(shown))


def _packed(database: Any, storage: Any, folder: str, rows: Iterator[tuple[str, ...]]) -> bytes:
    """Pack rows group by group, and the groups into one file."""
    columns = ", ".join(f'"{head}" VARCHAR' for head in HEADS)
    database.execute(f"CREATE TABLE part ({columns})")
    _pack(database, "part", f"{folder}/0.parquet")  # a report without findings has columns all the same
    number = 0
    while group := list(islice(rows, _ROWS_AT_ONCE)):
        number += 1
        values = [[_encodable(cell) for cell in column] for column in zip(*group, strict=True)]
        database.execute(f"INSERT INTO part SELECT {', '.join('unnest(?::VARCHAR[])' for _ in HEADS)}", values)
        _pack(database, "part", f"{folder}/{number}.parquet")
        database.execute("TRUNCATE part")
    parts = [f"memory:/{name}" for name in sorted(storage.ls(folder, detail=False), key=_number)]
    query = "(SELECT * REPLACE (try_cast(confidence AS DOUBLE) AS confidence) FROM read_parquet(?))"
    _pack(database, query, f"{folder}/all.parquet", parts)
    packed: bytes = storage.cat_file(f"{folder}/all.parquet")
    return packed


def _pack(database: Any, what: str, path: str, *given: list[str]) -> None:
    database.execute(f"COPY {what} TO 'memory:/{path}' {_FORMAT}", given)


def _number(name: str) -> int:
    return int(name.rpartition("/")[2].partition(".")[0])


def _encodable(cell: str) -> str:
    return cell.encode("utf-8", "replace").decode()
