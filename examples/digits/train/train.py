#!/usr/bin/env python3
"""Trains the digits network with a large certified radius and writes it as safetensors.

Network: 64-32-32-10, relu, l2. Input: the 64 pixel counts of a row divided by 16, so in [0, 1].
Held out: the rows whose index, counted from 0, is a multiple of 3. Everything else is trained on.
"""

import json
import math
import struct
from pathlib import Path

import numpy as np
import torch

RESOURCES = Path(__file__).resolve().parent.parent / "src" / "main" / "resources"
DATA = RESOURCES / "digits8x8.csv"
MODEL = RESOURCES / "digits.safetensors"

LAYERS = (("h1", 64, 32), ("h2", 32, 32), ("logits", 32, 10))
PIXEL_MAX = 16
HELD_OUT_EVERY = 3
RADII = (0.1, 0.25, 0.5)

# The example declares the bound 1. The distance to it leaves room for the rounding to F32.
DECLARED_BOUND = 1.0
TARGET_BOUND = 0.995

# Tuned by two-fold cross-validation inside the training rows; the held-out rows took no part.
SEED = 1
STEPS = 4000
LEARNING_RATE = 0.01
WANTED_RADIUS = 0.4
NOISE = 0.15


def read_rows():
    """Inputs (1797 x 64, in [0, 1]), classes (1797), and the mask of the held-out rows."""
    rows = np.loadtxt(DATA, delimiter=",")
    inputs = torch.tensor(rows[:, :-1] / PIXEL_MAX)
    classes = torch.tensor(rows[:, -1], dtype=torch.int64)
    held_out = torch.arange(len(rows)) % HELD_OUT_EVERY == 0
    return inputs, classes, held_out


def spectral_norm(matrix):
    return torch.linalg.matrix_norm(matrix, 2)


def norm_product(weights):
    """The product of the spectral norms, which is what the method NormProduct proves."""
    return math.prod(spectral_norm(w) for w in weights)


def layerwise_lmi(weights):
    """What the method LayerwiseLmi proves for a relu chain: one greedy multiplier per layer.

    With pivot D (first I) and Y = W D^-1 W', the multiplier 1 / ||Y|| leaves the next pivot
    2 lambda I - lambda^2 Y >= lambda I. It is never worse than the product, and it is better where
    a layer's weak directions are the ones that the next layer amplifies.
    """
    pivot = torch.eye(weights[0].shape[1])
    for w in weights[:-1]:
        y = w @ torch.linalg.solve(pivot, w.T)
        multiplier = 1 / spectral_norm(y)
        pivot = 2 * multiplier * torch.eye(len(w)) - multiplier**2 * (y + y.T) / 2
    last = weights[-1]
    return torch.sqrt(spectral_norm(last @ torch.linalg.solve(pivot, last.T)))


def logits(weights, biases, inputs):
    values = inputs
    for w, b in zip(weights[:-1], biases[:-1]):
        values = torch.relu(values @ w.T + b)
    return values @ weights[-1].T + biases[-1]


def margins(outputs, classes):
    """The logit of the true class less the largest other one; positive: classified correctly."""
    true = outputs.gather(1, classes[:, None])
    others = outputs.scatter(1, classes[:, None], -math.inf)
    return true[:, 0] - others.amax(1)


def certified_radii(margin, bound):
    """No l2 change smaller than this moves the class: y_c - y_j is sqrt(2) * bound Lipschitz."""
    return margin / (math.sqrt(2) * bound)


def train(inputs, classes):
    """Full-batch Adam on the hinge loss of the certified radius.

    The bound stands inside the loss and is differentiated, so that the margin and the bound are
    traded against each other; no layer has to be constrained.
    """
    generator = torch.Generator().manual_seed(SEED)
    weights = [torch.empty(rows, columns) for _, columns, rows in LAYERS]
    for w in weights:
        torch.nn.init.orthogonal_(w, generator=generator)
        w.requires_grad_()
    biases = [torch.zeros(rows, requires_grad=True) for _, _, rows in LAYERS]
    optimizer = torch.optim.Adam(weights + biases, LEARNING_RATE)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, STEPS)
    for _ in range(STEPS):
        noisy = inputs + NOISE * torch.randn(inputs.shape, generator=generator)
        margin = margins(logits(weights, biases, noisy), classes)
        loss = torch.relu(WANTED_RADIUS - certified_radii(margin, layerwise_lmi(weights))).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
    return [w.detach() for w in weights], [b.detach() for b in biases]


def normalize(weights, biases):
    """The same classifier with hidden layers of norm 1 and LayerwiseLmi bound TARGET_BOUND.

    relu is positively homogeneous, so a layer's scale can be moved to the layers behind it.
    """
    scaled_weights, scaled_biases, scale = [], [], 1.0
    for w, b in zip(weights[:-1], biases[:-1]):
        norm = spectral_norm(w)
        scale = scale / norm
        scaled_weights.append(w / norm)
        scaled_biases.append(b * scale)
    factor = TARGET_BOUND / layerwise_lmi(scaled_weights + [weights[-1]])
    return scaled_weights + [weights[-1] * factor], scaled_biases + [biases[-1] * scale * factor]


def write_safetensors(path, tensors):
    """Little-endian header length, JSON header padded with blanks to 8 bytes, tensors by name."""
    header, payload = {}, b""
    for name in sorted(tensors):
        data = tensors[name].numpy().astype("<f4")
        span = [len(payload), len(payload) + data.nbytes]
        header[name] = {"dtype": "F32", "shape": list(data.shape), "data_offsets": span}
        payload += data.tobytes()
    text = json.dumps(header, separators=(",", ":")).encode("ascii")
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + payload)


def report(weights, biases, inputs, classes):
    margin = margins(logits(weights, biases, inputs), classes)
    print(f"held-out rows      {len(classes)}")
    print(f"accuracy           {(margin > 0).double().mean().item():.4f}")
    print("layer norms        " + " ".join(f"{spectral_norm(w).item():.6f}" for w in weights))
    print("certified accuracy at eps      " + "".join(f"{eps:>8}" for eps in RADII))
    bounds = (
        ("NormProduct", norm_product(weights).item()),
        ("LayerwiseLmi", layerwise_lmi(weights).item()),
        ("declared", DECLARED_BOUND),
    )
    for name, bound in bounds:
        radii = certified_radii(margin, bound)
        shares = [(radii > eps).double().mean().item() for eps in RADII]
        print(f"{name:<13}bound {bound:.6f}   " + "".join(f"{share:8.4f}" for share in shares))


def main():
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    inputs, classes, held_out = read_rows()
    weights, biases = normalize(*train(inputs[~held_out], classes[~held_out]))
    # What is stored is what is measured.
    weights = [w.float().double() for w in weights]
    biases = [b.float().double() for b in biases]
    tensors = {}
    for (name, _, _), w, b in zip(LAYERS, weights, biases):
        tensors[f"{name}.weight"] = w
        tensors[f"{name}.bias"] = b
    write_safetensors(MODEL, tensors)
    report(weights, biases, inputs[held_out], classes[held_out])


if __name__ == "__main__":
    main()
