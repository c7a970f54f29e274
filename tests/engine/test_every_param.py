"""One suite over every declared parameter of specs, distributions and schedules."""

from __future__ import annotations

import math
import re

import pytest

import leabra_studio as lb
from leabra_studio.engine.rand import DISTRIBUTIONS
from leabra_studio.engine.schedules import SCHEDULES
from leabra_studio.engine.specs import SPECS

FAMILIES = {**SPECS, **DISTRIBUTIONS, **{f"schedules.{name}": cls for name, cls in SCHEDULES.items()}}
EVERY = [pytest.param(cls, p, id=f"{key}.{p.name}") for key, cls in FAMILIES.items() for p in cls.params().values()]
NUMBERS = [each for each in EVERY if each.values[1].kind in ("float", "int")]
OF_SPECS = [each for each in EVERY if each.values[0] in SPECS.values()]
NAMES = {name: getattr(lb, name) for name in lb.__all__ if name[0].isupper()}


@pytest.mark.parametrize(("family", "param"), EVERY)
def test_is_documented_in_one_sentence(family, param):
    assert re.fullmatch(r"[A-Z].{10,110}[^.]\.", param.doc)
    assert "\n" not in param.doc


@pytest.mark.parametrize(("family", "param"), OF_SPECS)
def test_belongs_to_a_group(family, param):
    assert param.group


@pytest.mark.parametrize(("family", "param"), EVERY)
def test_default_is_valid_and_of_its_kind(family, param):
    assert param.check("X", param.fresh()) == param.default


@pytest.mark.parametrize(("family", "param"), EVERY)
@pytest.mark.parametrize("wrong", [None, float("nan"), object(), "no such word", b"x", 1j, [[]], {}, float])
def test_refuses_what_is_of_another_kind(family, param, wrong):
    with pytest.raises(lb.ValidationError, match=rf"^X\.{param.name}: .*\(got "):
        param.check("X", wrong)


@pytest.mark.parametrize(("family", "param"), NUMBERS)
@pytest.mark.parametrize("wrong", [math.inf, -math.inf, math.nan, True, "0.5", pytest.param(10**400, id="huge"), [0.5]])
def test_numbers_refuse_what_is_no_finite_number(family, param, wrong):
    with pytest.raises(ValueError, match="must be"):
        param.check("X", wrong)


@pytest.mark.parametrize(("family", "param"), NUMBERS)
def test_numbers_refuse_what_is_out_of_range(family, param):
    step = 1 if param.kind == "int" else 1e-9
    for bound, allowed, beyond in (
        (param.ge, param.ge, -step),
        (param.le, param.le, step),
        (param.gt, None, 0),
        (param.lt, None, 0),
    ):
        if bound is not None:
            with pytest.raises(lb.ValidationError, match=re.escape(f"{param.range_text()} (got")):
                param.check("X", bound + beyond)
            assert allowed is None or param.check("X", allowed) == allowed


@pytest.mark.parametrize(("family", "param"), NUMBERS)
def test_slider_lies_inside_the_range_and_holds_the_default(family, param):
    if param.slider is not None:
        low, high = param.slider
        assert low <= param.default <= high
        assert not any(param.out_of_range(x) for x in (high, low + (high - low) * 1e-6))


@pytest.mark.parametrize(("family", "param"), OF_SPECS)
def test_repr_round_trip_of_a_changed_value(family, param):
    other = {
        "float": lambda: param.default / 3 + 0.125,
        "bool": lambda: not param.default,
        "choice": lambda: param.choices[-1],
        "names": lambda: (param.choices[-1], param.choices[0]),
        "mask": lambda: (True, False),
        "dist": lambda: lb.Gaussian(0.5, 1 / 3),
        "spec": lambda: lb.UnitSpec(adapt_dt=1 / 7),
    }[param.kind]()
    spec = family(**{param.name: other})
    assert spec.changed() == {param.name: other}
    assert eval(repr(spec), dict(NAMES)) == spec
    assert family(**{param.name: param.fresh()}).changed() == {}


@pytest.mark.parametrize("keys", [("layer", "unit"), ("projn",)], ids=["layer", "projn"])
def test_a_form_shows_six_to_eight_parameters_first(keys):
    shown = [p.name for key in keys for p in SPECS[key].params().values() if p.key]
    assert 6 <= len(shown) <= 8


def test_what_leabra7_declares_is_there():
    """Defaults of Leabra7 0.1.0, from its source."""
    assert {name: p.default for name, p in lb.UnitSpec.params().items()} == {
        "e_rev_e": 1,
        "e_rev_i": 0.25,
        "e_rev_l": 0.3,
        "gc_l": 0.1,
        "spk_thr": 0.5,
        "v_m_r": 0.3,
        "vm_gain": 0.04,
        "spike_gain": 0.00805,
        "net_dt": 1 / 1.4,
        "vm_dt": 1 / 3.3,
        "adapt_dt": 1 / 144,
        "syn_tr": 1,
        "act_gain": 100,
        "ss_dt": 0.5,
        "s_dt": 0.5,
        "m_dt": 0.1,
        "l_dn_dt": 2.5,
        "l_up_inc": 0.2,
        "integ": 1,
    }
    layer = {name: p.default for name, p in lb.LayerSpec.params().items() if p.kind in ("float", "choice")}
    assert layer == {
        "inhibition_type": "fffb",
        "kwta_pct": 0.1,
        "kwta_pt": 0.5,
        "ff": 1,
        "ff0": 0.1,
        "fb": 1,
        "fb_dt": 1 / 1.4,
        "gi": 1.8,
        "avg_dt": 0.01,
        "clamp_max": 0.95,
        "integ": 1,
    }
    projn = {name: p.default for name, p in lb.ProjnSpec.params().items() if p.kind != "names"}
    assert projn == {
        "projn_type": "full",
        "pre_mask": (True,),
        "post_mask": (True,),
        "sparsity": 1,
        "dist": lb.Scalar(0.5),
        "wt_scale_abs": 1,
        "wt_scale_rel": 1,
        "lrate": 0.02,
        "thr_l_mix": 0.1,
        "cos_diff_thr_l_mix": False,
        "cos_diff_lrate": False,
        "sig_gain": 6,
        "sig_offset": 1,
        "integ": 1,
    }
