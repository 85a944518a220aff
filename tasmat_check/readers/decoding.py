"""Turns bytes into text without ever failing on a strange encoding, and refuses what is no text at all."""

import codecs
import re

from tasmat_check.files import UnreadableError

LARGEST_TEXT = 1_000_000
"""Longest text that is checked, in code points."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPED_BYTE = re.compile("[\udc80-\udcff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The first bytes of files that are no text, though some of them decode. Pictures and videos are told in kinds.py.
_SIGNATURES = (
    (b"%PDF-", "a PDF is not read; copy its words into a text file"),
    (b"{\\rtf", "an RTF file is not read; save it as .docx or .txt"),
    (b"\xd0\xcf\x11\xe0", "an old Office file is not read; save it as .docx"),
    (b"PK\x03\x04", "a zip or Office file is not text"),
    (b"\x1f\x8b", "a compressed file is not text"),
    (b"7z\xbc\xaf", "a compressed file is not text"),
    (b"Rar!", "a compressed file is not text"),
    (b"\x89PNG\r\n", "a picture is not text"),
    (b"\xff\xd8\xff", "a picture is not text"),
    (b"GIF8", "a picture is not text"),
)


def decode(data: bytes, *, is_beginning: bool = False) -> str:
    """Read bytes as text: byte-order mark, then UTF-16 without one, then UTF-8, then Windows-1252.

    Every well-formed or broken text decodes; what has no meaning becomes U+FFFD. The beginning of a text may end
    within a character, which is left out. Raises UnreadableError for binary.
    """
    encoding = encoding_of(data)
    try:
        return mend(codecs.getincrementaldecoder(encoding)().decode(data, not is_beginning))
    except UnicodeDecodeError:
        if encoding != "utf-8-sig":
            return data.decode(encoding, "replace")
    text = data.decode("cp1252", "replace")
    if len(_CONTROL.findall(text)) * 20 > len(text):
        raise UnreadableError("is not text")
    return text


def encoding_of(data: bytes) -> str:
    """Tell the codec of a text from its first bytes; UTF-8 also stands for Windows-1252, tried when it fails.

    `data` may be cut after any even number of bytes. Raises UnreadableError for binary.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    for signature, reason in _SIGNATURES:
        if data.startswith(signature):
            raise UnreadableError(reason)
    if b"\0" not in data:
        return "utf-8-sig"
    for encoding, high, low in (("utf-16-le", data[1::2], data[::2]), ("utf-16-be", data[::2], data[1::2])):
        if _mostly_zero(high, low) and _is_clean(data, encoding):
            return encoding
    raise UnreadableError("is not text")


def mend(text: str) -> str:
    """Replace each half of a broken emoji (a lone surrogate) by U+FFFD, so that any output can be encoded.

    One code point stands for one, which keeps offsets.
    """
    return _SURROGATE.sub("\ufffd", text)


def mend_bytes(text: str) -> str:
    """Read a text decoded with `surrogateescape` as Windows-1252 where it was not UTF-8."""
    if text.isascii() or not _SURROGATE.search(text):
        return text
    return text.encode("utf-8", "surrogateescape").decode("cp1252", "replace")


def mend_single_bytes(text: str) -> str:
    """Read in a text decoded with `surrogateescape` each byte that was not UTF-8 as Windows-1252."""
    if text.isascii():
        return text
    return _ESCAPED_BYTE.sub(lambda found: bytes([ord(found[0]) & 0xFF]).decode("cp1252", "replace"), text)


def _mostly_zero(high: bytes, low: bytes) -> bool:
    """Say whether these could be the high and low bytes of UTF-16 text in Latin script with some emoji."""
    zeros = high.count(0)
    return zeros * 2 >= len(high) or (zeros * 5 >= len(high) and not low.count(0))


def _is_clean(data: bytes, encoding: str) -> bool:
    try:
        return not _CONTROL.search(data.decode(encoding))
    except UnicodeDecodeError:
        # A sample may end between the two halves of an emoji.
        try:
            return not _CONTROL.search(data[:-2].decode(encoding))
        except UnicodeDecodeError:
            return False
