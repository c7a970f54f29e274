"""The scripts behind `make run` and `make test`, in a copy of the checkout and with commands that only pretend."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
UTILITIES = ("sh", "cat", "cmp", "dirname", "env", "id", "rm")

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the scripts are for POSIX shells")


def command(path: Path, body: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)


def run(place: Path, script: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a script of `tools` where only the commands in `place/bin` exist."""
    variables = {"PATH": str(place / "bin"), "HOME": str(place), **environment}
    program = ["/bin/sh", str(place / "tools" / script), *arguments]
    return subprocess.run(program, env=variables, capture_output=True, text=True, check=False)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Copy what the scripts read; the usual commands are there, Python and a browser are not."""
    shutil.copytree(ROOT / "tools", tmp_path / "tools")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "bin").mkdir()
    for name in UTILITIES:
        (tmp_path / "bin" / name).symlink_to(shutil.which(name) or os.devnull)
    return tmp_path


@pytest.fixture
def venv(place: Path) -> Path:
    """A virtual environment whose pip only notes how it was called."""
    command(place / ".venv/bin/python", '[ "$1" = -c ] || echo "$@" >>"$HOME/pip-calls"')
    return place


def pip_calls(place: Path) -> list[str]:
    calls = place / "pip-calls"
    return calls.read_text().splitlines() if calls.exists() else []


def test_no_python_is_a_sentence(place: Path) -> None:
    done = run(place, "install.sh")
    assert done.returncode == 1
    assert done.stderr.startswith("No Python 3.11 or newer was found")


def test_an_old_python_is_a_sentence(place: Path) -> None:
    command(place / "bin/old", "exit 1")
    done = run(place, "install.sh", PYTHON="old")
    assert done.returncode == 1
    assert done.stderr == "PYTHON=old is not a Python 3.11 or newer; give the path of one.\n"


def test_python_without_venv_is_a_sentence(place: Path) -> None:
    command(place / "bin/python3", 'case "$2" in *ensurepip*) exit 1;; esac')
    done = run(place, "install.sh")
    assert done.returncode == 1
    assert "apt-get install python3-venv" in done.stderr


def test_pip_is_called_once_for_one_pyproject(venv: Path) -> None:
    for _ in range(2):
        assert run(venv, "install.sh").returncode == 0
    assert len(pip_calls(venv)) == 1
    with (venv / "pyproject.toml").open("a") as project:
        project.write("# changed\n")
    assert run(venv, "install.sh").returncode == 0
    assert len(pip_calls(venv)) == 2


def test_the_test_extra_is_installed_apart(venv: Path) -> None:
    run(venv, "install.sh")
    run(venv, "install.sh", "test")
    assert [call.split()[-1] for call in pip_calls(venv)] == [".", ".[test]"]


def test_a_failed_installation_is_tried_again(venv: Path) -> None:
    command(venv / ".venv/bin/python", '[ "$1" = -c ]')
    done = run(venv, "install.sh")
    assert done.returncode == 1
    assert "The installation failed" in done.stderr
    assert run(venv, "install.sh").returncode == 1


def test_an_installed_browser_is_left_alone(place: Path) -> None:
    for name in ("chromium", "chromedriver", "apt-get"):
        command(place / "bin" / name, 'echo called >>"$HOME/calls"')
    assert run(place, "install_browser.sh").returncode == 0
    assert not (place / "calls").exists()


def test_the_browser_is_installed_where_that_is_allowed(place: Path) -> None:
    (place / "bin/id").unlink()
    command(place / "bin/id", "echo 0")
    arrive = 'case "$*" in *install*) cp "$0" "$HOME/bin/chromium"; cp "$0" "$HOME/bin/chromedriver";; esac'
    (place / "bin/cp").symlink_to(shutil.which("cp") or os.devnull)
    command(place / "bin/apt-get", arrive)
    assert run(place, "install_browser.sh").returncode == 0


def test_no_browser_and_no_right_to_install_is_a_sentence(place: Path) -> None:
    (place / "bin/id").unlink()
    command(place / "bin/id", "echo 1000")
    done = run(place, "install_browser.sh")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "apt-get install chromium chromium-driver" in done.stderr
