"""A simulation session: a document, the network that runs it, and the store that keeps sessions apart."""

from leabra_studio.session.change import Change
from leabra_studio.session.checkpoint import Checkpoints
from leabra_studio.session.session import Session
from leabra_studio.session.store import SessionStore

__all__ = ["Change", "Checkpoints", "Session", "SessionStore"]
