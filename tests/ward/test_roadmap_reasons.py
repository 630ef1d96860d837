"""A roadmap never contradicts itself: the worst grade, and why a course began late."""

from datetime import date
from pathlib import Path

from pypdf import PdfReader

from bedside.drawing import Papers
from bedside.papers.values import Roadmap, RoadmapWorst
from bedside.protocol.site_values import SiteValues
from bedside.store.records import Hold
from bedside.ward.courses import open_course
from bedside.ward.facts import facts_of
from bedside.ward.forms import NewToxicity
from bedside.ward.paper_heads import ROADMAP, paper_head
from bedside.ward.printing import make_paper, printed_papers
from bedside.ward.roadmap_delays import NOT_RECORDED
from bedside.ward.roadmaps import fill_roadmap
from bedside.ward.toxicities import answer_resolved
from bedside.ward.toxicity_entry import record_toxicity, regrade
from bedside.ward.weighing import void_size
from tests.ward.ordering import measurable
from tests.ward.test_papers import give
from tests.ward.wards import DOCTOR, NURSE, Bench


def roadmap(bench: Bench, key: str = "epi-1") -> Roadmap:
    facts = facts_of(bench.ward, bench.infant)
    course = facts.protocol.course(key)
    head = paper_head(bench.ward, facts, ROADMAP, course, NURSE)
    return fill_roadmap(bench.ward, facts, course, head)


def late_for_epi_1(bench: Bench, anc: int, day_1: date) -> None:
    """Induction of 35 days from 01-Sep: EPI #1 stands on 06-Oct-2026 in the first plan."""
    bench.ward.values = SiteValues(
        protocol="aall15p1",
        edition=bench.ward.protocols["aall15p1"].edition,
        lengths={"induction": 35},
    )
    bench.site()
    bench.enrol()
    bench.at(2026, 10, 6, 8, 0)
    bench.weigh()
    bench.count(anc, 86_000)
    answer_resolved(bench.ward, bench.infant, "yes", who=DOCTOR)
    bench.at(day_1.year, day_1.month, day_1.day, 8, 0)
    bench.count(640, 86_000)
    open_course(bench.ward, bench.infant, "epi-1", day_1, who=DOCTOR)


def test_the_reason_of_a_late_block_is_the_rule_that_was_closed(bench: Bench) -> None:
    """ANC 480 on the planned day, 640 two days later; the rule needs 500 (slides)."""
    late_for_epi_1(bench, 480, date(2026, 10, 8))
    (delay,) = roadmap(bench).delays
    assert (delay.day, delay.first_plan, delay.days_late) == (1, date(2026, 10, 6), 2)
    assert delay.reason == "start rule not met: 06-Oct-2026 ANC 480, needs 500"


def test_where_nothing_explains_a_delay_it_says_so(bench: Bench) -> None:
    late_for_epi_1(bench, 640, date(2026, 10, 8))
    (delay,) = roadmap(bench).delays
    assert delay.reason == NOT_RECORDED


def test_a_hold_before_the_block_gives_its_own_reason(bench: Bench) -> None:
    late_for_epi_1(bench, 640, date(2026, 10, 8))
    facts = facts_of(bench.ward, bench.infant)
    with bench.ward.store.change(DOCTOR, "held", bench.ward.now()) as change:
        change.add(
            Hold,
            infant_id=facts.infant.id,
            course_key="epi-1",
            drug="",
            from_on=date(2026, 10, 6),
            until_on=date(2026, 10, 7),
            reason="fever",
        )
    assert [delay.reason for delay in roadmap(bench).delays] == ["fever", "fever"]


def test_days_from_the_course_before_are_not_blamed_on_the_rule(bench: Bench) -> None:
    late_for_epi_1(bench, 480, date(2026, 10, 8))
    (delay,) = roadmap(bench, "consolidation").delays
    assert (delay.days_late, delay.actual) == (2, None)
    assert delay.reason == "EPI #1 2 days late"


def test_the_worst_grade_comes_from_what_the_day_columns_show(bench: Bench) -> None:
    """Grade 4 since before the block, grade 2 from day 3: the column of day 1 says 4, the list too."""
    bench.ready_for_epi_1()
    bench.at(2026, 10, 7, 9, 0)
    row = record_toxicity(
        bench.ward,
        bench.infant,
        NewToxicity("Mucositis oral", 4, date(2026, 10, 3), "cytarabine probable", ""),
        who=NURSE,
    )
    answer_resolved(bench.ward, bench.infant, "yes", who=DOCTOR, reason="not of the course before")
    open_course(bench.ward, bench.infant, "epi-1", date(2026, 10, 7), who=DOCTOR)
    bench.at(2026, 10, 9, 9, 0)
    regrade(bench.ward, row, 2, date(2026, 10, 9), who=NURSE)
    paper = roadmap(bench)
    assert [day.worst_grade for day in paper.days] == ["4 a", "4 a", "2 a", "", ""]
    assert paper.worst == (
        RoadmapWorst("a", "Mucositis oral", 4, date(2026, 10, 3), from_before=True),
    )


