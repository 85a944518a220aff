"""Finds the blocks of hidden data inside a picture file, whatever its format."""

import re
import struct
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

from tasmat_check.pictures.hidden_data import heif, png
from tasmat_check.pictures.hidden_data.decoding import decode
from tasmat_check.pictures.hidden_data.fields import Fields

if TYPE_CHECKING:
    from PIL import Image

_EXIF = b"Exif\0\0"
_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_XMP_EXTENSION = b"http://ns.adobe.com/xmp/extension/\0"
_PHOTOSHOP = b"Photoshop 3.0\0"
_TIFF_IPTC, _TIFF_PHOTOSHOP = 33723, 34377
_VIDEO = re.compile(rb"ftyp(?:mp4[12]|isom|qt  |avc1|3gp\d)")


@dataclass(slots=True)
class Blocks:
    """The blocks of one file: one EXIF directory, XMP packets, IPTC records, Photoshop's resources."""

    exif: "Image.Exif | None" = None
    xmp: list[bytes] = field(default_factory=list)
    iptc: list[bytes] = field(default_factory=list)
    photoshop: list[bytes] = field(default_factory=list)


def find(content: bytes, fields: Fields) -> Blocks:
    """Find the blocks; comments, which are a block and a field in one, go straight into `fields`."""
    if _VIDEO.search(content, 16):
        fields.note("A short video is hidden in the picture file (a motion photo); it was not checked.")
    if content.startswith(png.SIGNATURE):
        return _in_png(content, fields)
    if content[4:8] == b"ftyp":
        return _in_heif(content)
    return _with_pillow(content, fields)


def _in_png(content: bytes, fields: Fields) -> Blocks:
    found = png.read(content, fields)
    exif = _exif(found.exif) if found.exif else None
    return Blocks(exif, found.xmp, found.iptc, found.photoshop)


def _in_heif(content: bytes) -> Blocks:
    items = heif.items(content)
    exif = next((heif.exif_of(item) for item in items if item.kind == b"Exif"), b"")
    xmp = [item.content for item in items if item.content_type == b"application/rdf+xml"]
    return Blocks(_exif(exif) if exif else None, xmp)


def _with_pillow(content: bytes, fields: Fields) -> Blocks:
    from PIL import Image, JpegImagePlugin, TiffImagePlugin

    image = Image.open(BytesIO(content))
    if isinstance(image, JpegImagePlugin.JpegImageFile):
        return _in_jpeg(image.applist, fields)
    if isinstance(image, TiffImagePlugin.TiffImageFile):
        return _in_tiff(image, fields)
    if isinstance(comment := image.info.get("comment"), bytes):
        fields.add("text", f"{image.format} comment", decode(comment))
    exif, xmp = image.info.get("exif"), image.info.get("xmp") or (_raw_xmp(content) if image.format == "GIF" else b"")
    return Blocks(_exif(exif) if exif else None, [xmp] if xmp else [])


def _in_jpeg(segments: list[tuple[str, bytes]], fields: Fields) -> Blocks:
    blocks = Blocks()
    exif, photoshop = b"", b""
    extensions: dict[bytes, list[tuple[int, bytes]]] = {}
    for name, data in segments:
        if data.startswith(_EXIF):
            exif += data[len(_EXIF) :]
        elif data.startswith(_XMP):
            blocks.xmp.append(data[len(_XMP) :])
        elif data.startswith(_XMP_EXTENSION) and len(data) > 75:
            # An identifier of 32 bytes, the whole length, and where this part of the packet goes.
            extensions.setdefault(data[35:67], []).append((int.from_bytes(data[71:75], "big"), data[75:]))
        elif data.startswith(_PHOTOSHOP):
            photoshop += data[len(_PHOTOSHOP) :]
        elif name == "COM":
            fields.add("text", "JPEG comment", decode(data))
    blocks.exif = _exif(exif) if exif else None
    blocks.xmp += [b"".join(part for _, part in sorted(parts)) for parts in extensions.values()]
    blocks.photoshop = [photoshop] if photoshop else []
    return blocks


def _in_tiff(image: "Image.Image", fields: Fields) -> Blocks:
    exif = image.getexif()
    if getattr(image, "n_frames", 1) > 1:
        fields.note("Only the hidden data of the first page were read.")
    blocks = Blocks(exif)
    order = exif.endian or "<"
    for tag, found in ((_TIFF_IPTC, blocks.iptc), (_TIFF_PHOTOSHOP, blocks.photoshop)):
        if data := _tiff_bytes(exif.get(tag), order):
            found.append(data)
    if isinstance(xmp := image.info.get("xmp"), bytes):
        blocks.xmp.append(xmp)
    return blocks


def _tiff_bytes(value: object, order: str) -> bytes:
    """Give the bytes of a TIFF tag, which Photoshop writes as numbers of four bytes."""
    if isinstance(value, int):
        value = (value,)
    if not isinstance(value, tuple):
        return value if isinstance(value, bytes) else b""
    try:
        return struct.pack(f"{order}{len(value)}L", *value)
    except struct.error:
        return b""


def _exif(data: bytes) -> "Image.Exif":
    from PIL import Image

    exif = Image.Exif()
    exif.load(data)
    return exif


def _raw_xmp(content: bytes) -> bytes:
    """Cut an XMP packet out of a GIF, where it lies as it is."""
    start, end = content.find(b"<x:xmpmeta"), content.rfind(b"</x:xmpmeta>")
    return content[start : end + 12] if 0 <= start < end else b""
