"""Succession: what a simulation takes over from the one in whose place it comes, after a structural edit."""

from __future__ import annotations

from typing import Any

from leabra_studio.model.document import Model
from leabra_studio.model.live import same_projns
from leabra_studio.session import keeping
from leabra_studio.session.simulation import Simulation
from leabra_studio.session.training import Training

ANEW = "The network was rebuilt and starts again at cycle 0."
RESEEDED = "The seed is another one: training begins anew."


def free_after(new: Simulation, old: Simulation) -> str:
    """Let free cycles go on with the weights of the net before; return what became of them.

    What the new net would draw by itself needs no word; the rest is part of its script.
    """
    found = keeping.calls(old.net, new.net, _names(old, new))
    needed = [call for call in found.values() if call is not None]
    for call in needed:
        new.perform(call)
    return f"{ANEW} {keeping.sentence(found, new.journal.model)}" if needed else ANEW


def place_after(model: Model, old: Simulation | None) -> dict[str, Any]:
    """Return where the training of a model goes on after another one: at the start of the epoch it was in."""
    if not isinstance(old, Training) or old.model.seed != model.seed or old.place is None:
        return {}
    return {"at": (*old.place[:2], 0, 0, 0), "seed": old.seed}


def training_after(new: Training, old: Simulation) -> str:
    """Let training go on with the weights and the past of the simulation before; return what became of them."""
    if old.journal.model.seed != new.journal.model.seed:
        return RESEEDED
    names = _names(old, new)
    kept = keeping.kept(old.net, new.net, names)
    new.note_start()
    word = f"The network was rebuilt. {keeping.sentence(kept, new.model)}".strip()
    if not isinstance(old, Training):
        return word
    new.inherit(old)
    if old.place is None:
        new.programs["train"].follow(iter(()))
    new.learnt = old.learnt
    new.before |= {name: old.before[names[name]] for name in kept if names[name] in old.before}
    return f"{word} Epoch {new.place[1] + 1} begins again." if new.place else word


def _names(old: Simulation, new: Simulation) -> dict[str, str]:
    """Return the projections that both nets have, by their names now."""
    before, after = old.journal.model, new.journal.model
    return same_projns(before, after) if before.seed == after.seed else {}
