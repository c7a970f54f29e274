"""The studio's page: a Dash application over simulation sessions."""

from leabra_studio.web.app import create_app

__all__ = ["create_app"]
