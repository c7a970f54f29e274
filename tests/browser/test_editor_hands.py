"""What hands do in the editor: box select, the outline by keyboard, number fields, and a reload in the middle of it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.driver import Studio

FOCUS = "(node => node.dataset.name || node.tagName)(document.activeElement)"


@pytest.fixture
def app(studio, page):
    return Studio(page, studio.url)


def corner(app, below=0):
    """A place at the upper left of the canvas, under its bar, or as far from the lower right."""
    box = app.page.locator("#cy").bounding_box()
    return (box["x"] + 8, box["y"] + 60) if not below else (box["x"] + box["width"] - 8, box["y"] + box["height"] - 8)


def focused(app, name):
    app.wait(f"{FOCUS} === it", name)


def test_a_box_selects_layers_which_are_then_edited_moved_and_deleted_as_one(app):
    app.page.evaluate("leabra.intent('example', { key: 'four_layers' })")
    app.wait("cy.nodes().length === 4 && leabra.idle()")
    names = app.ask("cy.nodes().map(node => node.id())")
    app.select("hidden_1")
    app.page.locator("#spec-change").click()
    app.page.get_by_role("menuitem", name="Make my own copy").click()
    app.set_param("gi", "1.2")
    app.saved()
    app.unfocus()
    app.press("Escape")
    app.keyboard.down("Shift")
    app.drag(corner(app), corner(app, below=1))
    app.keyboard.up("Shift")
    app.selected(*names)  # and no projection
    expect(app.page.get_by_role("heading", name="4 selected")).to_be_visible()
    gi = app.param("gi").get_by_role("textbox")
    expect(gi).to_have_value("")
    expect(gi).to_have_attribute("placeholder", "differs")
    expect(app.param("ff").get_by_role("textbox")).to_have_value("1.00")
    app.set_param("gi", "1.7")
    app.wait("leabra.idle() && leabra.page.undo.startsWith('gi of 4 objects')")
    expect(gi).to_have_value("1.70")

    app.unfocus()
    before = app.ask("leabra.page.order.map(name => leabra.layers.get(name).x)")
    x, y = app.head(names[0])
    app.drag((x, y), (x + 50, y + 30))
    app.wait("leabra.idle() && leabra.page.undo === 'Move 4 layers'")
    after = app.ask("leabra.page.order.map(name => leabra.layers.get(name).x)")
    assert len({round(b - a) for a, b in zip(before, after, strict=True)} - {0}) == 1
    app.press("Delete")
    app.has()
    toast = app.page.locator(".toast")
    expect(toast).to_contain_text("Deleted 4 objects")
    toast.get_by_role("button", name="Undo").click()
    app.wait("cy.nodes().length === 4 && leabra.idle()")


def test_the_outline_does_all_of_it_by_keyboard(app):
    tree = app.page.get_by_role("tree", name="Outline")
    expect(tree.locator("[tabindex='0']")).to_have_count(1)
    tree.get_by_role("treeitem", name="input 1×1").focus()
    app.press("ArrowDown")
    app.selected("output")
    expect(tree.get_by_role("treeitem", selected=True)).to_have_text("output1×1")
    app.press("Shift+ArrowUp")
    app.wait("[...leabra.page.select].sort().join() === 'input,output' && cy.$('node:selected').length === 2")
    app.press("Home", "ArrowLeft")
    layers = tree.get_by_role("treeitem", name="Layers: 2")
    expect(layers).to_have_attribute("aria-expanded", "false")
    expect(app.row("input")).to_be_hidden()
    app.press("ArrowRight", "ArrowRight")
    focused(app, "input")
    app.selected("input")

    app.press("l", "Enter")
    app.type_name("mid")
    focused(app, "mid")
    app.press("F2")
    app.type_name("middle")
    focused(app, "middle")
    app.selected("middle")
    app.press("Control+ArrowRight")
    app.wait("leabra.page.undo === 'Move middle'")
    app.press("Home", "ArrowDown", "c", "Enter", "End")
    app.wait(f"!leabra.layers.has({FOCUS})")  # in Connect mode arrows go on without a selection
    app.press("Home", *["ArrowDown"] * 3, "Enter")
    app.has("input", "output", "proj1", "middle", "input_to_middle")
    app.selected("input_to_middle")
    focused(app, "input_to_middle")
    app.press("Shift+F10")
    menu = app.page.get_by_role("menu", name="input → middle")
    expect(menu.get_by_role("menuitem", name="Rename…")).to_be_focused()
    app.press("Escape")
    focused(app, "input_to_middle")
    app.press("Delete")
    app.has("input", "output", "proj1", "middle")
    focused(app, "proj1")
    app.press("Home", *["ArrowDown"] * 3)
    app.selected("middle")
    app.press("Control+d")
    app.wait("cy.nodes().length === 4 && leabra.idle()")
    app.press("Shift+F10", "End", "Enter")
    app.has("input", "output", "proj1", "middle")
    focused(app, "middle")
    app.press("ArrowUp", "Space")  # what is selected already, Space does not select: it runs
    app.wait("leabra.records.cycle > 3")
    app.press("Space")
    app.stopped()


def test_number_fields_take_wheel_arrows_label_and_give_back_by_esc(app):
    app.select("output")
    gi = app.param("gi").get_by_role("textbox")
    gi.fill("2.2")
    app.press("Escape")
    expect(gi).to_have_value("1.80")
    gi.fill("2.2")
    app.press("Tab")  # leaving the field commits
    app.wait("leabra.page.undo === 'gi of output: 1.80 → 2.20'")
    gi.hover()
    app.mouse.wheel(0, -100)  # it has no focus: the form scrolls, if anything
    gi.click()
    app.mouse.wheel(0, -100)
    app.wait("leabra.page.undo === 'gi of output: 2.20 → 2.30'")
    label = app.param("gi").locator(".param-label").bounding_box()
    start = (label["x"] + 8, label["y"] + 8)
    app.drag(start, (start[0] - 40, start[1]))
    app.wait("leabra.page.undo === 'gi of output: 2.30 → 2.10'")
    app.drag(start, (start[0] + 40, start[1]))  # again: nothing that was selected is dragged instead
    app.wait("leabra.page.undo === 'gi of output: 2.10 → 2.30'")

    app.field("Rows").click()
    app.press("ArrowUp", "ArrowUp")
    app.wait("leabra.page.undo === 'Shape of output: 3 × 1'")
    app.mouse.wheel(0, 100)
    app.wait("leabra.page.undo === 'Shape of output: 2 × 1'")
    app.press("Shift+ArrowDown")  # ten less, but never below one row
    app.wait("leabra.page.undo === 'Shape of output: 1 × 1'")
    app.unfocus()
    app.select("proj1")
    sparsity = app.param("sparsity").get_by_role("textbox")
    sparsity.click()
    app.press("ArrowUp")
    expect(sparsity).to_have_value(re.compile(r"1(\.00)?"))  # arrows stop at the limit
    app.set_param("sparsity", "3")
    expect(app.page.locator("#hint")).to_have_class("hint error")
    app.press("Escape")
    expect(sparsity).to_have_value("1.00")
    expect(app.page.locator("#hint")).to_have_class("hint")


def test_a_reload_in_the_middle_keeps_model_selection_and_all_of_the_history(app):
    app.select("output")
    app.set_param("gi", "1.3")
    app.saved()
    app.unfocus()
    place = app.ask("leabra.layers.get('output').x")
    x, y = app.head("output")
    app.drag((x, y), (x + 60, y + 60))
    app.wait("leabra.idle() && leabra.page.undo === 'Move output'")
    app.page.evaluate("leabra.intent('table_new')")
    app.wait("leabra.idle() && leabra.page.undo === 'Add a table of patterns'")
    app.press("Control+z")
    app.wait("leabra.page.redo === 'Add a table of patterns'")
    app.button("Layer").click()
    app.page.reload()
    app.ready()
    expect(app.button("Layer")).to_have_attribute("aria-pressed", "false")
    assert (app.ask("leabra.page.undo"), app.ask("leabra.page.redo")) == ("Move output", "Add a table of patterns")
    app.button("Redo").click()
    app.wait("leabra.idle() && !leabra.page.redo")
    app.page.get_by_role("tab", name="Log").click()
    entries = app.page.locator(".edits li")
    expect(entries).to_have_text(
        ["Add a table of patterns", "Move output", "gi of output: 1.80 → 1.30", "As it was before"]
    )
    entries.nth(2).click()
    app.wait("leabra.page.undo === 'gi of output: 1.80 → 1.30' && leabra.page.redo === 'Move output'")
    app.wait("leabra.layers.get('output').x === it && cy.getElementById('output').position('x') === it", place)
    entries.last.click()
    expect(app.button("Undo")).to_have_attribute("aria-disabled", "true")
    app.button("Add a table of patterns").press("Enter")
    app.wait("leabra.page.undo === 'Add a table of patterns'")
