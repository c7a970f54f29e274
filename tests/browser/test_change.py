"""Changing a parameter: fields and sliders, while the network runs, with undo and redo."""

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.driver import Studio
from tests.browser.test_run import reference

SLOW = 25  # of the speed slider: about 5 cycles/s, so that a walk ends before the first 200 cycles are over


@pytest.fixture
def app(studio, page):
    return Studio(page, studio.url)


def note(app):
    return app.param("gi").locator(".param-note.live")


def test_a_slider_dragged_while_it_runs_bends_the_trace_and_is_one_undo(app):
    app.select("output")
    app.step(20)
    app.set_speed(SLOW)
    app.run_past(20)
    slider = app.param("gi").get_by_role("slider").bounding_box()
    start = (slider["x"] + slider["width"] * 0.6, slider["y"] + slider["height"] / 2)
    app.drag(start, (slider["x"] + slider["width"] * 0.2, start[1]))
    app.saved()
    changed = app.ask("Number(document.querySelector('#form-pane [data-path=gi] input[type=range]').value)")
    assert 0.2 < changed < 1.2
    app.wait("leabra.records.marks.length > 1 && leabra.records.cycle > leabra.records.marks.at(-1)[0] + 10")
    stopped = app.stop()

    marks = app.ask("leabra.records.marks")
    assert marks[-1][2] == f"gi {changed:.4g}"
    expect(app.page.locator(".revision", has_text=marks[-1][2])).to_have_count(1)
    gc_i, bent = np.array(app.series()["values"]["gc_i"]), marks[1][0]
    np.testing.assert_allclose(gc_i[:bent], reference("gc_i")[:bent], rtol=0, atol=1e-9)
    assert abs(gc_i[bent + 1 :] - reference("gc_i")[bent + 1 : stopped]).max() > 0.02

    assert app.undo_title().startswith("Undo: gi of output: 1.80 → ")
    app.press("Control+z")
    expect(app.button("Undo")).to_have_attribute("aria-disabled", "true")
    expect(app.param("gi").get_by_role("textbox")).to_have_value("1.80")
    app.press("Control+Shift+Z")
    expect(app.button("Redo")).to_have_attribute("aria-disabled", "true")
    expect(note(app)).to_contain_text("was 1.80")
    app.drag((slider["x"] + slider["width"] * changed / 3, start[1]), (slider["x"] + slider["width"] * 0.8, start[1]))
    app.saved()
    app.press("Control+z")
    app.wait("(leabra.page.redo || '').startsWith('gi of output')")
    assert app.undo_title().startswith("Undo: gi of output: 1.80 → ")  # the second drag was an entry of its own


def test_a_number_field_takes_what_is_right_and_says_what_is_wrong(app):
    app.select("output")
    app.set_param("gi", "1.3")
    expect(note(app)).to_contain_text("was 1.80")
    expect(app.param("gi").get_by_role("slider")).to_have_js_property("value", "1.3")
    for wrong, got in (("abc", "abc"), ("", "nothing"), ("NaN", "NaN"), ("1e999", "1e999"), ("1/0", "1/0")):
        app.set_param("gi", wrong)
        expect(note(app)).to_have_text(f"gi: must be a number (got {got}); 1.30 stays in force")
        expect(app.param("gi").get_by_role("textbox")).to_have_attribute("aria-invalid", "true")
    app.press("Escape")
    expect(app.param("gi").get_by_role("textbox")).to_have_value("1.30")
    expect(note(app)).to_contain_text("was 1.80")
    assert app.undo_title() == "Undo: gi of output: 1.80 → 1.30 (Ctrl+Z)"

    app.set_param("gi", "5/4")
    expect(app.param("gi").get_by_role("textbox")).to_have_value("1.25")
    app.press("ArrowUp", "ArrowUp", "Shift+ArrowDown")
    app.saved()
    assert 0.2 < float(app.param("gi").get_by_role("textbox").input_value()) < 1.25
    note(app).get_by_role("button", name="Reset").click()
    expect(app.param("gi").get_by_role("textbox")).to_have_value("1.80")


def test_undo_in_a_field_takes_back_typing_first_and_then_edits(app):
    app.select("output")
    field = app.param("gi").get_by_role("textbox")
    app.set_param("gi", "1.3")
    app.set_param("gi", "1.5")
    field.press("Control+z")
    expect(field).to_have_value("1.30")
    expect(field).to_be_focused()
    field.press("End")
    field.press_sequentially("7")
    expect(field).to_have_value("1.307")
    field.press("Control+z")
    expect(field).to_have_value("1.30")
    assert app.undo_title().startswith("Undo: gi of output: 1.80 → 1.30")
    field.press("Control+z")
    expect(field).to_have_value("1.80")
    field.press("Control+Shift+Z")
    expect(field).to_have_value("1.30")
    app.field("Rows").fill("3")
    app.press("Enter")
    app.wait("leabra.layers.get('output').rows === 3")
    app.press("Control+z")
    app.wait("leabra.layers.get('output').rows === 1")
    expect(app.field("Rows")).to_have_value("1")
    app.param("inhibition_type").get_by_role("combobox").select_option("none")
    app.saved()
    app.press("Control+z")
    expect(app.param("inhibition_type").get_by_role("combobox")).to_have_value("fffb")


def test_a_value_out_of_range_is_refused_and_a_choice_is_taken(app):
    app.select("output")
    app.open_group("Unit")
    app.set_param("unit_spec.vm_dt", "-1")
    expect(app.param("unit_spec.vm_dt").locator(".param-note.live")).to_contain_text("0.303 stays in force")
    app.param("inhibition_type").get_by_role("combobox").select_option("none")
    app.saved()
    assert app.undo_title().startswith("Undo: inhibition_type of output: fffb → none")
    app.step(30)
    assert set(app.series()["values"]["gc_i"]) == {0}
    app.button("Undo").click()
    expect(app.page.locator("#stamp")).to_contain_text("out of date")
    app.button("Rerun").click()
    app.wait("leabra.records.cycle > 10 && leabra.records.value('gc_i', 9) > 0")
    app.stop()
    expect(app.page.locator("#stamp")).to_contain_text("up to date")


def test_the_projection_the_seed_the_clamp_and_the_name_have_fields_too(app):
    app.select("proj1")
    app.open_group("Weights")
    app.set_param("dist", "Uniform(0.25, 0.75)")
    app.wait("cy.getElementById('proj1').data('label').includes('.25–.75')")
    app.field("Seed").fill("7")
    app.field("Seed").press("Enter")
    app.wait("leabra.page.seed === 7")
    app.field("Seed").fill("many")
    app.field("Seed").press("Enter")
    expect(app.page.locator("#hint")).to_have_text("seed: must be a number (got many)")
    expect(app.field("Seed")).to_have_value("7")
    app.select("input")
    app.field("Clamped to").fill("2")
    app.field("Clamped to").press("Enter")
    expect(app.page.locator("#form-pane .field-error")).to_contain_text("must be a number from 0 to 1")
    app.field("Clamped to").fill("0.5")
    app.field("Clamped to").press("Enter")
    expect(app.page.locator("#form-pane .field-error")).to_have_text("")
    app.step(2)
    assert app.ask("leabra.records.levels('input')[0]") == 128
    app.rename_model("Two neurons", "Mine")
    for _ in range(4):
        app.button("Undo").click()
        app.saved()
    expect(app.button("Two neurons")).to_be_visible()
    expect(app.button("Undo")).to_have_attribute("aria-disabled", "true")
