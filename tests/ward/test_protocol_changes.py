"""A record names the edition it was made under, and a new edition is said to matter to the right infants."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from bedside.protocol.comparison import Comparison, compare
from bedside.protocol.model import Protocol
from bedside.protocol.therapy_end import TherapyEnd
from bedside.store.queries import of_infant
from bedside.store.records import DoseRecord, Enrolment, Print
from bedside.ward.facts import facts_of
from bedside.ward.printing import make_paper, printed_papers
from bedside.ward.protocol_changes import concerned, takes
from bedside.ward.reductions import save_reduction
from bedside.ward.views.reductions import NewReduction
from tests.ward.wards import NURSE, Bench

SHEET = "dosing-sheet:epi-1"


def later(protocol: Protocol, *changed: str, years: int = 2) -> Protocol:
    """A later edition in which these courses are one day longer than public."""
    courses = tuple(
        replace(course, length_days=(course.length_days or 40) + 1)
        if course.key in changed
        else course
        for course in protocol.courses
    )
    return replace(
        protocol,
        courses=courses,
        edition="public sources of 01-Mar-2027",
        digest="b" * 64,
        therapy=TherapyEnd(years, "years", "induction"),
    )


def of(bench: Bench, *changed: str, years: int = 2) -> Comparison:
    before = bench.ward.protocols["aall15p1"]
    return compare(before, later(before, *changed, years=years))


def take(bench: Bench, protocol: Protocol) -> None:
    """The program comes with another edition."""
    bench.ward.protocols = {**bench.ward.protocols, protocol.key: protocol}


def records(bench: Bench, kind):
    with bench.ward.store.reading() as connection:
        return of_infant(connection, kind, bench.infant)


def test_an_enrolment_keeps_its_edition_when_the_program_brings_another(bench: Bench):
    bench.enrol()
    protocol = bench.ward.protocols["aall15p1"]
    take(bench, later(protocol, "epi-1"))
    (kept,) = records(bench, Enrolment)
    assert (kept.edition, kept.protocol_digest) == (protocol.edition, protocol.digest)
    assert facts_of(bench.ward, bench.infant).protocol.edition == "public sources of 01-Mar-2027"


def test_a_paper_keeps_its_edition_and_is_out_of_date_under_another(bench: Bench, tmp_path: Path):
    bench.open_epi_1(confirmed=False)
    protocol = bench.ward.protocols["aall15p1"]
    make_paper(bench.ward, bench.infant, SHEET, tmp_path / "one", who=NURSE)
    take(bench, later(protocol))
    (row,) = records(bench, Print)
    assert json.loads(row.facts)["edition"] == f"AALL15P1 {protocol.edition}"
    (seen,) = printed_papers(bench.ward, facts_of(bench.ward, bench.infant))
    assert seen.out_of_date.startswith(
        "changed since: edition now: AALL15P1 public sources of 01-Mar"
    )
    again = make_paper(bench.ward, bench.infant, SHEET, tmp_path / "two", who=NURSE)
    page = (
        PdfReader(again.path).pages[0].extract_text().replace("\u2011", "-").replace("\u00a0", " ")
    )
    words = " ".join(page.split())
    assert "AALL15P1 public sources of 01-Mar-2027" in words
    assert f"infant entered under {protocol.edition}" in words


def test_an_infant_before_in_and_past_a_changed_course(bench: Bench):
    bench.open_epi_1()
    ahead = concerned(bench.ward, of(bench, "consolidation"))[0]
    assert ahead.matters and ahead.courses == ("consolidation",)
    assert "Consolidation (ahead)" in ahead.words
    within = concerned(bench.ward, of(bench, "epi-1"))[0]
    assert within.matters and "EPI #1 (running now)" in within.words
    past = concerned(bench.ward, of(bench, "induction"))[0]
    assert not past.matters and past.words == "past every course and every dose that changed"


def test_an_infant_who_has_not_begun(bench: Bench):
    bench.enrol(induction_day_1=None)
    found = concerned(bench.ward, of(bench, "induction", "epi-2"))[0]
    assert found.courses == ("induction", "epi-2")


def test_a_change_of_the_whole_protocol_matters_to_all(bench: Bench):
    bench.open_epi_1()
    found = concerned(bench.ward, of(bench, years=3))[0]
    assert found.matters and found.courses == () and "the protocol's end of therapy" in found.words


def test_germline_leaves_after_induction(bench: Bench):
    bench.enrol(kmt2a="germline")
    found = concerned(bench.ward, of(bench, "consolidation"))[0]
    assert not found.matters


def test_a_course_that_the_new_edition_adds_lies_ahead(bench: Bench):
    bench.enrol()
    before = bench.ward.protocols["aall15p1"]
    extra = replace(before.courses[-1], key="extra", title="Extra")
    after = replace(later(before), courses=(*before.courses, extra))
    found = concerned(bench.ward, compare(before, after))[0]
    assert found.courses == ("extra",)


@pytest.mark.parametrize("changes", [{"edition": "an earlier reading"}, {"digest": "c" * 64}])
def test_an_infant_of_another_edition_is_not_judged(bench: Bench, changes: dict[str, str]):
    bench.enrol()
    before = replace(bench.ward.protocols["aall15p1"], **changes)
    (found,) = concerned(bench.ward, compare(before, later(before, "induction")))
    assert not found.matters and found.words.endswith("not judged")


def test_an_infant_of_another_protocol_is_not_listed(bench: Bench):
    bench.enrol()
    before = bench.ward.protocols["interfant06"]
    assert concerned(bench.ward, compare(before, later(before, "ib"))) == ()


def test_a_course_of_the_other_arm_is_not_hers(bench: Bench):
    bench.enrol()
    facts = replace(
        facts_of(bench.ward, bench.infant), protocol=bench.ward.protocols["interfant06"]
    )
    assert takes(facts, "ib") and takes(facts, "ade")  # while the arm is not recorded
    allocated = replace(facts, enrolment=replace(facts.enrolment, arm="standard"))
    assert takes(allocated, "ib") and not takes(allocated, "ade")


def dearer(bench: Bench) -> Comparison:
    """An edition in which the dose of azacitidine in EPI #1 is another one."""
    before = bench.ward.protocols["aall15p1"]
    course = before.course("epi-1")
    (plan,) = course.drugs
    rate = replace(plan.dose.rate, value=plan.dose.rate.value + 1)
    changed = replace(course, drugs=(replace(plan, dose=replace(plan.dose, rate=rate)),))
    courses = tuple(changed if one.key == "epi-1" else one for one in before.courses)
    after = replace(before, courses=courses, edition="a later one", digest="b" * 64)
    return compare(before, after)


