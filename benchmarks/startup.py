"""From `make run` to a usable page, with kernels compiled earlier (warm) and not (cold).

The browser is open before the clock starts. Usable means: the graph is drawn and Run can be pressed.
"""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
PATIENCE = 180
GRAPH_DRAWN = "() => window.cy && window.cy.nodes().length > 0"
RUN_ACTIVE = """() => {
    const run = document.getElementById('run');
    return run.dataset.state === 'stopped' && run.getAttribute('aria-disabled') !== 'true';
}"""
RUNS = "() => Number.parseInt(document.getElementById('counter-cycle').textContent) > 0"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def studio(port: int, kernels: str | None) -> Iterator[None]:
    """Run `make run`; `kernels` is a directory for compiled code, by default the usual one."""
    environment = {**os.environ, "PORT": str(port), **({"NUMBA_CACHE_DIR": kernels} if kernels else {})}
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        ["make", "run"], cwd=ROOT, env=environment, stdout=quiet, stderr=quiet, start_new_session=True
    )
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(20)


def wait_for_server(url: str) -> None:
    for _ in range(PATIENCE * 50):
        try:
            urllib.request.urlopen(url, timeout=PATIENCE).close()
        except urllib.error.URLError:
            time.sleep(0.02)
        else:
            return
    raise TimeoutError(f"{url}: no answer within {PATIENCE} s")


def measure(browser: Browser, kernels: str | None = None) -> dict[str, float]:
    """Return the seconds from the command to: an answer, a drawn graph, a Run that can be pressed, its effect."""
    port = free_port()
    url = f"http://127.0.0.1:{port}/"
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    start = time.perf_counter()
    seconds = {}
    with studio(port, kernels):
        wait_for_server(url)
        seconds["server answers"] = time.perf_counter() - start
        page.goto(url)
        page.wait_for_function(GRAPH_DRAWN, timeout=PATIENCE * 1000)
        seconds["graph drawn"] = time.perf_counter() - start
        page.wait_for_function(RUN_ACTIVE, timeout=PATIENCE * 1000)
        seconds["usable"] = time.perf_counter() - start
        page.click("#run")
        page.wait_for_function(RUNS, timeout=PATIENCE * 1000)
        seconds["first cycles"] = time.perf_counter() - start
        context.close()
    return seconds


def main() -> None:
    chromium = os.environ.get("CHROME_BIN") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as empty:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        measure(browser)
        for name, kernels in (("warm", None), ("cold", empty)):
            figures = measure(browser, kernels)
            print(f"{name}: " + ", ".join(f"{what} after {s:.1f} s" for what, s in figures.items()))
        browser.close()


if __name__ == "__main__":
    main()
