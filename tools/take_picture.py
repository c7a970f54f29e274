"""Take the picture of the README: `.venv/bin/python tools/take_picture.py`, after the page has changed its look."""

import logging
import os
import shutil
import sys
import threading
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from werkzeug.serving import make_server

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from leabra_studio.engine import warm  # noqa: E402  # the checkout first, wherever this is started
from leabra_studio.web import create_app  # noqa: E402  # the same

PICTURE = ROOT / "docs" / "studio.png"
CYCLES = 160


def stage(page: Page) -> None:
    """Bring the page to what the picture shows: the output layer selected, some cycles run, nothing moving."""
    page.wait_for_function("() => window.cy && window.cy.nodes().length > 0")
    page.wait_for_function("() => document.getElementById('run').getAttribute('aria-disabled') !== 'true'")
    page.locator("#outline [data-name=output]").first.click()
    page.locator("#step-n").fill(str(CYCLES))
    page.get_by_role("button", name="Step", exact=True).click()
    page.wait_for_function(f"() => document.getElementById('counter-cycle').textContent.includes('{CYCLES}')")
    page.mouse.move(5, 5)
    page.wait_for_timeout(1500)


def main() -> None:
    """Serve the studio to a browser of this program's own."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    warm.start()
    warm.wait(150)
    server = make_server("127.0.0.1", 0, create_app().server, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    chromium = os.environ.get("CHROME_BIN") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1366, "height": 768}, device_scale_factor=1.5)
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        stage(page)
        PICTURE.parent.mkdir(exist_ok=True)
        page.screenshot(path=PICTURE)
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    main()
