"""Sheets and roadmaps through the real drawing: refused with reasons, numbered, known when out of date."""

import hashlib
from datetime import date, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from bedside.store.queries import of_infant
from bedside.store.records import Print
from bedside.units.refusal import Refused
from bedside.ward.counting import void_counts
from bedside.ward.courses import open_course
from bedside.ward.dosing import doses_page
from bedside.ward.facts import facts_of
from bedside.ward.giving import finish_infusion, start_infusion, start_vial
from bedside.ward.holding import end_hold, save_hold
from bedside.ward.printing import make_paper, printed_papers
from bedside.ward.references import demonstration_values
from bedside.ward.sheet_days import settled_days
from bedside.ward.toxicities import answer_resolved
from bedside.ward.views.delay import NewHold
from bedside.ward.working import priming_plan
from tests.ward.ordering import by, measurable, ready
from tests.ward.wards import DOCTOR, NURSE, Bench

SHEET = "dosing-sheet:epi-1"


def make(bench: Bench, folder: Path, key: str = SHEET):
    return make_paper(bench.ward, bench.infant, key, folder, who=NURSE, why="lost")


def text_of(path: str) -> str:
    pages = [page.extract_text() for page in PdfReader(path).pages]
    return " ".join(" ".join(pages).replace("\u2011", "-").split())


def refusal(bench: Bench, folder: Path, key: str = SHEET) -> str:
    """Try to print; nothing may be left behind, on disk or on record."""
    with pytest.raises(Refused) as caught:
        make(bench, folder, key)
    assert not folder.exists() or list(folder.iterdir()) == []
    with bench.ward.store.reading() as connection:
        assert of_infant(connection, Print, bench.infant) == []
    return str(caught.value)


def test_a_sheet_holds_no_longer_than_its_weight(bench: Bench, tmp_path: Path) -> None:
    """EPI #1 is 07 to 11-Oct; a weight of 07-Oct that may be two days old carries a dose to 09-Oct."""
    bench.open_epi_1()
    assert "Sun 11-Oct-2026 23:59" in text_of(make(bench, tmp_path / "week").path)
    bench.site(weight_age_days=2)
    paper = make(bench, tmp_path / "days")
    words = text_of(paper.path)
    assert "Fri 09-Oct-2026 23:59" in words and "11-Oct-2026 23:59" not in words
    bench.at(2026, 10, 10, 8, 0)
    printed = printed_papers(bench.ward, facts_of(bench.ward, bench.infant))
    assert next(one for one in printed if one.sheet_number == paper.sheet_number).out_of_date


def test_a_sheet_says_what_was_judged(bench: Bench, tmp_path: Path) -> None:
    bench.open_epi_1(confirmed=False)
    paper = make(bench, tmp_path / "out")
    words = text_of(paper.path)
    for expected in ("15.5 mg", "6.2 kg", "2.5 mg per kg", "MUSTER", "T 001", "640", "86"):
        assert expected in words
    for day in range(7, 12):
        assert f"{day:02}-Oct-2026" in words
    assert "NOT COMMISSIONED" in words
    assert paper.sheet_number in words and paper.code in words


def test_refused_on_a_stale_weight(bench: Bench, tmp_path: Path) -> None:
    """H5: seven days are allowed unless the site says less; the eighth is refused."""
    bench.ready_for_epi_1()
    for day, answer_until in ((14, 14), (15, 14)):
        bench.at(2026, 10, day, 9, 0)
        if day == answer_until:
            bench.count(700, 90_000)
            answer_resolved(bench.ward, bench.infant, "yes", who=DOCTOR)
            open_course(bench.ward, bench.infant, "epi-1", date(2026, 10, 14), who=DOCTOR)
            make(bench, tmp_path / "seven")
            continue
        with pytest.raises(Refused, match="8 days old"):
            make(bench, tmp_path / "eight")
    assert not (tmp_path / "eight").exists()


def test_refused_without_a_weight(bench: Bench, tmp_path: Path) -> None:
    bench.site()
    bench.enrol()
    bench.at(2026, 10, 7, 8, 0)
    assert "weigh the infant" in refusal(bench, tmp_path / "out")


def test_refused_while_the_rule_is_closed_or_unknown(bench: Bench, tmp_path: Path) -> None:
    bench.ready_for_epi_1(anc=499)
    assert "499" in refusal(bench, tmp_path / "out")


