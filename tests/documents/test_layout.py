"""Nothing on a paper leaves the page, covers another word or is crossed by a rule; else it is refused."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bedside.documents import roadmap as roadmaps
from bedside.documents import sheet as sheets
from bedside.documents.page import LANDSCAPE, PORTRAIT
from bedside.papers.values import DosingSheet, Roadmap, RoadmapWorst
from bedside.units.refusal import Refused
from tests.documents import examples
from tests.documents.reading import WatchedPaper, covered, outside, struck

SIGNED = (
    "Signed: Ines Halvorsen, consultant, 13-Oct-2026 09:12, meaning “I order this”.",
    "Signed: Petra Marek, pharmacist, 13-Oct-2026 10:20, meaning “my own figures agree”.",
)
MANY_ALLERGIES = (
    "penicillin (rash 2026), pegaspargase (anaphylaxis, 02-Sep-2026), teicoplanin (red man), "
    "cow’s milk protein, chlorhexidine"
)
LONG_NAME = {
    "family": "VAN DER WESTHUIZEN-PAPADOPOULOU ŁĄCZYŃSKA",
    "given": "Maria Magdalena Aleksandra",
}
LAST_DATES = tuple((day, date(2026, 10, 13) + timedelta(days=day)) for day in range(1, 8))

SHEETS = {
    "as it should be": examples.dosing_sheet(),
    "signed on screen": examples.dosing_sheet(order_signed=SIGNED, second_figure="15.5 mg"),
    "not commissioned": examples.dosing_sheet(
        head=examples.head(commissioned=False, demonstration=False)
    ),
    "both marks": examples.dosing_sheet(head=examples.head(commissioned=False)),
    "long name and allergies": examples.dosing_sheet(
        head=examples.head(copy=3, replaces="sheet NQ-2026-00398"),
        infant=examples.infant(allergies=MANY_ALLERGIES, **LONG_NAME),
        order_signed=SIGNED,
    ),
    "the third day, two given": examples.dosing_sheet(settled=examples.GIVEN_TWO),
    "orders that are open": examples.dosing_sheet(
        order_steps=(
            "Day 1: prescribed 13-Oct 09:12 Ines Halvorsen; verified 10:20, released 10:41 Petra "
            "Marek; checked by two",
            "Days 2, 3: prescribed 13-Oct 09:12 Ines Halvorsen; verified 10:20 Petra Marek; "
            "OPEN: release",
            "Days 4, 5: no order in Bedside yet",
        )
    ),
    "orders of people with long names": examples.dosing_sheet(
        order_steps=(
            "Day 1: prescribed 13-Oct 09:12 Maria Magdalena van der Westhuizen-Papadopoulou; "
            "verified 10:20, released 10:41 Aleksandra Łączyńska of the night pharmacy; checked by two",
            "Days 2, 3, 4, 5: no order in Bedside yet",
        )
    ),
    "an odd infusion with its reason": examples.dosing_sheet(
        settled=(
            examples.SettledDay(
                1,
                "GIVEN 15.5 mg, 16:24 to 16:24, E. Sørensen, RN; took 0 min, less than 10: the line "
                "slipped out of the port and the rest of it was drawn back by Dr Halvorsen",
            ),
        )
    ),
    "the last day, and long words": examples.dosing_sheet(
        settled=(
            *examples.GIVEN_TWO,
            examples.SettledDay(3, "no dose is on record; this date is past"),
            examples.SettledDay(
                4,
                "NOT GIVEN, the vial was at room temperature for longer than anyone could say and "
                "the pharmacy was closed, Test Nurse with a Long Name, RN",
            ),
        )
    ),
    "one date": examples.dosing_sheet(dates=LAST_DATES[:1], planned_time=""),
    "seven dates": examples.dosing_sheet(dates=LAST_DATES),
    "an age factor": examples.dosing_sheet(age_factor="2/3", calculated="10.333 mg"),
    "nothing measured but weight": examples.dosing_sheet(
        infant=examples.infant(
            length_cm=None,
            bsa_m2=None,
            weight_change_percent=None,
            weight_change_days=None,
            line="",
        )
    ),
    "a great loss of weight": examples.dosing_sheet(
        infant=examples.infant(weight_change_percent=Decimal("-12.35"), weight_change_days=1)
    ),
    "rules of all three results": examples.dosing_sheet(
        rules=(
            replace(examples.dosing_sheet().rules[0], result="not met"),
            replace(examples.dosing_sheet().rules[1], result="unknown", taken_at=None),
            examples.dosing_sheet().rules[2],
        )
    ),
    "long words": examples.dosing_sheet(
        source_words="2.5 mg per kg: stated in the public slides of the protocol, slide 12; "
        "confirmed at this site by two people on 01-Oct-2026",
        volume_words="Draw 1.55 mL of 10 mg per mL; dilute to 10 mL in all, over 30 minutes "
        "(site values, demonstration)",
        warnings=("Record each toxicity on the day it is seen; " * 4,),
    ),
}

_DRUGS = examples.INDUCTION_DRUGS
_SPINAL = ("methotrexate", "hydrocortisone", "cytarabine")
ROADMAPS = {
    "consolidation, held": examples.roadmap(),
    "not commissioned": examples.roadmap(
        head=examples.head(commissioned=False), infant=examples.infant(**LONG_NAME)
    ),
    "long name and allergies": examples.roadmap(
        infant=examples.infant(allergies=MANY_ALLERGIES, **LONG_NAME)
    ),
    "maintenance, 84 days": examples.blank_roadmap(("mercaptopurine", "methotrexate"), (), 84),
    "maintenance, 168 days": examples.blank_roadmap(
        ("mercaptopurine", "methotrexate"), _SPINAL, 168
    ),
    "one drug": examples.blank_roadmap(("azaCITIDine",), (), 5, course="EPI #1"),
    "no drug but intrathecal": examples.blank_roadmap((), _SPINAL, 29),
    "six drugs": examples.blank_roadmap(_DRUGS, _SPINAL, 29),
    "eight drugs": examples.blank_roadmap(
        (*_DRUGS, "mercaptopurine", "cyclophosphamide"), _SPINAL, 29
    ),
    "a long course title": examples.blank_roadmap(
        _DRUGS[:5], _SPINAL, 28, course="Delayed Intensification part 1", course_also="DI part 1"
    ),
    "many delays": examples.roadmap(
        delays=tuple(
            replace(examples.roadmap().delays[0], day=day, reason="infection, then mucositis")
            for day in range(1, 80)
        )
    ),
    "much left open": examples.roadmap(unscheduled=("The register contradicts itself. " * 9,) * 25),
    "many toxicities": examples.roadmap(
        worst=tuple(
            RoadmapWorst(
                letter,
                "gamma-glutamyl transferase increased, with a long comment",
                3,
                date(2026, 11, 4),
                from_before=True,
                corrected=True,
            )
            for letter in "abcdefghijklmnopqrstuvwxyz"
        )
    ),
}


def draw_sheet(sheet: DosingSheet) -> WatchedPaper:
    paper = WatchedPaper(PORTRAIT)
    sheets.compose(paper, sheet)
    return paper


def draw_roadmap(roadmap: Roadmap) -> WatchedPaper:
    paper = WatchedPaper(LANDSCAPE)
    roadmaps.compose(paper, roadmap)
    return paper


def assert_in_order(paper: WatchedPaper) -> None:
    assert not covered(paper)
    assert not outside(paper)
    # a first plan that was moved is struck on purpose
    assert [text for text, _ in struck(paper) if not is_moved_plan(paper, text)] == []


def assert_in_order_or_refused(draw, paper_value) -> None:
    reasons: tuple[str, ...] = ()
    try:
        paper = draw(paper_value)
    except Refused as refused:
        reasons = refused.reasons
    else:
        assert_in_order(paper)
    assert all(reason.startswith("Not printed: ") for reason in reasons)


def is_moved_plan(paper: WatchedPaper, text: str) -> bool:
    return any(
        each.words.field == "first plan" and each.words.text == text for each in paper.placed
    )


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_is_in_order(name):
    """H32: unreadable paper."""
    paper = draw_sheet(SHEETS[name])
    assert paper.page == 1
    assert_in_order(paper)


@pytest.mark.parametrize("name", ROADMAPS)
def test_a_roadmap_is_in_order(name):
    """H32: unreadable paper."""
    assert_in_order(draw_roadmap(ROADMAPS[name]))


def test_the_checks_of_order_bite():
    paper = WatchedPaper(PORTRAIT)
    sheets.compose(paper, examples.dosing_sheet())
    first = paper.placed[0]
    paper.put(first.words, first.x + 1, first.y)
    paper.put(first.words, 205, 150)
    x, y = first.x + 2, first.y - 1
    paper.rule((x, y - 5), (x, y + 5))
    assert covered(paper)
    assert outside(paper)
    assert struck(paper)


WORDS = st.text(
    alphabet=st.sampled_from("abcdefghijklmnoprstuvwxyzABCDEFGŁÓŃąęćżéñΑβЖд  ,.-()0123456789<>&"),
    max_size=90,
)
SHEET_TEXTS = ("site", "family", "given", "allergies", "diagnosis", "line", "weight_by", "edition",
               "printed_by", "hospital_number", "study_number", "age_words")  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(SHEET_TEXTS), WORDS, max_size=4))
def test_whatever_is_typed_a_sheet_is_in_order_or_refused(texts):
    """H32: overflow is refused, never cut and never laid over something else."""
    infant = {key: text for key, text in texts.items() if hasattr(examples.infant(), key)}
    head = {key: text for key, text in texts.items() if key not in infant}
    sheet = examples.dosing_sheet(head=examples.head(**head), infant=examples.infant(**infant))
    assert_in_order_or_refused(draw_sheet, sheet)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(WORDS, min_size=1, max_size=6),
    st.lists(WORDS, max_size=3),
    WORDS,
    WORDS,
    WORDS,
)
def test_whatever_is_typed_a_roadmap_is_in_order_or_refused(drugs, spinal, given_words, hold, note):
    roadmap = examples.blank_roadmap(tuple(drugs), tuple(spinal), 12, unscheduled=(note, note))
    days = list(roadmap.days)
    days[3] = replace(days[3], given=((0, given_words),), given_on=days[3].due, initials=note[:9])
    days[5] = replace(days[5], held=hold, worst_grade="4 abc")
    assert_in_order_or_refused(draw_roadmap, replace(roadmap, days=tuple(days)))
