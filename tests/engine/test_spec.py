"""Specs and distributions as objects: keywords, change, comparison, subclasses, draws."""

from __future__ import annotations

import copy
import subprocess
import sys

import numpy as np
import pytest

import leabra_studio as lb


def test_unknown_keyword_is_a_value_error_that_offers_the_nearest():
    with pytest.raises(ValueError, match=r"LayerSpec\.unit_specs: is not a parameter; did you mean unit_spec\?"):
        lb.LayerSpec(unit_specs=lb.UnitSpec())


def test_unknown_attribute_is_refused_and_lists_the_known():
    spec = lb.ProjnSpec()
    with pytest.raises(lb.ValidationError, match=r"ProjnSpec\.zzz: .*known are projn_type"):
        spec.zzz = 1


def test_a_wrong_value_is_met_when_the_spec_is_used_not_before():
    spec = lb.LayerSpec(kwta_pct=2)
    with pytest.raises(lb.ValidationError, match=r"LayerSpec\.kwta_pct: must be in the range 0 to 1 \(got 2\.0\)"):
        spec.validate()
    with pytest.raises(lb.ValidationError, match="kwta_pct"):
        lb.Net().new_layer("x", 1, spec)


def test_rules_between_fields():
    with pytest.raises(lb.ValidationError, match=r"UnitSpec\.v_m_r: must be below spk_thr \(0\.5\)"):
        lb.LayerSpec(unit_spec=lb.UnitSpec(v_m_r=0.5)).validate()
    with pytest.raises(lb.ValidationError, match=r"Uniform\.high: must be above low"):
        lb.Uniform(0.5, 0.5)


@pytest.mark.parametrize("values", [{"e_rev_e": 0.5}, {"spk_thr": 1.0}])
def test_threshold_at_the_excitatory_potential_is_refused(values):
    with pytest.raises(lb.ValidationError, match=r"UnitSpec\.e_rev_e: must differ from spk_thr"):
        lb.UnitSpec(**values).validate()


def test_threshold_at_the_inhibitory_potential_is_refused_where_winners_are_picked():
    unit = lb.UnitSpec(e_rev_i=0.5)
    lb.LayerSpec(unit_spec=unit).validate()
    with pytest.raises(lb.ValidationError, match=r"LayerSpec\.inhibition_type: kwta needs"):
        lb.LayerSpec(unit_spec=unit, inhibition_type="kwta").validate()


def test_equal_by_value_and_by_class():
    assert lb.LayerSpec(gi=1.5) == lb.LayerSpec(gi=1.5)
    assert lb.LayerSpec(gi=1.5) != lb.LayerSpec()
    assert lb.LayerSpec(unit_spec=lb.UnitSpec(gc_l=0.2)) != lb.LayerSpec()
    assert lb.LayerSpec() != lb.ProjnSpec()
    assert lb.LayerSpec() != 3
    with pytest.raises(TypeError):
        hash(lb.LayerSpec())


def test_specs_share_nothing():
    a, b = lb.LayerSpec(), lb.LayerSpec()
    a.unit_spec.gc_l = 0.9
    assert b.unit_spec.gc_l == lb.UnitSpec().gc_l == lb.LayerSpec.params()["unit_spec"].default.gc_l == 0.1


def test_every_change_is_counted():
    spec = lb.LayerSpec(gi=1)
    before = spec.mutations
    spec.gi = 2
    spec.gi = 2
    assert spec.mutations == before + 2
    assert copy.deepcopy(spec) == spec


def test_values_are_stored_in_their_own_type():
    spec = lb.ProjnSpec(lrate=np.float32(0.5), sig_gain=4, pre_mask=np.array([1, 0]), cos_diff_lrate=1)
    assert (spec.sig_gain, spec.pre_mask, spec.cos_diff_lrate) == (4.0, (True, False), True)
    assert type(spec.lrate) is type(spec.sig_gain) is float
    assert lb.LayerSpec(log_on_cycle=["unit_act", "unit_act"]).log_on_cycle == ("unit_act",)


def test_one_word_is_no_tuple_of_names():
    with pytest.raises(lb.ValidationError, match=r"must be a tuple of attribute names"):
        lb.LayerSpec(log_on_cycle="unit_act").validate()


