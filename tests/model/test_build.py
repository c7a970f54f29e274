from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from leabra_studio.engine.rand import Uniform
from leabra_studio.engine.specs import LayerSpec, ProjnSpec, UnitSpec
from leabra_studio.engine.variables import UNIT_NAMES
from leabra_studio.errors import ValidationError
from leabra_studio.model import Layer, Model, NamedSpec, Projn, edits, gallery
from leabra_studio.model.build import Built, build, run
from leabra_studio.model.calls import Call, Make, Ref, calls, clamp, cycle
from leabra_studio.model.live import is_structural, live_calls, with_own_specs
from leabra_studio.model.problems import problems
from tests.model import samples

TOLERANCE = 1e-9
MODEL = Model(
    seed=3,
    layers=(Layer("a", (1, 2), "input", "shared"), Layer("b", spec="shared"), Layer("c")),
    projns=(Projn("p", "a", "b", "p_spec"), Projn("q", "b", "c")),
    specs=(
        NamedSpec("shared", "layer", {"gi": 1.5, "unit_spec": {"gc_l": 0.2}}),
        NamedSpec("p_spec", "projn", {"dist": {"type": "Uniform", "low": 0.25, "high": 0.75}}),
        NamedSpec("unused", "layer"),
    ),
    inputs={"a": (1.0, 0.5)},
)


def live(built: Built, before: Model, after: Model) -> None:
    for call in live_calls(before, after):
        run(built, call)


def test_the_calls_of_a_model_in_order() -> None:
    uniform = Make("Uniform", {"low": 0.25, "high": 0.75})
    expected = [
        Call("Net", {"seed": 3}),
        Call("LayerSpec", {"gi": 1.5, "unit_spec": Make("UnitSpec", {"gc_l": 0.2})}, "shared", frozenset("ab")),
        Call("ProjnSpec", {"dist": uniform}, "p_spec", frozenset("p")),
        Call("LayerSpec", {}, "unused"),
        Call("new_layer", {"name": "a", "size": 2, "spec": Ref("shared")}, about=frozenset("a")),
        Call("new_layer", {"name": "b", "size": 1, "spec": Ref("shared")}, about=frozenset("b")),
        Call("new_layer", {"name": "c", "size": 1}, about=frozenset("c")),
        Call("new_projn", {"name": "p", "pre": "a", "post": "b", "spec": Ref("p_spec")}, about=frozenset("p")),
        Call("new_projn", {"name": "q", "pre": "b", "post": "c"}, about=frozenset("q")),
        Call("clamp_layer", {"name": "a", "acts": (1.0, 0.5)}, about=frozenset("a")),
    ]
    assert list(calls(MODEL)) == [
        replace(call, about=call.about | {call.result}) if call.result else call for call in expected
    ]


def test_specs_are_shared_by_the_net_as_by_the_model() -> None:
    built = build(MODEL)
    assert built.net.spec("a") is built.net.spec("b") is built.specs["shared"]
    assert built.net.spec("a") == LayerSpec(gi=1.5, unit_spec=UnitSpec(gc_l=0.2))
    assert built.net.spec("p") == ProjnSpec(dist=Uniform(0.25, 0.75))
    assert built.net.spec("c") == LayerSpec()


def test_one_model_always_makes_the_same_net() -> None:
    one, other = build(MODEL).net, build(MODEL).net
    one.cycle(50)
    other.cycle(50)
    assert one.units.tobytes() == other.units.tobytes()
    assert not np.array_equal(build(edits.set_seed(MODEL, 4)).net.get_weights("p"), one.get_weights("p"))


def test_two_neurons_follow_the_original(request: pytest.FixtureRequest) -> None:
    golden = request.config.rootpath / "tests" / "golden" / "leabra7"
    with np.load(golden / "a_two_neurons.npz") as loaded:
        arrays = dict(loaded)
    record = np.empty((200, len(UNIT_NAMES), 2))
    build(gallery.load_example("two_neurons")).net.cycle(len(record), record=record)
    for column, layer in enumerate(("input", "output")):
        for row, name in enumerate(UNIT_NAMES):
            theirs = arrays[f"units/{layer}/{name}"][:, 0]
            np.testing.assert_allclose(record[:, row, column], theirs, rtol=0, atol=TOLERANCE, err_msg=name)


def test_unclamping_is_a_call_as_well() -> None:
    built = build(MODEL)
    run(built, clamp("a", None))
    run(built, cycle(1))
    assert built.net.units[UNIT_NAMES.index("act"), built.net.unit_slice("a")].max() < 0.9


