"""A drug that stops being planned, because the site has not entered its rhythm, never leaves a green page."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from bedside.protocol.site_values import NO_SITE_VALUES
from bedside.store.records import Titration
from bedside.ward.board import board
from bedside.ward.board_dlt import judge_board
from bedside.ward.due import or_not_known
from bedside.ward.due_unplanned import Unplanned, days_open, unplanned
from bedside.ward.facts import facts_of
from bedside.ward.standing import standing_of
from bedside.ward.views.marks import DueItem, HeldItem
from bedside.ward.where import where_are_we
from tests.ward.maintenance_bench import DAY_1, in_maintenance
from tests.ward.wards import DOCTOR, Bench

ORAL, SPINAL, STEROID = (
    "methotrexate by mouth",
    "methotrexate intrathecal",
    "hydrocortisone intrathecal",
)


@pytest.fixture
def maintenance(bench: Bench) -> Bench:
    """Maintenance since 01-Oct-2026 with no value of the site."""
    made = in_maintenance(bench, rule=False)
    judge_board(made.ward)
    return made


def on_day(bench: Bench, day: int) -> dict[str, int | None]:
    """What is not planned on a day of Maintenance, each with the last day on which it was."""
    on = DAY_1 + timedelta(days=day - 1)
    bench.at(on.year, on.month, on.day, 9, 0)
    facts = facts_of(bench.ward, bench.infant)
    found = unplanned(bench.ward, facts, standing_of(bench.ward, facts))
    return {each.name: each.last for each in found}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (1, {}),
        (91, {}),  # the source's own words: not planned after day 91
        (92, {SPINAL: 1, STEROID: 57}),  # day 92 or day 99, the sources contradict each other
        (97, {SPINAL: 1, STEROID: 57}),
        (98, {SPINAL: 1, STEROID: 57, ORAL: 85}),  # the first rhythm would go on with day 98
        (168, {SPINAL: 1, STEROID: 57, ORAL: 85}),
        (180, {SPINAL: 1, STEROID: 57, ORAL: 85}),  # weekly from day 169 on, no day of the week
    ],
)
def test_since_when_a_drug_is_not_planned(
    maintenance: Bench, day: int, expected: dict[str, int | None]
) -> None:
    assert on_day(maintenance, day) == expected


def test_where_drugs_have_no_days_nothing_due_is_not_said(maintenance: Bench) -> None:
    """An empty "due this shift" would be read as an answer: the list and the first page say what it is."""
    on_day(maintenance, 97)
    (row,) = board(maintenance.ward).rows
    page = where_are_we(maintenance.ward, maintenance.infant)
    assert row.due[-1].mark == page.due[-1].mark == "due"  # mercaptopurine is still to be given
    maintenance.at(2026, 10, 2, 9, 0)
    facts = facts_of(maintenance.ward, maintenance.infant)
    line = DueItem("unknown", None, "", "not known: 2 drugs have no days here")
    given = (DueItem("recorded", None, "mercaptopurine", ""),)
    assert or_not_known((), line.text) == (line,)
    assert or_not_known(given, line.text) == (*given, line)
    visit = (DueItem("due", None, "", "clinic visit"),)
    assert or_not_known(visit, line.text) == (*visit, line)
    drug = (DueItem("due", None, "mercaptopurine", "by mouth"),)
    assert or_not_known(drug, line.text) == drug
    spinal = (DueItem("due", None, "", "own sheet: methotrexate", intrathecal=True),)
    assert or_not_known(spinal, line.text) == spinal
    assert or_not_known((), "") == ()
    assert days_open(maintenance.ward, facts, standing_of(maintenance.ward, facts)) == ""


def test_the_headline_is_amber_and_the_ward_list_says_who_supplies_it(maintenance: Bench) -> None:
    on_day(maintenance, 98)
    page = where_are_we(maintenance.ward, maintenance.infant)
    assert page.mark == "mend"
    assert page.answer_tail == "No longer planned: methotrexate, hydrocortisone."
    assert page.why.startswith(
        f"Last planned: {SPINAL} on day 1, {ORAL} on day 85, {STEROID} on day 57. "
        "The site enters the days: Commission (F7)."
    )
    (item,) = [one for one in page.mend if one.door == "commission"]
    assert item.headline == f"no longer planned: {SPINAL}, {ORAL}, {STEROID}"
    assert (
        f"{ORAL}: last planned on day 85, 24-Dec-2026; not planned after day 91" in item.details[1]
    )
    assert item.details[-1] == "two people of this site enter the days: Commission (F7)"
    (row,) = board(maintenance.ward).rows
    assert item in row.held and item.brief == "the site enters the days (F7)"
    assert board(maintenance.ward).mend == 1


def test_what_the_site_enters_is_planned_again(maintenance: Bench) -> None:
    """The site enters day 99 and on for the intrathecal drugs, and weekly days for the tablets."""
    key = ("maintenance", "methotrexate", "PO")
    weekly = (*range(8, 86, 7), *range(99, 163, 7))  # the first reading of the sources
    maintenance.ward.values = replace(
        NO_SITE_VALUES, protocol="aall15p1", edition="1", days={key: weekly}
    )
    assert ORAL not in on_day(maintenance, 120)
    assert SPINAL in on_day(maintenance, 120)


def test_a_drug_that_a_person_stopped_is_not_in_force(maintenance: Bench) -> None:
    on_day(maintenance, 98)
    ward = maintenance.ward
    with ward.store.change(DOCTOR, "stopped", ward.now()) as change:
        change.add(
            Titration,
            infant_id=maintenance.infant,
            drug="methotrexate",
            from_on=ward.today(),
            percent_tenths=0,
            amount_ug=None,
            decision="recorded",
            reason="",
            proposal="",
            rule="",
        )
    assert ORAL not in on_day(maintenance, 99)
    assert SPINAL in on_day(maintenance, 99)  # what is given into the spine was not stopped


def test_a_drug_whose_days_were_never_public_is_said_beside_a_plan(bench: Bench) -> None:
    """Interfant-06 Induction has days of some drugs only: green would hide the others."""
    bench.site()
    bench.enrol("rearranged", "entered elsewhere", protocol_key="interfant06")
    judge_board(bench.ward)
    facts = facts_of(bench.ward, bench.infant)
    found = unplanned(bench.ward, facts, standing_of(bench.ward, facts))
    assert Unplanned("vinCRIStine", "vinCRIStine", None, "days not public") in found
    page = where_are_we(bench.ward, bench.infant)
    assert page.mark == "unknown"
    assert page.answer_tail == f"Not planned: {len({each.drug for each in found})} drugs."
    (row,) = board(bench.ward).rows
    assert [item.mark for item in row.held if item.door == "commission"] == ["unknown"]
    names = {each.drug for each in found}
    line = DueItem("unknown", None, "", f"not known: {len(names)} drugs have no days here")
    assert row.due == page.due == (line,)


def test_a_course_without_any_public_day_says_so_on_the_ward_list(bench: Bench) -> None:
    bench.site()
    bench.enrol("rearranged", "entered elsewhere", protocol_key="interfant06")
    judge_board(bench.ward)
    from bedside.store.records import CourseStart

    bench.at(2026, 10, 20, 9, 0)
    with bench.ward.store.change(DOCTOR, "wrote a test", bench.ward.now()) as change:
        change.add(
            CourseStart,
            infant_id=bench.infant,
            course_key="ib",
            day_1=date(2026, 10, 20),
            note="",
        )
    (row,) = board(bench.ward).rows
    assert row.held[0] == HeldItem(
        "unknown", "IB: its days are not public", ("follow your own protocol",), "commission"
    )
    page = where_are_we(bench.ward, bench.infant)
    assert page.answer_tail == "Its days are not public: follow your own protocol."
    assert (
        row.due
        == page.due
        == (DueItem("unknown", None, "", "not known: the days of IB are not public"),)
    )


def test_one_open_day_before_the_first_planned_one_is_told_on_that_day_only(bench: Bench) -> None:
    """Hydrocortisone of Induction: the register lists none on day 1, and plans it later."""
    bench.site()
    bench.enrol()
    day_1 = facts_of(bench.ward, bench.infant).starts[0].day_1
    for day, told in ((1, True), (2, False)):
        on = day_1 + timedelta(days=day - 1)
        bench.at(on.year, on.month, on.day, 9, 0)
        facts = facts_of(bench.ward, bench.infant)
        names = [each.name for each in unplanned(bench.ward, facts, standing_of(bench.ward, facts))]
        assert (STEROID in names) == told
