"""Tells whether a file is a picture or a video from its first bytes, whatever its name says."""

import re
from typing import Final

SUFFIXES: Final = frozenset(
    (
        *(".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".gif"),
        *(".heic", ".heif", ".hif", ".avif", ".bmp", ".tif", ".tiff"),
    )
)
"""Suffixes of the pictures that can be opened, in small letters with their dot."""

HEAD = 1024
"""First bytes of a file that tell what it is."""

VIDEOS_NOT_CHECKED = "videos are not checked"

_STARTS = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
)
_BRANDS = {b"avif": "AVIF", b"avis": "AVIF"} | dict.fromkeys(
    (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"), "HEIC"
)
_GENERAL_BRANDS = (b"mif1", b"mif2", b"msf1", b"miaf")
"""Brands of ISO/IEC 23008-12 that say a file holds pictures, and leave how they are coded to the brands after them."""

_STILL_OR_RAW_BRANDS = (*_BRANDS, *_GENERAL_BRANDS, b"crx ", b"jxl ", b"jp2 ")
_VIDEO_STARTS = (
    b"\x1a\x45\xdf\xa3",  # WebM, MKV
    b"\x30\x26\xb2\x75\x8e\x66\xcf\x11",  # WMV
    b"\0\0\x01\xba",  # MPEG
    b"\0\0\x01\xb3",
    b"FLV\x01",
    b"OggS",
)
_QUICKTIME_ATOMS = (b"moov", b"mdat", b"wide", b"pnot", b"free", b"skip")
_BITMAP_HEADERS = (12, 40, 52, 56, 64, 108, 124)
"""Lengths of the header after a bitmap's first 14 bytes; the letters BM alone could begin any text."""

_DRAWING = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*|<!DOCTYPE\s+svg[^>]*>\s*)*<(?:svg:)?svg[\s>]", re.DOTALL
)


def looks_like_picture(head: bytes) -> bool:
    """Say whether a file that begins so (1,024 bytes are enough) is of a format that can be opened."""
    return bool(picture_format(head))


def picture_format(head: bytes) -> str:
    """Name the format of the picture that begins so, such as "JPEG"; empty when it is none that can be opened."""
    for start, name in _STARTS:
        if head.startswith(start):
            return name
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WebP"
    if head[:2] == b"BM" and int.from_bytes(head[14:18], "little") in _BITMAP_HEADERS:
        return "BMP"
    return _format_of_brands(head) if head[4:8] == b"ftyp" else ""


def looks_like_video(head: bytes) -> bool:
    """Say whether a file that begins so is a video: MP4, MOV, AVI, WebM, MKV, WMV, FLV, MPEG or Ogg."""
    if head[4:8] == b"ftyp":
        return head[8:12] not in _STILL_OR_RAW_BRANDS
    if head[4:8] in _QUICKTIME_ATOMS and head[:1] == b"\0":
        return True
    return head.startswith(_VIDEO_STARTS) or (head[:4] == b"RIFF" and head[8:12] == b"AVI ")


def looks_like_drawing(head: bytes) -> bool:
    """Say whether a file that begins so is an SVG drawing."""
    return bool(_DRAWING.match(head))


def _format_of_brands(head: bytes) -> str:
    """Read the brands at the start of a HEIC or AVIF file (ISO/IEC 14496-12, 4.3): the main one, then the rest."""
    if head[8:12] in _BRANDS:
        return _BRANDS[head[8:12]]
    if head[8:12] not in _GENERAL_BRANDS:
        return ""
    end = min(int.from_bytes(head[:4], "big"), len(head))
    others = (head[place : place + 4] for place in range(16, end, 4))
    return next((_BRANDS[brand] for brand in others if brand in _BRANDS), "HEIC")
