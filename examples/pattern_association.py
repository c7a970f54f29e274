"""Pattern association: four patterns, two answers, no hidden layer (figure 2 of the Leabra7 paper).

The fourth input is 0100. The paper's figure shows 0110 there, but its program gives three numbers, 0 1 0, for a layer
of four units, and Leabra7 repeats a list that is too short: 0 1 0 0 is what its network was clamped to and what its
published loss curve comes from. With 0110 this network learns nothing of use: that is the textbook's task that cannot
be solved without a hidden layer.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from shared import patterns
from shared.training import Patterns, Phases, Rate, Tick, nothing, train_patterns

import leabra_studio as lb

TASK = Patterns(
    x=np.array([[1, 1, 1, 0], [0, 1, 1, 1], [0, 1, 0, 1], [0, 1, 0, 0]], float),
    y=np.array([[1, 0], [1, 0], [0, 1], [0, 1]], float),
    phases=Phases(minus=100, plus=20),
)
AS_DRAWN = TASK._replace(x=np.array([[1, 1, 1, 0], [0, 1, 1, 1], [0, 1, 0, 1], [0, 1, 1, 0]], float))
"""The patterns of the paper's figure, which this network cannot learn."""

AS_PUBLISHED = Rate(lrate=0.02)


def build(seed: int, rate: Rate = AS_PUBLISHED) -> lb.Net:
    """Return an untrained network: 4 inputs, 2 outputs, everything connected, no adaptation.

    Parameters
    ----------
    seed : int
        Seed of the initial weights.
    rate : Rate
        The learning rate and what changes it.
    """
    units = lb.UnitSpec(
        vm_dt=0.3,
        net_dt=0.7,
        adapt_dt=0,
        vm_gain=0,
        spike_gain=0,
        ss_dt=1,
        s_dt=0.2,
        m_dt=0.15,
        l_dn_dt=0.4,
        l_up_inc=0.15,
    )
    layer = lb.LayerSpec(gi=1.5, ff=1, fb=0.5, fb_dt=0.7, unit_spec=units)
    net = lb.Net(seed)
    net.new_layer("input", 4, layer)
    net.new_layer("output", 2, layer)
    learning = lb.ProjnSpec(lrate=rate.lrate, dist=lb.Uniform(0.25, 0.75), thr_l_mix=0.01, cos_diff_lrate=rate.cos_diff)
    net.new_projn("input_to_output", "input", "output", learning)
    rate.attach(net)
    return net


def train(
    net: lb.Net, epochs: int = 3000, *, task: Patterns = TASK, keep_going: bool = False, tick: Tick = nothing
) -> pd.DataFrame:
    """Train until the task is solved and return the losses, see `shared.training.train_patterns`."""
    return train_patterns(net, task, epochs, keep_going=keep_going, tick=tick)


PROGRAM = patterns.Program(
    name="pattern_association",
    title="Pattern association: input to output, no hidden layer",
    text=__doc__,
    task=TASK,
    build=build,
    lrate=AS_PUBLISHED.lrate,
    layers=(("input", 4), ("output", 2)),
    arrows=((0, 1),),
    each_unit=True,
)


def main(argv: Sequence[str] | None = None) -> None:
    """Run the program."""
    patterns.main(PROGRAM, epochs=3000, argv=argv)


if __name__ == "__main__":
    main()
