"""Running the golden cases: a net from its JSON, the calls, and everything that can be compared."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

import leabra_studio as lb
from leabra_studio.engine import layout

FOLDER = Path(__file__).parents[1] / "golden" / "leabra7"
CASES = sorted(path.stem for path in FOLDER.glob("?*_*.json"))

LAYER_NUMBERS = ("avg_act", "avg_net", "fbi", "gc_i", "cos_diff", "cos_diff_avg", "clamped", "hidden")
TRIAL_ROWS = {
    "acts_m": layout.ACTS_M,
    "acts_p": layout.ACTS_P,
    "avg_s": layout.AVG_S,
    "avg_m": layout.AVG_M,
    "avg_l": layout.AVG_L,
}


def load(case: str) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """Return a case's description and its arrays."""
    with np.load(FOLDER / f"{case}.npz", allow_pickle=False) as arrays:
        return json.loads((FOLDER / f"{case}.json").read_text()), dict(arrays)


def build(case: dict[str, Any]) -> lb.Net:
    """Return the case's net before its first call."""
    net = lb.Net(seed=0)
    for layer in case["layers"]:
        spec = lb.LayerSpec(**layer["spec"], unit_spec=lb.UnitSpec(**layer["unit_spec"]))
        net.new_layer(layer["name"], layer["size"], spec)
    for projn in case["projns"]:
        masks = {"pre_mask": projn["pre_mask"], "post_mask": projn["post_mask"]}
        net.new_projn(projn["name"], projn["pre"], projn["post"], lb.ProjnSpec(**projn["spec"], **masks))
        net.set_weights(projn["name"], projn["wts"])
    return net


class Run:
    """A case's program, run call by call; `seen` collects every array under the name it has in the golden file."""

    def __init__(self, case: dict[str, Any]) -> None:
        self.case = case
        self.net = build(case)
        self.cycles = 0
        self.seen: dict[str, list[Any]] = defaultdict(list)
        self._see_weights()
        for verb, *args in case["program"]:
            getattr(self, f"_{verb}")(*args)

    def _clamp(self, layer: str, values: list[float]) -> None:
        self.net.clamp_layer(layer, values)

    def _unclamp(self, layer: str) -> None:
        self.net.unclamp_layer(layer)

    def _cycle(self, n: int) -> None:
        for _ in range(n):
            self.net.cycle()
            self.cycles += 1
            if self.cycles % self.case.get("every", 1) == 0:
                self._see_cycle()

    def _minus(self, n: int) -> None:
        self.net.handle(lb.events.BeginMinusPhase())
        self._cycle(n)
        self.net.handle(lb.events.EndMinusPhase())

    def _plus(self, n: int) -> None:
        self.net.handle(lb.events.BeginPlusPhase())
        self._cycle(n)
        self.net.handle(lb.events.EndPlusPhase())
        for name, record in self._layers():
            for q, row in TRIAL_ROWS.items():
                self.seen[f"trial/{name}/{q}"].append(self.net._state.units[row, self.net.unit_slice(name)].copy())
            for q in ("cos_diff", "cos_diff_avg"):
                self.seen[f"trial/{name}/{q}"].append(record[q])

    def _learn(self) -> None:
        self.net.learn()
        self._see_weights()

    def _layers(self) -> Iterator[tuple[str, Any]]:
        return zip(self.net.layer_names, self.net._state.layers.copy(), strict=True)

    def _see_cycle(self) -> None:
        for name, record in self._layers():
            for row, variable in enumerate(lb.variables.UNIT_VARIABLES):
                values = self.net.units[row, self.net.unit_slice(name)].copy()
                self.seen[f"units/{name}/{variable.name}"].append(values)
            for q in LAYER_NUMBERS:
                self.seen[f"layer/{name}/{q}"].append(record[q])

    def _see_weights(self) -> None:
        for name in self.net.projn_names:
            for attr, q in (("conn_wt", "wt"), ("conn_fwt", "fwt")):
                matrix = np.zeros(self.net.get_weights(name).shape)
                table = self.net.observe(name, attr)
                matrix[table["post_unit"], table["pre_unit"]] = table[attr]
                self.seen[f"learn/{name}/{q}"].append(matrix)
