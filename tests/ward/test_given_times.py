"""The times of the doses of a day: one dose is not recorded twice, and no hour is recorded early in silence.

By hand: methotrexate 20-Sep-2026 08:00, leucovorin from hour 30 every 9 hours: hours 48 and 57 are
22-Sep 08:00 and 17:00, hour 66 is 23-Sep 02:00. Half of 9 h is 4 h 30 min; half of 24 h / 2 is 6 h, of
24 h / 3 is 4 h.
"""

from datetime import datetime
from decimal import Decimal

import pytest

from bedside.units.quantities import DrugAmount
from bedside.units.refusal import Refused
from bedside.ward.facts import facts_of
from bedside.ward.given_doses import given_form, record_given
from bedside.ward.views.given import GivenAs, OfDay
from tests.ward.day_bench import DEXAMETHASONE, VALUES, in_induction
from tests.ward.ordering import PAPER, by
from tests.ward.test_day_doses import MG, due, give, interim, line
from tests.ward.test_hours_shown import COURSE, LEUCOVORIN, in_interim
from tests.ward.wards import BERLIN, NURSE, Bench

__all__ = ["interim"]  # the fixture
CYTARABINE = (COURSE, 15, "cytarabine", "IV")
NO_DEXAMETHASONE = "[[dose]]".join(
    part for part in VALUES.split("[[dose]]") if 'drug = "dexamethasone"\nroute' not in part
)


def paper(bench: Bench, of: OfDay | None, *clock: int, key=LEUCOVORIN, mg=MG, why: str = "") -> int:
    """One dose, from paper, given at a time of September or October 2026."""
    month, *rest = clock
    at = datetime(2026, month, *rest, tzinfo=BERLIN)
    given = GivenAs(mg, of=of, again=mg, at_reason=why)
    by_whom = by(bench.ward, bench.infant, paper=PAPER, at=at)
    return record_given(bench.ward, bench.infant, *key, by_whom, who=NURSE, given=given)


def note(bench: Bench, row_id: int) -> str:
    return next(
        row.note for row in facts_of(bench.ward, bench.infant).doses if row.id == row_id
    )  # fmt: skip


def test_the_dose_of_the_same_minute_is_the_same_dose_and_refused(interim: Bench) -> None:
    """Found: hour 57 (17:00) as given at 08:05, the very minute of hour 48; at 18:00 "2 of 2"."""
    interim.at(2026, 9, 22, 8, 5)
    give(interim, OfDay(48))
    interim.at(2026, 9, 22, 8, 15)
    with pytest.raises(
        Refused, match=r"Hour 48 is recorded as given 22-Sep-2026 08:05, in the sam"
    ):
        paper(interim, OfDay(57), 9, 22, 8, 5, why="a reason does not make it another dose")
    assert line(interim, 22, 18, 0)[:2] == ("late", "17:00")


def test_an_hour_long_before_its_own_is_asked_and_its_reason_stands_in_the_record(
    interim: Bench,
) -> None:
    interim.at(2026, 9, 22, 13, 0)
    with pytest.raises(Refused) as early:
        paper(interim, OfDay(57), 9, 22, 12, 29)
    assert early.value.reasons == (
        "4 h 31 min before hour 57 (17:00), more than half of the 9 h that the plan has before it.",
        "Read the time again. If it is true all the same, say why at this time.",
    )
    row = paper(interim, OfDay(57), 9, 22, 12, 29, why="the level was high, by the physician")
    assert note(interim, row) == (
        "time: 4 h 31 min before its hour 17:00: the level was high, by the physician"
    )
    paper(interim, OfDay(48), 9, 22, 7, 40)  # near its hour, and 4 h 49 min from the other


def test_half_of_the_hours_or_more_is_not_asked(interim: Bench) -> None:
    interim.at(2026, 9, 22, 13, 0)
    assert note(interim, paper(interim, OfDay(57), 9, 22, 12, 30)) == ""


