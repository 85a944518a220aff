"""Knows by their names what the columns of a table, or the keys of an object, hold.

One list serves lists of posts that people make themselves and the bulk files of Buffer, Publer, Metricool, Postfast,
HighLevel, SocialBee and Vista Social, which differ in nothing but such names.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Literal

from tasmat_check.readers.decoding import mend

Role = Literal[
    "text",
    "id",
    "channel",
    "date",
    "time",
    "picture",
    "alt text",
    "title",
    "description",
    "link",
    "tags",
    "place",
    "content warning",
    "first comment",
]

PARTS: tuple[Role, ...] = ("title", "description", "link", "tags", "place", "content warning", "first comment")
"""Roles whose words become a named part of the post, in the order in which they are read."""

TEXT_COLUMNS = ("text", "content", "message", "caption", "post", "body", "full_text")
"""Names of text columns that people are told of; the first that is filled is the text."""

# Without case, spaces and signs, since "Image URL(s)", "image_urls" and "imageUrls" are one name. The first name that
# is there counts most.
_NAMES: dict[Role, str] = {
    "text": (
        "text content message caption post body fulltext posttext postcontent postmessage postcaption postcopy copy"
        " captiontext messagetext tweet tweettext"
        " wording suggestedwording socialmediapost posttitle"
    ),
    "id": "id",
    "channel": "channel",
    "date": (
        "published publishedat publishedon publisheddate publishdate publishtime publishingdate posted postedat"
        " postedon posteddate dateposted postdate postingdate postingtime sentat sentdate postatspecifictime"
        " scheduledat scheduledfor scheduleddate scheduledtime scheduled scheduledate scheduletime date datetime"
        " dateandtime datetimeutc dateutc timestamp created createdat createdon createddate creationtimestamp"
        " createdutc when"
    ),
    "time": "time timeutc timeofday",
    "picture": (
        "images image imageurls imageurl imagelinks imagelink pictures picture pictureurls pictureurl photos photo"
        " photourls photourl imagefile imagefiles imagefilename photofile photofilename picturefile"
        " media mediaurls mediaurl mediafiles attachments attachment videos video videourls"
        " videourl gifurls gifurl linkedindocumenturl"
    ),
    "alt text": "alttext alttexts imagealttext imagealttexts picturealttext alttextpicture alttextimage mediaalttext",
    "title": (
        "title headline subject videotitle pintitle pinteresttitle pinterestpintitle youtubetitle youtubevideotitle"
        " linktitle documenttitle"
    ),
    "description": "description videodescription linkdescription pindescription youtubedescription",
    "link": "link links linkurl linkurls ogmetaurl destinationurl sharedurl ctalink calltoactionlink pinterestpinlink",
    "tags": "tags tag hashtags hashtag labels label taggedpeople tagged mentions collaborators youtubetags",
    "place": "place placename location locationname venue",
    "content warning": "contentwarning spoilertext cw",
    "first comment": (
        "firstcomment firstcomments firstcommenttext comment comments commenttext followupcomment followupcomments"
    ),
}
_RANKS: dict[str, tuple[Role, int]] = {
    name: (role, rank) for role, names in _NAMES.items() for rank, name in enumerate(names.split())
}
_OF_PLATFORM = re.compile(
    r"(?:facebook|fb|instagram|insta|ig|twitter|x|twitterx|xtwitter|linkedin|threads|tiktok|bluesky|mastodon|youtube)"
    r"(post|caption|text|copy|message|content)?"
)
"""Names of columns where a sheet has one a platform; those that also say what they hold are text columns."""

_NUMBERED: frozenset[Role] = frozenset({"picture", "alt text", "link", "tags", "first comment"})
_EXACT: frozenset[Role] = frozenset({"id", "channel"})

_SIGNS = re.compile(r"[\W_]+")
_REMARK = re.compile(r"\s+separated\s.*|\s+[-–—]\s.*|[(\[:*].*", re.DOTALL)
_PLURAL = re.compile(r"\(s\)", re.IGNORECASE)
_NUMBER = re.compile(r"\d+$")
_MOST_TOLD = 12


@dataclass(frozen=True)
class Columns:
    """The columns of a table in their order, and the positions of those that hold something known, best first.

    `month_first` says how dates such as 03/04/2026 are meant. `parted` says that pictures' captions follow the text,
    after || each.
    """

    names: tuple[str, ...]
    positions: Mapping[Role, tuple[int, ...]] = field(default_factory=dict)
    month_first: bool = False
    parted: bool = False

    def of(self, role: Role) -> tuple[int, ...]:
        """Give the positions of the columns of a role, best first; pictures and their alt texts as they stand."""
        return self.positions.get(role, ())

    @cached_property
    def has_text(self) -> bool:
        """Whether one of them is a text column."""
        return bool(self.of("text"))

    @cached_property
    def known(self) -> frozenset[int]:
        """The positions of all columns that hold something known."""
        return frozenset(position for positions in self.positions.values() for position in positions)


@lru_cache(maxsize=256)
def columns_of(names: tuple[str, ...]) -> Columns:
    """Read names of columns."""
    found: dict[Role, list[tuple[int, int]]] = {}
    for position, name in enumerate(names):
        if claim := _claim(name):
            role, rank = claim
            found.setdefault(role, []).append((0 if role in ("picture", "alt text") else rank, position))
    positions = {role: tuple(position for _, position in sorted(ranked)) for role, ranked in found.items()}
    return Columns(names, positions, parted=_is_parted(names, positions))


def is_platform(name: str) -> bool:
    """Say whether a column is named after a platform, whose posts it may hold as well as a mark for each."""
    return bool(_OF_PLATFORM.fullmatch(_bare(name)))


def no_text_column(names: list[str] | tuple[str, ...]) -> str:
    """Say that a text column is missing, and which columns were seen."""
    # A file without a header shows its first post here; long cells are left out of the report.
    seen = ", ".join(quoted(name) if len(name) <= 30 else "…" for name in names[:_MOST_TOLD]) or "none"
    return f"no text column ({', '.join(TEXT_COLUMNS)}); the columns are: {seen}"


def quoted(text: str) -> str:
    """Quote what stands in a file; a masked report leaves out whatever is in such quotation marks."""
    return f"“{mend(text).replace('”', '’’')}”"


def _claim(name: str) -> tuple[Role, int] | None:
    """Tell a column's role by its name, and how well the name fits it, 0 best."""
    whole = _bare(name)
    if claim := _RANKS.get(whole):
        return claim
    if (found := _OF_PLATFORM.fullmatch(whole)) and found[1]:
        return "text", len(_RANKS) + _RANKS[found[1]][1]
    if (claim := _RANKS.get(_NUMBER.sub("", whole))) and claim[0] in _NUMBERED:
        return claim
    claim = _RANKS.get(_bare(_REMARK.sub("", _PLURAL.sub("s", name.strip()))))
    return None if claim is None or claim[0] in _EXACT else (claim[0], claim[1] + len(_RANKS))


def _bare(name: str) -> str:
    return _SIGNS.sub("", _PLURAL.sub("s", name)).lower()


def _is_parted(names: tuple[str, ...], positions: Mapping[Role, tuple[int, ...]]) -> bool:
    """Tell Publer's files, the only ones with labels beside date, text and media."""
    labelled = any(_bare(name) in ("label", "labels") for name in names)
    return labelled and all(role in positions for role in ("date", "text", "link", "picture"))
