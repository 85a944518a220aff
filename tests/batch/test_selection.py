"""Picking the posts that are wanted."""

from datetime import UTC, date, datetime

from tasmat_check.batch.selection import selected
from tasmat_check.models import Draft, Skipped
from tasmat_check.readers import Intake

POSTS = [Draft(str(day), "s", "x", published=datetime(2024, 5, day, 23, tzinfo=UTC)) for day in range(1, 10)]
UNDATED = Draft("undated", "s", "x")
UNREAD = Draft("unread", "s", "", skipped=(Skipped("s", "why"),), published=datetime(2020, 1, 1, tzinfo=UTC))


def test_the_first_and_last_day_are_wanted_too() -> None:
    intake = Intake()
    found = selected([*POSTS, UNDATED, UNREAD], intake, date(2024, 5, 3), date(2024, 5, 4), None)
    assert [draft.id for draft in found] == ["3", "4", "undated", "unread"]
    assert list(intake.lines()) == ["Left out: posts of another time: 7."]


def test_nothing_asked_is_everything() -> None:
    assert list(selected(POSTS, Intake(), None, None, None)) == POSTS


def test_a_sample_is_the_same_each_time_and_in_order() -> None:
    intake = Intake()
    samples = [[draft.id for draft in selected(POSTS, intake, None, None, 4)] for _ in range(2)]
    assert samples[0] == samples[1] == sorted(samples[0])
    assert len(set(samples[0])) == 4
    assert list(intake.lines()) == ["Left out: posts that were not drawn for the sample: 10."]


def test_every_post_may_be_drawn() -> None:
    many = [Draft(str(n), "s", "x") for n in range(1_000)]
    drawn = [int(draft.id) for draft in selected(many, Intake(), None, None, 300)]
    assert len(drawn) == 300
    assert 400 < sum(drawn) / 300 < 600
    assert list(selected(POSTS, Intake(), None, None, 100)) == POSTS
