"""One drug's doses given later: seen before it is recorded, with a reason, taken back, never rewritten."""

from datetime import date, timedelta
from itertools import permutations

import pytest

from bedside.store.dose_records import DoseShift
from bedside.store.queries import of_infant
from bedside.store.records import DoseRecord, Hold, Record
from bedside.units.dates import write_date
from bedside.units.refusal import Refused
from bedside.ward.board import board
from bedside.ward.corrections import correctable
from bedside.ward.delay_view import plan_to_give
from bedside.ward.due import held_items
from bedside.ward.facts import facts_of
from bedside.ward.holding import delay_form, save_hold
from bedside.ward.paper_heads import ROADMAP, paper_head
from bedside.ward.past_plan import past_plan, plan_as_it_stood
from bedside.ward.roadmaps import fill_roadmap
from bedside.ward.shifting import preview_shift, save_shift, take_back_shift
from bedside.ward.standing import doses_today, projection_of, standing_of
from bedside.ward.timeline import timeline
from bedside.ward.views.delay import NewHold, NewShift
from bedside.ward.where import where_are_we
from tests.ward.wards import DOCTOR, Bench

VCR = ("vincristine", "IV")


def dates(bench: Bench, course: str = "induction", line: tuple[str, str] = VCR) -> dict[int, date]:
    plan = projection_of(bench.ward, facts_of(bench.ward, bench.infant))
    return {
        dose.course_day: dose.on
        for dose in plan.course(course).doses
        if (dose.drug, dose.route) == line
    }


def shift(bench: Bench, day: int, by: int, reason: str = "ileus", course: str = "induction"):
    on = dates(bench, course)[day]
    return NewShift(course, *VCR, on, on + timedelta(days=by), reason)


def test_a_preview_records_nothing_and_a_shift_changes_no_row(bench: Bench) -> None:
    bench.enrol()
    before = dates(bench)
    day = sorted(before)[1]
    view = preview_shift(bench.ward, bench.infant, shift(bench, day, 2))
    assert view.against == ()
    # the length of Induction is not public: what follows is not before the day after its last dose
    assert {(start.after - start.before).days for start in view.change.starts} == {2}
    moved = [day_ for day_ in sorted(before) if day_ >= day]
    assert [move[4] for move in view.moves if move[0] == "Doses"] == ["+2 days"] * len(moved)
    assert facts_of(bench.ward, bench.infant).shifts == ()
    save_shift(bench.ward, bench.infant, shift(bench, day, 2), who=DOCTOR)
    after = dates(bench)
    assert after == {one: on + timedelta(days=2 if one >= day else 0) for one, on in before.items()}


def test_what_is_due_follows_the_shift(bench: Bench) -> None:
    bench.enrol()
    day = sorted(dates(bench))[1]
    on = dates(bench)[day]
    save_shift(bench.ward, bench.infant, shift(bench, day, 1), who=DOCTOR)
    for moment, due in ((on, False), (on + timedelta(days=1), True)):
        bench.at(moment.year, moment.month, moment.day, 9, 0)
        found = doses_today(bench.ward, facts_of(bench.ward, bench.infant))
        assert any((dose.drug, dose.route) == VCR for dose in found) is due


def test_the_plan_of_before_stays_readable(bench: Bench) -> None:
    bench.enrol()
    day = sorted(dates(bench))[1]
    on, before = dates(bench)[day], bench.clock()
    bench.at(before.year, before.month, before.day, 23, 0)
    save_shift(bench.ward, bench.infant, shift(bench, day, 3), who=DOCTOR)
    old = plan_as_it_stood(bench.ward, bench.infant, before).course("induction")
    assert on in {dose.on for dose in old.doses if (dose.drug, dose.route) == VCR}
    words = " ".join(
        row.recorded for row in past_plan(bench.ward, bench.infant, before.date()).rows
    )
    assert "shifted by 3 d" in words
    assert any(
        "shifted by 3 days" in one.words for one in timeline(bench.ward, bench.infant).events
    )
    course = next(one for one in correctable(bench.ward, bench.infant) if one.kind == "course")
    assert "shifts" in course.why_not


