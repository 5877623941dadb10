"""What SDP-CROWN certifies at an l2 radius, of its own networks at its own points, and an attack at the same points.

    python3 benchmarks/peers/sdp_crown.py FOLDER MODEL RADIUS POINTS ANSWERS

FOLDER is SDP-CROWN's repository with its code (`Early release of the SDP-CROWN source code`, October 2025), MODEL
mnist_mlp or mnist_convsmall, POINTS how many of its 200 points are looked at, the first ones, ANSWERS a file with a
line for each of them: its number, the least bound of a margin, seconds. A point that the file has is not asked again.
On one thread, seconds are a processor's. The exit status is 1 if the attack reaches a point that is certified.
"""

import importlib.util
import os
import statistics
import sys
import time
import types
from pathlib import Path

import torch

STEPS = 40
STARTS = 2


def stand_ins():
    """auto_LiRPA imports packages for its folders, drawings and progress, which nothing here uses."""
    for name, member in (("appdirs", "user_data_dir"), ("graphviz", "Digraph"), ("tqdm", "tqdm")):
        if importlib.util.find_spec(name) is None:
            sys.modules[name] = types.ModuleType(name)
            setattr(sys.modules[name], member, lambda name: name)


def everything(folder, name, points=200):
    """The network, and the first of the points, with their classes; the working folder is the repository from here on."""
    stand_ins()
    os.chdir(folder)
    sys.path.insert(0, os.getcwd())
    from utils import load_model_and_dataset

    wanted = types.SimpleNamespace(model=name, radius=0.0, start=0, end=points)
    model, images, labels, _, _ = load_model_and_dataset(wanted, torch.device("cpu"))
    for parameter in model.parameters():
        parameter.requires_grad_(False)
    return model, images, labels


def read(folder, name, points):
    """The network, and those of the points that it classifies rightly, by their numbers."""
    model, images, labels = everything(folder, name, points)
    right = (model(images).argmax(1) == labels).nonzero().flatten()
    return model, images[right], labels[right], right.tolist()


def certified(model, image, label, radius):
    """The least bound of a margin, as `sdp_crown.py` asks for it by default."""
    from auto_LiRPA import BoundedModule, BoundedTensor
    from auto_LiRPA.perturbations import PerturbationLpNorm
    from utils import build_C

    image, label = image.unsqueeze(0), label.unsqueeze(0)
    ball = PerturbationLpNorm(norm=2.0, eps=radius, x_L=torch.zeros_like(image), x_U=torch.ones_like(image))
    inputs = BoundedTensor(image, ball)
    bounded = BoundedModule(model, inputs, device=image.device, verbose=0)
    bounded.set_bound_opts({"optimize_bound_args": {
        "iteration": 300, "lr_alpha": 0.5, "early_stop_patience": 20, "fix_interm_bounds": False,
        "enable_opt_interm_bounds": True, "enable_SDP_crown": True, "lr_lambda": 0.05}})
    lower, _ = bounded.compute_bounds(
        x=(inputs,), method="CROWN-Optimized", C=build_C(label, 10), bound_lower=True, bound_upper=False)
    return lower.min().item()


def answers(out, model, images, labels, numbers, radius):
    """For each point the least margin's bound and the seconds that it took."""
    known = {}
    if out.exists():
        for line in out.read_text().splitlines():
            number, bound, seconds = line.split(",")
            known[int(number)] = float(bound), float(seconds)
    for image, label, number in zip(images, labels, numbers):
        if number not in known:
            start = time.process_time()
            bound = certified(model, image, label, radius)
            known[number] = bound, time.process_time() - start
            with out.open("a") as file:
                file.write("%d,%r,%r\n" % (number, *known[number]))
    return [known[number] for number in numbers]


def margin(model, x, labels):
    y = model(x)
    own = y.gather(1, labels[:, None])
    return (own - y.scatter(1, labels[:, None], -torch.inf).amax(1, keepdim=True)).flatten()


def attacked(model, images, labels, radii):
    """Whether steps along the gradient find an image of another class, for each ball intersected with [0, 1]."""
    found = torch.zeros(len(images), dtype=torch.bool)
    shape = (-1, 1, 1, 1)
    r = radii.reshape(shape)
    for _ in range(STARTS):
        x = images + r * torch.randn_like(images) / images[0].numel() ** 0.5
        for step in range(STEPS):
            x = x.clamp(0, 1).requires_grad_()
            m = margin(model, x, labels)
            d = (x - images).flatten(1).norm(dim=1)
            found |= (m < 0) & (d <= radii * (1 + 1e-6))
            gradient, = torch.autograd.grad(m.sum(), x)
            size = gradient.flatten(1).norm(dim=1).clamp_min(1e-12).reshape(shape)
            d = (x - r * 0.3 * (1 - step / STEPS) * gradient / size).detach() - images
            x = images + d * (r / d.flatten(1).norm(dim=1).clamp_min(1e-12).reshape(shape)).clamp_max(1)
    return found


def main():
    folder, name, radius, points, out = sys.argv[1:]
    radius, points, out = float(radius), int(points), Path(out).resolve()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    model, images, labels, numbers = read(folder, name, points)
    theirs = answers(out, model, images, labels, numbers, radius)
    reached = attacked(model, images, labels, torch.full((len(images),), radius)).tolist()
    yes = [bound >= 0 for bound, _ in theirs]
    seconds = [took for _, took in theirs]
    print("of %d points %d are classified rightly, %d not reached by the attack, %d certified"
          % (points, len(yes), len(yes) - sum(reached), sum(yes)))
    print("seconds a point: %.1f (%.1f to %.1f)" % (statistics.mean(seconds), min(seconds), max(seconds)))
    sys.exit(1 if any(map(min, zip(yes, reached))) else 0)


if __name__ == "__main__":
    main()
