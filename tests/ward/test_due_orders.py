"""Ward list and first page tell what the orders ask for: void, blocked, unsigned, not recorded, printed."""

import re
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from bedside.store.records import CourseStart, Hold
from bedside.store.ward_file import Reading
from bedside.units.quantities import BodyWeight
from bedside.ward.board import board
from bedside.ward.board_dlt import judge_board
from bedside.ward.counting import void_counts
from bedside.ward.facts import facts_of
from bedside.ward.forms import NewSize
from bedside.ward.giving import finish_infusion, start_infusion, start_vial
from bedside.ward.handover_tasks import tasks_now
from bedside.ward.order_striking import send_back
from bedside.ward.printing import make_paper
from bedside.ward.views.board import BoardRow
from bedside.ward.views.marks import DueItem, HeldItem
from bedside.ward.views.where import WhereView
from bedside.ward.weighing import record_size, void_size
from bedside.ward.where import where_are_we
from tests.ward.ordered import KELLER, PHARMACIST, ordered, rows
from tests.ward.ordering import by, check, measurable, ready
from tests.ward.wards import DOCTOR, NURSE, Bench


@pytest.fixture
def epi(bench: Bench) -> Bench:
    """EPI #1 opened today, 07-Oct-2026 08:00, on 6.2 kg; the ward list has been painted once."""
    bench.open_epi_1()
    judge_board(bench.ward)
    return bench


def row(bench: Bench) -> BoardRow:
    (found,) = board(bench.ward).rows
    return found


def dose(bench: Bench) -> DueItem:
    """Today's azacitidine as the ward list says it; the first page says the same."""
    (listed,) = [item for item in row(bench).due if item.drug == "azaCITIDine"]
    assert listed in first_page(bench).due
    return listed


def first_page(bench: Bench) -> WhereView:
    return where_are_we(bench.ward, bench.infant)


def held(bench: Bench) -> list[tuple[str, str]]:
    return [(item.mark, item.headline) for item in row(bench).held]


def weigh(bench: Bench, grams: int) -> int:
    size = NewSize(BodyWeight(grams), None, bench.clock(), "typed a second time")
    return record_size(bench.ward, bench.infant, size, who=NURSE)


# ---- who has still to sign


@pytest.mark.parametrize(
    ("upto", "note", "said"),
    [
        ("", "not prescribed", "Not prescribed: azaCITIDine."),
        ("prescribed", "not verified", "Not verified: azaCITIDine."),
        ("verified", "not released", "Not released: azaCITIDine."),
        ("released", "", ""),
    ],
)
def test_what_is_not_signed_stands_beside_the_dose_and_in_the_headline(
    epi: Bench, upto: str, note: str, said: str
) -> None:
    if upto:
        ordered(epi.ward, epi.infant, 1, upto=upto)
    assert (dose(epi).mark, dose(epi).note) == ("due", note)
    page = first_page(epi)
    assert (page.answer, page.answer_tail) == ("EPI #1, day 1 of 5.", said)
    assert page.mark == ("mend" if said else "priming")
    doors = [item.door for item in page.mend if item.door != "recorded"]  # nothing of Induction is
    assert doors == (["orders"] if said else [])
    assert held(epi) == []  # the column of what is due says it already


def test_a_released_dose_that_was_given_asks_for_nothing(epi: Bench) -> None:
    ready(epi.ward, epi.infant)
    epi.at(2026, 10, 7, 9, 0)
    start_vial(epi.ward, epi.infant, "epi-1", 1, epi.clock(), 30, who=NURSE)
    assert (dose(epi).mark, dose(epi).note) == ("clock", "vial clock runs")
    assert first_page(epi).answer_tail.startswith("Vial clock runs")


# ---- orders that do not stand any more


def test_a_void_order_is_told_with_its_reason_and_a_door(epi: Bench) -> None:
    """Finding: a new weight made a released order void, and the ward list said "none"."""
    ordered(epi.ward, epi.infant, 1, 2)
    epi.at(2026, 10, 7, 9, 0)
    weigh(epi, 6800)
    assert (dose(epi).mark, dose(epi).note) == ("stop", "order VOID: prescribe anew")
    (item,) = row(epi).held
    assert item == HeldItem(
        "stop",
        "order VOID, azaCITIDine day 1, 2: prescribe anew",
        (
            "weighed again on 07-Oct-2026: 6.2 kg became 6.8 kg; 15.5 mg was ordered, 17 mg is "
            "worked out now",
        ),
        "orders",
    )
    page = first_page(epi)
    assert (page.mark, page.answer_tail) == ("stop", "Order VOID: prescribe anew.")
    assert page.mend[0] == item
    assert (board(epi.ward).void, board(epi.ward).stopped) == (1, 0)
    ordered(epi.ward, epi.infant, 1, 2)
    assert held(epi) == [] and first_page(epi).mark == "priming"


