"""Keeps what is worked out of the built-in pack and of the trust's logos for the next run, so that it starts soon.

Nothing else is ever kept: no post, no picture, no people list, no other trust's pack. The files lie where Python keeps
compiled modules (`__pycache__`, unless told otherwise); whoever could change them could change the modules beside them.
"""

import gc
import os
import pickle
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from importlib.util import cache_from_source
from pathlib import Path
from typing import Protocol, TypeVar

import pydantic

_MARK = 32
"""Bytes of each of the two marks that a file begins with: of what it was made from, and of what it holds."""

Made = TypeVar("Made")


class Keep(Protocol):
    """A way to come by something that takes long to make."""

    def __call__(self, name: str, make: Callable[[], Made], source: bytes = b"", /) -> Made:
        """Give what `make` gives, or what it gave in an earlier run under that name from the same source."""


def builtin_folder() -> Path:
    """Give the folder of the pack that comes with the program: in the wheel, else in the checkout."""
    shipped = Path(str(files("tasmat_check") / "patterns"))
    return shipped if shipped.is_dir() else Path(__file__).parents[2] / "patterns"


def anew(_name: str, make: Callable[[], Made], _source: bytes = b"", /) -> Made:
    """Make something, and keep nothing of it."""
    with _uncollected():
        return make()


def kept(name: str, make: Callable[[], Made], source: bytes = b"", /) -> Made:
    """Give what is kept under a name; make and keep it where nothing is, or what it was made from has changed since.

    It may follow from the program's own files and from `source`, nothing else. Where nothing can be written, it is made
    each time.
    """
    mark = _digest(_mark_of_program(builtin_folder()) + source)
    path = Path(cache_from_source(str(Path(__file__).with_name(f"{name}.py")))).with_suffix(".pickle")
    with _uncollected():
        try:
            return _read(path, mark)  # type: ignore[return-value]
        except Exception:  # whatever is wrong with it, it can be made again
            made = make()
    _write(path, mark, made)
    return made


def _read(path: Path, mark: bytes) -> object:
    content = path.read_bytes()
    body = memoryview(content)[2 * _MARK :]
    if content[: 2 * _MARK] != mark + _digest(body):
        raise ValueError("made from other files, or damaged")
    return pickle.loads(body)  # noqa: S301 as trustworthy as the compiled modules beside it


def _write(path: Path, mark: bytes, made: object) -> None:
    """Write a file whole or not at all: other runs may be reading it, or writing it too."""
    body = pickle.dumps(made, pickle.HIGHEST_PROTOCOL)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(mark + _digest(body) + body)
        unfinished.replace(path)
    except OSError:  # a folder that this user cannot write to, a full disk, a file that another run holds
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


@cache
def _mark_of_program(pack: Path) -> bytes:
    """Mark the state that the program and the built-in pack are in, by the names, sizes and times of their files."""
    mark = blake2b(f"{sys.version}\0{pydantic.VERSION}\0".encode(), digest_size=_MARK)
    for folder in (Path(str(files("tasmat_check"))), pack):
        for path, size, time in sorted(_files(folder)):
            mark.update(f"{path}\0{size}\0{time}\0".encode())
    return mark.digest()


def _files(folder: Path) -> Iterator[tuple[str, int, int]]:
    """Give path, size and time of change of every file below a folder, but for what Python keeps."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _files(Path(entry.path))
            else:
                seen = entry.stat()
                yield entry.path, seen.st_size, seen.st_mtime_ns


def _digest(body: bytes | memoryview) -> bytes:
    return blake2b(body, digest_size=_MARK).digest()


@contextmanager
def _uncollected() -> Iterator[None]:
    """Have the garbage collector not look among what is being made: there is no garbage, and looking takes long."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
