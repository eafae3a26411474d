"""Writes the encoder as an ONNX graph. Used once, when the cache is built; the only file that imports onnx.

The graph is BERT's encoder in ONNX Runtime's own fused operators, emitted directly so that nothing depends on a pattern being
recognised: MultiHeadAttention, SkipLayerNormalization, BiasGelu, MatMulIntegerToFloat. All texts of one run have the same length,
so that it needs no mask; the sum of the embeddings is its input.

Matrix products are of 8-bit integers. A weight column has a scale of its own, and so has each token's row of activations, found
as it comes. One scale for a whole tensor, which is what ONNX Runtime's own dynamic quantisation does, is less exact and makes a
text's vector depend on what else is in the batch.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from rag.embed.pack import Pack, unpack

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FUSED = "com.microsoft"
_OPSET = 21
_IR_VERSION = 10
# Weights use 7 of the 8 bits: processors without VNNI add pairs of products in 16 bits, and 2 × 255 × 64 still fits there.
_WEIGHT_LIMIT = 64
_ACTIVATION_LIMIT = 127
_ZERO = 128  # activations are stored as unsigned bytes around this


def narrow(weights: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """A matrix (outputs, inputs) as 7-bit integers (inputs, outputs) and the scale of each output."""
    scales = np.abs(weights).max(axis=1) / np.float32(_WEIGHT_LIMIT)
    return np.rint(weights / scales[:, None]).astype(np.int8).T, scales


class _Graph:
    """Collects nodes and constants; each node's one output bears the node's name."""

    def __init__(self, pack: Pack) -> None:
        from onnx import helper, numpy_helper

        self.pack = pack
        self.nodes: list[Any] = []
        self.constants: list[Any] = []
        self._helper = helper
        self._to_tensor = numpy_helper.from_array
        self.constant("rows", np.array([-1, pack.hidden]))
        self.constant("last", np.array([-1]))
        self.constant("step", np.array(1 / _ACTIVATION_LIMIT, dtype=np.float32))
        self.constant("zero", np.array(_ZERO, dtype=np.uint8))
        self.constant("one", np.array(1, dtype=np.float32))

    def constant(self, name: str, values: NDArray[Any]) -> str:
        self.constants.append(self._to_tensor(np.ascontiguousarray(values), name))
        return name

    def stored(self, name: str) -> str:
        return self.constant(name, self.pack.floats(name))

    def node(self, operator: str, inputs: list[str], name: str, *, domain: str = "", **attributes: Any) -> str:
        self.nodes.append(self._helper.make_node(operator, inputs, [name], name=name, domain=domain, **attributes))
        return name

    def fused(self, operator: str, inputs: list[str], name: str, **attributes: Any) -> str:
        return self.node(operator, inputs, name, domain=_FUSED, **attributes)

    def quantised(self, x: str) -> tuple[str, str]:
        """Activations (tokens, n) as bytes, and the scale of each row (tokens, 1). Normed activations are never all zero."""
        sizes = self.node("Abs", [x], f"{x}.abs")
        largest = self.node("ReduceMax", [sizes, "last"], f"{x}.largest", keepdims=0)
        scales = self.node("Mul", [largest, "step"], f"{x}.scale")
        zeros = self.node("Expand", ["zero", self.node("Shape", [scales], f"{x}.tokens")], f"{x}.zeros")
        codes = self.node("QuantizeLinear", [x, scales, zeros], f"{x}.codes", axis=0)
        return codes, self.node("Unsqueeze", [scales, "last"], f"{x}.column")

    def matmul(self, x: tuple[str, str], weights: str, columns: int, name: str) -> str:
        """Quantised activations times a matrix of the pack: f32 (tokens, outputs)."""
        codes, row_scales = x
        values, scales = narrow(unpack(self.pack.blocks(weights, columns)))
        inputs = [codes, self.constant(weights, values), "one", self.constant(f"{weights}.scale", scales), "zero"]
        return self.node("Mul", [self.fused("MatMulIntegerToFloat", inputs, f"{name}.unscaled"), row_scales], name)

    def add_norm(self, x: str, residual: str, norm: str, bias: str, name: str) -> str:
        inputs = [x, residual, self.stored(f"{norm}.w"), self.stored(f"{norm}.b"), self.stored(bias)]
        return self.fused("SkipLayerNormalization", inputs, name, epsilon=self.pack.epsilon)

    def layer(self, x: str, number: int) -> str:
        """One layer: f32 (tokens, hidden), all texts in one, to the same. Attention alone sees the texts apart."""
        pack, at = self.pack, f"l{number}."
        shared = self.quantised(x)
        projected = []
        for part in "qkv":
            flat = self.matmul(shared, f"{at}{part}.w", pack.hidden, f"{at}{part}.flat")
            projected.append(self.node("Reshape", [flat, "shape"], f"{at}{part}"))
        biases = self.constant(f"{at}qkv.b", np.concatenate([pack.floats(f"{at}{part}.b") for part in "qkv"]))
        mixed = self.fused("MultiHeadAttention", [*projected, biases], f"{at}mixed", num_heads=pack.heads)
        mixed = self.node("Reshape", [mixed, "rows"], f"{at}mixed.flat")
        mixed = self.matmul(self.quantised(mixed), f"{at}ao.w", pack.hidden, f"{at}ao")
        x = self.add_norm(mixed, x, f"{at}aln", f"{at}ao.b", f"{at}attended")
        inner = self.matmul(self.quantised(x), f"{at}fi.w", pack.hidden, f"{at}fi")
        inner = self.fused("BiasGelu", [inner, self.stored(f"{at}fi.b")], f"{at}gelu")
        inner = self.matmul(self.quantised(inner), f"{at}fo.w", pack.inner, f"{at}fo")
        return self.add_norm(inner, x, f"{at}oln", f"{at}fo.b", f"{at}out")


def write_graph(pack: Pack, path: Path, *, on_layer: Callable[[int], None]) -> None:
    """Write the encoder: `x` f32 (texts, tokens, hidden), the summed embeddings -> `states` of the same shape.

    `on_layer` is told the number of layers done.
    """
    import onnx
    from onnx import TensorProto, helper

    graph = _Graph(pack)
    graph.node("Shape", ["x"], "shape")
    x = graph.node("Reshape", ["x", "rows"], "x.flat")
    norm = [graph.stored("emb.ln.w"), graph.stored("emb.ln.b")]
    x = graph.node("LayerNormalization", [x, *norm], "embedded", epsilon=pack.epsilon)
    for number in range(pack.layers):
        x = graph.layer(x, number)
        on_layer(number + 1)
    graph.node("Reshape", [x, "shape"], "states")
    sizes: list[str | int | None] = ["texts", "tokens", pack.hidden]
    body = helper.make_graph(
        graph.nodes,
        "multilingual-e5-small",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, sizes)],
        [helper.make_tensor_value_info("states", TensorProto.FLOAT, sizes)],
        graph.constants,
    )
    opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_FUSED, 1)]
    onnx.save(helper.make_model(body, opset_imports=opsets, ir_version=_IR_VERSION), path)
