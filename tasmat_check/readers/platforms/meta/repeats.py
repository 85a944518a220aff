"""Remembers what was read from an export, since its files repeat each other: albums show the pictures of posts."""

from collections.abc import Hashable
from weakref import WeakKeyDictionary

from tasmat_check.readers.exports import Export

_READ: WeakKeyDictionary[Export, set[int]] = WeakKeyDictionary()


def remember(export: Export, *things: Hashable) -> None:
    """Note that these were read. Only their hashes are kept."""
    _READ.setdefault(export, set()).update(map(hash, things))


def was_read(export: Export, *things: Hashable) -> bool:
    """Say whether all of these were read before."""
    return _READ.get(export, set()).issuperset(map(hash, things))