def test_a_void_order_of_a_later_day_is_told_today(epi: Bench) -> None:
    ordered(epi.ward, epi.infant, 1, 2)
    epi.at(2026, 10, 7, 8, 30)
    ready_day_1_given(epi)
    weigh(epi, 6800)
    assert held(epi) == [("stop", "order VOID, azaCITIDine day 2: prescribe anew")]
    page = first_page(epi)
    assert (page.mark, page.answer_tail) == ("mend", "Orders VOID, day 2: prescribe anew.")
    void_counts(epi.ward, facts_of(epi.ward, epi.infant).counts[-1].id, "clotted", who=NURSE)
    told = first_page(epi).answer_tail  # headline and line below it say the same
    assert told == "Orders VOID, day 2: it cannot be prescribed now."


def ready_day_1_given(bench: Bench) -> None:
    check(bench.ward, bench.infant)
    vial = start_vial(bench.ward, bench.infant, "epi-1", 1, bench.clock(), 15, who=NURSE)
    start_infusion(bench.ward, vial, bench.clock(), by(bench.ward, bench.infant), who=NURSE)
    running = facts_of(bench.ward, bench.infant).doses[-1].id
    bench.clock.now += timedelta(minutes=15)
    finish_infusion(bench.ward, running, bench.clock(), who=NURSE)


def test_an_order_that_ends_while_its_vial_runs_says_do_not_give(epi: Bench) -> None:
    ready(epi.ward, epi.infant)
    epi.at(2026, 10, 7, 9, 0)
    start_vial(epi.ward, epi.infant, "epi-1", 1, epi.clock(), 30, who=NURSE)
    weigh(epi, 6800)
    assert (dose(epi).mark, dose(epi).note) == ("stop", "order VOID, vial clock runs")
    page = first_page(epi)
    assert (page.mark, page.answer_tail) == (
        "stop",
        "Order VOID, its vial clock runs: do not give it.",
    )


def test_an_order_sent_back_is_told(epi: Bench) -> None:
    ordered(epi.ward, epi.infant, 1, upto="prescribed")
    waiting = rows(epi.ward, epi.infant, 1)
    send_back(epi.ward, epi.infant, waiting, "the volume", KELLER, who=PHARMACIST)
    assert (dose(epi).mark, dose(epi).note) == ("stop", "order sent back: prescribe anew")
    assert held(epi) == [("stop", "order sent back, azaCITIDine day 1: prescribe anew")]
    assert first_page(epi).answer_tail == "Order sent back: prescribe anew."


# ---- doses that are blocked


def test_a_weight_that_no_dose_can_rest_on_blocks_the_dose_in_both_places(epi: Bench) -> None:
    """A weight may be two days old here: on day 4 that of day 1 is three days old."""
    epi.site(weight_age_days=2)
    epi.at(2026, 10, 10, 8, 0)
    assert (dose(epi).mark, dose(epi).note) == ("hold", "blocked")
    told = [item for item in row(epi).held if item.mark == "hold"]
    assert [item.headline for item in told] == ["azaCITIDine day 4 blocked"]
    assert "Weigh the infant again." in told[0].details[0]
    page = first_page(epi)
    assert (page.mark, page.answer_tail) == ("hold", "Blocked today: azaCITIDine.")


def test_void_and_blocked_at_once_says_both(epi: Bench) -> None:
    ordered(epi.ward, epi.infant, 1)
    only = facts_of(epi.ward, epi.infant).measurements[-1].id
    void_size(epi.ward, only, "another infant's", who=NURSE)
    assert (dose(epi).mark, dose(epi).note) == ("stop", "order VOID, dose blocked")
    (item,) = [one for one in row(epi).held if one.mark == "stop"]
    assert any(words.startswith("not now: No weight is recorded") for words in item.details)


