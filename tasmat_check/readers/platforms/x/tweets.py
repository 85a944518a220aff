"""One post of X, as an item of `tweets.js` and the files like it."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from tasmat_check.models import Passage, Skipped
from tasmat_check.readers.exports import Attached, Export, Post
from tasmat_check.readers.json_values import iso_moment, objects_at, text_at, value_at
from tasmat_check.readers.platforms.x.notes import Notes, is_cut
from tasmat_check.readers.platforms.x.wording import links_of, typed

_MOMENT = re.compile(r"\w{3} (\w{3}) (\d\d) (\d\d):(\d\d):(\d\d) \+0000 (\d{4})", re.ASCII)
_NUMBERED = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) \+0000", re.ASCII)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TEXTS = ("full_text", "text")
_VIDEOS = (".mp4", ".mov", ".m4v", ".webm")


def core_of(item: object) -> object:
    """Take a post out of its wrapper, which old archives lack."""
    return value_at(item, "tweet") or item


def moment_of(tweet: object) -> datetime | None:
    """Read when a post went out: `Tue Nov 14 22:13:20 +0000 2023`, before 2019 `2016-05-06 10:11:12 +0000`."""
    written = text_at(tweet, "created_at")
    if numbered := _NUMBERED.fullmatch(written):
        return iso_moment(f"{numbered[1]}T{numbered[2]}Z")
    found = _MOMENT.fullmatch(written)
    if not found or found[1] not in _MONTHS:
        return None
    day, hour, minute, second, year = map(int, found.group(2, 3, 4, 5, 6))
    try:
        return datetime(year, _MONTHS.index(found[1]) + 1, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None


def words_of(tweet: object) -> str:
    """Give the text of a post as the archive has it; empty where there is none."""
    return next(filter(None, (text_at(tweet, name) for name in _TEXTS)), "")


def is_of_others(tweet: object) -> bool:
    """Say whether a post only passes on what someone else wrote."""
    return words_of(tweet).startswith("RT @") or bool(value_at(tweet, "retweeted_status"))


def read_tweet(tweet: object, export: Export, notes: Notes) -> Post | str:
    """Read one post of the owner with its long text and its pictures, or say why it cannot be read."""
    text = words_of(tweet)
    if not any(isinstance(value_at(tweet, name), str) for name in _TEXTS):
        return "has no text"
    own_id, published = _id_of(tweet), moment_of(tweet)
    media = objects_at(tweet, "extended_entities", "media") or objects_at(tweet, "entities", "media")
    links = links_of(objects_at(tweet, "entities", "urls"), "url", "expanded_url")
    skipped: tuple[Skipped, ...] = ()
    if note := notes.find(text, published):
        text, links = note.text, {**links, **note.links}
    elif is_cut(text) or any(long.endswith(f"/i/web/status/{own_id}") for long in links.values()):
        skipped = (Skipped(own_id, "the rest of this long post is not in the export"),)
    position = _position(tweet)
    attached = tuple(_attached(media, own_id, export, position))
    return Post(
        typed(text, links, {text_at(medium, "url") for medium in media}),
        own_id,
        published,
        tuple(_places(tweet, None if attached else position)),
        attached,
        skipped,
    )


def read_row(row: Mapping[str, str]) -> Post:
    """Read one row of the table of an old archive; its links are told as parts, since their places are not known."""
    long = (link.strip() for link in row.get("expanded_urls", "").split(","))
    return Post(
        typed(row["text"], {}),
        row["tweet_id"],
        moment_of({"created_at": row["timestamp"]}),
        tuple(Passage(link, "link") for link in dict.fromkeys(filter(None, long))),
    )


def _id_of(tweet: object) -> str:
    own_id = value_at(tweet, "id_str") or value_at(tweet, "id")
    return str(own_id) if isinstance(own_id, str | int) else ""


def _attached(
    media: list[Mapping[str, Any]], own_id: str, export: Export, position: tuple[float, float] | None
) -> Iterator[Attached]:
    """Yield the pictures and videos of a post, which lie in the archive under its id and their names on the web."""
    for medium in media:
        alt = text_at(medium, "ext_alt_text")
        names = [f"{own_id}-{name}" for name in _names(medium)]
        found = next((name for name in names if export.find(name)), None)
        if not found and text_at(medium, "type") in ("video", "animated_gif"):
            films = (place for place in export.beginning(f"{own_id}-") if place.lower().endswith(_VIDEOS))
            found = next(films, None)
        yield Attached(found or next(iter(names), f"picture of {own_id}"), alt, position)


def _names(medium: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names that a picture or video may have on the web."""
    addresses = [text_at(variant, "url") for variant in objects_at(medium, "video_info", "variants")]
    for address in (*addresses, text_at(medium, "media_url_https"), text_at(medium, "media_url")):
        if name := address.partition("?")[0].rpartition("/")[2]:
            yield name


def _places(tweet: object, position: tuple[float, float] | None) -> Iterator[Passage]:
    name = text_at(tweet, "place", "full_name") or text_at(tweet, "place", "name")
    if name.strip():
        yield Passage(name, "place")
    if position:
        yield Passage(f"{position[0]}, {position[1]}", "position")


def _position(tweet: object) -> tuple[float, float] | None:
    """Give the degrees north and east that a post carries; the older field has them in this order, the newer not."""
    north_east = _pair(value_at(tweet, "geo", "coordinates"))
    east_north = _pair(value_at(tweet, "coordinates", "coordinates"))
    return north_east or (east_north and (east_north[1], east_north[0]))


def _pair(value: object) -> tuple[float, float] | None:
    match value:
        case [str() | int() | float() as first, str() | int() | float() as second]:
            try:
                return float(first), float(second)
            except (ValueError, OverflowError):
                return None
    return None
