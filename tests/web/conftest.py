"""What tests of the page without a browser share: a server of their own, and a log that must stay quiet."""

import logging
from collections.abc import Iterator

import pytest

from leabra_studio.session.store import SessionStore
from leabra_studio.web.requests import Server
from tests.web.tab import Tab


class Loud(logging.Handler):
    """Keeps errors, and whatever comes with a traceback."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.ERROR or record.exc_info:
            self.messages.append(self.format(record))


@pytest.fixture(autouse=True)
def quiet_log() -> Iterator[None]:
    """Fail a test during which the server logs an error or a traceback."""
    log = Loud()
    logging.getLogger().addHandler(log)
    yield
    logging.getLogger().removeHandler(log)
    assert log.messages == []


@pytest.fixture
def server(kernels: None) -> Server:
    """Give a server without sessions, whose kernels are ready."""
    return Server(SessionStore())


@pytest.fixture
def tab(server: Server) -> Tab:
    """Give a tab with the first network open."""
    tab = Tab(server)
    tab.hello()
    return tab
