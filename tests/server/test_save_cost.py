"""What one save asks of the server: its waits, and that no rule of a table is planned anew for each row."""

from contextlib import contextmanager
from datetime import timedelta
from threading import Thread

from bedside.store.records import BloodCount, Infant
from tests.store.samples import NOW, add, contents, row_of

WAITS = 2  # the turn with the trail's end and the record; the trail's row with being kept


def test_a_save_waits_twice_for_the_server(station, tmp_path):
    """Half as often as the same two rows committed by hand: each wait is a way through the ward's network."""
    store = station()
    add(store, Infant)
    _counts(store, range(8))  # psycopg prepares what it has sent five times
    with _waits(store, tmp_path) as waits:
        _counts(store, range(8, 9))
    assert waits() == WAITS


def test_a_change_of_many_records_waits_once_for_each(station, tmp_path):
    """No row of the trail is waited for by itself."""
    store = station()
    add(store, Infant)
    with (
        _waits(store, tmp_path) as waits,
        store.change("E. Sorensen, nurse", "recorded", NOW) as change,
    ):
        for number in range(6):
            taken = NOW + timedelta(minutes=number)
            change.add(BloodCount, **{**row_of(BloodCount), "taken_at": taken})
    assert waits() == WAITS - 1 + 6
    store.verify_audit()


def test_a_save_starts_no_thread(station, monkeypatch):
    """A watchman of its own for each packet made a save take twice as long: its time is looked at while waiting."""
    store = station()
    add(store, Infant)
    started = []
    monkeypatch.setattr(Thread, "start", started.append)
    _counts(store, range(2))
    assert not started


def test_a_change_that_asks_nothing_does_not_wait_for_the_server(station, tmp_path):
    """Nobody's turn is held up by a change that comes to nothing."""
    store = station()
    other = station("other")
    with _waits(store, tmp_path) as waits, store.change("E. Sorensen, nurse", "looked", NOW):
        add(other, Infant)
    assert waits() == 0
    assert len(contents(store)["Infant"]) == 1


def test_a_row_is_not_planned_anew_each_time(station):
    """PostgreSQL by itself plans a row of 54 rules anew with each save, and that was a third of it."""
    store = station()
    add(store, Infant)
    _counts(store, range(12))
    plans = store._ward.driver.plain(
        "SELECT generic_plans, custom_plans FROM pg_prepared_statements "
        "WHERE statement LIKE 'INSERT%'"
    ).fetchall()
    assert plans
    assert all(generic and not custom for generic, custom in plans)
    assert store._ward.driver.plain("SHOW plan_cache_mode").fetchone() == ("auto",)


@contextmanager
def _waits(store, folder):
    """Gives how often the station has waited for the server in this block."""
    said = folder / "said"
    connection = store._ward.driver.connection.pgconn
    with said.open("wb") as file:
        connection.trace(file.fileno())
        yield lambda: said.read_text().count("ReadyForQuery")
        connection.untrace()


def _counts(store, numbers):
    for number in numbers:
        add(store, BloodCount, taken_at=NOW + timedelta(minutes=number))
