#!/usr/bin/env python3
"""Trains a small convolutional network on Fashion-MNIST and writes its state_dict as safetensors.

    python3 train.py FOLDER [EPOCHS]

FOLDER holds the four files of the data set. Input: the 784 pixels divided by 255, so in [0, 1].
"""

import gzip
import struct
import sys
import time
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import nn
from torch.nn import functional

MODEL = Path(__file__).resolve().parent.parent / "src" / "main" / "resources" / "shirts.safetensors"

SEED = 1
EPOCHS = 15
BATCH = 250
LEARNING_RATE = 0.005
# The loss asks for the right class at this l2 distance, of a network whose bound is 1.
OFFSET = 0.2
TEMPERATURE = 16
RADII = ((36 / 255, "36/255"), (72 / 255, "72/255"), (108 / 255, "108/255"), (0.5, "0.5"))


def read_idx(path):
    """An array of unsigned bytes: its extents are big-endian numbers behind four bytes of kind."""
    raw = gzip.decompress(path.read_bytes())
    rank = raw[3]
    shape = struct.unpack(f">{rank}I", raw[4 : 4 + 4 * rank])
    return torch.frombuffer(bytearray(raw[4 + 4 * rank :]), dtype=torch.uint8).reshape(shape)


def read(folder, part):
    images = read_idx(folder / f"{part}-images-idx3-ubyte.gz").float() / 255
    return images[:, None], read_idx(folder / f"{part}-labels-idx1-ubyte.gz").long()


class Shirts(nn.Module):
    """What shirts.safetensors is the state_dict of."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 8, 4, stride=2, padding=1)
        self.conv2 = nn.Conv2d(8, 16, 4, stride=2, padding=1)
        self.fc1 = nn.Linear(784, 32)
        self.fc2 = nn.Linear(32, 10)

    def maps(self):
        """Each layer's linear map with the shape of what it reads."""
        return (
            (self.conv1, (1, 28, 28)),
            (self.conv2, (8, 14, 14)),
            (self.fc1, (784,)),
            (self.fc2, (32,)),
        )

    def forward(self, x, norms=(1, 1, 1, 1)):
        """With each weight divided by its norm: the product of the layers' norms is then 1."""
        for (layer, shape), norm in zip(self.maps(), norms):
            x = apply(layer, x.reshape(-1, *shape), norm, layer.bias)
            x = x if layer is self.fc2 else torch.relu(x)
        return x


def apply(layer, x, norm=1, bias=None):
    if isinstance(layer, nn.Linear):
        return functional.linear(x, layer.weight / norm, bias)
    return functional.conv2d(x, layer.weight / norm, bias, layer.stride, layer.padding)


def power_iteration(layer, vector, steps):
    """The unit vector that the layer's map stretches most, as far as some steps find it."""
    for _ in range(steps):
        x = vector.detach().requires_grad_()
        (gradient,) = torch.autograd.grad(apply(layer, x).square().sum() / 2, x)
        vector = gradient / gradient.norm()
    return vector.detach()


def margins(outputs, classes):
    true = outputs.gather(1, classes[:, None])
    others = outputs.scatter(1, classes[:, None], -torch.inf)
    return true[:, 0] - others.amax(1)


def train(model, images, classes, epochs):
    """Adam on the cross-entropy with a margin, of the network divided by its layers' norms.

    The norms stand inside the loss and are differentiated; the vectors at which they are taken
    follow the weights by one power iteration a step.
    """
    vectors = [torch.randn(1, *shape) for _, shape in model.maps()]
    vectors = [power_iteration(l, v, 20) for (l, _), v in zip(model.maps(), vectors)]
    optimizer = torch.optim.Adam(model.parameters(), LEARNING_RATE)
    steps = epochs * (len(images) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, LEARNING_RATE, total_steps=steps)
    start = time.monotonic()
    for epoch in range(epochs):
        total = 0.0
        for rows in torch.randperm(len(images)).split(BATCH):
            vectors = [power_iteration(l, v, 1) for (l, _), v in zip(model.maps(), vectors)]
            norms = [apply(l, v).norm() for (l, _), v in zip(model.maps(), vectors)]
            outputs = model(images[rows], norms)
            asked = 2**0.5 * OFFSET * functional.one_hot(classes[rows], 10)
            loss = functional.cross_entropy(TEMPERATURE * (outputs - asked), classes[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item() * len(rows)
        seconds = time.monotonic() - start
        print(f"epoch {epoch + 1:2}  loss {total / len(images):.4f}  {seconds:.0f} s", flush=True)


@torch.no_grad()
def divide_by_norms(model):
    """Puts the layers' norms into the weights: the stored network is the one that was trained."""
    for layer, shape in model.maps():
        with torch.enable_grad():
            vector = power_iteration(layer, torch.randn(1, *shape), 500)
        layer.weight /= apply(layer, vector).norm()


@torch.no_grad()
def report(model, images, classes):
    margin = margins(model(images), classes)
    print(f"test images  {len(classes)}")
    print(f"accuracy     {(margin > 0).double().mean().item():.4f}")
    for radius, text in RADII:
        share = (margin > 2**0.5 * radius).double().mean().item()
        print(f"at {text:>8}  {share:.4f}  by the product of the norms, unproved")


def main():
    folder = Path(sys.argv[1])
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    model = Shirts()
    train(model, *read(folder, "train"), int(sys.argv[2]) if len(sys.argv) > 2 else EPOCHS)
    divide_by_norms(model)
    save_file(model.state_dict(), MODEL)
    report(model, *read(folder, "t10k"))


if __name__ == "__main__":
    main()
