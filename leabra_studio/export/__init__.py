"""What leaves the studio: the Python script of a model, and the JSON schema of its document."""

from leabra_studio.export.page import Script

__all__ = ["Script"]
