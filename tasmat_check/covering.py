"""Makes a copy of a picture in which the checker finds nothing any more, and tells what was done."""

from collections.abc import Iterator
from pathlib import Path

from tasmat_check import readers
from tasmat_check.engine import Checker
from tasmat_check.errors import UsageError
from tasmat_check.models import Box, Draft, Report
from tasmat_check.pictures.cleaning import clean, written_as
from tasmat_check.pictures.opening import PictureError, open_picture

_ROUNDS = 3
"""Covering one thing can bring out another; after so many rounds the copy is told to be unsafe."""


def cover(path: Path, output: Path, checker: Checker) -> tuple[list[str], Report]:
    """Write a safe copy; gives what was done to it in plain sentences, and what a check of the copy says.

    Raises UsageError where the copy would replace the original, could not be written, or the picture not be opened.
    """
    written = written_as(output.suffix)
    if written is None:
        raise UsageError(str(output), "copies are written as .jpg, .png or .webp")
    if output.exists() and output.samefile(path):
        raise UsageError(str(output), "is the original, which is never overwritten")
    try:
        picture = open_picture(readers.load_picture(str(path)), path.name)
    except (PictureError, readers.UnreadableError) as problem:
        raise UsageError(str(path), problem.reason) from problem
    report = checker.check(_draft(path))
    boxes = dict.fromkeys(_boxes(report))
    done = list(_done(report, len(picture.frames)))
    for _ in range(_ROUNDS):
        copy = clean(picture, boxes, written)
        try:
            output.write_bytes(copy)
        except OSError as error:
            raise UsageError(str(output), error.strerror or "cannot be written") from error
        again = checker.check(_draft(output))
        left = dict.fromkeys(box for box in _boxes(again) if box not in boxes)
        if not left:
            break
        boxes |= left
    return [*done, f"{len(boxes)} parts covered" if len(boxes) != 1 else "1 part covered"], again


def _draft(path: Path) -> Draft:
    return Draft(path.name, str(path), "", images=(str(path),))


def _boxes(report: Report) -> Iterator[Box]:
    """Give every part of a picture that a finding points at, and every face, which nobody can take back."""
    for finding in report.findings:
        if finding.location.box is not None:
            yield finding.location.box
    for seen in report.draft.seen:
        for sighting in seen.sightings:
            if sighting.label == "FACE" and sighting.box is not None:
                yield sighting.box


def _done(report: Report, frames: int) -> Iterator[str]:
    hidden = sorted({finding.location.source for finding in report.findings if finding.location.source})
    yield "all hidden data removed" + (f" ({', '.join(hidden)})" if hidden else "")
    if frames > 1:
        yield "only the first still of the animation kept"