def test_a_count_struck_out_ends_the_order_and_is_told(epi: Bench) -> None:
    ordered(epi.ward, epi.infant, 1)
    count = facts_of(epi.ward, epi.infant).counts[-1].id
    void_counts(epi.ward, count, "another infant's tube", who=NURSE)
    assert dose(epi).mark == "hold" and dose(epi).note.startswith("blocked: on its day 1")
    (item,) = [one for one in row(epi).held if one.mark == "stop"]
    assert "start rule does not hold any more" in item.details[0]


# ---- held doses, past doses


def test_a_held_dose_is_told_as_held_and_asks_for_no_order(epi: Bench) -> None:
    ordered(epi.ward, epi.infant, 1)
    today = epi.ward.today()
    for reason in ("septic", "no vein"):
        with epi.ward.store.change(DOCTOR, "held", epi.ward.now()) as change:
            change.add(
                Hold,
                infant_id=epi.infant,
                course_key="epi-1",
                drug="azacitidine",
                from_on=today,
                until_on=None,
                reason=reason,
            )
    assert (dose(epi).mark, dose(epi).note) == ("hold", "held")
    assert not any(item.mark == "stop" for item in row(epi).held)
    page = first_page(epi)
    assert page.answer_tail == "azaCITIDine held: septic. azaCITIDine held: no vein."
    assert [item.door for item in page.mend] == ["recorded"]  # Induction, of which nothing is kept


def test_a_dose_of_a_day_gone_by_that_nobody_recorded_is_told(epi: Bench) -> None:
    ordered(epi.ward, epi.infant, 1)
    epi.at(2026, 10, 8, 8, 0)
    assert ("unknown", "1 past dose by needle or line not recorded") in held(epi)
    (item,) = [one for one in row(epi).held if "not recorded" in one.headline]
    assert item.details == ("azaCITIDine day 1",) and item.door == "orders"


def test_the_two_numbers_of_what_is_not_recorded_are_named_for_what_they_are(bench: Bench) -> None:
    """Finding: "54 planned doses are not recorded" stood above "47 past doses not recorded"."""
    bench.site()
    bench.at(2026, 10, 7, 8, 0)
    bench.enrol(diagnosed_on=date(2026, 9, 19), induction_day_1=date(2026, 9, 20))
    judge_board(bench.ward)
    found = re.fullmatch(
        r"(\d+) planned doses are not recorded: (\d+) by needle or line, (\d+) by mouth\.",
        first_page(bench).answer_tail,
    )
    assert found is not None, first_page(bench).answer_tail
    every, needle, mouth = map(int, found.groups())
    assert every == needle + mouth and mouth > 0
    assert ("unknown", f"{needle} past doses by needle or line not recorded") in held(bench)
    (task,) = [task for task in tasks_now(bench.ward) if task.kind == "not recorded"]
    assert task.words == f"say what became of {every} planned doses of Induction"
    assert task.note == f"{needle} by needle or line, {mouth} by mouth"


# ---- papers


def test_a_sheet_that_says_another_dose_is_to_be_taken_away(epi: Bench, tmp_path) -> None:
    paper = make_paper(epi.ward, epi.infant, "dosing-sheet:epi-1", tmp_path, who=NURSE)
    assert held(epi) == []
    epi.at(2026, 10, 7, 9, 0)
    weigh(epi, 6800)
    (item,) = [one for one in row(epi).held if one.door == "papers"]
    assert (item.mark, item.headline) == (
        "mend",
        "1 printed paper is out of date: take away, print anew",
    )
    assert item.brief == f"{paper.sheet_number} copy 1"
    assert item.details[0].startswith(f"Dosing sheet, EPI #1, {paper.sheet_number} copy 1, printed")
    ordered(epi.ward, epi.infant, 1)
    page = first_page(epi)
    assert (page.mark, page.answer_tail) == ("mend", "1 printed paper is out of date.")
    make_paper(epi.ward, epi.infant, "dosing-sheet:epi-1", tmp_path, who=NURSE)
    assert not any(one.door == "papers" for one in row(epi).held)  # the new one names the old


