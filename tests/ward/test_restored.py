"""After a restore: what was done after its copy is told, stops the doses concerned, and is settled by name."""

from datetime import timedelta

import pytest

from bedside.store.opening import BACKUPS, FILE, open_store
from bedside.store.queries import all_of
from bedside.store.restored_records import RestoredSettling, WardRestore
from bedside.units.refusal import Refused
from bedside.ward.backup import back_up
from bedside.ward.backup_settings import BackupSettings, backup_settings, save_backup_settings
from bedside.ward.board import board
from bedside.ward.check_waiting import waiting_checks
from bedside.ward.clocks_running import next_deadline
from bedside.ward.due import due_today
from bedside.ward.facts import facts_of
from bedside.ward.giving import start_vial
from bedside.ward.holding import save_hold
from bedside.ward.order_acts import prescribe
from bedside.ward.orders import order_board, order_state
from bedside.ward.restored_settling import entered_again, not_so, take_over
from bedside.ward.restored_state import restored_view
from bedside.ward.restoring import confirm, preview, preview_closed, put_in_place
from bedside.ward.sheets import check_sheet
from bedside.ward.views.delay import NewHold
from tests.ward.ordering import (
    AZACITIDINE,
    FIRST,
    PHARMACIST,
    PRESCRIBER,
    band,
    measurable,
    order,
    ready,
    row_of,
    signer,
)
from tests.ward.restored_wards import acts, copied, give, last_dose, minutes, restore
from tests.ward.wards import DOCTOR, NURSE, Bench


@pytest.fixture
def epi(bench: Bench) -> Bench:
    bench.open_epi_1()
    bench.at(2026, 10, 7, 9, 0)
    measurable(bench.ward)
    return bench


@pytest.fixture
def lost_dose(epi: Bench) -> Bench:
    name = copied(epi)
    give(epi)
    minutes(epi, 3)
    restore(epi, name)
    return epi


def test_a_dose_given_after_the_copy_is_told_with_amount_and_time(lost_dose: Bench) -> None:
    view = restored_view(lost_dose.ward, lost_dose.infant)
    assert view is not None and view.known
    assert view.headline == "Restored 07-Oct-2026 09:30 from the copy of 09:00"
    assert "acts are not in it" in view.short
    assert "one dose given: azaCITIDine 15.5 mg, 09:27" in view.short
    assert view.by == f"{NURSE}; second person {DOCTOR}"
    told = [(act.who, act.words) for act in view.acts if act.kind == "dose"]
    what = "azaCITIDine 15.5 mg intravenous, EPI #1 day 1"
    assert told == [(NURSE, f"{what}: given, all in 09:27")]  # one dose, one line


def test_the_ward_list_marks_her_and_her_dose(lost_dose: Bench) -> None:
    found = board(lost_dose.ward)
    (row,) = found.rows
    assert (row.held[0].mark, row.held[0].headline) == ("stop", "Restored 09:30")
    assert "one dose given: azaCITIDine 15.5 mg, 09:27" in row.held[0].details[0]
    assert found.stopped == 1
    (due,) = [item for item in row.due if item.drug == "azaCITIDine"]
    assert (due.mark, due.note) == ("hold", "given already?")


def test_that_dose_is_neither_prescribed_nor_prepared_nor_given(lost_dose: Bench) -> None:
    ward, infant = lost_dose.ward, lost_dose.infant
    row = row_of(ward, infant, AZACITIDINE)
    assert any("given, all in 09:27" in why for why in row.why_not)
    with pytest.raises(Refused, match="restored 09:30"):
        prescribe(ward, infant, [row], band(ward, infant), signer(ward, PRESCRIBER), who=PRESCRIBER)
    with pytest.raises(Refused, match="restored 09:30"):
        start_vial(ward, infant, "epi-1", 1, ward.now(), 20, who=NURSE)
    state = order_state(ward, infant, *AZACITIDINE)
    assert any("restored 09:30" in why for why in state.blocks_giving)
    facts = facts_of(ward, infant)
    course = facts.protocol.course("epi-1")
    assert any("restored 09:30" in why for why in check_sheet(ward, facts, course))


def test_the_next_day_of_the_course_is_not_stopped_by_it(lost_dose: Bench) -> None:
    (day_2,) = [row for row in order_board(lost_dose.ward, lost_dose.infant).rows if row.day == 2]
    assert day_2.why_not == ()


