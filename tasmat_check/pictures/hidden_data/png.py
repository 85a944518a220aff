"""Reads what a PNG carries beside its pixels, without decoding them: Pillow reads texts behind the pixels only then."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from tasmat_check.pictures.hidden_data.decoding import decode
from tasmat_check.pictures.hidden_data.fields import Fields, Kind

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_LARGEST_TEXT = 4_000_000
_LARGEST_TEXTS = 16_000_000
"""Most bytes that one compressed text, and all texts together, may become."""

_MOST_CHUNKS = 100_000
_PROFILE = "Raw profile type "
_MACHINE = re.compile(r"Software|Creation Time|(?:date|exif|icc|jpeg|png|tiff):.*")
"""Texts about the file; those of ImageMagick say again what stands in the EXIF block."""

_KINDS: dict[str, Kind] = {"Author": "author", "Copyright": "copyright", "Source": "model"}


@dataclass(slots=True)
class Found:
    """The blocks found, as bytes."""

    exif: bytes = b""
    xmp: list[bytes] = field(default_factory=list)
    iptc: list[bytes] = field(default_factory=list)
    photoshop: list[bytes] = field(default_factory=list)


def read(content: bytes, fields: Fields) -> Found:
    """Find the blocks, and put texts into `fields`."""
    found = Found()
    left = _LARGEST_TEXTS
    for kind, data in _chunks(content):
        if kind == b"eXIf":
            found.exif = found.exif or data
        elif kind in _READERS and left > 0:
            try:
                key, text = _READERS[kind](data)
            except (ValueError, IndexError, zlib.error):
                left -= _LARGEST_TEXT
                fields.note("A text of the PNG file is damaged or too long, and was not read.")
            else:
                left -= len(text)
                _take(key.decode("latin-1"), text, kind == b"iTXt", found, fields)
    if left <= 0:
        fields.note("The PNG file has more texts than are read.")
    return found


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    offset = len(SIGNATURE)
    for _ in range(_MOST_CHUNKS):
        length, kind = int.from_bytes(content[offset : offset + 4], "big"), content[offset + 4 : offset + 8]
        if len(kind) < 4 or kind == b"IEND":
            return
        if kind not in {b"IDAT", b"fdAT"}:
            yield kind, content[offset + 8 : offset + 8 + length]
        offset += 12 + length


def _take(key: str, text: bytes, is_unicode: bool, found: Found, fields: Fields) -> None:
    if key == "XML:com.adobe.xmp":
        found.xmp.append(text)
    elif key.startswith(_PROFILE):
        _take_profile(key.removeprefix(_PROFILE).lower(), text, found)
    elif not _MACHINE.fullmatch(key):
        fields.add(_KINDS.get(key, "text"), f"PNG {key[:79]}", decode(text, "utf-8" if is_unicode else "latin-1"))


def _take_profile(kind: str, text: bytes, found: Found) -> None:
    """Read a block as ImageMagick writes it: its name, its length, and its bytes in hexadecimal digits."""
    try:
        data = bytes.fromhex("".join(text.decode("ascii").split("\n")[3:]))
    except ValueError:
        return
    if kind == "xmp" or data.startswith(b"http://ns.adobe.com/xap/"):
        found.xmp.append(data[data.find(b"<") :])
    elif kind in {"exif", "app1"}:
        found.exif = found.exif or data
    elif data.startswith(b"8BIM"):
        found.photoshop.append(data)
    elif kind == "iptc":
        found.iptc.append(data)


def _text(data: bytes) -> tuple[bytes, bytes]:
    key, _, text = data.partition(b"\0")
    return key, text


def _compressed_text(data: bytes) -> tuple[bytes, bytes]:
    key, text = data.split(b"\0", 1)
    return key, _inflate(text[1:])


def _international_text(data: bytes) -> tuple[bytes, bytes]:
    key, rest = data.split(b"\0", 1)
    _, _, text = rest[2:].split(b"\0", 2)
    return key, _inflate(text) if rest[0] else text


def _inflate(data: bytes) -> bytes:
    inflater = zlib.decompressobj()
    text = inflater.decompress(data, _LARGEST_TEXT)
    if inflater.unconsumed_tail:
        raise ValueError
    return text


_READERS = {b"tEXt": _text, b"zTXt": _compressed_text, b"iTXt": _international_text}
