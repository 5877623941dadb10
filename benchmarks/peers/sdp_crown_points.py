"""SDP-CROWN's dense network for MNIST and its 200 points, for lipc; and the share of them that radii certify.

    python3 benchmarks/peers/sdp_crown_points.py FOLDER OUT           # writes OUT/mnist_mlp.onnx and OUT/mnist_mlp.csv
    python3 benchmarks/peers/sdp_crown_points.py FOLDER OUT RADIUS    # reads OUT/mnist_mlp.radii, a radius for each point

FOLDER is SDP-CROWN's repository with its code. A point counts if the network classifies it rightly and its radius is
not below RADIUS. An attack looks for another class within RADIUS of each point that counts; the exit status is 1 if it
finds one.
"""

import sys
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

import sdp_crown

NAME = "mnist_mlp"


def write(model, images, out):
    """As a chain of Gemm and Relu, and a line for each point."""
    weights = [value.numpy() for value in model.state_dict().values()]
    nodes, tensors, at = [], [], "x"
    for layer in range(len(weights) // 2):
        weight, bias, to = f"w{layer}", f"b{layer}", f"z{layer}"
        tensors.append(numpy_helper.from_array(weights[2 * layer], weight))
        tensors.append(numpy_helper.from_array(weights[2 * layer + 1], bias))
        if layer > 0:
            nodes.append(helper.make_node("Relu", [at], [f"h{layer}"]))
            at = f"h{layer}"
        nodes.append(helper.make_node("Gemm", [at, weight, bias], [to], transB=1))
        at = to
    graph = helper.make_graph(
        nodes,
        NAME,
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, images[0].numel()])],
        [helper.make_tensor_value_info(at, TensorProto.FLOAT, [1, 10])],
        tensors,
    )
    proto = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)])
    proto.ir_version = 8
    onnx.checker.check_model(proto)
    onnx.save(proto, out / f"{NAME}.onnx")
    lines = [",".join(repr(float(v)) for v in image) for image in images.flatten(1)]
    (out / f"{NAME}.csv").write_text("\n".join(lines) + "\n")


def share(model, images, labels, radius, out):
    radii = torch.tensor([float(line) for line in (out / f"{NAME}.radii").read_text().split()])
    right = model(images).argmax(1) == labels
    counted = right & (radii >= radius)
    balls = torch.full((int(counted.sum()),), radius)
    broken = int(sdp_crown.attacked(model, images[counted], labels[counted], balls).sum())
    print(f"of {len(images)} points {int(right.sum())} are classified rightly, {len(balls)} certified at {radius}")
    print(f"median radius {np.median(radii.numpy()):.3f}; an attack reaches {broken} of those certified")
    return broken


def main():
    folder, out = Path(sys.argv[1]), Path(sys.argv[2]).resolve()
    torch.manual_seed(0)
    model, images, labels = sdp_crown.everything(folder, NAME)
    if len(sys.argv) == 3:
        write(model, images, out)
    elif share(model, images, labels, float(sys.argv[3]), out):
        sys.exit(1)


if __name__ == "__main__":
    main()
