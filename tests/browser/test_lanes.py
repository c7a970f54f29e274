"""The two ways of a request: past Dash's page state, and through its stores where that fails; rows sent once."""

from playwright.sync_api import expect

from tests.browser.driver import Studio

# The lane asks for the callbacks without options, Dash does so with a method and headers.
NO_LANE = """(() => {
    const real = window.fetch;
    const unknown = async () => new Response("", { status: 404 });
    window.fetch = (what, how) => (!how && String(what).endsWith("_dash-dependencies") ? unknown() : real(what, how));
})()"""


def model_of(app):
    """What the page shows of a network: its graph, its outline, its list of edits."""
    rows = "[...document.querySelectorAll('#outline .row')].map(row => row.textContent)"
    return app.ask(f"[cy.elements().map(e => e.id()).sort(), {rows}, document.querySelector('#log-pane').textContent]")


def build(app):
    """Edit, run, undo and redo."""
    app.select("output")
    app.set_param("gi", "2.1")
    app.row("output").dblclick()
    app.type_name("last")
    app.has("input", "last", "proj1")
    app.unfocus()
    app.press("Delete")
    app.has("input")
    app.press("Control+z")
    app.has("input", "last", "proj1")
    app.press("Control+z")
    app.has("input", "output", "proj1")
    app.press("Control+Shift+z")
    app.has("input", "last", "proj1")
    app.wait("leabra.idle()")
    assert app.step(7) == 7


def test_without_the_fast_lane_all_goes_through_the_stores_of_dash(studio, page, open_page):
    app = Studio(page, studio.url)
    build(app)
    assert app.ask("leabra.prop('frame')") is None
    page = open_page()
    page.add_init_script(NO_LANE)
    slow = Studio(page, studio.url)
    assert slow.ask("leabra.prop('frame') !== undefined && leabra.prop('page') !== undefined")
    build(slow)
    assert model_of(slow) == model_of(app)


def test_a_row_that_is_not_there_any_more_is_sent_again(studio, page):
    app = Studio(page, studio.url)
    app.ask("document.querySelector('#outline .row[data-name=input]').remove()")
    app.select("output")
    app.has("input", "output", "proj1")
    expect(app.row("output")).to_have_attribute("aria-selected", "true")
    app.wait("leabra.idle()")
