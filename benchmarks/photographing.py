"""Makes photographs of drawn sheets, and tells where their words went."""

import io
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]


class Word(NamedTuple):
    """A word that was drawn, with the four corners of its ink (x, y)."""

    text: str
    corners: NDArray[np.float64]


def photographed(pixels: Pixels, words: list[Word], random: np.random.Generator) -> tuple[Pixels, list[Word]]:
    """Hang a drawn sheet in a scene: turned up to 7°, in perspective, unevenly lit, blurred, noisy."""
    import cv2

    height, width = pixels.shape[:2]
    wide, high = int(width * 1.3), int(height * 1.35)
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    angle = np.radians(random.uniform(-7, 7))
    turn = np.array([(np.cos(angle), -np.sin(angle)), (np.sin(angle), np.cos(angle))])
    aims = (corners - (width / 2, height / 2)) @ turn.T * 0.97 + (wide / 2, high / 2)
    aims = aims + random.uniform(-0.035, 0.035, (4, 2)) * (width, height)
    homography = cv2.getPerspectiveTransform(corners, aims.astype(np.float32))
    wall = random.integers(60, 200, (6, 8, 3)).astype(np.uint8)
    scene = cv2.resize(wall, (wide, high), interpolation=cv2.INTER_CUBIC).astype(np.float32)
    scene += random.normal(0, 5, scene.shape)
    mask = cv2.warpPerspective(np.ones((height, width), np.float32), homography, (wide, high))[..., None]
    scene = scene * (1 - mask) + cv2.warpPerspective(pixels, homography, (wide, high), flags=cv2.INTER_AREA) * mask
    light = cv2.resize(random.uniform(0.65, 1.1, (2, 2)), (wide, high))[..., None]
    scene = cv2.GaussianBlur(scene * light, (0, 0), random.uniform(0.3, 1.1)) + random.normal(0, 4, scene.shape)
    moved = [
        Word(word.text, cv2.perspectiveTransform(word.corners[None].astype(np.float64), homography)[0])
        for word in words
    ]
    return np.clip(scene, 0, 255).astype(np.uint8), moved


def jpeg(pixels: Pixels, quality: int) -> Pixels:
    """Press a picture through JPEG."""
    from PIL import Image

    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "JPEG", quality=quality)
    return np.asarray(Image.open(buffer))


def worsened(pixels: Pixels, words: list[Word]) -> tuple[Pixels, list[Word]]:
    """Take a picture at half the size and two thirds of the contrast."""
    import cv2

    half = cv2.resize(pixels, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    return (half / 1.5 + 40).astype(np.uint8), [Word(word.text, word.corners / 2) for word in words]
