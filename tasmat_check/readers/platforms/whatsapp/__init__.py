"""WhatsApp: a chat exported as text from an iPhone or an Android phone, of which only the owner's messages are read."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice

from tasmat_check.files import UnreadableError
from tasmat_check.models import Skipped
from tasmat_check.readers.columns import quoted
from tasmat_check.readers.decoding import LARGEST_TEXT
from tasmat_check.readers.exports import Attached, Export, Post
from tasmat_check.readers.lines import open_lines
from tasmat_check.readers.platforms.whatsapp.contents import content_of, is_notice
from tasmat_check.readers.platforms.whatsapp.stamps import MARKS, DateOrder, Form, Stamp, form_of, read_stamp

NAME = "WhatsApp"

_TOP = 5
"""Filled lines within which the first message stands."""

_LONGEST_NAME = 120
_MOST_NAMES = 1_000
_NAMES_TOLD = 12
_QUOTES = '"“”„«»'
_CHAT_NAME = re.compile(r"(?:^|[^a-z])chats?(?:[^a-z]|$)|whatsapp", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Message:
    """One stamped entry of a chat; `sender` is empty for notices of the app, `text` is kept for the owner's alone."""

    stamp: Stamp
    sender: str = field(repr=False)
    text: str = field(repr=False)
    mine: bool


def recognises(name: str, head: str) -> bool:
    """Tell a chat by at least two stamps of one form, the first near the top, that are no list of dates."""
    if not name.lower().endswith(".txt"):
        return False
    lines = head.splitlines()
    form = form_of(lines)
    filled = islice((line for line in lines if line.strip()), _TOP)
    if form is None or not any(_has_form(line, form) for line in filled):
        return False
    bracketed, _, has_seconds, _, _ = form
    own_name = name.rpartition("/")[2]
    return (bracketed and has_seconds) or bool(_CHAT_NAME.search(own_name)) or _talks(lines, form)


def _has_form(line: str, form: Form) -> bool:
    stamp = read_stamp(line)
    return stamp is not None and stamp.form == form


def _talks(lines: list[str], form: Form) -> bool:
    """Say whether these lines show the app's notices, or a sender more than once."""
    stamps = (read_stamp(line) for line in lines)
    rests = [stamp.rest for stamp in stamps if stamp and stamp.form == form]
    senders = Counter(_sender_and_text(rest, "")[0] for rest in rests)
    repeated = any(sender and count > 1 for sender, count in senders.items())
    return repeated or any("end-to-end encrypted" in rest for rest in rests)


def read(export: Export, name: str) -> Iterator[Post | Skipped]:
    """Yield the messages of `export.me`; where that name is not given or nobody's, one Skipped tells the names seen."""
    place = export.place(name)
    form = form_of(export.head(name).splitlines())
    if form is None:
        return
    order, senders, mine, sent = DateOrder(), Counter[str](), 0, 0
    for message in _messages(place, form, export.me):
        if isinstance(message, Skipped):
            continue
        order.see(message.stamp)
        mine += message.mine
        sent += bool(message.sender)
        if message.sender and (message.sender in senders or len(senders) < _MOST_NAMES):
            senders[message.sender] += 1
    if not mine:
        export.intake.leave_out("messages of chats in which yours are not known", sent)
        yield Skipped(place, _whose(export.me, senders))
        return
    yield from _read_mine(export, place, form, order)


def _read_mine(export: Export, place: str, form: Form, order: DateOrder) -> Iterator[Post | Skipped]:
    omitted = 0
    for message in _messages(place, form, export.me):
        if isinstance(message, Skipped):
            yield message
        elif not message.mine:
            export.intake.leave_out("messages of others" if message.sender else "notices by WhatsApp")
        else:
            content = content_of(message.text, lambda file: export.find(file) is not None)
            omitted += content.omitted
            files = tuple(Attached(file) for file in content.files)
            if content.text or content.parts or files:
                published = message.stamp.moment(month_first=order.month_first)
                yield Post(content.text, published=published, parts=content.parts, attached=files)
            elif content.by_app or not content.omitted:
                export.intake.leave_out(content.by_app or "posts without words or pictures")
    if omitted:
        files_told = "1 file" if omitted == 1 else f"{omitted:,} files"
        reason = f"{files_told} of yours (pictures, videos …) left out when the chat was exported; export it with media"
        yield Skipped(place, reason)


def _whose(me: str, senders: Counter[str]) -> str:
    told = ", ".join(quoted(sender) for sender, _ in senders.most_common(_NAMES_TOLD)) or "none"
    more = " and more" if len(senders) > _NAMES_TOLD else ""
    asked = f"no message is by {quoted(me)}; give --me NAME" if me else "whose messages? give --me NAME"
    return f"{asked}; the names in this chat are: {told}{more}"


def _messages(place: str, form: Form, me: str) -> Iterator[Message | Skipped]:
    """Yield the entries of a chat in order, and a Skipped for a line that cannot be read."""
    wanted = _folded(me)
    message: Message | None = None
    below: list[str] = []
    with open_lines(place, newline="") as lines:
        while True:
            try:
                line = next(lines).rstrip("\r\n")
            except StopIteration:
                break
            except UnreadableError as problem:
                yield Skipped(f"{place} line {lines.number}", problem.reason)
                continue
            stamp = read_stamp(line)
            if stamp and stamp.form == form:
                if message:
                    yield _with_lines(message, below)
                sender, text = _sender_and_text(stamp.rest, wanted)
                message = Message(stamp, sender, text, bool(wanted) and _folded(sender) == wanted)
                below = []
            elif message and message.mine and len(below) <= LARGEST_TEXT:
                below.append(line)
    if message:
        yield _with_lines(message, below)


def _with_lines(message: Message, below: list[str]) -> Message:
    return replace(message, text="\n".join([message.text, *below])) if below else message


def _sender_and_text(rest: str, me: str) -> tuple[str, str]:
    """Part what follows a stamp; the sender is empty for a notice of the app, even one with a colon in it.

    `me` is the owner's name as folded: names may hold colons too.
    """
    starts = [found.start() for found in re.finditer(r":(?:\s|$)", rest[: _LONGEST_NAME + 2])]
    own = next((start for start in starts if me and _folded(rest[:start]) == me), None)
    if own is not None:
        return rest[:own].strip(), rest[own + 2 :]
    if not starts:
        return "", rest
    sender, text = rest[: starts[0]].strip(f"{MARKS} "), rest[starts[0] + 2 :]
    in_quotes = sum(sender.count(quote) for quote in _QUOTES) % 2 == 1
    from_app = text.startswith("\u200e") and is_notice(text)
    return ("", rest) if in_quotes or from_app or is_notice(sender) else (sender, text)


@lru_cache(maxsize=1_000)
def _folded(name: str) -> str:
    """Bring a name into the form in which names are compared, without case, spaces, marks and a leading ~."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    visible = "".join(letter for letter in plain if not letter.isspace() and unicodedata.category(letter) != "Cf")
    return visible.removeprefix("~")
