"""Tables made in a real browser: split, generated, imported from a file."""

import pytest
from playwright.sync_api import expect

from tests.browser.driver import Studio
from tests.browser.test_patterns import LAYERS


@pytest.fixture
def app(studio, page):
    app = Studio(page, studio.url)
    app.page.evaluate("layers => leabra.intent('wizard', { name: 'Demo', connect: 'feedforward', layers })", LAYERS)
    app.wait("leabra.page.name === 'Demo' && leabra.idle()")
    app.page.get_by_role("tab", name="Patterns").click()
    return app


def dialog(app: Studio, title: str):
    return app.page.get_by_role("dialog", name=title)


def test_patterns_are_generated_and_split_and_a_refusal_stays_in_the_dialog(app):
    app.button("Generate").click()
    window = dialog(app, "Generate patterns")
    window.get_by_label("Patterns", exact=True).select_option("random")
    window.get_by_label("Units on in each").fill("9")
    window.get_by_role("button", name="Generate").click()
    expect(window.get_by_role("alert")).to_contain_text("active")
    window.get_by_label("Units on in each").fill("2")
    window.get_by_role("button", name="Generate").click()
    expect(window).to_be_hidden()
    app.wait("leabra.patterns.about.table === 'made' && leabra.patterns.about.count === 10")
    app.button("Split").click()
    window = dialog(app, "Split a table")
    window.get_by_label("To train on, %").fill("70")
    window.get_by_role("button", name="Split").click()
    app.wait("leabra.patterns.about.table === 'made_train' && leabra.patterns.about.count === 7")
    expect(app.page.locator("#table-select")).to_contain_text("made_test · 3 rows · test")
    expect(app.page.locator("#undo")).to_have_attribute("title", "Undo: Split made to train and test (Ctrl+Z)")


FILE = "name,input_0,input_1,input_2,input_3,input_4,input_5,out_0,out_1\none,1,0,0,0,0,1,1,0\ntwo,0,oops,0,0,0,0,0,1\n"


def test_a_file_with_a_fault_is_shown_mapped_and_imported_and_a_hostile_one_is_a_sentence(app):
    with app.page.expect_file_chooser() as chooser:
        app.button("Import").click()
    chooser.value.set_files({"name": "events.csv", "mimeType": "text/csv", "buffer": FILE.encode()})
    window = dialog(app, "Import patterns")
    expect(window).to_contain_text("Row 3, column 3: must be a number from 0 to 1 (got 'oops')")
    window.get_by_label("out, 2 columns").select_option("output")
    expect(window).not_to_contain_text("no patterns for output")
    window.get_by_role("button", name="Import 1 row").click()
    expect(window).to_be_hidden()
    app.wait("leabra.patterns.about.table === 'events' && leabra.patterns.about.count === 1")
    expect(app.page.locator("#pattern-grid .pattern-cell").nth(1)).to_have_attribute("aria-label", "output: 0,0")
    with app.page.expect_file_chooser() as chooser:
        app.button("Import").click()
    chooser.value.set_files({"name": "bad.csv", "mimeType": "text/csv", "buffer": bytes(range(256))})
    expect(app.page.locator("#hint")).to_contain_text("bad.csv: ")
    expect(window).to_be_hidden()


DROP = """([text, name, size]) => {
    const data = new DataTransfer();
    data.items.add(new File([size ? new Uint8Array(size) : text], name));
    const event = new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
    document.getElementById("patterns").dispatchEvent(event);
}"""


def test_a_file_is_dropped_onto_the_patterns_and_one_that_is_too_large_is_not_sent(app):
    app.page.evaluate(DROP, ["", "huge.csv", 17 * 2**20])
    expect(app.page.locator("#hint")).to_contain_text("huge.csv: it has 17 MB; a file of patterns has at most 16 MB")
    assert app.ask("leabra.idle()")
    app.page.evaluate(DROP, [FILE, "events.csv", 0])
    expect(dialog(app, "Import patterns")).to_contain_text("events.csv: 2 rows of patterns")
