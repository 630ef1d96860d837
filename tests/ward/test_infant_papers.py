"""Papers of the whole infant through the real drawing: filled from the record, numbered, kept, known again."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from bedside.store.print_table import PAPER_KINDS
from bedside.store.queries import of_infant
from bedside.store.records import Print
from bedside.units.dates import write_date, write_time
from bedside.units.refusal import Refused
from bedside.ward.board import board
from bedside.ward.demonstration_today import MovableClock
from bedside.ward.dlt_page import dlt_page
from bedside.ward.downtime_sheets import downtime_sheets
from bedside.ward.due_papers import papers_to_take_away
from bedside.ward.exposure import cumulative_doses
from bedside.ward.facts import facts_of, facts_of_all
from bedside.ward.holding import save_hold
from bedside.ward.infant_papers import INFANT_PAPERS
from bedside.ward.printing import draw_again, make_paper, paper_choices, printed_papers
from bedside.ward.references import demonstration_values
from bedside.ward.timeline import timeline
from bedside.ward.toxicities import answer_resolved
from bedside.ward.toxicity_log import log_of
from bedside.ward.views.delay import NewHold
from bedside.ward.weighing import void_size
from tests.documents.reading import plain
from tests.made_wards import copy_demonstration
from tests.ward.maintenance_bench import in_maintenance
from tests.ward.wards import BERLIN, DOCTOR, NURSE, Bench

CONTACTS = (("Haematology on call", "I. Halvorsen", "01632 960 142"),)


@pytest.fixture
def treated(bench: Bench) -> Bench:
    bench.ward.values = demonstration_values()
    bench.open_epi_1()
    bench.site(contacts=CONTACTS)
    return bench


def words_of(pdf: bytes) -> str:
    from tests.documents.reading import text_of

    return text_of(pdf)


def drawn(bench: Bench, kind: str) -> str:
    return words_of(draw_again(bench.ward, bench.infant, kind, who=NURSE))


def test_every_kind_may_be_kept():
    assert set(INFANT_PAPERS) <= set(PAPER_KINDS)


def test_each_paper_is_offered_with_what_stands_against_it(treated: Bench):
    choices = {
        one.key: one for one in paper_choices(treated.ward, facts_of(treated.ward, treated.infant))
    }
    assert set(INFANT_PAPERS) <= set(choices)
    assert choices["whole-treatment"].refused == ()
    assert choices["maintenance-chart"].refused == ("Maintenance has not begun.",)
    assert choices["toxicity-report"].refused[0].startswith("No toxicity is in the log")


def test_a_transfer_summary_needs_somebody_to_ring(bench: Bench, tmp_path: Path):
    bench.open_epi_1()
    with pytest.raises(Refused, match="whom to ring"):
        make_paper(bench.ward, bench.infant, "transfer-summary", tmp_path / "out", who=NURSE)
    assert not (tmp_path / "out").exists()


def test_the_whole_treatment_says_what_the_timeline_says(treated: Bench):
    text = drawn(treated, "whole-treatment")
    view = timeline(treated.ward, treated.infant)
    for band in view.courses:
        assert band.title in text or band.key == "maintenance"
    assert "day 1 of Induction = Wed 02-Sep-2026" in text or "day 1 of Induction" in text
    assert "therapy ends" in text and "met for 07-Oct-2026: ANC 640, platelets 86 000" in text
    assert "0 of 20" in text and "50 mg per kg" in text
    rows = cumulative_doses(treated.ward, treated.infant).rows
    assert all(row.drug in text for row in rows if row.route != "intrathecal")


def test_a_transfer_summary_says_where_what_not_and_whom(treated: Bench):
    text = drawn(treated, "transfer-summary")
    for said in (
        "azaCITIDine must not be given here", "EPI #1, day 1 of 5", "01632 960 142", "MUSTER, Ida",
        "azaCITIDine: never, at no dose.", "Due next in EPI #1, 07-Oct-2026", "limit 500",
        "DLT period: OPEN since 07-Oct-2026", "A public definition",
    ):  # fmt: skip
        assert said in text, said


def test_a_hold_stands_on_the_summary(treated: Bench):
    until = date(2026, 10, 9)
    form = NewHold("epi-1", "", treated.ward.today(), until, "infection of the line")
    save_hold(treated.ward, treated.infant, form, who=DOCTOR)
    assert "infection of the line" in drawn(treated, "transfer-summary")


def test_copies_sheets_and_the_same_bytes(treated: Bench, tmp_path: Path):
    """H31: the same facts give the next copy and, as a preview, the same bytes."""
    ward, infant = treated.ward, treated.infant
    once = draw_again(ward, infant, "whole-treatment", who=NURSE)
    assert draw_again(ward, infant, "whole-treatment", who=NURSE) == once
    first = make_paper(ward, infant, "whole-treatment", tmp_path / "out", who=NURSE)
    with pytest.raises(Refused, match="say why it is printed again"):
        make_paper(ward, infant, "whole-treatment", tmp_path / "out", who=NURSE)
    with pytest.raises(Refused, match="61 letters"):
        make_paper(ward, infant, "whole-treatment", tmp_path / "out", who=NURSE, why="x" * 61)
    second = make_paper(
        ward, infant, "whole-treatment", tmp_path / "out", who=NURSE, why=" wet\n or torn "
    )
    assert (second.sheet_number, second.copy) == (first.sheet_number, 2)
    assert Path(first.path).name.startswith("whole-treatment-") and first.title == "Whole treatment"
    with ward.store.reading() as connection:
        kept = of_infant(connection, Print, infant)
    assert [(row.kind, row.course_key, row.copy, row.reprint_reason) for row in kept] == [
        ("whole-treatment", "", 1, None),
        ("whole-treatment", "", 2, "wet or torn"),
    ]


def test_a_day_later_it_holds_and_after_a_hold_it_does_not(treated: Bench, tmp_path: Path):
    """H30: age and day change by themselves; a changed plan makes the paper out of date."""
    ward, infant = treated.ward, treated.infant
    make_paper(ward, infant, "whole-treatment", tmp_path, who=NURSE)
    treated.at(2026, 10, 7, 20, 0)
    assert printed_papers(ward, facts_of(ward, infant))[0].out_of_date == ""
    form = NewHold("epi-1", "", ward.today(), date(2026, 10, 9), "infection")
    save_hold(ward, infant, form, who=DOCTOR)
    facts = facts_of(ward, infant)
    assert (
        "Maintenance 1: 03-Mar-2027 became 05-Mar-2027"
        in printed_papers(ward, facts)[0].out_of_date
    )
    assert [one.title for one in papers_to_take_away(ward, facts)] == ["Whole treatment"]
    treated.at(2026, 10, 20, 8, 0)
    assert printed_papers(ward, facts_of(ward, infant))[0].out_of_date == "its dates are over"


def test_a_count_makes_a_summary_differ_but_nobody_fetches_it_back(treated: Bench, tmp_path: Path):
    ward, infant = treated.ward, treated.infant
    make_paper(ward, infant, "transfer-summary", tmp_path, who=NURSE)
    treated.at(2026, 10, 7, 21, 0)
    treated.count(300, 40_000)
    facts = facts_of(ward, infant)
    words = printed_papers(ward, facts)[0].out_of_date
    assert words.startswith(
        "changed since: count of 07-Oct-2026 21:00 is new (ANC 300, platelets 40\u202f000)"
    )
    assert papers_to_take_away(ward, facts) == ()


def test_a_form_is_never_to_be_taken_away(treated: Bench, tmp_path: Path):
    ward, infant = treated.ward, treated.infant
    make_paper(ward, infant, "counts-form", tmp_path, who=NURSE)
    treated.at(2026, 10, 7, 22, 0)
    treated.count(300, 40_000)
    assert papers_to_take_away(ward, facts_of(ward, infant)) == ()


def test_a_struck_out_weight_puts_out_of_date_what_prints_it(treated: Bench, tmp_path: Path):
    """H30: the blank form prints the weight, so it falls with it, and says old and new."""
    ward, infant = treated.ward, treated.infant
    make_paper(ward, infant, "counts-form", tmp_path, who=NURSE)
    void_size(ward, facts_of(ward, infant).measurements[-1].id, "misread", who=NURSE)
    words = printed_papers(ward, facts_of(ward, infant))[0].out_of_date
    assert words.startswith("changed since: weight 6.2 kg, 07-Oct-2026 became unknown")


def test_the_chart_of_maintenance_is_what_the_page_draws(bench: Bench):
    in_maintenance(bench)
    bench.weigh(9000)
    bench.count(1200, 150_000)
    text = drawn(bench, "maintenance-chart")
    assert "MAINTENANCE CHART" in text and "ANC per microlitre" in text
    assert "no dose so far" in text or "no signed dose" in text


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory):
    from datetime import datetime

    from bedside.app import open_ward

    now = datetime(2026, 11, 20, 11, 30, tzinfo=BERLIN)
    folder = copy_demonstration(now, tmp_path_factory.mktemp("papers") / "ward")
    ward = open_ward(folder, MovableClock(now), create=False)
    yield ward
    ward.store.close()


def test_every_paper_of_every_infant_is_drawn_or_refused_with_its_reason(demonstration):
    for facts in facts_of_all(demonstration):
        for choice in paper_choices(demonstration, facts):
            if choice.refused:
                assert all(reason.endswith(".") or ":" in reason for reason in choice.refused)
                continue
            pdf = draw_again(demonstration, facts.infant.id, choice.key, who=NURSE)
            text = plain(PdfReader(BytesIO(pdf)).pages[-1].extract_text())
            assert plain(facts.infant.family) in text and facts.infant.hospital_number in text


def test_the_toxicity_report_has_every_grade_of_the_log(demonstration):
    for facts in facts_of_all(demonstration):
        log = log_of(demonstration, facts.infant.id, facts=facts)
        if not log:
            continue
        text = words_of(draw_again(demonstration, facts.infant.id, "toxicity-report", who=NURSE))
        for row in log:
            assert row.term in text and f"worst grade {row.worst}" in text
            assert all(write_date(step.on) in text for step in row.steps)


def test_the_dlt_report_has_every_decision(demonstration):
    seen = 0
    for facts in facts_of_all(demonstration):
        if facts.protocol.dlt_window is None:
            continue
        text = words_of(draw_again(demonstration, facts.infant.id, "dlt-report", who=NURSE))
        for row in dlt_page(demonstration, facts.infant.id).rows:
            assert row.term in text
            assert f"grade {row.worst}, CTCAE 5.0" in text or row.worst is None
            for line in row.decisions:
                seen += 1
                assert line.physician in text and plain(line.reason) in text
    assert seen


def test_an_interfant_infant_has_no_azacitidine_on_her_summary(demonstration):
    (facts, *_) = [one for one in facts_of_all(demonstration) if one.protocol.key == "interfant06"]
    text = words_of(draw_again(demonstration, facts.infant.id, "transfer-summary", who=NURSE))
    assert "TRANSFER SUMMARY" in text and "azaCITIDine" not in text and "RING" in text
    with pytest.raises(Refused, match="has no DLT period"):
        draw_again(demonstration, facts.infant.id, "dlt-report", who=NURSE)


def summary_of(ward, bed: str) -> str:
    (facts,) = [one for one in facts_of_all(ward) if one.infant.bed == bed]
    pdf = draw_again(ward, facts.infant.id, "transfer-summary", who=NURSE)
    assert len(PdfReader(BytesIO(pdf)).pages) == 2
    return words_of(pdf)


def test_a_vial_in_hand_stands_on_the_summary_and_no_day_is_next_twice(demonstration):
    """Bed 2: the vial of EPI #2 day 3, 20-Nov-2026, is made up; day 4 is the next to give."""
    text = summary_of(demonstration, "2")
    (row,) = [one for one in board(demonstration).rows if one.clocks]
    by = write_time(row.clocks[0].finish_by)
    assert "A VIAL of azaCITIDine, EPI #2 day 3, was made up 20-Nov-2026" in text
    assert f"and is not started: all of it is in by {by}, or it is discarded" in text
    assert "Next: Sat 21-Nov-2026, day 4" in text and "Due next in EPI #2, 21-Nov-2026" in text
    assert "made up" in text.partition("Chemotherapy of the last days")[2]


