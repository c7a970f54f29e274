"""Building by mouse and by keyboard: layers, projections, places, names, deletion."""

import pytest
from playwright.sync_api import expect

from tests.browser.driver import Studio

HOSTILE = ('"); import os #', "</script><script>window.hacked = 1</script>", "🧠🧠 café", "a'b\"c\\d", "constructor")
DOT = ".connect-dot:visible"


@pytest.fixture
def app(studio, page):
    return Studio(page, studio.url)


def test_layers_are_added_by_palette_by_double_click_and_by_key(app):
    app.button("Layer").click()
    expect(app.button("Layer")).to_have_attribute("aria-pressed", "true")
    app.click(app.empty_place())
    app.type_name("by palette")
    app.has("input", "output", "proj1", "by palette")
    expect(app.button("Layer")).to_have_attribute("aria-pressed", "false")

    app.mouse.dblclick(*app.empty_place(right=200))
    app.type_name("by double click")
    app.has("input", "output", "proj1", "by palette", "by double click")

    app.press("l")
    app.click(app.empty_place(right=400))
    app.type_name("by key")
    app.selected("by key")

    app.button("Input").click()
    app.click(app.empty_place(right=600))
    app.press("Escape")
    app.has("input", "output", "proj1", "by palette", "by double click", "by key", "input_2")
    assert app.ask("leabra.layers.get('input_2').caption") == "input · clamped"
    place = app.ask("(at => [at.x, at.y])(cy.getElementById('by key').position())")
    assert place == app.ask("(card => [card.x, card.y])(leabra.layers.get('by key'))")

    app.press("l", "Escape")
    expect(app.button("Layer")).to_have_attribute("aria-pressed", "false")
    app.step(5)
    assert app.ask("[...leabra.records.heat.keys()].length") == 6


def test_layers_are_connected_by_the_dot_and_in_connect_mode(app):
    app.select("output")
    dot = app.page.locator(DOT).bounding_box()
    app.drag((dot["x"] + dot["width"] / 2, dot["y"] + dot["height"] / 2), app.head("input"))
    app.has("input", "output", "proj1", "output_to_input")
    app.selected("output_to_input")

    app.button("Connect").click()
    app.click(app.head("input"))
    app.click(app.head("output"))
    app.selected("input_to_output")  # the second one of its pair
    assert app.ask("cy.edges().map(edge => edge.data('offset')).filter(offset => offset).length") == 3
    app.unfocus()

    app.press("c")
    app.click(app.head("output"))
    app.click(app.head("output"))
    app.selected("output_to_output")
    app.press("c")
    app.click(app.head("input"))
    app.click(app.head("output"))
    app.selected("input_to_output_2")
    app.has("input", "output", "proj1", "output_to_input", "input_to_output", "output_to_output", "input_to_output_2")

    app.press("c")
    app.click(app.head("input"))
    app.press("Escape", "Escape")
    expect(app.button("Connect")).to_have_attribute("aria-pressed", "false")
    app.step(20)
    assert len(app.names()) == 7


def test_a_card_is_moved_by_dragging_and_comes_back_by_undo(app):
    x, y = app.head("output")
    before = app.ask("leabra.layers.get('output').x")
    app.drag((x, y), (x + 120, y - 90))
    app.wait("Math.abs(leabra.layers.get('output').x - it) > 50", before)
    zoom = app.ask("cy.zoom()")
    assert app.ask("leabra.layers.get('output').x") == pytest.approx(before + 120 / zoom, abs=2)
    moved = app.head("output")
    assert moved == pytest.approx((x + 120, y - 90), abs=2)
    assert app.undo_title() == "Undo: Move output (Ctrl+Z)"
    app.press("Control+z")
    app.wait("leabra.layers.get('output').x === it && cy.getElementById('output').position('x') === it", before)
    app.press("Control+y")
    app.wait("leabra.layers.get('output').x !== it", before)

    app.button("Tidy").click()
    app.wait("leabra.page.op === 'tidy' && cy.nodes(':animated').empty() && !cy.animated()")
    before = app.ask("cy.zoom()")
    app.mouse.move(*app.empty_place())
    app.mouse.wheel(0, -960)  # also while the cards are gliding
    app.wait("cy.zoom() > 1.1 * it", before)
    app.unfocus()
    app.press("f")
    app.wait("Math.abs(cy.zoom() - it) < 0.3", zoom)