def test_a_worst_grade_of_the_course_has_its_own_day_and_every_line_its_letter(
    bench: Bench,
) -> None:
    """Grade 2 from before, grade 3 on day 2: the day of the grade, not the onset; 27 lines are 27."""
    bench.ready_for_epi_1()
    bench.at(2026, 10, 7, 9, 0)
    rows = [
        record_toxicity(
            bench.ward,
            bench.infant,
            NewToxicity(f"own words {number}", 2, date(2026, 10, 3), "", "", own_words=True),
            who=NURSE,
        )
        for number in range(27)
    ]
    answer_resolved(bench.ward, bench.infant, "yes", who=DOCTOR, reason="not of the course before")
    open_course(bench.ward, bench.infant, "epi-1", date(2026, 10, 7), who=DOCTOR)
    bench.at(2026, 10, 8, 9, 0)
    regrade(bench.ward, rows[0], 3, date(2026, 10, 8), who=NURSE)
    worst = roadmap(bench).worst
    assert worst[0] == RoadmapWorst("a", "own words 0", 3, date(2026, 10, 8))
    assert [one.letter for one in worst][-2:] == ["z", "aa"]
    assert all(one.from_before and one.began == date(2026, 10, 3) for one in worst[1:])


def test_a_toxicity_that_was_over_before_the_course_is_not_its_worst(bench: Bench) -> None:
    bench.ready_for_epi_1()
    bench.at(2026, 10, 6, 9, 0)
    toxicity = NewToxicity(
        "Vomiting", 3, date(2026, 10, 1), "cytarabine possible", "", gone_on=date(2026, 10, 4)
    )
    record_toxicity(bench.ward, bench.infant, toxicity, who=NURSE)
    bench.at(2026, 10, 7, 9, 0)
    answer_resolved(bench.ward, bench.infant, "yes", who=DOCTOR)
    open_course(bench.ward, bench.infant, "epi-1", date(2026, 10, 7), who=DOCTOR)
    paper = roadmap(bench)
    assert paper.worst == ()
    assert {day.worst_grade for day in paper.days} == {""}


def test_a_long_reason_is_printed_whole(bench: Bench, tmp_path: Path) -> None:
    late_for_epi_1(bench, 480, date(2026, 10, 8))
    paper = roadmap(bench)
    drawn = Papers().roadmap(paper)
    file = tmp_path / "roadmap.pdf"
    file.write_bytes(drawn)
    words = " ".join(PdfReader(file).pages[0].extract_text().replace("\u2011", "-").split())
    assert "start rule not met:" in words and "ANC 480, needs 500" in words


def test_a_dose_given_on_a_weight_struck_out_since_is_marked_in_its_cell_and_said_below(
    bench: Bench, tmp_path: Path
) -> None:
    bench.open_epi_1()
    measurable(bench.ward)
    bench.at(2026, 10, 7, 9, 0)
    bench.weigh(6280)  # typed wrongly; the weight before it, 6.2 kg, is in force after
    give(bench, 1)
    assert roadmap(bench).since == ()
    make_paper(bench.ward, bench.infant, "roadmap:epi-1", tmp_path, who=NURSE)
    bench.at(2026, 10, 7, 12, 0)
    wrong = facts_of(bench.ward, bench.infant).measurements[-1]
    void_size(bench.ward, wrong.id, "typed wrongly", who=NURSE)
    paper = roadmap(bench)
    assert paper.days[0].given == ((0, "15.7 mg (!) weight struck out since"),)
    sheet = make_paper(bench.ward, bench.infant, "dosing-sheet:epi-1", tmp_path, who=NURSE).path
    assert "weight struck out since" in PdfReader(sheet).pages[0].extract_text()
    (line,) = paper.since
    assert line.startswith("(!) Day 1, azaCITIDine: given 15.7 mg on 6.28 kg, struck out since")
    drawn = make_paper(bench.ward, bench.infant, "roadmap:epi-1", tmp_path, who=NURSE).path
    words = " ".join(
        " ".join(page.extract_text() for page in PdfReader(drawn).pages)
        .replace("\u2011", "-")
        .split()
    )
    assert "Given on what was struck out since" in words and "on 6.28 kg, struck out since" in words
    old = printed_papers(bench.ward, facts_of(bench.ward, bench.infant))[-1]
    assert "weight 6.28 kg became 6.2 kg" in old.out_of_date
    assert "given: 15.7 mg became 15.7 mg (!) weight struck out since" in old.out_of_date