@pytest.mark.parametrize("kind", ["shared-care", "unknown"])
def test_refused_outside_a_tertiary_centre(bench: Bench, tmp_path: Path, kind: str) -> None:
    """H13: no bytes are drawn for a place that is not tertiary."""
    bench.open_epi_1()
    bench.site(kind)
    assert "tertiary centre" in refusal(bench, tmp_path / "out")


def test_refused_where_no_dose_is_public(bench: Bench, tmp_path: Path) -> None:
    bench.open_epi_1()
    words = refusal(bench, tmp_path / "out", "dosing-sheet:consolidation")
    assert "public sources" in words


@pytest.mark.parametrize("key", ["poster:epi-1", "roadmap:nowhere", "", "dosing-sheet"])
def test_unknown_papers_are_refused(bench: Bench, tmp_path: Path, key: str) -> None:
    bench.open_epi_1()
    refusal(bench, tmp_path / "out", key)


def test_copies_and_replacements(bench: Bench, tmp_path: Path) -> None:
    """H31: the same facts give the next copy, changed facts a new sheet that names the old one."""
    bench.open_epi_1()
    first = make(bench, tmp_path / "out")
    second = make(bench, tmp_path / "out")
    assert (second.sheet_number, second.copy) == (first.sheet_number, 2)
    bench.at(2026, 10, 8, 8, 0)
    bench.weigh(6300)
    third = make(bench, tmp_path / "out")
    assert third.sheet_number != first.sheet_number
    assert "15.75 mg" in text_of(third.path)
    assert f"sheet {first.sheet_number}" in text_of(third.path)


def test_a_new_weight_makes_the_sheet_out_of_date(bench: Bench, tmp_path: Path) -> None:
    """H30: what changed is said."""
    bench.open_epi_1()
    make(bench, tmp_path / "out")
    assert printed_papers(bench.ward, facts_of(bench.ward, bench.infant))[0].out_of_date == ""
    bench.at(2026, 10, 8, 8, 0)
    bench.weigh(6300)
    words = printed_papers(bench.ward, facts_of(bench.ward, bench.infant))[0].out_of_date
    assert "weight" in words and "dose" in words


def test_a_corrected_count_makes_the_sheet_out_of_date(bench: Bench, tmp_path: Path) -> None:
    """H6, H30: the count that opened the block was wrong."""
    bench.open_epi_1()
    make(bench, tmp_path / "out")
    count = facts_of(bench.ward, bench.infant).counts[-1]
    bench.at(2026, 10, 7, 11, 0)
    void_counts(bench.ward, count.id, "other infant's slip", who=NURSE)
    paper = printed_papers(bench.ward, facts_of(bench.ward, bench.infant))[0]
    assert "ANC" in paper.out_of_date


def test_a_sheet_is_over_when_its_days_are_over(bench: Bench, tmp_path: Path) -> None:
    bench.open_epi_1()
    make(bench, tmp_path / "out")
    bench.at(2026, 10, 12, 0, 1)
    paper = printed_papers(bench.ward, facts_of(bench.ward, bench.infant))[0]
    assert paper.out_of_date == "its dates are over"


