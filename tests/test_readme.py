"""What the README says is so: its program runs, its commands, files and limits exist."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from leabra_studio.engine.limits import MAX_UNITS
from leabra_studio.model import limits

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
STATED = {
    "layers": limits.LAYERS,
    "projections": limits.PROJNS,
    "units in one layer": limits.LAYER_UNITS,
    "units in a model": limits.UNITS,
    "connections in a model": limits.CONNECTIONS,
    "characters in a name": limits.NAME_LENGTH,
}


def test_the_program_runs() -> None:
    (program,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "v_m" in done.stdout


def test_the_make_commands_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"(?:^|`)make ([a-z]+)", README, re.MULTILINE)) <= targets


def test_the_linked_files_exist() -> None:
    links = [link for link in re.findall(r"\]\(([^)]+)\)", README) if not link.startswith("https:")]
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_named_paths_exist() -> None:
    named = re.findall(r"`((?:leabra_studio|tests|assets)[\w/.]*|Procfile|app\.py)`", README)
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_the_environment_variables_are_read() -> None:
    code = "".join(path.read_text("utf-8") for path in (ROOT / "leabra_studio").rglob("*.py"))
    assert [name for name in set(re.findall(r"LEABRA_\w+", README)) if name not in code] == []


@pytest.mark.parametrize("what", STATED)
def test_the_limits_are_those_of_the_code(what: str) -> None:
    assert f"| {what} | {STATED[what]:,} |" in README


def test_the_library_holds_a_million_units() -> None:
    assert "a million units" in README
    assert MAX_UNITS == 10**6
