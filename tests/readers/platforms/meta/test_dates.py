from datetime import datetime

import pytest

from tasmat_check.readers.platforms.meta.dates import date_in, is_date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Nov 14, 2023, 10:13 PM", datetime(2023, 11, 14, 22, 13)),
        ("Nov 14, 2023 10:13:24 pm", datetime(2023, 11, 14, 22, 13, 24)),
        ("Jul 12, 2024 4:54:10pm", datetime(2024, 7, 12, 16, 54, 10)),
        ("Dec 25, 2020 12:00 am", datetime(2020, 12, 25)),
        ("December 5, 2020 at 12:30 p.m.", datetime(2020, 12, 5, 12, 30)),
        ("14 Nov 2023, 22:13", datetime(2023, 11, 14, 22, 13)),
        ("1 September 2023 at 09:05", datetime(2023, 9, 1, 9, 5)),
        ("Updated May 02, 2011 8:12:17 am", datetime(2011, 5, 2, 8, 12, 17)),
    ],
)
def test_dates_of_pages_are_read(text: str, date: datetime) -> None:
    assert date_in(text) == date
    assert is_date(text)


@pytest.mark.parametrize(
    "text", ["", "14. nóvember 2023 22:13", "Foo 14, 2023, 10:13", "Nov 45, 2023, 10:13 PM", "Nov 2023"]
)
def test_other_texts_are_no_dates(text: str) -> None:
    assert date_in(text) is None
    assert not is_date(text)


def test_a_sentence_with_a_date_is_not_taken_for_one() -> None:
    assert not is_date("See you on Nov 14, 2023, 10:13 PM at the gate")
