"""Two neurons: what happens inside a unit that is driven hard (figure 1 of the Leabra7 paper).

One unit is clamped and excites a second one through a weight of 0.5. The net input of the second rises, its potential
climbs over the threshold again and again, and inhibition and fatigue catch up with it.

The weight is fixed, so all seeds give the same run; --jitter draws it from an interval around 0.5 instead. An epoch is
one sweep of --cycles cycles; nothing is set back between sweeps.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go
from shared import figures, runs
from shared.training import Tick, nothing

import leabra_studio as lb

NAME = "two_neurons"
WEIGHT = 0.5
LOGGED = ("unit_v_m", "unit_act", "unit_i_net", "unit_net", "unit_gc_i", "unit_adapt", "unit_spike")
SHOWN_CYCLES = (0, 1, 9, 19, 49, 99, 199)
COLOURS = {
    "v_m": "#0072B2",
    "act": "#D55E00",
    "i_net": "#2C86BC",
    "net": "#B87800",
    "gc_i": "#009E73",
    "adapt": "#B0527F",
}


def build(seed: int = 1, jitter: float = 0.0) -> lb.Net:
    """Return the network with its input clamped.

    Parameters
    ----------
    seed : int
        Seed of the net; without jitter nothing in it is random.
    jitter : float
        How far the weight may be from 0.5, below 0.5.
    """
    net = lb.Net(seed)
    spec = lb.LayerSpec(log_on_cycle=LOGGED)
    net.new_layer("input", 1, spec)
    net.new_layer("output", 1, spec)
    weight = lb.Uniform(WEIGHT - jitter, WEIGHT + jitter) if jitter else lb.Scalar(WEIGHT)
    net.new_projn("proj1", "input", "output", lb.ProjnSpec(dist=weight))
    net.clamp_layer("input", [1.0])
    return net


def run(net: lb.Net, cycles: int = 200, epochs: int = 1, *, tick: Tick = nothing) -> pd.DataFrame:
    """Run the network and return the output unit's log: one row a cycle, ``time`` and the variables logged."""
    for _ in range(epochs):
        net.cycle(cycles)
        tick(1)
    parts = net.logs("cycle", "output").parts
    return parts.drop(columns="unit")


def figure(log: pd.DataFrame) -> go.Figure:
    """Return figure 1: the variables of the unit over the cycles, and its spikes as marks above them."""
    drawn = go.Figure()
    for name, colour in COLOURS.items():
        line = {"color": colour, "width": 2, "dash": "dot" if name == "i_net" else "solid"}
        drawn.add_scatter(x=log["time"], y=log[name], name=name, mode="lines", line=line)
    spikes = log["time"][log["spike"] == 1]
    mark = {"symbol": "line-ns", "size": 9, "line": {"color": figures.TEXT, "width": 1.5}}
    drawn.add_scatter(x=spikes, y=[1.06] * len(spikes), name="spike", mode="markers", marker=mark)
    drawn.update_xaxes(title="cycle")
    return figures.plain(drawn, "A driven unit: net input, potential, activation, inhibition and fatigue")


def measures(log: pd.DataFrame) -> dict[str, float]:
    """Return the figures of one run that a table compares."""
    spikes = log["time"][log["spike"] == 1]
    last = log.iloc[-1]
    return {
        "spikes": len(spikes),
        "first_spike": spikes.min(),
        "peak_act": log["act"].max(),
        "last_act": last["act"],
        "last_adapt": last["adapt"],
    }


def main(argv: Sequence[str] | None = None) -> None:
    """Run the program."""
    parser = runs.command_line(__doc__, epochs=1)
    parser.add_argument("--cycles", type=runs.whole(1, 1_000_000), default=200, help="cycles of a sweep (default: 200)")
    parser.add_argument(
        "--jitter", type=float, default=0.0, help="largest distance of the weight from 0.5 (default: 0)"
    )
    options = runs.read(parser, argv)
    if not 0.0 <= options.jitter < WEIGHT:
        parser.error(f"--jitter: must be at least 0 and below {WEIGHT} (got {options.jitter:g})")

    def one(seed: int, tick: Tick) -> pd.DataFrame:
        return run(build(seed, options.jitter), options.cycles, options.epochs, tick=tick)

    logs = runs.run_all(one, options)
    first = logs[options.seed]
    if options.seeds == 1:
        print(runs.table(first[first["time"].isin(SHOWN_CYCLES)], index=False))
    print(runs.table(runs.summary(pd.DataFrame([measures(log) for log in logs.values()]))))
    runs.save(options, NAME, runs.together(logs), figure(first))


if __name__ == "__main__":
    main()
