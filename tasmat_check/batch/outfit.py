"""What a worker on another machine checks with, which must be what the batch was started with."""

import traceback
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

from tasmat_check import __version__
from tasmat_check import pack as packs
from tasmat_check.batch.manifest import content_mark
from tasmat_check.batch.shards import forget_equipment
from tasmat_check.config import Config
from tasmat_check.errors import TasmatError, UsageError

_NAMES = {
    "version": "another version of tasmat-check",
    "pack": "another policy pack",
    "people": "another people list, or none",
    "logos": "other logos, or none",
}


@dataclass(frozen=True, slots=True)
class Outfit:
    """The version of the program, and marks of the contents of what it reads."""

    version: str
    pack: str
    people: str
    logos: str

    def differing(self, other: "Outfit") -> str:
        """Name what another outfit has different; empty for nothing."""
        names = (field.name for field in fields(self))
        return ", ".join(_NAMES[name] for name in names if getattr(self, name) != getattr(other, name))


class WorkerFaultError(Exception):
    """A fault of the program on a worker. Of the error it holds the kind and the lines of code, but no word of it."""


def outfit(config: Config) -> Outfit:
    """Tell what this process checks with; a worker that has lived long reads it anew."""
    forget_equipment()
    logos = [config.logos] if config.logos else []
    pack = content_mark([config.pack or packs.builtin_folder()])
    return Outfit(__version__, pack, content_mark(config.people), content_mark(logos))


def guarded(work: Callable[..., Any], version: str, *given: Any) -> Any:
    """Do on a worker what was asked by a process of this version.

    Workers write errors into their logs, and the message of an error may quote a post: only its kind goes on.
    """
    if version != __version__:
        raise UsageError("a worker", f"has tasmat-check {__version__}, not {version}; install the same there")
    try:
        return work(*given)
    except TasmatError:
        raise
    except Exception as error:
        told = "".join([*traceback.format_tb(error.__traceback__), type(error).__name__])
    raise WorkerFaultError(told)
