"""One post of Bluesky, from its record."""

from collections.abc import Iterator, Mapping
from typing import Any

from tasmat_check.models import Passage, Skipped
from tasmat_check.readers.exports import Attached, Export, Post
from tasmat_check.readers.json_values import iso_moment, objects_at, text_at, texts_at, value_at

POST = "app.bsky.feed.post"


def read_post(record: object, own_id: str, export: Export) -> Post:
    """Read the owner's words in a record: text, tags, whole links, and what pictures are said to show."""
    text = text_at(record, "text")
    # A quoted post has its pictures one level deeper.
    embeds = [embed for embed in (value_at(record, "embed"), value_at(record, "embed", "media")) if embed]
    parts: list[Passage] = [*_tags(record), *_links(record, embeds, text)]
    attached: list[Attached] = []
    skipped: dict[Skipped, None] = {}
    for number, (alt, place) in enumerate(_pictures(embeds, export), 1):
        if place:
            attached.append(Attached(place, alt))
            continue
        skipped[Skipped(own_id, "its pictures are not in the export")] = None
        if alt.strip():
            parts.append(Passage(alt, f"alt text of picture {number}"))
    for alt in _videos(embeds):
        skipped[Skipped(own_id, "its video is not in the export")] = None
        if alt.strip():
            parts.append(Passage(alt, "alt text of the video"))
    return Post(text, own_id, iso_moment(text_at(record, "createdAt")), tuple(parts), tuple(attached), tuple(skipped))


def _tags(record: object) -> Iterator[Passage]:
    """Yield the tags that do not show in the text."""
    if tags := texts_at(record, "tags"):
        yield Passage(" ".join(f"#{tag}" for tag in tags), "tags")


def _links(record: object, embeds: list[Any], text: str) -> Iterator[Passage]:
    """Yield the links that the text shortens or leaves out, and the title of the page that is shown."""
    features = [feature for facet in objects_at(record, "facets") for feature in objects_at(facet, "features")]
    links = [text_at(feature, "uri") for feature in features]
    for embed in embeds:
        links.append(text_at(embed, "external", "uri"))
        if (title := text_at(embed, "external", "title")).strip():
            yield Passage(title, "title of the link")
    hidden = dict.fromkeys(link for link in links if link and link not in text)
    if hidden:
        yield Passage("\n".join(hidden), "link")


def _pictures(embeds: list[Any], export: Export) -> Iterator[tuple[str, str]]:
    """Yield the alt text of each picture, and the place of its file where someone fetched it into the export."""
    for picture in (picture for embed in embeds for picture in objects_at(embed, "images")):
        link = text_at(picture, "image", "ref", "$link") or text_at(picture, "image", "cid")
        places = export.beginning(link) if link else []
        yield text_at(picture, "alt"), next(iter(places), "")


def _videos(embeds: list[Any]) -> Iterator[str]:
    for embed in embeds:
        if isinstance(value_at(embed, "video"), Mapping):
            yield text_at(embed, "alt")
