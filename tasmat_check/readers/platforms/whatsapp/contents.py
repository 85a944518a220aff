"""Parts one message of a chat into what the person typed, the files beside it, and what the app put there."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from tasmat_check.models import Passage
from tasmat_check.readers.platforms.whatsapp.stamps import MARKS

_M = f"[{MARKS}]{{0,4}}"
_INVISIBLE = re.compile(rf"[\s{MARKS}]*")
_EDITED = re.compile(rf"\s?(?:{_M}<This message was edited>|[\u200e\u200f]<[^<>\n]+>)\s*$")
_ATTACHED = re.compile(rf"\s?(?:{_M}<\s*attached|[\u200e\u200f]<[^<>:\n]{{1,30}}?)\s?:\s*([^<>\n]+?\.\w{{1,5}})\s*>")
_FILE = re.compile(rf"^{_M}([^\n/\\]+\.\w{{1,5}}) \(([^()\n]{{3,40}})\)(?:\r?\n|$)")
_MADE_BY_APP = re.compile(r"[A-Z]{3}-\d{8}-WA\d+\.\w+$")
_KINDS = "(?:media|image|video|video note|audio|sticker|gif|document|contact card|view once message)"
_OMITTED = re.compile(
    rf"^{_M}(?:<?{_KINDS} omitted>?|<(?:Medien ausgeschlossen|Multimedia omitido|Médias omis|Media omessi"
    rf"|Media weggelaten)>|\u200e[\w-]+(?: [\w-]+)? (?:weggelassen|weggelaten|omitid[oa]|omise?|omess[oa])){_M}\s*$",
    re.IGNORECASE,
)
_OMITTED_ABOVE = re.compile(rf"^{_M}<{_KINDS} omitted>{_M}\n", re.IGNORECASE)
_OMITTED_BELOW = re.compile(rf"\s?(?:{_M}<{_KINDS} omitted>|[\u200e\u200f]{_KINDS} omitted){_M}\s*$", re.IGNORECASE)
_DELETED = re.compile(
    rf"{_M}(?:(?:This message was deleted|You deleted this message)(?: by admin .*)?"
    r"|Diese Nachricht wurde gelöscht|Du hast diese Nachricht gelöscht"
    r"|Dit bericht is verwijderd|(?:Je hebt|U hebt|U heeft) dit bericht verwijderd"
    r"|Ce message a été supprimé|Vous avez supprimé ce message"
    r"|(?:Este mensaje fue eliminado|Se eliminó este mensaje|Eliminaste este mensaje)"
    r"|Questo messaggio è stato eliminato|Hai eliminato questo messaggio)\.?\s*$"
)
_CALL = re.compile(
    rf"{_M}(?:Missed (?:group )?(?:voice|video) call|(?:Voice|Video) call|Missed call)"
    rf"(?:[.,]? {_M}(?:\d+ (?:sec|min|hr)s?|No answer|Tap to call back|Cancelled))?\.?\s*$"
)
_NOTICE = re.compile(
    r"end-to-end encrypted|security code|(?:created|changed|updated) (?:the|this|their|to|group)\b|(?:added|removed) "
    r"|joined (?:using|via|from)|\bleft$|turned (?:on|off) |pinned a message|now an admin|no longer an admin"
    r"|is a contact|(?:un)?blocked this|started a call|requested to join|reset this group|waiting for this message",
    re.IGNORECASE,
)
_POLL = re.compile(rf"{_M}POLL:\r?\n")
_OPTION = re.compile(rf"{_M}OPTION: (.*?)(?: \({_M}\d+ votes?{_M}\))?{_M}$")
_PLACE = re.compile(rf"{_M}(?:live )?location: (https?://\S+)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Content:
    """What a message holds: the words as typed, further parts, and the names of files sent with it.

    `omitted` says that a picture or the like was sent that the chat was exported without, `by_app` in plain words what
    it is where nobody typed it.
    """

    text: str = field(repr=False)
    parts: tuple[Passage, ...] = ()
    files: tuple[str, ...] = ()
    omitted: bool = False
    by_app: str = ""


def content_of(message: str, has_file: Callable[[str], bool]) -> Content:
    """Part a message; `has_file` says whether the export holds a file of a name."""
    if _DELETED.match(message):
        return Content("", by_app="messages that were deleted")
    if _CALL.match(message):
        return Content("", by_app="calls")
    if message.startswith(("\u200e", "\u200f")) and "\n" not in message and is_notice(message):
        return Content("", by_app="notices by WhatsApp")
    if found := _PLACE.match(message):
        return Content("", (Passage(found[1], "place"),))
    if found := _POLL.match(message):
        return _poll(message[found.end() :])
    return _with_files(message, has_file)


def is_notice(text: str) -> bool:
    """Say whether a sentence is one that the app writes about a group, its members or its security."""
    return bool(_NOTICE.search(text))


def _poll(body: str) -> Content:
    """Take the question as the text; an option is a part each, without the votes."""
    lines = body.splitlines()
    options = [found[1] for line in lines if (found := _OPTION.match(line))]
    question = "\n".join(line for line in lines if not _OPTION.match(line))
    return Content(question, tuple(Passage(option, "poll option") for option in options))


def _with_files(message: str, has_file: Callable[[str], bool]) -> Content:
    content = Content(message)
    found = _FILE.match(message)
    if found and (found[2] == "file attached" or _MADE_BY_APP.match(found[1]) or has_file(found[1])):
        content = Content(message[found.end() :], files=(found[1],))
    if attached := tuple(found[1] for found in _ATTACHED.finditer(content.text)):
        content = replace(content, text=_ATTACHED.sub("", content.text), files=(*content.files, *attached))
    for placeholder in (_OMITTED, _OMITTED_ABOVE, _OMITTED_BELOW):
        if found := placeholder.search(content.text):
            content = replace(content, text=placeholder.sub("", content.text), omitted=True)
    text = _EDITED.sub("", content.text)
    return replace(content, text="" if _INVISIBLE.fullmatch(text) else text)
