"""The store under threads: no lost update, no session lost while room is made, Stop from outside."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from leabra_studio.errors import Busy, LimitError
from leabra_studio.model import edits, gallery
from leabra_studio.session.session import Session
from leabra_studio.session.store import SessionStore
from tests.session.helpers import Parked, Shelf, has, request


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


def run_for_long(store, sid, at_work):
    """Run in one request that takes a minute if nobody ends it; return its frame."""
    with store.checkout(sid) as session:
        session.run(None)
        at_work.set()
        return session.tick(request(), budget=60.0)


@pytest.mark.usefixtures("kernels")
def test_stop_ends_a_run_from_another_thread():
    store = SessionStore()
    sid = store.create(Session(gallery.load_example("two_neurons")))
    at_work = threading.Event()

    with ThreadPoolExecutor(1) as pool:
        frame = pool.submit(run_for_long, store, sid, at_work)
        at_work.wait(10)
        time.sleep(0.02)
        store.stop(sid)
        assert frame.result(10)["state"] == "stopped"
    with store.checkout(sid) as session:
        assert session.state == "stopped"
        session.step(1)


@pytest.mark.usefixtures("kernels")
def test_who_waits_for_a_session_at_work_gets_it_and_the_run_goes_on():
    store = SessionStore()
    sid = store.create(Session(gallery.load_example("two_neurons")))
    at_work = threading.Event()

    with ThreadPoolExecutor(1) as pool:
        frame = pool.submit(run_for_long, store, sid, at_work)
        at_work.wait(10)
        with store.checkout(sid, wait=30) as session:
            session.edit(edits.set_param, "output", "gi", 1.1)
            assert session.state == "running"
            assert session.tick(request())["cycle"] > frame.result(0)["cycle"]
            session.halt()
