"""The Excel workbook, read back by another program's eyes: openpyxl."""

import io
import re
import tempfile
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from tasmat_check.models import Draft, Level, Report, Skipped
from tasmat_check.reporters import BINARY_FORMATS, load_binary, spreadsheet, xlsx
from tasmat_check.reporters.table import HEADS

from .samples import (
    POST,
    SmallPack,
    all_reports,
    breach_report,
    clear_report,
    finding,
    hostile_report,
    picture_report,
    skipped_report,
    small_pack,
)
from .test_csv_report import rows as csv_rows
from .test_masking import SECRETS

SHEETS = ["Findings", "Summary", "Not checked"]


def written(reports: list[Report], pack: SmallPack, **options: Any) -> bytes:
    out = io.BytesIO()
    load_binary("xlsx")(reports, pack, out, **options)
    return out.getvalue()


def sheets(reports: list[Report], pack: SmallPack, **options: Any) -> dict[str, Worksheet]:
    book = load_workbook(io.BytesIO(written(reports, pack, **options)))
    assert book.sheetnames == SHEETS
    return {name: book[name] for name in SHEETS}


def texts(sheet: Worksheet) -> list[tuple[str, ...]]:
    return [tuple("" if value is None else str(value) for value in row) for row in sheet.iter_rows(values_only=True)]


def cells(found: dict[str, Worksheet]) -> Iterator[Cell]:
    for sheet in found.values():
        for row in sheet.iter_rows():
            yield from (cell for cell in row if isinstance(cell, Cell) and cell.value is not None)


@pytest.mark.parametrize("name", BINARY_FORMATS)
def test_every_binary_format_loads_and_takes_the_same_options(name: str) -> None:
    load_binary(name)([], small_pack(), io.BytesIO(), mask=True, quiet=True)


def test_rows_are_those_of_csv(pack: SmallPack) -> None:
    reports = [*all_reports(), picture_report()]
    found = sheets(reports, pack)
    heads, *rest = texts(found["Findings"])
    assert heads == HEADS
    wanted = [tuple(row.values()) for row in csv_rows(reports, pack) if row["level"] != "not checked"]
    assert [tuple(value.lstrip("'") for value in row) for row in wanted] == rest
    heads, *rest = texts(found["Not checked"])
    assert heads == ("post", "source", "channel", "published", "what", "why")
    assert rest == [
        ("photo post", "posts.jsonl", "official", "", "lunch.jpg", "pictures cannot be read yet"),
        ("walk.txt", "walk.txt", "personal", "", "dog.heic", "this kind is unknown"),
    ]


def test_the_summary_counts_posts_and_clauses(pack: SmallPack) -> None:
    told = texts(sheets([*all_reports(), breach_report()], pack)["Summary"])
    assert [row[:2] for row in told[:9]] == [
        ("", "Example Trust Policy, June 2020"),
        ("", "2 could not be checked: see the sheet “Not checked”."),
        ("", ""),
        ("verdict", "posts"),
        ("breach", "2"),
        ("caution", "1"),
        ("clear", "1"),
        ("not checked", "1"),
        ("all", "5"),
    ]
    assert told[10] == ("clause", "title", "posts: breach", "posts: caution", "posts: note", "findings")
    assert told[11] == ("5.4", "People you know through work", "2", "0", "0", "6")
    assert told[14] == ("6.14", "Colleagues as friends", "0", "1", "0", "1")
    assert [row[0] for row in told[11:]] == ["5.4", "6.1", "6.8", "6.14", "6.15", "9.1", "9.2"]


def test_no_posts_at_all_is_said(pack: SmallPack) -> None:
    assert texts(sheets([], pack)["Summary"])[1][1] == "Nothing to check: no post was given."


def test_the_head_stays_in_sight_and_filters(pack: SmallPack) -> None:
    found = sheets(all_reports(), pack)
    for name, reference in (("Findings", "A1:O7"), ("Not checked", "A1:F3")):
        assert (found[name].freeze_panes, found[name].auto_filter.ref) == ("A2", reference)
    first = found["Findings"]["J2"]
    assert first.alignment.wrap_text
    assert found["Findings"].column_dimensions["J"].width > 30


