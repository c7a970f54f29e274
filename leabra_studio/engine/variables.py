"""What can be watched: the state of every unit, layer and projection, by name."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Variable:
    """A quantity that every unit has.

    Parameters
    ----------
    name : str
        Its name; `Net.observe` and the logs know it as ``unit_<name>``.
    doc : str
        One sentence.
    lo, hi : float
        The fixed range it is displayed in.
    signed : bool
        Whether zero is the middle of its colour scale.
    """

    name: str
    doc: str
    lo: float = 0.0
    hi: float = 1.0
    signed: bool = False


UNIT_VARIABLES: tuple[Variable, ...] = (
    Variable("net", "Net input: excitation integrated over time."),
    Variable("net_raw", "Input waiting to be integrated; used up within the cycle, so always 0 when seen."),
    Variable("gc_i", "Inhibitory conductance, one value for the whole layer."),
    Variable("act", "Activation: the rate that is sent to other units."),
    Variable("i_net", "Net current that moves the membrane potential, without adaptation.", -1.0, 1.0, signed=True),
    Variable("i_net_r", "Net current computed from v_m_eq instead of v_m.", -1.0, 1.0, signed=True),
    Variable("v_m", "Membrane potential; set back after every spike."),
    Variable("v_m_eq", "Membrane potential that is never set back; grows without bound."),
    Variable("adapt", "Adaptation current: fatigue that spikes build up.", 0.0, 0.5),
    Variable("spike", "1 in the cycle in which the unit fires, else 0."),
    Variable("act_nd", "Activation before synaptic depression."),
    Variable("avg_ss", "Super-short running average of the activation."),
    Variable("avg_s", "Short running average: what the unit did at the end of the trial."),
    Variable("avg_m", "Medium running average: what the unit did over the whole trial."),
    Variable("avg_l", "Long running average: the floating threshold of self-organising learning.", 0.0, 2.0),
)
"""The variables of a unit, in the order of the rows of `Net.units`."""

UNIT_NAMES: tuple[str, ...] = tuple(v.name for v in UNIT_VARIABLES)

LAYER_WHOLE: tuple[str, ...] = ("avg_act", "avg_net", "fbi", "cos_diff_avg")
"""What can be observed of a layer as a whole."""

LAYER_PARTS: tuple[str, ...] = tuple(f"unit_{name}" for name in UNIT_NAMES)
"""What can be observed of each unit of a layer."""

PROJN_PARTS: tuple[str, ...] = ("conn_wt", "conn_fwt")
"""What can be observed of each connection of a projection: visible and linear weight."""

FREQUENCIES: tuple[str, ...] = ("cycle", "trial", "epoch", "batch")
"""How often a log takes a row: every cycle, or at the end of every plus phase, epoch or batch."""
