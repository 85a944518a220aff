"""TikTok: videos and comments of the data request, as JSON (old and new sections) or as text files."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from tasmat_check.models import Passage, Skipped
from tasmat_check.readers.decoding import LARGEST_TEXT
from tasmat_check.readers.exports import Attached, Export, Post
from tasmat_check.readers.json_items import read_items_of
from tasmat_check.readers.lines import open_lines

NAME = "TikTok"

_LISTS = re.compile(
    r"video\.videos\.videolist|post\.posts\.videolist|post\.recently deleted posts\.postlist"
    r"|comment\.comments\.commentslist|tiktok live\.watch live history\.watchlivemap\.[^.]+\.comments",
    re.IGNORECASE,
)
_SECTIONS = re.compile(
    r'"(VideoList|CommentsList|ActivitySummaryMap|FavoriteVideoList|Activity Summary|Favorite Videos'
    r'|Profile And Settings|Tiktok Live|Tiktok Shopping|App Settings|Video Browsing History|Watch History)"\s*:',
    re.IGNORECASE,
)
_TEXTS = ("title", "comment", "commentcontent", "titel", "reactie")
_TIMES = ("date", "commenttime", "datum")
_PICTURES = ("photo", "foto")
_LINKS = ("link", "url")
_PARTS = {"location": "place", "alternatetext": "alt text", "addyourstext": "words on the video"}
_NOTHING = frozenset({"n/a", "none", "n.v.t."})
_VIDEO_ID = re.compile(r"/(?:video|photo)/(\d+)")
_RECORD_START = re.compile(r"(?:Date|Datum): \d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?: UTC)?\s*$")
_FIELD = re.compile(
    r"(Date|Datum|Comment|Reactie|Photo|Foto|Url|Link|Title|Titel|Likes?(?:\(s\))?|Vind-ik-leuks?|Who can view|Location"
    r"|Allow [a-z ]+|Sound|Cover Image|Alternate Text|Add Yours Text|AI-Generated Content|Content Disclosure"
    r"|Original Post Link): ?(.*)",
    re.IGNORECASE | re.DOTALL,
)
_OF_COMMENT = re.compile(r"^(?:Comment|Reactie): ", re.MULTILINE)
_OF_VIDEO = re.compile(r"^(?:Likes?(?:\(s\))?|Vind-ik-leuks?|Who can view|Title|Titel): ", re.MULTILINE | re.IGNORECASE)


def recognises(name: str, head: str) -> bool:
    """Tell the JSON by the names of its sections, a text file by the fields of its first record."""
    if name.lower().endswith(".json"):
        sections = {match.lower() for match in _SECTIONS.findall(head)}
        return head.lstrip().startswith("{") and len(sections) + ("user_data" in name) > 1
    if not name.lower().endswith(".txt") or not _RECORD_START.match(head.partition("\n")[0]):
        return False
    first = re.split(r"\r?\n\r?\n", head, maxsplit=1)[0]
    return bool(_OF_COMMENT.search(first) or ("tiktok" in first and _OF_VIDEO.search(first)))


def read(export: Export, name: str) -> Iterator[Post | Skipped]:
    """Yield each video and comment; the videos themselves are not in the export, which each post says."""
    place = export.place(name)
    text_file = name.lower().endswith(".txt")
    records = _text_records(place) if text_file else (item for _, item in read_items_of(place, _is_wanted))
    for number, record in enumerate(records, 1):
        if not isinstance(record, Mapping):
            yield Skipped(f"{place}: post {number}", "is not an object with a text")
            continue
        fields = {re.sub(r"[ _-]", "", str(key)).lower(): value for key, value in record.items()}
        strange = [key for key in (*_TEXTS, *_PARTS) if isinstance(fields.get(key), dict | list)]
        if strange:
            yield Skipped(f"{place}: post {number}", f"its {strange[0]} is not a text")
        elif post := _post(fields):
            yield post
        else:
            export.intake.leave_out("posts without words or pictures")


def _is_wanted(place: str) -> bool:
    return bool(_LISTS.fullmatch(place))


def _post(fields: Mapping[str, object]) -> Post | None:
    """Make a post of a record; None where nothing was typed or shown."""
    text, link = _first(fields, _TEXTS, frozenset()), _first(fields, _LINKS)
    is_comment = any(key in fields for key in ("comment", "commentcontent", "reactie"))
    shown = _first(fields, _PICTURES) if is_comment else link
    parts = tuple(Passage(value, part) for key, part in _PARTS.items() if (value := _first(fields, (key,))))
    if not (text or shown or parts):
        return None
    found = None if is_comment else _VIDEO_ID.search(link)
    return Post(
        text,
        found[1] if found else "",
        _moment(_first(fields, _TIMES)),
        parts,
        (Attached(shown),) if shown else (),
    )


def _first(fields: Mapping[str, object], names: tuple[str, ...], nothing: frozenset[str] = _NOTHING) -> str:
    """Give the first of some fields that is filled, as text; `nothing` are words that stand for an empty one."""
    for name in names:
        value = fields.get(name)
        text = "" if value is None or isinstance(value, bool | dict | list) else str(value)
        if text.strip() and text.strip().lower() not in nothing:
            return text
    return ""


def _moment(value: str) -> datetime | None:
    try:
        return datetime.strptime(value.strip().removesuffix(" UTC"), "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def _text_records(place: str) -> Iterator[dict[str, str]]:
    """Yield the records of a text file: each starts with its date, and a field goes on over the lines below it."""
    record: dict[str, str] = {}
    last = ""
    with open_lines(place, newline="") as lines:
        for whole_line in lines:
            line = whole_line.rstrip("\r\n")
            if _RECORD_START.match(line) and record:
                yield _trimmed(record)
                record = {}
            field = _FIELD.match(line)
            if field and field[1] not in record:
                last = field[1]
                record[last] = field[2]
            elif last and len(record[last]) <= LARGEST_TEXT:
                record[last] += f"\n{line}"
    if record:
        yield _trimmed(record)


def _trimmed(record: dict[str, str]) -> dict[str, str]:
    return {name: value.rstrip("\n") for name, value in record.items()}
