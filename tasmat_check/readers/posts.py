"""Reads collections of posts for `batch`: exports of platforms, folders, archives, files of records, single drafts."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from tasmat_check.files import UnreadableError, open_archive
from tasmat_check.models import Channel, Draft, Skipped
from tasmat_check.readers.decoding import mend
from tasmat_check.readers.drafts import marked_if_empty, read_file
from tasmat_check.readers.exports import Export, Intake, head_of
from tasmat_check.readers.kinds import Kind, kind_by_suffix, kind_of
from tasmat_check.readers.parted import Parts
from tasmat_check.readers.platforms import SUFFIXES, Platform, Repeating, platforms
from tasmat_check.readers.record_files import is_sheet, read_records

_MOST_TOLD = 3
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


def _read_path(path: str, channel: Channel, intake: Intake, me: str, parts: Parts) -> Iterator[Draft]:
    if kind_of(path) == "folder":
        drafts = _read_export(Export.of_folder(path, channel, intake, me))
    elif _is_archive(path):
        drafts = _read_archive(path, channel, intake, me, parts)
    else:
        drafts = _read_file(path, channel, intake, me)
    yield from _at_least_one(drafts, path, channel, parts)


def _is_archive(path: str) -> bool:
    """Tell an archive by its name; some files of exports are of a kind of their own, which platforms read."""
    return kind_by_suffix(path) == "archive" and not path.lower().endswith(SUFFIXES)


def _read_archive(path: str, channel: Channel, intake: Intake, me: str, parts: Parts) -> Iterator[Draft]:
    export = Export.of_archive(open_archive(path), channel, intake, me)
    export.parts = parts
    yield from _read_export(export)


def _read_file(path: str, channel: Channel, intake: Intake, me: str) -> Iterator[Draft]:
    """Read one file: of an export, of records, or a draft."""
    name = Path(path).name
    platform = _platform_of(path, name)
    if not platform:
        yield from _read_own(path, channel, intake)
        return
    export = Export.of_file(path, channel, intake, me)
    yield from _read_platform(export, name, platform)
    if export.without_posts:
        raise UnreadableError(f"is a file of {platform.NAME}, but holds no posts of yours")


def _read_own(path: str, channel: Channel, intake: Intake) -> Iterator[Draft]:
    """Read a file that belongs to no platform: of records, or a draft."""
    is_list = kind_of(path) == "posts" or is_sheet(path)
    for draft in read_records(path, channel, intake) if is_list else [marked_if_empty(read_file(path, channel))]:
        if draft.text or draft.parts or draft.images:
            intake.read[_OWN_FILES] += 1
        yield draft


def _read_export(export: Export) -> Iterator[Draft]:
    """Read the files of an archive or a folder; raises UnreadableError where nothing in them is to be told."""
    is_empty = True
    for draft in _drafts_of(export):
        is_empty = False
        yield draft
    if is_empty and not export.parts.shows_from(export.path):
        raise UnreadableError(_why_empty(export))


def _drafts_of(export: Export) -> Iterator[Draft]:
    """Yield the posts of every platform; where there are none, every file of records and every draft.

    Beside an export only files at the top are drafts, and web pages not even there: the others belong to it.
    """
    found = {name: platform for name in export.names if (platform := _platform_of(export.place(name), name))}
    for name, platform in sorted(found.items(), key=_repeats):
        yield from _read_platform(export, name, platform)
    archives = tuple(export.place(name) for name in export.names if _is_archive(name))
    parts = Parts(archives, export.shown)
    top_is_free = all("/" in name for name in found)
    for name in sorted(export.names, key=_is_picture):  # lists of posts may show pictures
        if name in found or export.place(name) in export.shown:
            continue
        kind = kind_by_suffix(name)
        if _is_archive(name) or not found or (top_is_free and "/" not in name and kind != "web"):
            yield from _read_beside(name, export, parts)
        else:
            export.intake.leave_out(_LEFT_OUT.get(kind, "other files of the export"))
    for refused in export.refused:
        yield _refused(refused.what, refused.reason, export.channel)


def _repeats(file: tuple[str, Platform]) -> bool:
    name, platform = file
    return isinstance(platform, Repeating) and platform.repeats(name)


def _is_picture(name: str) -> bool:
    return kind_by_suffix(name) == "picture"


def _read_beside(name: str, export: Export, parts: Parts) -> Iterator[Draft]:
    """Read a file of a folder or archive that is no platform's: an archive, a file of records or a draft."""
    place = export.place(name)
    if _is_archive(name):
        drafts = _read_archive(place, export.channel, export.intake, export.me, parts)
    else:
        drafts = _read_own(place, export.channel, export.intake)
    for draft in _at_least_one(drafts, place, export.channel, parts):
        export.shown.update(draft.images)
        yield draft


def _platform_of(place: str, name: str) -> Platform | None:
    """Tell by its content which platform a file is of, if any."""
    if not name.lower().endswith(SUFFIXES):
        return None
    head = head_of(place)
    return next((platform for platform in platforms() if platform.recognises(name, head)), None)


def _read_platform(export: Export, name: str, platform: Platform) -> Iterator[Draft]:
    place = export.place(name)
    left_out = export.intake.left_out.total()
    number = 0
    told = False
    try:
        for post in platform.read(export, name):
            told = True
            if isinstance(post, Skipped):
                yield _refused(post.what, post.reason, export.channel)
                continue
            number += 1
            export.intake.read[f"{platform.NAME} ({post.kind})" if post.kind else platform.NAME] += 1
            yield export.draft(post, name, number)
    except UnreadableError as problem:
        told = True
        yield _refused(place, problem.reason, export.channel)
    except OSError as problem:  # a disk, an archive or a network share may fail at any place
        told = True
        yield _refused(place, _broke_off(problem), export.channel)
    if not told and export.intake.left_out.total() == left_out:
        export.without_posts.append(f"{name} of {platform.NAME}")
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
            yield _refused(path, "holds no posts", channel)


def _why_empty(export: Export) -> str:
    """Say what was looked for and found in an archive or a folder without a post."""
    if export.without_posts:
        return f"holds no posts of yours: {' and '.join(export.without_posts[:_MOST_TOLD])} is there, but has none"
    names = ", ".join(sorted(platform.NAME for platform in platforms()))
    return (
        f"holds no posts; looked for exports of {names}, for lists of posts (.jsonl, .json, .csv, .xlsx) and for drafts"
    )


def _broke_off(problem: OSError) -> str:
    return f"reading broke off: {(problem.strerror or 'unknown error').lower()}"


def _refused(path: str, reason: str, channel: Channel) -> Draft:
    return Draft(mend(path), mend(path), "", channel, skipped=(Skipped(mend(path), reason),))
