import sys
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import leabra_studio as lb
from leabra_studio import __version__
from leabra_studio.export.original import script_for_leabra7, training_script_for_leabra7
from leabra_studio.export.script import script
from leabra_studio.export.training import training_script
from leabra_studio.model import Model, edits, gallery
from leabra_studio.model.calls import Call, clamp, cycle
from leabra_studio.model.live import is_structural, live_calls
from leabra_studio.model.problems import problems
from tests.export.running import executed, logged, same_bits, trained
from tests.export.test_source import unformatted
from tests.export.test_training import planned
from tests.model import lessons, samples

quiet = pytest.mark.filterwarnings("ignore:.*weights lie outside:RuntimeWarning")
ATTRS = ("unit_net", "unit_act", "unit_v_m", "unit_gc_i", "unit_spike")
SHARED_UNITS = lb.UnitSpec()


class OriginalNet:
    """Our net behind the original's signatures: no seed, one cycle a call, no keyword that only we have."""

    def __init__(self) -> None:
        self._net = lb.Net(seed=0)

    def new_layer(self, name: str, size: int, spec: Any = None) -> None:
        self._net.new_layer(name, size, spec)

    def new_projn(self, name: str, pre: str, post: str, spec: Any = None) -> None:
        self._net.new_projn(name, pre, post, spec)

    def clamp_layer(self, name: str, acts: Any) -> None:
        self._net.clamp_layer(name, acts)

    def unclamp_layer(self, name: str) -> None:
        self._net.unclamp_layer(name)

    def cycle(self) -> None:
        self._net.cycle()

    def minus_phase_cycle(self, num_cycles: int = 50) -> None:
        self._net.minus_phase_cycle(num_cycles)

    def plus_phase_cycle(self, num_cycles: int = 25) -> None:
        self._net.plus_phase_cycle(num_cycles)

    def learn(self) -> None:
        self._net.learn()

    def end_epoch(self) -> None:
        self._net.end_epoch()

    def observe(self, name: str, attr: str) -> Any:
        return self._net.observe(name, attr)

    def pause_logging(self, freq: str | None = None) -> None:
        self._net.pause_logging(freq)

    def weights(self, projn: str) -> Any:
        return self._net.get_weights(projn)

    def logs(self, freq: str, name: str) -> Any:
        return self._net.logs(freq, name)


class OriginalLayerSpec(lb.LayerSpec):
    """A layer's spec whose units are the same object wherever none are given, as in the original."""

    def __init__(self, **values: Any) -> None:
        super().__init__(**{"unit_spec": SHARED_UNITS, **values})


@pytest.fixture(autouse=True)
def leabra7(monkeypatch: pytest.MonkeyPatch) -> None:
    """A module with the original's name that has the original's names and no others."""
    module = ModuleType("leabra7")
    module.Net, module.LayerSpec = OriginalNet, OriginalLayerSpec
    for name in ("UnitSpec", "ProjnSpec", "Scalar", "Uniform", "Gaussian", "LogNormal", "Exponential"):
        setattr(module, name, getattr(lb, name))
    monkeypatch.setitem(sys.modules, "leabra7", module)


def test_the_script_of_two_neurons() -> None:
    assert (
        script_for_leabra7(gallery.load_example("two_neurons")).text
        == f"""\
# Two neurons, made with Leabra Studio {__version__}
# For the original Leabra7 0.1.0, which differs from Leabra Studio in this:
# - Net() takes no seed: no weight is random here.
# - cycle() takes no count: a loop calls it.
# - It computes in single precision: numbers agree to about five digits.
import leabra7 as lb

net = lb.Net()

# specs
layer_spec = lb.LayerSpec(
    log_on_cycle=(
        "unit_v_m",
        "unit_act",
        "unit_i_net",
        "unit_net",
        "unit_gc_i",
        "unit_adapt",
        "unit_spike",
    )
)

# layers
net.new_layer("input", size=1, spec=layer_spec)
net.new_layer("output", size=1, spec=layer_spec)

# projections
net.new_projn("proj1", pre="input", post="output")

# inputs
net.clamp_layer("input", [1])

# run
for _ in range(200):
    net.cycle()

logs = net.logs("cycle", "output")
print(logs.parts.tail(5).to_string(index=False))
"""
    )


