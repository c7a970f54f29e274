"""Batches compared as a person would: same seeds, one change; what differs; one cancelled; taken home."""

import csv
import io
import re

import pytest
from playwright.sync_api import expect

import leabra_studio as lb
from leabra_studio.model import codec, edits
from tests.browser.driver import Studio
from tests.session.background import ENDLESS
from tests.session.lessons import NET

DRAWN = "document.getElementById('compare-plot').data?.filter(line => line.meta === 'mean').map(line => line.x.length)"


@pytest.fixture
def app(studio, page, tmp_path):
    """The page with a small task open, and Compare."""
    app = Studio(page, studio.url)
    open_model(app, tmp_path, NET)
    app.page.get_by_role("tab", name="Compare").click()
    return app


def open_model(app, tmp_path, model):
    path = tmp_path / "task.leabra.json"
    path.write_text(codec.dumps(model), "utf-8")
    app.page.locator("#model-name").click()
    with app.page.expect_file_chooser() as choosing:
        app.page.get_by_role("menuitem", name="Open a file…").click()
    choosing.value.set_files(path)
    app.wait("leabra.trains() && leabra.training.now.epochs === it", model.plan.epochs)
    app.ready()


def batch(app: Studio, ident: str):
    """Return the row of a batch."""
    return app.page.locator(f"#compare-list tr[data-batch={ident}]")


def run(app: Studio, ident: str) -> None:
    """Run a batch to its end."""
    app.button("Run batch").click()
    app.wait("leabra.compare.batches.find(({ id }) => id === it)?.state === 'done'", ident)


def saved(app: Studio, name: str) -> list[list[str]]:
    with app.page.expect_download() as saving:
        app.button(name).click()
    return list(csv.reader(io.StringIO(saving.value.path().read_text("utf-8"))))


def test_same_seeds_one_change(app):
    expect(app.page.locator("#compare-panel .empty-state")).to_contain_text("No batches yet")
    app.field("Seeds of the batch").fill("9-3")
    app.button("Run batch").click()
    expect(app.page.locator("#compare-error")).to_contain_text("must go upwards")
    app.field("Seeds of the batch").fill("1-4")
    expect(app.page.locator("#compare-error")).to_be_empty()
    run(app, "A")
    expect(app.page.locator("#compare-differences")).to_contain_text("the same seeds, one change")
    app.select("hid")
    app.set_param("gi", "2.5")
    run(app, "B")
    expect(batch(app, "B")).to_contain_text("gi 1.8 → 2.5")
    expect(batch(app, "A")).to_contain_text("revision 1")
    expect(app.field("Seeds of the batch")).to_have_value("1-4")
    app.wait(f"JSON.stringify({DRAWN}) === '[4,4]'")
    table = app.page.get_by_role("table", name="What differs")
    expect(table.locator("tbody tr")).to_have_count(1)
    expect(table.locator("tbody tr td")).to_have_text(["hid", "gi", "1.8", "2.5"])
    app.page.locator("#compare-panel").get_by_role("button", name="Test", exact=True).click()
    app.wait(f"JSON.stringify({DRAWN}) === '[2,2]'")

    taught = [lb.batch(model, seeds=range(1, 5), jobs=1) for model in (NET, edits.set_param(NET, "hid", "gi", 2.5))]
    rows = saved(app, "CSV of the batches")
    at = rows[0].index("sse")
    for letter, one in zip("AB", taught, strict=True):
        assert [float(row[at]) for row in rows[1:] if row[0] == letter] == list(one.records["sse"])

    batch(app, "B").get_by_role("button", name="gi 1.8").click()
    runs = app.page.get_by_role("table", name="Runs of the batch").locator("tbody tr")
    expect(runs).to_have_count(4)
    expect(runs.first.locator("td").nth(1)).to_have_text("4")
    own = saved(app, "CSV of this batch")
    assert [row[0] for row in own[1:]] == ["1", "2", "3", "4"]
    app.page.get_by_role("checkbox", name="Draw batch A").uncheck()
    app.wait(f"JSON.stringify({DRAWN}) === '[2]'")
    expect(table).to_be_hidden()


def test_batches_outlive_a_reload_and_a_removed_one_comes_back(app):
    app.field("Seeds of the batch").fill("1, 2")
    run(app, "A")
    run(app, "B")
    expect(app.page.locator("#compare-differences")).to_contain_text("Nothing differs")
    app.page.reload()
    app.ready()
    app.page.get_by_role("tab", name="Compare").click()
    app.wait(f"JSON.stringify({DRAWN}) === '[4,4]'")
    app.button("Remove batch A").click()
    expect(batch(app, "A")).to_have_count(0)
    app.page.locator(".removed-line").get_by_role("button", name="Undo").click()
    expect(batch(app, "A")).to_be_visible()
    assert app.ask("leabra.compare.batches.map(({ id }) => id)") == ["A", "B"]


def test_one_that_takes_too_long_is_cancelled_while_the_page_is_used(app, tmp_path):
    open_model(app, tmp_path, ENDLESS)
    app.field("Seeds of the batch").fill("3 from 5")
    app.button("Run batch").click()
    expect(batch(app, "A")).to_contain_text("0 of 3 runs")
    app.button("Step").click()
    app.wait("leabra.training.now.trial === 1")
    app.button("Cancel batch A").click()
    expect(batch(app, "A")).to_contain_text("cancelled · 0 of 3 runs")
    expect(app.button("CSV of the batches")).to_have_attribute("aria-disabled", "true")


def test_a_model_that_does_not_train_says_why(studio_page):
    studio_page.get_by_role("tab", name="Compare").click()
    expect(studio_page.locator("#compare-panel .empty-state")).to_contain_text("Give it a table of patterns")
    button = studio_page.get_by_role("button", name="Run batch")
    expect(button).to_have_attribute("aria-disabled", "true")
    expect(button).to_have_attribute("title", re.compile("There is no table of patterns"))


def test_after_a_restart_of_the_server_it_is_said_that_they_are_gone(start_studio, page, tmp_path, console_errors):
    first = start_studio()
    app = Studio(page, first.url)
    open_model(app, tmp_path, NET)
    app.page.get_by_role("tab", name="Compare").click()
    app.field("Seeds of the batch").fill("1, 2")
    run(app, "A")
    app.saved()
    first.stop()
    start_studio(port=first.port)
    app.page.reload()
    expect(app.page.locator("#hint")).to_contain_text("The batches that were here are gone")
    app.page.get_by_role("tab", name="Compare").click()
    expect(app.page.locator("#compare-panel .empty-state")).to_contain_text("No batches yet")
    console_errors.clear()