def test_a_record_that_was_tampered_with_prints_nothing(bench: Bench, tmp_path: Path) -> None:
    """P11, H37: the audit chain is verified before each print."""
    bench.open_epi_1()
    with bench.ward.store.change(NURSE, "test", bench.clock()) as change:
        run = change.connection.exec_driver_sql
        for (name,) in run("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            run(f"DROP TRIGGER {name}")
        run("UPDATE measurement SET weight_g = 6900")
    with pytest.raises(Exception, match=r"(?i)record|audit|changed"):
        make(bench, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_file_is_the_one_on_record_and_names_nobody(bench: Bench, tmp_path: Path) -> None:
    """P21, H43: no name in a file name; the digest on record is the file's."""
    bench.open_epi_1()
    paper = make(bench, tmp_path / "out")
    path = Path(paper.path)
    assert "muster" not in path.name.lower()
    with bench.ward.store.reading() as connection:
        row = of_infant(connection, Print, bench.infant)[0]
    assert row.file_digest == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_folder_that_cannot_be_written_keeps_nothing(bench: Bench, tmp_path: Path) -> None:
    bench.open_epi_1()
    blocker = tmp_path / "file"
    blocker.write_text("not a folder")
    with pytest.raises(Refused, match="could not be written"):
        make(bench, blocker)
    with bench.ward.store.reading() as connection:
        assert of_infant(connection, Print, bench.infant) == []


def test_a_site_concentration_gives_the_volume(bench: Bench, tmp_path: Path) -> None:
    bench.ward.values = demonstration_values()
    bench.open_epi_1()
    words = text_of(make(bench, tmp_path / "out").path)
    assert "1.55 mL" in words
    assert "NOT COMMISSIONED" not in words


def test_a_roadmap_of_a_planned_and_of_a_running_course(bench: Bench, tmp_path: Path) -> None:
    bench.open_epi_1()
    planned = make(bench, tmp_path / "out", "roadmap:consolidation")
    words = text_of(planned.path)
    assert "cyclophosphamide" in words and "not public" in words
    bench.at(2026, 10, 12, 8, 0)
    open_course(bench.ward, bench.infant, "consolidation", date(2026, 10, 12), who=DOCTOR)
    running = make(bench, tmp_path / "out", "roadmap:consolidation")
    words = text_of(running.path)
    assert "12-Oct-2026" in words and "INTRATHECAL" in words
    assert "dosing sheet" in words


def test_every_roadmap_of_the_protocol_can_be_drawn(bench: Bench, tmp_path: Path) -> None:
    bench.ready_for_epi_1()
    for course in facts_of(bench.ward, bench.infant).protocol.courses:
        paper = make(bench, tmp_path / "out", f"roadmap:{course.key}")
        assert Path(paper.path).stat().st_size > 5_000


def test_no_sheet_before_the_block_is_opened(bench: Bench, tmp_path: Path) -> None:
    """H11: GIVE with dates is printed only for a block whose day 1 a person has recorded."""
    bench.ready_for_epi_1()
    assert "not opened" in refusal(bench, tmp_path / "out")
    open_course(bench.ward, bench.infant, "epi-1", date(2026, 10, 7), who=DOCTOR)
    assert "07-Oct-2026" in text_of(make(bench, tmp_path / "out").path)
    bench.clock.now += timedelta(hours=1)
    paper = printed_papers(bench.ward, facts_of(bench.ward, bench.infant))[0]
    assert paper.out_of_date == ""


def test_an_earlier_paper_is_never_overwritten_unasked(bench: Bench, tmp_path: Path) -> None:
    """H31: the same file name twice is refused; what is no file of ours is never touched."""
    bench.open_epi_1()
    first = make_paper(bench.ward, bench.infant, SHEET, tmp_path, who=NURSE, name="a.pdf")
    kept = Path(first.path).read_bytes()
    with pytest.raises(Refused, match="there already"):
        make_paper(bench.ward, bench.infant, SHEET, tmp_path, who=NURSE, name="a.pdf", why="lost")
    assert Path(first.path).read_bytes() == kept
    (tmp_path / "folder.pdf").mkdir()
    with pytest.raises(Refused, match="no ordinary file"):
        make_paper(
            bench.ward,
            bench.infant,
            SHEET,
            tmp_path,
            who=NURSE,
            name="folder.pdf",
            replace=True,
            why="lost",
        )
    second = make_paper(
        bench.ward,
        bench.infant,
        SHEET,
        tmp_path,
        who=NURSE,
        name="a.pdf",
        replace=True,
        why="unreadable",
    )
    assert second.copy == 2
    assert sorted(path.name for path in tmp_path.glob("*.pdf")) == ["a.pdf", "folder.pdf"]


def give(bench: Bench, day: int) -> None:
    """Azacitidine of a day of EPI #1, from 10:05 to 10:35."""
    bench.at(2026, 10, 6 + day, 10, 0)
    ready(bench.ward, bench.infant, ("epi-1", day, "azacitidine", "IV"))
    dose = start_vial(bench.ward, bench.infant, "epi-1", day, bench.clock(), 30, who=NURSE)
    bench.at(2026, 10, 6 + day, 10, 5)
    start_infusion(bench.ward, dose, bench.clock(), by(bench.ward, bench.infant), who=NURSE)
    bench.at(2026, 10, 6 + day, 10, 35)
    clock = doses_page(bench.ward, bench.infant).clock
    assert clock is not None
    finish_infusion(bench.ward, clock.dose_id, bench.clock(), who=NURSE)


def test_days_given_are_filled_in_and_the_dose_is_for_the_days_left(
    bench: Bench, tmp_path: Path
) -> None:
    """H20: on day 3, days 1 and 2 stand as really given, at the weight of then, with no box to sign."""
    bench.open_epi_1()
    measurable(bench.ward)
    first = make(bench, tmp_path / "out")
    give(bench, 1)
    give(bench, 2)
    assert printed_papers(bench.ward, facts_of(bench.ward, bench.infant))[0].out_of_date == ""
    bench.at(2026, 10, 9, 8, 0)
    bench.weigh(6400)
    paper = make(bench, tmp_path / "out")
    words = text_of(paper.path)
    assert "EPI #1, days 3, 4, 5" in words and paper.sheet_number != first.sheet_number
    assert (
        words.count(f"GIVEN 15.5\u00a0mg, 10:05 to 10:35, {NURSE}") == 2
        or words.count(f"GIVEN 15.5 mg, 10:05 to 10:35, {NURSE}") == 2
    )
    assert "16 mg" in words.replace("\u00a0", " ")
    assert "the same on each of the three dates left" in words
    assert "Wed 07-Oct-2026 GIVEN" in words and "Thu 08-Oct-2026 GIVEN" in words


def test_no_second_vial_is_ordered_while_one_runs_and_a_past_day_is_closed(bench: Bench) -> None:
    bench.open_epi_1()
    bench.at(2026, 10, 8, 10, 0)
    ready(bench.ward, bench.infant, ("epi-1", 2, "azacitidine", "IV"))
    start_vial(bench.ward, bench.infant, "epi-1", 2, bench.clock(), 30, who=NURSE)
    facts = facts_of(bench.ward, bench.infant)
    course = facts.protocol.course("epi-1")
    plan = priming_plan(course)
    assert plan is not None
    assert [
        each.words for each in settled_days(bench.ward, facts, course, plan, date(2026, 10, 7))
    ] == [
        "no dose is on record; this date is past",
        f"vial clock runs, reconstituted 10:00, {NURSE}: no second vial",
    ]


def test_a_block_with_nothing_left_has_no_sheet(bench: Bench, tmp_path: Path) -> None:
    bench.open_epi_1()
    bench.at(2026, 10, 7, 10, 0)
    for day in range(1, 6):
        give(bench, day)
    assert "No date of EPI #1 is left to give" in refusal(bench, tmp_path / "out")


def test_after_an_ended_hold_sheet_roadmap_and_page_give_the_dates_of_the_plan_anew(
    bench: Bench, tmp_path: Path
) -> None:
    """Days 1 and 2 given on 7 and 8 October, all held on the 9th and 10th: days 3 to 5 are 11 to 13.

    Source: by hand; a hold of the whole course moves each later day by the days held.
    """
    bench.open_epi_1()
    bench.site(block_days="later")
    give(bench, 1)
    give(bench, 2)
    bench.at(2026, 10, 9, 8, 0)
    form = NewHold("epi-1", "", date(2026, 10, 9), None, "fever")
    hold = save_hold(bench.ward, bench.infant, form, who=DOCTOR)
    assert "is held: fever" in refusal_of_sheet(bench, tmp_path / "held")
    bench.at(2026, 10, 11, 8, 0)
    end_hold(bench.ward, bench.infant, hold, date(2026, 10, 10), "afebrile", who=DOCTOR)
    bench.weigh()
    days = {3: date(2026, 10, 11), 4: date(2026, 10, 12), 5: date(2026, 10, 13)}
    page = doses_page(bench.ward, bench.infant)
    assert {day.day: day.on for day in page.days if day.day > 2} == days
    words = text_of(make(bench, tmp_path / "out").path)
    for on in ("Sun 11-Oct-2026", "Mon 12-Oct-2026", "Tue 13-Oct-2026"):
        assert on in words
    assert "09-Oct-2026" not in words and "10-Oct-2026" not in words
    assert "no dose is on record" not in words and "days 3, 4, 5" in words
    roadmap = text_of(make(bench, tmp_path / "out", "roadmap:epi-1").path)
    for on in ("11-Oct-2026", "12-Oct-2026", "13-Oct-2026"):
        assert on in roadmap
    bench.at(2026, 10, 13, 8, 0)  # day 5; without the hold the block was over on the 11th
    bench.weigh()
    late = text_of(make(bench, tmp_path / "late").path)
    assert "Tue 13-Oct-2026" in late and "no dose is on record; this date is past" in late
    bench.at(2026, 10, 14, 8, 0)
    bench.weigh()
    assert "its last day has passed" in refusal_of_sheet(bench, tmp_path / "over")


def refusal_of_sheet(bench: Bench, folder: Path) -> str:
    with pytest.raises(Refused) as caught:
        make(bench, folder)
    return str(caught.value)
