"""Turns what a person gives — paths, piped text, the clipboard, collections of posts — into drafts."""

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from tasmat_check.errors import UsageError
from tasmat_check.files import UnreadableError
from tasmat_check.models import Channel, Draft
from tasmat_check.readers.clipboard import read_clipboard
from tasmat_check.readers.decoding import mend
from tasmat_check.readers.drafts import LARGEST_FILE, marked_if_empty, read_file, read_text, with_pictures
from tasmat_check.readers.exports import Intake
from tasmat_check.readers.kinds import kind_of, load_picture
from tasmat_check.readers.posts import read_posts

__all__ = ["STANDARD_INPUT", "Intake", "UnreadableError", "load_picture", "read", "read_clipboard", "read_posts"]

STANDARD_INPUT = "-"


def read(paths: Sequence[str], images: Sequence[str], channel: Channel, stdin: BinaryIO | None) -> Iterator[Draft]:
    """Read the posts of one `check`: a text with its pictures, pictures alone, or several texts.

    `stdin` is read for "-", and where no path is given; it is None when nothing is piped in. Raises UsageError at once
    for a folder or a collection, and for pictures beside several texts. Other trouble stands in a draft's `skipped`.
    """
    texts, pictures = _sorted_by_kind(paths)
    pictures.extend(images)
    if not paths and stdin is not None:
        texts = [STANDARD_INPUT]
    if len(texts) > 1 and pictures:
        raise UsageError(pictures[0], f"{len(texts)} texts were given; check each with its own pictures")
    if STANDARD_INPUT in texts and stdin is None:
        raise UsageError("standard input", "nothing is piped in")
    if not texts and not pictures:
        raise UsageError("tasmat-check", "give a file, or pipe in a text")
    return _drafts(texts, pictures, channel, stdin)


def _sorted_by_kind(paths: Sequence[str]) -> tuple[list[str], list[str]]:
    """Part the paths into texts and pictures; a video is told apart later, and goes with the pictures."""
    texts: list[str] = []
    pictures: list[str] = []
    for path in paths:
        kind = "text" if path == STANDARD_INPUT else kind_of(path)
        if kind == "folder":
            raise UsageError(path, f"is a folder; use `tasmat-check batch {path}`")
        if kind in ("posts", "archive"):
            raise UsageError(path, f"holds several posts; use `tasmat-check batch {path}`")
        (pictures if kind in ("picture", "video") else texts).append(path)
    return texts, pictures


def _drafts(texts: list[str], pictures: list[str], channel: Channel, stdin: BinaryIO | None) -> Iterator[Draft]:
    if not texts:
        name = mend(pictures[0])
        yield with_pictures(Draft(name, name, "", channel), pictures)
    for path in texts:
        yield marked_if_empty(with_pictures(_read_one(path, channel, stdin), pictures))


def _read_one(path: str, channel: Channel, stdin: BinaryIO | None) -> Draft:
    if path != STANDARD_INPUT or stdin is None:
        return read_file(path, channel)
    return read_text(stdin.read(LARGEST_FILE + 1), STANDARD_INPUT, "standard input", channel)
