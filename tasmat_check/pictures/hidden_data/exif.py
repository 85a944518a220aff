"""Reads EXIF fields (CIPA DC-008, Exif 3.0) and Windows' own."""

from typing import TYPE_CHECKING, Any, NamedTuple

from tasmat_check.pictures.hidden_data.decoding import as_bytes, decode, decode_wide, plain
from tasmat_check.pictures.hidden_data.fields import Fields, Kind
from tasmat_check.pictures.hidden_data.places import exif_angle, position_of

if TYPE_CHECKING:
    from PIL import Image

_EXIF, _GPS, _SECOND = 0x8769, 0x8825, -1  # as Pillow numbers them
_ORIENTATION = 0x0112
_THUMBNAIL_OFFSET, _THUMBNAIL_LENGTH, _STRIPS = 0x0201, 0x0202, 0x0111
_LARGEST_THUMBNAIL = 1_000_000


class _Field(NamedTuple):
    kind: Kind
    name: str


_FIELDS = {
    0x010D: _Field("text", "DocumentName"),
    0x010E: _Field("text", "ImageDescription"),
    0x010F: _Field("make", "Make"),
    0x0110: _Field("model", "Model"),
    0x011D: _Field("text", "PageName"),
    0x013B: _Field("author", "Artist"),
    0x013C: _Field("computer", "HostComputer"),
    0x8298: _Field("copyright", "Copyright"),
    0x9C9B: _Field("text", "XPTitle"),
    0x9C9C: _Field("text", "XPComment"),
    0x9C9D: _Field("author", "XPAuthor"),
    0x9C9E: _Field("text", "XPKeywords"),
    0x9C9F: _Field("text", "XPSubject"),
    0xC62F: _Field("serial", "CameraSerialNumber"),
    0x9286: _Field("text", "UserComment"),
    0xA430: _Field("author", "CameraOwnerName"),
    0xA431: _Field("serial", "BodySerialNumber"),
    0xA436: _Field("text", "ImageTitle"),
    0xA437: _Field("author", "Photographer"),
    0xA438: _Field("author", "ImageEditor"),
}
_GPS_FIELDS = {0x001C: _Field("text", "GPSAreaInformation")}
_MARKED = {0x9286, 0x001C}
"""Tags whose text begins with the name of its encoding."""


def read(exif: "Image.Exif", fields: Fields) -> None:
    """Put the fields of an EXIF block into `fields`."""
    little_endian = exif.endian != ">"
    gps = _directory(exif, _GPS, fields)
    # Files that were edited have fields of one directory in the other.
    for directory in (exif, _directory(exif, _EXIF, fields)):
        _read_directory(directory, _FIELDS, little_endian, fields)
    _read_directory(gps, _GPS_FIELDS, little_endian, fields)
    _read_position(gps, fields)


def orientation(exif: "Image.Exif | None") -> int:
    """Tell how the picture is to be turned: 1 to 8, 1 where nothing is said."""
    value = exif.get(_ORIENTATION) if exif else 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def thumbnail(exif: "Image.Exif", fields: Fields) -> bytes:
    """Cut the thumbnail (a JPEG file) out of an EXIF block; empty where there is none."""
    directory = _directory(exif, _SECOND, fields)
    offset, length = directory.get(_THUMBNAIL_OFFSET), directory.get(_THUMBNAIL_LENGTH)
    if isinstance(offset, int) and isinstance(length, int) and 0 < length <= _LARGEST_THUMBNAIL and offset > 0:
        exif.fp.seek(offset)
        return exif.fp.read(length)
    if offset is not None or (_STRIPS in directory and _STRIPS not in exif):
        fields.note("The embedded thumbnail is of a kind that cannot be compared with the picture.")
    return b""


def _directory(exif: "Image.Exif", tag: int, fields: Fields) -> dict[int, Any]:
    try:
        return exif.get_ifd(tag)
    except Exception:  # Pillow raises whatever the damage leads to
        fields.note("Part of the EXIF data is damaged and could not be read.")
        return {}


def _read_directory(directory: Any, names: dict[int, _Field], little_endian: bool, fields: Fields) -> None:
    for tag, (kind, name) in names.items():
        if (value := directory.get(tag)) is not None:
            fields.add(kind, f"EXIF {name}", _text(tag, as_bytes(value), little_endian))


def _text(tag: int, data: bytes, little_endian: bool) -> str:
    if tag >> 8 == 0x9C:
        return decode_wide(data, little_endian=True)
    if tag not in _MARKED:
        return decode(data)
    mark, text = data[:8].rstrip(b"\0 "), data[8:]
    if mark == b"UNICODE":
        return decode_wide(text, little_endian)
    if mark == b"JIS":
        return decode(text, "iso2022_jp" if b"\x1b" in text else "euc_jp")
    return decode(text if mark in {b"", b"ASCII"} else data)


def _read_position(directory: dict[int, Any], fields: Fields) -> None:
    # The place of the camera, then that of what is seen.
    for name, first in (("GPSLatitude", 1), ("GPSDestLatitude", 0x13)):
        latitude, longitude = directory.get(first + 1), directory.get(first + 3)
        if latitude is None or longitude is None or not any((*_numbers(latitude), *_numbers(longitude))):
            continue
        references = [plain(decode(as_bytes(directory.get(tag, "")))) for tag in (first, first + 2)]
        position = position_of(
            exif_angle(latitude, references[0]), exif_angle(longitude, references[1]), f"EXIF {name}"
        )
        fields.place(position, f"EXIF {name}")
        if position and not all(references):
            fields.note(f"EXIF {name} does not say which half of the earth it means; north and east were taken.")


def _numbers(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)
