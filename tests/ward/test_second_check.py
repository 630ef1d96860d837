"""The blind second check: two people, each alone; what is kept, what ends it, and what waits for it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from bedside.store.check_records import DoseGiving, FirstCount, SecondCheck
from bedside.store.queries import all_of, of_infant
from bedside.store.signature_records import Signature
from bedside.units.quantities import BodyWeight, DrugAmount
from bedside.units.refusal import Refused
from bedside.ward.check_sheet import compared_weight
from bedside.ward.check_standing import check_state
from bedside.ward.facts import facts_of
from bedside.ward.giving import break_off, start_infusion, start_vial
from bedside.ward.giving_gate import check_paper, why_not_give
from bedside.ward.second_check import check_sheet, record_first, record_second
from bedside.ward.signatures import confirmed_signer
from bedside.ward.two_identifiers import TwoIdentifiers
from bedside.ward.views.given import PaperCheck
from bedside.ward.views.second_check import Counted
from bedside.ward.weighing import void_size
from tests.ward.ordering import (
    AZACITIDINE,
    FIRST,
    PAPER,
    SECOND,
    by,
    check,
    counted,
    decide,
    figures,
    measurable,
    order,
    ready,
    signer,
)
from tests.ward.peopled import BERG, KELLER, OKONJO, SECRETS, enter, peopled
from tests.ward.wards import NURSE, Bench

RIGHT = counted("6.2", "15.5", "1.55")


@pytest.fixture
def epi(bench: Bench) -> Bench:
    """Day 1 of EPI #1: 2.5 mg per kg of 6.2 kg, prescribed, verified and released."""
    bench.open_epi_1()
    bench.at(2026, 10, 7, 10, 0)
    measurable(bench.ward)
    order(bench.ward, bench.infant)
    return bench


def stage(bench: Bench) -> str:
    return check_state(bench.ward, bench.infant, *AZACITIDINE).stage


def first(bench: Bench, what: Counted = RIGHT, who: str = FIRST) -> int:
    return record_first(
        bench.ward, bench.infant, AZACITIDINE, what, signer(bench.ward, who), who=who
    )


def vial(bench: Bench) -> int:
    return start_vial(bench.ward, bench.infant, "epi-1", 1, bench.clock(), 30, who=NURSE)


def test_the_orders_own_figures(epi: Bench) -> None:
    """By hand: 2.5 mg per kg × 6.2 kg = 15.5 mg; 15.5 ÷ 10 = 1.55 mL, 31 marks of 0.05 mL."""
    assert figures(epi.ward, epi.infant) == RIGHT


def test_two_who_count_rightly_match_and_both_counts_are_signed(epi: Bench) -> None:
    assert stage(epi) == "not checked"
    first(epi)
    assert stage(epi) == "first counted"
    epi.clock.now += timedelta(minutes=10)
    found = record_second(
        epi.ward, epi.infant, AZACITIDINE, RIGHT, signer(epi.ward, SECOND), who=SECOND
    )
    assert found.matched and (found.first.name, found.second.name) == (
        "E. Sorensen",
        "T. Marchetti",
    )
    assert found.second.at - found.first.at == timedelta(minutes=10)
    state = check_state(epi.ward, epi.infant, *AZACITIDINE)
    assert (state.stage, state.blocks_giving) == ("matched", ())
    with epi.ward.store.reading() as connection:
        signed = [row for row in all_of(connection, Signature) if row.meaning == "checked"]
    assert [(row.table_name, row.name) for row in signed] == [
        ("first_count", "E. Sorensen"),
        ("second_check", "T. Marchetti"),
    ]
    with pytest.raises(Refused, match="nothing more is counted"):
        first(epi)


def test_no_state_and_no_sheet_tells_a_figure(epi: Bench) -> None:
    first(epi, counted("6.4", "16.1", "1.65"))
    sheet = check_sheet(epi.ward, epi.infant, AZACITIDINE)
    told = f"{sheet} {check_state(epi.ward, epi.infant, *AZACITIDINE)}"
    for figure in ("6.4", "16.1", "1.65", "6.2", "15.5", "1.55", "6200", "6400"):
        assert figure not in told.replace("confirmed 6.2", "")
    assert sheet.first is not None and sheet.first.name == "E. Sorensen"


