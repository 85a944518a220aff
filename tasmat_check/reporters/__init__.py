"""Reporters: one module a format, each with `write(reports, pack, out, *, mask, quiet)`."""

from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec
from typing import BinaryIO, Protocol, TextIO, cast

from tasmat_check.errors import UsageError
from tasmat_check.models import Report
from tasmat_check.pack.policy_file import Clause, Policy

FORMATS: dict[str, str] = {
    "terminal": "tasmat_check.reporters.terminal:write",
    "json": "tasmat_check.reporters.json_report:write",
    "jsonl": "tasmat_check.reporters.jsonl:write",
    "csv": "tasmat_check.reporters.csv_report:write",
    "sarif": "tasmat_check.reporters.sarif:write",
    "junit": "tasmat_check.reporters.junit:write",
    "github": "tasmat_check.reporters.github:write",
    "html": "tasmat_check.reporters.html_report:write",
}

BINARY_FORMATS: dict[str, str] = {
    "xlsx": "tasmat_check.reporters.xlsx:write",
    "parquet": "tasmat_check.reporters.parquet:write",
}
"""Formats that are no text: they are written to a file, never to a terminal."""

_NEEDED = {"parquet": ("duckdb", "fsspec")}
"""Packages that a format needs and that not everybody has."""


class PackView(Protocol):
    """What a reporter needs of a policy pack."""

    @property
    def policy(self) -> Policy:
        """The policy, its clauses in the policy's order."""

    def clause(self, number: str) -> Clause:
        """Give the clause with this number."""


class Writer(Protocol):
    """What every format's `write` looks like.

    Reports are taken one at a time, so their number does not matter. `mask` keeps every word of a post out; `quiet`
    leaves out posts with nothing to tell where the reader is a person (records for machines stay complete). `remarks`
    are sentences about the run, such as what was read; they are asked for when all reports have been taken.
    """

    def __call__(
        self,
        reports: Iterable[Report],
        pack: PackView,
        out: TextIO,
        *,
        mask: bool = False,
        quiet: bool = False,
        remarks: Iterable[str] = (),
    ) -> None:
        """Write every report to `out`."""


class BinaryWriter(Protocol):
    """What the `write` of a format that is no text looks like; the options are those of a `Writer`."""

    def __call__(
        self,
        reports: Iterable[Report],
        pack: PackView,
        out: BinaryIO,
        *,
        mask: bool = False,
        quiet: bool = False,
        remarks: Iterable[str] = (),
    ) -> None:
        """Write every report to `out`."""


def load(name: str) -> Writer:
    """Import the writer of one of `FORMATS`; only then is its module loaded. An unknown name is a KeyError."""
    return cast(Writer, _imported(FORMATS[name]))


def load_binary(name: str) -> BinaryWriter:
    """Import the writer of one of `BINARY_FORMATS`, as `load` does; raises UsageError where a package is missing."""
    for package in _NEEDED.get(name, ()):
        if find_spec(package) is None:
            raise UsageError(f"--format {name}", "needs the extra packages: pip install tasmat-check[parquet]")
    return cast(BinaryWriter, _imported(BINARY_FORMATS[name]))


def _imported(name: str) -> object:
    module, _, function = name.partition(":")
    return cast(object, getattr(import_module(module), function))
