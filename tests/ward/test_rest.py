"""After a broken-off infusion: what went in counts, and the rest is given only as a physician decides (H16)."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bedside.store.infusion_records import InfusionPart
from bedside.store.queries import all_of
from bedside.units.quantities import DrugAmount
from bedside.units.refusal import Refused
from bedside.ward.board import board
from bedside.ward.board_dlt import judge_board
from bedside.ward.broken_off import VolumeRun, WentIn
from bedside.ward.check_reading import rows_of
from bedside.ward.check_sheet import given_lines
from bedside.ward.corrections import strike_out
from bedside.ward.dosing import doses_page
from bedside.ward.due import due_today
from bedside.ward.due_orders import unrecorded_words
from bedside.ward.exposure import cumulative_doses
from bedside.ward.facts import facts_of
from bedside.ward.giving import break_off, finish_infusion, start_infusion, start_vial
from bedside.ward.order_facts import key_of
from bedside.ward.orders import order_board
from bedside.ward.paper_heads import SHEET, paper_head
from bedside.ward.rest import rest_state
from bedside.ward.rest_acts import decide_rest, rest_forms
from bedside.ward.sheet_days import settled_days
from bedside.ward.sheets import fill_sheet
from bedside.ward.standing import projection_of
from tests.ward.ordering import (
    AZACITIDINE,
    FIRST,
    PRESCRIBER,
    by,
    check,
    decide,
    figures,
    order,
    ready,
    signer,
)
from tests.ward.wards import NURSE, Bench


def infuse(bench: Bench) -> int:
    """A vial is made and started."""
    vial = start_vial(bench.ward, bench.infant, "epi-1", 1, bench.clock(), 30, who=NURSE)
    start_infusion(bench.ward, vial, bench.clock(), by(bench.ward, bench.infant), who=NURSE)
    bench.clock.now += timedelta(minutes=5)
    running = facts_of(bench.ward, bench.infant).doses
    return next(row.id for row in running if row.state == "vial running")


def broken(bench: Bench, went_in: WentIn) -> None:
    break_off(bench.ward, infuse(bench), went_in, "the line came out", who=NURSE)
    bench.clock.now += timedelta(minutes=10)


@pytest.fixture
def epi(bench: Bench) -> Bench:
    """EPI #1 day 1, 07-Oct-2026: 15.5 mg at 6.2 kg, of 10 mg per mL, may be given."""
    bench.open_epi_1()
    bench.at(2026, 10, 7, 10, 0)
    ready(bench.ward, bench.infant)
    return bench


def exposed(bench: Bench) -> tuple[str, str, str]:
    """Given, still planned, and the notes of azacitidine."""
    view = cumulative_doses(bench.ward, bench.infant)
    row = next(one for one in view.rows if one.drug == "azaCITIDine")
    return row.given, row.planned, " ".join(view.notes)


def mg(value: str) -> DrugAmount:
    return DrugAmount(Decimal(value))


def first(bench: Bench):  # type: ignore[no-untyped-def]
    return next(row for row in order_board(bench.ward, bench.infant).rows if row.day == 1)


def test_the_rest_is_given_and_both_parts_are_counted(epi: Bench) -> None:
    """7.75 mg of 15.5 mg at 6.2 kg are 1.25 mg per kg; the other half is the rest of the 2.5."""
    broken(epi, mg("7.75"))
    given, planned, notes = exposed(epi)
    assert given == "1.25 mg per kg on 1 day, 1 infusion broken off"
    assert planned == "47.5 mg per kg on 19 days"  # nothing of day 1 until it is decided
    assert "7.75 mg of it did not go in" in notes and "a physician decides" in notes
    page = doses_page(epi.ward, epi.infant)
    assert page.dose_text == "" and "First decide" in page.blocked_by[0]
    (why,) = first(epi).why_not
    assert "7.75 mg of 15.5 mg given" in why and "First decide" in why
    with pytest.raises(Refused, match="First decide"):
        order(epi.ward, epi.infant)

    (form,) = rest_forms(epi.ward, epi.infant)
    assert (form.whole, form.given, form.remains) == (mg("15.5"), mg("7.75"), mg("7.75"))
    decide(epi.ward, epi.infant)
    assert rest_forms(epi.ward, epi.infant) == ()
    row = first(epi)
    assert row.dose_words == "7.75 mg" and row.why_not == ()
    assert "REST of a broken-off infusion: 15.5 mg − 7.75 mg given = 7.75 mg." in row.steps
    assert exposed(epi)[1] == "48.75 mg per kg on 20 days"
    facts = facts_of(epi.ward, epi.infant)
    (due,) = [one for one in due_today(epi.ward, facts) if one.drug == "azaCITIDine"]
    assert due.mark == "due" and "decided: the rest is given, 7.75 mg" in due.note
    assert doses_page(epi.ward, epi.infant).dose_text == "7.75 mg"

    order(epi.ward, epi.infant)
    standing = rows_of(epi.ward, epi.infant, AZACITIDINE).order
    assert standing is not None and standing.amount == Decimal("7.75")
    lines = given_lines(epi.ward, facts_of(epi.ward, epi.infant), standing)
    (already,) = [one for one in lines if one.name == "Given already"]
    assert already.strong == "7.75 mg" and "15.5" not in repr(lines)  # still blind
    assert figures(epi.ward, epi.infant).dose == mg("7.75")
    assert check(epi.ward, epi.infant).matched
    running = infuse(epi)
    epi.clock.now += timedelta(minutes=30)
    finish_infusion(epi.ward, running, epi.clock(), who=NURSE)
    given, planned, notes = exposed(epi)
    assert given == "2.5 mg per kg on 1 day, 1 infusion broken off"
    assert planned == "47.5 mg per kg on 19 days" and "broken off" not in notes
    assert rest_forms(epi.ward, epi.infant) == ()


