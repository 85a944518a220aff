from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasmat_check.readers.moments import is_month_first, moment

EVENING = datetime(2023, 11, 14, 22, 13)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2023-11-14 22:13", EVENING),
        ("2023/11/14 22:13:00", EVENING),
        ("2023-11-14T22:13:00.512Z", EVENING.replace(tzinfo=UTC)),
        ("2023-11-14 22:13:00 UTC", EVENING.replace(tzinfo=UTC)),
        ("2023-11-14T22:13:00+0100", EVENING.replace(tzinfo=timezone(timedelta(hours=1)))),
        ("2023-11-14T22:13:00-05:30", EVENING.replace(tzinfo=timezone(-timedelta(hours=5, minutes=30)))),
        ("14/11/2023 22:13", EVENING),
        ("14/11/23, 10:13 pm", EVENING),
        ("14.11.2023 22.13", EVENING),
        ("11/14/2023 10:13 PM", EVENING),
        ("14 November 2023 at 22:13", EVENING),
        ("14th Nov 2023 10.13 p.m.", EVENING),
        ("Nov 14, 2023, 10:13\u202fPM", EVENING),
        ("Tue Nov 14 22:13:00 +0000 2023", EVENING.replace(tzinfo=UTC)),
        ("Tue, 14 Nov 2023 22:13:00 +0000", EVENING.replace(tzinfo=UTC)),
        ("1/2/2026 12:05 am", datetime(2026, 2, 1, 0, 5)),
        ("03/04/2026", datetime(2026, 4, 3)),
        (1_699_999_980, EVENING.replace(tzinfo=UTC)),
        (1_699_999_980_123, EVENING.replace(tzinfo=UTC)),
        ("1699999980.5", EVENING.replace(tzinfo=UTC)),
        (date(2026, 1, 2), datetime(2026, 1, 2)),
        (datetime(2026, 1, 2, 9, 4, 59, 999_600), datetime(2026, 1, 2, 9, 5)),
    ],
)
def test_date_is_read(value: object, expected: datetime) -> None:
    found = moment(value)
    assert found == expected
    assert found.utcoffset() == expected.utcoffset()


@pytest.mark.parametrize(
    "value",
    [
        *("", "soon", "99/99/2026", "2026-02-30", "2026-01-16 25:00", "2026-01-16 13:00 pm", "2026-01-16T09:00+99:99"),
        *("07700 900123", "350", 350, True, None, [], "9" * 200, float("nan"), 1e300),
    ],
)
def test_what_is_no_date(value: object) -> None:
    assert moment(value) is None


@pytest.mark.parametrize(
    ("value", "clock", "expected"),
    [
        ("2026-01-16", "17:05:00", datetime(2026, 1, 16, 17, 5)),
        ("16/01/2026", "5.05 pm", datetime(2026, 1, 16, 17, 5)),
        (datetime(2026, 1, 16), time(17, 5), datetime(2026, 1, 16, 17, 5)),
        ("2026-01-16 08:00", "17:05", datetime(2026, 1, 16, 8)),
        ("2026-01-16", "teatime", datetime(2026, 1, 16)),
    ],
)
def test_time_in_a_column_of_its_own(value: object, clock: object, expected: datetime) -> None:
    assert moment(value, clock) == expected


def test_month_first_only_where_the_column_shows_it() -> None:
    assert is_month_first(["03/04/2026", "11/14/2026 09:05"])
    assert not is_month_first(["03/04/2026", "04/05/2026"])
    assert not is_month_first(["14/11/2026", "11/14/2026"])
    assert moment("03/04/2026", month_first=True) == datetime(2026, 3, 4)


@given(st.one_of(st.text(), st.from_regex(r"\d+[-/.: ]\d+[-/. ]\d+( \d+:\d+.*)?"), st.floats(), st.integers()))
def test_nothing_raises(value: object) -> None:
    assert moment(value, value) is None or isinstance(moment(value, value), datetime)
