"""Copies of a ward by its own rules: when they are due, where they go, how old they are, what is restored."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from bedside.store.opening import BACKUPS, FILE, open_store
from bedside.store.troubles import Damaged, NotSaved
from bedside.units.refusal import Refused
from bedside.ward import backup as backing_up
from bedside.ward import backup_medium
from bedside.ward.backup import (
    HERE,
    SECOND,
    back_up,
    back_up_newer,
    check,
    check_newest,
    copies,
    due,
    state,
)
from bedside.ward.backup_settings import (
    BackupSettings,
    backup_settings,
    own_folder,
    save_backup_settings,
    shift_changes,
)
from bedside.ward.drill import drill
from bedside.ward.emergency import copy_to_read, emergency_words, made_at
from bedside.ward.infants import banner
from bedside.ward.restoring import confirm, preview, preview_closed, put_in_place
from tests.ward.wards import BERLIN, DOCTOR, NURSE, Bench


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def ready(bench: Bench) -> Bench:
    bench.site()
    bench.enrol()
    bench.weigh()
    return bench


def with_stick(bench: Bench, stick: Path) -> Path:
    save_backup_settings(bench.ward, BackupSettings(str(stick)), who=DOCTOR)
    return own_folder(bench.ward, stick)


def again(bench: Bench) -> None:
    bench.clock.now += timedelta(seconds=1)
    bench.weigh(6300)


def spoil(folder: Path) -> None:
    content = bytearray((folder / FILE).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / FILE).write_bytes(content)


# ---- when


@pytest.mark.parametrize(
    ("saves", "minutes", "newer", "why"),
    [
        (0, 600, 0, ""),
        (19, 4, 19, ""),
        (20, 0, 20, "20 saves"),
        (1, 5, 1, "5 minutes"),
        (0, 5, 3, "5 minutes"),
        (1, 4, 1, ""),
    ],
)
def test_when_a_copy_is_due(saves: int, minutes: int, newer: int, why: str) -> None:
    assert due(saves, timedelta(minutes=minutes), newer) == why


def test_at_the_end_only_what_is_new_is_copied(ready: Bench) -> None:
    assert back_up_newer(ready.ward, "closing") is not None
    assert back_up_newer(ready.ward, "closing") is None
    again(ready)
    assert back_up_newer(ready.ward, "closing") is not None


def test_an_empty_ward_is_not_copied_at_the_end(bench: Bench) -> None:
    assert back_up_newer(bench.ward, "closing") is None
    assert not (bench.folder / BACKUPS).exists()


# ---- where, and what is said


def test_a_copy_goes_to_the_second_medium_and_is_read_back(ready: Bench, stick: Path) -> None:
    own = with_stick(ready, stick)
    done = back_up(ready.ward, "by hand")
    assert (done.second, done.second_trouble) == ("written", False)
    assert [line.where for line in copies(ready.ward)] == [HERE, SECOND]
    assert (own / "copies" / done.name / FILE).exists()
    assert state(ready.ward).medium in ("there", "same disk")


def test_a_medium_that_was_pulled_out_is_missed(ready: Bench, stick: Path) -> None:
    """H36: its empty place is not taken for it, and the copy here is made all the same."""
    own = with_stick(ready, stick)
    shutil.rmtree(own)  # the place is there, the medium is not
    done = back_up(ready.ward, "by hand")
    assert done.second_trouble and "missing" in done.second
    assert not own.exists()
    found = state(ready.ward)
    assert (found.medium, found.short) == ("missing", "Second medium missing")
    assert found.newer == 0


def test_a_medium_that_takes_nothing_is_said(ready: Bench, stick: Path, monkeypatch) -> None:

    def full(*_: object) -> None:
        raise NotSaved("The disk is full.")

    with_stick(ready, stick)
    monkeypatch.setattr(backing_up, "carry", full)
    done = back_up(ready.ward, "by hand")
    assert done.second_trouble and "The disk is full." in done.second
    assert len(copies(ready.ward)) == 1


def test_a_full_medium_is_said_until_a_copy_fits(ready: Bench, stick: Path, monkeypatch) -> None:
    """H36: on the page, in the status line, and with what to do."""

    def refuse(*_: object) -> None:
        raise NotSaved("The copy could not be written.")

    with_stick(ready, stick)
    usage = type("Usage", (), {"free": 900_000 - 850_000})
    with monkeypatch.context() as full:
        full.setattr(backing_up, "carry", refuse)
        full.setattr(backup_medium.shutil, "disk_usage", lambda _: usage)
        done = back_up(ready.ward, "by hand")
        assert done.second_trouble and "The second medium is FULL: 0.1 MB free" in done.second
        found = state(ready.ward)
        assert (found.short, found.medium_full) == ("Second medium full", True)
        assert "Make room on it" in found.warnings[0]
    assert not state(ready.ward).medium_full
    back_up(ready.ward, "by hand")
    assert state(ready.ward).short != "Second medium full"


def test_after_a_restore_of_a_lost_ward_the_missing_medium_is_said(ready: Bench) -> None:
    done = back_up(ready.ward, "a")
    assert "No second medium set" not in str(state(ready.ward))
    ready.ward.store.close()
    (ready.folder / FILE).unlink()
    now = ready.ward.clock()
    seen = preview_closed(ready.folder, ready.folder / BACKUPS / done.name, now)
    confirm(seen, ready.ward, now, who=NURSE, second=DOCTOR)
    put_in_place(ready.folder, seen.prepared, now)
    ready.ward.store = open_store(ready.folder, now=now, create=False)
    back_up(ready.ward, "after")
    assert state(ready.ward).short == "No second medium set"


def test_the_words_say_how_old_the_last_copy_is(ready: Bench) -> None:
    assert state(ready.ward).line == "No copy of this ward yet"
    assert state(ready.ward).short == "No good copy"
    back_up(ready.ward, "by hand")
    found = state(ready.ward)
    assert (found.line, found.warnings) == ("Last good copy 09:00, nothing newer", ())
    again(ready)
    ready.at(2026, 9, 1, 9, 59)
    assert state(ready.ward).warnings == ()
    ready.at(2026, 9, 1, 10, 0)
    (warning,) = state(ready.ward).warnings
    assert "60 minutes old" in warning and "newest" in warning
    ready.at(2026, 9, 2, 10, 0)
    assert state(ready.ward).line == "Last good copy 01-Sep-2026 09:00"
    assert state(ready.ward).short == "Last copy 25 hours old"


def test_a_spoilt_bit_makes_the_copy_before_it_the_last_good_one(ready: Bench) -> None:
    """P6: found by the first look of a sitting, set aside, never counted as good again."""
    first = back_up(ready.ward, "a")
    again(ready)
    second = back_up(ready.ward, "b")
    spoil(ready.folder / BACKUPS / second.name)
    assert "not as it was" in check_newest(ready.ward)
    assert check_newest(ready.ward) == ""
    (last,) = [line for line in copies(ready.ward) if line.newest]
    assert last.name == first.name
    assert state(ready.ward).newer > 0
    damaged = next(line for line in copies(ready.ward) if not line.good)
    assert damaged.state == "damaged: never used"
    assert check(last) == ""


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"second_medium": "stick"}, "whole path"),
        ({"second_medium": "/nowhere/at/all"}, "no folder"),
        ({"shifts": ("7:00", "19:00")}, "07:00"),
        ({"shifts": ("07:00", "07:00")}, "different times"),
        ({"shifts": ()}, "1 to 4"),
        ({"warn_minutes": 0}, "minutes"),
    ],
)
def test_settings_that_cannot_be_right_are_refused(bench: Bench, changes, says: str) -> None:
    with pytest.raises(Refused, match=says):
        save_backup_settings(bench.ward, replace(BackupSettings(), **changes), who=DOCTOR)
    assert backup_settings(bench.ward) == BackupSettings()


def test_the_ward_itself_is_no_second_medium(bench: Bench) -> None:
    inside = BackupSettings(str(bench.folder))
    with pytest.raises(Refused, match="another disk"):
        save_backup_settings(bench.ward, inside, who=DOCTOR)


def test_settings_are_kept_with_the_ones_before(bench: Bench, stick: Path) -> None:
    with_stick(bench, stick)
    save_backup_settings(bench.ward, BackupSettings("", ("06:30", "14:30"), 30), who=DOCTOR)
    assert backup_settings(bench.ward) == BackupSettings("", ("06:30", "14:30"), 30)
    assert bench.ward.site.ward_name == ""


def test_shift_changes_in_the_night_the_clock_goes_back(bench: Bench) -> None:
    """P17: the shifts follow the ward's clock."""
    bench.at(2026, 10, 25, 2, 30)
    last, following = shift_changes(bench.ward, ("07:00", "19:00"))
    assert (last.isoformat(), following.isoformat()) == (
        "2026-10-24T19:00:00+02:00",
        "2026-10-25T07:00:00+01:00",
    )
    bench.at(2026, 10, 25, 7, 0)
    assert shift_changes(bench.ward, ("07:00", "19:00"))[0].isoformat() == following.isoformat()


