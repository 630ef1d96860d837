"""Several stations on one ward: one trail, nothing doubled, nothing lost, and a server that goes away."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from secrets import token_hex

import pytest

from bedside.store.opening import open_store
from bedside.store.records import BloodCount, CourseStart, Infant
from bedside.store.server_fault import ServerFault
from bedside.store.troubles import Hindered, NotSaved
from bedside.units.refusal import Refused
from tests.store.samples import NOW, add, contents, row_of, void

STATIONS, EACH = 4, 10


def test_many_writers_make_one_trail(station):
    stores = [station(f"s{number}") for number in range(STATIONS)]
    add(stores[0], Infant)

    def work(number):
        for turn in range(EACH):
            at = NOW + timedelta(minutes=1 + number * EACH + turn)
            add(stores[number], BloodCount, taken_at=at)

    with ThreadPoolExecutor(STATIONS) as pool:
        list(pool.map(work, range(STATIONS)))
    for store in stores:
        store.verify_audit()
        store.verify_for_paper(1)
        assert [row.id for row in contents(store)["BloodCount"]] == list(
            range(1, STATIONS * EACH + 1)
        )
    assert len({store.audit_head() for store in stores}) == 1


def test_were_the_turn_passed_over_the_second_writer_is_refused_whole(station, monkeypatch):
    """The row of the trail comes with the COMMIT: where it is refused, nothing before it is kept either."""
    one, other = station("one"), station("other")
    add(one, Infant)
    monkeypatch.setattr("bedside.store.server_store._BEGIN", ("BEGIN",))
    before = contents(one)["BloodCount"]

    def overtaken():
        with one.change("E. Sorensen, nurse", "recorded a blood count", NOW) as change:
            change.add(BloodCount, **row_of(BloodCount))
            add(other, CourseStart)

    with pytest.raises(NotSaved):
        overtaken()
    assert contents(one)["BloodCount"] == before
    assert len(contents(one)["CourseStart"]) == 1
    one.verify_audit()
    add(one, BloodCount)
    other.verify_audit()


def test_two_stations_do_not_record_the_same_twice(station):
    one, other = station("one"), station("other")
    add(one, Infant)
    add(one, CourseStart)
    with pytest.raises(Refused, match="Day 1 of this course is recorded already"):
        add(other, CourseStart)
    void(one, CourseStart, 1)
    with pytest.raises(Refused, match="struck out already"):
        void(other, CourseStart, 1)
    one.verify_audit()


def test_texts_of_any_length_are_kept_and_only_once(station):
    """As on a ward's file: an index of PostgreSQL's takes 2,600 bytes, no long reason is too long."""
    one, other = station("one"), station("other")
    add(one, Infant)
    long = "".join(token_hex(1) for _ in range(9000))  # does not compress
    add(one, BloodCount, specimen=long)
    add(one, BloodCount, specimen=f"{long}.")
    with pytest.raises(Refused, match="recorded already"):
        add(other, BloodCount, specimen=long)
    void(other, BloodCount, 1)
    add(other, BloodCount, specimen=long)
    kept = [row.specimen for row in contents(one)["BloodCount"] if row.voided_at is None]
    assert kept == [f"{long}.", long]
    one.verify_audit()


def test_a_refused_row_leaves_the_rest_of_its_change(station):
    """As on a ward's file: PostgreSQL alone would give up the whole change."""
    store = station()
    add(store, Infant)
    with store.change("E. Berg, RN", "wrote a test", NOW) as change:
        change.add(BloodCount, **row_of(BloodCount))
        with pytest.raises(Refused):
            change.add(BloodCount, **row_of(BloodCount))
        change.add(BloodCount, **row_of(BloodCount, specimen="B-2"))
    assert [row.id for row in contents(store)["BloodCount"]] == [1, 2]
    store.verify_audit()


def test_a_row_refused_with_the_turn_leaves_the_change_open_unless_another_station_saves(station):
    """The turn travels with the first row: where that is refused, it is taken anew before the next one."""
    one, other = station("one"), station("other")
    add(one, Infant)
    add(one, BloodCount)
    with one.change("E. Berg, RN", "wrote a test", NOW) as change:
        with pytest.raises(Refused):
            change.add(BloodCount, **row_of(BloodCount))
        change.add(BloodCount, **row_of(BloodCount, specimen="B-2"))

    def overtaken():
        with one.change("E. Berg, RN", "wrote a test", NOW) as change:
            with pytest.raises(Refused):
                change.add(BloodCount, **row_of(BloodCount))
            change.connection.undo()  # as far as the server knows the turn is free
            add(other, CourseStart)
            change.add(BloodCount, **row_of(BloodCount, specimen="B-3"))

    with pytest.raises(NotSaved, match="Another station saved in between"):
        overtaken()
    assert [row.specimen for row in contents(one)["BloodCount"]] == ["B-1", "B-2"]
    one.verify_audit()