def test_both_tries_are_kept_for_ever(epi: Bench) -> None:
    check(epi.ward, epi.infant, second=counted("6.2", "15.5", "1.6"))
    assert stage(epi) == "differs"
    again = check(epi.ward, epi.infant, second=counted("6.2", "51.5", "1.55"))
    assert (again.matched, again.try_number) == (False, 2)
    assert check(epi.ward, epi.infant).try_number == 3
    with epi.ward.store.reading() as connection:
        firsts = of_infant(connection, FirstCount, epi.infant)
        seconds = of_infant(connection, SecondCheck, epi.infant)
    assert [row.try_number for row in firsts] == [1, 2, 3]
    assert [(row.dose, row.volume_ul, row.outcome) for row in seconds] == [
        (Decimal("15.5"), 1600, "differs"),
        (Decimal("51.5"), 1550, "differs"),
        (Decimal("15.5"), 1550, "matched"),
    ]


def test_two_who_agree_on_a_wrong_weight_have_not_matched(epi: Bench) -> None:
    """H42: 6.3 kg × 2.5 = 15.75, to 0.1 mg 15.8: both the same, and neither as ordered."""
    wrong = counted("6.3", "15.8", "1.6")
    found = check(epi.ward, epi.infant, first=wrong, second=wrong)
    assert found.headline == "Not matched: weight, dose and volume are not as ordered"
    assert (found.matched, stage(epi)) == (False, "differs")
    assert why_not_give(epi.ward, epi.infant, AZACITIDINE)


def test_the_same_person_is_never_both(epi: Bench) -> None:
    first(epi)
    for name in (FIRST, "e sorensen, nurse", "E. SORENSEN, pharmacist"):
        with pytest.raises(Refused, match="same person cannot be the second"):
            record_second(
                epi.ward, epi.infant, AZACITIDINE, RIGHT, signer(epi.ward, name), who=FIRST
            )
    with pytest.raises(Refused, match="has counted first"):
        first(epi, who=SECOND)
    assert stage(epi) == "first counted"


def test_a_first_count_of_yesterday_waits_for_nobody(epi: Bench) -> None:
    first(epi)
    epi.at(2026, 10, 8, 0, 10)
    with pytest.raises(Refused):
        record_second(
            epi.ward, epi.infant, AZACITIDINE, RIGHT, signer(epi.ward, SECOND), who=SECOND
        )


def test_a_check_holds_for_its_day(epi: Bench) -> None:
    check(epi.ward, epi.infant)
    epi.at(2026, 10, 8, 0, 1)
    state = check_state(epi.ward, epi.infant, *AZACITIDINE)
    assert state.stage == "not checked" and "07-Oct-2026, for that day only" in state.words


def test_a_corrected_weight_voids_the_check_visibly(epi: Bench) -> None:
    check(epi.ward, epi.infant)
    with epi.ward.store.reading() as connection:
        weight = of_infant(connection, SecondCheck, epi.infant)[0]
    used = next(iter(_weights(epi)))
    void_size(epi.ward, used, "read off the wrong scale", who=NURSE)
    state = check_state(epi.ward, epi.infant, *AZACITIDINE)
    assert state.stage == "void" and "void with its order" in state.words
    assert any("order" in reason for reason in why_not_give(epi.ward, epi.infant, AZACITIDINE))
    with pytest.raises(Refused, match=r"order|weigh"):
        vial(epi)
    assert weight.outcome == "matched"


def _weights(bench: Bench) -> list[int]:

    return [row.id for row in facts_of(bench.ward, bench.infant).measurements]


def test_without_concentration_or_step_nobody_can_check(epi: Bench) -> None:
    """Taken back since it was signed: the order is void, and says what is not entered now."""
    values = epi.ward.values
    for without in ("concentration_mg_per_ml", "syringe_step_ml"):
        epi.ward.values = replace(values, **{without: {}})
        with pytest.raises(Refused, match=r"is void: .* is not entered now"):
            check_sheet(epi.ward, epi.infant, AZACITIDINE)
        with pytest.raises(Refused, match="is not entered now"):
            first(epi)


def test_nothing_is_counted_before_the_order_is_released(bench: Bench) -> None:
    bench.open_epi_1()
    measurable(bench.ward)
    with pytest.raises(Refused, match="not prescribed"):
        check_sheet(bench.ward, bench.infant, AZACITIDINE)