def test_no_summary_counts_a_rectal_temperature_and_each_forbids_it(demonstration):
    """The same as the downtime sheet, whichever definition is in force (CCLG counts rectal ones)."""
    for facts in facts_of_all(demonstration):
        text = summary_of(demonstration, facts.infant.bed)
        assert "No rectal temperature: never. A steroid can hide a fever." in text
        assert "or rectal" not in text and "within 60 minutes of the first fever" in text
    sheets = downtime_sheets(demonstration, who=NURSE)
    assert sheets.fever.endswith("Never rectal.") and "rectal:" not in sheets.fever
    assert sheets.fever_minutes == 60


def test_a_decision_is_waited_for_only_where_one_is_due(demonstration):
    for facts in facts_of_all(demonstration):
        if facts.protocol.dlt_window is None:
            continue
        text = summary_of(demonstration, facts.infant.bed)
        rows = dlt_page(demonstration, facts.infant.id).rows
        assert ("not yet decided" in text) == any(row.due and row.in_period for row in rows)


def test_what_the_laboratory_says_and_nobody_answered_stands_on_the_summary(demonstration):
    """Bed 5: Hb 78 g/L is grade 3 (below 80, CTCAE 5.0), the log says 2."""
    text = summary_of(demonstration, "5")
    assert "laboratory: grade 3 (78 g per litre), NOT ANSWERED" in text
    assert "NOT ANSWERED yet, the laboratory says: Lymphocyte count decreased grade 3" in text