def test_taken_over_the_dose_stands_as_it_was_and_is_not_due_again(lost_dose: Bench) -> None:
    ward, infant = lost_dose.ward, lost_dose.infant
    act = acts(lost_dose, "dose")[0].act_id
    take_over(ward, act, signer(ward, FIRST), who=FIRST)
    dose = last_dose(lost_dose)
    assert (dose.state, dose.amount_ug) == ("given", 15_500)
    assert dose.note == f"taken over after a restore by {FIRST}; given by {NURSE}"
    assert ward.local(dose.started_at).strftime("%H:%M") == "09:07"
    (due,) = [item for item in due_today(ward, facts_of(ward, infant)) if item.drug]
    assert due.mark == "recorded"
    assert acts(lost_dose, "dose") == []
    with ward.store.reading() as connection:
        from bedside.store.check_records import DoseGiving

        (giving,) = all_of(connection, DoseGiving)
    assert (giving.paper_first, giving.paper_second) == ("E. Sorensen", "T. Marchetti")
    with pytest.raises(Refused, match="settled already"):
        take_over(ward, act, signer(ward, FIRST), who=FIRST)


def test_a_dose_that_is_not_recorded_is_never_called_entered_again(lost_dose: Bench) -> None:
    ward = lost_dose.ward
    before = acts(lost_dose, "dose")
    with pytest.raises(Refused, match="not recorded as far in this ward"):
        entered_again(ward, [before[0].act_id], signer(ward, FIRST), who=FIRST)
    assert acts(lost_dose, "dose") == before


def test_a_dose_that_was_not_given_needs_a_reason_and_is_settled_alone(lost_dose: Bench) -> None:
    ward, infant = lost_dose.ward, lost_dose.infant
    dose, other = acts(lost_dose, "dose")[-1], acts(lost_dose, "order")[0]
    nurse = signer(ward, FIRST)
    for ids, reason in (
        ((dose.act_id,), "  "),
        ((dose.act_id, other.act_id), "discarded"),
        ((), "x"),
    ):
        with pytest.raises(Refused):
            not_so(ward, ids, reason, nurse, who=FIRST)
    not_so(ward, [dose.act_id], "the syringe was discarded", nurse, who=FIRST)
    assert row_of(ward, infant, AZACITIDINE).why_not == ()
    with ward.store.reading() as connection:
        rows = all_of(connection, RestoredSettling)
    assert {(row.outcome, row.reason, row.name, row.role) for row in rows} == {
        ("not so", "the syringe was discarded", "E. Sorensen", "nurse")
    }


def test_the_last_one_settled_takes_the_band_away(lost_dose: Bench) -> None:
    ward, infant = lost_dose.ward, lost_dose.infant
    take_over(ward, acts(lost_dose, "dose")[0].act_id, signer(ward, FIRST), who=FIRST)
    view = restored_view(ward, infant)
    assert view is not None
    entered_again(ward, [act.act_id for act in view.acts], signer(ward, FIRST), who=FIRST)
    assert restored_view(ward) is None
    (row,) = board(ward).rows
    assert row.held == ()


@pytest.mark.parametrize("who", ["A. Ende, administrator", "A. Ende", "C. Roth, trial coordinator"])
def test_who_does_not_give_or_prescribe_settles_nothing(lost_dose: Bench, who: str) -> None:
    ward = lost_dose.ward
    with pytest.raises(Refused):
        not_so(ward, [acts(lost_dose, "dose")[0].act_id], "why", signer(ward, who), who=NURSE)
    assert acts(lost_dose, "dose")


def test_a_running_infusion_is_taken_over_as_it_runs(epi: Bench) -> None:
    """The vial ran already in the copy; what became of it replaces it."""
    ready(epi.ward, epi.infant)
    start_vial(epi.ward, epi.infant, "epi-1", 1, epi.clock(), 20, who=NURSE)
    name = copied(epi)
    from bedside.ward.giving import start_infusion
    from tests.ward.ordering import by

    start_infusion(epi.ward, last_dose(epi).id, epi.clock(), by(epi.ward, epi.infant), who=NURSE)
    minutes(epi, 1)
    restore(epi, name)
    with pytest.raises(Refused, match="infusion started 09:05"):
        start_infusion(
            epi.ward, last_dose(epi).id, epi.clock(), by(epi.ward, epi.infant), who=NURSE
        )
    take_over(epi.ward, acts(epi, "dose")[0].act_id, signer(epi.ward, FIRST), who=FIRST)
    dose = last_dose(epi)
    assert (dose.state, dose.started_at is not None) == ("vial running", True)
    row = row_of(epi.ward, epi.infant, AZACITIDINE)
    assert row.given == "infusion running 09:05, Test Nurse, taken over by E. Sorensen"
    assert waiting_checks(epi.ward, epi.infant, order_board(epi.ward, epi.infant)) == ()
    assert len(facts_of(epi.ward, epi.infant).doses) == 1


