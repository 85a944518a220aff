"""Tells what a JSON file of an export holds by the names of its values, since names of files change."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(r'(?P<text>"(?:[^"\\]|\\.)*+")\s*+(?P<colon>:?)|[{}\[\]]', re.DOTALL)
_DEEPEST = 30
"""Nesting of which no export comes near; beyond it, a file is no export."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The dotted paths of the values at the beginning of a JSON file, "item" for a list's, and the labels in it."""

    paths: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()

    def has(self, *paths: str) -> bool:
        """Say whether every one of these values is there."""
        return self.paths.issuperset(paths)

    def has_any(self, *paths: str) -> bool:
        """Say whether one of these values is there."""
        return not self.paths.isdisjoint(paths)


@lru_cache(maxsize=8)
def shape_of(head: str) -> Shape:
    """Read the shape off the first characters of a file; empty for what is no JSON."""
    if head.lstrip()[:1] not in ("[", "{"):
        return Shape()
    paths: set[str] = set()
    labels: set[str] = set()
    for path, value in _named_values(head):
        paths.add(path)
        if value and path.endswith(".label"):
            labels.add(value)
    return Shape(frozenset(paths), frozenset(labels))


def _named_values(head: str) -> Iterator[tuple[str, str]]:
    """Yield the path of each value that has a name, and of a text what it says, as far as the beginning goes."""
    within: list[str] = []
    for token in _TOKEN.finditer(head):
        if token[0] in ("{", "["):
            within.append("item")
        elif not within or len(within) > _DEEPEST:
            return
        elif token[0] in ("}", "]"):
            within.pop()
        elif token["colon"]:
            within[-1] = _unescaped(token["text"])
            yield ".".join(within), ""
        else:
            yield ".".join(within), _unescaped(token["text"])


def _unescaped(text: str) -> str:
    try:
        return str(json.loads(text, strict=False))
    except ValueError:
        return ""