def test_verdicts_have_colours_and_words(pack: SmallPack) -> None:
    found = sheets(all_reports(), pack)["Findings"]
    looks = {row[4].value: row[4].fill.fgColor.rgb for row in found.iter_rows(min_row=2)}
    assert list(looks) == ["breach", "caution"]
    assert len(set(looks.values())) == 2


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "{=1+1}", "+44 7700 900123", "-1", "@sum(a1)", "\t=1", "5.10", "1e5", "TRUE", "#REF!"),
        *("https://example.org", "mailto:a@example.org", "internal:Summary!A1", r"external:c:\cake.xlsx"),
        *("<r>1</r>", "<r><t>in fonts of its own</t></r>", "<r>neither open & nor closed</r>"),
    ],
)
def test_every_cell_of_a_post_is_a_text(text: str, pack: SmallPack) -> None:
    found = finding(text, text, "5.4", "{}", fix=text, rule=text)
    report = Report(Draft(text, text, text), (found,), {"5.4": Level.BREACH}, (Skipped(text, text),))
    read = sheets([report], pack)
    for name in ("Findings", "Not checked"):
        assert {cell.data_type for cell in cells({name: read[name]})} == {"s"}
    told = read["Findings"]["K2"]
    assert str(told.value).strip() == text.strip()
    assert told.quotePrefix
    assert not told.hyperlink


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1))
@pytest.mark.parametrize("mask", [False, True])
def test_any_text_can_be_written(mask: bool, text: str) -> None:
    found = finding(text, text, "5.4", "{}", fix=text, rule=text)
    report = Report(Draft(text, text, text), (found,), {"5.4": Level.BREACH}, (Skipped(text, text),))
    read = sheets([report, clear_report()], small_pack(), mask=mask)
    assert [read["Findings"].max_row, read["Not checked"].max_row] == [2, 2]
    assert not any(ord(character) < 32 for cell in cells(read) for character in str(cell.value))


def test_a_post_cannot_leave_its_cell(pack: SmallPack) -> None:
    read = sheets([hostile_report()], pack)
    assert read["Findings"].max_row == 4
    told = str(read["Findings"]["K2"].value)
    assert told.startswith("\ufffd]]>␛[31m␀\ufffd\ufffd</a>&\"'")
    # Excel takes _x0041_ for the letter A; the escape of its first character says that it is meant as it stands.
    assert told.endswith(" _x005F_x0041_")


@settings(max_examples=30, deadline=None)
@given(SECRETS)
def test_a_mask_leaves_no_word(secret: str) -> None:
    text = f"Once {secret} upon"
    report = Report(Draft("a", "a", text), (finding(text, secret, "5.4"),), {"5.4": Level.BREACH})
    with ZipFile(io.BytesIO(written([report], small_pack(), mask=True))) as archive:
        for name in archive.namelist():
            assert not set(archive.read(name).decode()) & set("ЖЩЫЭЮЯ"), name


def test_a_masked_workbook_shows_no_word_of_the_post(pack: SmallPack) -> None:
    shown = " ".join(str(cell.value) for cell in cells(sheets([breach_report()], pack, mask=True)))
    assert not any(word in shown for word in re.findall(r"\w{5,}", POST) if word not in ("would", "person"))
    assert "The words of the posts are left out of this report." in shown


@pytest.mark.parametrize("length", [32_766, 32_767, 32_768])
def test_markup_as_long_as_a_cell_stays_a_text(length: int, pack: SmallPack) -> None:
    text = f"<r>{'&' * (length - 7)}</r>"
    report = Report(Draft("a", "a", text), (finding(text, text, "5.4", "Long"),), {"5.4": Level.BREACH})
    told = str(sheets([report], pack)["Findings"]["K2"].value)
    assert told.startswith("<r>&&&")
    assert len(told) <= 32_767


@pytest.mark.parametrize("letter", ["a", "👋"])
def test_a_long_cell_is_cut(letter: str, pack: SmallPack) -> None:
    text = letter * 40_000
    report = Report(Draft("a", "a", text), (finding(text, text, "5.4", "Long"),), {"5.4": Level.BREACH})
    told = str(sheets([report], pack)["Findings"]["K2"].value)
    assert told.endswith(letter + "…")
    assert 32_765 < len(told.encode("utf-16-le")) // 2 <= 32_767


def test_a_full_sheet_is_told_loudly(pack: SmallPack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "MOST_ROWS", 4)
    monkeypatch.setattr(xlsx, "MOST_ROWS", 4)
    read = sheets([breach_report(), *[skipped_report()] * 5], pack)
    assert [sheet.max_row for sheet in (read["Findings"], read["Not checked"])] == [4, 4]
    assert "2 findings are missing from the sheet “Findings”: a sheet takes 4 rows." in str(read["Summary"]["B3"].value)


def test_memory_stays_flat(pack: SmallPack) -> None:
    def peak(posts: int) -> int:
        report = breach_report(), skipped_report()
        tracemalloc.start()
        load_binary("xlsx")((each for _ in range(posts) for each in report), pack, io.BytesIO())
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(1500) < 3_000_000


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of temporary files, which is empty."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_no_temporary_file_is_left(folder: Path, pack: SmallPack) -> None:
    def reports() -> Iterator[Report]:
        yield breach_report()
        assert any(folder.rglob("*"))

    load_binary("xlsx")(reports(), pack, io.BytesIO())
    assert not any(folder.iterdir())


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_an_error_leaves_no_file_and_no_half_workbook(
    error: type[BaseException], folder: Path, pack: SmallPack
) -> None:
    def reports() -> Iterator[Report]:
        yield breach_report()
        raise error

    out = io.BytesIO()
    with pytest.raises(error):
        load_binary("xlsx")(reports(), pack, out)
    assert not any(folder.iterdir())
    assert not out.getvalue()


def test_a_file_that_cannot_be_written_is_an_operating_system_error(
    pack: SmallPack, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("xlsxwriter.packager.Packager._create_package", full)
    with pytest.raises(OSError, match="No space left"):
        written([breach_report()], pack)
