"""What every test may use: the Hypothesis profile, the browser's options for dash.testing, kernels compiled once."""

import os
import shutil

import hypothesis
import pytest
from selenium.webdriver.chrome.options import Options

CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--force-device-scale-factor=1",
)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

# The first call of a compiled kernel outlasts any deadline; a fixed seed makes a failure in CI repeatable.
hypothesis.settings.register_profile("studio", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("studio")


def chromium() -> str:
    """Return the path of the installed browser."""
    found = os.environ.get("CHROME_BIN") or next(filter(None, map(shutil.which, BROWSERS)), None)
    assert found, "no Chromium found; run tools/install_browser.sh or set CHROME_BIN"
    return found


@pytest.hookimpl
def pytest_setup_options() -> Options:
    """Set up Chromium for the tests that use dash.testing's `dash_duo`."""
    options = Options()
    options.binary_location = chromium()
    for flag in (*CHROMIUM_FLAGS, "--headless=new", "--window-size=1400,900"):
        options.add_argument(flag)
    return options


@pytest.fixture(scope="session")
def kernels() -> None:
    """Compile what the studio runs, once per test run."""
    from leabra_studio.engine import warm

    warm.start()
    assert warm.wait(150), "the kernels did not compile within 150 s"
    assert warm.failed() is None
