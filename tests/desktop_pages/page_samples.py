"""Invented infants for the tests of the working pages: one whole treatment, counts, toxicities, doses."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Literal

from bedside.ward.views.marks import Banner, DltLine, VialClockView
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
from bedside.ward.views.timeline import (
    TimelineCourse,
    TimelineDose,
    TimelineEvent,
    TimelineLane,
    TimelineView,
)
from bedside.ward.views.where import RuleRow

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 10, 42, tzinfo=UTC)
INDUCTION = date(2026, 8, 26)
LAST = date(2028, 8, 25)

DLT = DltLine("open", "open, day 52", ("since 30-Sep-2026, no DLT",), date(2026, 9, 30))
BANNER = Banner(
    infant_id=1,
    family="LINDQVIST",
    given="Saga",
    born=date(2026, 7, 19),
    age_text="17w 5d",
    sex="female",
    hospital_number="DEM 004 118",
    weight_text="6.2 kg",
    weight_at=NOW - timedelta(hours=3),
    bsa_text="0.323 m²",
    bsa_formula="Mosteller",
    protocol_text="AALL15P1, single arm",
    risk_text="KMT2A rearranged; no risk groups",
    allergies="No known allergies",
    dlt=DLT,
)

# key, title, first plan, start, last day, priming
_COURSES = (
    ("induction", "Induction", "2026-08-26", "2026-08-26", "2026-09-29", False),
    ("epi-1", "EPI #1", "2026-09-30", "2026-09-30", "2026-10-04", True),
    ("consolidation", "Consolidation", "2026-10-05", "2026-10-05", "2026-11-16", False),
    ("epi-2", "EPI #2", "2026-11-11", "2026-11-17", "2026-11-21", True),
    ("interim-maintenance", "Interim Maintenance", "2026-11-16", "2026-11-22", "2026-12-21", False),
    ("epi-3", "EPI #3", "2026-12-16", "2026-12-22", "2026-12-26", True),
    ("di-part-1", "DI part 1", "2026-12-21", "2026-12-27", "2027-02-01", False),
    ("epi-4", "EPI #4", "2027-01-27", "2027-02-02", "2027-02-06", True),
    ("di-part-2", "DI part 2", "2027-02-01", "2027-02-07", "2027-03-01", False),
    ("maintenance", "Maintenance", "2027-02-24", "2027-03-02", "2028-08-25", False),
)

# lane, kind -> (course, drug, route, days)
_EVERY_DAY = tuple(range(1, 541))
_WEEKLY = (*range(8, 92, 7), *range(169, 541, 7))
_PLAN: tuple[tuple[str, str, tuple[tuple[str, str, str, tuple[int, ...]], ...]], ...] = (
    (
        "azaCITIDine",
        "priming",
        tuple((f"epi-{n}", "azaCITIDine", "IV", (1, 2, 3, 4, 5)) for n in (1, 2, 3, 4)),
    ),
    (
        "Intrathecal",
        "intrathecal",
        (
            ("induction", "methotrexate", "IT", (1, 29)),
            ("induction", "cytarabine", "IT", (15,)),
            ("induction", "hydrocortisone", "IT", (15, 29)),
            ("consolidation", "cytarabine", "IT", (10,)),
            ("consolidation", "methotrexate", "IT", (24,)),
            ("consolidation", "hydrocortisone", "IT", (10, 24)),
            ("interim-maintenance", "methotrexate", "IT", (2, 9)),
            ("interim-maintenance", "hydrocortisone", "IT", (2, 9)),
            ("di-part-1", "cytarabine", "IT", (1, 15)),
            ("di-part-1", "hydrocortisone", "IT", (1, 15)),
            ("maintenance", "methotrexate", "IT", (1,)),
            ("maintenance", "hydrocortisone", "IT", (1, 57)),
            ("maintenance", "cytarabine", "IT", (57,)),
        ),
    ),
    (
        "Steroids",
        "drug",
        (
            ("induction", "prednisolone", "PO or NG", tuple(range(1, 8))),
            ("induction", "dexamethasone", "PO, NG or IV", tuple(range(8, 29))),
            ("di-part-1", "dexamethasone", "PO, NG or IV", tuple(range(1, 22))),
        ),
    ),
    (
        "vinCRIStine",
        "drug",
        (
            ("induction", "vinCRIStine", "IV", (8, 15, 22, 29)),
            ("di-part-1", "vinCRIStine", "IV", (1, 8, 15, 22)),
        ),
    ),
    (
        "DAUNOrubicin",
        "drug",
        (
            ("induction", "DAUNOrubicin", "IV", (8, 9)),
            ("di-part-1", "DAUNOrubicin", "IV", (1, 8, 15, 22)),
        ),
    ),
    (
        "Pegaspargase",
        "drug",
        (
            ("induction", "pegaspargase", "IV or IM", (12,)),
            ("interim-maintenance", "pegaspargase", "IV or IM", (23,)),
            ("di-part-1", "pegaspargase", "IV or IM", (1,)),
        ),
    ),
    (
        "Cytarabine",
        "drug",
        (
            ("induction", "cytarabine", "IV", tuple(range(8, 22))),
            (
                "consolidation",
                "cytarabine",
                "IV or SC",
                (3, 4, 5, 6, 10, 11, 12, 13, 17, 18, 19, 20, 24, 25, 26, 27),
            ),
            ("interim-maintenance", "cytarabine", "IV", (15, 16, 22, 23)),
            (
                "di-part-1",
                "cytarabine",
                "IV or SC",
                (2, 3, 4, 5, 9, 10, 11, 12, 16, 17, 18, 19, 23, 24, 25, 26),
            ),
            ("di-part-2", "cytarabine", "IV or SC", (2, 3, 4, 5, 9, 10, 11, 12)),
        ),
    ),
    (
        "Cyclophosphamide",
        "drug",
        (
            ("consolidation", "cyclophosphamide", "IV", (1, 29)),
            ("di-part-2", "cyclophosphamide", "IV", (1, 15)),
        ),
    ),
    ("Methotrexate 24 h", "drug", (("interim-maintenance", "methotrexate", "IV", (1, 8)),)),
    ("Leucovorin", "drug", (("interim-maintenance", "leucovorin", "PO or IV", (3, 4, 10, 11)),)),
    (
        "Thiopurine, daily",
        "daily",
        (
            ("consolidation", "mercaptopurine", "PO or NG", tuple(range(1, 29))),
            ("interim-maintenance", "mercaptopurine", "PO or NG", tuple(range(1, 15))),
            ("di-part-1", "thioguanine", "PO or NG", tuple(range(1, 29))),
            ("di-part-2", "thioguanine", "PO or NG", tuple(range(1, 15))),
            ("maintenance", "mercaptopurine", "PO or NG", _EVERY_DAY),
        ),
    ),
    ("Methotrexate, weekly", "daily", (("maintenance", "methotrexate", "PO", _WEEKLY),)),
)


def courses() -> tuple[TimelineCourse, ...]:
    """The ten courses of the invented treatment."""
    made = []
    for key, title, first_plan, start, end, priming in _COURSES:
        begin, last = date.fromisoformat(start), date.fromisoformat(end)
        state: Literal["past", "now", "later"] = "now"
        if last < TODAY:
            state = "past"
        elif begin > TODAY:
            state = "later"
        actual = begin <= TODAY
        certainty = "" if actual else "not before: the length of the course before is not public"
        made.append(
            TimelineCourse(
                key=key,
                title=title,
                start=begin,
                end=last,
                state=state,
                priming=priming,
                basis="actual" if actual else "projected",
                certainty="" if priming and actual else certainty,
                first_plan=date.fromisoformat(first_plan),
            )
        )
    return tuple(made)


def timeline_view() -> TimelineView:
    """A treatment of two years with more than 800 dose days."""
    by_key = {course.key: course for course in courses()}
    lanes = []
    for title, kind, parts in _PLAN:
        doses = [
            _dose(by_key[key], drug, route, day) for key, drug, route, days in parts for day in days
        ]
        doses = [dose for dose in doses if dose.on <= LAST]
        doses.sort(key=lambda dose: (dose.on, dose.drug))
        lanes.append(TimelineLane(title, kind, tuple(doses), _unscheduled(title)))  # type: ignore[arg-type]
    return TimelineView(
        banner=BANNER,
        today=TODAY,
        first=date(2026, 8, 19),
        last=date(2028, 9, 6),
        courses=courses(),
        lanes=tuple(lanes),
        events=_events(),
        dlt=DLT,
        dlt_projected_close=date(2027, 2, 2),
        footnote="Course lengths and all doses but azaCITIDine: site value, demonstration",
    )


def _dose(course: TimelineCourse, drug: str, route: str, day: int) -> TimelineDose:
    on = course.start + timedelta(days=day - 1)
    state: Literal["given", "planned", "held", "missed"] = "given" if on < TODAY else "planned"
    words = f"{course.title} day {day}, {drug} {route}, {state}"
    return TimelineDose(on, course.key, course.title, day, drug, route, state, words)


def _unscheduled(title: str) -> tuple[tuple[date, date, str], ...]:
    if title == "Intrathecal":
        disputed = date(2027, 6, 1)
        return (
            (
                disputed,
                disputed + timedelta(days=7),
                "unknown: day 92 or 99, the site enters which",
            ),
        )
    if title == "Methotrexate, weekly":
        return (
            (date(2027, 6, 1), date(2027, 8, 16), "not scheduled: days 92 to 168 are disputed"),
        )
    return ()


def _events() -> tuple[TimelineEvent, ...]:
    return (
        TimelineEvent(
            "hold",
            date(2026, 11, 11),
            date(2026, 11, 16),
            "EPI #2 held 6 days from 11-Nov-2026: platelets 41 000 per µL",
        ),
        TimelineEvent("fever", date(2026, 10, 24), date(2026, 10, 28), "38.6 °C, ANC 80 per µL"),
        TimelineEvent("birthday", date(2027, 1, 19), None, "6 months, 19-Jan-2027"),
        TimelineEvent("birthday", date(2027, 7, 19), None, "12 months, 19-Jul-2027"),
        TimelineEvent("birthday", date(2028, 1, 19), None, "18 months, 19-Jan-2028"),
        TimelineEvent("end of therapy", date(2028, 8, 26), None, "End of therapy 26-Aug-2028"),
    )


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


def start_rules(anc: int | None, platelets: int | None) -> tuple[RuleRow, ...]:
    """The start rule of EPI #2 over typed values, as the ward words it."""
    at = datetime(2026, 11, 11, 6, 10, tzinfo=UTC)
    return (
        _rule("Neutrophils, ANC", "at least 500", anc, 500, at),
        _rule("Platelets", "at least 50 000", platelets, 50000, at),
        RuleRow("Any toxicity resolved", "yes", "no", "", at, "Dr I. Ferreira", "not met"),
    )


def _rule(measure: str, needed: str, seen: int | None, limit: int, at: datetime) -> RuleRow:
    if seen is None:
        return RuleRow(measure, needed, "unknown", "per µL", None, "typed", "unknown")
    result: Literal["met", "not met"] = "met" if seen >= limit else "not met"
    return RuleRow(measure, needed, f"{seen:,}".replace(",", " "), "per µL", at, "typed", result)


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
