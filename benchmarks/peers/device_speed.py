"""The networks of io.lipc.kernels.DeviceSpeed in PyTorch, on the same device.

    python3 benchmarks/peers/device_speed.py cuda|cpu BATCHES RUNS

BATCHES as in 1,64,1024. Prints rows of name, batch, milliseconds of the kernels, milliseconds from a NumPy array to another one;
the fastest of RUNS each. Products are of FP32: TF32 is off, for convolutions as well. On a GPU the kernels are timed by events of CUDA.
"""

import platform
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F


class Resnet(nn.Module):
    def __init__(self):
        super().__init__()

        def conv(inputs, outputs, kernel=3, stride=1):
            return nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2)

        self.c1, self.c2, self.c3 = conv(3, 16), conv(16, 16), conv(16, 16)
        self.c4, self.c5, self.c6 = conv(16, 32, 3, 2), conv(32, 32), conv(16, 32, 1, 2)
        self.c7, self.c8, self.y = conv(32, 32), conv(32, 32), nn.Linear(32, 10)

    def forward(self, x):
        a = F.relu(self.c1(x.view(-1, 3, 32, 32)))
        d = F.relu(self.c3(F.relu(self.c2(a))) + a)
        h = F.relu(self.c5(F.relu(self.c4(d))) + self.c6(d))
        k = F.relu(self.c8(F.relu(self.c7(h))) + h)
        return self.y(k.mean((2, 3)))


def dense(*widths):
    layers = []
    for inputs, outputs in zip(widths, widths[1:]):
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


NETWORKS = [
    ("784-512-512-10", 784, lambda: dense(784, 512, 512, 10)),
    ("3072-1024x4-10", 3072, lambda: dense(3072, 1024, 1024, 1024, 1024, 10)),
    ("resnet 3x32x32", 3072, Resnet),
]


def kernels(network, x, cuda):
    """Milliseconds of a forward pass whose input is there."""
    if not cuda:
        start = time.perf_counter()
        network(x)
        return 1e3 * (time.perf_counter() - start)
    start, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
    start.record()
    network(x)
    end.record()
    end.synchronize()
    return start.elapsed_time(end)


def call(network, array, device):
    start = time.perf_counter()
    network(torch.from_numpy(array).to(device)).cpu().numpy()
    return 1e3 * (time.perf_counter() - start)


def main():
    device, batches, runs = sys.argv[1], [int(b) for b in sys.argv[2].split(",")], int(sys.argv[3])
    cuda = device == "cuda"
    torch.manual_seed(0)
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = False
    torch.backends.cudnn.benchmark = True
    name = torch.cuda.get_device_name() if cuda else f"{platform.machine()}, {torch.get_num_threads()} threads"
    print(f"# PyTorch {torch.__version__}, eager, FP32 without TF32, on {device}: {name}")
    with torch.no_grad():
        for title, inputs, make in NETWORKS:
            network = make().eval().to(device)
            for batch in batches:
                array = torch.rand(batch, inputs).mul(2).sub(1).numpy()
                x = torch.from_numpy(array).to(device)
                for _ in range(5):
                    call(network, array, device)
                fastest = min(kernels(network, x, cuda) for _ in range(runs))
                whole = min(call(network, array, device) for _ in range(runs))
                print(f"{title},{batch},{fastest:.4f},{whole:.4f}", flush=True)


if __name__ == "__main__":
    main()
