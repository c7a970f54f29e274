"""The store: one request at a time has a session, nothing is lost, room is made of what is idle."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from leabra_studio.errors import Busy, LimitError, Missing
from leabra_studio.model import edits, gallery
from leabra_studio.session.session import Session
from leabra_studio.session.store import SID, SessionStore
from tests.session.helpers import Clock, request


class Parked:
    """Stands for a session where only keeping it matters."""

    def __init__(self, mark: int = 0) -> None:
        self.mark = mark
        self.state = "stopped"
        self.stopped = False

    def stop(self) -> None:
        self.stopped = True


class Shelf:
    """Stands for the checkpoints: a dictionary that counts."""

    def __init__(self, *, lasting: bool = True) -> None:
        self.lasting = lasting
        self.kept: dict[str, int] = {}
        self.saves: list[int] = []
        self.delay = 0.0

    def save(self, sid, session):
        self.kept[sid] = session.mark
        self.saves.append(session.mark)

    def load(self, sid):
        time.sleep(self.delay)
        return Parked(self.kept[sid]) if sid in self.kept else None


def has(store: SessionStore, sid: str) -> bool:
    try:
        with store.checkout(sid):
            return True
    except Missing:
        return False


def test_ids_cannot_be_guessed_and_are_safe_in_any_place():
    store = SessionStore()
    sids = {store.create(Parked()) for _ in range(50)}
    assert len(sids) == 50
    assert all(SID.fullmatch(sid) for sid in sids)


@pytest.mark.parametrize("sid", ["", "x", "../../etc/passwd", "A" * 32, "A" * 10_000, "\x00", "😀"])
@pytest.mark.parametrize("shelf", [None, Shelf()], ids=["alone", "with checkpoints"])
def test_an_unknown_id_is_missing_and_leaves_nothing_behind(sid, shelf):
    store = SessionStore(shelf)
    with pytest.raises(Missing, match="no such session"), store.checkout(sid):
        pass
    store.stop(sid)
    assert len(store) == 0


def test_a_session_that_is_out_is_busy_and_then_is_not():
    store = SessionStore()
    sid = store.create(Parked())
    with store.checkout(sid), pytest.raises(Busy, match="at work"), store.checkout(sid, wait=0.01):
        pass
    with store.checkout(sid):
        pass


def test_waiting_gets_the_session_when_it_is_back():
    store = SessionStore()
    sid = store.create(Parked())
    out = threading.Event()

    def hold():
        with store.checkout(sid):
            out.set()
            time.sleep(0.05)

    thread = threading.Thread(target=hold)
    thread.start()
    out.wait(5)
    with store.checkout(sid, wait=5):
        pass
    thread.join()


def test_a_request_that_fails_gives_the_session_back():
    store = SessionStore()
    sid = store.create(Parked())
    with pytest.raises(ZeroDivisionError), store.checkout(sid):
        raise ZeroDivisionError
    assert has(store, sid)


def test_stop_reaches_a_session_that_is_out():
    store = SessionStore()
    session = Parked()
    sid = store.create(session)
    with store.checkout(sid):
        store.stop(sid)
    assert session.stopped


def test_the_longest_idle_one_makes_room():
    clock = Clock(step=1)
    store = SessionStore(most=3, clock=clock)
    first, second, third = (store.create(Parked()) for _ in range(3))
    assert has(store, first)
    store.create(Parked())
    assert has(store, first)
    assert has(store, third)
    assert not has(store, second)


def test_one_that_is_out_never_makes_room():
    clock = Clock(step=1)
    store = SessionStore(most=2, clock=clock)
    first, second = store.create(Parked()), store.create(Parked())
    with store.checkout(first):
        store.create(Parked())
        assert not has(store, second)
    assert has(store, first)


def test_when_all_are_out_a_new_one_is_refused_with_the_limit():
    store = SessionStore(most=2)
    first, second = store.create(Parked()), store.create(Parked())
    with store.checkout(first), store.checkout(second), pytest.raises(LimitError, match="2 simulations"):
        store.create(Parked())
    store.create(Parked())


def test_idle_ones_make_room_after_their_time():
    clock = Clock()
    store = SessionStore(ttl=100, clock=clock)
    old = store.create(Parked())
    clock.now += 60
    new = store.create(Parked())
    clock.now += 60
    store.create(Parked())
    assert not has(store, old)
    assert has(store, new)


def test_what_made_room_comes_back_from_its_checkpoint():
    shelf = Shelf()
    store = SessionStore(shelf, most=1, clock=Clock(step=1))
    first = store.create(Parked(mark=17))
    second = store.create(Parked(mark=4))
    assert shelf.saves == [17]
    with store.checkout(first) as session:
        assert session.mark == 17
    assert shelf.saves == [17, 4]
    with store.checkout(second) as session:
        assert session.mark == 4
    assert len(store) == 1


def test_a_checkpoint_that_is_asked_for_by_many_is_read_once():
    shelf = Shelf()
    shelf.delay = 0.02
    sid = "A" * 32
    shelf.kept[sid] = 3
    store = SessionStore(shelf)

    def ask(_):
        with store.checkout(sid, wait=5) as session:
            return session

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(ask, range(8)))) == 1


def keeping(shelf: Shelf, clock: Clock):
    """Return a session in a store with these checkpoints, and what lets it do something in a request of its own."""
    session = Parked()
    store = SessionStore(shelf, every=10, clock=clock)
    sid = store.create(session)

    def work(state="stopped"):
        clock.now += 1
        with store.checkout(sid):
            session.mark += 1
            session.state = state

    return session, work


def test_a_running_session_is_saved_now_and_then_and_when_it_stops():
    clock, shelf = Clock(), Shelf()
    session, work = keeping(shelf, clock)
    for _ in range(35):
        work("running")
    assert shelf.saves == [10, 20, 30]
    work("stopped")
    assert shelf.saves[-1] == session.mark == 36


def test_a_session_at_rest_is_saved_after_every_change():
    shelf = Shelf()
    _, work = keeping(shelf, Clock())
    for _ in range(5):
        work()
    assert shelf.saves == [1, 2, 3, 4, 5]


def test_a_session_that_is_slow_to_save_is_saved_less_often():
    clock, shelf = Clock(), Shelf()
    _, work = keeping(shelf, clock)
    shelf.save = lambda sid, session: (shelf.saves.append(session.mark), setattr(clock, "now", clock.now + 0.5))
    for _ in range(25):
        work()
    assert shelf.saves == [1, 11, 21]


def test_checkpoints_in_memory_are_for_what_makes_room_only():
    clock, shelf = Clock(), Shelf(lasting=False)
    store = SessionStore(shelf, every=10, most=1, clock=clock)
    sid = store.create(Parked(mark=5))
    clock.now += 100
    assert has(store, sid)
    assert shelf.saves == []
    store.create(Parked())
    assert shelf.saves == [5]


def test_nothing_new_is_not_saved_again():
    clock, shelf = Clock(), Shelf()
    store = SessionStore(shelf, every=10, clock=clock)
    sid = store.create(Parked(mark=5))
    for _ in range(3):
        clock.now += 100
        assert has(store, sid)
    assert shelf.saves == [5]


@pytest.mark.usefixtures("kernels")
def test_many_threads_on_one_session_lose_no_update():
    store = SessionStore()
    sid = store.create(Session(gallery.load_example("two_neurons")))
    threads, rounds = 8, 25
    busy = []

    def hammer(number):
        for turn in range(rounds):
            with store.checkout(sid, wait=30) as session:
                session.step(1)
                before = session.cycle
                session.edit(edits.set_param, "output", "gi", 1 + number / 10 + turn / 1000)
                session.tick(request())
                assert session.cycle == before
            try:
                with store.checkout(sid) as session:
                    session.tick(request())
            except Busy:
                busy.append(number)

    with ThreadPoolExecutor(threads) as pool:
        for result in [pool.submit(hammer, number) for number in range(threads)]:
            result.result()

    with store.checkout(sid) as session:
        assert session.cycle == session.revision == threads * rounds
        assert len(session.history.done_labels) == min(200, threads * rounds)


def test_threads_that_ask_for_more_sessions_than_there_is_room_for_all_get_theirs():
    shelf = Shelf()
    store = SessionStore(shelf, most=4)
    sids = [store.create(Parked()) for _ in range(16)]

    def work(number):
        for turn in range(40):
            try:
                with store.checkout(sids[(number * 7 + turn) % 16], wait=10) as session:
                    session.mark += 1
            except LimitError:
                time.sleep(0.001)
                continue

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(work, range(6)))

    assert len(store) <= 4
    assert all(has(store, sid) for sid in sids)


@pytest.mark.usefixtures("kernels")
def test_stop_ends_a_run_from_another_thread():
    store = SessionStore()
    sid = store.create(Session(gallery.load_example("two_neurons")))
    at_work = threading.Event()

    def run_for_ever():
        with store.checkout(sid) as session:
            session.run(None)
            at_work.set()
            return session.tick(request(), budget=60.0)

    with ThreadPoolExecutor(1) as pool:
        frame = pool.submit(run_for_ever)
        at_work.wait(10)
        time.sleep(0.02)
        store.stop(sid)
        assert frame.result(10)["state"] == "stopped"
    with store.checkout(sid) as session:
        assert session.state == "stopped"
        session.step(1)
