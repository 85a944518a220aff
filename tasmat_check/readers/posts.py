"""Reads collections of posts for `batch`: exports of platforms, folders, archives, files of records, single drafts."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from tasmat_check.files import UnreadableError, open_archive
from tasmat_check.models import Channel, Draft, Skipped
from tasmat_check.readers.decoding import mend
from tasmat_check.readers.drafts import marked_if_empty, read_file
from tasmat_check.readers.exports import Export, Intake
from tasmat_check.readers.kinds import Kind, kind_by_suffix, kind_of
from tasmat_check.readers.parted import Parts
from tasmat_check.readers.platforms import SUFFIXES, Platform, Repeating, platforms
from tasmat_check.readers.record_files import is_sheet, read_records

_OWN_FILES = "drafts and lists of posts"
_LEFT_OUT: dict[Kind | None, str] = {
    "picture": "pictures that belong to no post",
    "video": "videos that belong to no post",
}


def read_posts(paths: Sequence[str], channel: Channel, intake: Intake | None = None, me: str = "") -> Iterator[Draft]:
    """Read every post in the given files, folders and archives, in order; `channel` holds for records that name none.

    `intake` counts what was read and left out; `me` is the name of the owner in chats. Nothing raises: what cannot be
    read stands in the `skipped` of a draft without text.
    """
    counts = Intake() if intake is None else intake
    parts = Parts(tuple(filter(_is_archive, paths)))
    for path in paths:
        yield from _read_path(path, channel, counts, me, parts)


def _is_archive(name: str) -> bool:
    return kind_by_suffix(name) == "archive" and not name.lower().endswith(SUFFIXES)


def _read_path(path: str, channel: Channel, intake: Intake, me: str, parts: Parts) -> Iterator[Draft]:
    match kind_of(path):
        case "folder":
            drafts = _read_export(Export.of_folder(path, channel, intake, me))
        case "archive" if not path.lower().endswith(SUFFIXES):
            drafts = _read_archive(path, channel, intake, me, parts)
        case _:
            drafts = _read_file(path, channel, intake, me)
    yield from _at_least_one(drafts, path, channel, parts)


def _read_archive(path: str, channel: Channel, intake: Intake, me: str, parts: Parts) -> Iterator[Draft]:
    export = Export.of_archive(open_archive(path), channel, intake, me)
    export.parts = parts
    yield from _read_export(export)


def _read_file(path: str, channel: Channel, intake: Intake, me: str) -> Iterator[Draft]:
    """Read one file: of an export, of records, or a draft."""
    if path.lower().endswith(SUFFIXES):
        export = Export.of_file(path, channel, intake, me)
        name = Path(path).name
        if platform := _platform_of(export, name):
            yield from _read_platform(export, name, platform)
            return
    for draft in _read_own(path, channel, intake):
        intake.read[_OWN_FILES] += 1
        yield draft


def _read_own(path: str, channel: Channel, intake: Intake) -> Iterator[Draft]:
    if kind_of(path) == "posts" or is_sheet(path):
        return read_records(path, channel, intake)
    return iter([marked_if_empty(read_file(path, channel))])


def _read_export(export: Export) -> Iterator[Draft]:
    """Read the posts of every platform; where there are none, every file of records and every draft.

    Beside an export only files at the top are drafts: the others belong to it.
    """
    found = {name: platform for name in export.names if (platform := _platform_of(export, name))}
    for name, platform in sorted(found.items(), key=_repeats):
        yield from _read_platform(export, name, platform)
    archives = tuple(export.place(name) for name in export.names if _is_archive(name))
    parts = Parts(archives, export.shown)
    top_is_free = all("/" in name for name in found)
    for name in sorted(export.names, key=_is_picture):  # lists of posts may show pictures
        place = export.place(name)
        if name in found or place in export.shown:
            continue
        if not found or _is_archive(name) or (top_is_free and "/" not in name):
            for draft in _read_path(place, export.channel, export.intake, export.me, parts):
                export.shown.update(draft.images)
                yield draft
        else:
            export.intake.leave_out(_LEFT_OUT.get(kind_by_suffix(name), "other files of the export"))
    for refused in export.refused:
        yield _refused(refused.what, refused.reason, export.channel)


def _repeats(file: tuple[str, Platform]) -> bool:
    name, platform = file
    return isinstance(platform, Repeating) and platform.repeats(name)


def _is_picture(name: str) -> bool:
    return kind_by_suffix(name) == "picture"


def _platform_of(export: Export, name: str) -> Platform | None:
    if not name.lower().endswith(SUFFIXES):
        return None
    head = export.head(name)
    return next((platform for platform in platforms() if platform.recognises(name, head)), None)


def _read_platform(export: Export, name: str, platform: Platform) -> Iterator[Draft]:
    place = export.place(name)
    number, left_out = 0, export.intake.left_out.total()
    try:
        for post in platform.read(export, name):
            if isinstance(post, Skipped):
                yield _refused(post.what, post.reason, export.channel)
                continue
            number += 1
            export.intake.read[f"{platform.NAME} ({post.kind})" if post.kind else platform.NAME] += 1
            yield export.draft(post, name, number)
    except UnreadableError as problem:
        yield _refused(place, problem.reason, export.channel)
    except OSError as problem:  # a disk, an archive or a network share may fail at any place
        yield _refused(place, _broke_off(problem), export.channel)
    if not number and export.intake.left_out.total() == left_out:
        export.intake.leave_out(f"files of {platform.NAME} without a post of yours")


def _at_least_one(drafts: Iterator[Draft], path: str, channel: Channel, parts: Parts) -> Iterator[Draft]:
    """Pass on the drafts; say so where there are none, here or in another part, or where the file fails as a whole."""
    found = False
    try:
        for draft in drafts:
            found = True
            yield draft
    except UnreadableError as problem:
        yield _refused(path, problem.reason, channel)
    except OSError as problem:
        yield _refused(path, _broke_off(problem), channel)
    else:
        if not found and not parts.shows_from(path):
            yield _refused(path, _what_was_looked_for(path), channel)


def _what_was_looked_for(path: str) -> str:
    if kind_of(path) not in ("folder", "archive"):
        return "holds no posts"
    names = ", ".join(sorted(platform.NAME for platform in platforms()))
    return (
        f"holds no posts; looked for exports of {names}, for lists of posts (.jsonl, .json, .csv, .xlsx) and for drafts"
    )


def _broke_off(problem: OSError) -> str:
    return f"reading broke off: {(problem.strerror or 'unknown error').lower()}"


def _refused(path: str, reason: str, channel: Channel) -> Draft:
    return Draft(mend(path), mend(path), "", channel, skipped=(Skipped(mend(path), reason),))
