"""One browser tab as the server sees it: what JavaScript keeps between requests, without a browser."""

import json
from typing import Any

from leabra_studio.web.page import Answer
from leabra_studio.web.requests import Server

HOSTILE = ('"); import os #', "</script><script>alert(1)</script>", "🧠🧠", "a'b\"c", "constructor", "x" * 80)
VIEW = {"var": "act", "layer": None, "unit": 0, "vars": ["v_m", "act", "gc_i"], "hover": None}


class Tab:
    """Sends requests as the page does, with the session's id, what is selected and what each pane shows."""

    def __init__(self, server: Server, sid: Any = None) -> None:
        self.server = server
        self.sid = sid
        self.selected: list[str] = []
        self.shown: dict[str, str] = {}
        self.n = 0

    def ask(self, op: Any, **fields: Any) -> Answer:
        """Send an intent; later requests know what the answer has changed."""
        self.n += 1
        intent = {"op": op, "seq": self.n, "select": self.selected, **fields}
        sid, answer = self.server.intent(intent, self.sid, self.shown)
        self.sid = sid or self.sid
        self.shown = answer.shown or self.shown
        self.selected = answer.page.get("select", self.selected)
        return answer

    def hello(self, document: Any = None) -> dict[str, Any]:
        """Open the session."""
        return self.ask("hello", document=document).page

    def order(self, cmd: Any, **fields: Any) -> dict[str, Any]:
        """Send a command of the transport."""
        self.n += 1
        return self.server.command({"cmd": cmd, "seq": self.n, **fields}, self.sid)

    def tick(self, **fields: Any) -> dict[str, Any]:
        """Ask for a frame with all that is recorded."""
        self.n += 1
        return self.server.tick({"n": self.n, "gen": 0, "cursor": -1, "view": VIEW, **fields}, self.sid)

    def state(self) -> str:
        """What must not change when a request is refused: the document, and how far the run is."""
        page, frame = self.ask("refresh").page, self.tick()
        kept = {key: page[key] for key in ("rev", "gen", "name", "seed", "undo", "redo", "layers", "order", "view")}
        with self.server.store.checkout(self.sid) as session:
            return json.dumps([kept, frame["cycle"], frame["state"], repr(session.model)])
