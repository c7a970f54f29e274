"""The Procfile's command serves the page with one worker, and refuses more with a sentence."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
COMMAND = (ROOT / "Procfile").read_text("utf-8").removeprefix("web: ").strip()

pytestmark = pytest.mark.skipif(shutil.which("sh") is None or os.name == "nt", reason="gunicorn needs POSIX")


def environment(**changes: str) -> dict[str, str]:
    """Return the environment of a server: the tools of this interpreter first, no worker count of the machine's."""
    kept = {name: value for name, value in os.environ.items() if name not in {"WEB_CONCURRENCY", "LEABRA_REDIS_URL"}}
    return {**kept, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", **changes}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answer(url: str, patience: float = 60) -> bytes:
    end = time.monotonic() + patience
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=10) as response:
                return bytes(response.read())
        except urllib.error.URLError:
            time.sleep(0.1)
    raise TimeoutError(url)


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """Serve as the Procfile says, on a free port, until the test is over."""
    port = free_port()
    with (tmp_path / "log").open("w") as log:
        server = subprocess.Popen(
            ["sh", "-c", f"exec {COMMAND}"], cwd=ROOT, env=environment(PORT=str(port)), stdout=log, stderr=log
        )
        yield port
        server.send_signal(signal.SIGTERM)
        assert server.wait(30) == 0


def test_the_procfile_serves_the_page(port: int) -> None:
    assert b"<title>Leabra Studio</title>" in answer(f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize(
    ("arguments", "changes"),
    [("", {"WEB_CONCURRENCY": "2"}), ("--workers 3", {})],
    ids=["by the environment", "by the command line"],
)
def test_several_workers_are_refused_with_a_sentence(arguments: str, changes: dict[str, str]) -> None:
    done = subprocess.run(
        ["sh", "-c", f"exec {COMMAND} {arguments}"],
        cwd=ROOT,
        env=environment(PORT=str(free_port()), **changes),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "WEB_CONCURRENCY: must be 1" in done.stderr
    assert "Traceback" not in done.stderr