def test_a_sheet_for_the_other_days_prints_the_whole_dose(epi: Bench) -> None:
    """The rest is of one day only: the sheet says so beside it, and orders the block's own dose."""
    broken(epi, mg("7"))
    decide(epi.ward, epi.infant)
    facts = facts_of(epi.ward, epi.infant)
    course = facts.protocol.course("epi-1")
    (settled,) = settled_days(epi.ward, facts, course, course.drugs[0], epi.ward.today())
    assert "the rest is given, 8.5 mg" in settled.words
    epi.at(2026, 10, 7, 12, 0)
    head = paper_head(epi.ward, facts, SHEET, course, NURSE)
    sheet = fill_sheet(epi.ward, facts, course, head)
    assert sheet.final == "15.5 mg" and [one.day for one in sheet.settled] == [1]


def test_whole_again_is_ordered_only_where_a_physician_says_so(epi: Bench) -> None:
    broken(epi, mg("7"))
    (form,) = rest_forms(epi.ward, epi.infant)
    assert form.in_all == mg("22.5") and form.over == ()
    decide(epi.ward, epi.infant, "whole", "vomited the premedication, line replaced")
    assert first(epi).dose_words == "15.5 mg"
    assert exposed(epi)[1] == "50 mg per kg on 20 days"
    assert "the whole dose is given again" in doses_page(epi.ward, epi.infant).days[0].words


def test_whole_again_never_passes_the_stop_for_one_dose(epi: Bench) -> None:
    """H2: 15.5 mg that went in and 15.5 mg again are 31 mg, above the 25 mg that stop a dose."""
    broken(epi, mg("15.5"))
    (form,) = rest_forms(epi.ward, epi.infant)
    assert form.in_all == mg("31") and "more than the stop of 25 mg" in form.over[0]
    with pytest.raises(Refused, match="31 mg of azaCITIDine is more than the stop") as refused:
        decide(epi.ward, epi.infant, "whole")
    assert "Nothing was signed" in refused.value.reasons[-1]
    decide(epi.ward, epi.infant, "nothing")
    assert rest_forms(epi.ward, epi.infant) == ()


def test_nothing_more_closes_the_day(epi: Bench) -> None:
    broken(epi, mg("7"))
    decide(epi.ward, epi.infant, "nothing", "too late in the day")
    (why,) = first(epi).why_not
    assert "nothing more is given (too late in the day)" in why
    facts = facts_of(epi.ward, epi.infant)
    (due,) = [one for one in due_today(epi.ward, facts) if one.drug == "azaCITIDine"]
    assert due.mark == "recorded" and "nothing more" in due.note
    assert exposed(epi)[:2] == (
        "1.13 mg per kg on 1 day, 1 infusion broken off",
        "47.5 mg per kg on 19 days",
    )


def test_an_unknown_part_is_said_as_unknown_and_leaves_no_rest(epi: Bench) -> None:
    broken(epi, "not known")
    given, _, notes = exposed(epi)
    assert given == "1 day, 1 infusion broken off, amount not known"
    assert "counted neither as nothing nor as the whole" in notes
    (form,) = rest_forms(epi.ward, epi.infant)
    assert form.remains is None and "not known" in form.why_not
    with pytest.raises(Refused, match="cannot be worked out"):
        decide(epi.ward, epi.infant)
    decide(epi.ward, epi.infant, "whole")
    assert first(epi).dose_words == "15.5 mg"


def test_nothing_that_went_in_counts_as_nothing(epi: Bench) -> None:
    broken(epi, "nothing")
    assert exposed(epi)[0] == "none"
    (form,) = rest_forms(epi.ward, epi.infant)
    assert form.given == mg("0") and "the rest is the whole dose" in form.why_not