@pytest.mark.parametrize(
    ("after", "structural"),
    [
        (edits.add_layer(MODEL), True),
        (edits.add_projn(MODEL, "a", "c"), True),
        (edits.remove(MODEL, ["c"]), True),
        (edits.rename(MODEL, "a", "z"), True),
        (edits.set_shape(MODEL, "b", (2, 2)), True),
        (edits.set_seed(MODEL, 4), True),
        (edits.set_param(MODEL, "p", "dist", Uniform(0.1, 0.2)), True),
        (edits.set_param(MODEL, "q", "sparsity", 0.5), True),
        (edits.set_param(MODEL, "a", "log_on_cycle", ("unit_act",)), True),
        (replace(MODEL, layers=(*MODEL.layers[:2], Layer("c", spec="shared"))), True),
        (replace(MODEL, layers=(Layer("a", (1, 2)), *MODEL.layers[1:])), True),
        (replace(MODEL, layers=tuple(reversed(MODEL.layers))), True),
        (MODEL, False),
        (edits.set_shape(MODEL, "a", (2, 1)), False),
        (edits.set_param(MODEL, "a", "gi", 1), False),
        (edits.set_param(MODEL, "c", "unit_spec.gc_l", 0.3), False),
        (edits.set_param(MODEL, "q", "wt_scale_rel", 0.3), False),
        (edits.reset_param(MODEL, "a", "gi"), False),
        (edits.set_input(MODEL, "a", None), False),
        (edits.remove(MODEL, ["unused"]), False),
        (edits.rename(MODEL, "shared", "z"), False),
        (edits.set_role(edits.move(MODEL, {"a": (1, 1)}), "a", "hidden"), False),
        (edits.set_name(edits.set_cycles(edits.set_notes(MODEL, "x"), 3), "x"), False),
    ],
)
def test_what_needs_a_new_net(after: Model, structural: bool) -> None:
    assert is_structural(MODEL, after) is structural
    assert is_structural(after, MODEL) is structural


def test_live_calls_say_only_what_changed() -> None:
    after = edits.set_param(edits.set_param(MODEL, "a", "gi", 1), "c", "unit_spec.gc_l", 0.3)
    after = edits.set_input(edits.reset_param(after, "b", "unit_spec.gc_l"), "c", [0.5])
    assert live_calls(MODEL, MODEL) == ()
    made = {(call.verb, call.args.get("path"), call.args.get("value")) for call in live_calls(MODEL, after)}
    assert made == {
        ("set", "gi", 1.0),
        ("set", "unit_spec.gc_l", 0.1),
        ("own", None, None),
        ("set", "unit_spec.gc_l", 0.3),
        ("clamp_layer", None, None),
    }
    assert live_calls(MODEL, after)[0].about == {"shared", "a", "b"}


def test_a_layer_without_a_spec_can_be_changed_while_it_runs() -> None:
    after = edits.set_param(MODEL, "c", "gi", 1.2)
    built = build(MODEL)
    live(built, MODEL, after)
    assert built.net.spec("c").gi == 1.2
    live(built, after, MODEL)
    assert built.net.spec("c").gi == 1.8
    live(built, MODEL, after)
    assert built.net.spec("c") is built.specs["c_spec"]


def test_a_run_that_gave_a_layer_its_spec_starts_with_one() -> None:
    after = edits.set_param(MODEL, "c", "gi", 1.2)
    start = with_own_specs(MODEL, live_calls(MODEL, after))
    assert start == replace(after, specs=(*MODEL.specs, NamedSpec("c_spec", "layer", auto=True)))
    assert with_own_specs(start, live_calls(MODEL, after)) == start


def test_a_wrong_value_is_refused_at_the_next_cycle() -> None:
    built = build(MODEL)
    run(built, Call("set", {"spec": Ref("shared"), "path": "unit_spec.v_m_r", "value": 0.9}))
    with pytest.raises(ValidationError, match="v_m_r"):
        run(built, cycle(1))


@pytest.mark.filterwarnings("ignore:.*weights lie outside:RuntimeWarning")
@given(st.data())
def test_live_calls_make_the_net_that_a_new_model_would(data: st.DataObject) -> None:
    before = data.draw(samples.models(8))
    after = data.draw(samples.edited(data.draw(samples.edited(before, samples.LIVE)), samples.LIVE))
    assume(not any(problem.fatal for problem in problems(before)) and not is_structural(before, after))
    built = build(before)
    live(built, before, after)
    fresh = build(after)
    for name in after.names:
        assert built.net.spec(name) == fresh.net.spec(name)