def test_a_lost_hold_stops_every_dose_until_it_is_settled(epi: Bench) -> None:
    name = copied(epi)
    until = epi.ward.today() + timedelta(days=3)
    form = NewHold("epi-1", "", epi.ward.today(), until, "sepsis")
    save_hold(epi.ward, epi.infant, form, who=DOCTOR)
    minutes(epi, 1)
    restore(epi, name)
    rows = order_board(epi.ward, epi.infant).rows
    assert rows and all(any("sepsis" in why for why in row.why_not) for row in rows)
    (hold,) = acts(epi, "bearing")
    assert hold.blocks == "every dose"
    pharmacist = signer(epi.ward, PHARMACIST)
    with pytest.raises(Refused, match="nothing like it has been recorded since the restore"):
        entered_again(epi.ward, [hold.act_id], pharmacist, who=PHARMACIST)
    save_hold(epi.ward, epi.infant, form, who=DOCTOR)
    entered_again(epi.ward, [hold.act_id], pharmacist, who=PHARMACIST)
    reasons = [why for row in order_board(epi.ward, epi.infant).rows for why in row.why_not]
    assert not any("restored" in why for why in reasons)


def test_an_order_released_before_the_copy_waits_too(epi: Bench) -> None:
    """Everything but the vial was in the copy: only the restore stands against giving it again."""
    ready(epi.ward, epi.infant)
    name = copied(epi)
    start_vial(epi.ward, epi.infant, "epi-1", 1, epi.clock(), 20, who=NURSE)
    minutes(epi, 1)
    restore(epi, name)
    assert order_state(epi.ward, epi.infant, *AZACITIDINE).stage == "released"
    with pytest.raises(Refused, match="vial made 09:05"):
        start_vial(epi.ward, epi.infant, "epi-1", 1, epi.clock(), 20, who=NURSE)


def test_an_infant_enrolled_after_the_copy_is_named(epi: Bench) -> None:
    name = copied(epi)
    first = epi.infant
    epi.enrol(family="SPAET", given="Ole", hospital_number="T 002", study_number="15P1-T002")
    minutes(epi, 1)
    restore(epi, name)
    epi.infant = first
    view = restored_view(epi.ward)
    assert view is not None
    assert {(act.infant, act.infant_id, act.blocks) for act in view.acts} == {
        ("SPAET, Ole", None, "")
    }
    assert restored_view(epi.ward, first) is None


def test_a_ward_that_cannot_be_read_asks_of_every_dose_of_that_time(epi: Bench) -> None:
    done = back_up(epi.ward, "a")
    epi.ward.store.close()
    (epi.folder / FILE).write_bytes(b"not a ward")
    minutes(epi, 70)
    now = epi.ward.clock()
    seen = preview_closed(epi.folder, epi.folder / BACKUPS / done.name, now)
    confirm(seen, epi.ward, now, who=NURSE, second=DOCTOR)
    put_in_place(epi.folder, seen.prepared, now)
    epi.ward.store = open_store(epi.folder, now=now, create=False)
    view = restored_view(epi.ward, epi.infant)
    assert view is not None and not view.known
    assert view.short == "what was done meanwhile is not known, was a dose given? (1 planned)"
    words = [act.words for act in view.acts]
    assert words[0] == "What was done between 09:00 and 10:10 is not known."
    assert words[1].endswith("planned for 07-Oct-2026: was it given meanwhile?")
    ask, dose = view.acts
    assert [act.blocks for act in view.acts] == ["every dose", "this dose"]
    nurse = signer(epi.ward, FIRST)
    entered_again(epi.ward, [ask.act_id], nurse, who=FIRST)
    reasons = row_of(epi.ward, epi.infant, AZACITIDINE).why_not
    assert len(reasons) == 1 and "was it given meanwhile?" in reasons[0]
    not_so(epi.ward, [dose.act_id], "seen in the pump's log: nothing ran", nurse, who=FIRST)
    order(epi.ward, epi.infant)


def test_of_another_line_the_acts_since_the_parting_are_told(epi: Bench) -> None:
    """A copy of the ward that was given up: both lines' common beginning is not told again."""
    first = copied(epi)
    give(epi)
    second = copied(epi)
    restore(epi, first)
    minutes(epi, 1)
    epi.weigh(6300)
    seen = preview(epi.ward, epi.folder / BACKUPS / second)
    assert seen.relation == "apart"
    told = {act.act for act in seen.lost}
    assert "recorded a weight" in told and "recorded a blood count" not in told


def test_what_an_earlier_restore_lost_is_not_lost_with_its_list(epi: Bench) -> None:
    first = copied(epi)
    give(epi)
    minutes(epi, 1)
    restore(epi, first)
    assert acts(epi, "dose")
    minutes(epi, 1)
    restore(epi, first)
    assert [act.words for act in acts(epi, "dose")][-1].endswith("given, all in 09:27")
    take_over(epi.ward, acts(epi, "dose")[0].act_id, signer(epi.ward, FIRST), who=FIRST)
    assert acts(epi, "dose") == []


