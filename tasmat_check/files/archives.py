"""Archives of platforms: zip and tar files whose members are read in place, without unpacking anything to a disk.

Nothing outside the archive can be reached through it: names that lead out, links, locked members, archives inside
archives and members that unpack to far more than they hold are refused, each with its reason. No file stays open
between two readings, so that threads and forked processes share nothing, and the archive can be moved meanwhile.
"""

import io
import struct
import zipfile
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol

from tasmat_check.files.inflating import GZIP_MARK, GzipPoints
from tasmat_check.files.members import SUFFIXES, Member
from tasmat_check.files.reasons import UnreadableError, why_not_opened
from tasmat_check.files.tar_archive import TarArchive
from tasmat_check.files.tar_headers import is_tar
from tasmat_check.files.zip_archive import ZipArchive
from tasmat_check.models import Skipped

_HEAD = 512
_ZIP_MARK = b"PK\x03\x04"
_DAMAGED = "is damaged or cut off; download it again"
_SIGNS_OF_DAMAGE = (OSError, ValueError, NotImplementedError, struct.error, zipfile.BadZipFile)


class Archive(Protocol):
    """A file that holds files. `refused` tells which of them cannot be read, and why."""

    path: str
    names: tuple[str, ...]
    refused: tuple[Skipped, ...]

    def __contains__(self, name: str) -> bool:
        """Say whether it holds a file of this name."""

    def open(self, name: str) -> BinaryIO:
        """Open a member; raises UnreadableError and OSError, also while it is read."""


def within_archive(path: str) -> tuple[str, str] | None:
    """Part a path that leads into an archive into the archive's path and the member's name; None for others."""
    parts = Path(path).parts
    for count in range(1, len(parts)):
        if not parts[count - 1].lower().endswith(SUFFIXES):
            continue
        outer = Path(*parts[:count])
        if outer.is_file():
            return str(outer), PurePosixPath(*parts[count:]).as_posix()
    return None


def open_archive(path: str) -> Archive:
    """Open a zip or tar file, told by content; raises UnreadableError. The list of a file is read once."""
    try:
        state = Path(path).stat()
    except (OSError, ValueError) as problem:
        raise UnreadableError(why_not_opened(problem)) from problem
    return _opened(path, (state.st_mtime_ns, state.st_size, state.st_ino))


@lru_cache(maxsize=4)
def _opened(path: str, state: tuple[int, ...]) -> Archive:  # noqa: ARG001 - a changed file is opened anew
    try:
        head = _head(path)
    except OSError as problem:
        raise UnreadableError(why_not_opened(problem)) from problem
    try:
        is_packed = head.startswith(GZIP_MARK)
        if is_tar(_unpacked_head(path) if is_packed else head):
            return TarArchive(path, is_packed=is_packed)
        if zipfile.is_zipfile(path):
            return ZipArchive(path)
    except _SIGNS_OF_DAMAGE as problem:
        raise UnreadableError(_DAMAGED) from problem
    if head.startswith(_ZIP_MARK):
        raise UnreadableError(_DAMAGED)
    raise UnreadableError("is neither a zip nor a tar archive; unpack it and give the folder")


def _head(path: str) -> bytes:
    with Path(path).open("rb") as file:
        return file.read(_HEAD)


def _unpacked_head(path: str) -> bytes:
    stream = GzipPoints(path).open()
    try:
        return io.BufferedReader(Member(stream, _HEAD)).read()
    finally:
        stream.close()
