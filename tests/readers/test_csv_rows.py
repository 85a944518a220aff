from tasmat_check.models import Skipped
from tasmat_check.readers.csv_rows import column_names, read_rows

from .conftest import Write


def test_columns_are_compared_without_case_spaces_and_quotation_marks() -> None:
    assert column_names("Date\rBody\r1") == ["date"]
    assert column_names('\ufeff"Comment Text",Video ID\r\nrest') == ["comment_text", "video_id"]


def test_a_bad_row_is_told_with_its_line_and_the_rest_is_read(write: Write) -> None:
    content = 'Date,Body\n1,"a\nb"\n\n2,c,d\n3,"e"x\n4,f\n5,"never closed\n6,g\n'
    rows = list(read_rows(write("p.csv", content)))
    assert [row for row in rows if not isinstance(row, Skipped)] == [
        {"date": "1", "body": "a\nb"},
        {"date": "4", "body": "f"},
    ]
    assert [row for row in rows if isinstance(row, Skipped)] == [
        Skipped("p.csv line 5", "has 3 columns where the first line has 2"),
        Skipped("p.csv line 6", "not valid CSV: ',' expected after '\"'"),
        Skipped("p.csv lines 8 to 9", "not valid CSV: unexpected end of data"),
    ]


def test_a_long_cell_is_read(write: Write) -> None:
    assert list(read_rows(write("p.csv", f"body\n{'a' * 500_000}\n"))) == [{"body": "a" * 500_000}]