# ---- restore


def test_what_would_be_lost_is_named(ready: Bench) -> None:
    done = back_up(ready.ward, "by hand")
    ready.at(2026, 9, 2, 9, 0)
    again(ready)
    seen = preview(ready.ward, ready.folder / BACKUPS / done.name)
    assert seen.relation == "before"
    assert [(act.infant, act.who) for act in seen.lost] == [("MUSTER", NURSE)]
    assert seen.infants == ("MUSTER, Ida (bed 1)",)
    assert ready.ward.site.ward_name == "Ward 4"  # nothing has changed yet


def test_two_people_restore_and_it_is_on_record(ready: Bench) -> None:
    done = back_up(ready.ward, "by hand")
    again(ready)
    seen = preview(ready.ward, ready.folder / BACKUPS / done.name)
    for second in ("", NURSE, "test nurse"):
        with pytest.raises(Refused):
            confirm(seen, ready.ward, ready.ward.now(), who=NURSE, second=second)
    confirm(seen, ready.ward, ready.ward.now(), who=NURSE, second=DOCTOR)
    ready.ward.store.close()
    aside = put_in_place(ready.folder, seen.prepared, ready.ward.now())
    ready.ward.store = open_store(ready.folder, now=ready.ward.now(), create=False)
    assert banner(ready.ward, ready.infant).weight_text == "6.2 kg"
    with ready.ward.store.reading() as connection:
        acts = connection.exec_driver_sql("SELECT act, who FROM audit ORDER BY seq DESC LIMIT 1")
        assert tuple(acts.fetchone()) == ("restored this ward from a copy", NURSE)
    assert (aside / FILE).exists()


