"""Reporters: one module a format, each with `write(reports, pack, out, *, mask, quiet)`."""

from collections.abc import Iterable
from importlib import import_module
from typing import Protocol, TextIO, cast

from tasmat_check.models import Report
from tasmat_check.pack.policy_file import Clause, Policy

FORMATS: dict[str, str] = {
    "terminal": "tasmat_check.reporters.terminal:write",
    "json": "tasmat_check.reporters.json_report:write",
    "jsonl": "tasmat_check.reporters.jsonl:write",
    "csv": "tasmat_check.reporters.csv_report:write",
}


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
    leaves out posts with nothing to tell where the reader is a person (records for machines stay complete).
    """

    def __call__(
        self, reports: Iterable[Report], pack: PackView, out: TextIO, *, mask: bool = False, quiet: bool = False
    ) -> None:
        """Write every report to `out`."""


def load(name: str) -> Writer:
    """Import the writer of one of `FORMATS`; only then is its module loaded. An unknown name is a KeyError."""
    module, _, function = FORMATS[name].partition(":")
    return cast(Writer, getattr(import_module(module), function))
