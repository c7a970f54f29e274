"""How fast the engine is: ``python benchmarks/engine.py [--rounds N] [--nets 1-1 5x25 ...] [--json FILE]``.

Times are CPU time of one thread, medians of rounds in which all nets take turns, so that a busy moment of the machine
meets them alike; threads and start-up are wall time. Two references:

* `numpy`: the independent engine of the tests (tests/engine/oracle.py), float64, in the same run;
* `Leabra7`: the original 0.1.0 (PyTorch, one thread) on a 2-core x86-64 machine: CPU time, measured once
  for this project and given here as constants. Ratios against it hold to about 30 %.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import leabra_studio as lb  # noqa: E402  # the checkout first, wherever this is started
from tests.engine.oracle import OracleNet  # noqa: E402  # likewise

MINUS, PLUS = 75, 25

UP = [(i, i + 1) for i in range(4)]
BOTH_WAYS = UP + [(i + 1, i) for i in range(1, 4)]  # nothing runs back into the input layer
NETS: dict[str, tuple[list[int], list[tuple[int, int]]]] = {
    "1-1": ([1, 1], [(0, 1)]),
    "4-4-2": ([4, 4, 2], [(0, 1), (1, 2), (2, 1)]),
    "36-23-3": ([36, 23, 3], [(0, 1), (1, 2), (2, 1)]),
    **{f"5x{n}": ([n] * 5, BOTH_WAYS) for n in (25, 100, 625, 1024)},
}

LEABRA7_US = {
    "1-1": {"cycle": 745, "trial": 61_700},
    "4-4-2": {"cycle": 1325, "trial": 129_500},
    "36-23-3": {"cycle": 1784, "trial": 171_500},
    "5x25": {"cycle": 3520, "trial": 495_600},
    "5x100": {"cycle": 4063, "trial": 340_700},
    "5x625": {"cycle": 4960, "trial": 919_000},
    "5x1024": {"cycle": 7877, "trial": 1_595_000},
}
WANTED = {"1-1": 1000, "4-4-2": 1000, "36-23-3": 500, "5x25": 300, "5x100": 50, "5x625": 5, "5x1024": 4}


def build(name: str, seed: int = 1, **layer_values: Any) -> lb.Net:
    """Return one of the nets, weights drawn from Uniform(0.25, 0.75)."""
    sizes, ends = NETS[name]
    net = lb.Net(seed=seed)
    for i, size in enumerate(sizes):
        net.new_layer(f"l{i}", size, lb.LayerSpec(**layer_values))
    for pre, post in ends:
        rel = 1.0 if pre < post else 0.3
        spec = lb.ProjnSpec(dist=lb.Uniform(0.25, 0.75), wt_scale_rel=rel)
        net.new_projn(f"l{pre}_to_l{post}", f"l{pre}", f"l{post}", spec)
    return net


def patterns(net: lb.Net) -> tuple[Any, Any]:
    """Return an input and a target for the first and the last layer: half of the units, at random."""
    rng = np.random.default_rng(0)
    first, last = net.unit_slice(net.layer_names[0]), net.unit_slice(net.layer_names[-1])
    a, b = (rng.permutation(np.arange(s.stop - s.start) % 2 == 0).astype(float) for s in (first, last))
    return a, b


def trial(net: lb.Net, pattern: Any, target: Any) -> None:
    """Run a trial as a Leabra7 program does: seven calls."""
    first, last = net.layer_names[0], net.layer_names[-1]
    net.clamp_layer(first, pattern)
    net.minus_phase_cycle(MINUS)
    net.clamp_layer(last, target)
    net.plus_phase_cycle(PLUS)
    net.unclamp_layer(first)
    net.unclamp_layer(last)
    net.learn()


def oracle_trial(net: OracleNet, pattern: Any, target: Any) -> None:
    """Run the same trial on the engine in numpy."""
    layers = list(net.layers.values())
    layers[0].clamp(pattern)
    net.cycle(MINUS)
    net.end_minus()
    layers[-1].clamp(target)
    net.cycle(PLUS)
    net.end_plus()
    layers[0].clamped = layers[-1].clamped = False
    net.learn()


def micros(call: Callable[[], object], times: int) -> float:
    """Return the CPU time of one call in microseconds, averaged over `times` calls."""
    start = time.thread_time_ns()
    for _ in range(times):
        call()
    return (time.thread_time_ns() - start) / 1e3 / times


def timed(name: str) -> dict[str, Callable[[], float]]:
    """Return what is measured of one net: by name, a function that gives microseconds."""
    net, stepped, oracle = build(name), build(name), OracleNet(build(name))
    pattern, target = patterns(net)
    for each in (net, stepped):
        trial(each, pattern, target)
    stepped.clamp_layer("l0", pattern)
    span = 1000 if sum(NETS[name][0]) < 200 else 20
    few = 5 if sum(NETS[name][0]) < 200 else 1
    return {
        "cycle": lambda: micros(lambda: stepped.cycle(span), 1) / span,
        "cycle(1)": lambda: micros(stepped.cycle, span),
        "trial": lambda: micros(lambda: trial(net, pattern, target), few),
        "learn": lambda: micros(net.learn, few),
        "numpy trial": lambda: micros(lambda: oracle_trial(oracle, pattern, target), 1),
    }


def speed(names: list[str], rounds: int) -> dict[str, dict[str, float]]:
    """Return the median microseconds of everything that is timed, net by net."""
    plans = {name: timed(name) for name in names}
    found: dict[str, dict[str, list[float]]] = {name: {what: [] for what in plan} for name, plan in plans.items()}
    for _ in range(rounds):
        for name, plan in plans.items():
            for what, measure in plan.items():
                found[name][what].append(measure())
    return {name: {what: statistics.median(values) for what, values in each.items()} for name, each in found.items()}


def logging_cost(name: str, rounds: int) -> float:
    """Return how many times longer 200 cycles take when every unit variable is logged in each."""
    every = {"log_on_cycle": lb.variables.LAYER_PARTS}
    nets = [build(name), build(name, **every)]
    ratios = []
    for net in nets:
        net.clamp_layer("l0", patterns(net)[0])
        net.cycle(200)
    for _ in range(rounds):
        off, on = (micros(lambda net=net: net.cycle(200), 5) for net in nets)
        nets[1].reset()
        ratios.append(on / off)
    return statistics.median(ratios)


def threads(name: str, rounds: int) -> float:
    """Return how many times faster two nets run in two threads than one after the other (wall time)."""
    nets = [build(name, seed) for seed in (1, 2)]
    pattern, target = patterns(nets[0])
    trials = max(1, int(200_000 / (LEABRA7_US[name]["trial"] / WANTED[name])))

    def work(net: lb.Net) -> None:
        for _ in range(trials):
            trial(net, pattern, target)

    ratios = []
    for _ in range(rounds):
        start = time.perf_counter()
        for net in nets:
            work(net)
        alone = time.perf_counter() - start
        pair = [threading.Thread(target=work, args=(net,)) for net in nets]
        start = time.perf_counter()
        for thread in pair:
            thread.start()
        for thread in pair:
            thread.join()
        ratios.append(alone / (time.perf_counter() - start))
    return statistics.median(ratios)


def bytes_per_connection(spec: lb.ProjnSpec) -> float:
    """Return what a connection between two layers of 1000 units takes."""
    net = lb.Net(seed=1)
    net.new_layer("a", 1000)
    net.new_projn("p", "a", "a", spec)
    state = net._state
    return float((state.weights.nbytes + state.wiring.nbytes) / state.weights.shape[1])


def in_a_new_process(code: str, **env: str) -> float:
    """Return the seconds of CPU time that a piece of Python takes, the interpreter's own start left out."""
    program = f"import time; t = time.process_time(); {code}; print(time.process_time() - t)"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env={**os.environ, **env}, capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def start_up() -> dict[str, float]:
    """Return the seconds that starting takes: importing, and all kernels with and without what is cached on disk."""
    compile_all = "from leabra_studio.engine import warm; warm.run_once()"
    in_a_new_process(compile_all)
    with tempfile.TemporaryDirectory() as empty:
        cold = in_a_new_process(compile_all, NUMBA_CACHE_DIR=empty)
    return {
        "import leabra_studio": in_a_new_process("import leabra_studio"),
        "import with Net": in_a_new_process("import leabra_studio as lb; lb.Net"),
        "import and all kernels, cached": in_a_new_process(compile_all),
        "import and all kernels, compiled": cold,
    }


