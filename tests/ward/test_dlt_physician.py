"""Who decides on a DLT: a physician, by her role where the ward has people, by what she types elsewhere."""

from datetime import date, timedelta

import pytest

from bedside.units.refusal import Refused
from bedside.ward.deciding_physician import (
    confirm_physician,
    deciding_physician,
    why_no_physician,
    why_ordered_by_another,
)
from bedside.ward.dlt_deciding import (
    decide,
    record_not_evaluable,
    take_back_decision,
    take_back_not_evaluable,
)
from bedside.ward.dlt_page import dlt_page
from bedside.ward.forms import NewToxicity
from bedside.ward.toxicities import record_toxicity
from tests.ward.peopled import BERG, OKONJO, SECRETS, enter, peopled
from tests.ward.wards import DOCTOR, NURSE, Bench


@pytest.fixture
def ward(bench: Bench) -> Bench:
    """EPI #1 opened on 07-Oct-2026; one toxicity waits for a decision."""
    bench.open_epi_1()
    bench.at(2026, 10, 20, 8, 0)
    toxicity = NewToxicity("Mucositis oral", 3, date(2026, 10, 18), "", "")
    record_toxicity(bench.ward, bench.infant, toxicity, who=NURSE)
    return bench


def say(ward: Bench, physician: str, who: str = DOCTOR, secret: str = "") -> int:
    (row,) = dlt_page(ward.ward, ward.infant).rows
    told = {"physician": physician, "reason": "two days", "facts": row.facts, "who": who}
    told["secret"] = secret
    return decide(ward.ward, ward.infant, row.toxicity_id, "counts", **told)


@pytest.mark.parametrize(
    "name",
    ["M. Night, RN", "M. Night, R.N.", "Nurse Night", "M. Night RN", "J. Pill, pharmacist",
     "C. File, trial coordinator"],
)  # fmt: skip
def test_a_name_that_says_another_role_is_not_taken(ward: Bench, name: str) -> None:
    with pytest.raises(Refused, match="a physician decides on a DLT"):
        say(ward, name)
    with pytest.raises(Refused, match="a physician decides on a DLT"):
        record_not_evaluable(ward.ward, ward.infant, physician=name, reason="r", who=DOCTOR)
    assert dlt_page(ward.ward, ward.infant).rows[0].decisions == ()


@pytest.mark.parametrize(
    "name", ["Dr Ines Halvorsen", "I. Halvorsen, physician", "P. Nurse, MD", "A. Bern, consultant"]
)
def test_other_names_are_taken_as_typed(ward: Bench, name: str) -> None:
    assert why_no_physician(ward.ward, name) == []
    say(ward, name)
    assert dlt_page(ward.ward, ward.infant).rows[0].decisions[0].physician == name


def test_with_people_the_physician_signed_in_decides_herself(ward: Bench) -> None:
    peopled(ward.ward)
    nurse = enter(ward.ward, BERG)
    assert deciding_physician(ward.ward) == ""
    with pytest.raises(Refused, match="to decide on a DLT is for physician"):
        say(ward, "Ada Okonjo, physician", nurse)
    doctor = enter(ward.ward, OKONJO)
    assert deciding_physician(ward.ward) == doctor
    with pytest.raises(Refused, match="nobody decides in the name of another"):
        say(ward, "Dr Ines Halvorsen", doctor)
    for secret in ("", "not the words of Ada"):
        with pytest.raises(Refused, match="passphrase"):
            say(ward, doctor, doctor, secret)
        assert dlt_page(ward.ward, ward.infant).rows[0].decisions == ()
    ward.clock.now += timedelta(minutes=1)
    say(ward, doctor, doctor, SECRETS[OKONJO])
    assert dlt_page(ward.ward, ward.infant).rows[0].decisions[0].physician == doctor


def test_without_people_a_nurse_takes_no_decision_back(ward: Bench) -> None:
    say(ward, "I. Halvorsen, physician")
    (line,) = dlt_page(ward.ward, ward.infant).rows[0].decisions
    with pytest.raises(Refused, match="taken back by a physician"):
        take_back_decision(ward.ward, line.decision_id, "wrong row", who=NURSE)
    assert dlt_page(ward.ward, ward.infant).rows[0].decisions[0].struck_out == ""
    take_back_decision(ward.ward, line.decision_id, "wrong row", who=DOCTOR)
    assert dlt_page(ward.ward, ward.infant).rows[0].decisions[0].struck_out == "wrong row"
    told = {"physician": "I. Halvorsen, physician", "reason": "moved away", "who": DOCTOR}
    record_not_evaluable(ward.ward, ward.infant, **told)
    with pytest.raises(Refused, match="taken back by a physician"):
        take_back_not_evaluable(ward.ward, ward.infant, "stayed", who=NURSE)
    take_back_not_evaluable(ward.ward, ward.infant, "stayed", who=DOCTOR)


def test_with_people_not_evaluable_and_taking_back_ask_for_the_secret_too(ward: Bench) -> None:
    peopled(ward.ward)
    doctor = enter(ward.ward, OKONJO)
    told = {"physician": doctor, "reason": "counts of another hospital", "who": doctor}
    with pytest.raises(Refused, match="passphrase"):
        record_not_evaluable(ward.ward, ward.infant, **told)
    record_not_evaluable(ward.ward, ward.infant, **told, secret=SECRETS[OKONJO])
    with pytest.raises(Refused, match="passphrase"):
        take_back_not_evaluable(ward.ward, ward.infant, "they came", who=doctor)
    ward.clock.now += timedelta(minutes=1)
    take_back_not_evaluable(ward.ward, ward.infant, "they came", who=doctor, secret=SECRETS[OKONJO])
    say(ward, doctor, doctor, SECRETS[OKONJO])
    (line,) = dlt_page(ward.ward, ward.infant).rows[0].decisions
    for secret in ("", "not the words of Ada"):
        with pytest.raises(Refused, match="passphrase"):
            take_back_decision(ward.ward, line.decision_id, "wrong", who=doctor, secret=secret)
    assert dlt_page(ward.ward, ward.infant).state == "DLT"
    ward.ward.signed_in = None
    with pytest.raises(Refused, match="Nobody is signed in"):
        confirm_physician(ward.ward, SECRETS[OKONJO])


def test_with_people_nobody_orders_a_dose_in_the_name_of_another(ward: Bench) -> None:
    assert why_ordered_by_another(ward.ward, "Dr Anybody") == []
    peopled(ward.ward)
    doctor = enter(ward.ward, OKONJO)
    assert why_ordered_by_another(ward.ward, doctor) == []
    (why,) = why_ordered_by_another(ward.ward, "Dr Anybody")
    assert "Dr Anybody signs in to order" in why
