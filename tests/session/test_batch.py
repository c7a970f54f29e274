"""A batch gives the numbers of the studio, whoever does the work."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from threading import Event

import distributed
import joblib
import numpy as np
import pandas as pd
import pytest

import leabra_studio as lb
from leabra_studio.errors import FormatError, ValidationError
from leabra_studio.model import TrainingPlan, codec
from leabra_studio.session.session import Session
from tests.session.lessons import NET, model, train

pytestmark = pytest.mark.usefixtures("kernels")

SEEDS = (7, 3)
VARIANTS = {"plain": {}, "strong": {"hid.gi": 2.5, "wide.lrate": 0.4}}


def same(one, other):
    pd.testing.assert_frame_equal(one.records, other.records, check_exact=True)
    pd.testing.assert_frame_equal(one.runs, other.runs, check_exact=True)


@pytest.fixture(scope="module")
def alone(kernels):
    return lb.batch(NET, seeds=SEEDS, variants=VARIANTS, jobs=1)


def test_the_numbers_are_those_of_the_studio(alone):
    session = Session(model(runs=2, seeds=SEEDS))
    train(session)
    records = session.training.records
    for run, seed in enumerate(SEEDS):
        for mode in ("train", "test"):
            kept = (records.column("run") == run) & ((mode == "train") | (records.column("tested") == 1))
            ours = (alone.records["variant"] == "plain") & (alone.records["seed"] == seed)
            given = alone.records[ours & (alone.records["mode"] == mode)]
            assert list(given["epoch"]) == [int(epoch) + 1 for epoch in records.column("epoch")[kept]]
            for name in given.columns[4:]:
                np.testing.assert_array_equal(given[name], records.column(f"{mode} {name}")[kept], err_msg=name)


def test_two_jobs_give_what_one_gives(alone):
    same(lb.batch(NET, seeds=SEEDS, variants=VARIANTS, jobs=2), alone)


def test_a_dask_cluster_gives_the_same(alone):
    settings = {"n_workers": 2, "threads_per_worker": 1, "processes": False, "dashboard_address": None}
    with distributed.LocalCluster(**settings) as cluster, distributed.Client(cluster) as client:
        with joblib.parallel_config(backend="dask"):
            given = lb.batch(NET, seeds=SEEDS, variants=VARIANTS)
        done = client.run(lambda dask_worker: dask_worker.state.executed_count)
    assert len(done) == 2
    assert sum(done.values()) >= len(alone.runs)
    same(given, alone)


def test_what_is_in_it(alone):
    records, runs = alone.records, alone.runs
    assert list(records.columns[:4]) == ["variant", "seed", "epoch", "mode"]
    assert [*records["mode"][:6]] == ["train", "train", "test", "train", "train", "test"]
    assert list(zip(runs["variant"], runs["seed"], strict=True)) == [(v, s) for v in VARIANTS for s in SEEDS]
    assert list(runs["epochs"]) == [4] * 4
    last = records.query("mode == 'test' and epoch == 4")
    np.testing.assert_array_equal(runs["test sse"], last["sse"])
    assert alone.left == ()


def test_variants_differ_in_what_was_asked_for(alone):
    assert alone.differences["plain"] == ()
    found = {(difference.names, difference.field): difference.b for difference in alone.differences["strong"]}
    assert found == {(("hid",), "gi"): "2.5", (("up", "over", "back"), "lrate"): "0.4"}
    sums = alone.runs.groupby("variant")["train sse"].sum()
    assert sums["plain"] != sums["strong"]


def test_the_summary_has_mean_and_range(alone):
    summary = alone.summary()
    assert list(summary.index) == list(VARIANTS)
    assert list(summary["runs", "count"]) == [2, 2]
    sse = alone.runs.query("variant == 'strong'")["train sse"]
    assert tuple(summary.loc["strong", "train sse"]) == (sse.mean(), sse.min(), sse.max())


def test_runs_that_solve_the_task_say_when():
    task = model(epochs=60, stop_after=2, test_every=0, minus_cycles=50, plus_cycles=25)
    taught = lb.batch(task, seeds=range(3), jobs=1).runs
    assert taught["solved"].any()
    for row in taught[taught["solved"]].itertuples():
        assert row.first_zero <= row.epochs - 1
        assert row.epochs < 60


def test_a_run_that_lost_its_numbers_says_so_and_the_others_go_on():
    given = lb.batch(NET, seeds=SEEDS, jobs=1, variants={"wild": {"wide.lrate": 1e300}, "plain": {}})
    wild, plain = (given.runs[given.runs["variant"] == name] for name in ("wild", "plain"))
    assert wild["problem"].str.startswith("Training stopped: ").all()
    assert (plain["problem"] == "").all()
    assert not wild["solved"].any()
    assert list(plain["epochs"]) == [4, 4]
    assert list(given.summary().index) == ["wild", "plain"]


@pytest.mark.parametrize("form", [str, Path, "text"])
def test_it_takes_files_and_text(form, tmp_path):
    text = codec.dumps(NET)
    path = tmp_path / "net.leabra.json"
    path.write_text(text, "utf-8")
    same(lb.batch(text if form == "text" else form(path), seeds=[7], jobs=1), lb.batch(NET, seeds=[7], jobs=1))


def test_progress_hears_of_every_run():
    heard = []
    lb.batch(NET, seeds=SEEDS, jobs=1, progress=heard.append)
    assert [(run.variant, run.seed, run.done, run.total, run.epochs) for run in heard] == [
        ("model", 7, 1, 2, 4),
        ("model", 3, 2, 2, 4),
    ]


@pytest.mark.parametrize("way", ["event", "interrupt"])
def test_what_was_cancelled_keeps_what_has_ended(way):
    cancel = Event()

    def stop(run):
        cancel.set()
        if way == "interrupt":
            raise KeyboardInterrupt

    given = lb.batch(NET, seeds=(7, 3, 5), jobs=1, progress=stop, cancel=cancel if way == "event" else None)
    assert list(given.runs["seed"]) == [7]
    assert given.left == (("model", 3), ("model", 5))


def test_an_interrupt_takes_in_the_runs_that_are_under_way():
    def stop(run):
        raise KeyboardInterrupt

    given = lb.batch(model(epochs=300), seeds=range(40), jobs=2, progress=stop)
    assert 1 <= len(given.runs) < 40
    assert len(given.runs) + len(given.left) == 40


def test_an_error_of_progress_comes_out():
    def stop(run):
        raise LookupError("mine")

    with pytest.raises(LookupError, match="mine"):
        lb.batch(NET, seeds=range(4), jobs=2, progress=stop)


def test_cancelled_before_it_began_it_has_nothing():
    cancel = Event()
    cancel.set()
    given = lb.batch(NET, seeds=SEEDS, jobs=1, cancel=cancel)
    assert len(given.records) == len(given.runs) == len(given.summary()) == 0
    assert len(given.left) == 2


BAD = [
    ({"model": "no/such.leabra.json"}, r"batch\.model: .*no/such\.leabra\.json.*No such file"),
    ({"model": "a\0b"}, r"batch\.model: .*null"),
    ({"model": 3}, r"batch\.model: must be a model.*got 3"),
    ({"model": replace(NET, plan=TrainingPlan())}, r"batch\.model: .*no table of patterns to train on"),
    ({"seeds": ()}, r"batch\.seeds: must be at least one"),
    ({"seeds": 5}, r"batch\.seeds: must be whole numbers, such as range"),
    ({"seeds": [1, 2, 1]}, r"batch\.seeds: must differ.*1 twice"),
    ({"seeds": [1, -1]}, r"batch\.seeds\[1\]: .*-1"),
    ({"jobs": 0}, r"batch\.jobs: .*got 0"),
    ({"variants": {}}, r"batch\.variants: must be at least one"),
    ({"variants": {"a": 3}}, r"batch\.variants\['a'\]"),
    ({"variants": {"a": {"nobody.gi": 3}}}, r"batch\.variants\['a'\]: must begin with.*nobody\.gi"),
    ({"variants": {"a": {"hid.kwta_pct": 1.4}}}, r"kwta_pct: must be"),
]


@pytest.mark.parametrize(("changes", "sentence"), BAD)
def test_what_is_wrong_is_named(changes, sentence):
    asked = {"model": NET, "seeds": SEEDS, "jobs": 1, **changes}
    with pytest.raises(ValidationError, match=sentence):
        lb.batch(asked.pop("model"), **asked)


def test_text_that_is_no_model_is_refused():
    with pytest.raises(FormatError, match="not a Leabra Studio model"):
        lb.batch("{}", seeds=[1])


PROGRAM = """
import json, sys, leabra_studio as lb
light = [name for name in ("joblib", "dash") if name in sys.modules]
runs = lb.batch(sys.argv[1], seeds=(7, 3), jobs=2).runs
sys.stdout.write(json.dumps([light, "dash" in sys.modules, runs["train sse"].tolist()]))
"""


@pytest.mark.slow
def test_processes_leave_no_warning_and_nothing_open(tmp_path, alone):
    path = tmp_path / "net.leabra.json"
    path.write_text(codec.dumps(NET), "utf-8")
    environment = {**os.environ, "PYTHONWARNINGS": "error"}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(path)], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == [[], False, alone.runs["train sse"][:2].tolist()]
