"""Finds the pictures of a large export, which platforms hand out in several archives, beside its posts."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from tasmat_check.files import UnreadableError, open_archive

_LEAST = 3
"""Names at the end of a path that must agree: fewer are alike in the exports of several people."""


@dataclass
class Parts:
    """The archives that are read together, and the places of the pictures that their posts have shown."""

    archives: tuple[str, ...] = ()
    shown: set[str] = field(default_factory=set)

    def find(self, wanted: list[str]) -> str | None:
        """Give the place of a file whose path in its archive ends in all of `wanted`, three names or more."""
        if len(wanted) < _LEAST or not self.archives:
            return None
        ending = tuple(wanted)
        places = self._places.get(ending[-_LEAST:], ())
        return next((place for place in places if Path(place).parts[-len(ending) :] == ending), None)

    def shows_from(self, path: str) -> bool:
        """Say whether a post has shown a picture of the archive at `path`."""
        return any(Path(path) in Path(place).parents for place in self.shown)

    @cached_property
    def _places(self) -> dict[tuple[str, ...], list[str]]:
        found: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for path in self.archives:
            try:
                names = open_archive(path).names
            except UnreadableError:  # told when that archive has its turn
                continue
            for name in names:
                found[tuple(name.split("/")[-_LEAST:])].append(str(Path(path, name)))
        return dict(found)
