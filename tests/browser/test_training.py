"""A model that trains, walked through as a person would: curves, tests, the same numbers again, and what stays."""

import pytest
from playwright.sync_api import expect

from leabra_studio.model import codec
from tests.browser.driver import Studio
from tests.session.lessons import model

RECORDS = "leabra.training.records"
AT_REST = "leabra.idle() && !leabra.running() && !leabra.ordering()"


@pytest.fixture
def app(studio, page, tmp_path):
    """The page with a small task open, from a file."""
    app, path = Studio(page, studio.url), tmp_path / "task.leabra.json"
    path.write_text(codec.dumps(model(epochs=6, runs=2, test_every=3)), "utf-8")
    app.button("Two neurons").click()
    with page.expect_file_chooser() as choosing:
        page.get_by_role("menuitem", name="Open a file…").click()
    choosing.value.set_files(path)
    app.wait("leabra.trains()")
    app.ready()
    app.set_speed(100)
    return app


def train(app: Studio) -> list[dict]:
    """Run to the end of the plan; return the records of its twelve epochs."""
    app.button("Run").click()
    app.wait(f"{RECORDS}.length === 12 && {AT_REST}")
    return app.ask(RECORDS)


def count(app: Studio, text: str) -> None:
    expect(app.page.locator("#trials-count")).to_contain_text(text)


def saved(app: Studio, word: str, selector: str) -> list[list[str]]:
    """Press a button that saves a table; return its cells."""
    with app.page.expect_download() as saving:
        app.page.locator(selector).get_by_text(word, exact=True).click()
    return [line.split(",") for line in saving.value.path().read_text("utf-8").splitlines()]


def test_training_is_drawn_goes_back_and_gives_the_same_numbers_again(app):
    first = train(app)
    assert [(record["run"], record["epoch"]) for record in first] == [(r, e) for r in (1, 2) for e in range(1, 7)]
    assert [record["seed"] for record in first] == [42] * 6 + [43] * 6
    app.wait("document.getElementById('curves-plot').data?.find(t => t.name === 'train now').x.length === 6")
    expect(app.page.locator(".stamp")).to_contain_text("seeds 42, 43")

    app.button("Rewind").click()
    app.wait(f"{RECORDS}.length === 6 && {AT_REST}")
    assert train(app) == first
    app.page.reload()
    app.ready()
    app.wait(f"{RECORDS}.length === 12")
    assert app.ask(RECORDS) == first

    table = saved(app, "CSV", "[data-curves=csv]")
    assert table[0][:3] == ["run", "epoch", "seed"]
    assert [row[:3] for row in table[1:]] == [[str(r["run"]), str(r["epoch"]), str(r["seed"])] for r in first]

    app.page.locator("#curve-runs summary").click()
    expect(app.page.locator("#curve-runs tbody tr")).to_have_count(2)
    runs = saved(app, "CSV", "#curve-runs")
    assert [row[:3] for row in runs] == [["run", "seed", "epochs"], ["1", "42", "6"], ["2", "43", "6"]]

    app.button("Init").click()
    app.wait(f"{RECORDS}.length === 0 && {AT_REST}")
    app.set_speed(100)
    assert train(app) == first
    app.button("New seed").click()
    app.wait(f"{RECORDS}.length === 0 && leabra.training.now.seed !== 42 && {AT_REST}")


def test_steps_and_tests_leave_what_was_chosen(app):
    app.button("Step").click()
    app.wait(f"leabra.training.now.trial === 1 && leabra.training.now.cycle === 12 && {AT_REST}")
    app.page.get_by_label("Level of a step").select_option("epoch")
    app.button("Step").click()
    app.wait(f"{RECORDS}.length === 1 && {AT_REST}")
    app.wait("document.getElementById('curves-plot').data?.find(t => t.name === 'train now').x.length === 1")

    app.button("Test all").click()
    count(app, "of 2 correct · at epoch 1")
    rows = app.page.locator(".trial-scroll [role=row]")
    expect(rows).to_have_count(2)
    rows.nth(1).click()
    app.wait(f"leabra.training.now.tested === 2 && leabra.training.now.name === 'p1' && {AT_REST}")
    expect(rows).to_have_count(2)
    table = saved(app, "CSV", "#trials-csv")
    assert [row[:3] for row in table] == [["trial", "row", "name"], ["1", "1", "p0"], ["2", "2", "p1"]]

    expect(app.button("Train")).to_have_attribute("aria-pressed", "true")
    train(app)
    count(app, "at epoch 6")
    app.button("Test").click()
    app.wait(f"leabra.training.now.mode === 'test' && {AT_REST}")
    app.button("Run").click()
    app.wait(f"leabra.training.now.mode === 'test' && leabra.training.now.done === 1 && {AT_REST}")
    count(app, "at epoch 6")
    expect(app.page.locator("#trials-count .stale-word")).to_have_count(0)
    app.button("Train").click()
    app.wait(f"leabra.training.now.mode === 'train' && {AT_REST}")
    assert app.ask(f"{RECORDS}.length") == 12
