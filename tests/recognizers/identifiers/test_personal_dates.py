"""Dates of birth, and dates that are not."""

import pytest

from tasmat_check.recognizers.identifiers.personal_dates import recognize
from tasmat_check.wording import Wording


def seen(text: str) -> list[str]:
    return [entity.text for entity in recognize(Wording(text))]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("dob 12/03/2014", "12/03/2014"),
        ("D.O.B. 12.3.14", "12.3.14"),
        ("DOB-01/02/2011, has an EHCP", "01/02/2011"),
        ("date of birth for Ellie is 12 March 2014", "12 March 2014"),
        ("born on 3rd May 2015", "3rd May 2015"),
        ("Born in Hastings on Sunday 3 May 2015 at 4am", "3 May 2015"),
        ("born May 3rd, 2015", "May 3rd, 2015"),
        ("his birthday’s 4th of April 2013", "4th of April 2013"),
        ("12/03/2014 is her date of birth", "12/03/2014"),
        ("Kai turns 9 on 12 March", "12 March"),
        ("date of birth: 2014-03-12", "2014-03-12"),
        ("Jayden, b. 4/5/2012", "4/5/2012"),
    ],
)
def test_date_of_birth_is_found(text: str, date: str) -> None:
    assert seen(text) == [date]


@pytest.mark.parametrize(
    "text",
    [
        "birthday bash 4 April 2013",
        "Happy birthday! See you 12 March 2024",
        "born in 2014",
        "Shakespeare was born on 23 April 1564",
        "term starts 4 September 2024",
        "Born free tour 12/03/2024",
        "turns left at 12 March Street",
        "dob please, and a form by 4pm",
    ],
)
def test_other_date_is_left(text: str) -> None:
    assert seen(text) == []


def test_date_without_year_is_less_sure() -> None:
    full, short = (next(recognize(Wording(text))).score for text in ("born 3 May 2015", "born 3 May"))
    assert full >= 0.9 > short
