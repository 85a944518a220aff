"""Turns the bytes of a hidden field into plain text; nothing is refused, whatever encoding it claims to be in."""

import codecs
import re
from typing import Any

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]+")
_BLANKS = re.compile(" {2,}")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def plain(text: str) -> str:
    """Remove what cannot be shown: NUL and control characters, halves of broken emoji, padding."""
    return _BLANKS.sub(" ", _UNPRINTABLE.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))).strip()


def decode(data: bytes, encoding: str = "utf-8") -> str:
    """Read bytes in their encoding, or as Windows-1252 where they are not in it."""
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(marked, "replace")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def decode_wide(data: bytes, little_endian: bool) -> str:
    """Read UTF-16 text; the order of its bytes is told from its zeros, or is `little_endian` where they say nothing."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode(data)
    high_first, low_first = data[::2].count(0), data[1::2].count(0)
    if high_first != low_first:
        little_endian = low_first > high_first
    return data.decode("utf-16-le" if little_endian else "utf-16-be", "replace")


def as_bytes(value: Any) -> bytes:
    """Give the bytes of an EXIF value of any type; those of a number are its digits."""
    if isinstance(value, bytes):
        return value
    if isinstance(value, str):  # Pillow reads every string as Latin-1
        return value.encode("latin-1", "replace")
    if not isinstance(value, tuple):
        return str(value).encode()
    if all(isinstance(item, int) and 0 <= item < 256 for item in value):
        return bytes(value)
    return b" ".join(as_bytes(item) for item in value)
