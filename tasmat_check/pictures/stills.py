"""Chooses the stills of an animation, or the pages of a scan, to look at, and bounds what reaching them costs."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

MOST_STILLS = 5
"""Stills looked at in one file: the first, the last and others evenly between."""

MOST_FRAMES = 2_000
"""Frames of the longest animation that is opened."""

MOST_DECODED_PIXELS = 300_000_000
"""Pixels decoded on the way to the last still, at most; a frame can be reached only through those before it."""

MOST_SCANNED_PIXELS = 2_000_000_000
"""Pixels of all passes over a progressive JPEG, at most; cameras and editors make some ten passes, a bomb thousands."""

_SCAN = b"\xff\xda"


class TooLongError(Exception):
    """A file has more frames or passes than are decoded."""


def sampled(count: int) -> list[int]:
    """Choose the stills looked at among `count`, evenly, the first and last included."""
    last = count - 1
    parts = MOST_STILLS - 1
    return sorted({(part * last + parts // 2) // parts for part in range(MOST_STILLS)})


def frame_count(image: "ImageFile", name: str, content: bytes) -> int:
    """Count the frames of an open image of the format `name` without decoding them.

    A JPEG counts as one picture whatever follows it (a gain map, a second view). Raises TooLongError when reaching the
    last one would take too long.
    """
    if name == "JPEG":
        if content.count(_SCAN) * image.width * image.height > MOST_SCANNED_PIXELS:
            raise TooLongError
        return 1
    if name == "TIFF":
        return _page_count(image)
    count = int(getattr(image, "n_frames", 1))
    if count > MOST_FRAMES or count * image.width * image.height > MOST_DECODED_PIXELS:
        raise TooLongError
    return max(count, 1)


def _page_count(image: "ImageFile") -> int:
    """Count the pages of a TIFF, which lie in a chain as long as its author likes; Pillow counts right step by step."""
    for number in range(1, MOST_FRAMES + 1):
        try:
            image.seek(number)
        except EOFError:
            return number
    raise TooLongError
