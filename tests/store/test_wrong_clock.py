"""A clock that was wrong: what was saved first stays first, and the record holds (promise P17)."""

from datetime import timedelta

import pytest

from bedside.store.records import Measurement
from bedside.ward.wrong_clock import clock_is_behind
from tests.store.samples import NOW, add, new_store

JUMPS = [timedelta(days=-1), timedelta(hours=-1), timedelta(days=400), timedelta(days=-20_000)]


@pytest.mark.parametrize("jump", JUMPS, ids=str)
def test_the_trail_keeps_the_order_of_saving_whatever_the_clock_says(full_store, jump):
    """P17: its number orders a save, not its time; the trail verifies, also after a new start."""
    before = full_store.audit_head()
    for number, at in enumerate((NOW, NOW + jump, NOW + timedelta(minutes=1))):
        add(full_store, Measurement, at, measured_at=NOW - timedelta(days=2, hours=number))
    with full_store.reading() as reader:
        sql = "SELECT seq, at, row_id FROM audit WHERE table_name = 'measurement' ORDER BY seq DESC"
        last, middle, first = reader.exec_driver_sql(f"{sql} LIMIT 3").fetchall()
    assert (last[0], last[2]) == (middle[0] + 1, middle[2] + 1) == (first[0] + 2, first[2] + 2)
    assert (last[1] < middle[1]) is (jump > timedelta(minutes=1))
    full_store.verify_audit(before)
    folder = full_store.folder
    full_store.close()
    again = new_store(folder, create=False)
    again.verify_audit(before)
    again.close()


@pytest.mark.parametrize("jump", [JUMPS[0], JUMPS[1], JUMPS[3]], ids=str)
def test_a_clock_behind_the_last_record_is_known_at_the_next_start(full_store, jump):
    """P17, H45: the page that says so comes before the ward list."""
    add(full_store, Measurement, NOW + timedelta(hours=5), measured_at=NOW - timedelta(days=2))
    folder = full_store.folder
    full_store.close()
    again = new_store(folder, create=False, now=NOW + jump)
    assert clock_is_behind(NOW + jump, again.last_saved)
    assert not clock_is_behind(NOW + timedelta(hours=6), again.last_saved)
    again.close()
