"""Azacitidine of paper hours: planned, given and recorded apart; two names; never a blind check.

By hand: 2.5 mg per kg × 6.2 kg = 15.5 mg; a vial is in within 45 minutes, an infusion takes 10 to 40.
"""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from bedside.store.check_records import DoseGiving
from bedside.store.queries import of_infant
from bedside.units.quantities import DrugAmount
from bedside.units.refusal import Refused
from bedside.ward.check_standing import check_state
from bedside.ward.dosing import doses_page
from bedside.ward.facts import facts_of
from bedside.ward.giving import start_vial
from bedside.ward.giving_paper import PaperInfusion, paper_days, record_paper_infusion
from bedside.ward.views.given import PaperCheck
from bedside.ward.weighing import void_size
from tests.ward.ordering import AZACITIDINE, PAPER, band, by, order, ready
from tests.ward.wards import BERLIN, NURSE, Bench

DOSE = DrugAmount(Decimal("15.5"))


def at(hour: int, minute: int, day: int = 7) -> datetime:
    return datetime(2026, 10, day, hour, minute, tzinfo=BERLIN)


INFUSION = PaperInfusion(at(9, 0), at(9, 10), at(9, 30), DOSE)


@pytest.fixture
def epi(bench: Bench) -> Bench:
    """EPI #1 opened at 08:00 of its day 1; it is 14:00 and power is back."""
    bench.open_epi_1()
    bench.at(2026, 10, 7, 14, 0)
    return bench


def record(bench: Bench, given: PaperInfusion = INFUSION, day: int = 1, paper=PAPER, **more) -> int:
    who = by(bench.ward, bench.infant, paper=paper, **more)
    return record_paper_infusion(bench.ward, bench.infant, ("epi-1", day), given, who, who=NURSE)


def giving(bench: Bench) -> DoseGiving:
    with bench.ward.store.reading() as connection:
        (row,) = of_infant(connection, DoseGiving, bench.infant)
    return row


def test_planned_given_and_recorded_times_are_kept_apart(epi: Bench) -> None:
    record(epi)
    (dose,) = facts_of(epi.ward, epi.infant).doses
    assert (dose.state, dose.amount_ug, dose.infusion_minutes) == ("given", 15_500, 20)
    assert [epi.ward.local(one).strftime("%H:%M") for one in (
        dose.reconstituted_at, dose.started_at, dose.finished_at)] == ["09:00", "09:10", "09:30"]  # fmt: skip
    kept = giving(epi)
    assert kept.planned_on == at(0, 0).date()
    assert (epi.ward.local(kept.given_at), epi.ward.local(kept.recorded_at)) == (
        at(9, 10),
        at(14, 0),
    )
    assert (kept.paper_first, kept.paper_second) == (PAPER.first, PAPER.second)
    assert kept.paper_reason == PAPER.reason
    day = doses_page(epi.ward, epi.infant).days[0]
    assert day.state == "given" and "from paper" in day.words and "09:30" in day.words


def test_it_is_never_a_blind_check(epi: Bench) -> None:
    order(epi.ward, epi.infant)
    record(epi)
    kept = giving(epi)
    assert kept.check_id is None and kept.order_id is None
    assert check_state(epi.ward, epi.infant, *AZACITIDINE).stage == "not checked"


