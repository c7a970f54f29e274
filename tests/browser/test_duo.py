"""The standard way of testing Dash, with selenium: the page works there as well."""

import pytest
from dash.testing.composite import DashComposite

from leabra_studio.web import create_app

SLOW = 30  # seconds; a new browser starts with every test


@pytest.fixture
def duo(kernels: None, dash_duo: DashComposite) -> DashComposite:
    """Give the studio in a browser of its own."""
    dash_duo.start_server(create_app())
    dash_duo.wait_for_element("#run:not([aria-disabled])", timeout=SLOW)
    dash_duo.wait_for_element("#outline .row[data-name=output]", timeout=SLOW)
    return dash_duo


def test_run_and_stop_with_dash_duo(duo: DashComposite) -> None:
    duo.find_element("#run").click()
    duo.wait_for_element("#run[aria-label=Stop]", timeout=SLOW)
    duo.wait_for_element("#rewind:not([aria-disabled])", timeout=SLOW)
    duo.find_element("#run").click()
    duo.wait_for_element("#run[aria-label=Run]", timeout=SLOW)
    assert int(duo.find_element("#counter-cycle").text.replace("\u202f", "")) > 0
    assert duo.get_logs() == []


def test_a_value_is_changed_and_taken_back_with_dash_duo(duo: DashComposite) -> None:
    duo.find_element("#outline .row[data-name=output]").click()
    field = duo.wait_for_element("#form-pane .param[data-path=gi] .param-number input", timeout=SLOW)
    duo.clear_input(field)
    field.send_keys("1.3\n")
    duo.wait_for_contains_text("#form-pane .param[data-path=gi]", "was 1.80", timeout=SLOW)
    duo.find_element("#undo").click()
    duo.wait_for_element("#redo:not([aria-disabled])", timeout=SLOW)
    duo.wait_for_text_to_equal("#form-pane .param[data-path=gi] .param-note.live", "", timeout=SLOW)
    assert duo.get_logs() == []
