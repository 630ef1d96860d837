"""The antibiotic clock on a real store: started by a fever, never lost, closed by a person only (H16, H45)."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from bedside.app import assemble
from bedside.store.fever_records import VitalSign
from bedside.store.opening import open_store
from bedside.store.queries import of_infant
from bedside.units.refusal import Refused
from bedside.ward.board import board
from bedside.ward.facts import facts_of
from bedside.ward.fever_acts import DrugAnswers, record_act, start_clock, steady_now, void_act
from bedside.ward.fever_clock import fever_clock
from bedside.ward.fever_definition import choose_definition
from bedside.ward.fever_events import fever_events
from bedside.ward.fever_page import fever_page
from bedside.ward.fever_signs import NewSign, NewSigns, judge_typed, record_signs, void_sign
from bedside.ward.views.fever import FeverView, Recorded
from tests.ward.wards import BERLIN, DOCTOR, NURSE, Bench


@pytest.fixture
def low(bench: Bench) -> Bench:
    """An infant with 88 neutrophils, at 10:00 on 20-Sep-2026."""
    bench.site()
    bench.enrol()
    bench.at(2026, 9, 20, 6, 0)
    bench.count(88, 26_000)
    bench.at(2026, 9, 20, 10, 0)
    return bench


def warm(bench: Bench, text: str, *more: NewSign, unit: str = "°C", reason: str = "") -> Recorded:
    sign = NewSign("temperature", text, unit, "axillary")
    form = NewSigns(bench.clock(), (sign, *more), reason)
    return record_signs(bench.ward, bench.infant, form, who=NURSE)


def page(bench: Bench) -> FeverView:
    return fever_page(bench.ward, bench.infant)


def clock(bench: Bench):
    return fever_clock(bench.ward, facts_of(bench.ward, bench.infant))


def test_a_fever_with_low_neutrophils_starts_the_clock(low: Bench) -> None:
    assert warm(low, "37.9").outcome == "nothing"
    low.at(2026, 9, 20, 10, 6)
    assert warm(low, "38.6").outcome == "clock started"
    running = clock(low)
    assert running.first_fever_at == low.clock()
    assert running.due_at == low.clock() + timedelta(minutes=60)
    assert running.because.startswith("38.6 °C under the arm")
    assert page(low).site.words == "Febrile neutropenia by CCLG (United Kingdom)"
    assert page(low).ctcae.mark == "stop"


def test_a_second_fever_does_not_start_it_anew(low: Bench) -> None:
    warm(low, "38.6")
    low.at(2026, 9, 20, 10, 30)
    assert warm(low, "39.1").outcome == "nothing"
    assert clock(low).first_fever_at.hour == 10 and clock(low).first_fever_at.minute == 0


def test_unknown_neutrophils_do_not_hold_the_clock_back(bench: Bench) -> None:
    bench.site()
    bench.enrol()
    bench.at(2026, 9, 20, 10, 0)
    assert warm(bench, "38.0").outcome == "clock started"
    assert page(bench).site.mark == "unknown"


def test_neutrophils_known_not_to_be_low_leave_it_to_a_person(low: Bench) -> None:
    low.at(2026, 9, 20, 10, 1)
    low.count(3000, 200_000)
    assert warm(low, "38.6").outcome == "nothing"
    assert "does not exclude sepsis" in page(low).site.words
    start_clock(low.ward, low.infant, low.clock(), "looks ill, Dr Test asked", who=DOCTOR)
    assert clock(low).because == "looks ill, Dr Test asked"
    with pytest.raises(Refused, match="runs already"):
        start_clock(low.ward, low.infant, low.clock(), "again", who=DOCTOR)


def test_an_old_count_is_not_known(low: Bench) -> None:
    low.at(2026, 9, 20, 10, 1)
    low.count(3000, 200_000)
    low.at(2026, 9, 23, 10, 0)
    assert warm(low, "38.6").outcome == "clock started"
    assert "older than 48 hours" in " ".join(page(low).site.details)


def test_a_low_temperature_starts_it_too(low: Bench) -> None:
    assert warm(low, "35.8").outcome == "clock started"
    assert any("act as on a fever" in words for words in page(low).act_now)


def test_an_earlier_fever_entered_later_moves_the_clock_back(low: Bench) -> None:
    low.at(2026, 9, 20, 11, 0)
    warm(low, "38.6")
    record_act(low.ward, low.infant, "blood culture", low.clock(), "both lumens", who=NURSE)
    early = datetime(2026, 9, 20, 10, 20, tzinfo=BERLIN)
    sign = NewSign("temperature", "38.2", "°C", "axillary")
    done = record_signs(low.ward, low.infant, NewSigns(early, (sign,)), who=NURSE)
    assert done.outcome == "clock moved"
    assert clock(low).first_fever_at == early
    assert [act.kind for act in page(low).acts] == ["blood culture"]
    assert len(facts_of(low.ward, low.infant).fevers) == 1


def test_the_clock_stays_until_a_person_closes_it(low: Bench) -> None:
    warm(low, "38.6")
    low.at(2026, 9, 20, 10, 46)
    record_act(low.ward, low.infant, "antibiotics", low.clock(), "meropenem", who=NURSE)
    record_act(low.ward, low.infant, "called", low.clock(), "Dr I. Test", who=NURSE)
    assert clock(low).given_at == low.clock()
    low.at(2026, 9, 22, 10, 0)
    assert clock(low) is not None
    with pytest.raises(Refused, match="what was done"):
        record_act(low.ward, low.infant, "closed", low.clock(), " ", who=DOCTOR)
    record_act(low.ward, low.infant, "closed", low.clock(), "culture clear, stopped", who=DOCTOR)
    assert clock(low) is None
    assert "culture clear, stopped" in page(low).closed_before
    with pytest.raises(Refused, match="No fever is open"):
        record_act(low.ward, low.infant, "called", low.clock(), "nobody", who=DOCTOR)


def test_a_new_fever_after_the_closing_is_a_new_clock(low: Bench) -> None:
    warm(low, "38.6")
    low.at(2026, 9, 20, 12, 0)
    record_act(low.ward, low.infant, "closed", low.clock(), "typed for another", who=DOCTOR)
    low.at(2026, 9, 20, 12, 30)
    assert warm(low, "37.0").outcome == "nothing"
    low.at(2026, 9, 20, 13, 0)
    assert warm(low, "38.4").outcome == "clock started"
    assert clock(low).first_fever_at == low.clock()


def test_striking_out_the_antibiotics_lets_the_clock_run_on(low: Bench) -> None:
    warm(low, "38.6")
    act = record_act(low.ward, low.infant, "antibiotics", low.clock(), "meropenem", who=NURSE)
    with pytest.raises(Refused, match="reason"):
        void_act(low.ward, act, "", who=NURSE)
    void_act(low.ward, act, "given to another infant", who=NURSE)
    assert clock(low).given_at is None


def test_a_corrected_temperature_is_said_and_does_not_end_the_clock(low: Bench) -> None:
    warm(low, "38.6")
    cell = page(low).sets[0].cells["temperature"]
    with pytest.raises(Refused, match="reason"):
        void_sign(low.ward, cell.record_id, "", who=DOCTOR)
    void_sign(low.ward, cell.record_id, "read from another infant", who=DOCTOR)
    assert clock(low) is not None
    assert "struck out by Test Physician: read from another infant" in page(low).clock_notes[0]
    with pytest.raises(Refused, match="struck out already"):
        void_sign(low.ward, cell.record_id, "once more", who=DOCTOR)


def test_a_restart_keeps_the_clock(low: Bench) -> None:
    """H16: the time comes from the record, not from the program that was running."""
    warm(low, "38.6")
    due = clock(low).due_at
    low.ward.store.close()
    low.at(2026, 9, 20, 10, 50)
    store = open_store(low.folder, now=low.clock(), create=False, demonstration=False)
    again = assemble(store, low.clock)
    found = fever_clock(again, facts_of(again, low.infant))
    assert found.due_at == due
    store.close()


def test_a_clock_put_back_gives_no_time_back_and_is_said(low: Bench) -> None:
    """H16, H45: the last record is later than the workstation's clock says."""
    warm(low, "38.6")
    low.at(2026, 9, 20, 10, 40)
    record_act(low.ward, low.infant, "called", low.clock(), "Dr Test", who=NURSE)
    low.at(2026, 9, 20, 9, 40)
    steady = steady_now(low.ward)
    assert steady.now == datetime(2026, 9, 20, 10, 40, tzinfo=BERLIN)
    assert "put back by 60 min" in page(low).clock_notes[0]
    record_act(low.ward, low.infant, "antibiotics", steady.now, "meropenem", who=NURSE)
    assert clock(low).given_at == steady.now