def test_after_a_restore_the_newer_copies_are_of_another_line(ready: Bench) -> None:
    """A copy of what was given up does not count as holding what is recorded now."""
    first = back_up(ready.ward, "a")
    again(ready)
    back_up(ready.ward, "b")
    seen = preview(ready.ward, ready.folder / BACKUPS / first.name)
    confirm(seen, ready.ward, ready.ward.now(), who=NURSE, second=DOCTOR)
    ready.ward.store.close()
    put_in_place(ready.folder, seen.prepared, ready.ward.now())
    ready.ward.store = open_store(ready.folder, now=ready.ward.now(), create=False)
    assert state(ready.ward).newer > 0
    other = next(line for line in copies(ready.ward) if line.why == "b")
    assert preview(ready.ward, other.folder).relation == "apart"
    assert back_up_newer(ready.ward, "after a restore") is not None
    assert state(ready.ward).newer == 0


def test_a_copy_of_another_ward_is_refused(ready: Bench, tmp_path: Path) -> None:
    """H12."""
    other = Bench(tmp_path / "other")
    other.site()
    done = back_up(other.ward, "a")
    other.ward.store.close()
    strange = other.folder / BACKUPS / done.name
    with pytest.raises(Refused, match="another ward"):
        preview(ready.ward, strange)
    ready.ward.store.close()
    with pytest.raises(Refused, match="another ward"):
        preview_closed(ready.folder, strange, ready.ward.now())


def test_a_damaged_copy_is_not_shown(ready: Bench) -> None:
    done = back_up(ready.ward, "a")
    folder = ready.folder / BACKUPS / done.name
    spoil(folder)
    with pytest.raises(Damaged):
        preview(ready.ward, folder)
    with pytest.raises(Refused, match="no copy"):
        preview(ready.ward, folder)


def test_a_ward_that_cannot_be_read_says_that_nothing_can_be_told(ready: Bench) -> None:
    done = back_up(ready.ward, "a")
    ready.ward.store.close()
    (ready.folder / FILE).write_bytes(b"not a ward")
    now = ready.ward.now()
    seen = preview_closed(ready.folder, ready.folder / BACKUPS / done.name, now)
    assert (seen.relation, seen.lost) == ("unknown", ())
    (ready.folder / FILE).unlink()
    again = preview_closed(ready.folder, ready.folder / BACKUPS / done.name, now)
    assert again.relation == "unknown"
    ready.ward.store = open_store(
        seen.prepared.with_name(again.prepared.name), now=now, create=False
    )


def test_the_drill_leaves_no_trace(ready: Bench) -> None:
    back_up(ready.ward, "a")
    again(ready)
    before = {path.name for path in ready.folder.iterdir()}
    found = drill(ready.folder, ready.ward.now(), ready.ward, lambda: "0.1")
    assert found.ok and found.newer and "newer records" in found.lines[-1]
    assert {path.name for path in ready.folder.iterdir()} == before


# ---- the emergency view


def test_the_last_good_copy_is_found_past_a_damaged_one(ready: Bench) -> None:
    """H44."""
    first = back_up(ready.ward, "a")
    second = back_up(ready.ward, "b")
    spoil(ready.folder / BACKUPS / second.name)
    line = copy_to_read(ready.folder)
    assert line is not None and line.name == first.name
    words = emergency_words(made_at(line.folder), BERLIN)
    assert words == "EMERGENCY COPY of 01-Sep-2026 09:00, READ-ONLY"
    spoil(line.folder)
    assert copy_to_read(ready.folder) is None


def test_times_of_the_summer_are_told_by_the_summer_clock(ready: Bench) -> None:
    """Copied and recorded before 25-Oct-2026, compared after: what is lost is recorded again by these times."""
    ready.at(2026, 10, 24, 9, 0)
    ready.weigh()
    done = back_up(ready.ward, "by hand")
    ready.at(2026, 10, 24, 14, 30)
    ready.weigh(6300)
    ready.at(2026, 10, 26, 9, 0)
    seen = preview(ready.ward, ready.folder / BACKUPS / done.name)
    assert f"{seen.made_at:%d %H:%M}" == "24 09:00" and f"{seen.last_saved:%d %H:%M}" == "24 09:00"
    assert {f"{row.at:%d %H:%M}" for row in seen.lost_from.rows} == {"24 14:30"}
