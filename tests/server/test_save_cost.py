"""What one save asks of the server: its waits, and that no rule of a table is planned anew for each row."""

from datetime import timedelta

from bedside.store.records import BloodCount, Infant
from tests.store.samples import NOW, add

WAITS = 4  # the turn with the trail's end; the record; the trail's row; to be kept


def test_a_save_waits_four_times_for_the_server(station, tmp_path):
    """As many as the same two rows committed by hand: each wait is a way through the ward's network."""
    store = station()
    add(store, Infant)
    _counts(store, range(8))  # psycopg prepares what it has sent five times
    said = tmp_path / "said"
    with said.open("wb") as file:
        connection = store._ward.driver.connection.pgconn
        connection.trace(file.fileno())
        _counts(store, range(8, 9))
        connection.untrace()
    assert said.read_text().count("ReadyForQuery") == WAITS


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


def _counts(store, numbers):
    for number in numbers:
        add(store, BloodCount, taken_at=NOW + timedelta(minutes=number))
