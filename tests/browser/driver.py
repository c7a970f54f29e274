"""The studio as a person uses it: controls by the words on them, places by the names of layers."""

from collections.abc import Iterable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import drag

READY = """() => window.cy && cy.nodes().length === leabra.layers.size && leabra.page
    && leabra.records.gen >= 0 && document.getElementById("run").getAttribute("aria-disabled") !== "true" """
DRAWN = """() => {
    const drawn = leabra.series();
    return !leabra.running() && leabra.records.count > 0 && drawn.gen === leabra.records.gen
        && drawn.from + drawn.count === leabra.records.cycle;
}"""
FRAMES = """count => new Promise(done => {
    let left = count;
    leabra.on("frame", () => (left-- > 0 ? leabra.kick() : done(leabra.records.cycle)));
    leabra.kick();
})"""
BOX = """name => {
    const box = leabra.cardBox(cy.getElementById(name));
    const canvas = cy.container().getBoundingClientRect();
    const on = (x, y) => [canvas.left + x * cy.zoom() + cy.pan().x, canvas.top + y * cy.zoom() + cy.pan().y];
    const side = box.card.cell / 2;
    return { head: on(box.x + box.w / 2, box.y + 12), cell: on(box.left + side, box.y + box.h - 8 - side) };
}"""

MIDDLE = """name => {
    const at = cy.getElementById(name).renderedMidpoint();
    const box = cy.container().getBoundingClientRect();
    return [box.left + at.x, box.top + at.y];
}"""
Place = tuple[float, float]


