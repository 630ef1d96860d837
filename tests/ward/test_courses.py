"""Opening a course: order, date and start rule (hazard H11)."""

from datetime import date

import pytest

from bedside.units.refusal import Refused
from bedside.ward.board import board
from bedside.ward.courses import open_course
from bedside.ward.facts import facts_of
from bedside.ward.sheets import check_sheet
from bedside.ward.standing import standing_of
from bedside.ward.where import where_are_we
from tests.ward.commissioned import confirm
from tests.ward.wards import DOCTOR, Bench


def starts(bench: Bench) -> list[tuple[str, date]]:
    return [(row.course_key, row.day_1) for row in facts_of(bench.ward, bench.infant).starts]


def test_epi_1_opens_when_its_rule_is_met(bench: Bench) -> None:
    bench.ready_for_epi_1()
    assert where_are_we(bench.ward, bench.infant).open_allowed
    open_course(bench.ward, bench.infant, "epi-1", date(2026, 10, 7), who=DOCTOR)
    assert starts(bench)[-1] == ("epi-1", date(2026, 10, 7))
    standing = standing_of(bench.ward, facts_of(bench.ward, bench.infant))
    assert standing.running is not None
    assert (standing.running.key, standing.day) == ("epi-1", 1)


def test_a_closed_rule_refuses_with_its_reasons(bench: Bench) -> None:
    """H14: nothing is recorded, and the reason names value and limit."""
    bench.ready_for_epi_1(anc=499)
    with pytest.raises(Refused) as caught:
        open_course(bench.ward, bench.infant, "epi-1", date(2026, 10, 7), who=DOCTOR)
    assert "499" in str(caught.value) and "500" in str(caught.value)
    assert [key for key, _ in starts(bench)] == ["induction"]


def test_only_the_next_course_opens(bench: Bench) -> None:
    """H11, step by step: at each point of the road every other course is refused, nothing is kept."""
    bench.ready_for_epi_1()
    keys = [course.key for course in facts_of(bench.ward, bench.infant).protocol.courses]
    for key, on in (("epi-1", date(2026, 10, 7)), ("consolidation", date(2026, 10, 12))):
        bench.at(on.year, on.month, on.day, 8, 0)
        before = starts(bench)
        for other in keys:
            if other == key:
                continue
            with pytest.raises(Refused) as caught:
                open_course(bench.ward, bench.infant, other, on, who=DOCTOR, note="asked for")
            why = "opened already" if other in dict(before) else "not the next course"
            assert why in str(caught.value), other
        assert starts(bench) == before
        open_course(bench.ward, bench.infant, key, on, who=DOCTOR)
        assert starts(bench) == [*before, (key, on)]


def test_not_before_the_course_before_has_given_its_doses(bench: Bench) -> None:
    bench.site()
    bench.enrol()
    bench.at(2026, 9, 20, 8, 0)
    bench.count(900, 90_000)
    with pytest.raises(Refused, match="cannot start before 30-Sep-2026"):
        open_course(bench.ward, bench.infant, "epi-1", date(2026, 9, 20), who=DOCTOR)


def test_consolidation_follows_on_day_6_and_not_on_day_5(bench: Bench) -> None:
    bench.open_epi_1()
    bench.at(2026, 10, 12, 8, 0)
    with pytest.raises(Refused, match="12-Oct-2026"):
        open_course(bench.ward, bench.infant, "consolidation", date(2026, 10, 11), who=DOCTOR)
    open_course(bench.ward, bench.infant, "consolidation", date(2026, 10, 12), who=DOCTOR)
    assert starts(bench)[-1] == ("consolidation", date(2026, 10, 12))


def test_a_course_opens_once(bench: Bench) -> None:
    bench.open_epi_1()
    with pytest.raises(Refused, match="opened already"):
        open_course(bench.ward, bench.infant, "epi-1", date(2026, 10, 8), who=DOCTOR)


@pytest.mark.parametrize("day_1", [date(2026, 10, 8), date(2026, 8, 30)])
def test_dates_too_far_away_are_refused(bench: Bench, day_1: date) -> None:
    bench.ready_for_epi_1()
    with pytest.raises(Refused):
        open_course(bench.ward, bench.infant, "epi-1", day_1, who=DOCTOR, note="why")


