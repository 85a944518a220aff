"""Parquet: the rows of CSV, in a file that other programs read."""

import io
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from tasmat_check.models import Report
from tasmat_check.reporters import load_binary
from tasmat_check.reporters.table import HEADS

from .samples import SmallPack, all_reports, breach_report, hostile_report

duckdb = pytest.importorskip("duckdb", reason="the extra [parquet] is not installed")


def rows(reports: Iterable[Report], pack: SmallPack, folder: Path, *, mask: bool = False) -> list[dict[str, object]]:
    out = io.BytesIO()
    load_binary("parquet")(reports, pack, out, mask=mask)
    (folder / "report.parquet").write_bytes(out.getvalue())
    found = duckdb.read_parquet(str(folder / "report.parquet"))
    assert tuple(found.columns) == HEADS
    return [dict(zip(HEADS, row, strict=True)) for row in found.fetchall()]


def test_a_row_a_finding_and_a_row_a_gap(pack: SmallPack, tmp_path: Path) -> None:
    found = rows(all_reports(), pack, tmp_path)
    assert [row["post"] for row in found] == ["monday.txt"] * 5 + ["photo post"] * 2 + ["walk.txt"]
    assert (found[0]["level"], found[0]["clause"], found[0]["confidence"]) == ("breach", "6.1", 0.9)
    assert found[-1]["verdict"] == "not checked"
    assert found[-1]["confidence"] is None


def test_no_finding_is_a_table_without_rows(pack: SmallPack, tmp_path: Path) -> None:
    assert rows([], pack, tmp_path) == []


def test_more_rows_than_are_packed_at_once_keep_their_order(
    pack: SmallPack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tasmat_check.reporters.parquet._ROWS_AT_ONCE", 3)
    found = rows((breach_report(id=str(number)) for number in range(9)), pack, tmp_path)
    assert [row["post"] for row in found] == [str(number) for number in range(9) for _ in range(5)]


def test_any_text_stays_as_it_is(pack: SmallPack, tmp_path: Path) -> None:
    found = rows([hostile_report()], pack, tmp_path)
    assert "</a>&\"'\r\n::error::x" in str(found[0]["evidence"])


def test_a_masked_table_holds_no_word(pack: SmallPack, tmp_path: Path) -> None:
    assert "Jayden" not in str(rows([breach_report()], pack, tmp_path, mask=True))


@pytest.mark.parametrize("output", ["out", "report.parquet"])
def test_what_to_install_is_told_before_anything_is_made(tmp_path: Path, output: str) -> None:
    (tmp_path / "posts.jsonl").write_text('{"text": "chips"}')
    code = (
        "import sys; from tasmat_check import cli, reporters\n"
        "reporters.find_spec = lambda name: None\n"
        "sys.argv = ['tasmat-check', 'batch', 'posts.jsonl', '-o', sys.argv[1], '-f', 'parquet']; cli.main()"
    )
    command = [sys.executable, "-c", code, output]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    expected = "tasmat-check: --format parquet: needs the extra packages: pip install tasmat-check[parquet]\n"
    assert (done.returncode, done.stderr) == (2, expected)
    assert not (tmp_path / output).exists()
