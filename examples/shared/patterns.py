"""The two programs that learn a few patterns: command line, results and figure, which differ in the task alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

import leabra_studio as lb
from shared import figures, runs
from shared.training import Patterns, Rate, Tick, answers, solved_at, train_patterns

MOVING = 0.01
"""A run whose loss has a standard deviation above this over its last 100 epochs has not come to rest."""


class Program(NamedTuple):
    """What one of the programs is about.

    Parameters
    ----------
    name, title, text : str
        Names its files, heads its figure, and explains it on the command line.
    task : Patterns
        What is learnt.
    build : callable
        Makes the net from a seed and a learning rate.
    lrate : float
        The published learning rate.
    layers, arrows, each_unit
        What the picture of the network shows, see `figures.draw_net`.
    """

    name: str
    title: str
    text: str
    task: Patterns
    build: Callable[[int, Rate], lb.Net]
    lrate: float
    layers: Sequence[tuple[str, int]]
    arrows: Sequence[tuple[int, int]]
    each_unit: bool = False


class Run(NamedTuple):
    """One net and how its loss went."""

    net: lb.Net
    losses: pd.DataFrame


def results(losses: dict[int, pd.DataFrame]) -> pd.DataFrame:
    """Return one row for each seed.

    Parameters
    ----------
    losses : dict
        For each seed what `train_patterns` returned.

    Returns
    -------
    pandas.DataFrame
        ``solved`` (the epoch, missing if never), ``loss`` and ``mse`` at the end; over the last 100 epochs ``spread``,
        the standard deviation of the loss, and ``perfect``, the share of epochs without an error. By ``seed``.
    """
    rows = {
        seed: {
            "solved": solved_at(run["loss"]),
            "loss": run["loss"].iloc[-1],
            "mse": run["mse"].iloc[-1],
            "spread": runs.spread(run["loss"]),
            "perfect": (run["loss"].tail(100) == 0.0).mean(),
        }
        for seed, run in losses.items()
    }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("seed").astype({"solved": "Int64"})


def late_text(rows: pd.DataFrame) -> str:
    """Return what the last 100 epochs of several runs looked like, given their `results`."""
    return (
        f"last 100 epochs: no error in {(rows['perfect'] == 1).sum()} of {len(rows)},"
        f" loss still moving (spread above {MOVING:g}) in {(rows['spread'] > MOVING).sum()}"
    )


def figure(program: Program, losses: dict[int, pd.DataFrame]) -> go.Figure:
    """Return the figure: (a) the network, (b) the loss of each run."""
    drawn = make_subplots(1, 2, column_widths=[0.36, 0.64], subplot_titles=("(a) network", "(b) thresholded MSE"))
    figures.draw_net(drawn, program.layers, program.arrows, each_unit=program.each_unit)
    line = {"color": figures.TEXT, "width": 1.5 if len(losses) == 1 else 1}
    for seed, run in losses.items():
        look = {"mode": "lines", "line": line, "opacity": 1 if len(losses) == 1 else 0.4, "showlegend": False}
        curve = {"x": run["epoch"], "y": run["loss"], "name": f"seed {seed}", "cliponaxis": False}
        drawn.add_scatter(**curve, **look, row=1, col=2)
    drawn.update_xaxes(title="epoch", row=1, col=2)
    drawn.update_yaxes(rangemode="tozero", row=1, col=2)
    return figures.plain(drawn, program.title + (f"; {len(losses)} runs" if len(losses) > 1 else ""))


def answer_table(net: lb.Net, task: Patterns) -> pd.DataFrame:
    """Return input, target and answer of each pattern as text."""
    found = answers(net, task.x, task.phases.test)
    rows = zip(task.x, task.y, found, strict=True)
    shown = [
        ("".join(f"{u:.0f}" for u in x), "".join(f"{u:.0f}" for u in y), " ".join(f"{u:.3f}" for u in act))
        for x, y, act in rows
    ]
    return pd.DataFrame(shown, columns=["input", "target", "answer"])


def main(program: Program, epochs: int, argv: Sequence[str] | None = None) -> None:
    """Run a program from the command line."""
    parser = runs.command_line(program.text, epochs)
    runs.learning_options(parser, program.lrate)
    parser.add_argument("--keep-going", action="store_true", help="train on after the task is solved")
    options = runs.read(parser, argv)

    def one(seed: int, tick: Tick) -> Run:
        net = program.build(seed, runs.rate(options))
        return Run(net, train_patterns(net, program.task, options.epochs, keep_going=options.keep_going, tick=tick))

    done = runs.run_all(one, options)
    losses = {seed: run.losses for seed, run in done.items()}
    rows = results(losses)
    print(runs.table(rows.reset_index(), index=False))
    if len(rows) > 1:
        print(runs.table(runs.summary(rows.drop(columns="solved"))))
        print(runs.solved_text([solved_at(loss["loss"]) for loss in losses.values()]))
        print(late_text(rows) if options.keep_going else "--keep-going shows whether the loss then comes to rest")
    else:
        print(runs.table(answer_table(done[options.seed].net, program.task), index=False))
    runs.save(options, program.name, runs.together(losses), figure(program, losses))