def test_history_needs_its_reason_and_never_prints_a_sheet(bench: Bench) -> None:
    """A start of last week is entered late; its rule was never judged, so no sheet is printed."""
    bench.site()
    bench.enrol()
    bench.at(2026, 10, 10, 8, 0)
    bench.weigh()
    with pytest.raises(Refused, match="say why"):
        open_course(bench.ward, bench.infant, "epi-1", date(2026, 10, 7), who=DOCTOR)
    open_course(bench.ward, bench.infant, "epi-1", date(2026, 10, 7), who=DOCTOR, note="moved here")
    facts = facts_of(bench.ward, bench.infant)
    reasons = check_sheet(bench.ward, facts, facts.protocol.course("epi-1"))
    assert any("ANC" in reason for reason in reasons)


def test_a_count_of_today_does_not_open_a_block_of_yesterday(bench: Bench) -> None:
    """H14: day 1 is judged on what was known on it, as its sheets will; unknown asks its reason."""
    bench.ready_for_epi_1()  # count, weight and answer of 07-Oct-2026
    with pytest.raises(Refused, match="say why") as caught:
        open_course(bench.ward, bench.infant, "epi-1", date(2026, 10, 6), who=DOCTOR)
    assert "06-Oct-2026 is entered late" in str(caught.value)
    assert "ANC not recorded" in str(caught.value)
    assert [key for key, _ in starts(bench)] == ["induction"]


def test_a_block_of_yesterday_opens_on_yesterdays_own_values(bench: Bench) -> None:
    """Opened after midnight: what was known before midnight was enough, no reason is asked."""
    bench.ready_for_epi_1()
    confirm(bench.ward, "aall15p1", "epi-1")
    bench.at(2026, 10, 8, 1, 30)
    open_course(bench.ward, bench.infant, "epi-1", date(2026, 10, 7), who=DOCTOR)
    facts = facts_of(bench.ward, bench.infant)
    assert check_sheet(bench.ward, facts, facts.protocol.course("epi-1")) == ()
    view = where_are_we(bench.ward, bench.infant)
    assert view.rule_title == "EPI #1 was opened on these values"
    assert [row.seen for row in view.rules[:2]] == ["640", "86\u202f000"]
    assert [item.mark for item in view.due if item.drug == "azaCITIDine"] == ["due"]


def test_a_value_under_its_limit_yesterday_is_refused_whatever_is_typed(bench: Bench) -> None:
    bench.ready_for_epi_1(anc=499)
    bench.at(2026, 10, 8, 8, 0)
    bench.count(900, 90_000)
    with pytest.raises(Refused, match="499"):
        open_course(bench.ward, bench.infant, "epi-1", date(2026, 10, 7), who=DOCTOR, note="why")


def test_a_late_entry_shows_azacitidine_as_blocked_never_as_due(bench: Bench) -> None:
    """H14: the ward list and the first page must not send anyone to give it."""
    bench.ready_for_epi_1()
    day_1 = date(2026, 10, 6)
    open_course(bench.ward, bench.infant, "epi-1", day_1, who=DOCTOR, note="moved here")
    [row] = board(bench.ward).rows
    aza = [item for item in row.due if item.drug == "azaCITIDine"]
    assert [item.mark for item in aza] == ["hold"]
    assert aza[0].note == "blocked: on its day 1, ANC not recorded"
    assert aza[0] in where_are_we(bench.ward, bench.infant).due


def test_a_future_day_1_is_one_reason(bench: Bench) -> None:
    bench.ready_for_epi_1(anc=100)
    with pytest.raises(Refused) as caught:
        open_course(bench.ward, bench.infant, "epi-1", date(2026, 10, 9), who=DOCTOR)
    assert len(caught.value.reasons) == 1 and "lies ahead" in caught.value.reasons[0]


def test_an_unanswered_question_says_where_it_is_answered(bench: Bench) -> None:
    bench.site()
    bench.enrol()
    bench.at(2026, 10, 7, 8, 0)
    view = where_are_we(bench.ward, bench.infant)
    seen = [row.seen for row in view.rules if row.measure == "Any toxicity resolved"]
    assert seen == ["not asked yet: answer under Toxicities (Ctrl+4)"]
