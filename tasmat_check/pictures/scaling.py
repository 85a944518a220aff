"""Makes copies of pictures in other sizes."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def scaled(pixels: "NDArray[np.uint8]", scale: float) -> "NDArray[np.uint8]":
    """Give a picture, in colours or grey, `scale` times as wide and high, at least one pixel each way."""
    return resized(pixels, round(pixels.shape[1] * scale), round(pixels.shape[0] * scale))


def resized(pixels: "NDArray[np.uint8]", width: int, height: int) -> "NDArray[np.uint8]":
    """Give a picture, in colours or grey, in so many pixels: what becomes smaller is averaged.

    It is halved first, as often as that goes: OpenCV needs less than half the time so. An odd row or column at the
    end is left out of a half.
    """
    import cv2
    import numpy as np

    size = max(1, width), max(1, height)
    while pixels.shape[1] >= 2 * size[0] and pixels.shape[0] >= 2 * size[1]:
        half = pixels.shape[1] // 2, pixels.shape[0] // 2
        even = pixels[: half[1] * 2, : half[0] * 2]
        pixels = np.asarray(cv2.resize(even, half, interpolation=cv2.INTER_AREA), np.uint8)
    if size == (pixels.shape[1], pixels.shape[0]):
        return pixels
    way = cv2.INTER_AREA if size[0] < pixels.shape[1] else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(pixels, size, interpolation=way), np.uint8)