def test_each_sign_of_a_text_is_kept_and_one_that_cannot_be_ends_nothing(station):
    """A value never stands in the statement; a text that would be cut at a sign is not kept at all."""
    store = station()
    add(store, Infant)
    signs = "?, %s, %, $1, ', \", \\, ;--, \n, é, \U0001f476"
    add(store, BloodCount, specimen=signs)
    with pytest.raises(Refused, match="cannot be kept"):
        add(store, BloodCount, specimen="B-2\0 and more")
    with pytest.raises(ServerFault, match="22021"):  # held by the way to the server, too
        store._ward.driver.together([("SELECT ?", ("B-2\0 and more",))], 1000)
    add(store, BloodCount, specimen="B-3")
    assert [row.specimen for row in contents(store)["BloodCount"]] == [signs, "B-3"]
    store.verify_audit()


def test_a_station_that_hangs_in_a_change_does_not_hold_the_others_for_ever(station):
    one, other = station("one"), station("other")
    other._ward.driver.plain("SET lock_timeout = '200ms'")
    with one.change("E. Berg, RN", "wrote a test", NOW) as change:
        change.add(Infant, **row_of(Infant))
        with pytest.raises(NotSaved, match="Other stations are saving"):
            add(other, Infant)
    add(other, Infant, hospital_number="T 2")
    other.verify_audit()


def test_a_reading_is_one_state_while_another_station_saves(station):
    one, other = station("one"), station("other")
    with one.reading() as reading:
        before = reading.exec_driver_sql("SELECT count(*) FROM audit").fetchone()
        add(other, Infant)
        assert reading.exec_driver_sql("SELECT count(*) FROM audit").fetchone() == before
    with one.reading() as reading:
        assert reading.exec_driver_sql("SELECT count(*) FROM audit").fetchone() != before


def test_a_broken_connection_in_a_change_keeps_nothing_and_the_next_save_connects_anew(
    station, postgres
):
    store = station()
    with pytest.raises(NotSaved, match="Nothing of this was kept"):
        _broken_off(postgres, store)
    assert contents(store)["Infant"] == []
    add(store, Infant)
    store.verify_audit()


@pytest.mark.parametrize("reached", [True, False])
def test_a_break_in_the_midst_of_keeping_is_settled_by_looking(station, monkeypatch, reached):
    """What reached the server and was not answered is not told as lost, and what did not is not told as kept."""
    store = station()
    driver = store._ward.driver
    together = driver.together

    def cut(statements, within_ms):
        last = statements[-1][0] == "COMMIT"
        if last and not reached:
            driver.connection.close()
        found = together(statements, within_ms)
        if last and reached:
            driver.connection.close()
            return together(statements, within_ms)
        return found

    monkeypatch.setattr(driver, "together", cut)
    if reached:
        add(store, Infant)
    else:
        with pytest.raises(NotSaved, match="Nothing of this was kept"):
            add(store, Infant)
    assert len(contents(store)["Infant"]) == reached
    assert store.known_head.seq == 1 + reached
    store.verify_audit()


def test_a_killed_server_loses_nothing_that_was_acknowledged(postgres, empty_ward, tmp_path):
    """H36: and stations go on by themselves when it is back."""
    postgres.make_database("killed", empty_ward)
    store = open_store(tmp_path / "s", now=NOW, create=False, server=postgres.url("killed"))
    add(store, Infant)
    for minute in range(5):
        add(store, BloodCount, taken_at=NOW + timedelta(minutes=minute))
    postgres.kill()
    with pytest.raises(NotSaved):
        add(store, Infant, hospital_number="T 2")
    begun = time.monotonic()
    with pytest.raises(Hindered, match="server"):
        contents(store)
    assert time.monotonic() - begun < 5
    postgres.start()
    assert [len(contents(store)[kind]) for kind in ("Infant", "BloodCount")] == [1, 5]
    add(store, Infant, hospital_number="T 2")
    store.verify_audit()
    store.close()


def _broken_off(postgres, store):
    with store.change("E. Berg, RN", "wrote a test", NOW) as change:
        change.add(Infant, **row_of(Infant))
        _hang_up(postgres, store)
        change.add(BloodCount, **row_of(BloodCount))


def _hang_up(postgres, store):
    pid = store._ward.driver.connection.info.backend_pid
    postgres.superuser(f"SELECT pg_terminate_backend({pid}, 5000)")