def test_a_roadmap_is_a_diary_until_a_weight_changes(epi: Bench, tmp_path) -> None:
    measurable(epi.ward)
    make_paper(epi.ward, epi.infant, "roadmap:epi-1", tmp_path, who=NURSE)
    ready(epi.ward, epi.infant)
    start_vial(epi.ward, epi.infant, "epi-1", 1, epi.clock(), 30, who=NURSE)
    assert not any(one.door == "papers" for one in row(epi).held)
    epi.at(2026, 10, 7, 9, 0)
    weigh(epi, 6300)
    assert any(one.door == "papers" for one in row(epi).held)


# ---- kept, not asked again


def test_nothing_is_told_before_the_first_paint_and_nothing_is_judged_twice(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bedside.ward import board_orders

    bench.open_epi_1()
    assert board(bench.ward).rows[0].due[0].note == ""
    judged: list[int] = []
    whole = board_orders.told_of

    def counted(ward, facts, standing):
        judged.append(facts.infant.id)
        return whole(ward, facts, standing)

    monkeypatch.setattr(board_orders, "told_of", counted)
    judge_board(bench.ward)
    for _ in range(3):
        assert board(bench.ward).rows[0].due[0].note == "not prescribed"
    assert judged == [bench.infant]
    bench.at(2026, 10, 7, 9, 0)
    weigh(bench, 6210)
    board(bench.ward)
    assert judged == [bench.infant] * 2
    bench.at(2026, 10, 8, 9, 0)  # another day: every dose is judged anew
    board(bench.ward)
    assert judged == [bench.infant] * 3
    bench.site("shared-care")  # other settings of the site
    board(bench.ward)
    assert judged == [bench.infant] * 4
    measurable(bench.ward)  # what the site has entered of a dose
    board(bench.ward)
    board(bench.ward)
    assert judged == [bench.infant] * 5


def test_a_warm_list_asks_the_store_for_no_order_and_no_paper(epi: Bench) -> None:
    """The ward list is worked out each minute: what it asks the store does not grow with orders."""
    ordered(epi.ward, epi.infant, 1, 2, 3)
    board(epi.ward)
    asked: list[str] = []
    before = Reading.exec_driver_sql

    def listened(self, sql, *rest):
        asked.append(sql)
        return before(self, sql, *rest)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Reading, "exec_driver_sql", listened)
        board(epi.ward)
    tables = ('"dose_order"', '"signature"', '"print"', '"dose_basis"', '"measurement"')
    assert not [sql for sql in asked if any(table in sql for table in tables)]


def test_what_cannot_be_judged_is_said_and_the_list_still_opens(
    epi: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bedside.units.refusal import Refused
    from bedside.ward import board_orders

    def refuse(*_: object) -> None:
        raise Refused("the file of the protocol is gone")

    monkeypatch.setattr(board_orders, "orders_told", refuse)
    (item,) = row(epi).held
    assert (item.headline, item.details) == (
        "orders cannot be judged",
        ("the file of the protocol is gone",),
    )
    assert replace(item, details=()) == HeldItem("unknown", "orders cannot be judged", (), "orders")


# ---- before the first course, and between courses


def test_a_new_infant_never_looks_as_if_she_may_go_on(bench: Bench) -> None:
    bench.site()
    bench.enrol(induction_day_1=None)
    page = first_page(bench)
    assert (page.mark, page.answer) == ("unknown", "No course has started.")
    assert page.answer_tail == "Record a weight and counts, then open Induction with its day 1."
    bench.weigh()
    bench.count(800, 90_000)
    assert first_page(bench).answer_tail == "Open Induction with its day 1."


def test_a_course_whose_start_rule_is_not_public_is_not_green(bench: Bench) -> None:
    """Maintenance follows Delayed Intensification part 2: on which counts is not public."""
    bench.site()
    bench.enrol()
    bench.at(2026, 11, 20, 9, 0)
    with bench.ward.store.change(DOCTOR, "wrote a test", bench.ward.now()) as change:
        change.add(
            CourseStart,
            infant_id=bench.infant,
            course_key="di-part-2",
            day_1=bench.ward.today() - timedelta(days=40),
            note="",
        )
    page = first_page(bench)
    assert (page.mark, page.answer) == ("unknown", "Maintenance comes next.")
    assert page.answer_tail == "Its start rule is not public: ask the leukaemia team."


def test_a_course_that_follows_directly_is_green(bench: Bench) -> None:
    bench.open_epi_1()
    bench.at(2026, 10, 13, 9, 0)
    page = first_page(bench)
    assert (page.mark, page.answer) == ("go", "Consolidation follows.")
