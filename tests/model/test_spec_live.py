"""Specs of a model whose net is running: the net follows, or is known to need building anew."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from leabra_studio.export.script import script
from leabra_studio.model import Model, edits, gallery
from leabra_studio.model.build import Built, build, run
from leabra_studio.model.calls import Call, cycle
from leabra_studio.model.live import is_structural, live_calls
from leabra_studio.model.problems import problems
from tests.export.running import executed
from tests.model import samples
from tests.model.test_spec_edits import MODEL, STEPS


def follow(built: Built, before: Model, after: Model) -> tuple[Call, ...]:
    """Bring a running net from one model to another; return the calls."""
    made = live_calls(before, after)
    for call in made:
        run(built, call)
    return made


def sharing(built: Built) -> list[set[str]]:
    """The groups of objects that have one spec object."""
    net = built.net
    names = (*net.layer_names, *net.projn_names)
    return [{other for other in names if net.spec(other) is net.spec(name)} for name in names]


@pytest.mark.parametrize(
    ("after", "structural"),
    [
        (edits.add_spec(MODEL, "layer"), False),
        (edits.own_copy(MODEL, "d"), False),
        (edits.rename_spec(MODEL, "both", "shared"), False),
        (edits.use_spec(MODEL, "c", "idle"), False),
        (edits.use_spec(MODEL, "c", None), False),
        (edits.use_spec(MODEL, "d", "idle"), False),
        (edits.use_spec(MODEL, "q", None), False),
        (edits.remove_spec(MODEL, "idle"), False),
        (edits.set_spec_param(MODEL, "idle", "log_on_cycle", ("unit_act",)), False),
        (edits.set_spec_param(MODEL, "both", "gi", 1), False),
        (edits.set_spec_param(MODEL, "both", "log_on_cycle", ("unit_act",)), True),
        (edits.own_copy(MODEL, "a"), True),
        (edits.use_spec(MODEL, "d", "both"), True),
        (edits.use_spec(MODEL, "c", "both"), True),
        (edits.use_spec(MODEL, "a", None), True),
    ],
)
def test_a_new_net_is_needed_where_sharing_changes_and_nowhere_else(after: Model, structural: bool) -> None:
    assert is_structural(MODEL, after) is structural
    assert is_structural(after, MODEL) is structural


@pytest.mark.parametrize(
    "after",
    [
        edits.use_spec(MODEL, "c", "idle"),
        edits.use_spec(MODEL, "c", None),
        edits.set_param(edits.rename_spec(MODEL, "both", "c_spec_2"), "a", "gi", 0.7),
        edits.set_param(edits.own_copy(MODEL, "d"), "d", "unit_spec.spike_gain", 0),
        edits.rename_spec(edits.rename_spec(edits.rename_spec(MODEL, "both", "x"), "c_spec", "both"), "x", "c_spec"),
    ],
)
def test_a_running_net_follows_and_goes_on_as_a_script_of_it_would(after: Model) -> None:
    built = build(MODEL)
    run(built, cycle(15))
    journal = (cycle(15), *follow(built, MODEL, after), cycle(15))
    run(built, cycle(15))
    back = follow(built, after, MODEL)
    run(built, cycle(15))
    for x in MODEL.names:
        assert built.net.spec(x) == build(MODEL).net.spec(x)
    net, _ = executed(script(MODEL, (*journal, *back, cycle(15))))
    np.testing.assert_array_equal(net.units, built.net.units)


def test_a_script_calls_a_spec_what_it_is_called_now() -> None:
    after = edits.set_param(edits.rename_spec(MODEL, "both", "idle_2"), "a", "gi", 0.7)
    text = script(MODEL, (cycle(5), *live_calls(MODEL, after), cycle(5))).text
    assert "both" not in text
    assert "idle_2.gi = 0.7" in text
    taken = edits.use_spec(MODEL, "c", "idle")
    made = script(MODEL, (cycle(5), *live_calls(MODEL, taken), cycle(5)))
    assert "c_spec" not in made.text
    assert made.text.count("idle = lb.LayerSpec(") == 1
    assert set(made.lines["idle"]) < set(made.lines["c"])


def test_a_copy_in_a_gallery_model_changes_nothing_but_names() -> None:
    model = gallery.load_example("feedback_loop")
    copied = edits.own_copy(edits.own_copy(model, "hidden"), "input_to_hidden")
    one, other = build(model).net, build(copied).net
    one.cycle(60)
    other.cycle(60)
    np.testing.assert_array_equal(one.units, other.units)


@pytest.mark.filterwarnings("ignore:.*weights lie outside:RuntimeWarning")
@given(st.data())
def test_a_net_that_follows_is_the_net_that_would_be_built(data: st.DataObject) -> None:
    models = [data.draw(samples.models(10))]
    assume(not any(problem.fatal for problem in problems(models[0])))
    built, journal = build(models[0]), []
    for _ in range(data.draw(st.integers(1, 5))):
        after = data.draw(samples.edited(models[-1], STEPS))
        if is_structural(models[-1], after):
            continue
        journal += follow(built, models[-1], after)
        models.append(after)
    fresh = build(models[-1])
    assert sharing(built) == sharing(fresh)
    for name in models[-1].names:
        assert built.net.spec(name) == fresh.net.spec(name)
    if models[0].layers:
        net, _ = executed(script(models[0], (*journal, cycle(3))))
        built.net.cycle(3)
        np.testing.assert_array_equal(net.units, built.net.units)
