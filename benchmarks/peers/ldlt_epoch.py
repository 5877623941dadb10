"""What TrainingEpoch.java times lipc's trainer against: the LDLT-L network in PyTorch.

The construction is that of io.lipc.training.parameterization (CERTIFICATION, section 7), for relu: per layer the
strict contraction N = C^-1 V with C C' = V V' + (exp(alpha) + 2^-20) I; W = sqrt2 Lambda^-1/2 N G' with the factor
G = (2 Lambda)^1/2 a^1/2 C^-1 of the layer before; the last weight is L N G'. Weights are made once per step, and
autograd goes through Cholesky and the triangular solutions. Loss, Adam, cosine and batches are lipc's too.

Run by TrainingEpoch.java, which writes FOLDER: task.json and little-endian doubles of the samples, the parameters to
start from and the weights that lipc makes of them, which must come out here. Prints one line of JSON.

    /usr/bin/python3 ldlt_epoch.py FOLDER --dtype float64 --threads 2 --warm 3 --epochs 20
"""

import argparse
import json
import math
import pathlib
import time

import numpy
import torch
import torch.nn.functional as F

FLOOR = 2.0**-20


class Linear(torch.nn.Module):
    """The free parameters of a layer, in lipc's order; `hidden` layers have multipliers as well."""

    def __init__(self, flat, outputs, inputs, hidden):
        super().__init__()
        self.v = flat(outputs, inputs)
        self.alpha = flat()
        self.log_lambda = flat(outputs) if hidden else None
        self.bias = flat(outputs)
        self.register_buffer("identity", torch.eye(outputs))

    def contraction(self):
        """N, the factor C, and a."""
        shift = self.alpha.exp() + FLOOR
        factor = torch.linalg.cholesky(torch.addcmul(self.v @ self.v.T, shift, self.identity))
        return torch.linalg.solve_triangular(factor, self.v, upper=False), factor, shift


class Network(torch.nn.Module):
    """A chain of dense layers with relu between them, `bound`-Lipschitz in l2 for all parameters."""

    def __init__(self, parameters, widths, bound):
        super().__init__()
        taken = 0

        def flat(*shape):
            nonlocal taken
            part = parameters[taken : taken + math.prod(shape)].reshape(shape)
            taken += math.prod(shape)
            return torch.nn.Parameter(part.clone())

        last = len(widths) - 2
        self.layers = torch.nn.ModuleList(
            Linear(flat, widths[k + 1], widths[k], k < last) for k in range(last + 1)
        )
        assert taken == len(parameters)
        self.bound = bound

    def weights(self):
        made = []
        factor_times = None
        for layer in self.layers:
            n, factor, shift = layer.contraction()
            w = n if factor_times is None else factor_times(n.T).T
            if layer.log_lambda is None:
                made.append(self.bound * w)
            else:
                scale = math.sqrt(2) * torch.exp(-0.5 * layer.log_lambda)
                made.append(scale[:, None] * w)
                root = math.sqrt(2) * torch.exp(0.5 * layer.log_lambda) * shift.sqrt()
                factor_times = lambda x, c=factor, r=root: r[:, None] * torch.linalg.solve_triangular(c, x, upper=False)
        return made

    def forward(self, x):
        weights = self.weights()
        for layer, w in zip(self.layers[:-1], weights[:-1]):
            x = torch.relu(F.linear(x, w, layer.bias))
        return F.linear(x, weights[-1], self.layers[-1].bias)


def read(folder, name, dtype):
    return torch.from_numpy(numpy.fromfile(folder / name, dtype="<f8")).to(dtype)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("folder", type=pathlib.Path)
    arguments.add_argument("--dtype", choices=["float64", "float32"], default="float64")
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--warm", type=int, default=3)
    arguments.add_argument("--epochs", type=int, default=20)
    options = arguments.parse_args()
    dtype = getattr(torch, options.dtype)
    torch.set_default_dtype(dtype)
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)

    task = json.loads((options.folder / "task.json").read_text())
    features = read(options.folder, "features", dtype).reshape(-1, task["widths"][0])
    labels = read(options.folder, "labels", torch.float64).long()
    shift = task["offset"] * math.sqrt(2) * task["bound"]
    margins = F.one_hot(labels, task["widths"][-1]).to(dtype) * shift
    network = Network(read(options.folder, "parameters", dtype), task["widths"], task["bound"])
    with torch.no_grad():
        ours = torch.cat([w.flatten() for w in network.weights()])
        off = (ours - read(options.folder, "weights", dtype)).abs().max().item()

    adam = torch.optim.Adam(network.parameters(), lr=task["rate"], fused=True)
    total = options.warm + options.epochs
    seconds, cpu, steps, losses = [], [], [], []
    for epoch in range(total):
        start, cpu_start = time.perf_counter(), time.process_time()
        for group in adam.param_groups:
            group["lr"] = task["rate"] * (1 + math.cos(math.pi * epoch / total)) / 2
        order = torch.randperm(len(labels))
        loss_sum = 0.0
        for batch in order.split(task["batch"]):
            step_start = time.perf_counter()
            adam.zero_grad(set_to_none=True)
            logits = network(features[batch])
            loss = F.cross_entropy(task["temperature"] * (logits - margins[batch]), labels[batch])
            loss.backward()
            adam.step()
            loss_sum += loss.item() * len(batch)
            if epoch >= options.warm:
                steps.append(time.perf_counter() - step_start)
        seconds.append(time.perf_counter() - start)
        cpu.append(time.process_time() - cpu_start)
        losses.append(loss_sum / len(labels))
    print(
        json.dumps(
            {
                "seconds": seconds[options.warm :],
                "cpu": cpu[options.warm :],
                "steps": steps,
                "first": losses[0],
                "last": losses[-1],
                "off": off,
                "torch": torch.__version__,
            }
        )
    )


main()
