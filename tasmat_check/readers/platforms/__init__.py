"""The kinds of export that are read, one module a platform.

Each has `NAME` (as people say it), `recognises(name, head)`, which tells one of its files of posts by content, and
`read(export, name)`, which yields the owner's own posts of that file and counts what it leaves out.
"""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Protocol, cast, runtime_checkable

from tasmat_check.models import Skipped
from tasmat_check.readers.exports import Export, Post

_MODULES = (
    *("x", "mastodon", "bluesky", "reddit", "threads", "instagram", "facebook"),
    *("youtube", "linkedin", "tiktok", "whatsapp"),
)
"""In the order in which they are asked: those with the plainest signs first."""

SUFFIXES = (".json", ".js", ".csv", ".txt", ".html", ".htm", ".car")
"""Ends of the names of files that may hold posts of a platform."""


class Platform(Protocol):
    """What the module of a platform offers."""

    NAME: str

    def recognises(self, name: str, head: str) -> bool:
        """Say whether a file holds posts of this platform, by its name in the export and its first characters."""

    def read(self, export: Export, name: str) -> Iterator[Post | Skipped]:
        """Yield the owner's posts of a file, and what in it cannot be read; raises UnreadableError for the whole."""


@runtime_checkable
class Repeating(Platform, Protocol):
    """What the module of a platform offers whose files repeat each other."""

    def repeats(self, name: str) -> bool:
        """Say whether a file, by its name in the export, repeats what others hold; it is read after them."""


@cache
def platforms() -> tuple[Platform, ...]:
    """Give every platform's module."""
    return tuple(cast(Platform, import_module(f"{__name__}.{name}")) for name in _MODULES)
