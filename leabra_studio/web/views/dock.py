"""Dock: plots at the left, tables at the right, each in tabs; the traces and readings of one unit."""

from __future__ import annotations

import plotly.graph_objects as go
from dash import dcc, html

from leabra_studio.engine.variables import UNIT_VARIABLES
from leabra_studio.web import ids, tokens
from leabra_studio.web.parts import Node, icon
from leabra_studio.web.views import analysis, compare, curves, patterns, trials
from leabra_studio.web.views.tabs import empty, splitter, tab_list, tab_pane

PLOTTED = ("v_m", "act", "gc_i", "net", "i_net", "adapt", "spike", "v_m_eq")
"""Variables that can be traced, in the order of their chips; the first three are on at the start."""

DOCS = {v.name: v.doc for v in UNIT_VARIABLES}


LEFT = (
    ("curves", "Learning curves", ids.CURVES),
    ("traces", "Traces", ids.TRACES_PANEL),
    ("weights", "Weights", ids.WEIGHTS_PANEL),
    ("analysis", "Analysis", ids.ANALYSIS),
    ("compare", "Compare", ids.COMPARE),
)
RIGHT = (
    ("readings", "Readings", ids.READINGS),
    ("results", "Test table", ids.RESULTS_TABLE),
    ("patterns", "Patterns", ids.PATTERNS),
)
"""Key, word and pane of each tab."""


def layout() -> list[Node]:
    """What is measured at the left, what belongs to rows of a table at the right under the inspector."""
    return [_left(), _right()]


def _left() -> html.Section:
    return html.Section(
        [
            splitter(),
            html.Div(
                [
                    tab_list(ids.DOCK, LEFT, "traces", "Plots"),
                    html.Div(_trace_tools(), className="tab-tools", **{"data-for": "traces"}),
                    html.Div(compare.tools(), className="tab-tools", hidden=True, **{"data-for": "compare"}),
                    html.Div(className="spring"),
                    html.Div(id=ids.STAMP, className="stamp", role="status"),
                ],
                className="dock-head",
            ),
            tab_pane(ids.DOCK, "curves", ids.CURVES, curves.layout(), shown=False),
            tab_pane(ids.DOCK, "traces", ids.TRACES_PANEL, _traces(), extra="traces-panel"),
            tab_pane(ids.DOCK, "weights", ids.WEIGHTS_PANEL, analysis.weights(), shown=False),
            tab_pane(ids.DOCK, "analysis", ids.ANALYSIS, analysis.analysis(), shown=False),
            tab_pane(ids.DOCK, "compare", ids.COMPARE, compare.layout(), shown=False),
        ],
        id=ids.DOCK,
        className="dock",
        **{"aria-label": "Plots", "data-tab": "traces"},
    )


def _trace_tools() -> list[Node]:
    return [
        html.Span("no unit", id=ids.TRACE_UNIT, className="chip"),
        html.Div(className="rule"),
        html.Div(
            [_chip(name) for name in PLOTTED],
            id=ids.TRACE_VARS,
            className="chips",
            role="group",
            **{"aria-label": "Variables"},
        ),
    ]


def _traces() -> list[Node]:
    return [
        empty("eye", "No traces yet", "Press Run, then click a unit to see its v_m, act and gc_i.", id="traces-empty"),
        html.Div(id=ids.PLOTS, className="traces-place"),
    ]


def plots() -> dcc.Graph:
    """The plot of the traces, put into its place when the page is up: Plotly keeps a browser busy for half a second."""
    return dcc.Graph(id=ids.TRACES, figure=figure("light"), config=CONFIG, className="traces", responsive=True)


CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "staticPlot": False}


def _chip(name: str) -> html.Button:
    return html.Button(
        [html.Span(className="swatch", style={"background": f"var(--var-{name.replace('_', '-')})"}), html.Span(name)],
        type="button",
        className="chip toggle",
        title=DOCS[name],
        **{"data-var": name, "aria-pressed": "false"},
    )


def figure(theme: tokens.Theme, cycles: int = 200) -> go.Figure:
    """The empty traces figure: fixed axes, no box, room at the right for the end labels."""
    c = tokens.colours(theme)
    axis = {
        "gridcolor": c["plot-grid"],
        "zeroline": False,
        "tickfont": {"size": 11, "color": c["text-3"]},
        "fixedrange": True,
    }
    return go.Figure(
        layout={
            "template": None,
            "font": {"family": tokens.FONT, "size": 11, "color": c["text-3"]},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "margin": {"l": 40, "r": 124, "t": 14, "b": 24},
            "showlegend": False,
            "hovermode": False,
            "dragmode": False,
            "uirevision": "traces",
            "xaxis": {
                **axis,
                "range": [0, cycles],
                "showgrid": False,
                "linecolor": c["border-strong"],
                "showline": True,
                "title": None,
            },
            "yaxis": {**axis, "range": [0, 1], "tickvals": [0, 0.5, 1]},
        }
    )


def _right() -> html.Section:
    return html.Section(
        [
            html.Div(
                [
                    tab_list(ids.SIDE, RIGHT, "readings", "Tables"),
                    html.Div(className="spring"),
                    html.Div(_wide_button(), className="tab-tools", hidden=True, **{"data-for": "patterns results"}),
                ],
                className="dock-head",
            ),
            tab_pane(ids.SIDE, "readings", ids.READINGS, _readings(), extra="readings"),
            tab_pane(ids.SIDE, "results", ids.RESULTS_TABLE, trials.layout(), shown=False),
            tab_pane(ids.SIDE, "patterns", ids.PATTERNS, patterns.layout(), shown=False),
        ],
        id=ids.SIDE,
        className="side-dock",
        **{"aria-label": "Tables", "data-tab": "readings"},
    )


def _wide_button() -> html.Button:
    return html.Button(
        [icon("wide"), html.Span("Wide", className="word")],
        id=ids.SIDE_WIDE,
        type="button",
        className="button quiet",
        title="Over the whole width",
        **{"aria-pressed": "false"},
    )


def _readings() -> list[Node]:
    rows = [
        html.Tr(
            [
                html.Th([html.Span(className="swatch", style=_swatch(v.name)), v.name], scope="row"),
                html.Td("–", className="value"),
            ],
            title=v.doc,
            **{"data-var": v.name},
        )
        for v in UNIT_VARIABLES
        if v.name != "net_raw"
    ]
    return [
        html.Div("click a unit", className="count pane-caption", id="readings-unit"),
        html.Div(
            html.Table(html.Tbody(rows)),
            className="scroll",
            tabIndex="0",
            role="region",
            **{"aria-label": "Readings"},
        ),
    ]


def _swatch(name: str) -> dict[str, str]:
    plotted = name in tokens.VARIABLE_COLOURS
    return {"background": f"var(--var-{name.replace('_', '-')})" if plotted else "transparent"}