def show(title: str, heads: list[str], rows: list[list[str]]) -> None:
    """Print a table."""
    widths = [max(len(row[i]) for row in [heads, *rows]) for i in range(len(heads))]
    print(f"\n{title}")
    for row in [heads, *rows]:
        print("  " + "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)))


def show_speed(found: dict[str, dict[str, float]]) -> None:
    """Print times and ratios of all nets."""
    heads = ["net", "us/cycle", "us/cycle(1)", "us/trial", "us/learn", "numpy/ours", "Leabra7/ours", "wanted"]
    rows = []
    for name, us in found.items():
        ratio = LEABRA7_US[name]["trial"] / us["trial"]
        times = [f"{us[what]:.2f}" for what in ("cycle", "cycle(1)", "trial", "learn")]
        rows.append([name, *times, f"{us['numpy trial'] / us['trial']:.0f}", f"{ratio:.0f}", f"{WANTED[name]}"])
    show(f"CPU time in us; a trial is {MINUS} + {PLUS} cycles, clamping and learning", heads, rows)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=5, help="rounds that medians are taken over (5)")
    parser.add_argument("--nets", nargs="+", choices=NETS, default=list(NETS), help="the nets (all)")
    parser.add_argument("--json", type=Path, help="write the figures to this file, too")
    args = parser.parse_args()

    figures: dict[str, Any] = {"speed": speed(args.nets, args.rounds)}
    show_speed(figures["speed"])
    if "36-23-3" in args.nets:
        seconds = figures["speed"]["36-23-3"]["trial"] * 500 * 120 / 1e6
        print(f"\n500 epochs of 120 trials on 36-23-3 (the training of IRIS): {seconds:.1f} s (60 wanted)")
    some = [name for name in args.nets if name in ("1-1", "36-23-3", "5x25", "5x100")]
    figures["logging"] = {name: logging_cost(name, args.rounds) for name in some}
    show(
        "Logging all 15 unit variables every cycle: times of not logging (3 wanted)",
        some,
        [[f"{ratio:.2f}" for ratio in figures["logging"].values()]],
    ) if some else None
    pairs = [name for name in args.nets if name in ("36-23-3", "5x100", "5x625")]
    figures["threads"] = {name: threads(name, args.rounds) for name in pairs}
    show(
        "Two nets in two threads: times as fast as one after the other (1.7 wanted on two free cores)",
        pairs,
        [[f"{ratio:.2f}" for ratio in figures["threads"].values()]],
    ) if pairs else None
    figures["bytes"] = {
        "full": bytes_per_connection(lb.ProjnSpec()),
        "half of them": bytes_per_connection(lb.ProjnSpec(sparsity=0.5)),
        "one_to_one": bytes_per_connection(lb.ProjnSpec(projn_type="one_to_one")),
    }
    show("Bytes per connection", list(figures["bytes"]), [[f"{n:.1f}" for n in figures["bytes"].values()]])
    figures["seconds"] = start_up()
    show(
        "Starting, seconds of CPU time (compiled: 15 wanted)",
        list(figures["seconds"]),
        [[f"{seconds:.2f}" for seconds in figures["seconds"].values()]],
    )
    if args.json:
        args.json.write_text(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