def test_two_hours_much_nearer_than_the_plan_has_them_are_asked_over_midnight_too(
    interim: Bench,
) -> None:
    """Hour 57 late at 21:31 and hour 66 at its own time, 02:00: 4 h 29 min, not the 9 of the plan."""
    interim.at(2026, 9, 23, 2, 5)
    paper(interim, OfDay(57), 9, 22, 21, 31)
    day_4 = (COURSE, 4, *LEUCOVORIN[2:])
    with pytest.raises(Refused) as near:
        paper(interim, OfDay(66), 9, 23, 2, 0, key=day_4)
    assert near.value.reasons[0] == (
        "4 h 29 min after hour 57, given 22-Sep-2026 21:31. By the plan's hours they are 9 h apart, "
        "and less than half of that, 4 h 30 min, is asked."
    )
    row = paper(interim, OfDay(66), 9, 23, 2, 0, key=day_4, why="back to the plan")
    assert note(interim, row) == "time: 4 h 29 min after hour 57: back to the plan"
    with pytest.raises(Refused, match="before hour 57, given 22-Sep-2026 21:31"):
        paper(interim, OfDay(48), 9, 22, 21, 0)  # it is as near to the one that follows


def test_every_dose_counts_that_the_protocol_states_though_nobody_entered_how_much(
    bench: Bench,
) -> None:
    """Found: one of 09:00 made dexamethasone, three times daily, "recorded" for the whole day."""
    in_induction(bench, 15, NO_DEXAMETHASONE)
    mg = DrugAmount(Decimal("0.65"))
    form = given_form(bench.ward, bench.infant, *DEXAMETHASONE)
    assert form.worked is None
    assert [one.words for one in form.choices] == ["dose 1 of 3", "dose 2 of 3", "dose 3 of 3"]
    bench.at(2026, 9, 15, 9, 30)
    paper(bench, OfDay(turn=1), 9, 15, 9, 0, key=DEXAMETHASONE, mg=mg)
    (told,) = due(bench, "dexamethasone")
    assert told.mark == "due" and told.note.startswith("1 of 3 given: dose 1 of 3 given 09:00")
    bench.at(2026, 9, 15, 22, 0)
    paper(bench, OfDay(turn=2), 9, 15, 14, 0, key=DEXAMETHASONE, mg=mg)
    paper(bench, OfDay(turn=3), 9, 15, 21, 0, key=DEXAMETHASONE, mg=mg)
    assert [one.mark for one in due(bench, "dexamethasone")] == ["recorded"]


def test_by_number_the_hours_of_a_day_are_shared_and_less_than_half_is_asked(bench: Bench) -> None:
    """Found: the second cytarabine of every 12 h was refused as recorded, or taken 5 min after the first."""
    in_interim(bench)  # this site has entered no dose of cytarabine
    bench.at(2026, 10, 4, 20, 30)
    bench.weigh()
    paper(bench, OfDay(turn=1), 10, 4, 8, 0, key=CYTARABINE)
    with pytest.raises(
        Refused, match=r"Dose 1 of the day is recorded as given .* the same dose twi"
    ):
        paper(bench, OfDay(turn=2), 10, 4, 8, 0, key=CYTARABINE)
    with pytest.raises(Refused) as near:
        paper(bench, OfDay(turn=2), 10, 4, 8, 5, key=CYTARABINE)
    assert near.value.reasons[0] == (
        "5 min after dose 1 of the day, given 04-Oct-2026 08:00. 2 doses a day are 12 h apart on "
        "average (24 h / 2), and less than half of that, 6 h, is asked."
    )
    assert note(bench, paper(bench, OfDay(turn=2), 10, 4, 20, 0, key=CYTARABINE)) == ""
    assert [one.mark for one in due(bench, "cytarabine") if "2 of 2" in one.note] == ["recorded"]


def test_hours_that_nobody_recorded_stay_named_after_the_second_midnight(interim: Bench) -> None:
    """Found: on 25-Sep nothing named the hours of 22 and 23-Sep any more."""
    interim.at(2026, 9, 22, 8, 0)
    give(interim, OfDay(48))
    interim.at(2026, 9, 25, 1, 0)
    (past,) = [one for one in due(interim) if one.mark == "unknown"]
    assert (past.mark, past.at) == ("unknown", None)
    assert past.note == (
        "nobody recorded what became of: 22-Sep-2026: 17:00 (hour 57) NOT RECORDED; 23-Sep-2026: "
        "02:00 (hour 66) NOT RECORDED, 11:00 (hour 75) NOT RECORDED, 20:00 (hour 84) NOT RECORDED"
    )
    paper(interim, OfDay(57), 9, 22, 17, 5)
    assert not any("22-Sep-2026" in one.note for one in due(interim))
