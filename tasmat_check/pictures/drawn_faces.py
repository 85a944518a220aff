"""Tells drawn faces, as of emoji and clip art, from photographed ones.

A drawing is painted in even tones, while skin is shaded everywhere, however dark, pale or blurred a photograph is.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from tasmat_check.models import Box
from tasmat_check.pictures import Frame, Sighting
from tasmat_check.pictures.face_candidates import NOT_SURE
from tasmat_check.pictures.scaling import resized

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_DRAWN, _PERHAPS_DRAWN = 0.2, 0.12
"""Share of a face in even tones from which on it is drawn, or may be. Of 303 photographed faces the most even had .09,
saved as badly as can be .20; smoothed by a filter or overexposed one in a hundred had more. Of 82 emoji that pass for
faces nine in ten had more, and six in ten once they were saved as JPEG."""

_SIDE = 24
_SAME_TONE = 8
"""Steps of grey (of 255, once the face is stretched over them) that neighbours in one tone may differ by."""

_WHITE = 248
"""From this on all three colours are overexposed: what is white says nothing."""

_LEAST_SEEN = 1 / 8
"""Share of the face that must not be white."""


def photographed(faces: Iterable[Sighting], frame: Frame) -> list[Sighting]:
    """Leave out the faces that are drawn; those that may be are no longer sure."""
    kept: list[Sighting] = []
    for face in faces:
        even = _evenness(_middle(frame, face.box)) if face.box else 0.0
        if even < _DRAWN:
            kept.append(face if even < _PERHAPS_DRAWN else replace(face, score=min(face.score, NOT_SURE)))
    return kept


def _middle(frame: Frame, box: Box) -> "NDArray[np.uint8]":
    """Give the inner three quarters of a face, without what is behind it."""
    across, down = box.width // 8, box.height // 8
    return frame.pixels[box.top + down : box.bottom - down, box.left + across : box.right - across]


def _evenness(pixels: "NDArray[np.uint8]") -> float:
    """Give the share, 0 to 1, of a part that lies in even tones, white aside."""
    import cv2
    import numpy as np

    small = cv2.medianBlur(resized(pixels, _SIDE, _SIDE), 3)
    seen = small.min(axis=2) < _WHITE
    if seen.mean() < _LEAST_SEEN:
        return 0.0
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY).astype(np.float32)
    darkest, lightest = np.percentile(grey[seen], (2, 98))
    stretched = (grey - darkest) * (255 / max(float(lightest - darkest), 8.0))
    steps = cv2.morphologyEx(stretched, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    return float((steps[seen] <= _SAME_TONE).mean())
