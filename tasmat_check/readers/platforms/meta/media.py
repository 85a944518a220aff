"""Takes pictures and videos, with their captions and positions, out of records."""

from dataclasses import dataclass, field

from tasmat_check.readers.exports import Attached
from tasmat_check.readers.platforms.meta.fields import Fields, number_of

_METADATA = ("photo_metadata", "video_metadata")


@dataclass(frozen=True, slots=True)
class Media:
    """One picture or video: its path (empty where the export has no file of it) and what is written beside it.

    `comments` is the number of comments below it.
    """

    path: str
    description: str = field(repr=False)
    title: str = field(repr=False)
    position: tuple[float, float] | None = field(repr=False)
    comments: int = 0

    @property
    def name(self) -> str:
        """The name of its file, by which reports call it."""
        return self.path.rpartition("/")[2] or "a picture"

    @property
    def attached(self) -> Attached:
        """The file as a picture of a post."""
        return Attached(self.path, position=self.position)


def media_of(fields: Fields) -> Media:
    """Read a record of a picture or video."""
    comments = len(fields.several("comments"))
    return Media(fields.text("uri"), fields.text("description"), fields.text("title"), _position(fields), comments)


def _position(fields: Fields) -> tuple[float, float] | None:
    metadata = fields.one("media_metadata")
    for kind in _METADATA:
        for exif in (*metadata.one(kind).several("exif_data"), metadata.one(kind)):
            north, east = number_of(exif.values.get("latitude")), number_of(exif.values.get("longitude"))
            if north is not None and east is not None and (north or east):
                return north, east
    return None
