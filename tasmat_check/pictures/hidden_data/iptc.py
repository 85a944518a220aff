"""Reads IPTC-IIM fields, and the thumbnail Photoshop puts beside them.

The layout is that of IPTC-NAA Information Interchange Model 4.2 and of Adobe's image resource blocks. Pillow's own
reader forgets all it has read at the first damaged record.
"""

from collections.abc import Iterator

from tasmat_check.pictures.hidden_data.decoding import decode
from tasmat_check.pictures.hidden_data.fields import Fields, Kind

_IPTC_RESOURCE, _THUMBNAIL_RESOURCE = 0x0404, 0x040C
_THUMBNAIL_HEADER = 28
_FIELDS: dict[int, tuple[Kind, str]] = {
    5: ("text", "Object Name"),
    20: ("text", "Supplemental Category"),
    22: ("text", "Fixture Identifier"),
    25: ("text", "Keywords"),
    27: ("text", "Content Location Name"),
    40: ("text", "Special Instructions"),
    80: ("author", "By-line"),
    85: ("text", "By-line Title"),
    90: ("text", "City"),
    92: ("text", "Sub-location"),
    95: ("text", "Province/State"),
    101: ("text", "Country"),
    103: ("text", "Original Transmission Reference"),
    105: ("text", "Headline"),
    110: ("copyright", "Credit"),
    115: ("copyright", "Source"),
    116: ("copyright", "Copyright Notice"),
    118: ("text", "Contact"),
    120: ("text", "Caption/Abstract"),
    121: ("text", "Local Caption"),
    122: ("author", "Writer/Editor"),
}
# ISO 8859 by the last byte of its ISO 2022 escape sequence.
_PARTS = {b"A": 1, b"B": 2, b"C": 3, b"D": 4, b"L": 5, b"G": 6, b"F": 7, b"H": 8, b"M": 9}


def read(data: bytes, fields: Fields) -> None:
    """Put the fields of a stream of IPTC records into `fields`, up to where it is damaged."""
    encoding = "utf-8"
    for record, number, value in _records(data, fields):
        if (record, number) == (1, 90):
            encoding = _encoding(value)
        elif record == 2 and number in _FIELDS:
            kind, name = _FIELDS[number]
            fields.add(kind, f"IPTC {name}", decode(value, encoding))


def resources(data: bytes) -> tuple[list[bytes], list[bytes]]:
    """Take the IPTC records and the thumbnails (JPEG files) out of Photoshop's image resource blocks."""
    iptc, thumbnails = [], []
    offset = 0
    while data[offset : offset + 4] == b"8BIM" and len(data) >= offset + 12:
        number = int.from_bytes(data[offset + 4 : offset + 6], "big")
        start = offset + 6 + (data[offset + 6] + 2) // 2 * 2  # a name of odd length is padded
        size = int.from_bytes(data[start : start + 4], "big")
        content = data[start + 4 : start + 4 + size]
        if number == _IPTC_RESOURCE:
            iptc.append(content)
        elif number == _THUMBNAIL_RESOURCE:
            thumbnails.append(content[_THUMBNAIL_HEADER:])
        offset = start + 4 + size + size % 2
    return iptc, thumbnails


def _records(data: bytes, fields: Fields) -> Iterator[tuple[int, int, bytes]]:
    offset = 0
    while offset + 5 <= len(data) and data[offset] == 0x1C:
        record, number = data[offset + 1], data[offset + 2]
        size = int.from_bytes(data[offset + 3 : offset + 5], "big")
        offset += 5
        if size & 0x8000:  # then it is the length of the length
            width = size & 0x7FFF
            size = int.from_bytes(data[offset : offset + width], "big")
            offset += width
        yield record, number, data[offset : offset + size]
        offset += size
    if offset > len(data) or data[offset:].strip(b"\0"):
        fields.note("The IPTC fields are damaged; not all of them could be read.")


def _encoding(escape: bytes) -> str:
    if escape.startswith((b"\x1b-", b"\x1b.")) and escape[2:3] in _PARTS:
        return f"iso8859-{_PARTS[escape[2:3]]}"
    return "utf-8"
