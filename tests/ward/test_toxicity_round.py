"""The round and the laboratory's proposals on a real ward: nothing missed, nothing assumed, nothing lost."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bedside.store.laboratory_records import LabResult
from bedside.store.queries import of_infant
from bedside.store.records import BloodCount
from bedside.store.toxicity_records import ToxicityProposal, ToxicityRoundAnswer
from bedside.units.refusal import Refused
from bedside.ward.counting import void_counts
from bedside.ward.forms import NewToxicity
from bedside.ward.laboratory_catalogue import catalogue
from bedside.ward.laboratory_reading import NewResult
from bedside.ward.laboratory_recording import NewSpecimen, record_results
from bedside.ward.proposals import proposals_of
from bedside.ward.toxicities import correct_grade, log_of, record_toxicity, void_toxicity
from bedside.ward.toxicity_round import finish_round, last_round_words, round_of
from bedside.ward.toxicity_ward_round import next_in_round, ward_round
from bedside.ward.views.round import OpenAnswer, ProposalAnswer, RoundAnswers
from tests.store.samples import ROWS
from tests.ward.wards import NURSE, Bench

ANC = "neutrophil-count-decreased"
PLATELETS = "platelet-count-decreased"


@pytest.fixture
def ward(bench: Bench) -> Bench:
    bench.site()
    bench.enrol()
    bench.at(2026, 10, 20, 8, 0)
    return bench


def enter(bench: Bench, term: str = "Mucositis oral", grade: int = 2) -> int:
    toxicity = NewToxicity(term, grade, date(2026, 10, 10), "", "")
    return record_toxicity(bench.ward, bench.infant, toxicity, who=NURSE)


def finish(bench: Bench, *opens: OpenAnswer, take: tuple[str, ...] = (), **more: object) -> int:
    refused = more.pop("refused", {})
    seen = {one.term_key: one.seen for one in proposals_of(bench.ward, bench.infant, **more)}
    answers = RoundAnswers(
        began_at=bench.clock() - timedelta(seconds=25),
        opens=opens,
        proposals=(
            *(ProposalAnswer(key, seen[key], accepted=True) for key in take),
            *(ProposalAnswer(key, seen[key], False, why) for key, why in refused.items()),
        ),
        **more,
    )
    return finish_round(bench.ward, bench.infant, answers, who=NURSE)


def waiting(bench: Bench, **more: object) -> dict[str, object]:
    return {one.term_key: one for one in proposals_of(bench.ward, bench.infant, **more)}


def by_term(bench: Bench, key: str) -> list:
    return [one for one in log_of(bench.ward, bench.infant) if one.term_key == key]


# ---- the round


def test_one_key_each_and_what_is_left_is_said(ward: Bench) -> None:
    first, second = enter(ward), enter(ward, "Vomiting", 1)
    third, fourth = enter(ward, "Diarrhea", 1), enter(ward, "Pain", 2)
    finish(
        ward,
        OpenAnswer(first, "same"),
        OpenAnswer(second, "gone"),
        OpenAnswer(third, "worse", 3),
    )
    log = {one.toxicity_id: one for one in log_of(ward.ward, ward.infant)}
    assert (log[first].grade, log[second].grade, log[third].grade) == (2, 0, 3)
    assert log[third].steps[-1].origin == "round"
    assert len(log[first].steps) == 1  # the same grade is no new grade
    assert log[fourth].grade == 2  # nobody looked: neither gone nor better
    assert last_round_words(ward.ward, ward.infant) == (
        f"last round 08:00 by {NURSE}; 5 not assessed"
    )
    with ward.ward.store.reading() as connection:
        kept = of_infant(connection, ToxicityRoundAnswer, ward.infant)
    assert {(one.term, one.answer) for one in kept} == {
        ("Mucositis oral", "same"),
        ("Vomiting", "gone"),
        ("Diarrhea", "worse"),
        ("Pain", "not assessed"),
    }


@pytest.mark.parametrize(
    ("answer", "grade", "words"),
    [
        ("better", None, "which grade below 2"),
        ("better", 2, "which grade below 2"),
        ("worse", 2, "which grade above 2"),
        ("worse", None, "which grade above 2"),
    ],
)
def test_better_and_worse_need_a_grade_that_is(ward: Bench, answer, grade, words) -> None:
    row = enter(ward)
    with pytest.raises(Refused, match=words):
        finish(ward, OpenAnswer(row, answer, grade))
    assert last_round_words(ward.ward, ward.infant) == ""


def test_an_empty_round_is_refused(ward: Bench) -> None:
    enter(ward)
    with pytest.raises(Refused, match="Nothing is answered"):
        finish(ward)


def test_one_that_was_struck_out_meanwhile_is_said(ward: Bench) -> None:
    row = enter(ward)
    void_toxicity(ward.ward, row, "wrong infant", who=NURSE)
    with pytest.raises(Refused, match="not open any more"):
        finish(ward, OpenAnswer(row, "same"))


# ---- the laboratory


def test_results_propose_and_nothing_is_kept_before_it_is_accepted(ward: Bench) -> None:
    ward.count(620, 41_000)
    proposed = waiting(ward)
    assert (proposed[ANC].grade, proposed[PLATELETS].grade) == (3, 3)
    assert proposed[ANC].standing == 0
    assert log_of(ward.ward, ward.infant) == ()
    finish(ward, take=(ANC, PLATELETS))
    (anc,) = by_term(ward, ANC)
    assert (anc.term, anc.grade, anc.laboratory) == ("Neutrophil count decreased", 3, True)
    step = anc.steps[0]
    assert step.result == "blood_count:1" and step.ctcae == "5.0" and step.measured
    assert waiting(ward) == {}


def test_none_between_two_rounds_is_missed(ward: Bench) -> None:
    """The worst of the days between counts, even if the last count is better again."""
    for day, anc in ((12, 1200), (14, 300), (16, 700), (18, 2000)):
        ward.at(2026, 10, day, 6, 0)
        ward.count(anc, 300_000)
    ward.at(2026, 10, 20, 8, 0)
    proposed = waiting(ward)[ANC]
    assert (proposed.grade, proposed.worst) == (0, 4)
    finish(ward, take=(ANC,))
    (logged,) = by_term(ward, ANC)
    assert [grade for _, grade in logged.grades] == [2, 4, 3, 0]
    assert logged.resolved_on == date(2026, 10, 18)
    assert waiting(ward) == {}


def test_normal_results_ask_nothing(ward: Bench) -> None:
    ward.count(3000, 300_000)
    assert waiting(ward) == {}


def test_a_refusal_needs_its_reason_and_is_not_asked_again(ward: Bench) -> None:
    ward.count(620, 300_000)
    with pytest.raises(Refused, match="needs its reason"):
        finish(ward, refused={ANC: " "})
    finish(ward, refused={ANC: "clotted sample"})
    assert waiting(ward) == {} and by_term(ward, ANC) == []
    ward.at(2026, 10, 21, 6, 0)
    ward.count(400, 300_000)
    assert waiting(ward)[ANC].grade == 4


def test_a_result_that_came_meanwhile_is_looked_at_first(ward: Bench) -> None:
    """Nobody accepts what she has not seen."""
    ward.count(620, 300_000)
    seen = waiting(ward)[ANC].seen
    ward.at(2026, 10, 20, 8, 1)
    ward.count(300, 300_000)
    answer = ProposalAnswer(ANC, seen, accepted=True)
    with pytest.raises(Refused, match="meanwhile"):
        finish_round(ward.ward, ward.infant, RoundAnswers(ward.clock(), (), (answer,)), who=NURSE)
    assert by_term(ward, ANC) == []


def lab(bench: Bench, analyte: str, value: str, unit: str, **more: object) -> None:
    """Keep one result of chemistry, as its page would."""
    columns = {**ROWS[LabResult], "infant_id": bench.infant, "taken_at": bench.clock(), **more}
    columns |= {"analyte": analyte, "comparator": "", "typed": value, "value": Decimal(value)}
    measured = catalogue().analyte(analyte)
    kept = measured.find(unit).kept(Decimal(value))
    columns |= {"unit": unit, "kept": kept, "kept_unit": measured.unit.name}
    with bench.ward.store.change(NURSE, "recorded chemistry", bench.ward.now()) as change:
        change.add(LabResult, **columns)


def test_what_no_result_tells_is_asked_never_inferred(ward: Bench) -> None:
    """CTCAE 5.0: potassium below the limit but not below 3.0 is grade 1, with symptoms grade 2."""
    key = "hypokalemia"
    lab(ward, "potassium", "3.2", "mmol/L", low=Decimal("3.5"), high=Decimal("5.5"))
    proposed = waiting(ward)[key]
    assert proposed.grade is None and proposed.least == 1
    assert [question.key for question in proposed.questions] == ["symptoms"]
    assert proposed.needs == ("whether symptoms of it are present",)
    with pytest.raises(Refused, match="cannot be graded yet"):
        finish(ward, take=(key,))
    said = {key: {"symptoms": "yes"}}
    assert waiting(ward, said=said)[key].grade == 2
    assert waiting(ward, said={key: {"symptoms": "no"}})[key].grade == 1
    finish(ward, take=(key,), said=said)
    (logged,) = by_term(ward, key)
    assert logged.grade == 2
    with ward.ward.store.reading() as connection:
        (kept,) = of_infant(connection, ToxicityProposal, ward.infant)
    assert kept.answered == '{"symptoms":"yes"}'


def test_the_grade_against_the_infants_own_limit_is_said_where_it_differs(ward: Bench) -> None:
    """Neutrophils 1.2 are grade 2 by the letter; below six months the limit is 1.0."""
    ward.count(1200, 300_000)
    proposed = waiting(ward)[ANC]
    assert (proposed.grade, proposed.against_age) == (2, 0)


def test_a_corrected_result_is_said_and_put_right(ward: Bench) -> None:
    wrong = ward.count(400, 300_000)
    finish(ward, take=(ANC,))
    void_counts(ward.ward, wrong, "another infant's slip", who=NURSE)
    (logged,) = by_term(ward, ANC)
    assert logged.corrected and logged.grade == 4
    proposed = waiting(ward)[ANC]
    assert proposed.corrected and proposed.grade == 0
    with pytest.raises(Refused, match="corrected"):
        finish(ward, refused={ANC: "no"})
    finish(ward, take=(ANC,))
    assert by_term(ward, ANC) == []
    (struck,) = log_of(ward.ward, ward.infant, include_void=True)
    assert "corrected" in struck.voided


def test_a_laboratory_grade_corrected_by_hand_is_not_proposed_again(ward: Bench) -> None:
    ward.count(400, 300_000)
    finish(ward, take=(ANC,))
    (logged,) = by_term(ward, ANC)
    step = logged.steps[0]
    correct_grade(ward.ward, logged.toxicity_id, step.grade_id, 3, "misread", who=NURSE)
    assert by_term(ward, ANC)[0].grade == 3
    assert waiting(ward) == {}


def test_a_laboratory_toxicity_struck_out_is_not_proposed_again(ward: Bench) -> None:
    ward.count(400, 300_000)
    finish(ward, take=(ANC,))
    void_toxicity(ward.ward, by_term(ward, ANC)[0].toxicity_id, "leukaemia itself", who=NURSE)
    assert waiting(ward) == {}


def test_a_round_tells_what_is_pending_and_what_no_result_changes(ward: Bench) -> None:
    enter(ward)
    ward.count(400, 300_000)
    finish(ward, take=(ANC,))
    ward.at(2026, 10, 20, 9, 0)
    ward.count(None, None, anc_state="pending")
    view = round_of(ward.ward, ward.infant)
    assert [item.toxicity.term for item in view.items] == ["Mucositis oral"]
    assert view.unchanged == ("Neutrophil count decreased grade 4",)
    assert view.pending == ("Neutrophils (ANC) pending since 09:00",)
    assert view.proposals == ()


def test_a_result_not_done_after_an_unusable_one_is_said_as_the_newest(ward: Bench) -> None:
    """It said "INR unusable since 21-Nov" though the newest INR was "not done: no tube"."""
    given = (("u clotted twice", 9), ("n no tube", 11))
    for text, hour in given:
        ward.at(2026, 10, 20, hour, 30)
        typed = NewResult("inr", text, "INR")
        specimen = NewSpecimen(ward.clock(), "vein", "", (typed,))
        record_results(ward.ward, ward.infant, specimen, who=NURSE)
    view = round_of(ward.ward, ward.infant)
    assert view.pending == ("INR not done 11:30 (no tube), unusable 09:30",)
    ward.at(2026, 10, 20, 12, 30)
    typed = NewResult("inr", "1.0", "INR")
    specimen = NewSpecimen(ward.clock(), "vein", "", (typed,))
    record_results(ward.ward, ward.infant, specimen, who=NURSE)
    assert round_of(ward.ward, ward.infant).pending == ()


def test_an_answer_about_the_sample_holds_for_every_term_of_it(ward: Bench) -> None:
    """CTCAE 5.0 grades corrected calcium only, low or high; of uncorrected calcium no grade comes."""
    lab(ward, "calcium", "1.7", "mmol/L", low=Decimal("2.2"), high=Decimal("2.7"))
    low, high = "hypocalcemia", "hypercalcemia"
    assert {key: one.grade for key, one in waiting(ward).items()} == {low: None, high: None}
    yes = waiting(ward, said={high: {"corrected": "yes"}})
    assert (yes[high].grade, yes[low].least) == (0, 3)  # below 1.75 mmol/L
    no = waiting(ward, said={high: {"corrected": "no"}})
    for key in (low, high):
        assert no[key].grade is None and "so this rule gives no grade" in no[key].barred
        assert [question.given for question in no[key].questions] == ["no"]
    assert yes[low].answered == {"corrected": "yes"}  # it is kept with the decision of each


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    results=st.dictionaries(
        st.tuples(st.integers(2, 14), st.integers(0, 2)),
        st.sampled_from((300, 700, 1200, 3000)),
        min_size=1,
        max_size=6,
    ),
    order=st.randoms(use_true_random=False),
    each=st.booleans(),
)
def test_any_order_of_results_gives_the_same_log(bench_of, results, order, each) -> None:
    """Results entered and accepted in time, or in any order, one by one or all at once."""
    wanted = sorted(results.items())
    shuffled = list(wanted)
    order.shuffle(shuffled)
    states = []
    for entered, one_by_one in ((wanted, True), (shuffled, each)):
        bench = bench_of()
        for (day, hour), anc in entered:
            bench.at(2026, 10, day, 6 + 6 * hour, 0)
            bench.count(anc, 300_000)
            bench.at(2026, 10, 20, 8, 0)
            if one_by_one and waiting(bench):
                finish(bench, take=tuple(waiting(bench)))
        if waiting(bench):
            finish(bench, take=tuple(waiting(bench)))
        states.append([one.grades for one in by_term(bench, ANC)])
    assert states[0] == states[1]


@pytest.fixture
def bench_of(tmp_path, request):
    """Makes fresh wards with one infant each."""
    made = []

    def make() -> Bench:
        one = Bench(tmp_path / f"ward-{len(made)}-{id(made)}-{request.node.name[:8]}")
        made.append(one)
        one.site()
        one.enrol()
        one.at(2026, 10, 20, 8, 0)
        return one

    yield make
    for one in made:
        one.ward.store.close()


# ---- the whole ward


def test_the_wards_round_tells_who_is_due(ward: Bench) -> None:
    first = ward.infant
    enter(ward)
    second = ward.enrol(hospital_number="T 002", bed="10", family="ANDERS", study_number="2")
    third = ward.enrol(hospital_number="T 003", bed="2", family="BERGER", study_number="3")
    rows = ward_round(ward.ward)
    assert [row.infant_id for row in rows] == [first, third, second]
    assert rows[0].open_words == ("Mucositis oral, grade 2",)
    ward.infant = first
    finish(ward, OpenAnswer(log_of(ward.ward, first)[0].toxicity_id, "same"))
    rows = ward_round(ward.ward)
    assert [row.infant_id for row in rows] == [third, second, first]
    assert not rows[-1].due
    assert (rows[-1].round_words, rows[-1].laboratory) == ("08:00, 7 not assessed", "")
    following = next_in_round(ward.ward, first)
    assert following is not None and following.infant_id == third


def test_counts_are_of_the_kind_the_tests_say(ward: Bench) -> None:
    """The bench writes the count that the tests above grade."""
    row = ward.count(620, 41_000)
    with ward.ward.store.reading() as connection:
        (kept,) = of_infant(connection, BloodCount, ward.infant)
    assert (kept.id, kept.anc_per_ul, Decimal(kept.platelets_per_ul or 0)) == (row, 620, 41_000)


def test_the_wards_round_counts_what_the_laboratory_has_new(ward: Bench) -> None:
    wrong = ward.count(620, 41_000)
    assert ward_round(ward.ward)[0].laboratory == "2 to answer, 1 new result"
    assert ward_round(ward.ward)[0].proposals == len(round_of(ward.ward, ward.infant).proposals)
    finish(ward, take=(ANC,))
    assert ward_round(ward.ward)[0].laboratory == "1 to answer"
    ward.at(2026, 10, 20, 9, 0)
    void_counts(ward.ward, wrong, "another infant's slip", who=NURSE)
    lab(ward, "potassium", "4.2", "mmol/L", low=Decimal("3.5"), high=Decimal("5.5"))
    shown = len(round_of(ward.ward, ward.infant).proposals)
    assert ward_round(ward.ward)[0].laboratory == (
        f"{shown} to answer, 1 new result, 1 corrected" if shown else "1 new result, 1 corrected"
    )
