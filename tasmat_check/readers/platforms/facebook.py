"""Facebook: posts, groups, comments, albums, videos, stories, events and posts on other pages, of every generation."""

import re
from collections.abc import Iterator
from functools import partial

from tasmat_check.models import Skipped
from tasmat_check.readers.exports import Export, Post
from tasmat_check.readers.json_items import read_items, read_value
from tasmat_check.readers.platforms.meta.activity import TIMES, comments_of, moment_of_record, wording_of
from tasmat_check.readers.platforms.meta.encoding import repair
from tasmat_check.readers.platforms.meta.fields import Fields
from tasmat_check.readers.platforms.meta.owner import names_of_owner
from tasmat_check.readers.platforms.meta.pages import is_page, read_pages
from tasmat_check.readers.platforms.meta.records import EMPTY, joining, read_records
from tasmat_check.readers.platforms.meta.repeats import remember, was_read
from tasmat_check.readers.platforms.meta.shape import Shape, shape_of

NAME = "Facebook"

_LISTS = (
    "status_updates",
    "group_posts_v2",
    "group_comments_v2",
    "comments_v2",
    "archived_stories_v2",
    "archive_v2",
    "trash_v2",
    "pending_posts_v2",
    "anonymous_author_posts",
    "lasso_videos_v2",
    "notes_v2",
    "your_events_v2",
    "items_selling_v2",
    "other_photos_v2",
    "videos_v2",
)
"""Lists that only Facebook calls so."""

_PLAIN_LISTS = {
    "group_posts": ("data", "attachments"),
    "group_posts.activity_log_data": ("data", "attachments"),
    "group_comments": ("data",),
    "comments": ("data",),
    "archived_stories": ("attachments",),
    "notes": ("created_timestamp",),
    "your_events": ("start_timestamp",),
    "other_photos": ("uri",),
    "photos": ("uri",),
    "videos": ("uri",),
}
"""Lists with names that others use too, and of what one must stand in their records beside a time."""

_OF_POSTS = (
    "item.attachments.item.data",
    "item.data.item.post",
    "item.data.item.comment",
    "item.data.item.update_timestamp",
    "item.data.item.backdated_timestamp",
)
_PAGES = re.compile(
    r"your_posts[^/]*|profile_posts|group_posts_and_comments|your_posts_in_groups|comments|your_comments_in_groups"
    r"|posts_on_other_pages_and_profiles|archived_stories|archive|notes|your_events|your_videos"
    r"|your_(?:uncategorized_)?photos|album/\d+"
)
_REPEATING = re.compile(r"(?:^|/)(?:album/[^/]+|(?:your_)?(?:uncategorized_photos|photos|videos)(?:_\d+)?\.\w+)$")


def recognises(name: str, head: str) -> bool:
    """Tell what the owner wrote by its shape; messages, reactions and what others wrote have other shapes."""
    if is_page(name, head, _PAGES):
        return True
    if head.strip() == "[]":
        return name.rpartition("/")[2].startswith("your_posts")
    return any(True for _ in _lists(name, shape_of(head)))


def repeats(name: str) -> bool:
    """Tell albums and lists of pictures, which show those of posts once more."""
    return bool(_REPEATING.search(name))


def read(export: Export, name: str) -> Iterator[Post | Skipped]:
    """Yield the posts of a file, each once though it may fill several records, and the pictures that no post shows."""
    place, head = export.place(name), export.head(name)
    if is_page(name, head, _PAGES):
        yield from read_pages(export, place, title_is_typed=False)
        return
    shape = shape_of(head)
    is_album = "photos" in shape.paths
    album = _text_of_album(place, "name") if is_album else ""
    read_record = partial(_read_record, export, names_of_owner(export, name), album)
    for where in _lists(name, shape):
        yield from joining(export, read_records(place, where, read_record))
    if is_album:
        if description := _text_of_album(place, "description"):
            yield Post(description)
        _leave_out_comments(export, sum(1 for _ in read_items(place, "comments")))


def _lists(name: str, shape: Shape) -> Iterator[str]:
    """Yield where in a file posts are listed: keys joined by dots, empty for the file's own list."""
    are_posts = shape.has("item.timestamp") and shape.has_any(*_OF_POSTS) and not shape.has("item.data.item.reaction")
    if are_posts or (shape.has("item.label_values.item.label") and _are_labelled_posts(name, shape.labels)):
        yield ""
    yield from (where for where in _LISTS if shape.has(where))
    for where, signs in _PLAIN_LISTS.items():
        item = f"{where}.item."
        if shape.has_any(*(item + sign for sign in signs)) and shape.has_any(*(item + time for time in TIMES)):
            yield where


def _are_labelled_posts(name: str, labels: frozenset[str]) -> bool:
    return "posts_on_other_pages" in name or labels.issuperset({"Message", "Target"})


def _read_record(export: Export, owner: frozenset[str], album: str, fields: Fields) -> Iterator[Post]:
    if any(owner and (author := comment.text("author")) and author not in owner for comment in comments_of(fields)):
        export.intake.leave_out("comments of others")
        return
    wording = wording_of(fields)
    _leave_out_comments(export, sum(media.comments for media in wording.media))
    if "uri" in fields:
        (picture,) = wording.media
        if picture.path and was_read(export, picture.path, (picture.path, picture.description.strip())):
            export.intake.leave_out("pictures of albums that were read with their post")
            return
        wording.add_part(album, "album")
    post = wording.post(moment_of_record(fields), fields.text("fbid"))
    if post is None:
        export.intake.leave_out(EMPTY)
        return
    for media in wording.media:
        written = ("", media.description.strip(), post.text.strip())
        remember(export, media.path, *((media.path, text) for text in written))
    yield post


def _text_of_album(place: str, key: str) -> str:
    """Give what the owner wrote about an album as a whole."""
    text = read_value(place, key)
    return repair(text) if isinstance(text, str) and text.strip() else ""


def _leave_out_comments(export: Export, count: int) -> None:
    """Count what stands below pictures: mostly of others, and the owner's own are in the list of comments as well."""
    if count:
        export.intake.leave_out("comments below pictures", count)