def test_an_earlier_day_is_recorded_too_and_none_ahead(epi: Bench) -> None:
    assert [one.day for one in paper_days(epi.ward, epi.infant)] == [1]
    epi.at(2026, 10, 8, 9, 0)
    assert [one.day for one in paper_days(epi.ward, epi.infant)] == [2, 1]
    assert paper_days(epi.ward, epi.infant)[0].worked == DOSE
    record(epi)
    assert [one.day for one in paper_days(epi.ward, epi.infant)] == [2]
    with pytest.raises(Refused, match="recorded already"):
        record(epi)
    with pytest.raises(Refused, match="not planned"):
        record(epi, day=9)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"finished_at": at(14, 2)}, "lies in the future"),
        ({"started_at": at(8, 59)}, "follow one another"),
        ({"finished_at": at(9, 10)}, "follow one another"),
        ({"amount": DrugAmount(Decimal(155))}, "at most 100, one vial"),
        ({"amount": DrugAmount(Decimal(0))}, "more than 0"),
        ({"amount": DrugAmount(Decimal("15.5"), "micrograms")}, "in mg"),
        ({"amount": DrugAmount(Decimal(15))}, "say why it was given otherwise"),
        (
            {
                "reconstituted_at": at(9, 0, 6),
                "started_at": at(9, 10, 6),
                "finished_at": at(9, 30, 6),
            },
            "check day and date",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused(epi: Bench, changed, says: str) -> None:
    with pytest.raises(Refused, match=says):
        record(epi, replace(INFUSION, **changed))
    assert facts_of(epi.ward, epi.infant).doses == ()


@pytest.mark.parametrize(
    ("changed", "note"),
    [
        ({"finished_at": at(9, 15)}, "from paper; took 5 min, allowed 10 to 40"),
        (
            {"started_at": at(9, 20), "finished_at": at(9, 50)},
            "from paper; ended 09:50, after the limit of 09:45",
        ),
        (
            {"amount": DrugAmount(Decimal(15)), "reason": "0.5 mg was lost"},
            "from paper; 0.5 mg was lost",
        ),
    ],
)
def test_what_was_not_as_the_protocol_asks_stays_readable(epi: Bench, changed, note: str) -> None:
    record(epi, replace(INFUSION, **changed))
    (dose,) = facts_of(epi.ward, epi.infant).doses
    assert dose.note == note


def test_a_far_amount_is_read_by_a_second_person(epi: Bench) -> None:
    """H1: the same comparison as every other given dose: twice or half needs a second reader, too."""
    far = replace(INFUSION, amount=DrugAmount(Decimal("7.75")), reason="the line came out")
    with pytest.raises(Refused, match="half as much or less"):
        record(epi, far)
    record(epi, replace(far, second_person="F. Okafor, pharmacist"))
    (dose,) = facts_of(epi.ward, epi.infant).doses
    assert dose.amount_ug == 7_750
    assert dose.note == (
        "from paper; the line came out; read by a second person, F. Okafor, pharmacist"
    )


def test_with_nothing_to_compare_it_is_typed_twice(epi: Bench) -> None:
    weight = facts_of(epi.ward, epi.infant).measurements[-1]
    void_size(epi.ward, weight.id, "another infant's", who=NURSE)
    assert paper_days(epi.ward, epi.infant)[0].compared == ""
    with pytest.raises(Refused, match="Type it a second time"):
        record(epi)
    with pytest.raises(Refused, match="not the same"):
        record(epi, replace(INFUSION, again=DrugAmount(Decimal(15))))
    record(epi, replace(INFUSION, again=DOSE))
    assert facts_of(epi.ward, epi.infant).doses[0].amount_ug == 15_500


def test_two_names_a_reason_and_the_band_are_needed(epi: Bench) -> None:
    for paper, says in (
        (None, "names of the two people"),
        (PaperCheck("E. Sorensen, RN", "e. sørensen, nurse", "no power"), "two different people"),
        (PaperCheck("E. Sorensen, RN", "T. Marchetti, RN", " "), "why was it not checked here"),
    ):
        with pytest.raises(Refused, match=says):
            record(epi, paper=paper)
    other = replace(band(epi.ward, epi.infant), hospital_number="T 002")
    with pytest.raises(Refused, match=r"band|right infant"):
        record(epi, identifiers=other)
    assert facts_of(epi.ward, epi.infant).doses == ()


def test_a_vial_that_runs_here_comes_first(epi: Bench) -> None:
    ready(epi.ward, epi.infant)
    start_vial(epi.ward, epi.infant, "epi-1", 1, epi.clock(), 30, who=NURSE)
    assert paper_days(epi.ward, epi.infant) == ()
    epi.clock.now += timedelta(hours=1)
    with pytest.raises(Refused, match="A vial of this day runs here"):
        record(epi)
