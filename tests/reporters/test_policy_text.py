"""The real policy file, as far as reports lean on it."""

import tomllib
from pathlib import Path

import pytest

from tasmat_check.pack.policy_file import Clause, Policy

POLICY = Policy.model_validate(
    tomllib.loads((Path(__file__).parents[2] / "patterns" / "policy.toml").read_text(encoding="utf-8"))
)


def _numbers(section: int, last: int) -> list[str]:
    return [f"{section}.{place}" for place in range(1, last + 1)]


NUMBERS = [
    *_numbers(1, 4),
    *("2", "2.2", "2.3"),
    *_numbers(3, 4),
    *_numbers(4, 1),
    *_numbers(5, 6),
    *_numbers(6, 15),
    *_numbers(7, 4),
    *_numbers(8, 2),
    *("9.1", "9.2", "9.4.1"),
]


def test_every_numbered_clause_is_there_in_order() -> None:
    assert [clause.number for clause in POLICY.clause] == NUMBERS


@pytest.mark.parametrize("clause", POLICY.clause, ids=NUMBERS)
def test_a_clause_reads_well_in_a_report(clause: Clause) -> None:
    assert 2 <= len(clause.title.split()) <= 6
    assert len(clause.title) <= 40
    assert not clause.title.endswith(".")
    assert clause.summary.endswith(".")
    assert clause.advice.endswith(".")
    assert len(clause.advice) <= 120


@pytest.mark.parametrize("clause", POLICY.clause, ids=NUMBERS)
def test_companions_and_manual_clauses_make_sense(clause: Clause) -> None:
    assert set(clause.follows) <= {"*", *NUMBERS}
    if clause.manual or clause.follows:
        assert clause.level == "note"
    if clause.number.startswith("6."):
        assert clause.channels == ("personal",)
