"""Figures in the studio's colours: web pages that need no internet, and pictures where a browser is at hand."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import plotly.graph_objects as go

TEXT, GREY, FAINT, ACCENT, TEST = "#171B24", "#616B7E", "#ECEFF3", "#4F46E5", "#7A4FB5"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
WIDTH, HEIGHT = 960, 480
PAGE_MARGIN = 8
"""What a browser leaves free around a page."""
PATIENCE = 60
"""Seconds that a browser may take for a picture."""


def plain(figure: go.Figure, title: str) -> go.Figure:
    """Give `figure` a title and the studio's plain look; return it."""
    figure.update_layout(
        title={"text": title, "font": {"size": 14}, "x": 0.03, "y": 0.95},
        font={"family": "Inter, Segoe UI, Roboto, Helvetica Neue, Arial, Liberation Sans, sans-serif", "size": 12},
        font_color=TEXT,
        paper_bgcolor="white",
        plot_bgcolor="white",
        height=HEIGHT,
        margin={"l": 56, "r": 24, "t": 88, "b": 56},
    )
    figure.update_annotations(selector={"yanchor": "bottom", "xref": "paper"}, font_size=12, font_color=GREY)
    figure.update_xaxes(gridcolor=FAINT, zeroline=False)
    figure.update_yaxes(gridcolor=FAINT, zeroline=False)
    return figure


def draw_net(
    figure: go.Figure, layers: Sequence[tuple[str, int]], arrows: Sequence[tuple[int, int]], *, each_unit: bool = False
) -> None:
    """Draw layers of units from the bottom to the top, into the left of two plots.

    Parameters
    ----------
    figure : go.Figure
        A figure with at least one row and one column.
    layers : sequence of (str, int)
        Names and numbers of units, lowest first.
    arrows : sequence of (int, int)
        The projections: from which layer to which.
    each_unit : bool
        Whether to draw an arrow for every connection instead of one for every projection.
    """
    for pre, post in arrows:
        side = 0.0 if len(arrows) == 1 else 0.25 if post > pre else -0.25
        pairs = (
            [(x, x2) for x in _places(layers[pre][1]) for x2 in _places(layers[post][1])]
            if each_unit
            else [(side, side)]
        )
        rise = 0.2 if post > pre else -0.2
        for start, end in pairs:
            _arrow(figure, (start, pre + rise), (end, post - rise))
    for height, (name, units) in enumerate(layers):
        marks = {"size": 22, "color": "white", "line": {"color": TEXT, "width": 1.5}}
        where = {"x": _places(units), "y": [height] * units}
        figure.add_scatter(**where, mode="markers", marker=marks, hoverinfo="skip", showlegend=False, row=1, col=1)
        figure.add_annotation(
            x=-2.6, y=height, text=name, showarrow=False, xanchor="right", font_color=GREY, row=1, col=1
        )
    figure.update_xaxes(range=[-4.4, 2.6], visible=False, row=1, col=1)
    figure.update_yaxes(range=[-0.5, len(layers) - 0.5], visible=False, row=1, col=1)


def _places(units: int) -> list[float]:
    return [unit - (units - 1) / 2 for unit in range(units)]


def _arrow(figure: go.Figure, start: tuple[float, float], end: tuple[float, float]) -> None:
    figure.add_annotation(
        x=end[0],
        y=end[1],
        ax=start[0],
        ay=start[1],
        axref="x",
        ayref="y",
        xref="x",
        yref="y",
        text="",
        showarrow=True,
        arrowhead=2,
        arrowwidth=1,
        arrowcolor=GREY,
    )


def write(figure: go.Figure, out: Path, name: str, *, picture: bool = True) -> list[Path]:
    """Write a figure as a web page that holds all it needs, and as PNG if a browser can be found.

    Parameters
    ----------
    figure : go.Figure
        The figure.
    out : Path
        The folder; made if need be.
    name : str
        The files' name without its ending.
    picture : bool
        Whether a PNG is wanted.

    Returns
    -------
    list of Path
        What was written.
    """
    out.mkdir(parents=True, exist_ok=True)
    page = out / f"{name}.html"
    figure.write_html(page, include_plotlyjs=True, config={"displayModeBar": False})
    image = _photographed(figure, page) if picture else None
    return [page] if image is None else [page, image]


def _photographed(figure: go.Figure, page: Path) -> Path | None:
    """Return the picture that a browser took of `page`, None where there is no browser or it fails."""
    browser = os.environ.get("CHROME_BIN") or next(filter(None, map(shutil.which, BROWSERS)), None)
    image = page.with_suffix(".png")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        flags = ["--headless", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--force-device-scale-factor=2"]
        flags += [
            f"--user-data-dir={profile}",
            f"--window-size={WIDTH},{HEIGHT + 2 * PAGE_MARGIN}",
            f"--screenshot={image.resolve()}",
        ]
        if getattr(os, "geteuid", lambda: 1)() == 0:
            flags.append("--no-sandbox")  # Chromium's own sandbox does not work for root; the page is our own
        try:
            image.unlink(missing_ok=True)
            subprocess.run(
                [str(browser), *flags, page.resolve().as_uri()], capture_output=True, timeout=PATIENCE, check=True
            )
        except (OSError, subprocess.SubprocessError):
            return None
    return image if image.is_file() else None
