"""What the server does for each kind of request, with sessions and without Dash."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from leabra_studio.engine.params import shown
from leabra_studio.errors import Busy, FormatError, LeabraError, Missing
from leabra_studio.model import codec
from leabra_studio.session.session import Session
from leabra_studio.session.store import SessionStore
from leabra_studio.web import batches, tables
from leabra_studio.web.arguments import echo
from leabra_studio.web.editor_intents import ORIGINAL
from leabra_studio.web.files import file_name
from leabra_studio.web.opening import Start, first
from leabra_studio.web.page import Answer, answer, sentence
from leabra_studio.web.panes import fingerprint
from leabra_studio.web.results import ask

logger = logging.getLogger(__name__)

WAIT = 2.0
"""Seconds an edit waits for a tick that holds the session; a tick's budget is far shorter."""

OTHERS: Mapping[str, Callable[[Session, Mapping[str, Any]], None]] = {
    "rewind": lambda session, command: session.rewind(command.get("mode")),
    "init": lambda session, command: session.init(command.get("mode")),
    "new_seed": lambda session, command: session.new_seed(),
    "mode": lambda session, command: session.choose(command.get("mode", "")),
    "test_all": lambda session, command: session.test_all(),
    "test_one": lambda session, command: session.test_one(command.get("row", -1)),
}
"""Commands beside run, stop, step and rerun."""

PAUSED = "The run was paused when its tab was closed; Run goes on from here."

MOST_MARKS = 1000
"""Sessions whose last request is remembered."""


