"""The script of a session: the model its run began with, and all that was done since."""

from __future__ import annotations

from dataclasses import replace

from leabra_studio.export.original import script_for_leabra7, training_script_for_leabra7
from leabra_studio.export.page import Script
from leabra_studio.export.script import script
from leabra_studio.export.training import training_script
from leabra_studio.model.changes import difference
from leabra_studio.model.document import Model
from leabra_studio.model.plan import obstacle
from leabra_studio.session.simulation import Simulation

OPENED = (
    "Weights were opened while the studio trained; here they are drawn from the seed. Save them in the studio and give "
    "them to the net after build(seed): net.load_weights(place)."
)


def written(simulation: Simulation | None, model: Model, *, for_leabra7: bool = False) -> Script:
    """Return the script that does again what a simulation did: its run, or for a model that trains its plan.

    Parameters
    ----------
    simulation
        What ran, if anything did.
    model
        The document as it is now.
    for_leabra7
        Write it for the original Leabra7.
    """
    if not obstacle(model):
        train = training_script_for_leabra7 if for_leabra7 else training_script
        return train(model, () if simulation is None else (*_changed(simulation, model), *_opened(simulation)))
    write = script_for_leabra7 if for_leabra7 else script
    if simulation is None or not simulation.story:
        return write(model)
    start = replace(simulation.journal.start, name=model.name, cycles=model.cycles, view=model.view)
    return write(start, (*simulation.story, *simulation.pending(model)))


def _opened(simulation: Simulation) -> tuple[str, ...]:
    """Return the comment that a training has weights from elsewhere."""
    taken = any(call.verb in ("set_weights", "load_weights") for call in simulation.journal.calls)
    return (OPENED,) if taken else ()


def _changed(simulation: Simulation, model: Model) -> tuple[str, ...]:
    """Return the comment that a training was not all with the values that its script has."""
    if not simulation.cycle:
        return ()
    found = [x for x in difference(simulation.journal.start, model) if x.field not in ("seed", "cycles", "input")]
    texts = (f"{x.field} of {', '.join(x.names)} ({x.a} before)" for x in found)
    what = "; ".join(texts)
    return (f"Changed while it ran: {what}. Here these values hold from the start.",) if what else ()