def test_late_entry_in_any_order_gives_the_same_plan(bench: Bench) -> None:
    """Two shifts and a hold, recorded in each order: one plan."""
    bench.enrol()
    first, second, *_ = sorted(dates(bench))
    hold_on, plans = dates(bench)[second] + timedelta(days=1), set()
    rows: tuple[tuple[type[Record], dict[str, object]], ...] = (
        (DoseShift, {"drug": VCR[0], "route": VCR[1], "from_day": first, "by_days": 1}),
        (DoseShift, {"drug": VCR[0], "route": VCR[1], "from_day": second, "by_days": 4}),
        (Hold, {"drug": "", "from_on": hold_on, "until_on": hold_on + timedelta(days=2)}),
    )
    for order in permutations(rows):
        kept = []
        for kind, row in order:
            with bench.ward.store.change(DOCTOR, "late", bench.ward.now()) as change:
                one = {"infant_id": bench.infant, "course_key": "induction", "reason": "late"}
                kept.append((kind, change.add(kind, **one, **row)))
        facts = facts_of(bench.ward, bench.infant)
        plans.add(plan_to_give(bench.ward, facts).course("induction").doses)
        with bench.ward.store.change(DOCTOR, "again", bench.ward.now()) as change:
            for kind, row_id in kept:
                change.void(kind, row_id, "the other order")
    assert len(plans) == 1


@pytest.mark.parametrize("state", ["given", "not given"])
def test_a_recorded_dose_stays_where_it_is(bench: Bench, state: str) -> None:
    bench.enrol()
    first, second, *_ = sorted(dates(bench))
    form = shift(bench, first, 2)
    standing = save_shift(bench.ward, bench.infant, shift(bench, second, 1), who=DOCTOR)
    on = dates(bench)[second]
    bench.at(on.year, on.month, on.day, 12, 0)
    with bench.ward.store.change(DOCTOR, state, bench.ward.now()) as change:
        change.add(
            DoseRecord,
            infant_id=bench.infant,
            course_key="induction",
            course_day=second,
            due_on=on,
            drug=VCR[0],
            route=VCR[1],
            state=state,
            note="",
        )
    with pytest.raises(Refused, match=f"is recorded: {state}"):
        save_shift(bench.ward, bench.infant, form, who=DOCTOR)
    with pytest.raises(Refused, match="stays there"):
        take_back_shift(bench.ward, bench.infant, standing, "wrong", who=DOCTOR)
    (row,) = delay_form(bench.ward, bench.infant).shifts
    assert state in row.why_not


def test_a_shift_is_taken_back_with_its_reason(bench: Bench) -> None:
    bench.enrol()
    before = dates(bench)
    day = sorted(before)[1]
    row = save_shift(bench.ward, bench.infant, shift(bench, day, 2), who=DOCTOR)
    with pytest.raises(Refused, match="needs its reason"):
        take_back_shift(bench.ward, bench.infant, row, " ", who=DOCTOR)
    take_back_shift(bench.ward, bench.infant, row, "well again", who=DOCTOR)
    assert dates(bench) == before
    with pytest.raises(Refused, match="does not stand any more"):
        take_back_shift(bench.ward, bench.infant, row, "again", who=DOCTOR)
    with bench.ward.store.reading() as connection:
        (kept,) = of_infant(connection, DoseShift, bench.infant, include_void=True)
    assert kept.void_reason == "taken back: well again"


def test_the_typed_day_holds_past_held_days(bench: Bench) -> None:
    bench.enrol()
    day = sorted(dates(bench))[1]
    on = dates(bench)[day]
    hold = NewHold("induction", "", on + timedelta(days=1), on + timedelta(days=3), "fever")
    save_hold(bench.ward, bench.infant, hold, who=DOCTOR)
    save_shift(bench.ward, bench.infant, shift(bench, day, 5), who=DOCTOR)
    assert dates(bench)[day] == on + timedelta(days=5)
    (row,) = facts_of(bench.ward, bench.infant).shifts
    assert row.by_days == 2  # three of the five days are held ones


