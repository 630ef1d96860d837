"""Labels of a dose of the evening, after midnight; and of a day with a record that none of its doses counts.

By hand: methotrexate 20-Sep-2026 14:00; hours 39, 48 and 57 of leucovorin are 22-Sep 05:00, 14:00 and
23:00, nine hours apart. Half of nine hours after 23:00 is 23-Sep 03:30.
"""

from datetime import date, datetime, timedelta

import pytest

from bedside.papers.values import RoadmapDay
from bedside.protocol.site_value_reader import read_site_values
from bedside.store.records import DoseRecord
from bedside.units.refusal import Refused
from bedside.ward.corrections import strike_out
from bedside.ward.facts import facts_of
from bedside.ward.given_doses import record_given
from bedside.ward.label_before_giving import label_faults
from bedside.ward.paper_heads import ROADMAP, paper_head
from bedside.ward.printing import paper_choices, printed_papers
from bedside.ward.roadmaps import fill_roadmap
from bedside.ward.two_identifiers import TwoIdentifiers
from bedside.ward.verifying import verify_paper
from bedside.ward.views.given import GivenAs, OfDay
from bedside.ward.void_papers import void_paper
from tests.ward.day_bench import VALUES, label_key, printed, sheet_key, sign
from tests.ward.ordering import PAPER, by
from tests.ward.test_day_doses import BEGAN, MG, TWICE, give, interim  # noqa: F401
from tests.ward.test_doses_on_papers import (
    CYTARABINE,
    LABEL,
    SHEET,
    figures,
    give_with,
    in_front_of,
    pages,
    squares,
)
from tests.ward.test_hours_shown import COURSE, LEUCOVORIN, in_interim, started
from tests.ward.wards import BERLIN, NURSE, Bench


@pytest.fixture
def evening(bench: Bench) -> Bench:
    """Day 3, 07:30: hours 39, 48 and 57 fall on it, the last one at 23:00."""
    in_interim(bench)
    started(bench, BEGAN + timedelta(hours=6))
    bench.at(2026, 9, 22, 7, 30)
    bench.weigh()
    sign(bench, LEUCOVORIN)
    return bench


def keys(bench: Bench) -> list[str]:
    choices = paper_choices(bench.ward, facts_of(bench.ward, bench.infant))
    return [one.key for one in choices if not one.refused]


def test_a_label_of_23_00_holds_until_half_way_to_the_next_hour(evening: Bench, tmp_path) -> None:
    first = printed(evening, LABEL, tmp_path / "a")
    early, noon, late = squares(first.path)
    until = [dict(verify_paper(evening.ward, one).lines)["Valid until"] for one in (early, late)]
    assert until == ["22-Sep-2026 23:59", "23-Sep-2026 03:30"]
    evening.at(2026, 9, 23, 0, 10)
    assert verify_paper(evening.ward, late).verdict == "VALID"
    assert verify_paper(evening.ward, figures(first.path)[2]).verdict == "VALID"
    for over, words in ((early, "hour 39 at 05:00"), (noon, "hour 48 at 14:00")):
        answer = verify_paper(evening.ward, over)
        assert answer.verdict == "OUT OF DATE"
        assert answer.reasons[0].startswith(f"its time is over: {words}")
    assert LABEL in keys(evening)  # a fresh one can be had, of that dose alone
    fresh = printed(evening, LABEL, tmp_path / "b")
    assert (fresh.sheet_number, fresh.copy) == (first.sheet_number, 2)
    (page,) = pages(fresh.path)
    assert "3 of 3" in page and "at 23:00" in page
    (again,) = squares(fresh.path)
    evening.at(2026, 9, 23, 3, 30)
    assert verify_paper(evening.ward, again).verdict == "VALID"
    give_with(evening, OfDay(57), again)


def test_after_that_the_refusal_names_the_way_out(evening: Bench, tmp_path) -> None:
    *_, late = squares(printed(evening, LABEL, tmp_path).path)
    evening.at(2026, 9, 23, 3, 31)
    assert verify_paper(evening.ward, late).reasons == ("its dates are over",)
    assert LABEL not in keys(evening)
    for label, unread in ((late, ""), ("", "wet, all its codes are smudged")):
        typed = TwoIdentifiers("T 001", date(2026, 5, 14), label, unread)
        faults = label_faults(evening.ward, evening.infant, LEUCOVORIN, typed, of=OfDay(57))
        assert "Given before today: from paper" in " ".join(faults)
        assert "fresh label of this dose" not in " ".join(faults)
    giver = by(evening.ward, evening.infant, paper=PAPER)
    given = GivenAs(MG, of=OfDay(57), at_reason="the physician wants it now")
    record_given(evening.ward, evening.infant, *LEUCOVORIN, giver, who=NURSE, given=given)


def test_before_midnight_a_refused_label_asks_for_a_fresh_one(evening: Bench, tmp_path) -> None:
    paper = printed(evening, LABEL, tmp_path)
    void_paper(evening.ward, paper.print_id, "fell on the floor", who=NURSE)
    typed = TwoIdentifiers("T 001", date(2026, 5, 14), "", "wet, all its codes are smudged")
    (told,) = label_faults(evening.ward, evening.infant, LEUCOVORIN, typed, of=OfDay(57))
    assert told.endswith("Ask for a fresh label of this dose and scan that.")
    evening.at(2026, 9, 23, 4, 0)
    (told,) = label_faults(evening.ward, evening.infant, LEUCOVORIN, typed, of=OfDay(57))
    assert told.endswith("with the time at which it was given.")