def test_the_weight_of_another_day_stays_as_the_comparison(bench: Bench) -> None:
    bench.site()
    bench.enrol()
    bench.at(2026, 10, 6, 8, 0)
    bench.weigh(6150)
    bench.at(2026, 10, 7, 8, 0)
    bench.weigh(6200)
    bench.count(640, 86_000)
    from datetime import date

    from bedside.ward.courses import open_course
    from bedside.ward.toxicities import answer_resolved
    from tests.ward.wards import DOCTOR

    answer_resolved(bench.ward, bench.infant, "yes", who=DOCTOR)
    open_course(bench.ward, bench.infant, "epi-1", date(2026, 10, 7), who=DOCTOR)
    measurable(bench.ward)
    order(bench.ward, bench.infant)
    earlier = check_sheet(bench.ward, bench.infant, AZACITIDINE).earlier
    assert earlier is not None and earlier[0] == BodyWeight(6150)
    said = compared_weight(bench.ward, bench.infant, earlier, BodyWeight(6200))
    assert said == ("06-Oct-2026: 6.15 kg, now up 0.05 kg", "usual")
    words, level = compared_weight(bench.ward, bench.infant, earlier, BodyWeight(62_000))
    assert level == "impossible" and "ten times" in words


# ---- giving -----------------------------------------------------------------------------------------
def test_a_vial_is_not_made_before_order_and_check(bench: Bench) -> None:
    bench.open_epi_1()
    bench.at(2026, 10, 7, 10, 0)
    measurable(bench.ward)
    with pytest.raises(Refused, match="not prescribed"):
        vial(bench)
    order(bench.ward, bench.infant)
    with pytest.raises(Refused, match="blind second check"):
        vial(bench)
    check(bench.ward, bench.infant, second=counted("6.2", "15.5", "1.6"))
    with pytest.raises(Refused, match="differs"):
        vial(bench)
    check(bench.ward, bench.infant)
    vial(bench)


def test_a_start_is_signed_and_keeps_planned_given_and_recorded(epi: Bench) -> None:
    check(epi.ward, epi.infant)
    dose = vial(epi)
    given_at = epi.clock() + timedelta(minutes=5)
    epi.clock.now += timedelta(minutes=7)
    start_infusion(epi.ward, dose, given_at, by(epi.ward, epi.infant), who=NURSE)
    with epi.ward.store.reading() as connection:
        (row,) = of_infant(connection, DoseGiving, epi.infant)
        signed = [one for one in all_of(connection, Signature) if one.meaning == "given"]
    assert row.planned_on.isoformat() == "2026-10-07"
    assert row.given_at == given_at and row.recorded_at == epi.clock()
    assert row.check_id is not None and row.paper_first == ""
    assert [(one.table_name, one.row_id, one.name) for one in signed] == [
        ("dose_giving", row.id, "E. Sorensen")
    ]


def test_the_wrong_band_starts_nothing(epi: Bench) -> None:
    """H25: two identifiers, both this infant's."""
    check(epi.ward, epi.infant)
    dose = vial(epi)
    right = by(epi.ward, epi.infant)
    for wrong in (
        TwoIdentifiers("T 002", right.identifiers.born),
        TwoIdentifiers("T 001", None),
    ):
        with pytest.raises(Refused, match="band"):
            start_infusion(
                epi.ward, dose, epi.clock(), replace(right, identifiers=wrong), who=NURSE
            )


def test_a_running_vial_is_not_lost_to_a_formality(epi: Bench) -> None:
    """A check of before midnight still holds for the vial that was made under it."""
    epi.at(2026, 10, 7, 23, 50)
    check(epi.ward, epi.infant)
    dose = vial(epi)
    epi.at(2026, 10, 8, 0, 3)
    assert stage(epi) == "not checked"
    start_infusion(epi.ward, dose, epi.clock(), by(epi.ward, epi.infant), who=NURSE)


def test_a_vial_whose_order_ended_since_is_not_started(epi: Bench) -> None:
    check(epi.ward, epi.infant)
    dose = vial(epi)
    void_size(epi.ward, _weights(epi)[-1], "another infant's scale slip", who=NURSE)
    with pytest.raises(Refused, match="void"):
        start_infusion(epi.ward, dose, epi.clock(), by(epi.ward, epi.infant), who=NURSE)


