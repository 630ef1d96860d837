"""Enrolling: each failure explained, one infant once, one protocol (hazards H12, H25, H26)."""

from datetime import date

import pytest
from msgspec.structs import replace

from bedside.store.queries import all_of
from bedside.store.records import Infant
from bedside.units.refusal import Refused
from bedside.ward.board import board
from bedside.ward.enrolling import enrol, entry_items, protocol_choices, record_kmt2a
from bedside.ward.facts import facts_of
from bedside.ward.forms import NewInfant
from bedside.ward.standing import standing_of
from tests.ward.wards import DOCTOR, Bench

FORM = NewInfant(
    family="MUSTER",
    given="Ida",
    sex="f",
    born=date(2026, 5, 14),
    gestation_days=None,
    hospital_number="T 009",
    bed="",
    allergies="",
    line="",
    protocol_key="aall15p1",
    study_number="",
    diagnosed_on=date(2026, 8, 31),
    diagnosis="B-ALL",
    kmt2a="unknown",
    consent="yes",
    induction_day_1=None,
)


def infants(bench: Bench) -> int:
    with bench.ward.store.reading() as connection:
        return len(all_of(connection, Infant))


def test_an_eligible_infant_is_enrolled_while_genetics_are_pending(bench: Bench) -> None:
    assert enrol(bench.ward, FORM, who=DOCTOR)
    assert board(bench.ward).rows[0].course_title == "not started"
    assert board(bench.ward).unknown == 1


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"family": " "}, "family name"),
        ({"given": ""}, "given name"),
        ({"given": "Ida\u202e"}, "given name"),
        ({"hospital_number": ""}, "hospital number"),
        ({"born": date(2026, 9, 2)}, "future"),
        ({"born": date(2020, 1, 1)}, "three years"),
        ({"diagnosed_on": date(2026, 9, 2)}, "Diagnosed"),
        ({"diagnosed_on": date(2026, 5, 13)}, "Diagnosed"),
        ({"induction_day_1": date(2026, 8, 30)}, "Induction day 1"),
        ({"gestation_days": 100}, "gestation"),
        ({"protocol_key": "other"}, "protocol"),
        ({"consent": "no"}, "onsent"),
        ({"born": date(2025, 8, 1)}, "year"),
    ],
)
def test_each_failure_is_explained_and_nothing_is_kept(
    bench: Bench, changes: dict, says: str
) -> None:
    """H12, H25, H26."""
    with pytest.raises(Refused, match=says):
        enrol(bench.ward, replace(FORM, **changes), who=DOCTOR)
    assert infants(bench) == 0


def test_every_failure_is_named_at_once(bench: Bench) -> None:
    with pytest.raises(Refused) as caught:
        enrol(bench.ward, replace(FORM, family="", hospital_number=""), who=DOCTOR)
    assert len(caught.value.reasons) >= 2


def test_interfant_06_is_closed_to_entry(bench: Bench) -> None:
    form = replace(FORM, protocol_key="interfant06")
    items = entry_items(bench.ward, form)
    assert any("2016" in item.because and item.result == "not met" for item in items)
    with pytest.raises(Refused, match="2016"):
        enrol(bench.ward, form, who=DOCTOR)
    assert {key for key, _, _ in protocol_choices(bench.ward)} == {
        "aall15p1",
        "interfant06",
        "interfant06-blinatumomab",
    }


def test_nobody_was_enrolled_before_the_birth(bench: Bench) -> None:
    """H26: a year before the birth is a slip in one of the two; without a year, or with a later one, it goes."""
    form = replace(FORM, protocol_key="interfant06")
    with pytest.raises(
        Refused, match=r"“Ward X, Sep 2016” names 2016, born on .* Look at both again"
    ):
        enrol(bench.ward, form, who=DOCTOR, registered_elsewhere="Ward X, Sep 2016")
    said = f"Ward X, Sep {form.born.year}, file 20161"
    assert enrol(bench.ward, form, who=DOCTOR, registered_elsewhere=said)


def test_the_same_number_twice_is_refused(bench: Bench) -> None:
    """H25: an infant is enrolled once; upper and lower case do not matter."""
    enrol(bench.ward, replace(FORM, hospital_number="Dem 9"), who=DOCTOR)
    with pytest.raises(Refused, match="MUSTER"):
        enrol(bench.ward, replace(FORM, hospital_number="DEM 9", given="Eva"), who=DOCTOR)
    assert infants(bench) == 1


def test_a_study_number_of_another_infant_is_refused(bench: Bench) -> None:
    """H25: a trial gives each number out once; none typed is nobody's."""
    enrol(bench.ward, replace(FORM, hospital_number="T 8", study_number="15P1-D027"), who=DOCTOR)
    with pytest.raises(Refused, match="15p1-d027 is MUSTER"):
        enrol(
            bench.ward,
            replace(FORM, hospital_number="T 9", study_number=" 15p1-d027 ", given="Eva"),
            who=DOCTOR,
        )
    enrol(bench.ward, replace(FORM, hospital_number="T 9", study_number=""), who=DOCTOR)
    enrol(bench.ward, replace(FORM, hospital_number="T 10", study_number=""), who=DOCTOR)
    assert infants(bench) == 3


def test_siblings_are_marked(bench: Bench) -> None:
    """H25: the same family name is said in both rows."""
    enrol(bench.ward, replace(FORM, bed="5"), who=DOCTOR)
    other = replace(FORM, given="Eva", hospital_number="T 010", bed="6", family="Muster")
    enrol(bench.ward, other, who=DOCTOR)
    said = {row.bed: row.same_family for row in board(bench.ward).rows}
    assert said == {"5": "same family name: bed 6", "6": "same family name: bed 5"}


def test_the_genetics_result_decides_what_follows(bench: Bench) -> None:
    infant = enrol(bench.ward, replace(FORM, induction_day_1=date(2026, 9, 1)), who=DOCTOR)
    record_kmt2a(bench.ward, infant, "germline", date(2026, 9, 1), who=DOCTOR)
    facts = facts_of(bench.ward, infant)
    assert facts.enrolment.kmt2a == "germline"
    assert standing_of(bench.ward, facts).next is None
    with pytest.raises(Refused, match="future"):
        record_kmt2a(bench.ward, infant, "rearranged", date(2026, 9, 2), who=DOCTOR)


def test_the_first_letter_takes_the_protocol_with_the_shorter_title(bench: Bench) -> None:
    """Open ones first; then "Interfant-06" before "Interfant-06 with blinatumomab"."""
    choices = protocol_choices(bench.ward)
    assert [key for key, _, _ in choices] == ["aall15p1", "interfant06", "interfant06-blinatumomab"]
    assert [bool(closed) for _, _, closed in choices] == [False, True, True]
