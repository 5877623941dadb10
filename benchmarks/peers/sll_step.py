"""Steps of training in PyTorch: a residual network of images, whose weights are made of its free parameters once per step.

    python3 benchmarks/peers/sll_step.py THREADS float32|float64 [STEPS]

Prints the median and the 5 % quantile of a step of 128 images, in milliseconds: weights, forward, backward and fused Adam.
"""

import sys
import time

import torch
import torch.nn.functional as F


def orthonormal(v):
    """Rows or columns, whichever are fewer, by Cayley."""
    wide = v.shape[0] < v.shape[1]
    v = v.T if wide else v
    n = v.shape[1]
    u, w = v[:n], v[n:]
    a = u - u.T + w.T @ w
    i = torch.eye(n, dtype=v.dtype)
    q = torch.cat([torch.linalg.solve(i + a, i - a), -2 * w @ torch.linalg.inv(i + a)])
    return q.T if wide else q


def block(x, w, q, b):
    """x - 2 adj(W) T^-1 relu(W x + b), T the weighted sums of absolute autocorrelations."""
    r = F.conv2d(w, w, padding=2).abs().sum((2, 3))
    t = r @ q.exp() / q.exp()
    h = F.relu(F.conv2d(x, w, b, padding=1)) * (2 / t)[:, None, None]
    return x - F.conv_transpose2d(h, w, padding=1)


def maxmin(x):
    a, b = x[:, 0::2], x[:, 1::2]
    return torch.stack([torch.maximum(a, b), torch.minimum(a, b)], 2).flatten(1, 2)


def main():
    torch.set_num_threads(int(sys.argv[1]))
    dtype = getattr(torch, sys.argv[2])
    steps = int(sys.argv[3]) if len(sys.argv) > 3 else 60
    torch.manual_seed(0)

    def parameter(*shape):
        return torch.nn.Parameter(torch.randn(*shape, dtype=dtype) / (shape[-1] if len(shape) > 1 else 10))

    s1, s2 = parameter(16, 4), parameter(32, 64)
    d1, d2 = parameter(64, 1568), parameter(10, 64)
    biases = [parameter(k) for k in (16, 32, 64, 10)]
    blocks = [(parameter(c, c, 3, 3), parameter(c), parameter(c)) for c in (16, 16, 32)]
    free = [s1, s2, d1, d2, *biases, *(p for triple in blocks for p in triple)]
    adam = torch.optim.Adam(free, lr=1e-3, fused=True)
    x = torch.rand(128, 1, 28, 28, dtype=dtype)
    labels = torch.randint(0, 10, (128,))
    times = []
    for _ in range(steps):
        start = time.perf_counter()
        y = F.conv2d(x, orthonormal(s1).reshape(16, 1, 2, 2), biases[0], stride=2)
        y = block(block(y, *blocks[0]), *blocks[1])
        y = F.conv2d(maxmin(y), orthonormal(s2).reshape(32, 16, 2, 2), biases[1], stride=2)
        y = block(y, *blocks[2]).flatten(1)
        y = F.linear(maxmin(F.linear(y, orthonormal(d1), biases[2])), orthonormal(d2), biases[3])
        adam.zero_grad()
        F.cross_entropy(8 * y, labels).backward()
        adam.step()
        times.append(1e3 * (time.perf_counter() - start))
    times = sorted(times[steps // 4 :])
    print(f"{torch.__version__} {dtype} {torch.get_num_threads()} threads: median {times[len(times) // 2]:.1f} ms, 5 % {times[len(times) // 20]:.1f} ms")


main()