class Server:
    """Sessions behind the page's requests.

    Parameters
    ----------
    store
        Where the sessions live.
    start
        What a new session opens on; by default what the browser had saved, else the first example.
    """

    def __init__(self, store: SessionStore, start: Start | None = None) -> None:
        self.store = store
        self.start = start
        self._last: dict[str, str] = {}

    def intent(self, intent: Any, sid: Any, seen: Any) -> tuple[str | None, Answer]:
        """Carry out an intent; return the session's id when it is a new one, and the answer."""
        if not isinstance(intent, Mapping):
            return None, refusal({}, "Request: must be an object", "bad")
        try:
            if intent.get("op") == "hello":
                return self._hello(intent, sid)
            with self._checkout(sid) as session:
                return None, answer(session, self._once(sid, intent), _names(intent.get("select")), texts(seen))
        except Missing as error:
            return None, refusal(intent, str(error), "missing")
        except Busy as error:
            return None, refusal(intent, str(error), "busy")
        except LeabraError as error:
            return None, refusal(intent, sentence(error), "bad")

    def _once(self, sid: str, intent: Mapping[str, Any]) -> Mapping[str, Any]:
        """The intent; a mere refresh where it is the last one over again, whose answer was lost on the way."""
        mark = fingerprint({key: value for key, value in intent.items() if key not in ("select", "tab")})
        if echo(intent, "seq") is not None and self._last.pop(sid, None) == mark:
            intent = {**intent, "op": "refresh"}
        self._last[sid] = mark
        if len(self._last) > MOST_MARKS:
            del self._last[next(iter(self._last))]
        return intent

    def _hello(self, intent: Mapping[str, Any], sid: Any) -> tuple[str | None, Answer]:
        refresh, link = {**intent, "op": "refresh"}, intent.get("link")
        if not isinstance(sid, str) and isinstance(intent.get("resume"), str) and (found := self._resume(refresh)):
            return found
        try:
            with self._checkout(sid) as session:
                # A link goes into the session that is there, one Undo away from what it held.
                op = {**intent, "op": "open_link"} if link else refresh
                return None, answer(session, op, (), {})
        except Missing:
            start = self.start or first(intent.get("document"), link, known=isinstance(sid, str))
        new = self.store.create(Session(start.model, opening=start.opening))
        with self.store.checkout(new, wait=WAIT) as session:
            page = answer(session, refresh, (), {})
        page.page["notice"] = start.notice
        # The browser keeps a model that came by a link or from Python as if it had been opened here.
        return new, replace(page, document=codec.dumps(start.model)) if link or self.start else page

    def _resume(self, intent: Mapping[str, Any]) -> tuple[str, Answer] | None:
        """Go on with the session of a tab that was closed, which paused it; None where it is gone."""
        sid: str = intent["resume"]
        try:
            with self._checkout(sid) as session:
                paused = session.state == "running"
                session.halt()
                page = answer(session, intent, (), {})
        except Missing:
            return None
        page.page["notice"] = PAUSED if paused else None
        return sid, page

    def _checkout(self, sid: Any) -> Any:
        if not isinstance(sid, str):
            raise Missing("This page has no session yet; reload it.")
        return self.store.checkout(sid, wait=WAIT)

    def tick(self, request: Any, sid: Any) -> dict[str, Any]:
        """Run one slice of the session; the answer says what is new, or why there is none."""
        number = echo(request, "n")
        try:
            with self.store.checkout(sid if isinstance(sid, str) else "") as session:
                return session.tick(request)
        except Busy:
            return {"n": number, "skip": "The session is busy.", "code": "busy"}
        except Missing as error:
            return {"n": number, "skip": str(error), "code": "missing"}
        except LeabraError as error:
            return {"n": number, "skip": str(error), "code": "bad"}

    def command(self, command: Any, sid: Any) -> dict[str, Any]:
        """Run, stop, step, go back, test; see `OTHERS`."""
        try:
            return self._command(command if isinstance(command, Mapping) else {}, sid if isinstance(sid, str) else "")
        except LeabraError as error:
            return {"seq": echo(command, "seq"), "error": sentence(error)}

    def _command(self, command: Mapping[str, Any], sid: str) -> dict[str, Any]:
        word = command.get("cmd")
        if word == "stop":
            self.store.stop(sid)
        with self.store.checkout(sid, wait=WAIT) as session:
            match word:
                case "run":
                    session.run(_speed(command), command.get("mode"))
                case "stop":
                    session.halt()
                case "step":
                    session.step(_count(command), command.get("level", "cycle"), command.get("mode"))
                case "rerun":
                    session.rewind()
                    session.run(_speed(command))
                case str() if word in OTHERS:
                    OTHERS[word](session, command)
                case _:
                    known = ", ".join(("run", "stop", "step", "rerun", *OTHERS))
                    raise FormatError(f"must be one of {known} (got {shown(word)})", "cmd")
            return {"seq": echo(command, "seq"), "state": session.state, "gen": session.generation, "error": None}

    def results(self, request: Any, sid: Any) -> dict[str, Any]:
        """What training or a test has given, or a sentence that says why there is nothing."""
        answer = {"seq": echo(request, "seq"), "data": None, "error": None}
        try:
            with self._checkout(sid) as session:
                return answer | {"data": ask(session, request)}
        except LeabraError as error:
            return answer | {"error": sentence(error)}

    def batches(self, request: Any, sid: Any) -> dict[str, Any]:
        """What is asked of the batches of a session, or a sentence that says why there is nothing."""
        answer = {"seq": echo(request, "seq"), "data": None, "error": None}
        try:
            return answer | {"data": batches.ask(self.store, sid if isinstance(sid, str) else "", request)}
        except LeabraError as error:
            return answer | {"error": sentence(error)}

    def rows(self, request: Any, sid: Any) -> dict[str, Any]:
        """A window of a table of patterns; without rows and with the reason where there is none."""
        wanted = request if isinstance(request, Mapping) else {}
        head: dict[str, Any] = {"seq": echo(wanted, "seq"), "rows": [], "count": 0}
        try:
            with self._checkout(sid) as session:
                return head | tables.window(session.model, *(wanted.get(key) for key in ("table", "first", "last")))
        except LeabraError as error:
            logger.info("no rows of patterns: %s", error)
            return head | {"error": sentence(error)}

    def download(self, sid: Any, seen: Any = None) -> dict[str, str] | None:
        """The script as a download, for the library chosen in the Code tab, under a name that is safe everywhere."""
        original = texts(seen).get("script_for") == ORIGINAL
        try:
            with self._checkout(sid) as session:
                return {
                    "content": session.script(for_leabra7=original).text,
                    "filename": file_name(session.model.name, ".py"),
                }
        except LeabraError as error:
            logger.info("no script to download: %s", error)
            return None


def refusal(intent: Mapping[str, Any], message: str, code: str) -> Answer:
    """An answer that changes nothing and says why."""
    page = {"seq": echo(intent, "seq"), "op": echo(intent, "op"), "refused": code, "error": {"message": message}}
    return Answer(page, {}, {}, None)


def _names(value: Any) -> tuple[str, ...]:
    return tuple(name for name in value if isinstance(name, str)) if isinstance(value, list) else ()


def texts(value: Any) -> dict[str, str]:
    """What of an object from the browser is text, by its keys."""
    return {k: v for k, v in value.items() if isinstance(v, str)} if isinstance(value, Mapping) else {}


def _speed(command: Mapping[str, Any]) -> float | None:
    speed = command.get("speed")
    if speed is None:
        return None
    if isinstance(speed, bool) or not isinstance(speed, int | float) or not 0.1 <= speed <= 1e6:
        raise FormatError(
            f"must be 0.1 to 1000000 cycles/s, or null for as fast as possible (got {shown(speed)})", "speed"
        )
    return float(speed)


def _count(command: Mapping[str, Any]) -> int:
    count = command.get("n", 1)
    if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= 100_000:
        raise FormatError(f"must be a whole number from 1 to 100000 (got {shown(count)})", "n")
    return count
