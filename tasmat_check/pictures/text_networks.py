"""Runs the two PP-OCRv6 networks in rapidocr's wheel.

Only the wheel's files are used: its code, which can fetch other weights and write logs, is never imported.
"""

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tasmat_check.pictures.loading import loaded_once

if TYPE_CHECKING:
    import onnxruntime

Pixels = NDArray[np.uint8]


class Network:
    """One of the wheel's networks; it is loaded when it is first run."""

    def __init__(self, name: str) -> None:
        """Look for the network's file. Raises ImportError where it, or onnxruntime, is not installed."""
        import onnxruntime

        self._path = _path(name)
        self._options = onnxruntime.RunOptions()
        # The memory of the largest picture is given back.
        self._options.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")

    @property
    def facts(self) -> dict[str, str]:
        """What the network's file says about it."""
        return dict(self._session.get_modelmeta().custom_metadata_map)

    def run(self, pixels: NDArray[Any]) -> NDArray[np.float32]:
        """Give the network's answer to one picture."""
        pictures = {self._session.get_inputs()[0].name: _planes(pixels)}
        answer: NDArray[np.float32] = self._session.run(None, pictures, self._options)[0][0]
        return answer

    @loaded_once
    def _session(self) -> "onnxruntime.InferenceSession":
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 4
        return onnxruntime.InferenceSession(str(self._path), options, providers=["CPUExecutionProvider"])


def _path(name: str) -> Path:
    spec = find_spec("rapidocr")
    folders = spec.submodule_search_locations if spec else None
    path = Path(next(iter(folders or ("",)))) / "models" / name
    if not path.is_file():
        raise ImportError(f"rapidocr's {name} is not installed")
    return path


def _planes(pixels: NDArray[Any]) -> NDArray[np.float32]:
    """Lay out pixels as both networks take them: 1 × (blue, green, red) × height × width from -1 to 1."""
    planes = pixels[..., ::-1].transpose(2, 0, 1).astype(np.float32)
    planes /= 127.5
    planes -= 1
    return planes[None]
