import runpy
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from leabra_studio import __version__
from leabra_studio.engine.variables import UNIT_NAMES
from leabra_studio.export.page import Script
from leabra_studio.export.script import script
from leabra_studio.model import Layer, Model, NamedSpec, View, edits, gallery
from leabra_studio.model.build import build, run
from leabra_studio.model.calls import Call, clamp, cycle
from leabra_studio.model.live import is_structural, live_calls
from leabra_studio.model.problems import problems
from tests.export.running import executed, logged, recorded, same_bits
from tests.export.test_source import unformatted
from tests.model import samples

quiet = pytest.mark.filterwarnings("ignore:.*weights lie outside:RuntimeWarning")

TWO_NEURONS = f"""\
# Two neurons, made with Leabra Studio {__version__}
import leabra_studio as lb

net = lb.Net(seed=42)

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
net.cycle(200)

logs = net.logs("cycle", "output")
print(logs.parts.tail(5).to_string(index=False))
"""


def lit(made: Script, name: str) -> list[str]:
    lines = made.text.splitlines()
    return [lines[number - 1].strip() for number in made.lines[name]]


def test_the_script_of_the_paper() -> None:
    assert script(gallery.load_example("two_neurons")).text == TWO_NEURONS


@pytest.mark.parametrize("key", gallery.KEYS)
def test_an_example_downloaded_and_run_alone(key: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    model = gallery.load_example(key)
    path = tmp_path / "model.py"
    path.write_text(script(model).text, "utf-8")
    net = runpy.run_path(str(path))["net"]
    built = build(model)
    record = recorded(built, model.cycles)
    assert same_bits(net.units, built.net.units)
    for layer in model.layers:
        for variable in model.view.shown:
            ours = record[:, UNIT_NAMES.index(variable), built.net.unit_slice(layer.name)]
            assert same_bits(logged(net, layer.name, variable), ours)
    printed = capsys.readouterr().out.splitlines()
    assert len(printed) == 6
    assert printed[0].split()[0] == "unit"
    assert unformatted(path.read_text("utf-8")) == ""


@quiet
@settings(max_examples=60)
@given(samples.models())
def test_any_model_as_a_script_is_the_net_that_is_built(model: Model) -> None:
    assume(not any(problem.fatal for problem in problems(model)))
    model = edits.set_cycles(model, min(model.cycles, 20))
    made = script(model)
    net, _ = executed(made)
    built = build(model)
    record = recorded(built, model.cycles) if model.layers else np.empty(0)
    assert same_bits(net.units, built.net.units)
    for layer in model.layers:
        assert net.spec(layer.name).unit_spec == built.net.spec(layer.name).unit_spec
        if not model.value(layer.name, "log_on_cycle"):
            ours = record[:, UNIT_NAMES.index(model.view.variable), built.net.unit_slice(layer.name)]
            assert same_bits(logged(net, layer.name, model.view.variable), ours)
    for projn in model.projns:
        assert same_bits(net.get_weights(projn.name), built.net.get_weights(projn.name))


@settings(max_examples=60)
@given(samples.models())
def test_any_script_is_as_ruff_writes_it(model: Model) -> None:
    made = script(model)
    assert unformatted(made.text) == ""
    assert script(model) == made
    count = len(made.text.splitlines())
    assert set(made.lines) == model.taken
    assert all(1 <= number <= count for numbers in made.lines.values() for number in numbers)


@quiet
@settings(max_examples=60)
@given(st.data())
def test_a_run_with_changes_on_the_way_is_repeated_to_the_last_bit(data: st.DataObject) -> None:
    start = data.draw(samples.models(8))
    assume(start.layers and not any(problem.fatal for problem in problems(start)))
    built, journal, model = build(start), [], start
    for _ in range(data.draw(st.integers(1, 8))):
        after = data.draw(samples.edited(model, samples.LIVE))
        steps = [] if is_structural(model, after) else list(live_calls(model, after))
        model = after if not is_structural(model, after) else model
        steps += [cycle(n) for n in data.draw(st.lists(st.integers(1, 5), max_size=2))]
        for call in steps:
            run(built, call)
        journal += steps
    if not any(call.verb == "cycle" for call in journal):
        run(built, cycle(1))
        start = edits.set_cycles(start, 1)
    made = script(start, journal)
    assert same_bits(executed(made)[0].units, built.net.units)
    assert unformatted(made.text) == ""


@pytest.mark.parametrize("name", samples.HOSTILE)
def test_hostile_names_are_only_names(name: str) -> None:
    model = edits.add_layer(edits.add_layer(Model(name=name, cycles=2), name=name, role="input"), name=f"{name[:70]}_b")
    model = edits.add_projn(model, *model.names, name=f"{name[:70]}_c")
    for each in model.names:
        path = "gi" if model.kind_of(each) == "layer" else "lrate"
        model = edits.set_param(model, each, path, 0.5)
    model = edits.set_input(edits.set_view(model, layer=model.names[1]), model.names[0], [1])
    made = script(model)
    net, _ = executed(made)
    assert (*net.layer_names, *net.projn_names) == model.names
    assert unformatted(made.text) == ""
    assert made.text.splitlines()[0].startswith("# ")
    assert made.text.splitlines()[1] == "import leabra_studio as lb"


def test_only_what_was_changed_is_said() -> None:
    model = Model(
        seed=1,
        layers=(Layer("a", (2, 2), spec="a_spec"), Layer("b")),
        specs=(NamedSpec("a_spec", "layer", {"gi": 1.3, "unit_spec": {"gc_l": 0.2}, "log_on_cycle": ("avg_act",)}),),
    )
    assert lit(script(model), "a") == [
        "a_spec = lb.LayerSpec(",
        'gi=1.3, log_on_cycle=("avg_act",), unit_spec=lb.UnitSpec(gc_l=0.2)',
        ")",
        'net.new_layer("a", size=4, spec=a_spec)',
    ]
    assert lit(script(model), "b") == [
        "layer_spec = lb.LayerSpec(log_on_cycle=LOGGED)",
        'net.new_layer("b", size=1, spec=layer_spec)',
    ]
    assert 'logs = net.logs("cycle", "b")' in script(model).text


def test_lit_lines_of_an_object_include_those_of_its_spec() -> None:
    made = script(gallery.load_example("feedback_loop"))
    spec = "down_spec = lb.ProjnSpec(dist=lb.Uniform(low=0.25, high=0.75), wt_scale_rel=0.3)"
    projn = 'net.new_projn("output_to_hidden", pre="output", post="hidden", spec=down_spec)'
    assert lit(made, "output_to_hidden") == [spec, projn]
    assert lit(made, "down_spec") == [spec]
    assert lit(made, "input")[-1] == 'net.clamp_layer("input", [1, 0, 0, 1])'


def test_a_long_pattern_is_laid_out_as_the_layer_is() -> None:
    made = script(gallery.load_example("four_layers"))
    assert lit(made, "input")[-11:] == [
        "# fmt: off",
        'net.clamp_layer("input", [',
        *["0, 0, 0, 1, 0, 0, 0,"] * 3,
        "1, 1, 1, 1, 1, 1, 1,",
        *["0, 0, 0, 1, 0, 0, 0,"] * 3,
        "])",
        "# fmt: on",
    ]


def test_a_run_is_replayed_with_the_cycle_of_each_change() -> None:
    start = gallery.load_example("two_neurons")
    first = edits.set_param(start, "output", "gi", 1.3)
    second = edits.set_param(first, "output", "unit_spec.gc_l", 0.2)
    third = edits.set_param(edits.set_input(second, "input", [0.5]), "proj1", "wt_scale_abs", 2)
    journal = [
        cycle(30),
        cycle(20),
        *live_calls(start, first),
        cycle(1),
        *live_calls(first, second),
        *live_calls(second, first),
        *live_calls(first, second),
        cycle(9),
        *live_calls(second, third),
    ]
    made = script(start, journal)
    assert made.text[made.text.index("# run") :] == (
        "# run\n"
        "net.cycle(50)\n"
        "# at cycle 50\n"
        "layer_spec.gi = 1.3\n"
        "net.cycle(1)\n"
        "# at cycle 51\n"
        "layer_spec.unit_spec.gc_l = 0.2\n"
        "net.cycle(9)\n"
        "# at cycle 60\n"
        "proj1_spec.wt_scale_abs = 2.0\n"
        'net.clamp_layer("input", [0.5])\n'
        "\n"
        'logs = net.logs("cycle", "output")\n'
        "print(logs.parts.tail(5).to_string(index=False))\n"
    )
    assert "proj1_spec = lb.ProjnSpec()" in made.text
    assert lit(made, "proj1")[-1] == "proj1_spec.wt_scale_abs = 2.0"


def test_changes_before_the_first_cycle_are_followed_by_one_sweep() -> None:
    start = edits.set_cycles(edits.add_layer(Model(), name="a"), 7)
    made = script(start, live_calls(start, edits.set_param(start, "a", "gi", 1)))
    assert made.text.split("# run\n")[1].startswith("a_spec.gi = 1.0\nnet.cycle(7)\n")


def test_letting_go_of_a_layer_is_replayed() -> None:
    start = gallery.load_example("two_neurons")
    made = script(start, [cycle(3), clamp("input", None), cycle(3)])
    assert lit(made, "input")[-1] == 'net.unclamp_layer("input")'
    executed(made)


def test_a_spec_named_again_during_a_run_is_the_same_variable() -> None:
    start = edits.add_layer(Model(), name="a")
    names = {"a_spec": edits.set_param(start, "a", "gi", 1)}
    names["other"] = edits.rename(names["a_spec"], "a_spec", "other")
    journal = [call for model in names.values() for call in (*live_calls(start, model), cycle(1))]
    made = script(start, journal)
    assert made.text.count("other.gi = 1.0") == 2
    executed(made)


def test_what_is_logged_can_be_chosen() -> None:
    model = edits.add_layer(Model(view=View("net", shown=("act",)), cycles=2), name="a")
    assert 'LOGGED = ("unit_act", "unit_net")' in script(model).text
    assert 'LOGGED = ("avg_act",)' in script(model, logged=("avg_act",)).text
    assert "logs.whole" in script(model, logged=("avg_act",)).text
    silent = script(model, logged=())
    assert "LOGGED" not in silent.text
    assert "print" not in silent.text
    executed(silent)


def test_an_empty_model_is_a_net() -> None:
    made = script(Model(name="Empty"))
    header = f"# Empty, made with Leabra Studio {__version__}\nimport leabra_studio as lb\n"
    assert made.text == header + "\nnet = lb.Net(seed=42)\n"
    assert executed(made)[0].layer_names == ()


def test_variables_of_specs_are_told_apart() -> None:
    specs = tuple(NamedSpec(name, "layer", {"gi": i + 1.0}) for i, name in enumerate(("a b", "a-b", "net", "класс")))
    made = script(replace(Model(), specs=specs))
    variables = [line.partition(" = ")[0] for line in made.text.splitlines() if "lb.LayerSpec(" in line]
    assert variables == ["a_b", "a_b_2", "layer_spec_net", "layer_spec"]
    executed(made)


def test_a_journal_can_hold_any_call_of_a_run() -> None:
    made = script(gallery.load_example("two_neurons"), [Call("own", {"of": "proj1"}, "p"), cycle(1)])
    assert "p = lb.ProjnSpec()" in made.text
