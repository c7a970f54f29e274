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


@pytest.mark.parametrize(
    ("option", "sentence"),
    [
        ("--schedule=step=0,2", "Step.every: must be"),
        ("--schedule=step=1", "step takes numbers, step=every,factor (got 'step=1')"),
        ("--lrate=nan", "ProjnSpec.lrate: must be a finite number"),
        ("--seed=4294967296", "must be a whole number from 0 to 2,147,483,648"),
        ("--seeds=0", "must be a whole number from 1 to"),
        ("--epochs=1e3", "must be a whole number from 1 to"),
    ],
)
def test_a_wrong_option_is_refused_with_a_sentence(option: str, sentence: str, tmp_path: Path) -> None:
    done = run("pattern_association", option, "--out", tmp_path / "none")
    assert done.returncode == 2
    assert sentence in done.stderr
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("name", SHORT)
def test_a_folder_that_cannot_be_is_refused_before_anything_is_learnt(name: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    done = run(name, "--out", tmp_path / "file")
    assert (done.returncode, done.stdout) == (2, "")
    assert "error: --out: " in done.stderr
    assert (tmp_path / "file").read_text() == "mine"


def test_without_the_extra_there_is_no_bar_and_iris_says_what_to_install(tmp_path: Path) -> None:
    for name in ("tqdm", "sklearn"):
        (tmp_path / f"{name}.py").write_text("raise ImportError")
    path = os.pathsep.join((str(tmp_path), str(ROOT)))
    done = run("two_neurons", "--out", tmp_path, "--no-png", PYTHONPATH=path)
    assert (done.returncode, done.stderr) == (0, "")
    done = run("iris", "--out", tmp_path, PYTHONPATH=path)
    assert done.returncode == 1
    assert done.stderr == 'The flowers come with scikit-learn: pip install --editable ".[examples]"\n'
