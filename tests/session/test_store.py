"""The store: one request at a time has a session, nothing is lost, room is made of what is idle."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from leabra_studio.errors import Busy, LimitError, Missing
from leabra_studio.session.store import SID, SessionStore
from tests.session.helpers import Clock, Parked, Shelf, has


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
