"""Instagram: posts, stories, reels, videos, profile pictures and archived posts with their captions, and comments."""

import re
from collections.abc import Iterator
from functools import partial

from tasmat_check.models import Skipped
from tasmat_check.readers.exports import Export, Post
from tasmat_check.readers.platforms.meta.captions import read_record
from tasmat_check.readers.platforms.meta.first_instagram import is_first, read_first
from tasmat_check.readers.platforms.meta.pages import is_page, read_pages
from tasmat_check.readers.platforms.meta.records import joining, read_records
from tasmat_check.readers.platforms.meta.shape import Shape, shape_of

NAME = "Instagram"

_LISTS = (
    "ig_posts",
    "ig_stories",
    "ig_reels_media",
    "ig_archived_post_media",
    "ig_recently_deleted_media",
    "ig_igtv_media",
    "ig_other_media",
    "ig_profile_picture",
    "comments_media_comments",
    "comments_reels_comments",
    "comments_story_comments",
)
_LABELLED = re.compile(r"(?:^|/)(?:posts|reels|stories|archived_posts|igtv_videos)(?:_\d+)?\.json$")
_COMMENTS = re.compile(r"comments[^/]*$")
_PAGES = re.compile(
    r"posts|stories|reels|archived_posts|igtv_videos|other_content|profile_photos|post_comments|reels_comments"
)


def recognises(name: str, head: str) -> bool:
    """Tell what the owner wrote by its shape; messages, likes and saved posts have other shapes or names."""
    shape = shape_of(head)
    return is_page(name, head, _PAGES) or is_first(shape) or any(True for _ in _lists(name, shape))


def repeats(name: str) -> bool:
    """Tell the list of captions without pictures that newer exports hold beside the posts."""
    return name.rpartition("/")[2] == "posts.json"


def read(export: Export, name: str) -> Iterator[Post | Skipped]:
    """Yield the posts or comments of a file."""
    place, head = export.place(name), export.head(name)
    if is_page(name, head, _PAGES):
        yield from read_pages(export, place, title_is_typed=True)
        return
    if is_first(shape_of(head)):
        yield from read_first(export, place, shape_of(head))
        return
    for where in _lists(name, shape_of(head)):
        yield from joining(export, read_records(place, where, partial(read_record, export)))


def _lists(name: str, shape: Shape) -> Iterator[str]:
    """Yield where in a file posts or comments are listed, empty for the file's own list."""
    comments = shape.has("item.string_map_data") and (
        shape.has("item.string_map_data.Comment") or bool(_COMMENTS.search(name))
    )
    labelled = shape.has("item.label_values.item.label") and bool(_LABELLED.search(name))
    if shape.has("item.media.item.uri", "item.media.item.creation_timestamp") or comments or labelled:
        yield ""
    yield from (where for where in _LISTS if shape.has(where))
