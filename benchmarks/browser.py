"""The page while it runs: ticks on the screen, what they cost the server, and how soon a hand sees its effect.

The server is a process of its own, started as `make run` does; the interval of the page is 100 ms. Nothing else should
run on the machine.
"""

import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
EXAMPLES = ("two_neurons", "four_layers")
SECONDS = 10
SAMPLES = 15
PATIENCE = 60_000  # ms
READY = """() => window.cy && cy.nodes().length && leabra.records.gen >= 0
    && document.getElementById("run").getAttribute("aria-disabled") !== "true" """
# Counts the bodies of frames as they come out of the network, unpacked.
WATCH = """(() => {
    const fetch = window.fetch;
    window.bench = { bytes: [], took: [] };
    window.fetch = async function (resource, options) {
        const began = performance.now();
        const answer = await fetch.apply(this, arguments);
        if (options && String(options.body).includes('"output":"frame.data"')) {
            answer.clone().text().then(text => window.bench.bytes.push(text.length));
            window.bench.took.push(performance.now() - began);
        }
        return answer;
    };
})()"""
COUNT = """seconds => new Promise(done => {
    const painted = { frames: 0, redraws: leabra.redraws || 0, cycles: leabra.records.cycle };
    window.bench.bytes = [];
    window.bench.took = [];
    const began = performance.now();
    leabra.on("frame", () => painted.frames++);
    setTimeout(() => {
        const passed = (performance.now() - began) / 1000;
        done({
            frames: painted.frames / passed,
            redraws: (leabra.redraws - painted.redraws) / passed,
            cycles: (leabra.records.cycle - painted.cycles) / passed,
            bytes: window.bench.bytes,
            took: window.bench.took,
        });
    }, 1000 * seconds);
})"""
# From the move of the slider to the first drawing that has a cycle of the new model in it.
BEND = """value => new Promise(done => {
    const row = document.querySelector('#form-pane .param[data-path="gi"]');
    const slider = row.querySelector("input[type=range]");
    const began = performance.now();
    const word = `gi ${Number(value.toPrecision(4))}`;
    const seen = () => {
        const mark = leabra.records.marks.at(-1);
        const { from, count } = leabra.series();
        if (done && mark && mark[2] === word && from + count > mark[0]) {
            done(performance.now() - began);
            done = null;
        }
    };
    leabra.on("drawn", seen);
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(slider, String(value));
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    slider.dispatchEvent(new Event("change", { bubbles: true }));
})"""
# From the click on Stop to its acknowledgement, or to the last new cycle if one came later.
STOP = """() => new Promise(done => {
    const began = performance.now();
    let last = 0;
    let cycle = leabra.records.cycle;
    leabra.on("frame", () => {
        if (leabra.records.cycle !== cycle) last = performance.now() - began;
        cycle = leabra.records.cycle;
    });
    document.getElementById("run").click();
    const wait = () => {
        if (leabra.ordering() || leabra.running()) return setTimeout(wait, 1);
        const acknowledged = performance.now() - began;
        setTimeout(() => done(Math.max(acknowledged, last)), 600);
    };
    wait();
})"""
# From Ctrl+Z to the answer of the server, written into the form.
UNDO = """() => new Promise(done => {
    const began = performance.now();
    leabra.on("page", page => page.op === "undo" && done && (done(performance.now() - began), (done = null)));
    document.activeElement.blur();
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "z", ctrlKey: true, bubbles: true }));
})"""
OPEN = "key => leabra.page && leabra.intent('example', { key })"


@contextmanager
def server() -> Iterator[tuple[str, int]]:
    """Start the studio; give its address and the number of its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = {**os.environ, "PORT": str(port)}
    quiet = subprocess.DEVNULL
    process = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=environment, stdout=quiet, stderr=quiet)
    try:
        url = f"http://127.0.0.1:{port}/"
        wait_for(url)
        yield url, process.pid
    finally:
        process.terminate()
        process.wait(20)


def wait_for(url: str) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(url, timeout=60).close()
        except urllib.error.URLError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"{url}: no answer")


def cpu(pid: int) -> float:
    """Return the seconds of processor time that a process has had; NaN where the system does not tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return float("nan")
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def start(page: Page, example: str) -> None:
    """Open an example and select its last layer."""
    page.evaluate(OPEN, example)
    page.wait_for_function("key => leabra.page.op === 'example' && leabra.idle() && cy.nodes().length > 0", arg=example)
    page.wait_for_function(READY, timeout=PATIENCE)
    page.locator("#outline .row[data-kind=layer]").last.click()
    page.wait_for_selector('#form-pane .param[data-path="gi"]')


def run(page: Page, position: int) -> None:
    """Run at a position of the speed slider."""
    page.locator("#speed").fill(str(position))
    page.locator("#run[aria-label=Run]").click()
    page.wait_for_function("from => leabra.records.cycle > from", arg=page.evaluate("leabra.records.cycle"))


def stop(page: Page) -> float:
    took = page.evaluate(STOP)
    page.wait_for_selector("#run[aria-label=Run]")
    return float(took)


def traffic(page: Page, pid: int) -> dict[str, Any]:
    """Return what a running page does in some seconds."""
    before = cpu(pid)
    found: dict[str, Any] = page.evaluate(COUNT, SECONDS)
    found["cpu"] = 1000 * (cpu(pid) - before) / len(found["bytes"])
    return found


def latencies(page: Page) -> dict[str, list[float]]:
    """Return samples of the milliseconds that three actions take."""
    run(page, 66)
    bends = [float(page.evaluate(BEND, round(1.2 + 0.02 * i, 2))) for i in range(SAMPLES)]
    page.wait_for_function("leabra.idle()")
    undos = [float(page.evaluate(UNDO)) for _ in range(5)]
    stops = [stop(page)]
    for _ in range(4):
        run(page, 100)
        stops.append(stop(page))
    return {"slider to trace": bends, "Stop": stops, "undo": undos}


def table(example: str, slow: dict[str, Any], fast: dict[str, Any], times: dict[str, list[float]]) -> None:
    print(f"{example}, 100 ms interval")
    for name, found in (("100 cycles/s", slow), ("as fast as possible", fast)):
        size, trip = statistics.median(found["bytes"]), statistics.median(found["took"])
        shown = f"{found['frames']:.1f} ticks/s, {found['redraws']:.1f} redraws/s, {found['cycles']:.0f} cycles/s"
        print(f"  {name:<20}{shown}, {size:.0f} bytes/tick, {trip:.0f} ms round trip, {found['cpu']:.2f} ms CPU/tick")
    for name, samples in times.items():
        print(
            f"  {name:<20}median {statistics.median(samples):4.0f} ms, largest {max(samples):4.0f} ms of {len(samples)}"
        )


def main() -> None:
    chromium = os.environ.get("CHROME_BIN") or shutil.which("chromium") or shutil.which("google-chrome")
    with server() as (url, pid), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        page.add_init_script(WATCH)
        page.goto(url)
        page.wait_for_function(READY, timeout=PATIENCE)
        for example in EXAMPLES:
            start(page, example)
            run(page, 66)
            slow = traffic(page, pid)
            stop(page)
            run(page, 100)
            fast = traffic(page, pid)
            stop(page)
            table(example, slow, fast, latencies(page))
        browser.close()


if __name__ == "__main__":
    main()
