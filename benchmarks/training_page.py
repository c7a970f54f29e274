"""The page while a model trains: how often its curves are drawn, how fast it learns meanwhile, how soon Stop stops.

IRIS of the examples, at full speed, in a server of its own. Nothing else should run on the machine.
"""

import os
import shutil
import statistics

from browser import OPEN, PATIENCE, READY, SAMPLES, SECONDS, server
from playwright.sync_api import Page, sync_playwright

EXAMPLE = "iris"
COUNT = """seconds => new Promise(done => {
    const at = () => ({ redraws: leabra.curveRedraws || 0, epochs: leabra.training.records.length });
    const from = at();
    const began = performance.now();
    setTimeout(() => {
        const [to, passed] = [at(), (performance.now() - began) / 1000];
        done([(to.redraws - from.redraws) / passed, (to.epochs - from.epochs) / passed]);
    }, 1000 * seconds);
})"""
# From the click on Stop to its acknowledgement, or to the last record or trial that came later.
STOP = """() => new Promise(done => {
    const began = performance.now();
    const told = () => {
        const { records, now } = leabra.training;
        return JSON.stringify([records.length, now.trial, now.cycle]);
    };
    let [last, before] = [0, told()];
    leabra.on("frame", () => {
        if (told() !== before) last = performance.now() - began;
        before = told();
    });
    document.getElementById("run").click();
    const wait = () => {
        if (leabra.ordering() || leabra.running()) return setTimeout(wait, 1);
        const acknowledged = performance.now() - began;
        setTimeout(() => done(Math.max(acknowledged, last)), 600);
    };
    wait();
})"""


def start(page: Page) -> None:
    """Open the example, and train it from its start at full speed."""
    page.evaluate(OPEN, EXAMPLE)
    page.wait_for_function("leabra.trains && leabra.trains() && leabra.idle()")
    page.wait_for_function(READY, timeout=PATIENCE)
    page.locator("#speed").fill("100")


def run(page: Page) -> None:
    """Train until another epoch has been drawn."""
    redraws = page.evaluate("leabra.curveRedraws || 0")
    page.locator("#run[aria-label=Run]").click()
    page.wait_for_function("from => leabra.running() && leabra.curveRedraws > from", arg=redraws)


def stop(page: Page) -> float:
    """Stop; return the milliseconds it took."""
    took = float(page.evaluate(STOP))
    page.wait_for_selector("#run[aria-label=Run]")
    return took


def measure(page: Page) -> str:
    """Return the figures as a text."""
    start(page)
    run(page)
    redraws, epochs = page.evaluate(COUNT, SECONDS)
    running = page.evaluate("leabra.running()")
    stops = [stop(page)] if running else []
    for _ in range(SAMPLES):
        page.locator("#init").click()
        page.wait_for_function("!leabra.training.records.length && !leabra.ordering() && !leabra.running()")
        run(page)
        stops.append(stop(page))
    ended = "" if running else ", training ended meanwhile"
    stopped = f"Stop median {statistics.median(stops):.0f} ms, largest {max(stops):.0f} ms of {len(stops)}"
    return f"{EXAMPLE}: {redraws:.1f} redraws of the curves/s, {epochs:.1f} epochs/s{ended}; {stopped}"


def main() -> None:
    chromium = os.environ.get("CHROME_BIN") or shutil.which("chromium") or shutil.which("google-chrome")
    with server() as (url, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        page.goto(url)
        page.wait_for_function(READY, timeout=PATIENCE)
        print(measure(page))
        browser.close()


if __name__ == "__main__":
    main()
