"""Looks into Office files, which are zip files, before they are unpacked in memory."""

import zipfile
from typing import BinaryIO

from tasmat_check.files.reasons import UnreadableError

_LARGEST_UNPACKED = 200_000_000


def refuse_bomb(stream: BinaryIO) -> None:
    """Raise UnreadableError for a package that would unpack to far too much, BadZipFile for what is none."""
    with zipfile.ZipFile(stream) as package:
        if sum(member.file_size for member in package.infolist()) > _LARGEST_UNPACKED:
            raise UnreadableError(f"is larger than {_LARGEST_UNPACKED // 1_000_000} MB when unpacked")
