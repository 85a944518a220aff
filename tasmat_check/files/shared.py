"""Files on shared storage, by the URLs that fsspec knows: s3://bucket/posts.csv, az://…, file:///…, memory://….

Chained URLs (`zip://…::https://…`) are refused, since a name in an export could otherwise make one.
"""

import posixpath
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, cast

from tasmat_check.files.reasons import UnreadableError, why_not_opened

MARK = "://"


def is_shared(path: str) -> bool:
    """Say whether a path is a URL of shared storage."""
    return MARK in path


def joined(folder: str, name: str) -> str:
    """Give the path of a file in a folder, either of which may be a URL's."""
    return f"{folder.rstrip('/')}/{name}" if is_shared(folder) else str(Path(folder, name))


def parent(path: str) -> str:
    """Give the folder of a file."""
    return path.rpartition("/")[0] if is_shared(path) else str(Path(path).parent)


def in_full(path: str) -> str:
    """Give the path as it is named from any folder."""
    return path if is_shared(path) else str(Path(path).absolute())


def located(url: str) -> tuple[Any, str]:
    """Give the filesystem of a URL, and the path there; raises UnreadableError."""
    if "::" in url:
        raise UnreadableError("is a chained URL, which is not opened")
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise UnreadableError("paths with :// need the extra packages: pip install tasmat-check[shared]") from None
    with translated():
        return cast(tuple[Any, str], url_to_fs(url))


def open_shared(url: str, mode: str = "rb") -> BinaryIO:
    """Open a file; raises UnreadableError."""
    storage, path = located(url)
    with translated():
        return cast(BinaryIO, storage.open(path, mode))


def is_shared_folder(url: str) -> bool:
    """Say whether a URL names a folder; raises UnreadableError."""
    storage, path = located(url)
    with translated():
        storage.invalidate_cache()
        return bool(storage.isdir(path))


def is_shared_file(url: str) -> bool:
    """Say whether a URL names a file; raises UnreadableError."""
    storage, path = located(url)
    with translated():
        return bool(storage.isfile(path))


def state_of(url: str) -> tuple[str, ...]:
    """Give what tells whether a file has changed, as far as its storage keeps it; raises UnreadableError."""
    storage, path = located(url)
    with translated():
        about = storage.info(path)
    return tuple(str(about.get(key, "")) for key in ("size", "ETag", "etag", "mtime", "LastModified", "last_modified"))


def shared_mark(url: str) -> str:
    """Mark a file, or the files below a folder, by what tells that they have changed; raises UnreadableError."""
    if not is_shared_folder(url):
        return " ".join(state_of(url))
    about = [(name, *state_of(joined(url, name))) for name in names_below(url)]
    return sha256(repr(about).encode("utf-8", "surrogateescape")).hexdigest()[:32]


def names_below(url: str) -> Iterator[str]:
    """Yield the names of the files below a folder, relative to it, in order; raises UnreadableError."""
    storage, path = located(url)
    with translated():
        storage.invalidate_cache()
        for here, folders, files in storage.walk(path, on_error="raise"):
            folders.sort()
            yield from (posixpath.relpath(f"{here}/{name}", path) for name in sorted(files) if name)


@contextmanager
def translated() -> Iterator[None]:
    """Put whatever a storage's driver raises into an UnreadableError, since each has errors of its own."""
    try:
        yield
    except UnreadableError:
        raise
    except (OSError, ValueError) as problem:
        told = isinstance(problem, OSError) and (problem.strerror or problem.__class__ is not OSError)
        raise UnreadableError(why_not_opened(problem) if told else _first_line(problem)) from problem
    except Exception as problem:
        raise UnreadableError(_first_line(problem)) from problem


def _first_line(problem: Exception) -> str:
    told = str(problem).strip().partition("\n")[0]
    return f"cannot be reached: {told or type(problem).__name__}"
