"""Opens the file of an archive, on a disk or on shared storage; every handle can be set to any place."""

from pathlib import Path
from typing import BinaryIO

from tasmat_check.files.shared import is_shared, is_shared_file, open_shared, state_of


def open_handle(path: str) -> BinaryIO:
    """Open a file; raises OSError, and UnreadableError for shared storage."""
    return open_shared(path) if is_shared(path) else Path(path).open("rb")


def state(path: str) -> tuple[object, ...]:
    """Give what tells whether a file has changed; raises OSError, and UnreadableError for shared storage."""
    if is_shared(path):
        return state_of(path)
    about = Path(path).stat()
    return about.st_mtime_ns, about.st_size, about.st_ino


def exists(path: str) -> bool:
    """Say whether a path names a file."""
    return is_shared_file(path) if is_shared(path) else Path(path).is_file()


def size_of(file: BinaryIO) -> int:
    """Give the size of an open file in bytes."""
    here = file.tell()
    size = file.seek(0, 2)
    file.seek(here)
    return size
