"""The training plan in a real browser: chosen, changed, refused, taken back."""

from playwright.sync_api import expect

from tests.browser.driver import Studio

LAYERS = [
    {"name": "input", "rows": "1", "cols": "2", "role": "input"},
    {"name": "output", "rows": "1", "cols": "2", "role": "target"},
]


def test_a_network_of_the_wizard_is_given_rows_and_a_plan_and_can_be_trained(studio, page):
    app = Studio(page, studio.url)
    app.page.evaluate("layers => leabra.intent('wizard', { name: 'Demo', connect: 'feedforward', layers })", LAYERS)
    app.wait("leabra.page.name === 'Demo' && leabra.idle()")
    app.page.locator("#problem-count").click()
    app.page.get_by_role("menuitem", name="has no rows").click()
    app.button("Add row").click()
    expect(app.page.locator("#problem-count")).to_have_count(0)
    app.page.locator("#outline .row[data-kind=plan]").click()
    expect(app.page.locator("#inspector-head")).to_contain_text("train · 1 row")
    app.page.get_by_label("Test with").select_option("train")
    epochs = app.field("Epochs")
    epochs.fill("0")
    epochs.press("Enter")
    expect(app.page.locator("#form-pane .plan-field.invalid .field-error")).to_contain_text(
        "epochs: must be in the range"
    )
    epochs.fill("500")
    epochs.press("Enter")
    expect(app.page.locator("#form-pane .plan-field.invalid")).to_have_count(0)
    epochs.fill("20")
    epochs.press("Enter")
    app.wait("leabra.page.undo === 'Training: epochs 20' && leabra.idle()")
    expect(app.page.locator("#form-pane .plan-field.invalid")).to_have_count(0)
    expect(app.button("Run")).to_be_enabled()
    app.wait("leabra.trains()")
    app.unfocus()
    app.press("Control+z")
    expect(epochs).to_have_value("500")
    app.click(app.empty_place())
    expect(app.page.locator("#inspector-head")).to_contain_text("nothing selected")
    app.row("output").click()
    app.selected("output")
    expect(app.page.locator("#inspector-head")).to_contain_text("output")
    app.page.locator("#outline .row[data-kind=plan]").click()
    expect(app.page.locator("#inspector-head")).to_contain_text("Training plan")
    app.press("Space")  # the plan is chosen already: Space does not choose it again, it trains
    app.wait("leabra.training.records.length > 0")
