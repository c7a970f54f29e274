"""The look keeps its promises: contrast of text, lines that can be seen, a scale that reads in grey."""

import pytest

from leabra_studio.web import tokens

TEXTS = ("text", "text-2", "text-3", "accent", "danger", "success")
GROUNDS = ("surface", "bg", "sunken")


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", tokens.THEMES)
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("ground", GROUNDS)
def test_text_can_be_read(theme, text, ground):
    c = tokens.colours(theme)
    assert contrast(c[text], c[ground]) >= 4.5


@pytest.mark.parametrize("theme", tokens.THEMES)
@pytest.mark.parametrize("name", tokens.VARIABLE_COLOURS)
def test_lines_of_variables_can_be_seen(theme, name):
    assert contrast(tokens.variable_colours(name)[theme], tokens.colours(theme)["surface"]) >= 3


def test_variables_have_colours_of_their_own():
    for theme in tokens.THEMES:
        shown = [tokens.variable_colours(name)[theme] for name in tokens.VARIABLE_COLOURS]
        assert len(set(shown)) == len(shown)


def test_activity_scale_grows_lighter_all_the_way():
    lights = [luminance(colour) for _, colour in tokens.SEQUENTIAL]
    assert lights == sorted(lights)


def test_every_token_is_a_custom_property_in_both_themes():
    css = tokens.css_variables()
    assert all(css.count(f"--{name}:") == 2 for name in tokens.TOKENS)