def test_two_infants_with_the_same_dose_are_kept_apart(epi: Bench) -> None:
    one = epi.infant
    epi.enrol(family="SPAET", given="Ole", hospital_number="T 002", study_number="15P1-T002")
    two = epi.infant
    epi.infant = one
    name = copied(epi)
    give(epi)
    minutes(epi, 1)
    restore(epi, name)
    assert facts_of(epi.ward, two).missing == ()
    assert facts_of(epi.ward, one).missing


def test_where_copies_go_stays_through_a_restore(epi: Bench, tmp_path) -> None:
    name = copied(epi)
    stick = tmp_path / "stick"
    stick.mkdir()
    save_backup_settings(epi.ward, BackupSettings(str(stick), ("06:30",), 45), who=DOCTOR)
    minutes(epi, 1)
    restore(epi, name)
    assert backup_settings(epi.ward) == BackupSettings(str(stick), ("06:30",), 45)
    assert restored_view(epi.ward) is None  # nothing of it has to be entered again


def test_a_restore_that_loses_nothing_opens_nothing(epi: Bench) -> None:
    name = back_up(epi.ward, "a").name
    epi.clock.now += timedelta(seconds=5)
    restore(epi, name)
    assert restored_view(epi.ward) is None
    with epi.ward.store.reading() as connection:
        (row,) = all_of(connection, WardRestore)
    assert (row.first, row.second, row.reading) == (NURSE, DOCTOR, "read")


def test_a_weight_and_a_count_are_entered_again_only_once_the_same_is_on_record(epi: Bench) -> None:
    """Fresh eyes: the line went although nothing had been entered; another weight is not that one."""
    ward, nurse, name = epi.ward, signer(epi.ward, FIRST), copied(epi)
    taken = epi.clock()
    epi.weigh(6300)
    epi.count(700, 90_000)
    minutes(epi, 1)
    restore(epi, name)
    (weight,), (count,) = acts(epi, "bearing"), acts(epi, "record")
    for wrong in ("", "another weight"):
        if wrong:
            epi.weigh(6400)
            epi.count(700, 80_000)
        with pytest.raises(Refused, match="nothing like it") as refused:
            entered_again(ward, [weight.act_id], nurse, who=FIRST)
        assert "not done, or kept on paper" in str(refused.value)
        with pytest.raises(Refused, match="nothing like it"):
            entered_again(ward, [count.act_id], nurse, who=FIRST)
        assert (acts(epi, "bearing"), acts(epi, "record")) == ([weight], [count])
    minutes(epi, 5)
    now, epi.clock.now = epi.clock.now, taken
    epi.weigh(6300)
    epi.count(700, 90_000)
    epi.clock.now = now
    entered_again(ward, [weight.act_id, count.act_id], nurse, who=FIRST)
    assert restored_view(ward) is None


def test_each_step_of_an_order_is_named_and_a_count_by_who_counted(lost_dose: Bench) -> None:
    view = restored_view(lost_dose.ward)
    assert view is not None
    kinds = [act.kind for act in view.acts]
    assert kinds == sorted(kinds, key=("dose", "bearing", "order", "record", "ward").index)
    orders = [act for act in view.acts if act.kind == "order"]
    steps = [act.words.partition(", ")[0] for act in orders]
    assert steps == ["Prescribed", "Verified", "Released", "First count", "Second count"]
    assert [act.who for act in orders[3:]] == ["E. Sorensen", "T. Marchetti"]


def test_a_lost_infusion_that_ran_is_told_first_and_asks_for_no_order_once_taken_over(
    epi: Bench,
) -> None:
    epi.weigh(6200)
    name = copied(epi)
    give(epi, finish=False)
    minutes(epi, 1)
    restore(epi, name)
    view = restored_view(epi.ward)
    assert view is not None and view.acts[0].kind == "dose"
    running = "azaCITIDine 15.5 mg, vial made 09:05, infusion started 09:07"
    assert view.short.startswith("RUNNING when it was put back: ") and running in view.short
    assert next_deadline(epi.ward) == epi.ward.now().replace(hour=9, minute=50)  # 45 min
    (row,) = board(epi.ward).rows
    assert row.held[0].details[1] == "this dose waits until it is settled"
    assert {act.blocks for act in view.acts if act.kind == "dose"} == {"this dose"}
    take_over(epi.ward, acts(epi, "dose")[0].act_id, signer(epi.ward, FIRST), who=FIRST)
    (row,) = board(epi.ward).rows
    told = repr((row.due, row.held)).lower()
    assert "not prescribed" not in told and row.clocks
