"""Coming back: a reload, a second browser, two tabs of one session, a restarted server."""

from playwright.sync_api import expect

from tests.browser.driver import Studio

LOST = "ERR_CONNECTION_REFUSED"


def test_a_reload_keeps_the_simulation_where_it_was(studio, page):
    app = Studio(page, studio.url)
    app.select("output")
    app.set_param("gi", "1.3")
    app.saved()
    app.step(80)
    app.button("net").click()
    app.page.get_by_role("combobox", name="Colour by").select_option("v_m")
    app.saved()
    app.traced(4)
    before = app.series()

    page.reload()
    app.ready()
    assert app.stopped() == 80
    app.traced(4)
    assert app.series() == before
    expect(app.page.get_by_role("combobox", name="Colour by")).to_have_value("v_m")
    assert app.undo_title() == "Undo: gi of output: 1.80 → 1.30 (Ctrl+Z)"
    assert app.step(20) == 100

    held = []
    page.route("**/plotly.min*", lambda route: held.append(route))  # traces must wait for Plotly, however late it is
    page.reload(wait_until="commit")
    page.wait_for_function("() => window.leabra && leabra.records && leabra.records.count === 100")
    assert app.series()["count"] == 0
    while not held:  # the page asks for Plotly when all else is there
        page.wait_for_timeout(20)
    held.pop().continue_()
    assert app.stopped() == 100


def test_a_closed_tab_pauses_the_run_and_the_next_tab_goes_on_with_it(studio, open_page):
    page = open_page()
    app = Studio(page, studio.url)
    app.select("output")
    app.set_param("gi", "1.3")
    app.saved()
    app.run_past(100)
    other = page.context.new_page()
    second = Studio(other, studio.url)  # while the first is open it is another session's
    assert second.cycle == 0
    other.close()
    page.close()

    again = page.context.new_page()
    back = Studio(again, studio.url)
    assert back.stopped() > 100
    assert back.undo_title() == "Undo: gi of output: 1.80 → 1.30 (Ctrl+Z)"
    expect(again.locator(".notice")).to_contain_text("The run was paused when its tab was closed")
    cycle = back.cycle
    assert back.step(20) == cycle + 20


def test_a_second_browser_has_a_session_of_its_own(studio, page, open_page):
    mine, theirs = Studio(page, studio.url), Studio(open_page(), studio.url)
    mine.select("output")
    mine.press("Delete")
    mine.has("input")
    theirs.step(30)
    assert mine.after_frames(2) == 0
    theirs.has("input", "output", "proj1")
    assert theirs.cycle == 30


def test_a_tab_that_shares_its_session_sees_the_same_run(studio, page, open_page):
    mine = Studio(page, studio.url)
    sid = page.evaluate("sessionStorage.getItem('sid')")
    other = open_page()
    other.add_init_script(f"sessionStorage.setItem('sid', {sid!r})")
    theirs = Studio(other, studio.url)
    mine.step(40)
    assert theirs.after_frames(2) == 40
    theirs.set_speed(100)
    theirs.run_past(500)
    mine.after_frames(2)
    assert mine.ask("leabra.running()")
    mine.button("Stop").click()
    expect(mine.button("Run")).to_be_visible()
    stopped = mine.after_frames(2)
    assert theirs.after_frames(3) == mine.after_frames(1) == stopped


def test_after_a_restart_of_the_server_the_document_comes_back_with_a_notice(
    start_studio, page, console_errors, server_errors
):
    first = start_studio()
    app = Studio(page, first.url)
    app.rename_model("Two neurons", "Kept </script>")
    app.button("Layer").click()
    app.click(app.empty_place())
    app.type_name("mine")
    app.has("input", "output", "proj1", "mine")
    app.saved()
    app.step(25)

    first.stop()
    app.page.evaluate("leabra.kick()")
    app.wait("document.getElementById('server-dot').textContent.includes('lost')")
    start_studio(port=first.port)
    notice = app.page.locator(".notice")
    expect(notice).to_contain_text("The server was restarted: Kept </script> was restored", timeout=20_000)
    app.has("input", "output", "proj1", "mine")
    assert app.after_frames(1) == 0
    notice.get_by_role("button", name="Close").click()
    app.step(10)
    assert [error for error in console_errors if LOST not in error] == []
    console_errors.clear()


def test_an_autosave_that_cannot_be_read_is_said_and_the_page_opens(studio, open_page):
    page = open_page()
    page.add_init_script("localStorage.setItem('autosave', JSON.stringify('{\"format\": 1}</script>'))")
    app = Studio(page, studio.url)
    expect(page.locator(".notice")).to_contain_text("The model saved in this browser could not be read")
    app.has("input", "output", "proj1")
