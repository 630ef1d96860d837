"""One invented treatment of two years, with more than 800 dose days, for the tests of the timeline."""

from datetime import UTC, date, datetime, timedelta
from typing import Literal

from bedside.protocol.drugs import route_words
from bedside.ward.views.marks import Banner, DltLine
from bedside.ward.views.timeline import (
    TimelineCourse,
    TimelineDose,
    TimelineEvent,
    TimelineLane,
    TimelineView,
)

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
    return TimelineDose(
        on, course.key, course.title, day, drug, route, state, words, route_words(route)
    )


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
