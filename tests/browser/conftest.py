"""The studio in a real browser: a server in a thread, one Chromium per run, a fresh context per page."""

import logging
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright
from werkzeug.serving import make_server

from tests.conftest import CHROMIUM_FLAGS, chromium

VIEWPORT = {"width": 1400, "height": 900}
PATIENCE = 30_000  # ms; far more than anything takes, so that a busy machine fails no test
FORGET = """if (!sessionStorage.getItem("of this test")) {
    localStorage.clear();
    sessionStorage.setItem("of this test", "yes");
}"""
GRAPH_READY = "() => window.cy && window.cy.nodes().length > 0"
NODE_CENTRE = """name => {
    const at = window.cy.getElementById(name).renderedPosition();
    const box = window.cy.container().getBoundingClientRect();
    return [box.left + at.x, box.top + at.y];
}"""


# Flask-Compress leaves it to the garbage collector to close the style sheets and scripts that it has sent.
UNCLOSED = "ignore:Exception ignored in. <_io.FileIO name=:pytest.PytestUnraisableExceptionWarning"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.filterwarnings(UNCLOSED))


class StudioServer:
    """The real application on a local port, until `stop` is called; the same port can then be used again."""

    def __init__(self, app: Any, port: int = 0) -> None:
        self._http = make_server("127.0.0.1", port, app.server, threaded=True)
        self._thread = threading.Thread(target=self._http.serve_forever, name="studio", daemon=True)
        self._thread.start()
        self.app = app
        self.port: int = self._http.server_port
        self.url = f"http://127.0.0.1:{self.port}/"

    def stop(self) -> None:
        """End the server and free its port."""
        self._http.shutdown()
        self._thread.join(10)
        self._http.server_close()


class ErrorLog(logging.Handler):
    """Keeps what the server logs as an error, so that a test can see that there was nothing."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(self.format(record))


@pytest.fixture(scope="session", autouse=True)
def quiet_requests() -> None:
    """Keep the line of every request out of the report of a failure."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once per run."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(CHROMIUM_FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def start_studio(kernels: None) -> Iterator[Callable[..., StudioServer]]:
    """Start a studio of the test's own: `start_studio(port=0, **create_app_arguments)`."""
    from leabra_studio.web import create_app

    servers: list[StudioServer] = []

    def start(port: int = 0, **arguments: Any) -> StudioServer:
        servers.append(StudioServer(create_app(**arguments), port))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


@pytest.fixture(scope="session")
def shared_studio(kernels: None) -> Iterator[StudioServer]:
    """One studio for all tests that do not stop it; every browser context has its own session in it."""
    from leabra_studio.web import create_app

    server = StudioServer(create_app())
    yield server
    server.stop()


@pytest.fixture
def server_errors() -> Iterator[list[str]]:
    """What the server logs as errors during the test; anything left in the list at the end fails it."""
    log = ErrorLog()
    logging.getLogger().addHandler(log)
    yield log.messages
    logging.getLogger().removeHandler(log)
    assert log.messages == []


@pytest.fixture
def console_errors() -> Iterator[list[str]]:
    """Errors of the page's console and uncaught exceptions; anything left in the list at the end fails the test."""
    errors: list[str] = []
    yield errors
    assert errors == []


@pytest.fixture
def studio(shared_studio: StudioServer, server_errors: list[str]) -> StudioServer:
    """Give the shared studio, whose log must stay free of errors during the test."""
    return shared_studio


@pytest.fixture(scope="session")
def warm_context(browser: Browser) -> Iterator[BrowserContext]:
    """One context whose cache makes every page after the first one quick; `FORGET` empties what a page may keep."""
    context = browser.new_context(viewport=VIEWPORT, accept_downloads=True)
    context.add_init_script(FORGET)
    yield context
    context.close()


@pytest.fixture
def open_page(browser: Browser, console_errors: list[str]) -> Iterator[Callable[[], Page]]:
    """Open a page in a browser context of its own: another person, with another session."""
    contexts = []

    def open_one() -> Page:
        contexts.append(browser.new_context(viewport=VIEWPORT, accept_downloads=True))
        return watched(contexts[-1].new_page(), console_errors)

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def page(warm_context: BrowserContext, console_errors: list[str]) -> Iterator[Page]:
    """Give an empty page whose console errors fail the test."""
    page = watched(warm_context.new_page(), console_errors)
    yield page
    page.close()


@pytest.fixture
def studio_page(studio: StudioServer, page: Page) -> Page:
    """Give the page of the shared studio, with its graph drawn."""
    page.goto(studio.url)
    wait_for_graph(page)
    return page


def watched(page: Page, errors: list[str]) -> Page:
    """Return the page, whose errors are added to a list from now on."""

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            errors.append(f"{message.text} ({message.location.get('url', '')})")

    page.set_default_timeout(PATIENCE)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", note)
    return page


def wait_for_graph(page: Page) -> None:
    """Wait until Cytoscape has nodes."""
    page.wait_for_function(GRAPH_READY)


def node_centre(page: Page, name: str) -> tuple[float, float]:
    """Return where the centre of a layer is on the page, in CSS pixels."""
    x, y = page.evaluate(NODE_CENTRE, name)
    return x, y


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Press at `start`, move to `end` as a hand would, release."""
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=8)
    page.mouse.up()
