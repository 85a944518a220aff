import json
import tracemalloc
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasmat_check.models import Skipped
from tasmat_check.readers import read_posts
from tasmat_check.readers.exports import Intake

from ..conftest import Write
from .meta.exporting import JSON, STATUS, WHEN, a_comment, a_picture, a_post, as_meta_writes, places_in, put, read


def test_a_file_that_breaks_off_gives_what_came_before(write: Write) -> None:
    whole = as_meta_writes([STATUS, a_post({"post": "second"})])
    write("your_posts_1.json", whole[:-20])
    first, broken = read("your_posts_1.json")[0]
    assert first.text == STATUS["data"][0]["post"]
    assert broken.skipped == (Skipped("your_posts_1.json", "the JSON breaks off or is damaged at line 1 column 264"),)


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (7, "is not a record of a post"),
        ({"foo": 1}, "parts of it have a shape that is not known: the record"),
        ({"timestamp": 1, "data": "words"}, "parts of it have a shape that is not known: data"),
        ({"timestamp": 1, "data": [{"post": ["words"]}]}, "parts of it have a shape that is not known: post"),
        ({"timestamp": 1, "attachments": [5]}, "parts of it have a shape that is not known: attachments"),
    ],
)
def test_a_record_of_a_strange_shape_is_said_to_be_so(write: Write, record: Any, reason: str) -> None:
    write("your_posts_1.json", as_meta_writes([STATUS, record]))
    drafts, _ = read("your_posts_1.json")
    assert [draft.skipped for draft in drafts] == [(), (Skipped("your_posts_1.json post 2", reason),)]


@pytest.mark.parametrize("moment", [None, 0, "x", True, 10**30, -(10**30), float("inf"), [], "NaN"])
def test_times_that_are_none(write: Write, moment: Any) -> None:
    write("your_posts_1.json", json.dumps([STATUS, {**a_post({"post": "x"}), "timestamp": moment}]))
    assert read("your_posts_1.json")[0][1].published is None


def test_times_before_1970_and_in_milliseconds(write: Write) -> None:
    write(
        "your_posts_1.json",
        json.dumps([a_post({"post": "a"}, seconds=-86_400), a_post({"post": "b"}, seconds=1_700_000_000_000)]),
    )
    assert [draft.published for draft in read("your_posts_1.json")[0]] == [datetime(1969, 12, 31, tzinfo=UTC), WHEN]


SEED = [
    {
        **STATUS,
        "tags": [{"name": "Sam"}],
        "attachments": [
            {
                "data": [
                    a_picture(
                        "a.png",
                        "d",
                        media_metadata={"photo_metadata": {"exif_data": [{"latitude": 1, "longitude": 2}]}},
                    )
                ]
            },
            {"data": [{"place": {"name": "p", "coordinate": {"latitude": 1}}}, {"external_context": {"url": "u"}}]},
            {"data": [{"poll": {"question": "q", "options": [{"option": "o"}]}}, {"note": {"text": "n"}}]},
        ],
    },
    a_comment("words"),
    {"timestamp": 1, "label_values": [{"label": "Message", "value": "v", "media": [{"uri": "u"}]}]},
]


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from(places_in(SEED)), JSON)
def test_any_value_of_any_kind_raises_nothing_and_loses_no_other_record(
    write: Write, place: tuple[Any, ...], value: Any
) -> None:
    changed = put(deepcopy(SEED), place, value)
    write("your_posts_1.json", json.dumps([STATUS, *changed, a_post({"post": "last"}, seconds=2)]))
    intake = Intake()
    drafts = list(read_posts(["your_posts_1.json"], "personal", intake))
    assert drafts[0].text == STATUS["data"][0]["post"]
    assert "last" in {draft.text for draft in drafts}
    assert len(drafts) + intake.left_out.total() >= 3


def test_a_long_list_needs_little_memory(write: Write) -> None:
    record, count = as_meta_writes(a_post({"post": "x" * 3000})), 10_000
    records = (record.replace("1700000000", str(1_700_000_000 + number)) for number in range(count))
    write("your_posts_1.json", f"[{','.join(records)}]")
    tracemalloc.start()
    assert sum(1 for _ in read_posts(["your_posts_1.json"], "personal")) == count
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000_000


def test_endless_nesting_is_said_to_be_so(write: Write) -> None:
    nested = "[" * 100_000 + "]" * 100_000  # more than any Python reads
    write("your_posts_1.json", as_meta_writes([STATUS])[:-1] + f', {{"timestamp": 1, "data": {nested}}}]')
    _, deep = read("your_posts_1.json")[0]
    reason = "the JSON has too many objects and lists within each other"
    assert deep.skipped == (Skipped("your_posts_1.json", reason),)
