"""Writes the samples beside this file: small models, by the reference implementation of ONNX."""

import pathlib

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper

HERE = pathlib.Path(__file__).parent


def constant(name, values, kind=np.float32):
    return numpy_helper.from_array(np.array(values, dtype=kind), name)


def save(name, nodes, constants, outputs, inputs=(2,), opset=17, kind=TensorProto.FLOAT):
    graph = helper.make_graph(
        nodes,
        name,
        [helper.make_tensor_value_info("x", kind, ["batch", *inputs])],
        [helper.make_tensor_value_info("y", kind, outputs)],
        constants,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=8)
    checker.check_model(model)
    (HERE / f"{name}.onnx").write_bytes(model.SerializeToString(deterministic=True))


def node(operator, inputs, output, **attributes):
    return helper.make_node(operator, inputs.split(), [output], name=f"n_{output}", **attributes)


W = [[0.5, -0.25], [1.0, 0.75]]
B = [0.125, -0.5]

save(
    "chain",
    [
        node("Gemm", "x w b", "h", alpha=0.5, beta=2.0, transB=1),
        node("Relu", "h", "g"),
        node("MatMul", "g w", "m"),
        node("Add", "m b", "y"),
    ],
    [constant("w", W), constant("b", B)],
    ["batch", 2],
)
save(
    "activations",
    [
        node("Sigmoid", "x", "a"),
        node("LeakyRelu", "a", "b", alpha=0.1),
        node("Elu", "b", "c", alpha=1.0),
        node("Softplus", "c", "d"),
        node("Selu", "d", "e"),
        node("HardSigmoid", "e", "f", alpha=0.2, beta=0.5),
        node("Tanh", "f", "g"),
        node("Celu", "g", "h", alpha=0.5),
        node("Abs", "h", "i"),
        node("Neg", "i", "y"),
    ],
    [],
    ["batch", 2],
)
save(
    "shapes",
    [
        node("Constant", "", "s", value=constant("v", [1, 2, 1], np.int64)),
        node("Transpose", "w", "t", perm=[1, 0]),
        node("Reshape", "x s", "r"),
        node("Flatten", "r", "f", axis=1),
        node("MatMul", "f t", "g"),
        node("Cast", "g", "h", to=TensorProto.FLOAT),
        node("Sum", "h h h", "y"),
    ],
    [constant("w", np.arange(6).reshape(3, 2) / 16)],
    ["batch", 3],
)
save(
    "affine",
    [
        node("Sub", "x m", "a"),
        node("Div", "a s", "b"),
        node("Mul", "b s", "c"),
        node("Identity", "c", "d"),
        node("Unsqueeze", "d axes", "e"),
        node("Squeeze", "e axes", "f"),
        node("Dropout", "f", "y"),
    ],
    [constant("m", B), constant("s", [2.0, 0.5]), constant("axes", [1], np.int64)],
    ["batch", 2],
)
save(
    "double",
    [node("MatMul", "x w", "h"), node("Mish", "h", "k"), node("Add", "k h", "y")],
    [constant("w", W, np.float64)],
    ["batch", 2],
    opset=18,
    kind=TensorProto.DOUBLE,
)
save(
    "images",
    [
        node("Pad", "x p", "h"),
        node("Conv", "h w b", "c", strides=[2, 2], pads=[1, 1, 0, 0], kernel_shape=[3, 3]),
        node("BatchNormalization", "c b b b v", "n", epsilon=0.25),
        node("Relu", "n", "r"),
        node("MaxPool", "r", "q", kernel_shape=[2, 1]),
        node("AveragePool", "q", "a", kernel_shape=[1, 3], pads=[0, 1, 0, 1], count_include_pad=1),
        node("Concat", "q a", "k", axis=1),
        node("Conv", "k u", "d", group=2, auto_pad="SAME_UPPER", dilations=[1, 1]),
        node("GlobalAveragePool", "d", "g"),
        node("Flatten", "g", "y"),
    ],
    [
        constant("p", [0, 0, 0, 0, 0, 0, 1, 1], np.int64),
        constant("w", np.arange(-9, 9).reshape(2, 1, 3, 3) / 16),
        constant("u", np.arange(1, 5).reshape(2, 2, 1, 1) / 8),
        constant("b", B),
        constant("v", [1.0, 0.5]),
    ],
    ["batch", 2],
    inputs=(1, 3, 3),
)
