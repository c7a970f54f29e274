"""IRIS: three species of iris told apart by four measures of the flower (figure 4 of the Leabra7 paper).

Each measure is turned into its quantile and the quantile into one of nine units, so that a flower is 36 units of which
four are on. The most active output counts as the answer. A fifth of the 150 flowers, drawn by the seed, is set aside
for the test and has no part in training.

Every few epochs all flowers are shown without their species: those of the test first, whose cycles are part of the
net's life, then those of training, which leave no trace.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots
from shared import figures, runs
from shared.training import Floats, Phases, Rate, Tick, answers, mse, nothing, train_epoch

import leabra_studio as lb

try:
    from sklearn.datasets import load_iris
    from sklearn.model_selection import train_test_split
    from sklearn.preprocessing import QuantileTransformer
except ImportError:
    raise SystemExit('The flowers come with scikit-learn: pip install --editable ".[examples]"') from None

NAME = "iris"
BINS = 9
HIDDEN = 23
SPECIES = 3
PHASES = Phases(minus=50, plus=25)
AS_PUBLISHED = Rate(lrate=0.02)
EDGE = 1e-7
"""Quantiles are kept this far from 0 and 1: the largest flower would otherwise be alone in a tenth bin."""


class Split(NamedTuple):
    """Inputs [flowers, 36] and species [flowers, 3] to train on and to test with, one unit on for each fact."""

    x_train: Floats
    x_test: Floats
    y_train: Floats
    y_test: Floats


def encode(measures: Floats, bins: int = BINS) -> Floats:
    """Return measures [flowers, 4] as units [flowers, 4 * bins]: for each the bin that its quantile falls into."""
    transformer = QuantileTransformer(n_quantiles=len(measures))
    quantiles = np.clip(transformer.fit_transform(measures), EDGE, 1 - EDGE)
    index = (quantiles * bins).astype(int)
    units: Floats = np.eye(bins)[index].reshape(len(measures), -1)
    return units


def load_data(seed: int) -> Split:
    """Return the flowers, shuffled and split 120 to 30 by `seed`.

    As in the paper, the quantiles are those of all 150 flowers. They know nothing of the species.
    """
    flowers = load_iris()
    x, y = encode(flowers.data), np.eye(SPECIES)[flowers.target]
    return Split(*train_test_split(x, y, test_size=0.2, random_state=seed))


def build(seed: int, rate: Rate = AS_PUBLISHED) -> lb.Net:
    """Return an untrained network: 36 inputs, 23 hidden units, 3 outputs, weak feedback, no adaptation.

    Parameters
    ----------
    seed : int
        Seed of the initial weights.
    rate : Rate
        The learning rate and what changes it.
    """
    layer = lb.LayerSpec(gi=1.5, ff=1, fb=1, unit_spec=lb.UnitSpec(adapt_dt=0, vm_gain=0, spike_gain=0))
    forward = lb.ProjnSpec(lrate=rate.lrate, dist=lb.Uniform(0.25, 0.75), cos_diff_lrate=rate.cos_diff)
    back = lb.ProjnSpec(lrate=rate.lrate, dist=lb.Uniform(0.25, 0.5), wt_scale_rel=0.3, cos_diff_lrate=rate.cos_diff)
    net = lb.Net(seed)
    net.new_layer("input", 4 * BINS, layer)
    net.new_layer("hidden", HIDDEN, layer)
    net.new_layer("output", SPECIES, layer)
    net.new_projn("input_to_hidden", "input", "hidden", forward)
    net.new_projn("hidden_to_output", "hidden", "output", forward)
    net.new_projn("output_to_hidden", "output", "hidden", back)
    rate.attach(net)
    return net


def decided(acts: Floats) -> Floats:
    """Return answers [flowers, 3] with 1 for the largest activation and 0 for the others."""
    answer: Floats = np.eye(acts.shape[1])[acts.argmax(axis=1)]
    return answer


def score(target: Floats, acts: Floats) -> tuple[float, float]:
    """Return the mean squared error of decided answers, and the share of flowers whose species was most active."""
    return mse(target, decided(acts)), float(lb.stats.percent_correct(lb.stats.winner_error(target, acts)) / 100)


def train(net: lb.Net, data: Split, epochs: int = 500, *, every: int = 5, tick: Tick = nothing) -> pd.DataFrame:
    """Train, and test in between.

    Parameters
    ----------
    net : lb.Net
        A net of `build`.
    data : Split
        What `load_data` returns.
    epochs : int
        How many times all training flowers are shown, in the same order.
    every : int
        Epochs from test to test.
    tick : callable
        Called with 1 after each epoch.

    Returns
    -------
    pandas.DataFrame
        One row a test: ``epoch`` from 1, ``train_loss``, ``train_accuracy``, ``test_loss``, ``test_accuracy``.

    Notes
    -----
    The test of the 30 flowers is part of the net's life; that of the training flowers, after it, leaves no trace. A
    schedule that watches the loss is given that of the trials of training.
    """
    rows = []
    for epoch in range(1, epochs + 1):
        expected = decided(train_epoch(net, data.x_train, data.y_train, PHASES))
        if epoch % every == 0 or epoch == epochs:
            found = answers(net, data.x_test, PHASES.test)
            before = net.state()
            learnt = answers(net, data.x_train, PHASES.test)
            net.restore(before)
            rows.append((epoch, *score(data.y_train, learnt), *score(data.y_test, found)))
        net.end_epoch(mse(data.y_train, expected))
        tick(1)
    return pd.DataFrame(rows, columns=["epoch", "train_loss", "train_accuracy", "test_loss", "test_accuracy"])


def results(metrics: dict[int, pd.DataFrame]) -> pd.DataFrame:
    """Return one row for each seed: accuracies at the end and the best on the way, and how much the loss still moves.

    ``spread`` is the standard deviation of the training loss over the tests of the last 100 epochs.
    """
    rows = {}
    for seed, run in metrics.items():
        late = run["train_loss"][run["epoch"] > run["epoch"].iloc[-1] - 100]
        ends = {name: run[name].iloc[-1] for name in ("train_accuracy", "test_accuracy")}
        best = {f"best_{name}": run[name].max() for name in ends}
        rows[seed] = {**ends, **best, "spread": runs.spread(late)}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("seed")


def figure(metrics: dict[int, pd.DataFrame]) -> go.Figure:
    """Return figure 4: loss, and beside it accuracy, in training and test; the mean over runs in bold."""
    drawn = make_subplots(1, 2, subplot_titles=("mean squared error", "accuracy"))
    mean = pd.concat(metrics.values()).groupby("epoch").mean().reset_index()
    curves = [(run, 1, 0.3) for run in metrics.values()] if len(metrics) > 1 else []
    for run, width, opacity in [*curves, (mean, 2, 1)]:
        for part, colour, dash in (("train", figures.TEXT, "solid"), ("test", figures.TEST, "dash")):
            line = {"color": colour, "dash": dash, "width": width}
            for column, name in enumerate(("loss", "accuracy"), 1):
                drawn.add_scatter(
                    x=run["epoch"], y=run[f"{part}_{name}"], name=part, mode="lines", line=line, opacity=opacity,
                    legendgroup=part, showlegend=run is mean and column == 1, row=1, col=column,
                )  # fmt: skip  # one curve a call, its data first
    drawn.update_xaxes(title="epoch")
    title = "IRIS: training and test" + (f", mean of {len(metrics)} runs" if len(metrics) > 1 else "")
    return figures.plain(drawn, title)


def main(argv: Sequence[str] | None = None) -> None:
    """Run the program."""
    parser = runs.command_line(__doc__, epochs=500)
    runs.learning_options(parser, AS_PUBLISHED.lrate)
    options = runs.read(parser, argv)

    def one(seed: int, tick: Tick) -> pd.DataFrame:
        return train(build(seed, runs.rate(options)), load_data(seed), options.epochs, tick=tick)

    metrics = runs.run_all(one, options)
    rows = results(metrics)
    print(runs.table(rows.reset_index(), index=False))
    if len(rows) > 1:
        print(runs.table(runs.summary(rows)))
    runs.save(options, NAME, runs.together(metrics), figure(metrics))


if __name__ == "__main__":
    main()
