"""The plan of a training script: its numbers, its loop over epochs, and what it prints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from leabra_studio.export.blocks import Columns
from leabra_studio.export.dialects import Dialect
from leabra_studio.export.source import INDENT, Atom, CallOf, literal, node, statement
from leabra_studio.export.trials import summed
from leabra_studio.model.plan import TrainingPlan
from leabra_studio.model.values import TYPE

LINES = 20
"""About how many lines of the table are printed of a run that has all its epochs."""


@dataclass(frozen=True)
class Loop:
    """The loop of a plan.

    Parameters
    ----------
    plan : TrainingPlan
        The plan.
    seeds : tuple of int
        The seed of each run.
    train : Columns
        What the table to train on has patterns for.
    test : Columns, optional
        The same of the table to test with, where the plan tests and something comes of it: statistics, or another net.
    dialect : Dialect
        The library.
    """

    plan: TrainingPlan
    seeds: tuple[int, ...]
    train: Columns
    test: Columns | None
    dialect: Dialect

    @property
    def judged(self) -> tuple[str, ...]:
        """What there are statistics of: ``train``, ``test``."""
        return tuple(part for part, of in (("train", self.train), ("test", self.test)) if of and of.targets)

    @property
    def counts(self) -> str:
        """Whose errors count: ``train``, ``test`` or nobody's."""
        return self.plan.stop_by if self.plan.stop_by in self.judged else ""

    @property
    def stops(self) -> bool:
        """Whether a run may end early."""
        return bool(self.counts and self.plan.stop_after)

    @property
    def _watches(self) -> bool:
        """Whether a schedule sees the last test, for not every epoch has one."""
        return self.counts == "test" and bool(self.train.targets) and self.plan.test_every > 1

    def constants(self) -> Iterator[str]:
        """Yield the numbers of the plan."""
        plan = self.plan
        yield from statement("SEEDS", node(list(self.seeds)))
        yield f"EPOCHS = {plan.epochs}"
        if self.stops:
            yield f"STOP_AFTER = {plan.stop_after}  # epochs without an error, one after the other"
        yield f"MINUS_CYCLES, PLUS_CYCLES = {plan.minus_cycles}, {plan.plus_cycles}"
        if self.test:
            yield f"TEST_EVERY, TEST_CYCLES = {plan.test_every}, {plan.test_cycles}"
        if self.judged:
            yield f"SHOW_EVERY = {self._show_every()}  # epochs from one line that is printed to the next"
            yield from self.dialect.constants

    def show_function(self) -> Iterator[str]:
        """Yield the function that prints a line."""
        parts = ", ".join(f'record["{part}"]' for part in self.judged)
        yield "def show(record):"
        yield '    """Print how many errors there were in an epoch."""'
        yield f"    parts = [part for part in [{parts}] if part]"
        yield "    cells = [f\"{part['sse']:10.4g} {part['percent_correct']:9.1f}\" for part in parts]"
        yield "    print(f\"{record['epoch']:6}\", *cells)"

    def run_function(self) -> Iterator[str]:
        """Yield the function that trains a net."""
        yield "def run(seed):"
        yield '    """Train a net from new weights on; return it and the records of its epochs."""'
        if self.judged:
            heads = "".join(f" {f'{part} SSE':>10} {'correct %':>9}" for part in self.judged)
            yield f'    print(f"seed {{seed}}\\n{"epoch":>6}{heads}")'
        yield "    net = build(seed)"
        if self.plan.lrate_schedule is not None and self.dialect.schedules:
            yield from statement("", _schedule(self.plan), INDENT)
        yield "    records = []"
        if self.stops:
            yield "    perfect = 0"
        if self._watches:
            yield "    watched = None"
        yield "    for epoch in range(EPOCHS):"
        yield from (INDENT * 2 + line for line in self._epoch())
        yield "    return net, records"

    def summary(self) -> Iterator[str]:
        """Yield the lines that run everything and say what came of it."""
        yield "runs = [run(seed) for seed in SEEDS]"
        if not self.judged:
            yield "net, records = runs[-1]"
            return
        part = self.counts or self.judged[0]
        tested = 'r["test"] and ' if part == "test" else ""
        yield "for seed, (net, records) in zip(SEEDS, runs):"
        yield f'    right = [r["epoch"] for r in records if {tested}r["{part}"]["errors"] == 0]'
        yield '    first = right[0] if right else "none"'
        yield '    print(f"seed {seed}: {len(records)} epochs, first without an error: {first}")'

    def _show_every(self) -> int:
        """Return how many epochs there are from line to line, each of them tested if any is."""
        every = self.plan.test_every if self.test else 1
        return every * max(1, round(self.plan.epochs / LINES / every))

    def _epoch(self) -> Iterator[str]:
        """Yield the body of the loop over epochs."""
        yield from self._training()
        last = "epoch + 1 == EPOCHS"
        if self.stops and self.counts == "train":
            yield 'perfect = 0 if trained["errors"] else perfect + 1'
            last += " or perfect == STOP_AFTER"
        yield f"last = {last}"
        if self.test:
            yield from self._testing()
        yield self.dialect.ends.format(loss=self._loss())
        values = {"train": "trained", "test": "tested"}
        items = "".join(f', "{part}": {values[part]}' for part in self.judged)
        yield f'records.append({{"epoch": epoch + 1{items}}})'
        if self.judged:
            yield from ("if last or (epoch + 1) % SHOW_EVERY == 0:", "    show(records[-1])")
        yield from ("if last:", "    break")

    def _training(self) -> Iterator[str]:
        rows = "TRAIN"
        if self.plan.order == "permuted":
            yield "order = np.random.default_rng((seed, epoch)).permutation(len(TRAIN))"
            rows = "TRAIN[order]"
        if self.train.targets:
            yield f"answers = [run_trial(net, row) for row in {rows}]"
            yield f"trained = {summed(self.train, rows)}"
        else:
            yield from (f"for row in {rows}:", "    run_trial(net, row)")

    def _testing(self) -> Iterator[str]:
        if "test" in self.judged:
            yield "tested = None"
        yield "if last or (epoch + 1) % TEST_EVERY == 0:"
        yield f"    {'tested = ' if 'test' in self.judged else ''}run_test(net)"
        if self.stops and self.counts == "test":
            yield '    perfect = 0 if tested["errors"] else perfect + 1'
            yield "    last = last or perfect == STOP_AFTER"
        if self._watches:
            yield "    watched = tested"

    def _loss(self) -> str:
        """Return the expression for the error that a schedule may watch."""
        if self.counts == "test" and (self._watches or self.plan.test_every == 1):
            return '(watched or trained)["avg_sse"]' if self._watches else 'tested["avg_sse"]'
        return 'trained["avg_sse"]' if self.train.targets else "0"


def _schedule(plan: TrainingPlan) -> CallOf:
    rule = plan.lrate_schedule or {}
    args = tuple((name, Atom(literal(value))) for name, value in rule.items() if name != TYPE)
    return CallOf("net.schedule_lrate", (("", CallOf(f"lb.schedules.{rule[TYPE]}", args)),))