def test_a_clock_that_jumps_while_it_is_watched_is_said(low: Bench) -> None:
    seen = low.ward.now()
    low.at(2026, 9, 20, 12, 0)
    assert steady_now(low.ward, (seen, 60)).jump_seconds == 7140
    low.at(2026, 9, 20, 10, 1)
    assert steady_now(low.ward, (seen, 60)).jump_seconds == 0


def test_in_the_night_the_clock_goes_back_an_hour_is_an_hour(low: Bench) -> None:
    low.clock.now = datetime(2026, 10, 25, 2, 40, fold=0, tzinfo=BERLIN)
    warm(low, "38.6")
    assert clock(low).due_at.isoformat() == "2026-10-25T02:40:00+01:00"


@pytest.mark.parametrize(
    ("text", "unit", "words"),
    [
        ("368", "°C", "decimal mark is missing"),
        ("3.68", "°C", "decimal mark is misplaced"),
        ("101.5", "°C", "one in °F"),
        ("38.6", "°F", "one in °C"),
        ("42.5", "°C", "type it a second time"),
    ],
)
def test_slips_are_named_and_nothing_is_kept(low: Bench, text: str, unit: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        warm(low, text, unit=unit)
    with low.ward.store.reading() as connection:
        assert not of_infant(connection, VitalSign, low.infant)


def test_unusual_is_kept_when_typed_a_second_time(low: Bench) -> None:
    assert warm(low, "42.5", reason="typed a second time").outcome == "clock started"


def test_fahrenheit_is_kept_in_celsius_with_what_was_typed(low: Bench) -> None:
    warm(low, "101.5", unit="°F")
    assert page(low).sets[0].cells["temperature"].text == "38.61 °C (101.5 °F) under the arm"


def test_a_whole_set_and_what_was_not_done(low: Bench) -> None:
    warm(
        low,
        "38.6",
        NewSign("heart-rate", "192"),
        NewSign("breaths", "44"),
        NewSign("systolic", "68"),
        NewSign("diastolic", "34"),
        NewSign("spo2", "93"),
        NewSign("fio2", "30"),
        NewSign("support", word="oxygen or mask"),
        NewSign("avpu", word="voice"),
        NewSign("pupils", word="both react"),
        NewSign("gcs", "13"),
        NewSign("unwell", word="yes"),
        NewSign("urine", state="not done", reason="no catheter"),
    )
    seen = page(low)
    cells = seen.sets[0].cells
    assert cells["heart-rate"].mark == "hold" and "above 180" in cells["heart-rate"].note
    assert cells["urine"].text == "not done: no catheter"
    # 93 / 0.30 = 310: no point; mean 34 + 34 / 3 = 45.3: none; platelets 26: one
    assert (seen.phoenix.total, seen.phoenix.without_platelets) == (1, 0)
    assert "lactate" in " ".join(seen.phoenix.parts[1].missing)
    assert seen.limit_celsius == Decimal("38.0")


def test_signs_without_a_fever_ask_to_act(low: Bench) -> None:
    warm(low, "37.2", NewSign("unwell", word="yes"), NewSign("avpu", word="pain"))
    words = " ".join(page(low).act_now)
    assert "looks ill" in words and "AVPU" in words and "at any temperature" in words


@pytest.mark.parametrize(
    ("signs", "words"),
    [
        ((), "Nothing is typed"),
        ((NewSign("temperature", "38.6", "°C"),), "where the temperature was taken"),
        ((NewSign("systolic", "40"), NewSign("diastolic", "80")), "swapped"),
        ((NewSign("support", word="a lot"),), "choose none"),
        ((NewSign("heart-rate", "140", state="not done"),), "not both"),
    ],
)
def test_what_cannot_be_kept_is_refused(low: Bench, signs: tuple, words: str) -> None:
    with pytest.raises(Refused, match=words):
        record_signs(low.ward, low.infant, NewSigns(low.clock(), signs, "again"), who=NURSE)


def test_times_that_cannot_be_right(low: Bench) -> None:
    sign = NewSign("temperature", "38.6", "°C", "oral")
    ahead = low.clock() + timedelta(hours=1)
    with pytest.raises(Refused, match="future"):
        record_signs(low.ward, low.infant, NewSigns(ahead, (sign,)), who=NURSE)
    warm(low, "38.6")
    with pytest.raises(Refused, match="future"):
        record_act(low.ward, low.infant, "called", ahead, "Dr Test", who=NURSE)
    with pytest.raises(Refused, match="more than a day ago"):
        record_act(
            low.ward, low.infant, "called", low.clock() - timedelta(days=2), "Dr T", who=NURSE
        )


def test_a_typed_value_is_judged_beside_the_last_one(low: Bench) -> None:
    warm(low, "37.0", NewSign("heart-rate", "140"))
    judged = judge_typed(
        low.ward, low.infant, NewSign("heart-rate", "14"), low.clock() + timedelta(hours=1)
    )
    assert judged.level == "impossible" and "about a tenth of" in judged.words


def test_the_sites_own_definition(low: Bench) -> None:
    choose_definition(low.ward, "vitalite", who=DOCTOR)
    assert warm(low, "37.7").outcome == "nothing"
    assert "take it again" in " ".join(page(low).site.details)
    low.at(2026, 9, 20, 11, 0)
    assert warm(low, "37.6").outcome == "clock started"
    assert page(low).definition_key == "vitalite"
    for key in ("ctcae", "ours"):
        with pytest.raises(Refused, match="Choose one of"):
            choose_definition(low.ward, key, who=DOCTOR)


def test_a_late_clock_makes_the_row_late(low: Bench) -> None:
    warm(low, "38.6")
    low.at(2026, 9, 20, 10, 59)
    shown = board(low.ward)
    assert shown.clocks_running == 1 and not shown.rows[0].late
    low.at(2026, 9, 20, 11, 1)
    assert board(low.ward).rows[0].late
    record_act(low.ward, low.infant, "antibiotics", low.clock(), "meropenem", who=NURSE)
    assert not board(low.ward).rows[0].late


def test_a_dose_from_before_the_fever_does_not_stop_the_clock(low: Bench) -> None:
    """Typed 20:00 for a fever at 21:34: it was green, "after 0 s"."""
    low.at(2026, 9, 20, 21, 34)
    warm(low, "38.6")
    early = low.clock() - timedelta(minutes=94)
    low.at(2026, 9, 20, 21, 40)

    def given(at: datetime, **answers: object) -> int:
        told = DrugAnswers(**answers)
        return record_act(low.ward, low.infant, "antibiotics", at, "meropenem", told, who=NURSE)

    with pytest.raises(Refused, match="lies before the first fever"):
        given(early)
    with pytest.raises(Refused, match="does not lie before the first fever"):
        given(low.clock(), ran_before=True)
    given(early, ran_before=True)
    assert clock(low).given_at is None
    assert page(low).acts[-1].words == "meropenem; ran already before the fever"
    assert (
        "no antibiotic recorded" in fever_events(low.ward, facts_of(low.ward, low.infant))[0].words
    )
    given(low.clock().replace(minute=34, second=0))
    assert clock(low).given_at.minute == 34


def test_an_allergy_on_record_asks_for_a_reason_which_is_kept(bench: Bench) -> None:
    bench.site()
    bench.enrol(allergies="penicillin: rash")
    bench.at(2026, 9, 20, 10, 0)
    warm(bench, "38.6")
    act = ("antibiotics", bench.clock(), "piperacillin/tazobactam")
    with pytest.raises(Refused, match="Allergies: penicillin: rash"):
        record_act(bench.ward, bench.infant, *act, who=NURSE)
    assert clock(bench).given_at is None
    why = DrugAnswers(despite="rash at 2 months, tolerated since")
    record_act(bench.ward, bench.infant, *act, why, who=NURSE)
    assert clock(bench).given_at == bench.clock()
    assert page(bench).acts[-1].words == (
        "piperacillin/tazobactam; allergies (penicillin: rash): rash at 2 months, tolerated since"
    )
