"""The store: every browser tab's session, checked out by one request at a time."""

import re
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from leabra_studio.errors import Busy, LimitError, Missing
from leabra_studio.session.batches import Batches
from leabra_studio.session.checkpoint import Checkpoints
from leabra_studio.session.session import Session

# Sessions in memory at once; the ring of a network of 200 units takes 12 MB.
MOST = 64
# A session that nobody asked for in so many seconds makes room.
TTL = 2 * 3600.0
# A running session is saved so often, in seconds; one at rest after every change, but for 5 % of the time at most.
EVERY = 10.0
SHARE = 0.05

SID = re.compile(r"[A-Za-z0-9_-]{32}")
GONE = "There is no such session; it may have ended."


@dataclass(eq=False)
class _Entry:
    session: Session | None  # None: still to be read from its checkpoint
    used: float
    saved_at: float
    cost: float = 0.0  # of saving, in seconds
    saved: object = None  # the session's mark when it was saved
    epochs: int = 0  # of training that had ended when it was last given back; each is worth saving
    running: bool = False  # when it was last given back
    lock: threading.Lock = field(default_factory=threading.Lock)


class SessionStore:
    """Sessions by id, in this process.

    Parameters
    ----------
    checkpoints
        Where sessions go that make room or that outlive this process; without it they are dropped.
    most, ttl, every
        Sessions in memory at once, seconds until an idle one makes room, seconds between checkpoints of one that runs.
    clock
        Returns seconds that only grow.
    """

    def __init__(
        self,
        checkpoints: Checkpoints | None = None,
        *,
        most: int = MOST,
        ttl: float = TTL,
        every: float = EVERY,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._checkpoints = checkpoints
        self._most, self._ttl, self._every, self._clock = most, ttl, every, clock
        self._entries: dict[str, _Entry] = {}
        self._lock = threading.Lock()  # of the dictionary; held for moments, never while a session works

    def __len__(self) -> int:
        return len(self._entries)

    def create(self, session: Session) -> str:
        """Take `session` in; return its id, which nobody can guess.

        Raises
        ------
        LimitError
            If there are too many sessions and all of them are at work.
        """
        sid = secrets.token_urlsafe(24)
        self._add(sid, self._entry(session))
        return sid

    @contextmanager
    def checkout(self, sid: str, wait: float = 0.0) -> Iterator[Session]:
        """Give exclusive access to a session.

        Parameters
        ----------
        sid
            Its id.
        wait
            How many seconds to wait for another request that has it.

        Raises
        ------
        Busy
            If another request has it for longer.
        Missing
            If there is no such session, also no checkpoint of it.
        LimitError
            If it is to come back from its checkpoint and there is no room, see `create`.
        """
        entry, session = self._enter(sid, wait)
        try:
            yield session
        finally:
            try:
                self._leave(sid, entry, session)
            finally:
                entry.lock.release()

    def stop(self, sid: str) -> None:
        """Ask a session to stop running, also while another request has it; it does so within a few milliseconds."""
        entry = self._entries.get(sid)
        if entry is not None and entry.session is not None:
            entry.session.stop()

    def batches(self, sid: str, wait: float = 0.0) -> Batches:
        """Return the batches of a session, also while another request has it.

        Raises
        ------
        Busy, Missing, LimitError
            As `checkout`, where the session is to come back from its checkpoint.
        """
        entry = self._entries.get(sid)
        session = None if entry is None else entry.session
        if entry is None or session is None:
            with self.checkout(sid, wait) as session:
                return session.batches
        entry.used = self._clock()
        return session.batches

    def close(self) -> None:
        """End what works in the background for all sessions."""
        with self._lock:
            sessions = [entry.session for entry in self._entries.values()]
        for session in filter(None, sessions):
            session.batches.close()

    def _enter(self, sid: str, wait: float) -> tuple[_Entry, Session]:
        deadline = time.monotonic() + wait
        while True:
            entry = self._find(sid)
            if not _acquired(entry, deadline):
                raise Busy("The session is at work for another request; try again.")
            try:
                session = self._awake(sid, entry)
            except BaseException:
                entry.lock.release()
                raise
            if session is not None:
                return entry, session
            entry.lock.release()  # it made room while this request waited for it: look again

    def _find(self, sid: str) -> _Entry:
        entry = self._entries.get(sid)
        if entry is not None:
            return entry
        if self._checkpoints is None or not SID.fullmatch(sid):
            raise Missing(GONE)
        return self._add(sid, self._entry(None))

    def _entry(self, session: Session | None) -> _Entry:
        now = self._clock()
        return _Entry(session, used=now, saved_at=now)

    def _awake(self, sid: str, entry: _Entry) -> Session | None:
        """Return the session of a locked entry, read from its checkpoint where need be; None: the entry is gone."""
        if self._entries.get(sid) is not entry:
            return None
        if entry.session is None and self._checkpoints is not None:
            entry.session = self._checkpoints.load(sid)
            entry.saved = entry.session and entry.session.mark
        if entry.session is None:
            self._remove(sid, entry)
            raise Missing(GONE)
        return entry.session

    def _leave(self, sid: str, entry: _Entry, session: Session) -> None:
        now = entry.used = self._clock()
        running, ran = session.state == "running", entry.running
        entry.running = running
        epochs, entry.epochs = entry.epochs, session.epochs
        pause = self._every if running and epochs == entry.epochs else entry.cost / SHARE
        stopped = ran and not running
        if self._checkpoints is not None and self._checkpoints.lasting and (stopped or now - entry.saved_at >= pause):
            self._save(sid, entry)

    def _save(self, sid: str, entry: _Entry) -> None:
        session = entry.session
        if self._checkpoints is not None and session is not None and session.mark != entry.saved:
            began = self._clock()
            self._checkpoints.save(sid, session)
            entry.saved, entry.saved_at = session.mark, self._clock()
            entry.cost = entry.saved_at - began

    def _add(self, sid: str, entry: _Entry) -> _Entry:
        self._make_room()
        with self._lock:
            if len(self._entries) >= self._most:
                raise LimitError(
                    f"There are {self._most} simulations at work, which is the limit; try again in a minute."
                )
            return self._entries.setdefault(sid, entry)

    def _make_room(self) -> None:
        """Let go of the sessions that were idle for too long, and of the longest idle ones when there are too many."""
        for sid, entry in self._by_age():
            crowded = len(self._entries) >= self._most
            if not crowded and self._clock() - entry.used <= self._ttl:
                return
            if entry.lock.acquire(blocking=False):
                with _released(entry.lock):
                    self._save(sid, entry)
                    self._remove(sid, entry)

    def _by_age(self) -> list[tuple[str, _Entry]]:
        with self._lock:
            return sorted(self._entries.items(), key=lambda item: item[1].used)

    def _remove(self, sid: str, entry: _Entry) -> None:
        with self._lock:
            if self._entries.get(sid) is not entry:
                return
            del self._entries[sid]
        if entry.session is not None:
            entry.session.batches.close()


@contextmanager
def _released(lock: threading.Lock) -> Iterator[None]:
    """Release a lock that is held already."""
    try:
        yield
    finally:
        lock.release()


def _acquired(entry: _Entry, deadline: float) -> bool:
    """Lock an entry, before the deadline; who has it and runs a slice ends that soon for one who waits."""
    if entry.lock.acquire(blocking=False):
        return True
    left = deadline - time.monotonic()
    if left <= 0:
        return False
    session = entry.session
    if session is not None:
        session.hurry()
    return entry.lock.acquire(timeout=left)
