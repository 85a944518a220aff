"""Opens files wherever they lie: on a disk, inside an archive (`export.zip/posts/1.jpg`), or on shared storage.

A path that goes on after the name of an archive means a file inside it, as if the archive were a folder.
"""

from pathlib import Path
from typing import BinaryIO, cast

from tasmat_check.files.archives import Archive, open_archive, within_archive
from tasmat_check.files.packages import refuse_bomb
from tasmat_check.files.reasons import UnreadableError, why_not_opened

__all__ = [
    "Archive",
    "UnreadableError",
    "is_file",
    "load",
    "open_archive",
    "open_binary",
    "refuse_bomb",
    "why_not_opened",
    "within_archive",
]


def open_binary(path: str) -> BinaryIO:
    """Open a file for reading; raises UnreadableError."""
    if "://" in path:
        return _open_shared(path)
    try:
        if found := _inside(path):
            archive, name = found
            return archive.open(name)
        return Path(path).open("rb")
    except (OSError, ValueError) as problem:
        raise UnreadableError(why_not_opened(problem)) from problem


def load(path: str, limit: int, *, cut: bool = False) -> bytes:
    """Read at most `limit` bytes of a file; a longer one raises UnreadableError, unless it may be `cut`.

    Of a file that may be cut, a damaged one in an archive gives what stands before the damage.
    """
    with open_binary(path) as stream:
        if cut:
            return _beginning(stream, limit)
        try:
            data = stream.read(limit + 1)
        except (OSError, ValueError) as problem:
            raise UnreadableError(why_not_opened(problem)) from problem
    if len(data) > limit:
        raise UnreadableError(f"is larger than {limit // 1_000_000} MB")
    return data


def _beginning(stream: BinaryIO, limit: int) -> bytes:
    """Read up to `limit` bytes, as far as they are sound; raises UnreadableError where none are."""
    read_some = getattr(stream, "read1", stream.read)  # not what stands behind, which may be damaged
    data = b""
    try:
        while len(data) < limit and (more := read_some(limit - len(data))):
            data += more
    except (OSError, ValueError) as problem:
        if not data:
            raise UnreadableError(why_not_opened(problem)) from problem
    return data


def is_file(path: str) -> bool:
    """Say whether a path names a file on a disk or inside an archive; pipes and folders are none."""
    try:
        return _inside(path) is not None or Path(path).is_file()
    except (OSError, ValueError, UnreadableError):
        return False


def _inside(path: str) -> tuple[Archive, str] | None:
    """Give the archive a path leads into, and the name of the file there; None for a path on the disk.

    Raises FileNotFoundError for a file that the archive does not hold.
    """
    found = within_archive(path)
    if found is None:
        return None
    place, name = found
    archive = open_archive(place)
    if name not in archive:
        raise FileNotFoundError
    return archive, name


def _open_shared(path: str) -> BinaryIO:
    """Open a file on shared storage (s3://, az://, memory:// …)."""
    try:
        import fsspec
    except ImportError:
        raise UnreadableError("paths with :// need the extra packages: pip install tasmat-check[cluster]") from None
    try:
        return cast(BinaryIO, fsspec.open(path, "rb").open())
    except (OSError, ValueError, ImportError) as problem:
        raise UnreadableError(why_not_opened(problem) if isinstance(problem, OSError) else str(problem)) from problem
