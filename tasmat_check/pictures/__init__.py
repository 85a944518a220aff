"""Pictures: opens them, and sees faces, logos, words, codes and hidden data in them; makes safe copies.

seeing.py            everything below, run on one picture file
opening.py           any picture file as upright frames of plain pixels, or the reason why not
pixels.py, stills.py   colours and transparency made plain; which stills of an animation are looked at
scaling.py           copies in other sizes
plainness.py         what of a picture is plain, so that nothing need be looked for
faces.py             faces; drawn_faces.py leaves out those of emoji and clip art
logos.py             the trust's own logos; logo_*.py are its parts
words.py             lines of words, each character with its place; text_*.py are its parts
codes.py             QR and bar codes
hidden_data/         what the file carries beside the pixels: place, people, device, captions, copyright, thumbnail
hidden_passages.py   its texts as passages that rules can read
cleaning.py          copies without faces, logos, offending words and hidden data
loading.py           loads detectors once, when first needed
memory.py            has the C library keep freed memory for the next detector
quiet.py             keeps the decoders from writing to the terminal

Nothing is fetched, written or kept. The libraries that do the seeing are imported when a picture is first given.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from tasmat_check.models import Box, Sighting

__all__ = ["Frame", "Picture", "Sighting"]

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Frame:
    """One still of a picture: height × width × 3 red, green and blue bytes, upright, transparency on white.

    `number` counts the stills of an animation from 0.
    """

    pixels: "NDArray[np.uint8]" = field(repr=False)
    number: int = 0

    @property
    def width(self) -> int:
        """Pixels across."""
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        """Pixels down."""
        return int(self.pixels.shape[0])

    @cached_property
    def lively(self) -> Box | None:
        """The part in which neighbouring pixels differ; None when all of it is plain."""
        from tasmat_check.pictures.plainness import lively_part

        return lively_part(self.pixels)


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A picture file that could be opened: its stills, and the bytes it came as."""

    name: str
    format: str
    frames: tuple[Frame, ...] = field(repr=False)
    content: bytes = field(repr=False)
