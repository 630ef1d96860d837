"""The log in full: grades in order whatever the order of entry, judgement, corrections in the open."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import asdict

from bedside.store.queries import of_infant
from bedside.store.records import Enrolment, ToxicityGrade
from bedside.store.shapes import FILLED_IN
from bedside.store.toxicity_records import ToxicityDetail
from bedside.units.refusal import Refused
from bedside.ward.facts import facts_of
from bedside.ward.forms import Judgement, NewToxicity
from bedside.ward.toxicities import (
    correct_grade,
    judge_toxicity,
    log_of,
    record_toxicity,
    regrade,
    resolve,
    toxicities_page,
)
from bedside.ward.toxicity_causes import causes_of
from bedside.ward.toxicity_terms import near_terms
from bedside.ward.views.toxicity import Attributed
from tests.ward.wards import NURSE, Bench

FIRST = date(2026, 10, 1)


@pytest.fixture
def ward(bench: Bench) -> Bench:
    bench.site()
    bench.enrol()
    bench.at(2026, 10, 20, 8, 0)
    return bench


def enter(bench: Bench, term: str = "Mucositis oral", grade: int = 2, **more: object) -> int:
    toxicity = NewToxicity(term, grade, more.pop("onset", FIRST), "", "", **more)
    return record_toxicity(bench.ward, bench.infant, toxicity, who=NURSE)


def only(bench: Bench):
    (logged,) = log_of(bench.ward, bench.infant)
    return logged


def test_the_log_tells_grades_version_course_and_day_by_itself(ward: Bench) -> None:
    row = enter(ward)
    regrade(ward.ward, row, 3, date(2026, 10, 4), who=NURSE)
    resolve(ward.ward, row, date(2026, 10, 9), who=NURSE)
    logged = only(ward)
    assert logged.term_key == "mucositis-oral"
    assert logged.ctcae == "5.0"
    assert logged.grades == ((FIRST, 2), (date(2026, 10, 4), 3), (date(2026, 10, 9), 0))
    assert {step.ctcae for step in logged.steps} == {"5.0"}
    assert (logged.worst, logged.grade, logged.resolved_on) == (3, 0, date(2026, 10, 9))
    assert (logged.course_key, logged.course_day) == ("induction", 31)
    assert (logged.expected, logged.serious) == ("not assessed", "not assessed")
    assert logged.attributions == ()
    assert logged.grade_on(date(2026, 10, 5)) == 3


def test_a_grade_that_comes_late_takes_its_place(ward: Bench) -> None:
    row = enter(ward)
    resolve(ward.ward, row, date(2026, 10, 9), who=NURSE)
    regrade(ward.ward, row, 4, date(2026, 10, 5), who=NURSE)
    logged = only(ward)
    assert [grade for _, grade in logged.grades] == [2, 4, 0]
    assert logged.worst == 4 and not logged.is_open


def test_gone_before_a_later_grade_is_refused(ward: Bench) -> None:
    row = enter(ward)
    regrade(ward.ward, row, 3, date(2026, 10, 8), who=NURSE)
    with pytest.raises(Refused, match=r"graded 3 on 08-Oct-2026, after that day"):
        resolve(ward.ward, row, date(2026, 10, 6), who=NURSE)
    assert only(ward).is_open


def test_one_day_is_graded_twice_only_with_times(ward: Bench) -> None:
    row = enter(ward)
    regrade(ward.ward, row, 3, date(2026, 10, 5), who=NURSE)
    with pytest.raises(Refused, match="has a grade already"):
        regrade(ward.ward, row, 4, date(2026, 10, 5), who=NURSE)
    regrade(ward.ward, row, 4, date(2026, 10, 20), who=NURSE)  # today: the time is known
    ward.at(2026, 10, 20, 15, 0)
    regrade(ward.ward, row, 2, date(2026, 10, 20), who=NURSE)
    assert only(ward).grade == 2 and only(ward).worst == 4


def test_an_earlier_hour_entered_late_stands_before_the_later_one(ward: Bench) -> None:
    row = enter(ward)
    day = date(2026, 10, 20)
    morning, noon = ward.clock(), ward.clock() + timedelta(hours=4)
    regrade(ward.ward, row, 1, day, who=NURSE, at=noon)
    regrade(ward.ward, row, 4, day, who=NURSE, at=morning)
    assert [grade for _, grade in only(ward).grades] == [2, 4, 1]
    page = facts_of(ward.ward, ward.infant)
    assert page.grades_of(row)[-1].grade == 1  # every other page reads the same order
    with ward.ward.store.reading() as connection:
        every = of_infant(connection, ToxicityGrade, ward.infant, include_void=True)
    assert any(kept.void_reason and "written again" in kept.void_reason for kept in every)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    grades=st.dictionaries(
        st.tuples(st.integers(1, 12), st.integers(0, 3)), st.integers(1, 5), min_size=1, max_size=6
    ),
    gone=st.booleans(),
    order=st.randoms(use_true_random=False),
)
def test_any_order_of_entry_gives_the_same_state(ward: Bench, grades, gone, order) -> None:
    """Grades with their day and hour, and the day it was gone, entered in any order."""
    acts = [
        (FIRST + timedelta(days=day), hour, grade) for (day, hour), grade in sorted(grades.items())
    ]
    if gone:
        acts.append((FIRST + timedelta(days=14), 0, 0))
    shuffled = list(acts)
    order.shuffle(shuffled)
    states = []
    for entered in (acts, shuffled):
        made = len(log_of(ward.ward, ward.infant))
        row = enter(ward, f"in our own words, {made}", 2, own_words=True)
        for on, hour, grade in entered:
            at = ward.clock().replace(year=on.year, month=on.month, day=on.day, hour=hour)
            if grade:
                regrade(ward.ward, row, grade, on, who=NURSE, at=at)
            else:
                resolve(ward.ward, row, on, who=NURSE, at=at)
        logged = next(one for one in log_of(ward.ward, ward.infant) if one.toxicity_id == row)
        states.append((logged.grades, logged.worst, logged.grade, logged.resolved_on))
        assert [one.grade for one in facts_of(ward.ward, ward.infant).grades_of(row)] == [
            grade for _, grade in logged.grades
        ]
    assert states[0] == states[1]


def test_what_is_judged_is_kept_and_judged_anew_in_the_open(ward: Bench) -> None:
    first = Judgement(
        causes=(Attributed("drug", "cytarabine", "probable"),),
        expected="yes",
        action="dose held",
        comment="eats ice",
    )
    row = enter(ward, judged=first)
    logged = only(ward)
    assert logged.attributions == (("cytarabine", "probable"),)
    assert (logged.expected, logged.action, logged.comment) == ("yes", "dose held", "eats ice")
    second = Judgement(
        causes=(
            Attributed("drug", "azacitidine", "possible"),
            Attributed("course", "induction", "probable"),
        ),
        serious="yes",
        serious_why="admitted",
        course_key="induction",
        course_day=30,
    )
    judge_toxicity(ward.ward, row, second, who=NURSE)
    logged = only(ward)
    assert logged.attributions == (("azacitidine", "possible"), ("induction", "probable"))
    assert (logged.serious, logged.serious_why, logged.course_day) == ("yes", "admitted", 30)
    shown = toxicities_page(ward.ward, ward.infant).rows[0]
    assert shown.attribution == "azaCITIDine possible; Induction probable"
    with ward.ward.store.reading() as connection:
        kept = of_infant(connection, ToxicityDetail, ward.infant, include_void=True)
    assert [one.expected for one in kept] == ["yes", "not assessed"]
    assert kept[0].void_reason == "judged anew"


@pytest.mark.parametrize(
    ("judged", "words"),
    [
        (Judgement(serious="yes"), "say why"),
        (Judgement(course_key="no-such"), "no course"),
        (Judgement(course_day=0), "day 1"),
        (Judgement(action="x" * 401), "The action taken is too long: 401 letters"),
        (Judgement(comment="x" * 401), "The comment is too long: 401 letters"),
        (
            Judgement(serious="yes", serious_why="x" * 401),
            "The reason why it is serious is too long: 401 letters",
        ),
    ],
)
def test_a_judgement_that_cannot_be_is_refused(ward: Bench, judged: Judgement, words: str) -> None:
    with pytest.raises(Refused, match=words):
        enter(ward, judged=judged)
    assert log_of(ward.ward, ward.infant) == ()


def test_a_wrong_grade_is_replaced_in_the_open(ward: Bench) -> None:
    row = enter(ward)
    regrade(ward.ward, row, 4, date(2026, 10, 5), who=NURSE)
    wrong = only(ward).steps[1]
    with pytest.raises(Refused, match="reason"):
        correct_grade(ward.ward, row, wrong.grade_id, 3, " ", who=NURSE)
    correct_grade(ward.ward, row, wrong.grade_id, 3, "misread", who=NURSE)
    assert only(ward).grades == ((FIRST, 2), (date(2026, 10, 5), 3))
    assert only(ward).worst == 3
    with pytest.raises(Refused, match="not there any more"):
        correct_grade(ward.ward, row, wrong.grade_id, 3, "misread", who=NURSE)


def test_one_that_is_over_is_entered_with_its_end(ward: Bench) -> None:
    enter(ward, onset=date(2026, 10, 10))
    enter(ward, onset=date(2026, 10, 2), gone_on=date(2026, 10, 6))
    first, second = log_of(ward.ward, ward.infant)
    assert first.resolved_on == date(2026, 10, 6) and second.is_open
    with pytest.raises(Refused, match="in the log for these days"):
        enter(ward, onset=date(2026, 10, 5), gone_on=date(2026, 10, 9))
    with pytest.raises(Refused, match="before it began"):
        enter(ward, "Vomiting", onset=date(2026, 10, 5), gone_on=date(2026, 10, 4))


def pin(bench: Bench, version: str) -> None:
    """Enrol the infant anew under another version, in the open."""
    with bench.ward.store.change(NURSE, "pinned another version", bench.ward.now()) as change:
        (row,) = of_infant(change.connection, Enrolment, bench.infant)
        change.void(Enrolment, row.id, "another version")
        own = {name: value for name, value in asdict(row).items() if name not in FILLED_IN}
        change.add(Enrolment, **{**own, "ctcae": version})


def test_a_term_of_another_version_is_refused_in_words(ward: Bench) -> None:
    with pytest.raises(Refused, match="calls this Platelet count decreased"):
        enter(ward, "Thrombocytopenia")
    pin(ward, "4.03")
    with pytest.raises(Refused, match=r"Bacteremia does not exist in CTCAE 4\.03"):
        enter(ward, "bacteremia".capitalize())
    pin(ward, "6.0")
    with pytest.raises(Refused, match="calls this Pneumonia"):
        enter(ward, "Lung infection")
    enter(ward, "Pneumonia")
    assert (only(ward).ctcae, only(ward).term_key) == ("6.0", "lung-infection")
    assert only(ward).steps[0].ctcae == "6.0"


def test_a_term_in_our_own_words_is_taken_when_it_is_marked_so(ward: Bench) -> None:
    with pytest.raises(Refused, match="is no term of CTCAE"):
        enter(ward, "sore bottom under the plaster")
    enter(ward, "sore bottom under the plaster", own_words=True)
    assert only(ward).term_key == ""


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("Mucositis orl", "Near to it: Mucositis oral"),
        ("Vomitting", "Near to it: Vomiting"),
        ("zzzz", "here. Choose a term of the list, or mark it as the ward's own words"),
    ],
)
def test_an_unknown_term_is_refused_with_the_nearest_ones(
    ward: Bench, typed: str, why: str
) -> None:
    with pytest.raises(Refused, match=why):
        enter(ward, typed)
    assert log_of(ward.ward, ward.infant) == ()


def test_a_ctcae_term_is_not_the_wards_own_words(ward: Bench) -> None:
    with pytest.raises(Refused, match="Diarrhea is a term of CTCAE: take the mark"):
        enter(ward, "diarrhoea", own_words=True)
    assert near_terms(ward.ward, "Diarrhea", "5.0") == near_terms(ward.ward, " ", "5.0") == ()


def test_a_grade_that_the_term_does_not_have_is_refused_wherever_it_is_given(ward: Bench) -> None:
    """Source: NCI CTCAE 5.0: "Neutrophil count decreased" 1 to 4, "Nausea" 1 to 3, no grade 5."""
    words = "Nausea has no grade 4 in CTCAE 5.0: its grades are 1, 2, 3."
    with pytest.raises(Refused) as refused:
        enter(ward, "Nausea", 4)
    assert refused.value.reasons == (words,)
    with pytest.raises(Refused, match="Neutrophil count decreased has no grade 5"):
        enter(ward, "Neutrophil count decreased", 5)
    row = enter(ward, "Nausea", 2)
    with pytest.raises(Refused, match="Nausea has no grade 5"):
        regrade(ward.ward, row, 5, FIRST, who=NURSE)
    with pytest.raises(Refused, match="Nausea has no grade 4"):
        correct_grade(ward.ward, row, only(ward).steps[0].grade_id, 4, "wrong", who=NURSE)
    assert [step.grade for step in only(ward).steps] == [2]
    enter(ward, "own ache", 5, own_words=True)  # the general scale


def test_every_wrong_day_and_grade_is_said_at_once(ward: Bench) -> None:
    with pytest.raises(Refused) as refused:
        enter(ward, "Vomitting", 6, onset=date(2026, 1, 1), gone_on=date(2025, 12, 31))
    said = " ".join(refused.value.reasons)
    assert "no term of CTCAE" in said and "A grade is 1, 2, 3, 4 or 5; 6 was given" in said
    assert "before the infant was born" in said and "before it began" in said
    with pytest.raises(Refused, match="lies in the future"):
        enter(ward, onset=date(2099, 1, 1))


def test_what_it_may_be_put_down_to_comes_from_the_plan(bench: Bench) -> None:
    bench.open_epi_1()
    causes = causes_of(bench.ward, facts_of(bench.ward, bench.infant), date(2026, 10, 8))
    names = [cause.name for cause in causes]
    assert names[0] == "azaCITIDine"
    assert names[-2:] == ["EPI #1", "Induction"]
    assert len(set(names)) == len(names)