def test_what_cannot_be_shifted_is_refused(bench: Bench) -> None:
    bench.enrol()
    day = sorted(dates(bench))[1]
    on = dates(bench)[day]
    late = on + timedelta(days=2)

    def refused(*form: object) -> str:
        with pytest.raises(Refused) as found:
            save_shift(bench.ward, bench.infant, NewShift(*form), who=DOCTOR)  # type: ignore[arg-type]
        return " ".join(found.value.reasons)

    assert "needs its reason" in refused("induction", *VCR, on, late, " ")
    assert "Choose the course" in refused("", *VCR, on, late, "ileus")
    assert "no such drug" in refused("induction", "vincristine", "IT", on, late, "ileus")
    assert "type a later day" in refused("induction", *VCR, on, on, "ileus")
    assert "nothing to shift" in refused(
        "induction", *VCR, date(2028, 1, 1), date(2028, 1, 2), "ileus"
    )
    assert "365 days" in refused("induction", *VCR, on, on + timedelta(days=400), "ileus")
    held = NewHold("induction", "", on + timedelta(days=1), on + timedelta(days=3), "fever")
    save_hold(bench.ward, bench.infant, held, who=DOCTOR)
    assert "is held on" in refused("induction", *VCR, on, late, "ileus")
    save_shift(
        bench.ward,
        bench.infant,
        NewShift("induction", *VCR, on, on + timedelta(days=4), "ileus"),
        who=DOCTOR,
    )
    assert "take it back first" in refused(
        "induction", *VCR, dates(bench)[day], dates(bench)[day] + timedelta(days=1), "ileus"
    )


def test_a_shift_is_told_where_nurses_look_until_its_dose_stands_again(bench: Bench) -> None:
    """A dose that everybody expects must not only be missing (eyes 3)."""
    bench.enrol()
    second = dates(bench)[15]
    save_shift(bench.ward, bench.infant, shift(bench, 15, 2, "line infection"), who=DOCTOR)

    def told() -> tuple[str, ...]:
        facts = facts_of(bench.ward, bench.infant)
        items = held_items(bench.ward, facts, standing_of(bench.ward, facts))
        return tuple(item.headline for item in items if "what follows" in item.headline)

    words = (
        f"vinCRIStine intravenous of {write_date(second)} is given on "
        f"{write_date(second + timedelta(days=2))}, what follows 2 days later: line infection"
    )
    for days, seen in ((-8, ()), (-7, (words,)), (0, (words,)), (2, (words,)), (3, ())):
        on = second + timedelta(days=days)
        bench.at(on.year, on.month, on.day, 9)
        assert told() == seen, days
    bench.at(second.year, second.month, second.day, 9)
    ahead = where_are_we(bench.ward, bench.infant).next_items
    assert any("line infection" in item.text for item in ahead)
    assert any(words in item.headline for row in board(bench.ward).rows for item in row.held)


def test_the_roadmap_says_on_which_day_a_shifted_dose_was_given(bench: Bench) -> None:
    """H18: its row is ticked with the date of the other drugs, two days before it was given."""
    bench.enrol()
    day = 8  # daunorubicin too
    on = dates(bench)[day]
    save_shift(bench.ward, bench.infant, shift(bench, day, 2), who=DOCTOR)
    later = on + timedelta(days=2)
    assert dates(bench)[day] == later
    bench.at(later.year, later.month, later.day, 12, 0)
    with bench.ward.store.change(DOCTOR, "given", bench.ward.now()) as change:
        for drug, given_on in ((VCR[0], later), ("daunorubicin", on)):
            line = {"infant_id": bench.infant, "course_key": "induction", "course_day": day}
            of = {"drug": drug, "route": "IV", "state": "given", "note": ""}
            change.add(DoseRecord, **line, **of, due_on=given_on)
    bench.weigh()
    facts = facts_of(bench.ward, bench.infant)
    course = facts.protocol.course("induction")
    head = paper_head(bench.ward, facts, ROADMAP, course, DOCTOR)
    roadmap = fill_roadmap(bench.ward, facts, course, head)
    row = next(row for row in roadmap.days if row.day == day)
    said = {roadmap.drugs[at].drug: words for at, words in row.given}
    assert row.given_on == on
    assert said == {"vinCRIStine": f"given {write_date(later)[:6]}", "DAUNOrubicin": "given"}
