"""Invented infants for the tests of the working pages: one whole treatment, counts, toxicities, doses."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Literal

from msgspec.structs import replace

from bedside.ward.views.marks import VialClockView
from bedside.ward.views.pages import (
    CountRow,
    CountsView,
    DoseDay,
    DosesView,
    PaperChoice,
    PrintedPaper,
    ToxicitiesView,
    ToxicityRow,
)
from bedside.ward.views.where import RuleRow
from tests.desktop_pages.page_treatment import BANNER, NOW, TODAY, courses, timeline_view

__all__ = ["BANNER", "NOW", "TODAY", "courses", "timeline_view"]

_ANC = (310, 260, 180, 120, 90, 60, 40, 40, 70, 110, 150, 240, 390, 560, 770, 980, 860, 640, 520,
        400, 310, 220, 150, 110, 90, 80, 60, 90, 150, 230, 310, 400, 470, 0, 540)  # fmt: skip
_PLATELETS = (33, 45, 41, 38, 52, 47, 39, 44, 66, 81, 104, 138, 164, 188, 212, 219, 196, 150, 121,
              96, 72, 52, 38, 28, 20, 31, 24, 17, 26, 23, 27, 32, 37, 40, 41)  # fmt: skip


def counts_view(now: datetime = datetime(2026, 11, 11, 6, 24, tzinfo=UTC)) -> CountsView:
    """Eleven weeks of counts; the last ANC but one is a true 0, and one row is struck through."""
    rows = []
    for number, (anc, platelets) in enumerate(zip(_ANC, _PLATELETS, strict=True)):
        taken = datetime(2026, 8, 26, 6, 5, tzinfo=UTC) + timedelta(hours=number * 53.6)
        taken = taken.replace(minute=5, second=0, microsecond=0)
        rows.append(_count(number + 1, taken, anc, platelets * 1000))
    void = replace(
        _count(90, rows[20].taken_at + timedelta(minutes=5), 3100, 720000),
        voided="typed from the slip of another infant",
    )
    rows.insert(21, void)
    return CountsView(
        banner=BANNER,
        rows=tuple(rows),
        rule_course="EPI #2",
        anc_at_least=500,
        platelets_at_least=50000,
        bands=(
            ("Induction", date(2026, 8, 26), date(2026, 9, 29), False),
            ("EPI #1", date(2026, 9, 30), date(2026, 10, 4), True),
            ("Consolidation", date(2026, 10, 5), date(2026, 11, 11), False),
        ),
        now=now,
    )


def _count(number: int, taken: datetime, anc: int, platelets: int) -> CountRow:
    return CountRow(
        count_id=number,
        taken_at=taken,
        wbc_per_ul=1800,
        neutrophils_percent=Decimal(27),
        bands_percent=Decimal(3),
        anc_per_ul=anc,
        anc_source="worked out: 1 800 × (27 % + 3 %)",
        platelets_per_ul=platelets,
        haemoglobin_g_per_l=Decimal(86),
        specimen="central line",
        recorded_at=taken + timedelta(minutes=20),
        recorded_by="T. Adeyemi, RN",
        voided="",
    )


def toxicities_view() -> ToxicitiesView:
    """Four open toxicities, one resolved, one struck through; nobody has answered yet."""
    return ToxicitiesView(
        banner=BANNER,
        ctcae="5.0",
        rows=(
            _toxicity(1, "Mucositis oral", 2, 3, 31, "Consolidation day 27", "cytarabine probable"),
            _toxicity(2, "Vomiting", 1, 2, 33, "Consolidation day 29", "cyclophosphamide probable"),
            _toxicity(3, "Rash maculo-papular", 1, 1, 37, "Consolidation day 33", "possible"),
            _toxicity(4, "Diarrhoea", 1, 1, 39, "Consolidation day 35", "mercaptopurine possible"),
            replace(
                _toxicity(5, "Fever", 1, 1, 20, "Consolidation day 20", "unlikely"),
                grade=0,
                resolved_on=date(2026, 10, 28),
            ),
            replace(
                _toxicity(6, "Seizure", 3, 3, 22, "Consolidation day 22", "unrelated"),
                voided="entered for the wrong infant",
            ),
        ),
        resolved_answer="not assessed",
        resolved_by="",
        resolved_at=None,
        asked_for="EPI #2",
        terms=("Anaemia", "Diarrhoea", "Fatigue", "Mucositis oral", "Nausea", "Vomiting"),
        today=date(2026, 11, 11),
    )


def _toxicity(
    number: int, term: str, grade: int, worst: int, day: int, course: str, attribution: str
) -> ToxicityRow:
    return ToxicityRow(
        toxicity_id=number,
        term=term,
        grade=grade,
        worst=worst,
        onset=date(2026, 10, 1) + timedelta(days=day - 1),
        course_text=course,
        attribution=attribution,
        comment="takes milk again" if number == 1 else "",
        resolved_on=None,
        recorded_by="E. Sørensen, RN",
        recorded_at=NOW - timedelta(days=9),
        voided="",
    )


def vial_clock(reconstituted: datetime | None = None, minutes: int = 15) -> VialClockView:
    """A vial reconstituted 24 minutes before NOW."""
    start = reconstituted or NOW - timedelta(minutes=24)
    return VialClockView(
        dose_id=7,
        reconstituted_at=start,
        infusion_minutes=minutes,
        latest_start=start + timedelta(minutes=45 - minutes),
        finish_by=start + timedelta(minutes=45),
        latest_start_shortest=start + timedelta(minutes=35),
        shortest_minutes=10,
        within_minutes=45,
    )


def doses_view(clock: VialClockView | None = None) -> DosesView:
    """EPI #2 day 4, with or without a running vial."""
    first = date(2026, 11, 17)
    at = datetime(2026, 11, 17, 6, 10, tzinfo=UTC)
    running = clock is not None
    days = []
    for number in range(1, 6):
        on = first + timedelta(days=number - 1)
        if on < TODAY:
            days.append(DoseDay(number, on, "given", "given 10:40, all in by 11:02", False, number))
        elif on == TODAY:
            state: Literal["vial running", "due"] = "vial running" if running else "due"
            words = "vial clock running" if running else "due today"
            days.append(DoseDay(number, on, state, words, not running, 7 if running else None))
        else:
            days.append(DoseDay(number, on, "later", "planned", False, None))
    return DosesView(
        banner=BANNER,
        course_title="EPI #2",
        dose_text="15.5 mg",
        steps=(
            "2.5 mg per kg × 6.2 kg = 15.5 mg",
            "no cap and no age factor in the protocol file",
            "rounding not needed, 0 %",
            "15.5 mg ÷ 10 mg per mL = 1.55 mL (site value, demonstration)",
        ),
        blocked_by=(),
        rules=(
            RuleRow("Neutrophils, ANC", "at least 500", "710", "per µL", at, "laboratory", "met"),
            RuleRow("Platelets", "at least 50 000", "56 000", "per µL", at, "laboratory", "met"),
            RuleRow("Any toxicity resolved", "yes", "yes", "", at, "Dr I. Ferreira", "met"),
            RuleRow(
                "Place of giving",
                "tertiary centre",
                "Ward 4 North",
                "",
                at,
                "site settings",
                "met",
                main=False,
            ),
        ),
        days=tuple(days),
        clock=clock,
        infusion_range=(10, 40),
        planned_minutes=15,
        papers=(
            PaperChoice("dosing-sheet:epi-2", "azaCITIDine dosing sheet, EPI #2", ()),
            PaperChoice("roadmap:epi-2", "Roadmap, EPI #2", ()),
            PaperChoice(
                "roadmap:interim-maintenance",
                "Roadmap, Interim Maintenance",
                ("Day 1 of Interim Maintenance is not known yet: open the course first.",),
            ),
        ),
        printed=(
            PrintedPaper(
                3,
                "azaCITIDine dosing sheet, EPI #2",
                "AZ-0418",
                2,
                "412K 7Q2M 9TXR",
                NOW - timedelta(hours=1),
                "E. Sørensen, RN",
                "",
                "AZ-0418-2.pdf",
            ),
            PrintedPaper(
                2,
                "azaCITIDine dosing sheet, EPI #2",
                "AZ-0418",
                1,
                "7Q2M 9TXR 412K",
                NOW - timedelta(days=3),
                "E. Sørensen, RN",
                "the weight of 20-Nov-2026 came after it",
                "AZ-0418-1.pdf",
            ),
        ),
        other_drugs=(
            ("methotrexate", "intrathecal", "2, 9", "dose not in public sources"),
            ("mercaptopurine", "by mouth", "1, 2, 3, 4, 5", "dose not in public sources"),
        ),
    )
