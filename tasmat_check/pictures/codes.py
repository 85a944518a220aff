"""Reads the QR codes and bar codes in a picture."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tasmat_check.models import Box
from tasmat_check.pictures import Frame, Sighting
from tasmat_check.pictures.scaling import scaled

if TYPE_CHECKING:
    import numpy as np
    import zxingcpp
    from numpy.typing import NDArray


_LONGEST_SIDE = 2_800
"""Pixels of the longer side at which codes are looked for: a larger picture is full of noise that looks like them."""

_LONGEST_SIDE_OF_DATA_MATRIX = 1_400
"""The same for Data Matrix codes: looking for them takes as long as for all the others together."""


class CodeReader:
    """Reads codes of every kind that zxing-cpp knows, upright or turned, dark on light or light on dark."""

    def __init__(self) -> None:
        """Load zxing-cpp. Raises ImportError where it has no wheel."""
        import zxingcpp

        self._library = zxingcpp
        kinds = zxingcpp.BarcodeFormat
        self._other_kinds = zxingcpp.BarcodeFormats(
            (
                kinds.AllLinear,
                kinds.QRCode,
                kinds.MicroQRCode,
                kinds.RMQRCode,
                kinds.Aztec,
                kinds.PDF417,
                kinds.MicroPDF417,
                kinds.MaxiCode,
            )
        )
        self._data_matrix = zxingcpp.BarcodeFormats((kinds.DataMatrix,))
        self._qr_kinds = {kinds.QRCode, kinds.QRCodeModel1, kinds.QRCodeModel2, kinds.MicroQRCode, kinds.RMQRCode}

    def read(self, frame: Frame) -> list[Sighting]:
        """Return each code, from the top down: label QR_CODE or BARCODE, its box, and as `text` what it says.

        Check digits and error correction make a reading right, so the score is always 1. A code that is seen but cannot
        be read, blurred or too small, is left out.
        """
        import cv2
        import numpy as np

        grey = np.asarray(cv2.cvtColor(frame.pixels, cv2.COLOR_RGB2GRAY), np.uint8)
        sightings = [
            *self._seen(grey, _LONGEST_SIDE, self._other_kinds),
            *self._seen(grey, _LONGEST_SIDE_OF_DATA_MATRIX, self._data_matrix),
        ]
        return sorted(sightings, key=lambda each: (each.box.top, each.box.left) if each.box else (0, 0))

    def _seen(self, grey: "NDArray[np.uint8]", longest: int, kinds: "zxingcpp.BarcodeFormats") -> Iterator[Sighting]:
        scale = min(1.0, longest / max(grey.shape))
        plain = self._library.TextMode.Plain
        for code in self._library.read_barcodes(scaled(grey, scale), formats=kinds, text_mode=plain):
            box = _box(code.position, scale, grey.shape[1], grey.shape[0])
            if box:
                label = "QR_CODE" if code.format in self._qr_kinds else "BARCODE"
                yield Sighting(label, box, 1.0, code.text)


def _box(position: "zxingcpp.Position", scale: float, width: int, height: int) -> Box | None:
    """Return the upright box around a code's corners, at least one pixel each way, or None when it lies outside."""
    corners = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    across = [round(corner.x / scale) for corner in corners]
    down = [round(corner.y / scale) for corner in corners]
    left, top = max(0, min(across)), max(0, min(down))
    # A bar code may have been read along one line.
    right, bottom = min(width, max(across) + 1), min(height, max(down) + 1)
    return Box(left, top, right, bottom) if left < right and top < bottom else None
