"""The functional suite: how many cases of each function the checker passes, against the mark each has reached.

A mark is raised when the checker has become better, never lowered to let a change through. A newly learnt model sets
all marks anew, and their sum must not fall.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tasmat_check import pack as packs
from tasmat_check.engine import Checker
from tasmat_check.models import Draft, Level, Person, Report

HERE = Path(__file__).parent
MARKS: dict[str, int] = tomllib.loads((HERE / "marks.toml").read_text(encoding="utf-8"))
FUNCTIONS: list[dict[str, Any]] = [
    function
    for path in sorted(HERE.glob("*.toml"))
    if path.name != "marks.toml"
    for function in tomllib.loads(path.read_text(encoding="utf-8"))["function"]
]


def passed(function: dict[str, Any], pack: packs.Pack, checker: Checker) -> Iterator[bool]:
    """Say of each case whether the checker does what the function expects."""
    for case in function["case"]:
        knowing = checker
        if people := case.get("people"):
            knowing = Checker(pack, people=[_person(row) for row in people])
        report = knowing.check(Draft("case", "case", case["text"], case.get("channel", "personal")))
        yield _as_expected(function, report)


def _person(row: dict[str, str]) -> Person:
    return Person(row["forename"], row["surname"], "", "", row.get("group", ""), row["role"])


def _as_expected(function: dict[str, Any], report: Report) -> bool:
    if function["expects"] == "clear":
        return report.verdict != "breach"
    return any(report.clauses.get(clause, Level.NOTE) > Level.NOTE for clause in function["clauses"])


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function["id"])
def test_function_reaches_its_mark(function: dict[str, Any], shipped_pack: packs.Pack, checker: Checker) -> None:
    assert sum(passed(function, shipped_pack, checker)) >= MARKS[function["id"]]


def test_suite_is_broad_and_every_function_has_a_mark() -> None:
    assert len(FUNCTIONS) >= 40
    assert min(len(function["case"]) for function in FUNCTIONS) >= 6
    assert {function["id"] for function in FUNCTIONS} == set(MARKS)
