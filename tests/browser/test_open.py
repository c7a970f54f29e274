"""What a person sees first: the two neurons, every control with its word, in both themes, at both usual sizes."""

import math

import pytest
from playwright.sync_api import expect

from leabra_studio.web.tokens import SEQUENTIAL, TOKENS
from tests.browser.driver import Studio, overlaps

WORDS = ("Run", "Step", "Rewind", "Undo", "Redo", "Examples", "Export", "Download .py", "Layer", "Input", "Connect")
WORDS += ("Tidy", "Fit", "Live", "New seed", "Dark or light", "Help", "First recorded cycle", "One cycle back")
WORDS += ("One cycle on", "Last recorded cycle", "v_m", "act", "gc_i", "net", "i_net", "adapt", "spike", "v_m_eq")
PIXEL = """([x, y]) => {
    const canvas = document.querySelector("#cy canvas.units");
    const box = canvas.getBoundingClientRect();
    const ratio = canvas.width / box.width;
    return [...canvas.getContext("2d").getImageData((x - box.left) * ratio, (y - box.top) * ratio, 1, 1).data];
}"""
PAINTED = """([x, y]) => [...document.querySelectorAll("#cy canvas:not(.units)")].some(canvas => {
    const box = canvas.getBoundingClientRect();
    const ratio = canvas.width / box.width;
    const [px, py] = [(x - box.left) * ratio, (y - box.top) * ratio];
    return canvas.getContext("2d").getImageData(px - 1, py - 2, 3, 5).data.some(value => value > 0);
})"""
SIZES = ((1366, 768), (1920, 1080))
BARS = (".topbar", ".transport", "#dock .dock-head")


@pytest.fixture
def app(studio, page):
    return Studio(page, studio.url)


def rgb(colour: str) -> list[int]:
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


def expected_colour(value: float) -> list[int]:
    """The colour of an activity on the fixed scale from 0 to 1."""
    at = round(value * 255) / 255
    i = next(i for i in range(1, len(SEQUENTIAL)) if SEQUENTIAL[i][0] >= at)
    (low, one), (high, other) = SEQUENTIAL[i - 1], SEQUENTIAL[i]
    part = (at - low) / (high - low)
    return [round(a + part * (b - a)) for a, b in zip(rgb(one), rgb(other), strict=True)]


def close(pixel: list[int], colour: list[int]) -> bool:
    return math.dist(pixel[:3], colour) < 4


def test_the_page_opens_on_two_neurons_drawn_in_the_colours_of_their_activity(app):
    app.has("input", "output", "proj1")
    app.step(60)
    act = app.ask("leabra.records.unit.values.act")
    assert 0.3 < act < 0.9
    assert close(app.page.evaluate(PIXEL, app.cell("input")), expected_colour(0.95))
    assert close(app.page.evaluate(PIXEL, app.cell("output")), expected_colour(act))

    assert app.page.evaluate(PAINTED, app.middle("proj1"))
    assert app.ask("cy.getElementById('proj1').style('target-arrow-shape')") == "triangle"
    assert app.ask("['source', 'target'].map(end => cy.getElementById('proj1').data(end))") == ["input", "output"]
    units = app.page.get_by_role("region", name="Units")  # for screen readers
    for value in (0.95, act):
        expect(units.get_by_role("cell", name=f"{round(value * 255) / 255:.2f}", exact=True)).to_have_count(1)


def test_every_control_has_its_word_as_accessible_name(app):
    app.step(1)  # the time bar has its buttons when there is something to look back on
    for word in WORDS:
        expect(app.button(word), word).to_have_count(1)
    for role, word in (("slider", "Speed"), ("slider", "Time bar"), ("textbox", "Seed"), ("combobox", "Colour by")):
        expect(app.page.get_by_role(role, name=word, exact=True)).to_be_visible()
    nameless = (
        app.page.locator("button:visible")
        .filter(has_not_text="x" * 99)
        .evaluate_all(
            "all => all.filter(b => !(b.getAttribute('aria-label') || b.textContent).trim()).map(b => b.outerHTML)"
        )
    )
    assert nameless == []


def test_no_control_lies_on_another_or_outside_the_window(app):
    app.step(7)
    for width, height in SIZES:
        app.page.set_viewport_size({"width": width, "height": height})
        app.wait("innerWidth === it && Math.abs(cy.width() - document.getElementById('cy').clientWidth) < 1", width)
        check_layout(app, width, height)


def check_layout(app, width, height):
    for bar in BARS:
        shown = app.page.locator(f"{bar} :is(button, input, select, .stamp, .saved, .speed-text, .track):visible")
        boxes = [(f"{bar} {i} {one.inner_text()}", one.bounding_box()) for i, one in enumerate(shown.all())]
        assert len(boxes) > 5
        assert overlaps(boxes) == []
        for name, box in boxes:
            assert box["x"] >= 0, name
            assert box["y"] >= 0, name
            assert box["x"] + box["width"] <= width, name
            assert box["y"] + box["height"] <= height, name
    page = app.ask("({w: document.documentElement.scrollWidth, h: document.documentElement.scrollHeight})")
    assert (page["w"], page["h"]) == (width, height)


def test_dark_theme_repaints_everything_and_stays(app):
    app.step(5)
    corner = tuple(a - b for a, b in zip(app.cell("input"), (30, 0), strict=True))
    light = app.page.evaluate(PIXEL, corner)
    app.button("Dark or light").click()
    expect(app.page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    dark = [*rgb(TOKENS["surface"][1]), 255]
    app.page.wait_for_function(f"([at, colour]) => String(({PIXEL})(at)) === String(colour)", arg=[corner, dark])
    assert close(light, rgb(TOKENS["surface"][0]))
    assert close(app.page.evaluate(PIXEL, app.cell("input")), expected_colour(0.95))
    app.page.reload()
    app.ready()
    expect(app.page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
