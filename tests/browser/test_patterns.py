"""Patterns by hand in a real browser: made, painted, typed, pasted, taken back."""

import pytest
from playwright.sync_api import expect

from tests.browser.driver import Studio

LAYERS = [
    {"name": "input", "rows": "2", "cols": "3", "role": "input"},
    {"name": "output", "rows": "1", "cols": "2", "role": "target"},
]
PASTE = """text => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
    document.activeElement.dispatchEvent(event);
}"""


@pytest.fixture
def app(studio, page):
    app = Studio(page, studio.url)
    app.page.evaluate("layers => leabra.intent('wizard', { name: 'Demo', connect: 'feedforward', layers })", LAYERS)
    app.wait("leabra.page.name === 'Demo' && leabra.idle()")
    app.page.get_by_role("tab", name="Patterns").click()
    app.button("Add row").click()
    expect(images(app)).to_have_count(2)
    return app


def images(app: Studio):
    return app.page.locator("#pattern-grid .pattern-cell")


def says(app: Studio, at: int, what: str) -> None:
    expect(images(app).nth(at)).to_have_attribute("aria-label", what)


def click_unit(app: Studio, at: int, row: int, col: int, rows: int, cols: int) -> None:
    box = images(app).nth(at).locator("canvas").bounding_box()
    assert box is not None
    app.mouse.click(box["x"] + (col + 0.5) * box["width"] / cols, box["y"] + (rows - row - 0.5) * box["height"] / rows)


def test_a_unit_is_painted_by_a_click_and_cleared_by_another_and_undone(app):
    click_unit(app, 0, row=1, col=2, rows=2, cols=3)
    says(app, 0, "input: 1,2")
    click_unit(app, 0, row=1, col=2, rows=2, cols=3)
    says(app, 0, "input: all 0")
    app.wait("leabra.idle()")
    app.press("Control+z")
    says(app, 0, "input: 1,2")


def test_the_keyboard_moves_through_units_and_cells_and_types_values(app):
    click_unit(app, 0, row=0, col=0, rows=2, cols=3)
    says(app, 0, "input: 0,0")
    app.press("ArrowUp", "ArrowRight", "Space", "ArrowRight", ".", "5", "Enter")
    says(app, 0, "input: 0,0 1,1 1,2 0.5")
    app.press("ArrowRight", "Space")
    says(app, 1, "output: 0,0")


def test_a_block_of_a_spreadsheet_fills_rows_and_makes_those_that_are_missing(app):
    click_unit(app, 0, row=0, col=0, rows=2, cols=3)
    says(app, 0, "input: 0,0")
    app.page.evaluate(PASTE, "0\t1\t0\t0\t0\t0\t0\t1\n1\t0\t0\t0\t0\t1\t1\t0\n")
    expect(images(app)).to_have_count(4)
    says(app, 0, "input: 0,1")
    says(app, 3, "output: 0,0")
    app.page.evaluate(PASTE, "1\tword")
    expect(app.page.locator("#hint")).to_contain_text("value 2 of line 1")
    app.press("Control+z")
    expect(images(app)).to_have_count(2)


def test_a_name_is_typed_into_the_grid_and_one_that_may_not_be_is_taken_back(app):
    cell = app.page.locator("#pattern-grid .ag-row .row-name").first
    for typed, shown in (("first event", "first event"), ("x" * 90, "first event")):
        cell.dblclick()
        field = cell.get_by_role("textbox")
        field.fill(typed)
        field.press("Enter")
        app.wait("leabra.idle()")
        expect(cell).to_have_text(shown)
    expect(app.page.locator("#hint")).to_contain_text("at most 80 characters")
    app.press("Control+z")
    expect(cell).to_have_text("")


ROWS = """() => [...document.querySelectorAll("#pattern-grid .ag-center-cols-container .ag-row")]
    .map(row => row.getBoundingClientRect()).sort((a, b) => a.top - b.top).map(box => [box.top, box.bottom])"""
FITS = "image => image.offsetHeight <= image.closest('.ag-row').offsetHeight"


@pytest.mark.parametrize("key", ["error_driven_hidden", "iris"])
def test_the_rows_of_a_table_lie_one_below_the_other_as_high_as_their_images(studio, page, key):
    app = Studio(page, studio.url)
    app.page.evaluate("key => leabra.intent('example', { key })", key)
    app.wait("leabra.page.op === 'example' && leabra.idle()")
    app.page.get_by_role("tab", name="Patterns").click()
    expect(images(app).nth(7)).to_be_visible()
    app.wait(f"[...document.querySelectorAll('.pattern-cell canvas')].every({FITS})")
    app.wait(f"({ROWS})().length >= 4 && ({ROWS})().every(([top], i, all) => !i || top === all[i - 1][1])")
    heights = {round(bottom - top) for top, bottom in app.page.evaluate(ROWS)}
    assert len(heights) == 1
