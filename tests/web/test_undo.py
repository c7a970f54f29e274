"""Undo and redo on the page: what they would do, and several steps at once from their list."""


def test_undo_and_redo_say_what_they_would_do(tab):
    page = tab.ask("set_param", name="output", path="gi", value="1.3").page
    assert (page["undo"], page["redo"]) == ("gi of output: 1.80 → 1.30", None)
    page = tab.ask("undo").page
    assert (page["undo"], page["redo"]) == (None, "gi of output: 1.80 → 1.30")
    assert page["hint"].startswith("Undone: gi of output")
    assert tab.ask("undo").page["hint"] == "Nothing to undo"
    assert tab.ask("redo").page["undo"] == "gi of output: 1.80 → 1.30"
    assert tab.ask("redo").page["hint"] == "Nothing to redo"


def test_an_entry_of_the_list_is_several_steps_away_and_the_list_has_an_end(tab):
    for value in ("1.3", "1.4", "1.5"):
        tab.ask("set_param", name="output", path="gi", value=value)
    assert tab.ask("undo", steps=2).page["undo"] == "gi of output: 1.80 → 1.30"
    page = tab.ask("redo", steps=9).page
    assert (page["undo"], page["redo"]) == ("gi of output: 1.40 → 1.50", None)
    assert tab.ask("undo", steps="all").page["error"]["message"].startswith("steps: must be a whole number")
    assert tab.ask("undo", steps=10**9).page["undo"] is None