def test_after_a_broken_off_infusion_order_and_check_are_made_anew(epi: Bench) -> None:
    """H16: neither the order nor the check of the infusion that was broken off carries a second one."""
    check(epi.ward, epi.infant)
    dose = vial(epi)
    start_infusion(epi.ward, dose, epi.clock(), by(epi.ward, epi.infant), who=NURSE)
    running = facts_of(epi.ward, epi.infant).doses[-1].id
    break_off(epi.ward, running, DrugAmount(Decimal(7)), "line blocked", who=NURSE)
    with pytest.raises(Refused, match="void"):
        vial(epi)
    epi.clock.now += timedelta(minutes=3)
    decide(epi.ward, epi.infant)
    order(epi.ward, epi.infant)
    with pytest.raises(Refused, match="check"):
        vial(epi)
    check(epi.ward, epi.infant)
    start_infusion(epi.ward, vial(epi), epi.clock(), by(epi.ward, epi.infant), who=NURSE)
    with epi.ward.store.reading() as connection:
        kept = of_infant(connection, DoseGiving, epi.infant, include_void=True)
    assert ["7 mg of 15.5 mg given" in (row.void_reason or "") for row in kept] == [True, False]


def test_a_vial_of_an_older_program_starts_with_its_paper_check(bench: Bench) -> None:
    """At the change to this program a vial may run that nobody ordered here."""
    from bedside.store.records import DoseRecord

    bench.open_epi_1()
    bench.at(2026, 10, 7, 10, 0)
    with bench.ward.store.change(NURSE, "started a vial clock", bench.clock()) as change:
        dose = change.add(
            DoseRecord,
            infant_id=bench.infant,
            course_key="epi-1",
            course_day=1,
            due_on=bench.clock().date(),
            drug="azacitidine",
            route="IV",
            state="vial running",
            amount_ug=15_500,
            measurement_id=None,
            reconstituted_at=bench.clock(),
            infusion_minutes=30,
            started_at=None,
            finished_at=None,
            note="",
        )
    with pytest.raises(Refused, match="From paper"):
        start_infusion(bench.ward, dose, bench.clock(), by(bench.ward, bench.infant), who=NURSE)
    on_paper = by(bench.ward, bench.infant, paper=PAPER)
    start_infusion(bench.ward, dose, bench.clock(), on_paper, who=NURSE)
    with bench.ward.store.reading() as connection:
        (row,) = of_infant(connection, DoseGiving, bench.infant)
    assert (row.check_id, row.paper_first) == (None, "E. Sorensen, RN")


@pytest.mark.parametrize(
    ("paper", "words"),
    [
        (PaperCheck("", "T. Marchetti", "no power"), "names of the two people"),
        (PaperCheck("T. Marchetti", "t marchetti, RN", "no power"), "are one name"),
        (PaperCheck("E. Sorensen", "T. Marchetti", " "), "why was it not checked here"),
        (PaperCheck("E. Sorensen", "T.\nMarchetti", "no power"), "one line"),
    ],
)
def test_a_paper_check_names_two_people_and_the_reason(paper: PaperCheck, words: str) -> None:
    with pytest.raises(Refused) as refused:
        check_paper(paper)
    assert words in " ".join(refused.value.reasons)


# ---- a ward with people -----------------------------------------------------------------------------
@pytest.fixture
def people_ward(epi: Bench) -> tuple[Bench, dict[str, int]]:
    ids = peopled(epi.ward)
    enter(epi.ward, BERG)
    return epi, ids


def test_the_second_confirms_with_her_own_secret(people_ward: tuple[Bench, dict[str, int]]) -> None:
    bench, ids = people_ward
    ward, now = bench.ward, bench.clock()
    who = ward.signed_in.who
    berg = confirmed_signer(ward, ids[BERG], SECRETS[BERG], now)
    record_first(ward, bench.infant, AZACITIDINE, RIGHT, berg, who=who)
    with pytest.raises(Refused, match="not the passphrase"):
        confirmed_signer(ward, ids[KELLER], SECRETS[BERG], now)
    assert stage(bench) == "first counted"
    with pytest.raises(Refused, match="same person"):
        record_second(ward, bench.infant, AZACITIDINE, RIGHT, berg, who=who)
    bench.clock.now += timedelta(seconds=30)
    okonjo = confirmed_signer(ward, ids[OKONJO], SECRETS[OKONJO], bench.clock())
    found = record_second(ward, bench.infant, AZACITIDINE, RIGHT, okonjo, who=who)
    assert found.matched and found.second.person_id == ids[OKONJO]


def test_a_ready_dose_has_nothing_against_it(bench: Bench) -> None:
    bench.open_epi_1()
    ready(bench.ward, bench.infant)
    assert why_not_give(bench.ward, bench.infant, AZACITIDINE) == ()
