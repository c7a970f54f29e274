"""When a pane is rendered anew."""

from leabra_studio.web.panes import fingerprint
from tests.web.trees import texts


def test_the_model_s_form_follows_what_is_changed_on_the_canvas(tab):
    tab.ask("select", names=[])
    answer = tab.ask("set_param", name="output", path="gi", value="1.3")
    assert "1.30" in texts(answer.panes["form"])


def test_fingerprints_tell_content_not_identity(tab):
    assert fingerprint([{"a": 1}]) == fingerprint([{"a": 1}]) != fingerprint([{"a": 2}])