def constant(model: Model) -> Model:
    """The model with nothing in it that is random, or unknown to the original."""
    model = replace(model, lesions={})
    for p in model.projns:
        model = edits.set_param(edits.reset_param(model, p.name, "dist"), p.name, "sparsity", 1.0)
    return model


def agree(model: Model, journal: tuple[Call, ...]) -> None:
    original = script_for_leabra7(model, journal, ATTRS)
    ours, said = executed(script(model, journal, ATTRS))
    theirs, printed = executed(original)
    assert said == printed or "It cannot log" in original.text
    for layer in model.layers:
        attrs = model.value(layer.name, "log_on_cycle") or ATTRS
        for attr in attrs:
            if attr.startswith("unit_") and attr[5:] in theirs.logs("cycle", layer.name).parts:
                variable = attr.removeprefix("unit_")
                assert same_bits(logged(ours, layer.name, variable), logged(theirs, layer.name, variable))


@pytest.mark.parametrize("key", gallery.KEYS)
def test_an_example_with_constant_weights_gives_the_same_numbers(key: str) -> None:
    model = constant(gallery.load_example(key))
    agree(model, ())
    first, last = model.layers[0].name, model.layers[-1].name
    after = edits.set_param(edits.set_param(model, last, "gi", 1.1), last, "unit_spec.gc_l", 0.2)
    agree(model, (cycle(20), *live_calls(model, after), cycle(1), clamp(first, None), cycle(20)))


def test_units_that_change_in_the_run_are_not_everybodys() -> None:
    model = edits.add_spec(constant(gallery.load_example("feedback_loop")), "layer", "free", {"gi": 1.0})
    model = edits.use_spec(model, "output", "free")
    after = edits.set_param(model, "output", "unit_spec.gc_l", 0.5)
    journal = (cycle(5), *live_calls(model, after), cycle(20))
    assert script_for_leabra7(model, journal).text.count("unit_spec=lb.UnitSpec()") == 2
    agree(model, journal)


def notes(model: Model, journal: tuple[Call, ...] = ()) -> list[str]:
    lines = script_for_leabra7(model, journal).text.splitlines()
    return [line.removeprefix("# - ") for line in lines if line.startswith("# - ")]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"dist": lb.Uniform(0.1, 0.2)}, "Net() takes no seed: random weights are others in every run."),
        ({"sparsity": 0.5}, "Net() takes no seed: random weights are others in every run."),
        ({"sparsity": 0.5}, "Units that receive no connection may become NaN; here they receive 0."),
        ({"post_mask": (True, False)}, "Units that receive no connection may become NaN; here they receive 0."),
        ({"projn_type": "one_to_one"}, "one_to_one with masks or layers of two sizes joins other units, or fails."),
        ({"cos_diff_lrate": True}, "cos_diff_lrate has no effect on learning."),
    ],
)
def test_what_is_different_there_is_said(values: dict[str, Any], sentence: str) -> None:
    model = edits.add_projn(edits.add_layer(edits.add_layer(Model(), shape=(1, 2)), shape=(1, 4)), "hidden", "hidden_2")
    assert sentence not in notes(model)
    for path, value in values.items():
        model = edits.set_param(model, "hidden_to_hidden_2", path, value)
    assert sentence in notes(model)


def test_what_counts_only_when_a_layer_is_made_is_said() -> None:
    model = edits.add_layer(Model(), shape=(2, 2))
    after = edits.set_param(model, "hidden", "kwta_pct", 0.5)
    assert "kwta_pct counts when a layer is made; changing it later does nothing." in notes(
        model, (cycle(1), *live_calls(model, after))
    )
    assert not [note for note in notes(after) if "kwta" in note]