def test_of_doses_by_number_the_last_one_outlives_its_day_by_half_a_share(
    bench: Bench, tmp_path
) -> None:
    """Two a day: 24 hours shared are 12 h each, and half of that after the day is 06:00 less a minute."""
    in_interim(bench, VALUES + TWICE + CYTARABINE)
    key = in_front_of(bench)
    bench.weigh()
    sign(bench, key)
    one, two = squares(printed(bench, label_key(key), tmp_path).path)
    midnight = bench.clock.now.replace(hour=0) + timedelta(days=1)
    bench.clock.now = midnight + timedelta(hours=5, minutes=50)
    assert verify_paper(bench.ward, two).verdict == "VALID"
    assert "its time is over: dose 1 of 2" in verify_paper(bench.ward, one).reasons[0]
    bench.clock.now = midnight + timedelta(hours=6, minutes=1)
    assert verify_paper(bench.ward, two).reasons == ("its dates are over",)


def test_a_day_with_a_record_that_no_dose_counts_has_no_label(interim: Bench, tmp_path) -> None:  # noqa: F811
    """Hour 48 was given, and the beginning it counts from was struck out: nobody knows what is left."""
    before = printed(interim, LABEL, tmp_path / "a")
    interim.at(2026, 9, 22, 8, 5)
    give_with(interim, OfDay(48), squares(before.path)[0])
    (begun,) = facts_of(interim.ward, interim.infant).infusions
    strike_out(interim.ward, interim.infant, "infusion", begun.id, "wrong hour", who=NURSE)
    with pytest.raises(
        Refused, match=r"on record for this day is hour 48: GIVEN 6\.2 mg"
    ) as refused:
        printed(interim, LABEL, tmp_path / "b")
    assert "Was a beginning struck out? Enter it again." in str(refused.value)
    answer = verify_paper(interim.ward, squares(before.path)[1])
    assert answer.verdict == "OUT OF DATE" and "Enter it again" in answer.reasons[0]
    started(interim, datetime(2026, 9, 20, 8, 0, tzinfo=BERLIN))
    (left,) = pages(printed(interim, LABEL, tmp_path / "c").path)
    assert "2 of 2" in left and "at 17:00" in left


def test_the_roadmap_does_not_tick_a_day_of_which_a_dose_is_left(interim: Bench) -> None:  # noqa: F811
    interim.at(2026, 9, 22, 8, 0)
    give(interim, OfDay(48))
    assert _day_3(interim).given_on is None
    assert [words for _, words in _day_3(interim).given] == ["1 of 2 given, 6.2 mg"]
    interim.at(2026, 9, 22, 17, 0)
    give(interim, OfDay(57))
    assert _day_3(interim).given_on == date(2026, 9, 22)


def _day_3(bench: Bench) -> RoadmapDay:
    facts = facts_of(bench.ward, bench.infant)
    course = facts.protocol.course(COURSE)
    head = paper_head(bench.ward, facts, ROADMAP, course, NURSE)
    return next(one for one in fill_roadmap(bench.ward, facts, course, head).days if one.day == 3)


def test_a_sheet_says_on_its_very_day_that_all_of_it_is_recorded(interim: Bench, tmp_path) -> None:  # noqa: F811
    sheet = printed(interim, SHEET, tmp_path)
    for at, hour in ((8, 48), (17, 57)):
        interim.at(2026, 9, 22, at, 0)
        give(interim, OfDay(hour))
    assert verify_paper(interim.ward, sheet.code).reasons == ("all that stands on it is recorded",)
    (paper,) = printed_papers(interim.ward, facts_of(interim.ward, interim.infant))
    assert paper.is_over
    interim.at(2026, 9, 23, 0, 1)
    assert verify_paper(interim.ward, sheet.code).reasons == ("its dates are over",)


def test_the_label_of_a_dose_not_given_does_not_say_that_it_was(bench: Bench, tmp_path) -> None:
    in_interim(bench, VALUES + TWICE + CYTARABINE)
    key = in_front_of(bench)
    bench.weigh()
    sign(bench, key)
    paper = printed(bench, label_key(key), tmp_path)
    with bench.ward.store.change(NURSE, "recorded a dose", bench.ward.now()) as change:
        for turn in (1, 2):
            change.add(
                DoseRecord, infant_id=bench.infant, course_key=key[0], course_day=key[1],
                due_on=bench.ward.today(), drug=key[2], route=key[3], state="not given",
                amount_ug=None, measurement_id=None, reconstituted_at=None, infusion_minutes=None,
                started_at=None, finished_at=None, note="vomiting", turn=turn,
            )  # fmt: skip
    assert verify_paper(bench.ward, paper.code).reasons == ("its dose is recorded as not given",)
    assert sheet_key(key) not in keys(bench)


def test_what_became_of_an_order_whose_rule_is_gone_is_said_in_whole_sentences(
    interim: Bench,  # noqa: F811
    tmp_path,
) -> None:
    paper = printed(interim, LABEL, tmp_path)
    values = interim.folder.parent / "values.toml"
    values.write_text(VALUES, encoding="utf-8")  # two people took the dose out
    interim.ward.values = read_site_values(values)
    (told,) = verify_paper(interim.ward, paper.code).reasons
    assert "the dose rule was 1 mg per kg; it is not known now" in told
    assert "Age factor" not in told and ".." not in told and ". ;" not in told
