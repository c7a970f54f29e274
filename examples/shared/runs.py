"""Command lines, several runs with one progress bar, and tables of results."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pandas as pd
import plotly.graph_objects as go

import leabra_studio as lb
from shared import figures
from shared.training import Rate, Tick, nothing

T = TypeVar("T")

MAX_SEED, MAX_RUNS, MAX_EPOCHS, MAX_THREADS = 2**31, 100_000, 10_000_000, 256
"""What the command line takes at most; seeds are those that scikit-learn takes, too."""


def command_line(text: str, epochs: int) -> argparse.ArgumentParser:
    """Return a parser with the options that all programs have; `text` is the program's docstring."""
    shape = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=text, formatter_class=shape)
    seed, threads = whole(0, MAX_SEED), whole(1, MAX_THREADS)
    parser.add_argument("--seed", type=seed, default=1, help="seed of the first run (default: %(default)s)")
    parser.add_argument(
        "--seeds", type=whole(1, MAX_RUNS), default=1, metavar="N", help="how many runs, with seeds that follow"
    )
    parser.add_argument(
        "--epochs", type=whole(1, MAX_EPOCHS), default=epochs, help="epochs at most (default: %(default)s)"
    )
    parser.add_argument("--threads", type=threads, default=1, help="runs at a time (default: %(default)s)")
    parser.add_argument(
        "--out", type=Path, default=Path("results"), metavar="DIR", help="where files go (default: results)"
    )
    parser.add_argument("--no-png", action="store_true", help="write no picture beside the web page")
    return parser


def read(parser: argparse.ArgumentParser, argv: Sequence[str] | None) -> argparse.Namespace:
    """Return what the command line says, once its folder is there: nothing is learnt that could not be written."""
    options = parser.parse_args(argv)
    try:
        options.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        parser.error(f"--out: {error}")
    if not os.access(options.out, os.W_OK):
        parser.error(f"--out: files cannot be written there (got {str(options.out)!r})")
    return options


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
        given = [float(number) for number in numbers.split(",")]
    except ValueError:
        given = []
    if len(given) != len(rule.params()):
        raise argparse.ArgumentTypeError(f"{name} takes numbers, {name}={','.join(rule.params())} (got {text!r})")
    try:
        return rule(*given)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def learning_rate(text: str) -> float:
    """Return the learning rate that `text` gives."""
    try:
        return float(lb.ProjnSpec.params()["lrate"].check("ProjnSpec", float(text)))
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def whole(low: int, high: int) -> Callable[[str], int]:
    """Return a converter for whole numbers from `low` to `high`."""

    def number(text: str) -> int:
        if not text.isdecimal() or len(text) > len(str(high)) or not low <= int(text) <= high:
            raise argparse.ArgumentTypeError(f"must be a whole number from {low} to {high:,} (got {text[:80]!r})")
        return int(text)

    return number


@contextmanager
def progress(epochs: int) -> Iterator[Tick]:
    """Show a bar that moves on by as many of `epochs` as it is told; none without tqdm, of the `examples` extra."""
    try:
        from tqdm import tqdm
    except ImportError:
        yield nothing
        return
    with tqdm(total=epochs, unit="epoch", disable=None) as bar:
        yield bar.update


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
    with progress(options.epochs * options.seeds) as advance:

        def run(seed: int) -> T:
            passed = 0

            def tick(epochs: int) -> None:
                nonlocal passed
                passed += epochs
                advance(epochs)

            result = one(seed, tick)
            advance(options.epochs - passed)
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
