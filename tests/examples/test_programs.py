"""Every program as its user runs it: a command, a table, files."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from tests.conftest import chromium

ROOT = Path(__file__).parents[2]
SHORT = {
    "two_neurons": ("--jitter", "0.1"),
    "pattern_association": ("--epochs", "4"),
    "error_driven_hidden": ("--epochs", "4", "--lrate", "0.08", "--schedule", "step=2,0.1"),
    "iris": ("--epochs", "1", "--cos-diff"),
}
FIRST_LINE = {
    "two_neurons": ["v_m", "act", "i_net", "net", "gc_i", "adapt", "spike", "time"],
    "pattern_association": ["seed", "solved", "loss", "mse", "spread", "perfect"],
    "error_driven_hidden": ["seed", "solved", "loss", "mse", "spread", "perfect"],
    "iris": ["seed", "train_accuracy", "test_accuracy", "best_train_accuracy", "best_test_accuracy", "spread"],
}


def run(name: str, *options: object, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "examples" / f"{name}.py"), *map(str, options)]
    environ = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(command, env=environ, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize("name", SHORT)
def test_a_program_prints_a_table_and_writes_its_figure_and_numbers(name: str, tmp_path: Path) -> None:
    done = run(name, *SHORT[name], "--seed", 3, "--out", tmp_path, "--no-png")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0].split() == FIRST_LINE[name]
    assert {path.name for path in tmp_path.iterdir()} == {f"{name}.html", f"{name}.csv"}
    page = (tmp_path / f"{name}.html").read_text("utf-8")
    assert not re.search(r"<(script|link|img)[^>]+(src|href)=", page)
    assert len(page) > 1_000_000, "plotly.js is not in the page"


def test_the_same_seed_gives_the_same_numbers(tmp_path: Path) -> None:
    import error_driven_hidden

    options = ("--epochs", "3", "--seeds", "2", "--threads", "2", "--no-png")
    done = run("error_driven_hidden", *options, "--out", tmp_path)
    assert done.returncode == 0, done.stderr
    written = pd.read_csv(tmp_path / "error_driven_hidden.csv")
    for seed in (1, 2):
        here = error_driven_hidden.train(error_driven_hidden.build(seed), epochs=3)
        there = written[written["seed"] == seed].drop(columns="seed").reset_index(drop=True)
        pd.testing.assert_frame_equal(there, here, rtol=0, atol=1e-12)


def test_a_picture_is_made_where_there_is_a_browser(tmp_path: Path) -> None:
    done = run("two_neurons", "--out", tmp_path, CHROME_BIN=chromium())
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "two_neurons.png").read_bytes().startswith(b"\x89PNG")


def test_a_wrong_option_is_refused_with_a_sentence(tmp_path: Path) -> None:
    done = run("pattern_association", "--schedule", "step=0,2", "--out", tmp_path / "none")
    assert done.returncode == 2
    assert "Step.every: must be" in done.stderr
    assert not (tmp_path / "none").exists()
