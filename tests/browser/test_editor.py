"""The editor beyond single objects: several at once, specs, search, the wizard, files and links, by hand and by key."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.driver import Studio

AT = "Object.fromEntries(cy.nodes().map(node => [node.id(), node.position()]))"


@pytest.fixture
def app(studio, page):
    return Studio(page, studio.url)


def item(app, word):
    """Return an item of the menu that is open."""
    return app.page.get_by_role("menuitem", name=word, exact=True)


def places(app):
    return app.ask(AT)


def open_file(app, path):
    app.button(app.ask("leabra.page.name")).click()
    with app.page.expect_file_chooser() as chooser:
        app.page.locator("[data-file=open]").click()
    chooser.value.set_files(path)


def test_several_layers_are_edited_aligned_and_duplicated_as_one(app):
    app.page.evaluate("leabra.intent('example', { key: 'four_layers' })")
    app.wait("cy.nodes().length === 4 && leabra.idle()")
    before = places(app)
    app.press("Control+a")
    app.wait("leabra.selection.length === 4 && leabra.idle()")

    app.set_param("gi", "1.35")
    app.wait("leabra.idle()")
    assert "gi of 4 objects: 1.35" in app.undo_title()
    app.press("Escape", "Escape")

    app.press("Control+a")
    app.wait("leabra.selection.length === 4 && leabra.idle()")
    app.page.locator("[data-how=left], #align-left").first.click()
    app.wait("leabra.idle() && leabra.page.undo.startsWith('Align')")
    app.button("Undo").click()
    app.wait("leabra.idle() && !leabra.page.undo.startsWith('Align')")
    app.wait(f"JSON.stringify({AT}) === JSON.stringify(it)", before)

    first = app.ask("leabra.page.order[0]")
    app.select(first)
    app.press("Control+d")
    app.wait("cy.nodes().length === 5 && leabra.idle()")
    app.press("Control+z")
    app.wait("cy.nodes().length === 4 && leabra.idle()")


def test_tidy_glides_and_is_taken_back(app):
    app.drag(app.head("output"), app.empty_place(right=300, down=-40))
    app.wait("leabra.idle() && leabra.page.undo.startsWith('Move')")
    moved = places(app)
    app.button("Tidy").click()
    app.wait("leabra.idle() && leabra.page.undo === 'Tidy'")
    app.button("Undo").click()
    app.wait(f"JSON.stringify({AT}) === JSON.stringify(it)", moved)


def test_a_shared_spec_is_copied_used_renamed_and_refused_deletion(app):
    app.select("output")
    app.page.locator("#spec-change").click()
    item(app, "Make my own copy").click()
    chip = app.page.locator("#form-pane .spec-line .chip")
    expect(chip).not_to_have_text("layer_spec")
    own = chip.inner_text()
    app.page.locator("#spec-change").click()
    item(app, "layer_spec").click()
    expect(chip).to_have_text("layer_spec")
    app.page.locator("#spec-change").click()
    item(app, "Delete").click()
    expect(app.page.locator("#hint")).to_contain_text("use another spec there first")
    app.page.locator("#spec-change").click()
    item(app, "Rename…").click()
    app.type_name("mine")
    expect(chip).to_have_text("mine")
    assert own != "mine"
    app.press("Control+z")
    expect(chip).to_have_text("layer_spec")


def test_search_finds_by_name_and_selects(app):
    app.press("Control+f")
    app.keyboard.type("outp")
    app.press("Enter")
    app.wait("leabra.selection[0] === 'output'")


def test_the_wizard_makes_a_network_with_its_table_and_undo_brings_the_old_one_back(app):
    app.button("Two neurons").click()
    app.page.get_by_role("menuitem", name="New network").click()
    dialog = app.page.get_by_role("dialog", name="New network")
    dialog.get_by_role("textbox", name="Name", exact=True).fill("By wizard")
    dialog.get_by_role("button", name="Create").click()
    expect(app.button("By wizard")).to_be_visible()
    app.wait("cy.nodes().length === 3 && cy.edges().length > 2 && leabra.idle()")
    app.press("Control+z")
    app.has("input", "output", "proj1")


def test_a_model_is_saved_opened_and_a_broken_file_leaves_it_untouched(app, tmp_path):
    app.select("output")
    app.set_param("gi", "1.45")
    app.wait("leabra.idle()")
    app.press("Escape", "Escape")
    with app.page.expect_download() as download:
        app.press("Control+s")
    path = tmp_path / "mine.leabra.json"
    download.value.save_as(path)
    assert json.loads(path.read_text("utf-8"))["name"] == "Two neurons"

    app.select("output")
    app.press("Delete")
    app.has("input")
    broken = tmp_path / "broken.leabra.json"
    broken.write_text('{"layers": [', "utf-8")
    open_file(app, broken)
    expect(app.page.locator("#hint")).to_have_class("hint error")
    app.has("input")
    open_file(app, path)
    app.has("input", "output", "proj1")
    app.select("output")
    expect(app.param("gi").get_by_role("textbox")).to_have_value("1.45")


def test_a_link_opens_the_same_model_elsewhere(app, studio, open_page):
    app.select("output")
    app.set_param("gi", "1.55")
    app.wait("leabra.idle()")
    link = app.page.evaluate(
        "new Promise(done => { leabra.on('page', page => page.link && done(page.link)); leabra.intent('share'); })"
    )
    other = Studio(open_page(), f"{studio.url}#m={link}")
    other.has("input", "output", "proj1")
    other.select("output")
    expect(other.param("gi").get_by_role("textbox")).to_have_value("1.55")


def test_a_parameter_is_pinned_and_moved_on_the_canvas(app):
    app.select("output")
    app.param("gi").hover()
    app.param("gi").get_by_role("button", name="Pin gi").click()
    pinned = app.page.locator("#pins .param[data-path=gi]")
    expect(pinned).to_be_visible()
    pinned.get_by_role("textbox").fill("1.2")
    pinned.get_by_role("textbox").press("Enter")
    app.wait("leabra.idle()")
    assert "gi of output" in app.undo_title()
    app.page.reload()
    app.ready()
    expect(pinned.get_by_role("textbox")).to_have_value("1.20")
