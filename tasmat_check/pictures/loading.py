"""Loads what takes long once, when it is first asked for."""

from functools import cached_property
from threading import RLock
from typing import TYPE_CHECKING, Any, TypeVar

Loaded = TypeVar("Loaded")


class loaded_once(cached_property[Loaded]):  # noqa: N801 a decorator
    """A property that is worked out once, even where two pictures that are looked at side by side ask for it.

    From Python 3.12 on `cached_property` has no lock of its own.
    """

    _lock = RLock()

    if not TYPE_CHECKING:

        def __get__(self, instance: object, owner: type | None = None) -> Any:
            with self._lock:
                return super().__get__(instance, owner)