def test_a_course_that_waits_is_held_with_its_reason_and_never_due(demonstration):
    """Bed 6 waits for EPI #4 with ANC 308: nothing of it is due, on roadmap and summary alike."""
    (facts,) = [one for one in facts_of_all(demonstration) if one.infant.bed == "6"]
    text = words_of(draw_again(demonstration, facts.infant.id, "roadmap:epi-4", who=NURSE))
    assert "HELD. EPI #4 is not opened: ANC 308, needs 500" in text
    assert " due " not in text.partition("Comment")[2].partition("Sheet")[0]
    assert "EPI #4 HELD, ANC 308, needs 500" in summary_of(demonstration, "6")


def test_a_dose_by_mouth_says_how_often_beside_its_milligrams(demonstration):
    """ISMP: weekly methotrexate read as daily kills; where no rhythm is public, that is said."""
    said = {}
    for facts in facts_of_all(demonstration):
        if facts.infant.bed in ("7", "9"):
            pdf = draw_again(demonstration, facts.infant.id, "maintenance-chart", who=NURSE)
            said[facts.infant.bed] = words_of(pdf)
    assert "methotrexate ONCE A WEEK: 50 %, 3 mg" in said["7"]
    assert "mercaptopurine every day: 100 %, 17 mg" in said["7"]
    assert "6.5 mg, ONCE A WEEK" in said["7"] and "16 mg, every day" in said["7"]
    assert said["9"].count("HOW OFTEN is not public, read it in the protocol") >= 2


