"""Bounds from l2 to l2 on the reference boxes, by the closed form of ECLipsE-Gen-Local's own Python code.

    python3 benchmarks/peers/eclipse_local.py FOLDER DATA

FOLDER is the repository ECLipsE with `src/eclipse_nn`; DATA as for benchmarks/LocalTable.java. The boxes are those of
networks with relu. A bound below what is known of the constant ends the program with 1. On one thread, seconds are a
processor's. The variants Fast and Acc ask cvxpy's solver SCS, and are not run.
"""

import contextlib
import importlib.util
import io
import json
import sys
import time
import types
from pathlib import Path

import numpy as np


def stand_ins():
    """The repository imports cvxpy for its other variants and scipy for silu, neither of which is asked for here."""
    if importlib.util.find_spec("cvxpy") is None:
        sys.modules["cvxpy"] = types.ModuleType("cvxpy")
    if importlib.util.find_spec("scipy") is None:
        sys.modules["scipy"] = types.ModuleType("scipy")
        sys.modules["scipy.optimize"] = types.SimpleNamespace(fminbound=None)


def nnet(file):
    """Weights and biases of a file of ACAS Xu, its scaling left out, as LocalTable.java leaves it out."""
    lines = [line for line in file.read_text().splitlines() if not line.startswith("//")]
    sizes = [int(size) for size in lines[1].split(",") if size.strip()]
    rows = iter([float(x) for x in line.split(",") if x.strip()] for line in lines[7:])
    layers = []
    for size in sizes[1:]:
        weight = np.array([next(rows) for _ in range(size)])
        layers.append((weight, np.array([next(rows)[0] for _ in range(size)])))
    return [w for w, _ in layers], [b for _, b in layers]


def network(data, case):
    if case["net"].endswith(".nnet"):
        return nnet(data / case["net"])
    source = case if case["net"] == "inline" else json.loads((data / case["net"]).read_text())
    return [np.array(w) for w in source["weights"]], [np.array(b) for b in source["biases"]]


def main():
    folder, data = Path(sys.argv[1]), Path(sys.argv[2])
    stand_ins()
    sys.path.insert(0, str(folder / "src"))
    from eclipse_nn import LipConstEstimator

    print("| box | known | closed form | over | s |")
    print("|---|---|---|---|---|")
    fails = False
    for case in json.loads((data / "local" / "refs.json").read_text())["cases"]:
        if case["activation"] != "relu":
            continue
        weights, biases = network(data, case)
        lower, upper = np.array(case["lower"]), np.array(case["upper"])
        known = case["results"]["l2"]
        least = known.get("value", known.get("lower"))
        most = known.get("value", known.get("upper"))
        start = time.process_time()
        with contextlib.redirect_stdout(io.StringIO()):
            estimator = LipConstEstimator(weights=weights, biases=biases)
            bound = estimator.estimate_gen_local((lower + upper) / 2, np.max(upper - lower) / 2, "relu", "CF")
        took = time.process_time() - start
        bound = float(np.real(bound))
        words = "%.5g" % least if most <= least * (1 + 2e-4) else "%.4g to %.4g" % (least, most)
        print("| %s | %s | %.4g | %.4g | %.2f |" % (case["id"], words, bound, bound / least, took), flush=True)
        fails |= not bound >= least * (1 - 1e-4)
    sys.exit(1 if fails else 0)


if __name__ == "__main__":
    main()
