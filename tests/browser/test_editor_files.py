"""Files as a person handles them: dropped on the page, saved and opened, left and found again, sent as a link."""

import json

import pytest
from playwright.sync_api import expect

from leabra_studio.model.gallery import FOLDER
from tests.browser.driver import Studio

FOUR = (FOLDER / "four_layers.leabra.json").read_text("utf-8")
DRAGGED = """([text, name, types]) => {
    const data = new DataTransfer();
    data.items.add(new File([text], name, { type: "application/json" }));
    const at = document.querySelector("#cy");
    const about = { bubbles: true, cancelable: true, dataTransfer: data };
    for (const type of types) at.dispatchEvent(new DragEvent(type, about));
}"""
HOSTILE = '</script><img src=x onerror="window.hacked=1">'


@pytest.fixture
def app(studio, page):
    return Studio(page, studio.url)


def drag_file(app, text, name, *types):
    app.page.evaluate(DRAGGED, [text, name, list(types)])


def item(app, word):
    return app.page.get_by_role("menuitem", name=word, exact=True)


def change_gi(app, text):
    app.select("output")
    app.set_param("gi", text)
    app.saved()
    app.unfocus()


def test_a_model_file_is_dropped_on_the_page_and_the_model_before_is_recent(app):
    change_gi(app, "1.35")
    canvas = app.page.locator("#canvas")
    drag_file(app, FOUR, "four.leabra.json", "dragenter", "dragover")
    expect(canvas).to_have_class("canvas dropping")
    drag_file(app, FOUR, "four.leabra.json", "drop")
    expect(app.button("Four layers")).to_be_visible()
    expect(canvas).to_have_class("canvas")
    app.wait("cy.nodes().length === 4 && leabra.idle()")
    expect(app.page.locator("#hint")).to_have_text("Opened Four layers · the model before is one Undo away")

    app.button("Four layers").click()
    app.page.locator("#recent-models").get_by_role("menuitem", name="Two neurons").click()
    app.has("input", "output", "proj1")
    app.select("output")
    expect(app.param("gi").get_by_role("textbox")).to_have_value("1.35")
    app.unfocus()

    app.button("Two neurons").click()  # by keyboard, and the open model is not in the list
    recent = app.page.locator("#recent-models").get_by_role("menuitem")
    expect(recent).to_have_count(1)
    app.press("ArrowDown", "ArrowUp")  # from the first item round to the last
    expect(recent).to_be_focused()
    app.press("Enter")
    app.wait("cy.nodes().length === 4 && leabra.idle()")
    app.press("Control+z")
    app.has("input", "output", "proj1")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('{"layers": [', "The file is not JSON"),
        (json.dumps({**json.loads(FOUR), "version": 99}), "newer"),
        (FOUR.replace('"four', '"').replace('"input"', '""'), "must not be empty"),
    ],
    ids=["broken", "newer", "nameless"],
)
def test_a_dropped_file_that_is_no_model_leaves_the_open_one_untouched(app, text, why):
    app.select("output")
    drag_file(app, text, f"{HOSTILE}.leabra.json", "drop")
    hint = app.page.locator("#hint")
    expect(hint).to_contain_text(why)
    expect(hint).to_contain_text("The open model is untouched.")
    expect(app.page.locator(".toast.error")).to_contain_text(HOSTILE)
    app.has("input", "output", "proj1")
    app.selected("output")
    assert app.undo_title() == "Nothing to undo yet"
    assert not app.ask("window.hacked")


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)], ids=["laptop", "screen"])
def test_new_save_open_and_link_go_round(app, studio, open_page, tmp_path, size):
    app.page.set_viewport_size({"width": size[0], "height": size[1]})
    app.button("Two neurons").click()
    item(app, "New, empty model").click()
    expect(app.page.get_by_role("heading", name="Click anywhere to place your first layer")).to_be_visible()
    assert app.page.locator(".starter").count() == 3
    box = app.page.locator("#canvas").bounding_box()
    below = app.page.locator(".other-ways").bounding_box()
    assert below["y"] + below["height"] < box["y"] + box["height"]

    app.click((box["x"] + 60, box["y"] + 120))  # a new model starts with the Layer tool
    app.type_name("one")
    app.selected("one")
    app.field("Rows").fill("3")
    app.field("Rows").press("Enter")
    app.wait("leabra.layers.get('one').rows === 3 && leabra.idle()")
    app.unfocus()
    app.press("c")
    app.click(app.head("one"))
    app.click(app.head("one"))
    app.has("one", "one_to_one")
    app.rename_model("Untitled model", HOSTILE)
    with app.page.expect_download() as download:
        app.button(HOSTILE).click()
        app.page.get_by_role("menuitem", name="Save as file").click()
    path = tmp_path / "kept.leabra.json"
    download.value.save_as(path)
    assert "/" not in download.value.suggested_filename
    assert json.loads(path.read_text("utf-8"))["layers"][0]["shape"] == [3, 1]

    app.press("Control+a")
    app.selected("one")
    app.press("Delete")
    app.has()
    with app.page.expect_file_chooser() as chooser:  # an empty canvas has the other ways in
        app.button("Open a file…").click()
    chooser.value.set_files(path)
    app.has("one", "one_to_one")

    app.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    app.button("Share").click()
    expect(app.page.locator(".toast")).to_have_text("Link copied: it holds the whole model and its seed")
    other = Studio(open_page(), app.page.evaluate("navigator.clipboard.readText()"))
    other.has("one", "one_to_one")
    expect(other.button(HOSTILE)).to_be_visible()
    assert other.ask("leabra.page.seed") == app.ask("leabra.page.seed")
    assert "#" not in other.page.url
    assert not app.ask("window.hacked")


def test_the_wizard_leads_to_its_empty_table_and_a_row_mends_the_one_problem(app):
    app.button("Two neurons").click()
    app.page.get_by_role("menuitem", name="New network").click()
    app.page.get_by_role("dialog", name="New network").get_by_role("button", name="Create").click()
    expect(app.page.get_by_role("tab", name="Patterns")).to_have_attribute("aria-selected", "true")
    expect(app.page.locator("#hint")).to_contain_text("next: rows for its table train")
    expect(app.page.locator("#pattern-box")).to_contain_text("No rows yet")
    expect(app.button("1 problem")).to_be_visible()
    for way in ("Import", "Generate"):
        expect(app.button(way)).to_be_visible()
    app.button("Add row").click()
    expect(app.page.locator(".pattern-cell")).to_have_count(2)
    expect(app.button("1 problem")).to_have_count(0)
