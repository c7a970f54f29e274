"""The editor with a large model: frames per second while panning and dragging, edits and their undo, opening a file.

100 layers of 25 units and 300 projections; a file of 1 MB. Nothing else should run on the machine.
"""

import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from browser import PATIENCE, READY, server
from playwright.sync_api import Page, sync_playwright

from leabra_studio.model import Layer, Model, PatternTable, Projn, Row, codec

Edit = Callable[[int], tuple[str, dict[str, Any]]]
LAYERS, PROJNS = 100, 300
SAMPLES = 7
FRAMES = """() => {
    window.stamps = [];
    const frame = now => {
        stamps.push(now);
        if (window.stamps) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
}"""
RATE = """() => {
    const all = window.stamps;
    window.stamps = null;
    return (all.length - 1) / (all.at(-1) - all[0]) * 1000;
}"""
# From an intent to the first painting after its answer has been written into the page, and the server's part of it.
ANSWER = """([op, fields]) => new Promise(done => {
    const began = performance.now();
    leabra.on("served", kind => kind === "page" && (window.served = performance.now() - began));
    leabra.on("page", page => {
        if (!done || page.op !== op) return;
        const end = done;
        done = null;
        requestAnimationFrame(() => setTimeout(() => end([performance.now() - began, window.served])));
    });
    leabra.intent(op, fields);
})"""
ACTIVE = "layer 44"
EDITS = {
    "a parameter": lambda i: ("set_param", {"name": ACTIVE, "path": "gi", "value": str(1.2 + i / 100)}),
    "a move": lambda i: ("move", {"nodes": [{"id": ACTIVE, "x": 40.0 + i, "y": 60.0}]}),
    "a name": lambda i: ("rename", {"name": ACTIVE, "new": f"other {i}"}),
    "a deletion": lambda i: ("remove", {"names": [ACTIVE]}),
}


def large() -> Model:
    """Return the model with many layers."""
    layers = tuple(Layer(f"layer {i}", (5, 5), x=220.0 * (i % 10), y=220.0 * (i // 10)) for i in range(LAYERS))
    ends = ((i % LAYERS, (i * 7 + i // LAYERS + 1) % LAYERS) for i in range(PROJNS))
    projns = tuple(Projn(f"p{i}", f"layer {a}", f"layer {b}") for i, (a, b) in enumerate(ends))
    return Model(name="Large", layers=layers, projns=projns)


def heavy() -> Model:
    """Return a model whose file has 1 MB, most of it patterns."""
    layers = (Layer("input", (10, 10), role="input"), Layer("output", (1, 10), role="target", y=-300.0))
    row = {"input": tuple(i % 7 / 7 for i in range(100)), "output": (1.0,) + (0.0,) * 9}
    rows = tuple(Row(f"event {i}", row) for i in range(580))
    projns = (Projn("up", "input", "output"),)
    return Model(name="Heavy", layers=layers, projns=projns, patterns=(PatternTable("patterns", rows),))


def open_model(page: Page, model: Model, folder: Path) -> tuple[float, int]:
    """Open a model by its file; return milliseconds and the bytes of the file."""
    path = folder / f"{model.name}.leabra.json"
    path.write_text(codec.dumps(model), "utf-8")
    fields = {"document": path.read_text("utf-8")}
    took, _ = page.evaluate(ANSWER, ["open", fields])
    page.wait_for_function(READY, timeout=PATIENCE)
    return took, path.stat().st_size


def rate(page: Page, button: str, start: tuple[float, float]) -> float:
    """Return the frames per second while the mouse drags from a place in a circle."""
    page.mouse.move(*start)
    page.mouse.down(button=button)
    page.evaluate(FRAMES)
    for step in range(60):
        page.mouse.move(start[0] + 3 * step, start[1] + 2 * step)
    found = page.evaluate(RATE)
    page.mouse.up(button=button)
    return float(found)


def changes(page: Page, edit: Edit) -> dict[str, list[list[float]]]:
    """Return the milliseconds of an edit and of its undo, in all and those of the server, several times over."""
    times: dict[str, list[list[float]]] = {"edit": [], "undo": []}
    for i in range(SAMPLES):
        rest(page)
        times["edit"].append(page.evaluate(ANSWER, list(edit(i))))
        rest(page)
        times["undo"].append(page.evaluate(ANSWER, ["undo", {}]))
    return times


def rest(page: Page) -> None:
    """Select the layer that is edited, and let the page come to rest."""
    page.evaluate("name => leabra.select([name])", ACTIVE)
    page.wait_for_function("leabra.idle() && leabra.page.state === 'stopped'")
    page.wait_for_timeout(600)


def line(times: list[list[float]]) -> str:
    """Return median and largest, and the server's part."""
    whole, served = ([sample[i] for sample in times] for i in (0, 1))
    middle, answered = statistics.median(whole), statistics.median(served)
    return f"{middle:4.0f} ms median, {max(whole):4.0f} largest, {answered:4.0f} until the server answered;"


def main() -> None:
    with server() as (url, _), sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        page.goto(url)
        page.wait_for_function(READY, timeout=PATIENCE)
        took, size = open_model(page, heavy(), Path(folder))
        print(f"opening {size / 1e6:.2f} MB    {took:5.0f} ms")
        took, _ = open_model(page, large(), Path(folder))
        print(f"opening {LAYERS} layers  {took:5.0f} ms")
        page.evaluate("cy.fit()")
        box = page.locator("#cy").bounding_box()
        empty = (box["x"] + 8, box["y"] + box["height"] / 2)
        print(f"panning            {rate(page, 'left', empty):5.0f} frames/s")
        head = page.evaluate(
            "(() => { const at = cy.getElementById('layer 44').renderedPosition(); return [at.x, at.y]; })()"
        )
        print(f"dragging a layer   {rate(page, 'left', (box['x'] + head[0], box['y'] + head[1])):5.0f} frames/s")
        for word, edit in EDITS.items():
            print(f"{word:12}", *(f"{what} {line(times)}" for what, times in changes(page, edit).items()))
        browser.close()


if __name__ == "__main__":
    main()
