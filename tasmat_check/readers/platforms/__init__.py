"""The kinds of export that are read, one module a platform.

Each has `NAME` (as people say it), `recognises(name, head)`, which tells one of its files of posts by content, and
`read(export, name)`, which yields the owner's own posts of that file and counts what it leaves out.
"""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Protocol, cast

from tasmat_check.models import Skipped
from tasmat_check.readers.exports import Export, Post

_MODULES = ("reddit", "youtube", "linkedin", "tiktok", "whatsapp")
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


@cache
def platforms() -> tuple[Platform, ...]:
    """Give every platform's module."""
    return tuple(cast(Platform, import_module(f"{__name__}.{name}")) for name in _MODULES)
