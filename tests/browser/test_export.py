"""Taking it away: the script on the page, and what it does when it is run on its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.driver import Studio

ROOT = Path(__file__).parents[2]
LOGS = """
import json, runpy, sys
net = runpy.run_path(sys.argv[1])["net"]
parts = net.logs("cycle", sys.argv[2]).parts
json.dump({name: parts[name].tolist() for name in parts}, open(sys.argv[3], "w"))
"""
LIT = "[...document.querySelectorAll('#code-pane .line.lit code')].map(line => line.textContent)"


@pytest.fixture
def app(studio, page):
    return Studio(page, studio.url)


def download(app: Studio, folder: Path) -> Path:
    """Save the script as a person would."""
    with app.page.expect_download() as saving:
        app.button("Download .py").click()
    path = folder / saving.value.suggested_filename
    saving.value.save_as(path)
    return path


def logged(script: Path, layer: str) -> dict[str, list[float]]:
    """Run the script in an interpreter of its own, away from the checkout; return what it has logged of a layer."""
    numbers = script.with_suffix(".json")
    done = subprocess.run(
        [sys.executable, "-c", LOGS, script, layer, numbers],
        cwd=script.parent,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "act" in done.stdout  # the table at its end
    return json.loads(numbers.read_text())


def same(app: Studio, script: Path, layer: str) -> None:
    """Compare every number that is drawn with the one that was logged: bit for bit."""
    log, drawn = logged(script, layer), app.series()
    assert drawn["from"] == 0
    assert log["time"] == list(range(drawn["count"]))
    for name, values in drawn["values"].items():
        assert values == log[name], name


def test_the_script_lights_what_is_selected_and_gives_the_numbers_of_the_screen(app, tmp_path):
    app.button("Export").click()
    expect(app.page.get_by_role("tab", name="Code")).to_have_attribute("aria-selected", "true")
    code = app.page.get_by_role("region", name="Python script")
    expect(code).to_contain_text("net = lb.Net(seed=42)")
    assert app.ask(LIT) == []
    app.click(app.head("output"))
    app.selected("output")
    app.wait(f"{LIT}.some(line => line.includes('output'))")
    assert any("new_layer" in line for line in app.ask(LIT))
    app.select("proj1")
    app.wait(f"{LIT}.length > 0 && {LIT}.every(line => !line.includes('new_layer'))")
    assert app.ask(LIT) == ['net.new_projn("proj1", pre="input", post="output")']
    expect(app.page.get_by_role("tab", name="Code")).to_contain_text("1 line")

    app.step(120)
    script = download(app, tmp_path)
    assert script.name == "two_neurons.py"
    assert "net.cycle(120)" in script.read_text()
    for name in ("net", "i_net", "adapt", "spike"):
        app.button(name).click()
    app.traced(7)
    same(app, script, "output")


def test_the_script_repeats_edits_in_the_middle_of_a_run_and_hostile_names(app, tmp_path):
    name = '"); import os #</script>'
    app.select("output")
    app.press("F2")
    app.type_name(name)
    app.selected(name)
    app.step(15)
    app.set_speed(25)  # about 5 cycles/s
    app.run_past(15)
    app.set_param("gi", "1.3")
    app.wait("leabra.records.marks.length === 2")
    app.open_group("Unit")
    app.set_param("unit_spec.vm_dt", "1/4")
    app.wait("leabra.records.marks.length === 3")
    app.wait("leabra.records.cycle > leabra.records.marks.at(-1)[0] + 5")
    app.stop()
    app.set_param("gi", "1.5")
    app.saved()
    app.step(20)
    marks = app.ask("leabra.records.marks.map(mark => mark[2])")
    assert marks == ["", "gi 1.3", "vm_dt 0.25", "gi 1.5"]

    script = download(app, tmp_path)
    text = script.read_text()
    assert "layer_spec.gi = 1.3" in text
    assert text.count("net.cycle(") == 4
    same(app, script, name)
