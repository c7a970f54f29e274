"""Dock: the live traces of one unit, and the exact readings of all its variables."""

from __future__ import annotations

import plotly.graph_objects as go
from dash import dcc, html

from leabra_studio.engine.variables import UNIT_VARIABLES
from leabra_studio.web import ids, tokens
from leabra_studio.web.parts import icon

PLOTTED = ("v_m", "act", "gc_i", "net", "i_net", "adapt", "spike", "v_m_eq")
"""Variables that can be traced, in the order of their chips; the first three are on at the start."""

DOCS = {v.name: v.doc for v in UNIT_VARIABLES}


def layout() -> list[html.Section]:
    """Traces at the left, readings at the right under the inspector."""
    return [_traces(), _readings()]


def _traces() -> html.Section:
    return html.Section(
        [
            html.Div(
                [
                    html.H2("Traces"),
                    html.Span("no unit", id=ids.TRACE_UNIT, className="chip"),
                    html.Div(className="rule"),
                    html.Div(
                        [_chip(name) for name in PLOTTED],
                        id=ids.TRACE_VARS,
                        className="chips",
                        role="group",
                        **{"aria-label": "Variables"},
                    ),
                    html.Div(className="spring"),
                    html.Div(id=ids.STAMP, className="stamp", role="status"),
                ],
                className="dock-head",
            ),
            html.Div(
                [
                    icon("eye"),
                    html.B("No traces yet"),
                    html.P("Press Run, then click a unit to see its v_m, act and gc_i."),
                ],
                className="empty-state",
                id="traces-empty",
            ),
            dcc.Graph(id=ids.TRACES, figure=figure("light"), config=CONFIG, className="traces", responsive=True),
        ],
        id=ids.TRACES_PANEL,
        className="traces-panel",
        **{"aria-label": "Traces"},
    )


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


def _readings() -> html.Section:
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
    return html.Section(
        [
            html.Div(
                [html.H2("Readings"), html.Span("click a unit", className="count", id="readings-unit")],
                className="dock-head",
            ),
            html.Div(
                html.Table(html.Tbody(rows)),
                className="scroll",
                tabIndex="0",
                role="region",
                **{"aria-label": "Readings"},
            ),
        ],
        id=ids.READINGS,
        className="readings",
    )


def _swatch(name: str) -> dict[str, str]:
    plotted = name in tokens.VARIABLE_COLOURS
    return {"background": f"var(--var-{name.replace('_', '-')})" if plotted else "transparent"}
