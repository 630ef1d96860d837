"""Several threads on one store take turns; nothing is lost and nothing is mixed."""

import threading
from datetime import timedelta

from bedside.store.queries import of_infant
from bedside.store.records import BloodCount, Measurement
from tests.store.samples import ACT, NOW, add, contents, row_of

EACH = 25
THREADS = 6


def together(*acts):
    """Run acts in threads of their own; give back what they raised."""
    raised = []

    def run(act):
        try:
            act()
        except BaseException as error:  # noqa: BLE001 (told to the test)
            raised.append(error)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    return raised


def test_writers_take_turns(store):
    """Finding 7: no save fails because another is under way."""

    def writer(number):
        def act():
            for n in range(EACH):
                with store.change(f"nurse {number}", ACT, NOW) as change:
                    change.add(BloodCount, **row_of(BloodCount, specimen=f"{number}/{n}"))
                    change.add(
                        Measurement,
                        **row_of(
                            Measurement, measured_at=NOW + timedelta(seconds=number * 1000 + n)
                        ),
                    )

        return act

    assert together(*(writer(number) for number in range(THREADS))) == []
    kept = contents(store)
    assert len(kept["BloodCount"]) == len(kept["Measurement"]) == EACH * THREADS
    for record in kept["BloodCount"]:
        assert record.recorded_by == f"nurse {record.specimen.split('/')[0]}"
    store.verify_audit()


def test_a_reader_never_sees_half_a_change(store):
    """A count and its weight are there together, or neither is."""
    stop = threading.Event()

    def write():
        for n in range(60):
            with store.change("nurse", ACT, NOW) as change:
                change.add(BloodCount, **row_of(BloodCount, specimen=f"{n}"))
                change.add(
                    Measurement, **row_of(Measurement, measured_at=NOW + timedelta(seconds=n))
                )
        stop.set()

    def read():
        while not stop.is_set():
            with store.reading() as connection:
                counts = len(of_infant(connection, BloodCount, 1))
                assert counts == len(of_infant(connection, Measurement, 1))

    assert together(write, read, read) == []


def test_a_thread_that_fails_does_not_stop_the_others(store):
    def fail():
        with store.change("nurse", ACT, NOW) as change:
            change.add(Measurement, **row_of(Measurement))
            raise LookupError

    def save():
        add(store, BloodCount)

    raised = together(fail, save)
    assert [type(error) for error in raised] == [LookupError]
    kept = contents(store)
    assert (len(kept["BloodCount"]), len(kept["Measurement"])) == (1, 0)


def test_a_change_of_one_thread_is_not_read_by_another_before_it_is_kept(store):
    inside, seen = threading.Event(), []

    def write():
        with store.change("nurse", ACT, NOW) as change:
            change.add(Measurement, **row_of(Measurement))
            inside.set()
            threading.Event().wait(0.1)
            assert seen == []

    def read():
        inside.wait(10)
        with store.reading() as connection:
            seen.append(len(of_infant(connection, Measurement, 1)))

    assert together(write, read) == []
    assert seen == [1]


def test_a_closed_store_lets_waiting_threads_go(store):
    def close():
        store.close()

    def read():
        for _ in range(100_000):
            with store.reading():
                pass

    raised = together(read, close)
    assert [str(error) for error in raised] == ["this ward is closed"]
