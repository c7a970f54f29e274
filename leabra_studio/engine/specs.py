"""The specs of units, layers and projections: every parameter, declared once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

from leabra_studio.engine.params import param
from leabra_studio.engine.rand import Distribution, Scalar
from leabra_studio.engine.spec import Spec
from leabra_studio.engine.variables import LAYER_PARTS, LAYER_WHOLE, PROJN_PARTS
from leabra_studio.errors import ValidationError

_PER_CYCLE: dict[str, Any] = {"unit": "1/cycle", "ge": 0}
_PER_TRIAL: dict[str, Any] = {"unit": "1/trial", "ge": 0}
_FRACTION: dict[str, Any] = {"ge": 0, "le": 1, "slider": (0, 1)}

_potential = partial(param, group="Potential")
_activation = partial(param, group="Activation")
_adaptation = partial(param, group="Adaptation")
_averages = partial(param, group="Learning averages")


class UnitSpec(Spec):
    """Parameters of the point neuron."""

    e_rev_e: float = _potential(1.0, "Reversal potential of excitation.", emergent="Act.Erev.E", slider=(0.5, 1.5))
    e_rev_i: float = _potential(0.25, "Reversal potential of inhibition.", emergent="Act.Erev.I", slider=(0, 1))
    e_rev_l: float = _potential(
        0.3, "Reversal potential of the leak: where the unit rests.", emergent="Act.Erev.L", slider=(0, 1)
    )
    gc_l: float = _potential(
        0.1, "Leak conductance: the more, the more input it takes.", emergent="Act.Gbar.L", key=True, slider=(0, 1)
    )
    net_dt: float = _potential(
        1 / 1.4,
        "Rate at which net input follows what arrives.",
        emergent="1 / Act.Dt.GTau",
        slider=(0, 1),
        **_PER_CYCLE,
    )
    vm_dt: float = _potential(
        1 / 3.3,
        "Rate at which the membrane potential and the activation follow their drive.",
        emergent="1 / Act.Dt.VmTau",
        key=True,
        slider=(0, 1),
        **_PER_CYCLE,
    )
    integ: float = _potential(
        1.0,
        "Factor on all rates of the unit: below 1 its time runs slower.",
        ge=0,
        emergent="Act.Dt.Integ",
        slider=(0, 2),
    )

    spk_thr: float = _activation(
        0.5, "Membrane potential above which the unit fires.", emergent="Act.XX1.Thr", slider=(0.3, 1)
    )
    v_m_r: float = _activation(0.3, "Membrane potential right after a spike, below spk_thr.", slider=(0, 0.5))
    syn_tr: float = _activation(1.0, "Synaptic depression: the fraction of the activation that is sent.", **_FRACTION)
    act_gain: float = _activation(
        100.0, "Gain that turns a clamped activation into a membrane potential.", gt=0, slider=(1, 200)
    )

    adapt_dt: float = _adaptation(
        1 / 144, "Rate at which adaptation follows the membrane potential.", slider=(0, 0.1), **_PER_CYCLE
    )
    vm_gain: float = _adaptation(0.04, "Adaptation per membrane potential above the leak's.", slider=(0, 0.2))
    spike_gain: float = _adaptation(0.00805, "Adaptation that every spike adds.", key=True, slider=(0, 0.05))

    ss_dt: float = _averages(
        0.5, "Rate of the super-short average.", emergent="1 / Learn.ActAvg.SSTau", slider=(0, 1), **_PER_CYCLE
    )
    s_dt: float = _averages(
        0.5, "Rate of the short average.", emergent="1 / Learn.ActAvg.STau", slider=(0, 1), **_PER_CYCLE
    )
    m_dt: float = _averages(
        0.1, "Rate of the medium average.", emergent="1 / Learn.ActAvg.MTau", slider=(0, 1), **_PER_CYCLE
    )
    l_dn_dt: float = _averages(
        2.5, "Rate at which the long average falls in trials where the unit was silent.", slider=(0, 5), **_PER_TRIAL
    )
    l_up_inc: float = _averages(
        0.2, "Growth of the long average in trials where the unit was active.", slider=(0, 1), **_PER_TRIAL
    )

    def validate(self) -> None:
        """Check every value, and that the threshold lies above the reset and off the excitatory potential.

        Raises
        ------
        ValidationError
            At the first value that breaks its rule.
        """
        super().validate()
        if self.v_m_r >= self.spk_thr:
            rule = f"must be below spk_thr ({self.spk_thr:g}), or the unit fires for ever (got {self.v_m_r:g})"
            raise ValidationError(type(self).__name__, "v_m_r", rule)
        if self.e_rev_e == self.spk_thr:
            rule = f"must differ from spk_thr, or no input reaches it (got {self.e_rev_e:g})"
            raise ValidationError(type(self).__name__, "e_rev_e", rule)


_inhibition = partial(param, group="Inhibition")
_clamping = partial(param, group="Averages and clamping")
_log = partial(param, (), kind="names", group="Logging", structural=True)
_log_layer = partial(_log, choices=LAYER_WHOLE + LAYER_PARTS)


class LayerSpec(Spec):
    """Parameters of a layer; those of its units are in `unit_spec`."""

    inhibition_type: str = _inhibition(
        "fffb",
        "How units are inhibited: by total input and activity (fffb), by picking k winners (kwta), or not at all.",
        kind="choice",
        choices=("fffb", "kwta", "kwta_avg", "none"),
        key=True,
    )
    gi: float = _inhibition(
        1.8,
        "Strength of fffb inhibition: raise it for sparser activity.",
        emergent="Inhib.Layer.Gi",
        key=True,
        slider=(0, 3),
    )
    ff: float = _inhibition(
        1.0, "Feedforward part: inhibition per mean net input.", emergent="Inhib.Layer.FF", key=True, slider=(0, 2)
    )
    fb: float = _inhibition(
        1.0, "Feedback part: inhibition per mean activation.", emergent="Inhib.Layer.FB", key=True, slider=(0, 2)
    )
    fb_dt: float = _inhibition(
        1 / 1.4,
        "Rate at which feedback inhibition follows the activity.",
        emergent="1 / Inhib.Layer.FBTau",
        key=True,
        slider=(0, 1),
        **_PER_CYCLE,
    )
    ff0: float = _inhibition(
        0.1, "Mean net input up to which there is no inhibition.", emergent="Inhib.Layer.FF0", slider=(0, 1)
    )
    kwta_pct: float = _inhibition(0.1, "Fraction of the units that win (kwta).", **_FRACTION)
    kwta_pt: float = _inhibition(0.5, "Where inhibition lies between losers (0) and winners (1) (kwta).", **_FRACTION)

    clamp_max: float = _clamping(
        0.95, "Clamped activations above this are cut to it.", emergent="Act.Clamp.Range.Max", **_FRACTION
    )
    avg_dt: float = _clamping(
        0.01,
        "Rate at which the running average of cos_diff follows the trials.",
        emergent="1 / Learn.CosDiff.Tau",
        slider=(0, 1),
        **_PER_TRIAL,
    )
    integ: float = _clamping(1.0, "Without effect on a layer; kept for programs written for Leabra7.", ge=0)

    log_on_cycle: tuple[str, ...] = _log_layer("What to log every cycle, such as ('unit_act',).")
    log_on_trial: tuple[str, ...] = _log_layer("What to log at the end of every plus phase.")
    log_on_epoch: tuple[str, ...] = _log_layer("What to log at the end of every epoch.")
    log_on_batch: tuple[str, ...] = _log_layer("What to log at the end of every batch.")

    unit_spec: UnitSpec = param(
        UnitSpec(), "Parameters of the layer's units.", kind="spec", family=UnitSpec, group="Unit"
    )

    def validate(self) -> None:
        """Check every value, and that winners can be told from losers where they are picked.

        Raises
        ------
        ValidationError
            At the first value that breaks its rule.
        """
        super().validate()
        if self.inhibition_type.startswith("kwta") and self.unit_spec.e_rev_i == self.unit_spec.spk_thr:
            rule = f"{self.inhibition_type} needs units whose e_rev_i differs from spk_thr; change one of them"
            raise ValidationError(type(self).__name__, "inhibition_type", rule)


_connectivity = partial(param, group="Connectivity", structural=True)
_weights = partial(param, group="Weights")
_learning = partial(param, group="Learning")
_log_projn = partial(_log, choices=PROJN_PARTS)


class ProjnSpec(Spec):
    """Parameters of a projection: the connections from one layer to another, and how they learn."""

    projn_type: str = _connectivity(
        "full",
        "Which units are connected: every one to every one (full) or the i-th to the i-th (one_to_one).",
        kind="choice",
        choices=("full", "one_to_one"),
        emergent="Pattern",
        key=True,
    )
    pre_mask: tuple[bool, ...] = _connectivity(
        (True,), "Which sending units take part; repeated or cut to the layer's size.", kind="mask"
    )
    post_mask: tuple[bool, ...] = _connectivity(
        (True,), "Which receiving units take part; repeated or cut to the layer's size.", kind="mask"
    )
    sparsity: float = _connectivity(
        1.0,
        "Fraction of the connections that are kept, chosen at random.",
        emergent="UniformRand.PCon",
        key=True,
        **_FRACTION,
    )

    dist: Distribution = _weights(
        Scalar(0.5),
        "Distribution that the initial weights are drawn from.",
        kind="dist",
        family=Distribution,
        emergent="WtInit",
        key=True,
        structural=True,
    )
    wt_scale_abs: float = _weights(
        1.0, "Factor on everything this projection sends.", ge=0, emergent="WtScale.Abs", key=True, slider=(0, 3)
    )
    wt_scale_rel: float = _weights(
        1.0, "Share among all projections into the same layer.", ge=0, emergent="WtScale.Rel", key=True, slider=(0, 3)
    )
    sig_gain: float = _weights(
        6.0, "Gain of the sigmoid that makes weights visible.", ge=0, emergent="Learn.WtSig.Gain", slider=(1, 10)
    )
    sig_offset: float = _weights(
        1.0, "Offset of the sigmoid: above 1 it weakens weak weights.", emergent="Learn.WtSig.Off", slider=(0.5, 2)
    )

    lrate: float = _learning(
        0.02, "Learning rate: the size of weight changes.", ge=0, emergent="Learn.Lrate", key=True, slider=(0, 0.2)
    )
    thr_l_mix: float = _learning(0.1, "Share of self-organising (Hebbian) learning.", ge=0, key=True, slider=(0, 1))
    cos_diff_thr_l_mix: bool = _learning(
        False, "Whether that share grows with how well the receiving layer predicts its outcomes.", kind="bool"
    )
    cos_diff_lrate: bool = _learning(
        False, "Whether trials predicted as well as usual are learnt fastest, all others slower.", kind="bool"
    )
    integ: float = _learning(1.0, "Without effect on a projection; kept for programs written for Leabra7.", ge=0)

    log_on_cycle: tuple[str, ...] = _log_projn("What to log every cycle, such as ('conn_wt',).")
    log_on_trial: tuple[str, ...] = _log_projn("What to log at the end of every plus phase.")
    log_on_epoch: tuple[str, ...] = _log_projn("What to log at the end of every epoch.")
    log_on_batch: tuple[str, ...] = _log_projn("What to log at the end of every batch.")


SPECS: Mapping[str, type[Spec]] = MappingProxyType({"unit": UnitSpec, "layer": LayerSpec, "projn": ProjnSpec})
"""The spec classes by the kind of object they describe."""
