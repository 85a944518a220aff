"""Reads the QR codes and bar codes in a picture."""

from typing import TYPE_CHECKING

from tasmat_check.models import Box
from tasmat_check.pictures import Frame, Sighting
from tasmat_check.pictures.scaling import scaled

if TYPE_CHECKING:
    import zxingcpp


_LONGEST_SIDE = 2_800
"""Pixels of the longer side at which codes are looked for: a larger picture is full of noise that looks like them."""


class CodeReader:
    """Reads codes of every kind that zxing-cpp knows, upright or turned, dark on light or light on dark."""

    def __init__(self) -> None:
        """Load zxing-cpp. Raises ImportError where it has no wheel."""
        import zxingcpp

        self._library = zxingcpp
        kinds = zxingcpp.BarcodeFormat
        self._qr_kinds = {kinds.QRCode, kinds.QRCodeModel1, kinds.QRCodeModel2, kinds.MicroQRCode, kinds.RMQRCode}

    def read(self, frame: Frame) -> list[Sighting]:
        """Return each code, from the top down: label QR_CODE or BARCODE, its box, and as `text` what it says.

        Check digits and error correction make a reading right, so the score is always 1. A code that is seen but cannot
        be read, blurred or too small, is left out.
        """
        import cv2
        import numpy as np

        scale = min(1.0, _LONGEST_SIDE / max(frame.width, frame.height))
        grey = scaled(np.asarray(cv2.cvtColor(frame.pixels, cv2.COLOR_RGB2GRAY), np.uint8), scale)
        codes = self._library.read_barcodes(grey, text_mode=self._library.TextMode.Plain)
        sightings = [
            Sighting("QR_CODE" if code.format in self._qr_kinds else "BARCODE", box, 1.0, code.text)
            for code in codes
            if (box := _box(code.position, scale, frame))
        ]
        return sorted(sightings, key=lambda each: (each.box.top, each.box.left) if each.box else (0, 0))


def _box(position: "zxingcpp.Position", scale: float, frame: Frame) -> Box | None:
    """Return the upright box around a code's corners, at least one pixel each way, or None when it lies outside."""
    corners = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    across = [round(corner.x / scale) for corner in corners]
    down = [round(corner.y / scale) for corner in corners]
    left, top = max(0, min(across)), max(0, min(down))
    # A bar code may have been read along one line.
    right, bottom = min(frame.width, max(across) + 1), min(frame.height, max(down) + 1)
    return Box(left, top, right, bottom) if left < right and top < bottom else None