def test_names_are_typed_in_place_and_anything_printable_is_a_name(app):
    old = "output"
    for name in HOSTILE:
        app.select(old)
        app.press("F2")
        app.type_name(name)
        app.selected(name)
        app.has("input", "proj1", name)
        expect(app.page.get_by_role("heading", name=name, exact=True)).to_be_visible()
        old = name
    app.step(3)
    assert set(app.ask("[...leabra.records.heat.keys()]")) == {"input", old}
    assert not app.ask("window.hacked")

    for wrong, why in (("", "must not be empty"), ("input", "input"), ("x" * 300, "at most 80 characters")):
        app.mouse.dblclick(*app.head(old))
        app.type_name(wrong)
        error = app.page.locator(".rename-error")
        expect(error).to_contain_text(why)
        expect(app.page.locator("input.rename")).to_have_value(wrong)
        app.press("Escape")
        expect(error).to_have_count(0)
    app.has("input", "proj1", old)


def test_what_is_deleted_comes_back_by_the_toast(app):
    app.step(10)
    app.click(app.head("input"))
    app.selected("input")
    app.press("Delete")
    app.has("output")
    toast = app.page.locator(".toast")
    expect(toast).to_contain_text("Deleted input and 1 projection")
    toast.get_by_role("button", name="Undo").click()
    app.has("input", "output", "proj1")
    app.click(app.middle("proj1"))
    app.selected("proj1")
    app.press("Backspace")
    app.has("input", "output")
    app.press("Control+z")
    app.has("input", "output", "proj1")


def test_everything_can_be_done_by_keyboard(app):
    def tab_to(condition: str) -> None:
        for _ in range(60):
            app.press("Tab")
            if app.ask(f"document.activeElement.matches({condition!r})"):
                return
        pytest.fail(f"Tab does not lead to {condition}")

    tab_to("#outline .row")
    app.press("ArrowDown")
    assert app.ask("document.activeElement.dataset.name") == "output"
    app.press("Enter")
    app.selected("output")
    app.press("F2")
    app.type_name("top")
    app.has("input", "top", "proj1")

    tab_to("#form-pane .param[data-path=gi] input:not([type=range])")
    app.keyboard.type("1.3")
    app.press("Enter")
    expect(app.param("gi").locator(".param-note.live")).to_contain_text("was 1.80")
    tab_to("#run")
    app.press("Enter")
    app.wait("leabra.records.cycle > 5")
    expect(app.button("Stop")).to_be_focused()
    app.press("Enter")
    app.stopped()
    tab_to("#timebar [role=slider]")
    app.press("Home", "ArrowRight", "ArrowRight")
    app.wait("leabra.time.cycle === 2 && !leabra.time.live")

    app.unfocus()
    app.press("Control+z")
    app.wait("leabra.page.undo.startsWith('Rename')")
    app.press("Control+z")
    app.has("input", "output", "proj1")
    app.press("Control+Shift+z", "Control+Shift+z")
    app.has("input", "top", "proj1")
    app.press("?")
    expect(app.page.get_by_role("dialog", name="Keys and gestures")).to_be_visible()
    app.press("Escape")
    expect(app.page.get_by_role("dialog")).to_have_count(0)
    app.unfocus()
    tab_to("#outline .row")
    app.press("Home", "ArrowDown", "ArrowDown")
    app.selected("top")
    app.press("Delete")
    app.has("input")
