"""The site's own definition by two people, the expected fall, signs without a value: on a real store."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from bedside.store.fever_records import FallExpected, FeverRule, VitalSign
from bedside.store.queries import all_of, of_infant
from bedside.units.refusal import Refused
from bedside.ward.facts import facts_of
from bedside.ward.fever_acts import record_act
from bedside.ward.fever_clock import fever_clock
from bedside.ward.fever_definition import choose_definition
from bedside.ward.fever_expected import answer_fall
from bedside.ward.fever_page import fever_page
from bedside.ward.fever_rule import enter_rule, own_rule, withdraw_own_rule, write_rule_file
from bedside.ward.fever_rule_reading import NewFeverRule, NewLimits
from bedside.ward.fever_signs import NewSign, NewSigns, record_signs
from bedside.ward.timeline import timeline
from tests.ward.wards import NURSE, Bench

NONE = NewLimits()
DOCTOR = "I. Halvorsen"
TYPED = NewFeverRule(
    title="Test Hospital fever",
    source="Test Hospital guideline 12",
    edition="4",
    dated=date(2026, 3, 1),
    limits=(NewLimits("38.0", "37.5", "30"), NewLimits("38.3"), NONE, NONE),
    edge="at least",
    neutrophils="500",
    expected="48",
    low="36.0",
    signs="yes",
    minutes="30",
)


@pytest.fixture
def low(bench: Bench) -> Bench:
    """1200 neutrophils of this morning; it is 10:00 on 20-Sep-2026."""
    bench.site()
    bench.enrol()
    bench.at(2026, 9, 20, 6, 0)
    bench.count(1200, 26_000)
    bench.at(2026, 9, 20, 10, 0)
    return bench


def page(bench: Bench):
    return fever_page(bench.ward, bench.infant)


def warm(bench: Bench, text: str, *more: NewSign):
    signs = (NewSign("temperature", text, "°C", "axillary"), *more)
    return record_signs(bench.ward, bench.infant, NewSigns(bench.clock(), signs), who=NURSE)


def clock(bench: Bench):
    return fever_clock(bench.ward, facts_of(bench.ward, bench.infant))


def rules(bench: Bench, *, include_void: bool = False) -> list[FeverRule]:
    with bench.ward.store.reading() as connection:
        return all_of(connection, FeverRule, include_void=include_void)


def in_force(bench: Bench) -> None:
    assert enter_rule(bench.ward, TYPED, who=NURSE) is False
    assert enter_rule(bench.ward, TYPED, who=DOCTOR) is True


def test_one_person_alone_puts_nothing_in_force(low: Bench) -> None:
    assert enter_rule(low.ward, TYPED, who=NURSE) is False
    changed = replace(TYPED, minutes="45")
    assert enter_rule(low.ward, changed, who=NURSE) is False
    assert len(rules(low)) == 1 and len(rules(low, include_void=True)) == 2
    shown = own_rule(low.ward)
    assert not shown.in_force and not shown.lines
    assert "waits for a second person" in shown.waiting and "45" not in shown.waiting
    assert page(low).definition_key == "cclg"
    assert page(low).holds.startswith("Shipped, the default")


def test_two_people_who_say_the_same_put_it_in_force(low: Bench) -> None:
    in_force(low)
    (rule,) = rules(low)
    assert {rule.first_person, rule.second_person} == {NURSE, DOCTOR}
    view = page(low)
    assert view.definition_key == "site"
    assert view.holds == "This site's own: Test Hospital guideline 12, edition 4, of 01-Mar-2026"
    assert "Test Hospital fever" in view.site.words and view.ctcae.title == "CTCAE"
    assert (
        own_rule(low.ward).in_force
        and "First antibiotic: within 30 min" in own_rule(low.ward).lines
    )
    low.at(2026, 9, 20, 10, 1)
    low.count(100, 20_000)
    assert warm(low, "38.0").outcome == "clock started"
    assert clock(low).minutes == 30


def test_a_difference_is_named_and_nothing_is_in_force(low: Bench) -> None:
    enter_rule(low.ward, TYPED, who=NURSE)
    other = replace(TYPED, neutrophils="1000")
    with pytest.raises(Refused, match="typed below 500 per µL") as refused:
        enter_rule(low.ward, other, who=DOCTOR)
    assert "Nothing is in force" in str(refused.value)
    assert not own_rule(low.ward).in_force
    assert enter_rule(low.ward, TYPED, who=DOCTOR) is True


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": " "}, "name of the definition is missing"),
        ({"dated": None}, "date of the document"),
        ({"dated": date(2026, 9, 21)}, "a day to come"),
        ({"edge": ""}, "very limit"),
        ({"signs": ""}, "signs of sepsis alone"),
        ({"limits": (NONE, NONE, NONE, NONE)}, "one site of measurement"),
        ({"limits": (NewLimits("38", "37.5"), NONE, NONE, NONE)}, "its minutes"),
        ({"limits": (NewLimits("3.8"), NONE, NONE, NONE)}, "37 to 40"),
        ({"limits": (NewLimits("38,0"), NONE, NONE, NONE)}, "Arm"),
        ({"neutrophils": "0.5"}, "Neutrophils"),
        ({"low": "x"}, "Low temperature"),
    ],
)
def test_what_cannot_be_is_refused(low: Bench, changes: dict[str, object], words: str) -> None:
    with pytest.raises(Refused, match=words):
        enter_rule(low.ward, replace(TYPED, **changes), who=NURSE)
    assert rules(low) == []


def test_taken_out_of_force_the_shipped_one_holds_again(low: Bench) -> None:
    in_force(low)
    choose_definition(low.ward, "vitalite", who=DOCTOR)
    assert "this site's own stands unused" in page(low).holds
    assert f"chosen by {DOCTOR}" in page(low).holds
    choose_definition(low.ward, "site", who=DOCTOR)
    with pytest.raises(Refused, match="Say why"):
        withdraw_own_rule(low.ward, " ", who=DOCTOR)
    withdraw_own_rule(low.ward, "a new edition is being written", who=DOCTOR)
    assert page(low).definition_key == "cclg" and rules(low) == []
    with pytest.raises(Refused, match="No definition"):
        withdraw_own_rule(low.ward, "again", who=DOCTOR)


def test_the_file_is_what_the_command_line_reads(low: Bench, tmp_path) -> None:
    from bedside.commands.fever import read_rules

    with pytest.raises(Refused, match="No definition"):
        write_rule_file(low.ward, tmp_path / "fever.toml")
    in_force(low)
    write_rule_file(low.ward, tmp_path / "fever.toml")
    book = read_rules(str(tmp_path / "fever.toml"))
    assert book.find("").title == "Test Hospital fever"
    assert book.antibiotics.within_minutes == 30
    with pytest.raises(Refused, match="cannot be written"):
        write_rule_file(low.ward, tmp_path / "no" / "fever.toml")


# ---- is a fall expected?


def test_a_definition_that_does_not_ask_takes_no_answer(low: Bench) -> None:
    assert page(low).fall is None
    with pytest.raises(Refused, match="does not ask"):
        answer_fall(low.ward, low.infant, "yes", who=DOCTOR)


def test_not_known_never_passes_as_no_and_no_holds_the_clock(low: Bench) -> None:
    choose_definition(low.ward, "vitalite", who=DOCTOR)
    assert page(low).fall.question == "Neutrophils expected below 500 within 72 h?"
    assert page(low).fall.answer == ""
    answer_fall(low.ward, low.infant, "no", who=DOCTOR)
    assert page(low).fall.answer == "no"
    assert warm(low, "38.6").outcome == "nothing"
    assert page(low).site.mark == "none"
    assert f"is not expected ({DOCTOR}, 20-Sep-2026 10:00)" in " ".join(page(low).site.details)
    low.at(2026, 9, 20, 10, 5)
    assert answer_fall(low.ward, low.infant, "not known", who=NURSE).outcome == "clock started"
    assert page(low).site.mark == "unknown"
    assert "is expected is not known" in " ".join(page(low).site.details)


def test_yes_meets_the_definition_and_who_and_when_are_kept(low: Bench) -> None:
    choose_definition(low.ward, "vitalite", who=DOCTOR)
    answer_fall(low.ward, low.infant, "no", who=DOCTOR)
    warm(low, "38.6")
    low.at(2026, 9, 20, 10, 5)
    done = answer_fall(low.ward, low.infant, "yes", who=DOCTOR)
    assert done.outcome == "clock started" and page(low).site.mark == "stop"
    with low.ward.store.reading() as connection:
        every = of_infant(connection, FallExpected, low.infant, include_void=True)
    assert [(row.answer, row.recorded_by, row.within_hours) for row in every] == [
        ("no", DOCTOR, 72),
        ("yes", DOCTOR, 72),
    ]
    assert every[0].voided_at is not None and every[1].recorded_at == low.clock()


def test_an_answer_ends_with_a_newer_count_with_its_hours_and_with_another_question(
    low: Bench,
) -> None:
    choose_definition(low.ward, "vitalite", who=DOCTOR)
    answer_fall(low.ward, low.infant, "no", who=DOCTOR)
    choose_definition(low.ward, "michigan", who=DOCTOR)
    assert page(low).fall.answer == "" and "another definition" in page(low).fall.words
    choose_definition(low.ward, "vitalite", who=DOCTOR)
    assert page(low).fall.answer == "no"
    low.at(2026, 9, 20, 12, 0)
    low.count(900, 20_000)
    low.at(2026, 9, 20, 12, 1)
    assert page(low).fall.answer == "" and "a newer count" in page(low).fall.words
    assert warm(low, "38.6").outcome == "clock started"
    answer_fall(low.ward, low.infant, "no", who=DOCTOR)
    low.clock.now += timedelta(hours=73)
    assert page(low).fall.answer == "" and "has passed" in page(low).fall.words


def test_another_answer_is_refused(low: Bench) -> None:
    with pytest.raises(Refused, match="yes, no or not known"):
        answer_fall(low.ward, low.infant, "perhaps", who=DOCTOR)


# ---- signs without a value


def test_a_sign_without_a_value_is_kept_and_shown_with_its_reason(low: Bench) -> None:
    moved = NewSign("spo2", state="unusable", reason="movement")
    asleep = NewSign("avpu", state="not done", reason="asleep")
    warm(low, "37.0", moved, asleep)
    with low.ward.store.reading() as connection:
        kept = {row.kind: row for row in of_infant(connection, VitalSign, low.infant)}
    assert (kept["spo2"].state, kept["spo2"].typed) == ("unusable", "movement")
    assert kept["spo2"].value_hundredths is None
    cells = page(low).sets[0].cells
    assert cells["spo2"].text == "unusable: movement" and cells["spo2"].mark == "unknown"
    assert cells["avpu"].text == "not done: asleep"
    assert page(low).unusual == ()
    missing = "; ".join(name for part in page(low).phoenix.parts for name in part.missing)
    assert "SpO2 or PaO2 with FiO2 (unusable: movement)" in missing


def test_a_temperature_without_a_value_settles_nothing(low: Bench) -> None:
    sign = NewSign("temperature", state="unusable", reason="probe fell out")
    record_signs(low.ward, low.infant, NewSigns(low.clock(), (sign,)), who=NURSE)
    assert "has no value (unusable: probe fell out): take it again" in page(low).notes[0]
    assert page(low).trend == () and "no temperature of the last" in page(low).site.details[0]


def test_an_unusable_value_hides_no_sign_of_illness_before_it(low: Bench) -> None:
    warm(low, "37.0", NewSign("heart-rate", "200"))
    low.at(2026, 9, 20, 10, 5)
    again = NewSign("heart-rate", state="unusable", reason="movement")
    warm(low, "37.0", again)
    assert any("heart rate" in words for words in page(low).unusual)


@pytest.mark.parametrize(
    ("sign", "words"),
    [
        (NewSign("spo2", state="unusable"), "Say why there is no value for SpO2"),
        (NewSign("spo2", "96", state="not done", reason="asleep"), "not both"),
        (NewSign("spo2", "96", reason="asleep"), "not both"),
        (NewSign("spo2", state="unusable", reason="x" * 81), "at most 80"),
    ],
)
def test_refused_without_a_reason_or_with_both(low: Bench, sign: NewSign, words: str) -> None:
    with pytest.raises(Refused, match=words):
        record_signs(low.ward, low.infant, NewSigns(low.clock(), (sign,)), who=NURSE)


# ---- on the timeline


def test_a_fever_lies_on_the_timeline_from_its_first_fever_to_its_end(low: Bench) -> None:
    low.at(2026, 9, 20, 10, 1)
    low.count(100, 20_000)
    warm(low, "38.6")
    (event,) = [one for one in timeline(low.ward, low.infant).events if one.kind == "fever"]
    assert event.open and event.given is None
    assert event.words == (
        "Fever from 20-Sep-2026 10:01: 38.6 °C under the arm; no antibiotic recorded; not closed"
    )
    low.at(2026, 9, 20, 11, 11)
    record_act(low.ward, low.infant, "antibiotics", low.clock(), "meropenem", who=NURSE)
    low.at(2026, 9, 22, 9, 0)
    record_act(low.ward, low.infant, "closed", low.clock(), "cultures negative", who=DOCTOR)
    low.at(2026, 9, 25, 9, 0)
    (event,) = [one for one in timeline(low.ward, low.infant).events if one.kind == "fever"]
    assert (event.start, event.end, event.open) == (date(2026, 9, 20), date(2026, 9, 22), False)
    assert event.given is not None and event.given.hour == 11
    assert "first antibiotic 11:11, after 70 min, late; closed 22-Sep-2026 09:00" in event.words
