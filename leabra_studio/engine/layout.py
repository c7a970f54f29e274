"""How a net's state lies in memory: the rows of the unit array and the records of layers and projections."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from leabra_studio.engine.spec import Spec
from leabra_studio.engine.specs import LayerSpec, ProjnSpec, UnitSpec
from leabra_studio.engine.variables import UNIT_NAMES

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Records = NDArray[np.void]
Record = Any
"""One element of `Records`: its fields are attributes, in compiled and in plain Python."""

NET, NET_RAW, GC_I, ACT, I_NET, I_NET_R, V_M, V_M_EQ, ADAPT, SPIKE = range(10)
ACT_ND, AVG_SS, AVG_S, AVG_M, AVG_L = range(10, 15)
INPUTS, ACTS_M, ACTS_P, DRIVER, OFF = range(15, 20)
"""Rows of the unit array [rows, units]: first those of `UNIT_VARIABLES`, in their order, then what is not shown:
input that waits for the next cycle, the activations at the end of the phases, scratch, and 1 where a unit is lesioned.
"""

N_SHOWN = len(UNIT_NAMES)
N_STATE = OFF
N_ROWS = 20
"""Rows that change while the net runs, and all of them."""

LAYER_STATE = ("avg_act", "avg_net", "fbi", "cos_diff_avg", "gc_i", "cos_diff", "rel_sum")
"""What changes in a layer's record while the net runs; the first four are `LAYER_WHOLE`."""

INHIBITION: Mapping[str, int] = MappingProxyType(
    {name: code for code, name in enumerate(LayerSpec.params()["inhibition_type"].choices)}
)


def _record(places: str, ints: str, floats: tuple[str, ...], *specs: type[Spec]) -> np.dtype[Any]:
    """Return a record of places, whole numbers, numbers, and every number or flag among the parameters of `specs`.

    Places are unsigned: compiled loops from one to another need not ask whether an index is negative.
    """
    declared = [name for spec in specs for name, p in spec.params().items() if p.kind in ("float", "bool")]
    fields: list[tuple[str, type]] = [(name, np.uint64) for name in places.split()]
    fields += [(name, np.int64) for name in ints.split()]
    fields += [(name, np.float64) for name in dict.fromkeys([*floats, *declared])]
    return np.dtype((np.record, fields))


LAYER = _record("start stop", "n_units n_live clamped hidden inhibition k", LAYER_STATE, LayerSpec, UnitSpec)
"""A layer: the columns of its units, flags, state, the numbers of its LayerSpec and UnitSpec (`integ`: the latter's).

`n_live` is how many units are not lesioned. `hidden` is 1 until the layer is clamped for the first time. `k` is the
number of winners under kwta.
"""

PROJN = _record("start stop", "pre post full wiring stale off", ("lrate_factor",), ProjnSpec)
"""A projection: the layers it joins, the columns of its weights, flags, and the numbers of its ProjnSpec.

`full` is 1 when every pair is connected; its weights then lie sender by sender, [pre, post]. If not, `wiring` is where
its part of the wiring array begins: for each sender where its connections start (n_pre + 1), for each receiver how many
it has (n_post), and for each connection, sender by sender, its receiver.
`off` is 1 while it is lesioned. `stale` is 1 while visible weights are not the sigmoid of the linear ones.
`lrate_factor` is that of its schedule.
"""
