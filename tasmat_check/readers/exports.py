"""The files of one export, however it was given, and what its platforms' readers need of them."""

import os
import stat
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from itertools import islice, takewhile
from pathlib import Path

from tasmat_check.files import Archive, UnreadableError, load, why_not_opened
from tasmat_check.files.shared import is_shared, joined, names_below, parent
from tasmat_check.models import Channel, Draft, Passage, Seen, Sighting, Skipped
from tasmat_check.readers.decoding import decode, mend
from tasmat_check.readers.drafts import shortened, with_pictures
from tasmat_check.readers.parted import Parts

HEAD = 65_536
"""Bytes of a file by which its kind is told."""

_FILES_BESIDE = 20_000
"""Files looked at around a single file, for the pictures of its posts."""

_LEFT_BY_SYSTEMS = frozenset({"thumbs.db", "desktop.ini", "__macosx"})


@dataclass(slots=True)
class Intake:
    """Counts the posts that were read, by kind, and what was left out, by reason."""

    read: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)

    def leave_out(self, reason: str, count: int = 1) -> None:
        """Count something that is not judged; `reason` says in the plural what: "posts of others that were shared"."""
        self.left_out[reason] += count

    def lines(self) -> Iterator[str]:
        """Say what was read and what was left out, a line each."""
        if self.read:
            total = self.read.total()
            kinds = ", ".join(f"{kind} {count:,}" for kind, count in self.read.most_common())
            yield f"Read {total:,} post{'s' * (total != 1)}: {kinds}."
        yield from (f"Left out: {reason}: {count:,}." for reason, count in self.left_out.most_common())


