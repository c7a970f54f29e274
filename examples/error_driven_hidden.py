"""Error-driven hidden: a task that needs a hidden layer and feedback to it (figure 3 of the Leabra7 paper).

Every input unit is on once for each answer, so no input speaks for either: only pairs of units tell. A weak projection
from the output back to the hidden layer tells that layer the outcome in the plus phase.

Feedback makes the network sensitive: late in training a tiny weight change throws an answer over, and the loss jumps
up and down. A rate that is high at first and low at the end keeps what was learnt, for example
--lrate 0.08 --schedule step=2500,0.1.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from shared import patterns
from shared.training import Patterns, Phases, Rate, Tick, nothing, train_patterns

import leabra_studio as lb

TASK = Patterns(
    x=np.array([[1, 0, 1, 0], [0, 1, 0, 1], [1, 1, 0, 0], [0, 0, 1, 1]], float),
    y=np.array([[1, 0], [1, 0], [0, 1], [0, 1]], float),
    phases=Phases(minus=50, plus=20),
)
AS_PUBLISHED = Rate(lrate=0.04)
ANNEALED = Rate(lrate=0.08, schedule=lb.schedules.Step(2500, 0.1))
"""Twice the published rate, and a tenth of that for the last 500 of 3000 epochs."""


def build(seed: int, rate: Rate = AS_PUBLISHED) -> lb.Net:
    """Return an untrained network: 4 inputs, 4 hidden units, 2 outputs, weak feedback, no adaptation.

    Parameters
    ----------
    seed : int
        Seed of the initial weights.
    rate : Rate
        The learning rate and what changes it.
    """
    units = lb.UnitSpec(net_dt=0.7, adapt_dt=0, vm_gain=0, spike_gain=0, ss_dt=1, s_dt=0.2, l_dn_dt=0.4, l_up_inc=0.15)
    layer = lb.LayerSpec(gi=1.5, ff=1, fb=1, unit_spec=units)
    net = lb.Net(seed)
    net.new_layer("input", 4, layer)
    net.new_layer("hidden", 4, layer)
    net.new_layer("output", 2, layer)
    for pre, post, share in (("input", "hidden", 1), ("hidden", "output", 1), ("output", "hidden", 0.3)):
        learning = lb.ProjnSpec(
            lrate=rate.lrate,
            dist=lb.Uniform(0.25, 0.75),
            wt_scale_rel=share,
            thr_l_mix=0,
            cos_diff_thr_l_mix=True,
            cos_diff_lrate=rate.cos_diff,
        )
        net.new_projn(f"{pre}_to_{post}", pre, post, learning)
    rate.attach(net)
    return net


def train(net: lb.Net, epochs: int = 3000, *, keep_going: bool = False, tick: Tick = nothing) -> pd.DataFrame:
    """Train until the task is solved and return the losses, see `shared.training.train_patterns`."""
    return train_patterns(net, TASK, epochs, keep_going=keep_going, tick=tick)


PROGRAM = patterns.Program(
    name="error_driven_hidden",
    title="Error-driven hidden: feedback brings the error to the hidden layer",
    text=__doc__,
    task=TASK,
    build=build,
    lrate=AS_PUBLISHED.lrate,
    layers=(("input", 4), ("hidden", 4), ("output", 2)),
    arrows=((0, 1), (1, 2), (2, 1)),
)


def main(argv: Sequence[str] | None = None) -> None:
    """Run the program."""
    patterns.main(PROGRAM, epochs=3000, argv=argv)


if __name__ == "__main__":
    main()
