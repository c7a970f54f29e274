"""Training as the program of a plan says it, one call of the net after the other: what sessions and scripts must be."""

from copy import deepcopy
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

import leabra_studio as lb
from leabra_studio.engine.net import Net
from leabra_studio.engine.variables import UNIT_NAMES
from leabra_studio.model import Model
from leabra_studio.model.build import build
from leabra_studio.model.patterns import PatternTable, find_table, shown_to
from leabra_studio.model.plan import shown_layers
from leabra_studio.model.program import Level, Stretch, program

ACT = UNIT_NAMES.index("act")
Record = dict[str, Any]


class Plain:
    """A training: its net, and what the epochs gave."""

    def __init__(self, model: Model) -> None:
        self.model, self.plan = model, model.plan
        self.nets: list[Net] = []
        self.records: list[Record] = []
        self.answers: dict[str, list[tuple[int, NDArray[np.float64]]]] = {"train": [], "test": []}
        self.aside: Net | None = None
        for stretch in program(self.plan, model.patterns, model.seed, self.perfect):
            self.carry_out(stretch)

    def carry_out(self, stretch: Stretch) -> None:
        if stretch.run == len(self.nets):
            self.begin(stretch.run)
        if not stretch.cycles:
            self.end_epoch(stretch)
        elif stretch.mode == "test":
            self.test(stretch)
        elif stretch.phase == "minus":
            self.expect(stretch)
        else:
            self.learn(stretch)

    def begin(self, run: int) -> None:
        hidden = {name: acts for name, acts in self.model.inputs.items() if name not in shown_layers(self.model)}
        model = replace(self.model, inputs=hidden, seed=self.plan.seed_of(run, self.model.seed))
        self.net = build(model).net
        self.nets.append(self.net)
        schedule = self.plan.schedule()
        if schedule is not None:
            self.net.schedule_lrate(schedule)

    def table(self, mode: str) -> PatternTable:
        return find_table(self.model, self.plan.train if mode == "train" else self.plan.test)

    def clamp(self, net: Net, stretch: Stretch, role: str) -> None:
        table = self.table(stretch.mode)
        for layer in shown_to(self.model, table):
            if layer.role == role:
                net.clamp_layer(layer.name, table.rows[stretch.row].values[layer.name])

    def release(self, net: Net, mode: str) -> None:
        for layer in shown_to(self.model, self.table(mode)):
            net.unclamp_layer(layer.name)

    def expect(self, stretch: Stretch) -> None:
        self.clamp(self.net, stretch, "input")
        self.net.minus_phase_cycle(stretch.cycles)
        self.answers["train"].append((stretch.row, self.net.units[ACT].copy()))

    def learn(self, stretch: Stretch) -> None:
        self.clamp(self.net, stretch, "target")
        self.net.plus_phase_cycle(stretch.cycles)
        self.release(self.net, "train")
        self.net.learn()

    def test(self, stretch: Stretch) -> None:
        if stretch.trial == 0:
            self.tested_net = deepcopy(self.net) if self.plan.test_state == "restored" else self.net
        net = self.tested_net
        self.clamp(net, stretch, "input")
        net.cycle(stretch.cycles)
        self.answers["test"].append((stretch.row, net.units[ACT].copy()))
        self.release(net, "test")

    def end_epoch(self, stretch: Stretch) -> None:
        parts = {mode: self.summed(mode) for mode in ("train", "test")}
        self.records.append({"run": stretch.run, "epoch": stretch.epoch + 1, **parts})
        if self.plan.stop_by == "test":
            tests = [record["test"] for record in self.records if record["run"] == stretch.run and record["test"]]
            counts = tests[-1] if tests else parts["train"]
        else:
            counts = parts["train"]
        self.net.end_epoch(counts["avg_sse"] if counts else 0.0)
        self.answers = {"train": [], "test": []}
        assert stretch.ends in (Level.EPOCH, Level.RUN)

    def perfect(self, run: int, epoch: int) -> bool:
        mode = self.plan.stop_by
        past = [record for record in self.records if (record["run"], record["epoch"]) == (run, epoch + 1)]
        found = past[0][mode] if past else self.summed(mode)
        return bool(found and found["errors"] == 0)

    def summed(self, mode: str) -> dict[str, float] | None:
        if not self.answers[mode]:
            return None
        table = self.table(mode)
        targets = [layer.name for layer in shown_to(self.model, table) if layer.role == "target"]
        if not targets:
            return None
        rows = [row for row, _ in self.answers[mode]]
        wanted = [table.array(name)[rows] for name in targets]
        acts = np.array([act for _, act in self.answers[mode]])
        given = [acts[:, self.net.unit_slice(name)] for name in targets]
        together = np.concatenate(wanted, axis=1), np.concatenate(given, axis=1)
        sse = lb.stats.sse(*together)
        chosen = [lb.stats.winner_error(*pair) for pair in zip(wanted, given, strict=True)]
        wrong = np.max(chosen, axis=0) if self.plan.correct_by == "winner" else sse
        cosines = [lb.stats.cos_diff(*pair) for pair in zip(given, wanted, strict=True)]
        return {
            "sse": float(np.sum(sse)),
            "avg_sse": float(np.mean(lb.stats.average_sse(*together))),
            "errors": float(lb.stats.error_count(wrong)),
            "percent_correct": float(lb.stats.percent_correct(wrong)),
            "cos_diff": float(np.mean(np.mean(cosines, axis=0))),
        }