def test_what_cannot_be_logged_is_left_out() -> None:
    model = edits.set_view(edits.add_layer(Model(cycles=3), name="a"), shown=("avg_l", "act"), variable="act_nd")
    model = edits.set_param(edits.add_layer(model, name="b"), "b", "log_on_trial", ("unit_avg_s", "avg_act"))
    text = script_for_leabra7(model).text
    assert "# - It cannot log unit_act_nd, unit_avg_l, unit_avg_s: left out.\n" in text
    assert 'LOGGED = ("unit_act",)\n' in text
    assert 'log_on_trial=("avg_act",)' in text
    executed(script_for_leabra7(model))
    nothing = edits.set_view(model, shown=(), variable="avg_l")
    assert "LOGGED" not in script_for_leabra7(nothing).text
    executed(script_for_leabra7(nothing))


def test_a_call_that_only_the_studio_has_is_left_out() -> None:
    model = gallery.load_example("two_neurons")
    text = script_for_leabra7(model, [cycle(1), Call("set_weights", {"projn": "proj1", "weights": ((0.5,),)})]).text
    assert "# - It has no net.set_weights: left out, so numbers may be others.\n" in text
    assert "# run\nnet.cycle()\n# at cycle 1\n# left out: net.set_weights\n" in text


def test_lines_are_those_of_the_script_as_it_is() -> None:
    model = gallery.load_example("feedback_loop")
    made = script_for_leabra7(model, [cycle(3), clamp("input", None)])
    lines = made.text.splitlines()
    assert [lines[i - 1] for i in made.lines["input"]][-2:] == [
        'net.clamp_layer("input", [1, 0, 0, 1])',
        'net.unclamp_layer("input")',
    ]


@settings(max_examples=40)
@given(samples.models(12))
def test_it_is_formatted_whatever_things_are_called(model: Model) -> None:
    assert unformatted(script_for_leabra7(model, [cycle(1), cycle(2), clamp("a", None), cycle(1)]).text) == ""


@quiet
@settings(max_examples=60)
@given(st.data())
def test_any_model_without_chance_gives_the_same_numbers(data: st.DataObject) -> None:
    model = constant(data.draw(samples.models(12)))
    assume(not any(problem.fatal for problem in problems(model)))
    after = data.draw(samples.edited(data.draw(samples.edited(model, samples.KNOWN)), samples.KNOWN))
    assume(not is_structural(model, after))
    agree(model, (cycle(2), *live_calls(model, after), cycle(3)))


@settings(max_examples=30)
@given(lessons.models())
def test_any_training_without_chance_and_schedule_gives_the_same_numbers(model: Model) -> None:
    model = constant(replace(model, plan=replace(model.plan, lrate_schedule=None)))
    made = training_script_for_leabra7(model)
    theirs, ours = trained(made)[0], trained(training_script(model))[0]
    for (net, records), (other, expected) in zip(theirs, ours, strict=True):
        assert [errors(record) for record in records] == [errors(record) for record in expected]
        assert all(same_bits(net.weights(p.name), other.get_weights(p.name)) for p in model.projns)
    assert unformatted(made.text) == ""


def errors(record: dict[str, Any]) -> list[Any]:
    return [part and part["errors"] for part in (record.get("train"), record.get("test"))]


def test_what_a_training_lacks_there_is_said() -> None:
    plan = {"type": "Step", "every": 2, "factor": 0.5}
    text = training_script_for_leabra7(planned(lrate_schedule=plan)).text
    assert "# - It has no lb.stats: plain lines count the errors, cosines are left out.\n" in text
    assert "# - It has no schedules: the learning rate stays as it is.\n" in text
    assert "schedule_lrate" not in text
