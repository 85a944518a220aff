"""Writes a network as ONNX, whole and with its weights as integers of eight bits."""

from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from tasmat_check.learn.network import Network

_INPUTS = ("ids", "types", "present")
_OUTPUTS = ("clauses", "where", "names")


class _Plain(nn.Module):
    """A network whose outputs are a bare tuple, as the exporter wants."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, types: Tensor, present: Tensor) -> tuple[Tensor, ...]:
        return tuple(self.network(ids, types, present))


def export(network: Network, path: Path) -> None:
    """Write a network with its weights as they are."""
    example = torch.ones((2, 16), dtype=torch.long)
    axes = {name: {0: "window", 1: "piece"} for name in (*_INPUTS, "where", "names")} | {"clauses": {0: "window"}}
    torch.onnx.export(
        _Plain(network.cpu()).eval(),
        (example, example, example),
        str(path),
        input_names=list(_INPUTS),
        output_names=list(_OUTPUTS),
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )


def shrink(whole: Path, path: Path) -> None:
    """Write an exported network again with its weights in eight-bit integers: a quarter of the size, twice as fast."""
    quantize_dynamic(whole, path, weight_type=QuantType.QInt8)
