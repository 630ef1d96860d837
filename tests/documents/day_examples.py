"""Invented papers of one administration, for tests of this room and of others."""

from datetime import date, datetime
from decimal import Decimal

from msgspec.structs import replace

from bedside.papers.day_sheet import DaySheet, Label, OrderSignature, SheetCount, SheetDrug
from tests.documents.examples import SUMMER, head, infant

SEPTEMBER = date(2026, 9, 11)
ORDERED = OrderSignature(
    "I order this", "Ines Halvorsen", "consultant", datetime(2026, 9, 11, 9, 12, tzinfo=SUMMER)
)
VERIFIED = OrderSignature(
    "my own figures agree",
    "Petra Marek",
    "pharmacist",
    datetime(2026, 9, 11, 10, 20, tzinfo=SUMMER),
)
RELEASED = OrderSignature(
    "released", "Petra Marek", "pharmacist", datetime(2026, 9, 11, 10, 41, tzinfo=SUMMER)
)
NO_LIMIT = "not public; prescriber: ______"
COUNTS = (
    SheetCount(
        "Neutrophils (ANC)",
        "640 per microlitre",
        datetime(2026, 9, 11, 6, 40, tzinfo=SUMMER),
        NO_LIMIT,
        "",
    ),
    SheetCount(
        "Platelets",
        "58\u202f000 per microlitre",
        datetime(2026, 9, 11, 6, 40, tzinfo=SUMMER),
        NO_LIMIT,
        "",
    ),
    SheetCount("Haemoglobin", "unknown: not recorded", None, NO_LIMIT, ""),
)


