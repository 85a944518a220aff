"""What a picture file carries beside its pixels: place, people, device, captions, copyright, thumbnail.

blocks.py      finds the blocks of hidden data in any format; png.py and heif.py do so for PNG, HEIC and AVIF
exif.py, iptc.py, xmp.py   read a block's fields
places.py      where the picture was taken, and how far that is from somewhere
thumbnails.py  tells a thumbnail that shows something else than the picture
fields.py      gathers the fields
decoding.py    turns their bytes into text

Not read: the camera makers' own notes (MakerNote), whose layouts are secret, and videos.
"""

import warnings
from dataclasses import dataclass, field
from threading import Lock

from tasmat_check.pictures import Frame, Picture
from tasmat_check.pictures.hidden_data import blocks, exif, iptc, thumbnails, xmp
from tasmat_check.pictures.hidden_data.fields import Fields
from tasmat_check.pictures.hidden_data.places import Position, distance

__all__ = ["HiddenData", "Position", "distance", "read"]


_MOST_THUMBNAILS = 4
_one_at_a_time = Lock()
"""Held while warnings are caught, which Python does for all threads at once."""


@dataclass(frozen=True, slots=True)
class HiddenData:
    """What was found. Texts are pairs of a field's name, such as IPTC Keywords, and what it says.

    `authors` made the picture, `shown` are in it, `copyright` says whose it is. The same text
    often stands in several fields. `thumbnail` is set, upright, when it shows something else than the picture. `unread`
    says in plain sentences what was there and could not be read.
    """

    position: Position | None = None
    texts: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    authors: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    shown: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    device: str = field(default="", repr=False)
    copyright: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    thumbnail: Frame | None = None
    unread: tuple[str, ...] = ()


def read(picture: Picture) -> HiddenData:
    """Read a picture's hidden data. Never fails: what is damaged is told in `unread`."""
    fields = Fields()
    thumbnail = None
    with _one_at_a_time, warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            thumbnail = _read(picture, fields)
        # Pillow raises whatever the damage leads to, and one file must not stop a check.
        except Exception:
            fields.note("Some of the hidden data are damaged and could not be read.")
    if any(issubclass(warning.category, UserWarning) for warning in caught):
        fields.note("Part of the EXIF data is damaged and could not be read.")
    return HiddenData(
        fields.position,
        tuple(fields.texts),
        tuple(fields.authors),
        tuple(fields.shown),
        fields.device,
        tuple(fields.copyright),
        thumbnail,
        tuple(fields.unread),
    )


def _read(picture: Picture, fields: Fields) -> Frame | None:
    found = blocks.find(picture.content, fields)
    embedded: list[bytes] = []
    if found.exif:
        exif.read(found.exif, fields)
        embedded.append(exif.thumbnail(found.exif, fields))
    for resources in found.photoshop:
        records, previews = iptc.resources(resources)
        found.iptc += records
        embedded += previews
    for records_block in found.iptc:
        iptc.read(records_block, fields)
    embedded += xmp.read(found.xmp, fields)
    orientation = exif.orientation(found.exif)
    differing = (
        thumbnails.differing(data, picture.frames[0], orientation, fields)
        for data in embedded[:_MOST_THUMBNAILS]
        if data
    )
    return next((thumbnail for thumbnail in differing if thumbnail), None)