class Studio:
    """One page of the studio.

    Parameters
    ----------
    page
        The browser's page.
    url
        Where the studio is; opened at once.
    """

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.mouse = page.mouse
        self.keyboard = page.keyboard
        page.goto(url)
        self.ready()

    def ready(self) -> None:
        """Wait until the graph is drawn and Run can be pressed."""
        self.page.wait_for_function(READY)

    def wait(self, condition: str, argument: Any = None) -> None:
        """Wait until a JavaScript expression of `it` is true."""
        self.page.wait_for_function(f"it => {condition}", arg=argument)

    def ask(self, expression: str, argument: Any = None) -> Any:
        """Return the value of a JavaScript expression of `it`."""
        return self.page.evaluate(f"it => {expression}", argument)

    # ---- Controls

    def button(self, word: str) -> Locator:
        """Return a button by the word on it."""
        return self.page.get_by_role("button", name=word, exact=True)

    def field(self, word: str) -> Locator:
        """Return a text field by its label."""
        return self.page.get_by_role("textbox", name=word, exact=True)

    def row(self, name: str) -> Locator:
        """Return a row of the outline by the name of its layer or projection."""
        return self.page.locator(f"#outline .row:not(.spec)[data-name={quoted(name)}]")

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.keyboard.press(key)

    def unfocus(self) -> None:
        """Leave whatever field has the focus."""
        self.ask("document.activeElement.blur()")

    # ---- Run

    @property
    def cycle(self) -> int:
        """How many cycles have run, as the counter says."""
        return int(self.page.locator("#counter-cycle").inner_text().replace("\u202f", ""))

    def set_speed(self, position: int) -> None:
        """Move the speed slider: 0 is the slowest, 100 as fast as possible."""
        self.page.get_by_role("slider", name="Speed", exact=True).fill(str(position))

    def run_past(self, cycle: int) -> None:
        """Run until a cycle was passed; the run goes on."""
        self.button("Run").click()
        self.wait("leabra.records.cycle > it", cycle)

    def stop(self) -> int:
        """Stop; return the cycle when all of it is drawn."""
        self.button("Stop").click()
        return self.stopped()

    def step(self, count: int) -> int:
        """Run so many cycles by Enter in the field of Step; return the cycle when all of it is drawn."""
        to = self.cycle + count
        self.field("Steps at once").fill(str(count))
        self.press("Enter")
        self.unfocus()
        self.wait("leabra.records.cycle === it", to)
        return self.stopped()

    def stopped(self) -> int:
        """Wait until nothing runs and all that was recorded is drawn; return the cycle."""
        expect(self.button("Run")).to_be_visible()
        self.page.wait_for_function(DRAWN)
        return self.cycle

    def after_frames(self, count: int) -> int:
        """Return the cycle after so many more frames of the server."""
        return int(self.page.evaluate(FRAMES, count))

    def series(self) -> dict[str, Any]:
        """Return what is drawn."""
        return self.ask("leabra.series()")

    def traced(self, count: int) -> None:
        """Wait until so many variables are traced, each with a value for every cycle that is held."""
        whole = "({ values, count }) => Object.values(values).every(list => list.length === count)"
        self.wait(f"Object.keys(leabra.series().values).length === it && ({whole})(leabra.series())", count)

    # ---- The network

    def names(self) -> list[str]:
        """Return the names of layers and projections in the graph."""
        return self.ask("cy.elements().map(element => element.id())")

    def has(self, *names: str) -> None:
        """Wait until the graph and the outline hold exactly these layers and projections."""
        rows = "[...document.querySelectorAll('#outline .row[data-name]:not(.spec)')].map(row => row.dataset.name)"
        same = "JSON.stringify([...list].sort()) === JSON.stringify([...it].sort())"
        self.wait(f"[cy.elements().map(e => e.id()), {rows}].every(list => {same})", list(names))

    def head(self, name: str) -> Place:
        """Return the middle of a card's head, where it can be dragged."""
        return tuple(self.page.evaluate(BOX, name)["head"])

    def cell(self, name: str) -> Place:
        """Return the middle of a layer's first unit."""
        return tuple(self.page.evaluate(BOX, name)["cell"])

    def middle(self, name: str) -> Place:
        """Return the middle of a projection's line."""
        return tuple(self.page.evaluate(MIDDLE, name))

    def empty_place(self, right: float = 0, down: float = 0) -> Place:
        """Return a place near the lower left corner of the canvas, where no card is."""
        box = self.page.locator("#cy").bounding_box()
        assert box
        return box["x"] + 100 + right, box["y"] + box["height"] - 100 + down

    def click(self, place: Place) -> None:
        """Click a place."""
        self.mouse.click(*place)

    def select(self, name: str) -> None:
        """Select a layer or projection in the outline and wait for its form."""
        self.row(name).click()
        self.selected(name)

    def selected(self, *names: str) -> None:
        """Wait until exactly these are selected, on the server too, and in the graph."""
        same = "JSON.stringify(it) === JSON.stringify"
        self.wait(f"{same}(leabra.page.select) && {same}(cy.$(':selected').map(e => e.id()))", list(names))

    def type_name(self, name: str) -> None:
        """Type into the field that stands over the object being named, and commit."""
        editor = self.page.locator("input.rename")
        expect(editor).to_be_focused()
        editor.fill(name)
        editor.press("Enter")

    def rename_model(self, old: str, new: str) -> None:
        """Give the model another name by the menu behind its name."""
        self.button(old).click()
        self.page.get_by_role("menuitem", name="Rename…").click()
        self.type_name(new)
        expect(self.button(new)).to_be_visible()

    def drag(self, start: Place, end: Place) -> None:
        """Drag from one place to another."""
        drag(self.page, start, end)

    # ---- The form

    def param(self, path: str) -> Locator:
        """Return a row of the form."""
        return self.page.locator(f"#form-pane .param[data-path={quoted(path)}]")

    def open_group(self, title: str) -> None:
        """Open a group of the form, if it is closed."""
        group = self.page.locator(f"#form-pane details[data-group={quoted(title)}]")
        if group.get_attribute("open") is None:
            group.locator("> summary").click()

    def set_param(self, path: str, text: str) -> None:
        """Type a value into a row and commit it."""
        field = self.param(path).get_by_role("textbox")
        field.fill(text)
        field.press("Enter")

    def saved(self) -> None:
        """Wait until no edit is on its way."""
        expect(self.page.locator("#saved")).to_have_text("Saved")

    def undo_title(self) -> str:
        """Return what Undo says it would do."""
        return self.button("Undo").get_attribute("title") or ""


def quoted(text: str) -> str:
    """Return a text as a string of CSS."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\a ") + '"'


def overlaps(boxes: Iterable[tuple[str, dict[str, float]]]) -> list[str]:
    """Return the pairs of named boxes that lie on each other."""
    known = list(boxes)
    return [
        f"{one} on {other}"
        for i, (one, a) in enumerate(known)
        for other, b in known[i + 1 :]
        if min(a["x"] + a["width"], b["x"] + b["width"]) - max(a["x"], b["x"]) > 0.5
        and min(a["y"] + a["height"], b["y"] + b["height"]) - max(a["y"], b["y"]) > 0.5
    ]