class Calm(lb.LayerSpec):
    """Defaults given as plain attributes, the way Leabra7's users do it."""

    gi = 2
    unit_spec = lb.UnitSpec(spike_gain=0)


class VeryCalm(Calm):
    """A subclass of a subclass, with a rule of its own."""

    gi = 3.0

    def validate(self):
        super().validate()
        if self.gi < 2:
            raise lb.ValidationError("VeryCalm", "gi", "must be at least 2")


def test_subclasses_with_bare_attributes():
    assert (Calm().gi, VeryCalm().gi, VeryCalm(gi=4).gi, lb.LayerSpec().gi) == (2.0, 3.0, 4.0, 1.8)
    assert VeryCalm().unit_spec == lb.UnitSpec(spike_gain=0)
    assert VeryCalm().unit_spec is not VeryCalm().unit_spec
    assert repr(VeryCalm(ff=2)) == "VeryCalm(ff=2.0)"
    net = lb.Net()
    net.new_layer("x", 1, VeryCalm())
    with pytest.raises(lb.ValidationError, match=r"VeryCalm\.gi"):
        net.new_layer("y", 1, VeryCalm(gi=1))


class Named(lb.LayerSpec):
    """Brings an attribute that is no parameter."""

    region = "V1"


def test_an_attribute_that_a_subclass_brings_can_be_set_and_tells_specs_apart():
    assert (Named().region, Named(region="IT").region) == ("V1", "IT")
    assert Named(region="V1") == Named() != Named(region="IT")
    with pytest.raises(lb.ValidationError, match=r"LayerSpec\.region: is not a parameter"):
        lb.LayerSpec(region="V1")
    with pytest.raises(lb.ValidationError, match=r"Named\.validate: is not a parameter"):
        Named(validate=None)


def test_class_attributes_are_the_defaults():
    assert lb.LayerSpec.gi == 1.8
    assert Calm.gi == 2.0


@pytest.mark.parametrize(
    ("dist", "mean", "sd"),
    [
        (lb.Scalar(0.3), 0.3, 0),
        (lb.Uniform(0.25, 0.75), 0.5, 0.5 / 12**0.5),
        (lb.Gaussian(0.5, 0.04), 0.5, 0.2),
        (lb.LogNormal(-1, 0.25), np.exp(-1 + 0.125), np.sqrt((np.exp(0.25) - 1) * np.exp(-2 + 0.25))),
        (lb.Exponential(4), 0.25, 0.25),
    ],
)
def test_distributions_have_their_moments_and_are_reproducible(dist, mean, sd):
    values = dist.draw(np.random.default_rng(1), 200_000)
    assert values.shape == (200_000,)
    assert values.mean() == pytest.approx(mean, abs=4 * sd / 200_000**0.5 + 1e-12)
    assert values.std() == pytest.approx(sd, rel=0.02, abs=1e-12)
    assert (values == dist.draw(np.random.default_rng(1), 200_000)).all()


def test_distributions_are_values():
    assert lb.Uniform(0, 1) == lb.Uniform(low=0.0, high=1.0) != lb.Uniform(0, 2)
    assert {lb.Scalar(1), lb.Scalar(1.0)} == {lb.Scalar(1)}
    with pytest.raises(AttributeError):
        lb.Scalar(1).value = 2


@pytest.mark.parametrize("make", [lb.rand.Distribution, lb.schedules.Schedule])
def test_families_themselves_cannot_be_used(make):
    family = make()
    with pytest.raises(lb.ValidationError, match="use one of"):
        family.draw(np.random.default_rng(), 1) if make is lb.rand.Distribution else family.factor_at(1)


def test_specs_need_neither_numba_nor_pandas_nor_dash():
    code = (
        "import sys, leabra_studio as lb; lb.LayerSpec().validate(); lb.Uniform(0, 1); lb.schedules.Step(1, 0.5);"
        "lb.variables.UNIT_VARIABLES; lb.LeabraError; lb.__version__;"
        "print([m for m in ('numba', 'pandas', 'dash', 'plotly') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