def record(bench: Bench, days: range) -> None:
    with bench.ward.store.change(NURSE, "given", bench.ward.now()) as change:
        for day in days:
            change.add(
                DoseRecord,
                infant_id=bench.infant,
                course_key="epi-1",
                course_day=day,
                due_on=date(2026, 10, 6 + day),
                drug="azacitidine",
                route="IV",
                state="given",
                amount_ug=15_000,
                note="",
            )


def test_what_was_given_and_what_is_reduced_is_said_of_a_changed_dose(bench: Bench):
    """15 mg on days 1 and 2; reduced to 75 % from day 3 on: the new dose is reduced, too."""
    bench.open_epi_1()
    bench.at(2026, 10, 8, 12, 0)
    record(bench, range(1, 3))
    form = NewReduction(
        "epi-1", "azacitidine", 3, None, Decimal(75), "standard", "mucositis", "Dr A. Okonjo"
    )
    save_reduction(bench.ward, bench.infant, form, who=NURSE)
    (found,) = concerned(bench.ward, dearer(bench))
    assert found.matters
    assert "azaCITIDine is reduced to 75 % from day 3 on: of the new dose, too" in found.words
    assert "given already and not changed: azaCITIDine day 1 15 mg, day 2 15 mg" in found.words


def test_a_changed_dose_whose_every_day_is_given_does_not_matter(bench: Bench):
    bench.open_epi_1()
    bench.at(2026, 10, 11, 12, 0)
    record(bench, range(1, 5))
    assert concerned(bench.ward, dearer(bench))[0].matters
    record(bench, range(5, 6))
    (found,) = concerned(bench.ward, dearer(bench))
    assert not found.matters and "every dose that changed" in found.words
