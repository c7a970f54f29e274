"""Running: Run, Stop, Step, Rewind, speed, what is drawn against the reference numbers, and looking back."""

import time
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.driver import Studio

REFERENCE = Path(__file__).parents[1] / "golden" / "leabra7" / "a_two_neurons.npz"
TOLERANCE = 1e-9
FIRST_SHOWN = ("v_m", "act", "gc_i")
OTHERS = ("net", "i_net", "adapt", "spike", "v_m_eq")
NO_STEPS = ("0", "", "abc", "1.5", "-3", "1e9", "9" * 40)
COLLECT = """() => {
    window.drawn = {};
    leabra.on("drawn", () => {
        const { from, values } = leabra.series();
        for (const [name, line] of Object.entries(values))
            line.forEach((value, i) => ((window.drawn[name] = window.drawn[name] || {})[from + i] = value));
    });
}"""


@pytest.fixture
def app(studio, page):
    return Studio(page, studio.url)


def reference(name: str) -> np.ndarray:
    """A variable of the output unit after each of 200 cycles."""
    with np.load(REFERENCE) as arrays:
        return arrays[f"units/output/{name}"][:, 0]


def check(values: dict[str, list[float]], names: tuple[str, ...]) -> None:
    assert set(values) == set(names)
    for name in names:
        np.testing.assert_allclose(values[name][:200], reference(name), rtol=0, atol=TOLERANCE, err_msg=name)


def test_what_is_drawn_is_the_reference_and_chips_switch_variables(app):
    assert app.step(200) == 200
    drawn = app.series()
    assert (drawn["from"], drawn["count"]) == (0, 200)
    check(drawn["values"], FIRST_SHOWN)

    for name in OTHERS:
        app.button(name).click()
        expect(app.button(name)).to_have_attribute("aria-pressed", "true")
    app.wait("Object.keys(leabra.series().values).length === 8 && leabra.series().values.v_m_eq.length === 200")
    check(app.series()["values"], FIRST_SHOWN + OTHERS)
    expect(app.page.locator(".end-label:visible")).to_have_count(8)

    app.button("gc_i").click()
    app.wait("!('gc_i' in leabra.series().values)")
    check(app.series()["values"], ("v_m", "act", *OTHERS))
    colours = app.ask(
        "document.querySelector('#traces .js-plotly-plot').data.map(line => [line.name, line.line.color])"
    )
    assert colours == [[name, app.ask("leabra.colour(it)", name)] for name, _ in colours]


def test_run_stop_step_and_rewind(app):
    app.page.evaluate(COLLECT)
    app.run_past(200)
    expect(app.button("Stop")).to_be_visible()
    expect(app.page.locator("#counter-rate")).to_contain_text("cycles/s")
    stopped = app.stop()
    assert stopped > 200
    assert app.after_frames(3) == stopped == app.cycle
    drawn = app.ask("window.drawn")
    check({name: [line[str(cycle)] for cycle in range(200)] for name, line in drawn.items()}, FIRST_SHOWN)

    assert app.step(3) == stopped + 3
    app.keyboard.press("s")
    app.wait("leabra.records.cycle === it", stopped + 6)
    app.button("Rewind").click()
    app.wait("leabra.records.gen === 1 && leabra.records.cycle === 0")
    expect(app.button("Rewind")).to_have_attribute("aria-disabled", "true")
    assert app.step(40) == 40
    assert np.abs(np.array(app.series()["values"]["v_m"]) - reference("v_m")[:40]).max() < TOLERANCE


def test_space_runs_and_stops_r_runs_again_from_the_start(app):
    app.press("Space")
    app.wait("leabra.running() && leabra.records.cycle > 5")
    app.press("Space")
    first = app.stopped()
    app.press("r")
    app.wait("leabra.records.gen === 1 && leabra.records.cycle > 5")
    app.press("Space")
    again = app.stopped()
    count = min(first, again)
    assert app.series()["values"]["act"][:count] == pytest.approx(reference("act")[:count], abs=TOLERANCE)


def test_a_held_step_repeats_and_steps_that_are_no_number_are_refused(app):
    for text in NO_STEPS:
        app.field("Steps at once").fill(text)
        app.button("Step").click()
        expect(app.page.locator("#hint")).to_contain_text("Step: must be a whole number from 1 to 100000")
    assert app.after_frames(2) == 0

    app.field("Steps at once").fill("1")
    box = app.button("Step").bounding_box()
    app.mouse.move(box["x"] + 10, box["y"] + 10)
    app.mouse.down()
    app.wait("leabra.records.cycle >= 4")
    app.mouse.up()
    app.stopped()
    held = app.after_frames(3)
    assert app.after_frames(3) == held
    app.unfocus()
    app.keyboard.down("s")
    app.wait("leabra.records.cycle >= it", held + 3)
    app.keyboard.up("s")
    app.stopped()


def test_speed_goes_from_one_cycle_a_second_to_as_fast_as_possible(app):
    app.set_speed(0)
    expect(app.page.locator("#speed-text")).to_have_text("1 cycle/s")
    began = time.monotonic()
    app.run_past(0)
    assert 1 <= app.after_frames(3) <= 2 + time.monotonic() - began
    app.set_speed(100)
    expect(app.page.locator("#speed-text")).to_have_text("max")
    app.wait("leabra.records.cycle > 2000")
    assert app.ask("leabra.records.count") == 500
    assert app.stop() > 2000
    drawn = app.series()
    assert drawn["from"] + drawn["count"] == app.cycle


def test_looking_back_moves_everything_together_and_another_unit_is_traced_by_a_click(app):
    app.step(150)
    bar = app.page.get_by_role("slider", name="Time bar").bounding_box()
    app.mouse.click(bar["x"] + bar["width"] / 3, bar["y"] + bar["height"] / 2)
    app.wait("!leabra.time.live && leabra.records.history")
    cycle = app.ask("leabra.time.cycle")
    assert 20 < cycle < 120
    expect(app.page.locator(".trace-cursor .flag")).to_have_text(f"cycle {cycle}")
    expect(app.page.locator("#readings-unit")).to_contain_text(f"at cycle {cycle}")
    shown = float(app.page.locator("#readings tr[data-var=act] .value").inner_text())
    assert shown == pytest.approx(reference("act")[cycle], abs=6e-4)
    assert app.ask("leabra.records.levels('output')[0]") == round(reference("act")[cycle] * 255)
    app.button("One cycle back").click()
    expect(app.page.locator(".trace-cursor .flag")).to_have_text(f"cycle {cycle - 1}")
    app.button("Live").click()
    app.wait("leabra.time.live")
    assert app.ask("leabra.time.shown()") == 149

    app.click(app.cell("input"))
    expect(app.page.locator("#trace-unit")).to_have_text("input[0, 0]")
    app.wait("leabra.records.unit.layer === 'input' && leabra.series().values.act.every(act => act === 0.95)")
    app.page.get_by_role("combobox", name="Colour by").select_option("net")
    app.wait("leabra.records.heatVariable === 'net'")
    expect(app.page.locator("#scale")).to_contain_text("net")
