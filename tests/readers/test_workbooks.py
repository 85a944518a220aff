import io
import re
import zipfile
from collections.abc import Callable
from datetime import datetime, time

import openpyxl
import pytest

from tasmat_check.files import packages
from tasmat_check.models import Draft, Skipped
from tasmat_check.readers import read_posts, workbooks
from tasmat_check.readers.exports import Intake

from .conftest import PNG, Write

SHEET = "xl/worksheets/sheet1.xml"


def _read(path: str) -> tuple[list[Draft], list[str]]:
    intake = Intake()
    return list(read_posts([path], "personal", intake)), list(intake.lines())[1:]


def _workbook(**sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _changed(data: bytes, change: Callable[[bytes], bytes], name: str = SHEET) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            content = old.read(member)
            new.writestr(member, change(content) if member == name else content)
    return out.getvalue()


def _with_row(row: str) -> Callable[[bytes], bytes]:
    return lambda sheet: sheet.replace(b"</sheetData>", row.encode() + b"</sheetData>")


GOOD = _workbook(Plan=[["text"], ["good"]])


def test_calendar_of_posts(write: Write) -> None:
    write("a.png", PNG)
    drafts, told = _read(
        write(
            "p.xlsx",
            _workbook(
                Plan=[
                    ["Our calendar"],
                    [],
                    ["Date", "Time", "Post", "Alt text", "Image", "Tags", "Nr"],
                    [datetime(2026, 1, 16), time(17, 5), "It’s £3 😀\nfor chips", "Sam Hill", "a.png", "x", 1],
                    [datetime(2026, 1, 17), None, None, None, None, None, 2],
                    ["18/01/2026 09:05", None, 7700900123],
                ],
                Notes=[["Ideas"], ["more chips"]],
                Empty=[],
            ),
        )
    )
    assert [(draft.id, draft.text) for draft in drafts] == [
        ("p.xlsx#1", "It’s £3 😀\nfor chips"),
        ("p.xlsx#2", "7700900123"),
    ]
    assert [draft.published for draft in drafts] == [datetime(2026, 1, 16, 17, 5), datetime(2026, 1, 18, 9, 5)]
    assert [(part.part, part.text) for part in drafts[0].parts] == [("tags", "x"), ("alt text of a.png", "Sam Hill")]
    assert drafts[0].images == ("a.png",)
    assert told == [
        "Left out: rows above the names of columns: 1.",
        "Left out: rows without words or pictures: 1.",
        "Left out: sheets without a text column: 1.",
    ]


def test_every_sheet_is_read_hidden_ones_too(write: Write) -> None:
    book = openpyxl.load_workbook(io.BytesIO(_workbook(A=[["text"], ["one"]], B=[["id", "Text"], [7, "two"]])))
    book["B"].sheet_state = "veryHidden"
    out = io.BytesIO()
    book.save(out)
    drafts, _ = _read(write("p.xlsx", out.getvalue()))
    assert [(draft.id, draft.text) for draft in drafts] == [("p.xlsx#1", "one"), ("7", "two")]


def test_formulas(write: Write) -> None:
    results = {"1": b"", "2": b' t="str"', "3": b' t="str"'}
    saved = {"1": b"", "2": b"said", "3": b""}

    def reckon(sheet: bytes) -> bytes:
        def cell(match: re.Match[bytes]) -> bytes:
            kind, value = results[match[2].decode()], saved[match[2].decode()]
            return b'<c r="%s"%s><f>%s</f><v>%s</v></c>' % (match[1], kind, match[2], value)

        return re.sub(rb'<c r="(\w+)"[^>]*><f>(\d)</f><v ?/?>(?:</v>)?</c>', cell, sheet)

    rows: list[list[object]] = [["text", "tags"], ["=1", "x"], ["=2", "=1"], ["=3", "y"], ["plain", None]]
    drafts, _ = _read(write("p.xlsx", _changed(_workbook(Plan=rows), reckon)))
    never = "is a formula without a saved result; open the file in Excel and save it"
    assert [draft.text for draft in drafts] == ["", "said", "", "plain"]
    assert drafts[0].skipped == (Skipped("p.xlsx sheet “Plan” row 2", f"the text {never}"),)
    assert drafts[1].skipped == (Skipped("sheet “Plan” row 3: tags", never),)
    assert [part.text for part in drafts[2].parts] == ["y"]
    assert drafts[2].skipped == ()


def test_error_of_a_formula_is_no_text(write: Write) -> None:
    (draft,), _ = _read(write("p.xlsx", _workbook(Plan=[["text"], ["#NAME?"]])))
    assert draft.skipped[0].reason == "the text is an error of Excel (#NAME?)"


def test_line_ends_of_other_programs(write: Write) -> None:
    (draft,), _ = _read(write("p.xlsx", _workbook(Plan=[["text"], ["a_x000D_\nb"]])))
    assert draft.text == "a\r\nb"


def test_pictures_inside_are_told(write: Write) -> None:
    out = io.BytesIO(GOOD)
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("xl/media/image1.png", PNG)
    drafts, _ = _read(write("p.xlsx", out.getvalue()))
    assert [draft.text for draft in drafts] == ["good", ""]
    assert drafts[1].skipped == (Skipped("p.xlsx (1 picture)", "pictures in an Excel file are not checked"),)


@pytest.mark.parametrize("dimension", [b"A1:XFD1048576", b"A1:A1", b"B7"])
def test_lying_dimension(write: Write, dimension: bytes) -> None:
    lie = _changed(GOOD, lambda sheet: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="%s"' % dimension, sheet))
    drafts, _ = _read(write("p.xlsx", lie))
    assert [draft.text for draft in drafts] == ["good"]


def test_rows_without_end(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "_MOST_ROWS", 1_000)
    far = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>far</t></is></c></row>'
    drafts, _ = _read(write("p.xlsx", _changed(GOOD, _with_row(far.format(999) + far.format(99_999_999_999)))))
    assert [draft.text for draft in drafts] == ["good", "far", ""]
    assert drafts[2].skipped == (Skipped("p.xlsx sheet “Plan”", "goes on after row 1,000, which is not read"),)


def test_damaged_sheet_is_read_as_far_as_it_goes(write: Write) -> None:
    two = _workbook(Plan=[["text"], ["good"]], More=[["text"], ["other"]])
    drafts, _ = _read(write("p.xlsx", _changed(two, _with_row('<row r="3"><c r="A3" t="s"><v>999</v></c></row>'))))
    assert [draft.text for draft in drafts] == ["good", "", "other"]
    assert drafts[1].skipped == (Skipped("p.xlsx sheet “Plan” after row 2", "is damaged here"),)


def test_sheet_damaged_from_the_start(write: Write) -> None:
    bad = _changed(_workbook(Plan=[["text"]]), lambda sheet: sheet.replace(b'r="A1"', b'r="9"'))
    (draft,), _ = _read(write("p.xlsx", bad))
    assert draft.skipped == (Skipped("p.xlsx sheet “Plan”", "is damaged here"),)


def test_sheet_damaged_before_the_names_of_columns(write: Write) -> None:
    two = _workbook(Plan=[["Calendar"], ["Date", "Text"], ["x", "lost"]], More=[["text"], ["other"]])
    bad = _changed(two, lambda sheet: sheet.replace(b'r="B2"', b'r="2"'))
    lost, other = _read(write("p.xlsx", bad))[0]
    assert lost.skipped[0].reason.endswith("“Calendar”; sheet “Plan” after row 1 is damaged here")
    assert other.text == "other"


def test_sheet_missing_in_the_list_of_sheets(write: Write) -> None:
    two = _workbook(Plan=[["text"], ["good"]], More=[["text"], ["other"]])
    bad = _changed(two, lambda book: re.sub(rb'<sheet [^>]*name="More"[^>]*/>', b"", book), "xl/workbook.xml")
    good, lost = _read(write("p.xlsx", bad))[0]
    assert good.text == "good"
    assert lost.skipped[0].what == "p.xlsx (1 sheet)"


ENTITIES = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname"><!ENTITY b "&a;">]>'


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("p.xlsx", b"text\ngood", "is not an Excel file that can be read; save it as .xlsx"),
        ("p.xlsx", GOOD[:900], "is not an Excel file that can be read; save it as .xlsx"),
        ("p.ods", b"PK\x03\x04", "is not an Excel file that can be read; save it as .xlsx"),
        (
            "p.xls",
            b"\xd0\xcf\x11\xe0" * 9,
            "is an old Excel file, or locked with a password; save it as .xlsx without one",
        ),
        ("p.xlsx", _changed(GOOD, lambda _: ENTITIES + b"<worksheet/>"), "is not an Excel file that can be read"),
        ("p.xlsx", _workbook(Plan=[["Nr", "Name"], [1, "a"]]), "the columns are: “Nr”, “Name”"),
        ("p.xlsx", _workbook(Plan=[]), "holds no posts"),
    ],
)
def test_file_that_cannot_be_read(write: Write, name: str, content: bytes, reason: str) -> None:
    (draft,), _ = _read(write(name, content))
    assert draft.skipped[0].what == name
    assert reason in draft.skipped[0].reason


def test_bomb(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "_LARGEST_UNPACKED", 1_000_000)
    (draft,), _ = _read(write("p.xlsx", _changed(GOOD, lambda sheet: sheet + b" " * 1_000_000)))
    assert draft.skipped == (Skipped("p.xlsx", "is larger than 1 MB when unpacked"),)


def test_in_an_archive(write: Write) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("in/p.xlsx", GOOD)
    drafts, _ = _read(write("f.zip", out.getvalue()))
    assert [draft.text for draft in drafts] == ["good"]