def test_a_part_is_worked_from_the_volume_that_ran(epi: Bench) -> None:
    """By hand: 15.5 mg × 4 mL ÷ 10 mL = 6.2 mg."""
    for ran, of, words in (("0", "10", "above nothing"), ("11", "10", "More"), ("5", "5", "All")):
        with pytest.raises(Refused, match=words):
            break_off(
                epi.ward,
                _running_or_new(epi),
                VolumeRun(Decimal(ran), Decimal(of)),
                "x",
                who=NURSE,
            )
    break_off(
        epi.ward,
        _running_or_new(epi),
        VolumeRun(Decimal(4), Decimal(10)),
        "line out",
        who=NURSE,
    )
    with epi.ward.store.reading() as connection:
        (part,) = all_of(connection, InfusionPart)
    assert (part.amount, part.how) == (Decimal("6.2"), "4 mL of 10 mL ran")
    note = facts_of(epi.ward, epi.infant).doses[-1].note
    assert "6.2 mg of 15.5 mg given (4 mL of 10 mL ran)" in note
    assert exposed(epi)[0] == "1 mg per kg on 1 day, 1 infusion broken off"


def _running_or_new(bench: Bench) -> int:
    running = [
        row.id
        for row in facts_of(bench.ward, bench.infant).doses
        if row.state == "vial running" and row.started_at is not None
    ]
    return running[0] if running else infuse(bench)


def test_a_rest_that_is_broken_off_too_leaves_what_is_left_of_both(epi: Bench) -> None:
    """15.5 mg: 7 mg, then 3 mg of the 8.5 mg went in; 5.5 mg remain."""
    broken(epi, mg("7"))
    decide(epi.ward, epi.infant)
    order(epi.ward, epi.infant)
    check(epi.ward, epi.infant)
    broken(epi, mg("3"))
    (form,) = rest_forms(epi.ward, epi.infant)
    assert (form.given, form.remains) == (mg("10"), mg("5.5"))
    decide(epi.ward, epi.infant)
    assert first(epi).dose_words == "5.5 mg"
    assert exposed(epi)[0] == "1.61 mg per kg on 1 day, 2 infusions broken off"
    order(epi.ward, epi.infant)
    judge_board(epi.ward)
    (listed,) = board(epi.ward).rows
    assert sum("broken off" in item.headline for item in listed.held) == 2


def test_struck_out_with_its_part_and_its_decision(epi: Bench) -> None:
    broken(epi, mg("7"))
    decide(epi.ward, epi.infant)
    row = facts_of(epi.ward, epi.infant).doses[-1]
    strike_out(epi.ward, epi.infant, "dose", row.id, "another infant's", who=NURSE)
    facts = facts_of(epi.ward, epi.infant)
    assert not facts.parts and not facts.rests and rest_state(facts, AZACITIDINE) is None
    assert exposed(epi)[0] == "none" and first(epi).dose_words == "15.5 mg"


def test_a_new_weight_ends_the_order_of_the_rest(epi: Bench) -> None:
    """The rest is the whole dose of now less what went in: 17.5 mg at 7 kg less 7 mg are 10.5 mg."""
    broken(epi, mg("7"))
    decide(epi.ward, epi.infant)
    order(epi.ward, epi.infant)
    epi.weigh(7000)
    assert first(epi).state.stage == "void" and first(epi).dose_words == "10.5 mg"


def test_who_decides_why_and_on_what_was_shown(epi: Bench) -> None:
    broken(epi, mg("7"))
    (form,) = rest_forms(epi.ward, epi.infant)
    given = (epi.ward, epi.infant, form, "rest")
    doctor = signer(epi.ward, PRESCRIBER)
    with pytest.raises(Refused, match="reason"):
        decide_rest(*given, " ", doctor, who=PRESCRIBER)
    with pytest.raises(Refused):
        decide_rest(*given, "a new line", signer(epi.ward, FIRST), who=FIRST)
    epi.weigh(6400)
    with pytest.raises(Refused, match="not as it was shown"):
        decide_rest(*given, "a new line", doctor, who=PRESCRIBER)
    decide(epi.ward, epi.infant)
    with pytest.raises(Refused, match="not as it was shown"):
        decide_rest(*given, "again", doctor, who=PRESCRIBER)


def test_a_rest_that_nobody_gave_is_a_dose_not_recorded(epi: Bench) -> None:
    broken(epi, mg("7"))
    epi.at(2026, 10, 8, 9, 0)
    doses = projection_of(epi.ward, facts_of(epi.ward, epi.infant)).course("epi-1").doses
    (day_1,) = [dose for dose in doses if key_of(dose) == AZACITIDINE]
    today = epi.ward.today()
    assert unrecorded_words(facts_of(epi.ward, epi.infant), (day_1,), today) == ("", "")
    decide(epi.ward, epi.infant)
    assert unrecorded_words(facts_of(epi.ward, epi.infant), (day_1,), today) == (
        "1 planned dose",
        "by needle or line",
    )
