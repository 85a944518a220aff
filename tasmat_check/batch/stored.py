"""The form in which a batch keeps a report: the report's JSON record, and what it leaves out of the draft.

What is kept can be read back as the same report, so that any format can be written from a finished batch. Of words seen
in pictures the text is kept, but not the box of each letter.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tasmat_check.models import Box, Draft, Finding, Level, Location, Passage, Report, Seen, Sighting, Skipped, Span
from tasmat_check.reporters import PackView
from tasmat_check.reporters.record import post_record

_LEVELS = {level.label: level for level in Level}


def stored(report: Report, pack: PackView) -> dict[str, Any]:
    """Give the record of a report, of values that JSON knows."""
    draft = report.draft
    record = post_record(report, pack)
    for finding, written in zip(report.findings, record["findings"], strict=True):
        place = finding.location
        written["place"] = [place.span.start, place.span.end, place.part, place.image, _box(place.box), place.source]
    return record | {
        "text": draft.text,
        "parts": [[part.text, part.part, part.image, part.source, part.found_in] for part in draft.parts],
        "images": list(draft.images),
        "left": [[gap.what, gap.reason] for gap in draft.skipped],
        "seen": [_seen(seen) for seen in draft.seen],
    }


def restored(record: Mapping[str, Any]) -> Report:
    """Read a stored record back."""
    published = record.get("published")
    draft = Draft(
        record["id"],
        record["source"],
        record["text"],
        record["channel"],
        tuple(Passage(text, part, image, (), source, found) for text, part, image, source, found in record["parts"]),
        tuple(record["images"]),
        tuple(Skipped(what, reason) for what, reason in record["left"]),
        tuple(map(_seen_again, record["seen"])),
        datetime.fromisoformat(published) if published else None,
    )
    return Report(
        draft,
        tuple(map(_finding, record["findings"])),
        {touched["clause"]: _LEVELS[touched["level"]] for touched in record["clauses"]},
        tuple(Skipped(gap["what"], gap["reason"]) for gap in record["skipped"]),
    )


def _finding(record: Mapping[str, Any]) -> Finding:
    start, end, part, image, box, source = record["place"]
    return Finding(
        record["rule"],
        tuple(record["clauses"]),
        _LEVELS[record["level"]],
        record["message"],
        record["fix"],
        record["evidence"],
        record["confidence"],
        Location(Span(start, end), part, image, Box(*box) if box else None, source),
    )


def _seen(seen: Seen) -> dict[str, Any]:
    return {
        "image": seen.image,
        "size": [seen.width, seen.height],
        "sightings": [
            [each.label, _box(each.box), each.score, each.text, each.source, each.owner] for each in seen.sightings
        ],
        "notes": list(seen.notes),
        "faces_sought": seen.faces_sought,
    }


def _seen_again(record: Mapping[str, Any]) -> Seen:
    sightings = tuple(
        Sighting(label, Box(*box) if box else None, score, text, source, owner)
        for label, box, score, text, source, owner in record["sightings"]
    )
    width, height = record["size"]
    notes = tuple(record["notes"])
    return Seen(record["image"], width, height, sightings, notes=notes, faces_sought=record["faces_sought"])


def _box(box: Box | None) -> list[int] | None:
    return [box.left, box.top, box.right, box.bottom] if box else None
