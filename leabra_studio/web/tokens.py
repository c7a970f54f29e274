"""The look, declared once: colours, scales and sizes that CSS, Cytoscape, Plotly and JavaScript all read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Theme = Literal["light", "dark"]

THEMES: tuple[Theme, ...] = ("light", "dark")

TOKENS: Mapping[str, tuple[str, str]] = {
    "bg": ("#F6F7F9", "#0E1116"),
    "dot": ("#E1E5EB", "#20262F"),
    "surface": ("#FFFFFF", "#161A21"),
    "sunken": ("#F1F3F6", "#1E232C"),
    "hover": ("#ECEFF3", "#252B35"),
    "border": ("#E3E7ED", "#282E39"),
    "border-strong": ("#C8CFD9", "#3C4452"),
    "border-contrast": ("#868F9E", "#6E7889"),
    "text": ("#171B24", "#E9EDF3"),
    "text-2": ("#475063", "#B4BDCB"),
    "text-3": ("#616B7E", "#8E98A8"),
    "disabled": ("#9AA3B2", "#5D6675"),
    "accent": ("#4F46E5", "#A5A3FF"),
    "accent-fill": ("#4F46E5", "#5B54E8"),
    "accent-soft": ("#EEEEFD", "#24244A"),
    "danger": ("#C62F36", "#FF8A8E"),
    "danger-fill": ("#C62F36", "#C93A41"),
    "success": ("#1F7A4D", "#4CC38A"),
    "warn": ("#8A5300", "#F2B84B"),
    "warn-bg": ("#FFF5DF", "#32270F"),
    "warn-line": ("#EBC877", "#6E5520"),
    "edge": ("#8A94A6", "#6B7585"),
    "edge-near": ("#475063", "#B4BDCB"),
    "inhibitory": ("#0072B2", "#4BA3E0"),
    "plot-grid": ("#ECEFF3", "#222832"),
    "plus-plot": ("#F7F3EA", "#25251F"),
    "curve-test": ("#7A4FB5", "#C4A1FF"),
    "plus-bar": ("#E6DFCF", "#3A372E"),
    "batch-0": ("#171B24", "#E9EDF3"),
    "batch-1": ("#0072B2", "#4BA3E0"),
    "batch-2": ("#D55E00", "#F08445"),
    "batch-3": ("#009E73", "#2DBE92"),
    "batch-4": ("#B87800", "#E69F00"),
    "batch-5": ("#B0527F", "#DB8FB8"),
    "code-keyword": ("#6B3FA0", "#C4A1FF"),
    "code-string": ("#1F7A4D", "#7BD6A6"),
    "code-number": ("#B04A00", "#F5A66B"),
}
"""Name -> (light, dark). Contrast ratios were checked against surface, background and sunken."""

VARIABLE_COLOURS: Mapping[str, tuple[str, str]] = {
    "v_m": ("#0072B2", "#4BA3E0"),
    "act": ("#D55E00", "#F08445"),
    "gc_i": ("#009E73", "#2DBE92"),
    "net": ("#B87800", "#E69F00"),
    "adapt": ("#B0527F", "#DB8FB8"),
    "i_net": ("#2C86BC", "#7CC4EE"),
    "spike": ("#171B24", "#E9EDF3"),
    "v_m_eq": ("#7A4FB5", "#C4A1FF"),
}
"""Okabe-Ito hues, darkened or lightened to at least 3:1 for a 2-px line; one colour a variable in every plot."""

SEQUENTIAL: tuple[tuple[float, str], ...] = (
    (0.0, "#1B2A49"),
    (0.25, "#24547A"),
    (0.5, "#268489"),
    (0.75, "#7CBA68"),
    (1.0, "#FDE24C"),
)
"""Activity scale; its lightness rises evenly, so it can be read in grey."""

DIVERGING: Mapping[Theme, tuple[tuple[float, str], ...]] = {
    "light": (
        (-1.0, "#12468F"),
        (-0.67, "#3A80C2"),
        (-0.33, "#9CC6E8"),
        (0.0, "#F2F2F0"),
        (0.33, "#F3B88F"),
        (0.67, "#CF5F22"),
        (1.0, "#8C2A08"),
    ),
    "dark": ((-1.0, "#7CC0F5"), (-0.5, "#3F7FB5"), (0.0, "#3A404B"), (0.5, "#AD6335"), (1.0, "#FFA56B")),
}
"""Signed scale: cold is negative, hot is positive, zero is neutral."""

FONT = 'Inter, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans", sans-serif'
MONO = '"JetBrains Mono", "Cascadia Mono", Consolas, Menlo, "Liberation Mono", monospace'

ACCENT_SHADES = (
    "#EEEEFD",
    "#DDDCFB",
    "#C3C1F8",
    "#A5A3FF",
    "#A5A3FF",
    "#6A63EE",
    "#4F46E5",
    "#4239C9",
    "#362EA8",
    "#2B2486",
)
"""Mantine's ten shades of the accent: 6 is used on light, 4 on dark."""


def colours(theme: Theme) -> dict[str, str]:
    """Token name -> colour of one theme."""
    column = THEMES.index(theme)
    return {name: pair[column] for name, pair in TOKENS.items()}


def variable_colours(name: str) -> dict[Theme, str]:
    """The fixed colour of a unit variable in each theme; grey text for variables that are never plotted."""
    pair = VARIABLE_COLOURS.get(name, TOKENS["text-3"])
    return {theme: pair[i] for i, theme in enumerate(THEMES)}


def css_variables() -> str:
    """The tokens as CSS custom properties: the typefaces, and one block a theme."""
    return "\n".join([f":root {{ --font: {FONT}; --mono: {MONO}; }}", *(_css_block(theme) for theme in THEMES)])


def _css_block(theme: Theme) -> str:
    lines = [f"--{name}: {colour};" for name, colour in colours(theme).items()]
    lines += [f"--var-{name.replace('_', '-')}: {variable_colours(name)[theme]};" for name in VARIABLE_COLOURS]
    lines.append(f"--scale: linear-gradient(90deg, {_stops(SEQUENTIAL, 0.0)});")
    lines.append(f"--scale-signed: linear-gradient(90deg, {_stops(DIVERGING[theme], -1.0)});")
    selector = ":root" if theme == "light" else '[data-mantine-color-scheme="dark"]'
    return f"{selector} {{ {' '.join(lines)} }}"


def _stops(scale: tuple[tuple[float, str], ...], low: float) -> str:
    return ", ".join(f"{colour} {(position - low) / (1.0 - low):.1%}" for position, colour in scale)