def drug(**changes: object) -> SheetDrug:
    """One drug, invented: nothing in it is any protocol's."""
    base = SheetDrug(
        drug="vinCRIStine",
        final="0.3 mg",
        times_a_day=1,
        terms=(
            ("", "protocol dose", "0.05 mg per kg"),
            ("×", "weight", "6.2 kg"),
            ("=", "calculated", "0.31 mg"),
        ),
        notes=(
            ("Age factor", "none: this site's values state none for this drug"),
            ("Cap", "at most 2 mg for one dose (site value)"),
            ("Rounding", "to 0.1 mg: change −3.23 % (site value, demonstration)"),
            ("Modified", "no: 100 % of the protocol dose"),
        ),
        source="site value, demonstration 1 of 01-Oct-2026; confirmed here by two people",
        volume="0.3 mL",
        drawn="0.3 mL of 1 mg per mL, into the bag",
        giving="over ______ minutes",
        giving_note="protocol: 1 minute, not said of a bag",
        formula="0.05 mg per kg × 6.2 kg = 0.31 mg; prepared 0.3 mg",
        signed=(ORDERED, VERIFIED),
        steps=(RELEASED,),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def day_head(**changes: object):
    """The head of a paper of 11 September."""
    base = head(
        printed_at=datetime(2026, 9, 11, 10, 44, tzinfo=SUMMER),
        valid_until=datetime(2026, 9, 11, 23, 59, tzinfo=SUMMER),
        code="301P 9HKT 4WQE",
    )
    return replace(base, **changes)


def vinca_sheet(**changes: object) -> DaySheet:
    """A vinca alkaloid's sheet."""
    base = DaySheet(
        head=day_head(),
        infant=infant(),
        protocol="AALL15P1",
        course="Induction",
        course_also="",
        day=8,
        on=SEPTEMBER,
        route="intravenous",
        kind="vinca",
        drugs=(drug(),),
        counts=COUNTS,
        counts_note="Induction was opened with day 1 on 04-Sep-2026; no public count rule",
        plan_words="Plan of Induction: day 8, 15, 22, 29. This is day 8.",
        minibag_ml="25 mL",
        minibag_source="Joint Commission Quick Safety 37",
        next_days=(date(2026, 9, 18), date(2026, 9, 25), date(2026, 10, 2)),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


METHOTREXATE = drug(
    drug="methotrexate",
    final="7.5 mg",
    terms=(("", "fixed dose", "7.5 mg"), ("=", "calculated", "7.5 mg")),
    notes=(
        ("Age", "7.5 mg: 3 completed months on day 1 of the course, 04-Sep-2026"),
        ("Cap", "none in public sources"),
        ("Rounding", "to 0.5 mg: change 0 % (site value, demonstration)"),
        ("Modified", "no: 100 % of the protocol dose"),
    ),
    volume="3 mL",
    drawn="Draw 3 mL of 2.5 mg per mL",
    giving="",
    giving_note="",
    formula="7.5 mg = 7.5 mg",
)
HYDROCORTISONE = replace(
    METHOTREXATE, drug="hydrocortisone", final="8 mg", volume="0.8 mL", drawn="Draw 0.8 mL of 10 mg per mL",
    terms=(("", "fixed dose", "8 mg"), ("=", "calculated", "8 mg")),
)  # fmt: skip
CYTARABINE = replace(
    METHOTREXATE, drug="cytarabine", final="15 mg", volume="0.75 mL", drawn="Draw 0.75 mL of 20 mg per mL",
    terms=(("", "fixed dose", "15 mg"), ("=", "calculated", "15 mg")),
)  # fmt: skip


def spinal_sheet(**changes: object) -> DaySheet:
    """The sheet of one intrathecal drug."""
    base = vinca_sheet(
        day=1,
        on=date(2026, 9, 4),
        route="intrathecal",
        kind="intrathecal",
        drugs=(METHOTREXATE,),
        plan_words="Plan of Induction: day 1, 15, 29. This is day 1.",
        minibag_ml="",
        minibag_source="",
        next_days=(date(2026, 9, 18), date(2026, 10, 2)),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def mouth_sheet(**changes: object) -> DaySheet:
    """A drug by mouth, three times a day, whose order leaves mouth or tube open."""
    given = drug(
        drug="prednisoLONE",
        final="6.5 mg",
        times_a_day=3,
        terms=(
            ("", "protocol dose", "20 mg per m²"),
            ("×", "body surface", "about 0.326769 m²"),
            ("=", "calculated", "about 6.535374 mg"),
        ),
        volume="1.3 mL",
        drawn="Draw 1.3 mL of 5 mg per mL",
        giving="",
        giving_note="",
        formula="20 mg per m² × about 0.326769 m² = about 6.535374 mg; prepared 6.5 mg",
        steps=(),
    )
    base = vinca_sheet(
        route="by mouth",
        kind="mouth",
        drugs=(given,),
        minibag_ml="",
        minibag_source="",
        route_choice="by mouth or by nasogastric tube",
        plan_words="Plan of Induction: day 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19 and 10 more. This is day 8.",
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def needle_sheet(**changes: object) -> DaySheet:
    """Units in words by needle, with a question and a route that the prescriber signs."""
    given = drug(
        drug="pegaspargase",
        final="825 units",
        terms=(
            ("", "protocol dose", "2\u202f500 units per m²"),
            ("×", "body surface", "about 0.326769 m²"),
            ("=", "calculated", "about 816.9225 units"),
        ),
        volume="1.1 mL",
        drawn="Draw 1.1 mL of 750 units per mL",
        giving="over ______ minutes",
        giving_note="protocol: 60 to 120 minutes",
    )
    base = vinca_sheet(
        kind="needle",
        drugs=(given,),
        minibag_ml="",
        minibag_source="",
        route_choice="intravenous or intramuscular",
        route_signed=True,
        asks=("An earlier reaction to any asparaginase?",),
        warnings=("Cumulative DAUNOrubicin so far: 12 mg per m² on 2 days.",),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def label(**changes: object) -> Label:
    """The label of a vinca alkaloid's bag."""
    base = Label(
        head=day_head(),
        kind="vinca",
        family="WRÓBEL",
        given="Łucja",
        hospital_number="DEMO-00417",
        born=date(2026, 5, 14),
        drug="vinCRIStine",
        final="0.3 mg",
        route="intravenous",
        volume="25 mL bag",
        course="Induction",
        day=8,
        on=SEPTEMBER,
        count=1,
        study_number="15P1-D017",
        dose_id=37,
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def vial_label(**changes: object) -> Label:
    """The label of an azacitidine vial whose clock runs."""
    base = label(
        kind="vial clock",
        drug="azaCITIDine",
        final="15.5 mg",
        volume="in 1.55 mL",
        course="EPI #1",
        day=1,
        on=date(2026, 10, 14),
        made_at=datetime(2026, 10, 14, 10, 2, tzinfo=SUMMER),
        finish_by=datetime(2026, 10, 14, 10, 47, tzinfo=SUMMER),
        minutes=30,
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def spinal_label(**changes: object) -> Label:
    """The label of an intrathecal syringe."""
    base = label(
        kind="intrathecal",
        drug="methotrexate",
        final="7.5 mg",
        route="intrathecal",
        volume="in 3 mL",
        day=1,
        on=date(2026, 9, 4),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def mouth_label(**changes: object) -> Label:
    """Three labels of a drug by mouth."""
    base = label(
        kind="other",
        drug="prednisoLONE",
        final="6.5 mg",
        route="by mouth",
        volume="in 1.3 mL",
        count=3,
    )
    return replace(base, **changes)  # type: ignore[arg-type]


WEIGHT = Decimal("6.2")
