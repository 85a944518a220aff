"""Reads one draft: a file, or bytes that were piped in."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from tasmat_check.files import UnreadableError, load
from tasmat_check.files.shared import joined, parent
from tasmat_check.models import Channel, Draft, Passage, Skipped
from tasmat_check.picture_formats import VIDEOS_NOT_CHECKED
from tasmat_check.readers.content import Content
from tasmat_check.readers.decoding import LARGEST_TEXT, decode, mend
from tasmat_check.readers.kinds import Kind, kind_of, why_no_picture
from tasmat_check.readers.mail import read_mail
from tasmat_check.readers.web import read_page
from tasmat_check.readers.word import read_word

LARGEST_FILE = 8_000_000
"""Largest text that is read, in bytes; formats that carry pictures may be larger."""

_LARGEST_WITH_PICTURES = 64_000_000


def read_file(path: str, channel: Channel) -> Draft:
    """Read one file as one post; what cannot be read stands in the draft's `skipped`."""
    try:
        content = _READERS[kind_of(path)](path)
    except UnreadableError as problem:
        content = Content(skipped=(Skipped(mend(path), problem.reason),))
    return to_draft(mend(path), content, channel)


def read_text(data: bytes, name: str, source: str, channel: Channel) -> Draft:
    """Read bytes that came without a file as one post."""
    try:
        content = Content(_plain(data))
    except UnreadableError as problem:
        content = Content(skipped=(Skipped(source, problem.reason),))
    return replace(to_draft(name, content, channel), source=source)


def to_draft(name: str, content: Content, channel: Channel) -> Draft:
    """Make a draft of a content, minding its length."""
    draft = Draft(name, name, content.text, channel, content.parts, content.images, content.skipped)
    return shortened(draft)


def shortened(draft: Draft) -> Draft:
    """Take out of a draft each text that is too long to check, and say so in `skipped`."""
    reason = f"longer than {LARGEST_TEXT:,} characters"
    if len(draft.text) > LARGEST_TEXT:
        draft = replace(draft, text="", skipped=(*draft.skipped, Skipped(draft.id, reason)))
    for part in draft.parts:
        if len(part.text) > LARGEST_TEXT:
            kept = tuple(p for p in draft.parts if p is not part)
            draft = replace(draft, parts=kept, skipped=(*draft.skipped, Skipped(f"{draft.id}: {part.part}", reason)))
    return draft


def with_pictures(draft: Draft, paths: Sequence[str], folder: str | None = None) -> Draft:
    """Add picture files to a draft, those that cannot be opened to its `skipped`.

    Paths are relative to `folder`, else to the working folder.
    """
    images = list(draft.images)
    skipped = list(draft.skipped)
    for path in paths:
        place = joined(folder, path) if folder else path
        if reason := why_no_picture(place):
            skipped.append(Skipped(mend(path), reason))
        elif place not in images:
            images.append(place)
    return replace(draft, images=tuple(images), skipped=tuple(skipped))


def marked_if_empty(draft: Draft, reason: str = "empty") -> Draft:
    """Say in `skipped` that a draft holds nothing to check; leave others as they are."""
    if draft.text.strip() or draft.parts or draft.images or draft.skipped:
        return draft
    return replace(draft, skipped=(Skipped(draft.source, reason),))


def _plain(data: bytes) -> str:
    if len(data) > LARGEST_FILE:
        raise UnreadableError(f"is larger than {LARGEST_FILE // 1_000_000} MB")
    return decode(data).replace("\r\n", "\n")


def _read_text(path: str) -> Content:
    return Content(_plain(load(path, LARGEST_FILE)))


def _read_word(path: str) -> Content:
    return read_word(load(path, _LARGEST_WITH_PICTURES), mend(path))


def _read_mail(path: str) -> Content:
    return read_mail(load(path, _LARGEST_WITH_PICTURES))


def _read_web(path: str) -> Content:
    page = read_page(_plain(load(path, LARGEST_FILE)))
    parts = [Passage(page.title, "title")] if page.title else []
    parts += (Passage(p.alt, f"alt text of {p.name}" if p.name else "alt text") for p in page.pictures if p.alt)
    images: dict[str, None] = {}
    skipped: dict[Skipped, None] = {}
    for picture in page.pictures:
        beside = joined(parent(path), picture.source)
        if picture.source and not why_no_picture(beside):
            images[beside] = None
        else:
            skipped[Skipped(picture.name or "picture", "is not beside the page; give the picture as a file")] = None
    return Content(page.text, tuple(parts), tuple(images), tuple(skipped))


def _read_picture(path: str) -> Content:
    if reason := why_no_picture(path):
        raise UnreadableError(reason)
    return Content(images=(path,))


def _refuse(reason: str) -> Callable[[str], Content]:
    def refuse(path: str) -> Content:
        load(path, 1, cut=True)  # a missing file is said to be missing
        raise UnreadableError(reason)

    return refuse


_READERS: dict[Kind, Callable[[str], Content]] = {
    "text": _read_text,
    "word": _read_word,
    "web": _read_web,
    "mail": _read_mail,
    "picture": _read_picture,
    "video": _refuse(VIDEOS_NOT_CHECKED),
    "archive": _refuse("is an export of no kind that is read"),
    "posts": _refuse("holds several posts; use `tasmat-check batch`"),
    "folder": _refuse("is a folder"),
}