@dataclass(frozen=True, slots=True)
class Attached:
    """A picture or video of a post, by the end of its path in the export.

    `alt` is its description; `position` are the degrees north and east that the export gives for it.
    """

    path: str
    alt: str = field(default="", repr=False)
    position: tuple[float, float] | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Post:
    """One post as the owner of the account wrote it.

    `text` is exactly what the person typed, entities and mojibake undone, since offsets point into it. `id` is the
    platform's own, empty where it has none. `parts` are further readable texts by name ("place", "tags", "title").
    `kind` sets posts apart in the count of what was read ("deleted").
    """

    text: str = field(repr=False)
    id: str = ""
    published: datetime | None = None
    parts: tuple[Passage, ...] = ()
    attached: tuple[Attached, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    kind: str = ""


class Export:
    """The files of an archive, a folder, or around a single file.

    `names` are relative to it, with forward slashes; `refused` are files that cannot be read, `shown` the places of
    pictures that posts show, in all `parts` that are read together, `without_posts` files of platforms in which nothing
    is the owner's. `me` is the owner's name in chats, empty where it was not given. `alone` is set where only one of
    the files is read, and the others are there for its sake.
    """

    def __init__(self, path: str, channel: Channel, intake: Intake, me: str) -> None:
        """Start without files; use one of the makers."""
        self.path = path
        self.channel: Channel = channel
        self.intake = intake
        self.me = me
        self.names: tuple[str, ...] = ()
        self.refused: tuple[Skipped, ...] = ()
        self.parts = Parts()
        self.without_posts: list[str] = []
        self.alone = False

    @property
    def shown(self) -> set[str]:
        """The places of pictures that posts show."""
        return self.parts.shown

    @classmethod
    def of_archive(cls, archive: Archive, channel: Channel, intake: Intake, me: str) -> "Export":
        """Take the members of an archive."""
        export = cls(archive.path, channel, intake, me)
        export.names = tuple(name for name in archive.names if not any(map(_is_left_by_system, name.split("/"))))
        export.refused = archive.refused
        export._leave_out_hidden(len(archive.names) - len(export.names))
        return export

    @classmethod
    def of_folder(cls, path: str, channel: Channel, intake: Intake, me: str) -> "Export":
        """Take the files of a folder and its subfolders; links to folders are not followed."""
        export = cls(path, channel, intake, me)
        refused: list[Skipped] = []
        hidden: list[str] = []
        export.names = tuple(sorted(_files_below(path, refused, hidden)))
        export.refused = tuple(refused)
        export._leave_out_hidden(len(hidden))
        return export

    @classmethod
    def of_file(cls, path: str, channel: Channel, intake: Intake, me: str) -> "Export":
        """Take a single file, and what lies beside it as far as pictures may be there."""
        export = cls(parent(path), channel, intake, me)
        export.alone = True
        export.names = tuple(islice(_files_below(export.path, [], []), _FILES_BESIDE))
        return export

    def _leave_out_hidden(self, count: int) -> None:
        if count:
            self.intake.leave_out("hidden files and what systems leave behind", count)

    def place(self, name: str) -> str:
        """Give the path by which a file of the export is opened, and known in reports."""
        return joined(self.path, name)

    def head(self, name: str) -> str:
        """Give the beginning of a file as text; empty for what is no text."""
        return head_of(self.place(name))

    def find(self, path: str) -> str | None:
        """Give the place of the file whose path ends most like this one, since exports are often moved and wrapped."""
        wanted = path.replace("\\", "/").split("/")
        candidates = self._by_own_name.get(wanted[-1], ())
        best = max(candidates, key=lambda name: _shared_tail(wanted, name.split("/")), default=None)
        return self.parts.find(wanted) if best is None else self.place(best)

    def beginning(self, start: str) -> list[str]:
        """Give the places of the files whose own names begin so, in order."""
        following = islice(self._own_names, bisect_left(self._own_names, start), None)
        owns = takewhile(lambda own: own.startswith(start), following)
        return [self.place(name) for own in owns for name in self._by_own_name[own]]

    @cached_property
    def _by_own_name(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for name in self.names:
            found[name.rpartition("/")[2]].append(name)
        return dict(found)

    @cached_property
    def _own_names(self) -> list[str]:
        return sorted(self._by_own_name)

    def draft(self, post: Post, name: str, number: int) -> Draft:
        """Make a draft of the `number`-th post (from 1) of a file, with its pictures."""
        source = mend(self.place(name))
        draft = Draft(
            mend(post.id) or f"{source}#{number}",
            source,
            mend(post.text),
            self.channel,
            tuple(replace(part, text=mend(part.text)) for part in post.parts),
            skipped=post.skipped,
            published=post.published,
        )
        for attached in post.attached:
            draft = self._with(draft, attached)
        return shortened(draft)

    def _with(self, draft: Draft, attached: Attached) -> Draft:
        """Add a picture, its description and its position to a draft."""
        place = self.find(attached.path)
        shown = mend(place or attached.path)
        if attached.alt:
            part = Passage(mend(attached.alt), f"alt text of {shown}")
            draft = replace(draft, parts=(*draft.parts, part))
        if attached.position:
            draft = replace(draft, seen=(*draft.seen, _seen_at(shown, attached.position)))
        if place is None:
            on_the_web = attached.path.startswith(("http://", "https://"))
            reason = "is on the web and not in the export" if on_the_web else "is not in the export"
            return replace(draft, skipped=(*draft.skipped, Skipped(shown, reason)))
        self.shown.add(place)
        return with_pictures(draft, [place])


def head_of(place: str) -> str:
    """Give the beginning of a file as text; empty for what is no text or cannot be read."""
    try:
        return decode(load(place, HEAD, cut=True), is_beginning=True)
    except UnreadableError:
        return ""


def _seen_at(image: str, position: tuple[float, float]) -> Seen:
    from tasmat_check.pictures.hidden_data.places import position_of

    where = position_of(*position, "the export")
    return Seen(image, sightings=(Sighting("GPS", None, 1.0, where.told(), where.source),) if where else ())


def _shared_tail(one: list[str], other: list[str]) -> int:
    """Count the parts, from the end, in which two paths agree."""
    return next((count for count, (a, b) in enumerate(zip(one[::-1], other[::-1], strict=False)) if a != b), len(one))


def _files_below(folder: str, refused: list[Skipped], hidden: list[str]) -> Iterator[str]:
    """Yield the files of a folder and its subfolders in order; note what cannot be looked into, and what is hidden."""
    if is_shared(folder):
        yield from _shared_files_below(folder, refused, hidden)
        return

    def refuse(problem: OSError) -> None:
        refused.append(Skipped(mend(str(problem.filename)), why_not_opened(problem)))

    for here, folders, files in os.walk(folder, onerror=refuse):
        hidden.extend(name for name in (*folders, *files) if _is_left_by_system(name))
        wanted = sorted(name for name in folders if not _is_left_by_system(name))
        refused.extend(
            Skipped(mend(str(Path(here, name))), "is a link to a folder, which is not followed")
            for name in wanted
            if Path(here, name).is_symlink()
        )
        folders[:] = wanted
        for name in sorted(files):
            if _is_left_by_system(name):
                continue
            if _is_special(Path(here, name)):
                refused.append(Skipped(mend(str(Path(here, name))), "is not a file"))
            else:
                yield Path(here, name).relative_to(folder).as_posix()


def _shared_files_below(folder: str, refused: list[Skipped], hidden: list[str]) -> Iterator[str]:
    try:
        for name in names_below(folder):
            if any(map(_is_left_by_system, name.split("/"))):
                hidden.append(name)
            else:
                yield name
    except UnreadableError as problem:
        refused.append(Skipped(mend(folder), problem.reason))


def _is_special(path: Path) -> bool:
    """Say whether a path is a pipe, a device or the like, which could keep a reader waiting for ever."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except (OSError, ValueError):
        return False


def _is_left_by_system(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower() in _LEFT_BY_SYSTEMS