def test_the_files_can_be_read_back(treated: Bench, tmp_path: Path):
    for kind in ("whole-treatment", "transfer-summary", "counts-form"):
        paper = make_paper(treated.ward, treated.infant, kind, tmp_path, who=NURSE)
        assert paper.sheet_number in plain(PdfReader(paper.path).pages[0].extract_text())


def test_counts_that_are_enough_do_not_hide_why_the_dlt_period_is_open(demonstration):
    """Nora Holmberg's counts of 11 October were enough for EPI #4; what is asked beside them is said."""
    from tests.documents.reading import text_of

    (facts,) = [
        one for one in facts_of_all(demonstration) if one.infant.hospital_number == "DEM 004 109"
    ]
    infant = facts.infant.id
    page = dlt_page(demonstration, infant)
    assert page.closed is None and any(count.met for count in page.counts)
    asked = "Any toxicity resolved: not answered yet for EPI #4."
    assert page.answers == (asked,)
    said = " ".join(text_of(draw_again(demonstration, infant, "dlt-report", who=DOCTOR)).split())
    assert f"closes when the counts allow EPI #4. {asked}" in plain(said)
    assert "enough" in said and "allows the course" not in said
    answer_resolved(demonstration, infant, "no", who=DOCTOR)
    (answered,) = dlt_page(demonstration, infant).answers
    assert answered == "Any toxicity resolved: no, 20-Nov-2026 11:30."
