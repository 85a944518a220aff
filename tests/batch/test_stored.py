"""What a batch keeps of a report can be read back as the same report."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasmat_check.batch.stored import restored, stored
from tasmat_check.models import Box, Draft, Finding, Level, Location, Passage, Report, Seen, Sighting, Skipped, Span
from tests.reporters.samples import small_pack

PLACES = [
    Location(Span(3, 9)),
    Location(Span(0, 4), "alt text of a.jpg"),
    Location(Span(2, 5), "words in a.jpg", "a.jpg", Box(1, 2, 30, 40)),
    Location(Span(0, 0), image="a.jpg", source="GPSInfo"),
]


def report_of(text: str, place: Location, published: datetime | None) -> Report:
    sightings = (
        Sighting("FACE", Box(1, 2, 3, 4), 0.91),
        Sighting("GPS", None, 1.0, "50.0, 0.1", "the export", "school"),
    )
    draft = Draft(
        "id",
        "x.zip/posts.json",
        text,
        "official",
        (Passage(text, "tags"), Passage(text, "caption of a.jpg", "a.jpg", (), "IPTC caption", "hidden")),
        ("x.zip/a.jpg",),
        (Skipped("b.jpg", text),),
        (Seen("x.zip/a.jpg", 640, 480, sightings, notes=("No logos.",), faces_sought=True),),
        published,
    )
    found = Finding("some-rule", ("5.4", "6.8"), Level.BREACH, text, "Leave it.", text, 0.75, place)
    return Report(draft, (found,), {"5.4": Level.BREACH, "9.1": Level.NOTE}, (Skipped("b.jpg", text),))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "published", [None, datetime(2024, 5, 1, 8, tzinfo=UTC), datetime(2024, 5, 1, tzinfo=timezone(timedelta(hours=1)))]
)
def test_a_report_survives_being_kept(place: Location, published: datetime | None) -> None:
    report = report_of("Jo 😀 “x”\r\n<b>", place, published)
    assert restored(json.loads(json.dumps(stored(report, small_pack())))) == report


@given(st.text())
def test_any_text_survives(text: str) -> None:
    report = report_of(text, PLACES[0], None)
    assert restored(json.loads(json.dumps(stored(report, small_pack())))) == report


def test_the_kept_record_begins_as_the_contract_says() -> None:
    record = stored(report_of("x", PLACES[0], None), small_pack())
    assert record["findings"][0]["location"] == {"kind": "text", "start": 3, "end": 9}
    assert (record["verdict"], record["skipped"]) == ("breach", [{"what": "b.jpg", "reason": "x"}])
