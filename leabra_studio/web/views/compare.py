"""Compare: batches of runs side by side, in curves, a table of how they came out, and what differs between them."""

from __future__ import annotations

from dash import dcc, html

from leabra_studio.web import ids
from leabra_studio.web.parts import Node, button, select, sr
from leabra_studio.web.views.curves import STATISTICS, plot_place, save_buttons
from leabra_studio.web.views.tabs import empty_training

PARTS = (("train", "Train"), ("test", "Test"))
"""Which epochs are drawn: those of training, or the tests."""

COLUMNS = (
    ("batch", "batch", "A click on its name shows its runs"),
    ("solved", "solved", "Runs that ended without an error, as the plan counts them"),
    (
        "first",
        "first zero",
        "First epoch without an error, in training or tests as the plan stops by: mean, range",
    ),
    ("train", "train", "Error in the last epoch, % of patterns: mean and range"),
    ("test", "test", "Error in the last test, % of patterns: mean and range"),
    ("act", "", ""),
)
"""Class, word and tooltip of the columns of the table of batches."""

RUN_COLUMNS = ("seed", "epochs", "first zero", "solved", "train %", "test %", "problem")

OF_BATCH = (
    ("python", "Copy Python", "Copy the lines that repeat this batch with lb.batch"),
    ("model", "Save model", "Save the model as it was when this batch began"),
    ("runs_csv", "CSV", "Save the runs as a table"),
)
"""What can be taken away of one batch."""


def tools() -> list[Node]:
    """What begins a batch, beside the tabs."""
    field = dcc.Input(id=ids.COMPARE_SEEDS, type="text", value="", className="batch-seeds")
    return [
        html.Label(
            [html.Span(["Seeds", sr(" of the batch")]), field],
            className="choice",
            title="Such as 42-51 or 1, 5, 9 or 10 from 42; each run has its own seed",
        ),
        button(ids.COMPARE_RUN, "Run batch", "run", kind="outlined"),
        html.Span(id=ids.COMPARE_ERROR, className="field-error", role="alert"),
    ]


def layout() -> list[Node]:
    """What the pane holds: head, empty state, plot, and the tables beside it."""
    return [
        html.Div(
            [*_choices(), html.Div(className="spring"), *save_buttons("data-compare", "batches")],
            className="curve-head",
        ),
        html.Div(
            [
                empty_training(
                    "curve",
                    "No batches yet",
                    "A batch trains this model with many seeds in the background: press Run batch, change something, "
                    "and run it again with the same seeds.",
                ),
                html.Div(
                    [plot_place(ids.COMPARE_PLOT, ids.COMPARE_BODY, "Curves of the batches"), _side()],
                    className="compare-body",
                ),
            ],
            className="compare-main",
        ),
    ]


def _choices() -> list[Node]:
    parts = [
        html.Button(word, type="button", **{"data-part": key, "aria-pressed": str(key == "train").lower()})
        for key, word in PARTS
    ]
    return [
        html.Label([sr("Statistic of the batches"), select(ids.COMPARE_STAT, STATISTICS, "error")]),
        html.Div(parts, className="segmented small", role="group", **{"aria-label": "Epochs that are drawn"}),
        button(ids.COMPARE_WHOLE, "All epochs"),
        html.Span(id=ids.COMPARE_STATUS, className="count compare-status", role="status"),
    ]


def _side() -> html.Div:
    """The batches, the runs of the one that is open, and what differs; JavaScript fills the tables."""
    return html.Div(
        [
            _table("batch-table", [(word, title) for _, word, title in COLUMNS], ids.COMPARE_LIST, "Batches"),
            html.Div(className="removed-line", role="status"),
            _runs(),
            html.Section(id=ids.COMPARE_DIFFERENCES, className="compare-part", **{"aria-label": "What differs"}),
        ],
        className="compare-side",
        tabIndex="0",
        role="region",
        **{"aria-label": "Batches and what differs between them"},
    )


def _runs() -> html.Section:
    actions = [
        html.Button(
            word,
            type="button",
            className="button quiet",
            title=title,
            **{"data-of-batch": key, "aria-label": f"{word} of this batch" if key == "runs_csv" else word},
        )
        for key, word, title in OF_BATCH
    ]
    name = html.Label([html.Span(className="letter"), sr("Name of the batch"), html.Span(className="name-place")])
    return html.Section(
        [
            html.Div([name, html.Div(className="spring"), *actions], className="part-head"),
            _table("batch-runs", [(word, "") for word in RUN_COLUMNS], "compare-run-rows", "Runs of the batch"),
        ],
        id=ids.COMPARE_RUNS,
        className="compare-part",
        hidden=True,
        **{"aria-label": "Runs of one batch"},
    )


def _table(name: str, heads: list[tuple[str, str]], body: str, label: str) -> html.Table:
    cells = [html.Th(word, scope="col", title=title or None) for word, title in heads]
    return html.Table(
        [html.Thead(html.Tr(cells)), html.Tbody(id=body)], className=f"plain-table {name}", **{"aria-label": label}
    )
