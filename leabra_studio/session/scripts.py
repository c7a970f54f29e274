"""The script of a session: the model its run began with, and all that was done since."""

from __future__ import annotations

from dataclasses import replace

from leabra_studio.export.original import script_for_leabra7
from leabra_studio.export.page import Script
from leabra_studio.export.script import script
from leabra_studio.model.document import Model
from leabra_studio.session.simulation import Simulation


def written(simulation: Simulation | None, model: Model, *, for_leabra7: bool = False) -> Script:
    """Return the script that does again what a simulation did.

    Parameters
    ----------
    simulation
        What ran, if anything did.
    model
        The document as it is now.
    for_leabra7
        Write it for the original Leabra7.
    """
    write = script_for_leabra7 if for_leabra7 else script
    if simulation is None or not simulation.story:
        return write(model)
    start = replace(simulation.journal.start, name=model.name, cycles=model.cycles, view=model.view)
    return write(start, (*simulation.story, *simulation.pending(model)))
