from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasmat_check.readers.platforms.whatsapp.stamps import DateOrder, form_of, read_stamp

AFTERNOON = datetime(2024, 6, 3, 13, 5)
WITH_SECONDS = datetime(2024, 6, 3, 13, 5, 7)


@pytest.mark.parametrize(
    ("stamp", "moment"),
    [
        ("03/06/2024, 13:05 - ", AFTERNOON),
        ("03/06/24, 13:05 - ", AFTERNOON),
        ("3/6/24, 1:05 PM - ", AFTERNOON),
        ("03/06/2024, 1:05\u202fpm - ", AFTERNOON),
        ("03/06/2024, 1:05\xa0p.m. - ", AFTERNOON),
        ("03/06/2024, 1:05 p. m. - ", AFTERNOON),
        ("03/06/2024, 1:05pm - ", AFTERNOON),
        ("03-06-24 13:05 - ", AFTERNOON),
        ("03-06-2024, 01.05 PM - ", AFTERNOON),
        ("03/06/24, 13:05 – ", AFTERNOON),
        ("03.06.24, 13:05 – ", AFTERNOON),
        ("03.06.24 13:05 – ", AFTERNOON),
        ("03.06.24, 13:05 - ", AFTERNOON),
        ("03-06-24, 13:05 , ", AFTERNOON),
        ("03/06/24, 13.05 - ", AFTERNOON),
        ("3.6.2024 klo 13.05 - ", AFTERNOON),
        ("2024/06/03, 13:05 - ", AFTERNOON),
        ("2024-06-03, 13:05 - ", AFTERNOON),
        ("03/06/2024, 22:05 pm - ", datetime(2024, 6, 3, 22, 5)),
        ("03/06/2024, 12:05 am - ", datetime(2024, 6, 3, 0, 5)),
        ("03/06/2024, 12:05 pm - ", datetime(2024, 6, 3, 12, 5)),
        ("[03/06/2024, 13:05:07] ", WITH_SECONDS),
        ("[03/06/24, 1:05:07 PM] ", WITH_SECONDS),
        ("[03/06/2024, 1:05:07\u202fpm] ", WITH_SECONDS),
        ("[3/6/24 1:05:07 p. m.] ", WITH_SECONDS),
        ("[03-06-24 13:05:07] ", WITH_SECONDS),
        ("[03.06.24, 13:05:07] ", WITH_SECONDS),
        ("[03.06.24 13:05:07] ", WITH_SECONDS),
        ("[03/06/2024 13:05:07] ", WITH_SECONDS),
        ("[2024/06/03, 13:05:07] ", WITH_SECONDS),
        ("[2024-06-03, 1:05:07 PM] ", WITH_SECONDS),
        ("[03. 06. 2024. 13:05:07] ", WITH_SECONDS),
        ("\u200e[03/06/2024, 13:05:07] ", WITH_SECONDS),
        ("\ufeff\u200e[03/06/2024, 13:05:07] ", WITH_SECONDS),
        ("[\u200f03\u200f/06\u200f/2024، 13:05:07] ", WITH_SECONDS),
        ("03.06.24 13.05.07: ", WITH_SECONDS),
    ],
)
def test_a_stamp_is_read_in_every_form(stamp: str, moment: datetime) -> None:
    read = read_stamp(f"{stamp}Jo Example: it’s 3/4/24, 10:00 - now")
    assert read is not None
    assert read.moment(month_first=False) == moment
    assert read.rest == "Jo Example: it’s 3/4/24, 10:00 - now"


@pytest.mark.parametrize(
    "line",
    [
        "",
        "line two",
        "2024-04-29 10:30:00",
        "14/11/2023",
        "14/11/2023 - Assembly",
        "14/11/2023, half past ten - Assembly",
        "32/13/2024, 10:00 - Jo: a",
        "14/11/2023, 25:00 - Jo: a",
        "14/11-2023, 10:00 - Jo: a",
        "[14/11/2023, 10:00:00 Jo: a",
        "Jo: 14/11/2023, 10:00 - a",
        "07700 900123 - ring me",
    ],
)
def test_other_lines_have_no_stamp(line: str) -> None:
    assert read_stamp(line) is None


@given(st.text(alphabet="0123456789/.-:[], \u200eapm\nA", max_size=40))
def test_no_line_does_harm(line: str) -> None:
    read = read_stamp(line)
    assert read is None or line.endswith(read.rest)


@pytest.mark.parametrize(
    ("dates", "month_first"),
    [
        (["01/02/24", "02/03/24"], False),
        (["01/02/24", "13/02/24"], False),
        (["01/02/24", "02/13/24"], True),
        (["02/13/24", "13/02/24"], False),
        (["01/02/24", "02/01/24"], True),
        (["01/02/24", "02/01/24", "01/03/24"], False),
        (["02/01/24", "01/02/24"], False),
        ([], False),
    ],
)
def test_the_day_stands_first_unless_the_chat_proves_otherwise(dates: list[str], month_first: bool) -> None:
    order = DateOrder()
    for date in dates:
        stamp = read_stamp(f"{date}, 10:00 - Jo: a")
        assert stamp is not None
        order.see(stamp)
    assert order.month_first is month_first


def test_a_date_in_no_calendar_has_no_moment() -> None:
    stamp = read_stamp("02/13/24, 10:00 - Jo: a")
    assert stamp is not None
    assert stamp.moment(month_first=False) is None
    assert stamp.moment(month_first=True) == datetime(2024, 2, 13, 10)


def test_two_stamps_must_agree_in_form() -> None:
    assert form_of(["14/11/2023, 10:00 - Jo: a", "[14/11/2023, 10:00:00] Jo: a"]) is None
    assert form_of(["x", "14/11/2023, 10:00 - Jo: a", "14/11/2023, 10:00 pm - Jo: a"]) is not None
