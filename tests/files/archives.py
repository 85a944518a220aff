"""Builds archives, also such as no honest program writes."""

import gzip
import io
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

Contents = Mapping[str, bytes]
Forge = Callable[[zipfile.ZipInfo], None]


def write_zip(path: Path, contents: Contents, forge: Forge | None = None, packing: int = zipfile.ZIP_DEFLATED) -> str:
    """Write a zip; `forge` may change what its list says of each member."""
    with zipfile.ZipFile(path, "w", packing) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
        for member in archive.infolist():
            if forge:
                forge(member)
    return str(path)


def write_tar(path: Path, contents: Contents, *special: tarfile.TarInfo, form: int = tarfile.PAX_FORMAT) -> str:
    """Write a tar file, packed where its name says so; `special` members have no content."""
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w", format=form) as archive:
        for name, content in contents.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
        for member in special:
            archive.addfile(member)
    packed = path.name.endswith(("gz", "tgz"))
    path.write_bytes(gzip.compress(data.getvalue(), 1) if packed else data.getvalue())
    return str(path)


def special(name: str, kind: bytes, target: str = "") -> tarfile.TarInfo:
    """Make a member that is no file."""
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, target
    return member


WRITERS: dict[str, Callable[[Path, Contents], str]] = {
    "zip": lambda folder, contents: write_zip(folder / "a.zip", contents),
    "stored": lambda folder, contents: write_zip(folder / "a.zip", contents, None, zipfile.ZIP_STORED),
    "tar": lambda folder, contents: write_tar(folder / "a.tar", contents),
    "tar.gz": lambda folder, contents: write_tar(folder / "a.tar.gz", contents),
}
