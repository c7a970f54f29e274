"""Command lines, several runs with one progress bar, and tables of results."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import pandas as pd
import plotly.graph_objects as go
from tqdm import tqdm

import leabra_studio as lb
from shared import figures
from shared.training import Rate, Tick

T = TypeVar("T")


def command_line(text: str, epochs: int) -> argparse.ArgumentParser:
    """Return a parser with the options that all programs have; `text` is the program's docstring."""
    shape = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=text, formatter_class=shape)
    parser.add_argument("--seed", type=at_least(0), default=1, help="seed of the first run (default: %(default)s)")
    parser.add_argument(
        "--seeds", type=at_least(1), default=1, metavar="N", help="how many runs, with seeds that follow"
    )
    parser.add_argument("--epochs", type=at_least(1), default=epochs, help="epochs at most (default: %(default)s)")
    parser.add_argument("--threads", type=at_least(1), default=1, help="runs at a time (default: %(default)s)")
    parser.add_argument(
        "--out", type=Path, default=Path("results"), metavar="DIR", help="where files go (default: results)"
    )
    parser.add_argument("--no-png", action="store_true", help="write no picture beside the web page")
    return parser


def learning_options(parser: argparse.ArgumentParser, lrate: float) -> None:
    """Add what may change the learning rate; `lrate` is the published one."""
    known = ", ".join(f"{name}={','.join(rule.params())}" for name, rule in _SCHEDULES.items())
    parser.add_argument("--lrate", type=learning_rate, default=lrate, help="learning rate (default: %(default)s)")
    parser.add_argument("--schedule", type=schedule, metavar="RULE", help=f"how it changes with the epochs: {known}")
    parser.add_argument("--cos-diff", action="store_true", help="learn most from trials predicted as well as usual")


def rate(options: argparse.Namespace) -> Rate:
    """Return the learning rate that the command line asks for."""
    return Rate(options.lrate, options.schedule, options.cos_diff)


_SCHEDULES = {name.lower(): rule for name, rule in lb.schedules.SCHEDULES.items()}


def schedule(text: str) -> lb.schedules.Schedule:
    """Return the schedule that `text` describes, such as ``step=2500,0.1``."""
    name, _, numbers = text.partition("=")
    rule = _SCHEDULES.get(name)
    if rule is None:
        raise argparse.ArgumentTypeError(f"no schedule is called {name!r}; there are {', '.join(_SCHEDULES)}")
    try:
        return rule(*(float(number) for number in numbers.split(",")))
    except (TypeError, ValueError) as error:
        raise argparse.ArgumentTypeError(f"{name} takes {','.join(rule.params())}: {error}") from error


def learning_rate(text: str) -> float:
    """Return the learning rate that `text` gives."""
    try:
        return float(lb.ProjnSpec.params()["lrate"].check("ProjnSpec", float(text)))
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def at_least(low: int) -> Callable[[str], int]:
    """Return a converter for whole numbers of at least `low`."""

    def whole(text: str) -> int:
        if not text.isdecimal() or int(text) < low:
            raise argparse.ArgumentTypeError(f"must be a whole number, at least {low} (got {text!r})")
        return int(text)

    return whole


def run_all(one: Callable[[int, Tick], T], options: argparse.Namespace) -> dict[int, T]:
    """Make a run for every seed, `options.threads` at a time, under one progress bar.

    Parameters
    ----------
    one : callable
        Makes the run of a seed; tells its second argument how many epochs have passed.
    options : argparse.Namespace
        What `command_line` has read.

    Returns
    -------
    dict
        What `one` returned, by seed, in order. It does not depend on the number of threads.
    """
    seeds = range(options.seed, options.seed + options.seeds)
    with tqdm(total=options.epochs * options.seeds, unit="epoch", disable=None) as bar:

        def run(seed: int) -> T:
            passed = 0

            def tick(epochs: int) -> None:
                nonlocal passed
                passed += epochs
                bar.update(epochs)

            result = one(seed, tick)
            bar.update(options.epochs - passed)
            return result

        with ThreadPoolExecutor(options.threads) as pool:
            return dict(zip(seeds, pool.map(run, seeds), strict=True))


def spread(values: pd.Series[float], last: int = 100) -> float:
    """Return the standard deviation of the last `last` values: how much a curve still moves at its end."""
    return float(values.tail(last).std(ddof=0))


def solved_text(solved: Sequence[int | None]) -> str:
    """Return how many of several runs solved their task, and when."""
    epochs = pd.Series([epoch for epoch in solved if epoch is not None], dtype=float)
    text = f"solved: {len(epochs)} of {len(solved)} ({len(epochs) / len(solved):.0%})"
    if epochs.empty:
        return text
    return f"{text}, after {epochs.median():g} epochs (median; {epochs.min():g} to {epochs.max():g})"


def summary(runs: pd.DataFrame) -> pd.DataFrame:
    """Return mean, standard deviation and range of each column over the rows of `runs`."""
    table = runs.agg(["mean", "std", "min", "max"]).T
    return table.rename(columns={"std": "sd", "min": "lowest", "max": "highest"})


def table(frame: pd.DataFrame, *, index: bool = True) -> str:
    """Return a frame as lines of text."""
    return frame.to_string(index=index, na_rep="-", float_format=lambda value: f"{value:.4g}")


def together(frames: dict[int, pd.DataFrame]) -> pd.DataFrame:
    """Return the frames of several runs as one, with a column ``seed`` in front."""
    return pd.concat([frame.assign(seed=seed) for seed, frame in frames.items()]).set_index("seed").reset_index()


def save(options: argparse.Namespace, name: str, frame: pd.DataFrame, figure: go.Figure) -> None:
    """Write the numbers and the figure into the folder asked for, and say where they are."""
    written = figures.write(figure, options.out, name, picture=not options.no_png)
    numbers = options.out / f"{name}.csv"
    frame.to_csv(numbers, index=False)
    print("written:", ", ".join(str(path) for path in (*written, numbers)))
