"""Damage to the ward's file while its window is open: no paper and no copy is made of what does not hold (P6, P11)."""

import pytest

from bedside.store.copies import WARD_WRONG
from bedside.store.opening import BACKUPS, FILE
from bedside.store.troubles import AuditBroken, NotSaved
from bedside.ward.backup import back_up
from bedside.ward.downtime_sheets import downtime_sheets, draw_downtime
from tests.ward.wards import NURSE, Bench

PAGE = 4096


@pytest.fixture
def damaged(bench: Bench) -> Bench:
    """An open ward; one bit is turned over in every third page of its file, behind its back."""
    bench.open_epi_1()
    bench.ward.store.verify_audit()
    with bench.ward.store.at_rest() as driver:
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    with (bench.folder / FILE).open("rb+", buffering=0) as file:
        pages = file.seek(0, 2) // PAGE
        for at in range(2 * PAGE + 3000, pages * PAGE, 3 * PAGE):
            file.seek(at)
            (byte,) = file.read(1)
            file.seek(at)
            file.write(bytes([byte ^ 16]))
    return bench


def forget_pages(bench: Bench) -> None:
    """Let SQLite give up what it has in memory: every page is read from the disk again."""
    with bench.ward.store.at_rest() as driver:
        driver.execute("PRAGMA shrink_memory").fetchall()


def test_what_is_printed_is_what_was_verified_or_nothing_is(damaged: Bench) -> None:
    ward = damaged.ward
    before = downtime_sheets(ward, who=NURSE).infants  # of the pages in memory, which hold
    ward.kept_facts, ward.kept_until = {}, 0
    assert draw_downtime(ward, who=NURSE).startswith(b"%PDF")
    assert downtime_sheets(ward, who=NURSE).infants == before
    forget_pages(damaged)
    with pytest.raises(AuditBroken, match="Nothing was printed"):
        draw_downtime(ward, who=NURSE)
    with pytest.raises(AuditBroken):  # and nothing more is
        draw_downtime(ward, who=NURSE)


def test_a_copy_that_does_not_prove_equal_says_where_the_fault_is(damaged: Bench) -> None:
    forget_pages(damaged)
    with pytest.raises(NotSaved) as said:
        back_up(damaged.ward, "by hand")
    assert said.value.words == WARD_WRONG
    assert not [one for one in (damaged.folder / BACKUPS).iterdir() if one.is_dir()]
