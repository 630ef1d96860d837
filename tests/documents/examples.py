"""An invented infant and her papers, for tests of this room and of others."""

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

from msgspec.structs import replace

from bedside.papers.values import (
    DosingSheet,
    PaperHead,
    PaperInfant,
    Roadmap,
    RoadmapDay,
    RoadmapDelay,
    RoadmapDrug,
    RoadmapWorst,
    RuleLine,
    SettledDay,
)

SUMMER = timezone(timedelta(hours=2))
WINTER = timezone(timedelta(hours=1))


def head(**changes: object) -> PaperHead:
    """The head of a demonstration paper."""
    base = PaperHead(
        site="North Quay Children’s Hospital, Ward 4, infant haematology",
        sheet_number="NQ-2026-00412",
        copy=1,
        replaces="",
        edition="site edition demo-3 of 01-Oct-2026",
        audit_head="7f3a9c21e0b455d8",
        facts_digest="5d41a0c39be27f186604d1f2aa90c7e35d41a0c39be27f186604d1f2aa90c7e3",
        code="412K 7Q2M 9TXR",
        printed_at=datetime(2026, 10, 13, 10, 24, tzinfo=SUMMER),
        printed_by="P. Marek",
        valid_until=datetime(2026, 10, 18, 23, 59, tzinfo=SUMMER),
        program="Bedside 0.1.0",
        demonstration=True,
        commissioned=True,
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def infant(**changes: object) -> PaperInfant:
    """The invented infant."""
    base = PaperInfant(
        family="WRÓBEL",
        given="Łucja",
        sex="female",
        born=date(2026, 5, 14),
        age_words="21w 6d, 153 days, 5 months",
        hospital_number="DEMO-00417",
        study_number="15P1-D017",
        allergies="none known",
        diagnosis="KMT2A rearranged",
        line="2-lumen",
        weight_kg=Decimal("6.2"),
        weight_at=datetime(2026, 10, 13, 6, 30, tzinfo=SUMMER),
        weight_by="S.O.",
        weight_change_percent=Decimal("1.6"),
        weight_change_days=7,
        length_cm=Decimal(62),
        bsa_m2=Decimal("0.32677"),
        bsa_formula="Mosteller",
    )
    return replace(base, **changes)  # type: ignore[arg-type]


GIVEN_TWO = (
    SettledDay(1, "GIVEN 15.25 mg, 10:05 to 10:35, Test Nurse, RN"),
    SettledDay(2, "GIVEN 15.25 mg, 10:02 to 10:31, Test Nurse, RN"),
)


def dosing_sheet(**changes: object) -> DosingSheet:
    """EPI #1 of the invented infant: 6.2 kg, 15.5 mg on five dates."""
    taken = datetime(2026, 10, 13, 6, 40, tzinfo=SUMMER)
    first = date(2026, 10, 14)
    base = DosingSheet(
        head=head(),
        infant=infant(),
        protocol="AALL15P1",
        course="EPI #1",
        course_also="Azacitidine Block I",
        drug="azaCITIDine",
        route="intravenous",
        dates=tuple((day + 1, first + timedelta(days=day)) for day in range(5)),
        rules=(
            RuleLine(
                "Neutrophils (ANC)",
                "640 per microlitre",
                taken,
                "worked out",
                "at least 500",
                "met",
            ),
            RuleLine(
                "Platelets",
                "86\u202f000 per microlitre",
                taken,
                "analyser",
                "at least 50\u202f000",
                "met",
            ),
            RuleLine(
                "Toxicity",
                "resolved",
                datetime(2026, 10, 13, 9, 5, tzinfo=SUMMER),
                "Dr Halvorsen",
                "resolved",
                "met",
            ),
        ),
        decision="GIVE from Wed 14-Oct-2026",
        decided_by="Dr I. Halvorsen, 13-Oct 09:12",
        rate_words="2.5 mg per kg",
        weight_words="6.2 kg",
        calculated="15.5 mg",
        final="15.5 mg",
        source_words="2.5 mg per kg: public AALL15P1 slides, confirmed here by two people",
        age_factor_words="none: the dose is per kg",
        cap_words="none in public sources",
        rounding_words="to 0.1 mg: change 0 % (site value, demonstration)",
        modified_words="no: 100 % of the protocol dose",
        volume_words="Draw 1.55 mL of 10 mg per mL (site value, demonstration)",
        formula="2.5 mg per kg × 6.2 kg = 15.5 mg",
        infusion_minutes=30,
        infusion_range=(10, 40),
        finish_within_minutes=45,
        planned_time="10:00",
        warnings=("The DLT period opens on day 1: record each toxicity on the day it is seen.",),
        rules_note="all three must be met for day 1; numbers at most 48 hours old (site value)",
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def _day(
    day: int,
    day_1: date,
    late: int,
    given: tuple[tuple[int, str], ...],
    **more: object,
) -> RoadmapDay:
    first = day_1 + timedelta(days=day - 1)
    due = first + timedelta(days=late)
    base = RoadmapDay(
        day=day,
        second_label=day + 5,
        first_plan=first,
        due=due,
        given_on=due if given else None,
        given=given,
        anc_per_ul=None,
        platelets_per_ul=None,
        worst_grade="",
        initials="TB KN" if given else "",
        held="",
    )
    return replace(base, **more)  # type: ignore[arg-type]


CONSOLIDATION_DRUGS = (
    RoadmapDrug(
        "cyclophosphamide", "intravenous", "220 mg", "1\u202f000 mg per m²", False, (1, 29)
    ),
    RoadmapDrug(
        "mercaptopurine",
        "by mouth, daily",
        "13 mg",
        "60 mg per m²",
        False,
        tuple(range(1, 29)),
    ),
    RoadmapDrug(
        "cytarabine",
        "intravenous",
        "16.5 mg",
        "75 mg per m²",
        False,
        (3, 4, 5, 6, 10, 11, 12, 13, 17, 18, 19, 20, 24, 25, 26, 27),
    ),
    RoadmapDrug("cytarabine", "intrathecal", "15 mg", "fixed by age that day", True, (10,)),
    RoadmapDrug("methotrexate", "intrathecal", "7.5 mg", "fixed by age that day", True, (24,)),
    RoadmapDrug("hydrocortisone", "intrathecal", "7.5 mg", "fixed by age that day", True, (10, 24)),
)


def roadmap(**changes: object) -> Roadmap:
    """Consolidation of the invented infant on its day 26, held for seven days after day 16."""
    day_1, today = date(2026, 10, 19), date(2026, 11, 20)
    counts = {
        1: (980, 142000, "3 a"),
        4: (860, 118000, "3 a"),
        8: (540, 74000, "3 a"),
        10: (420, 61000, "4 a"),
        15: (120, 34000, "4 a"),
        17: (310, 52000, "4 a"),
        24: (0, 61000, "4 a"),
        26: (190, 46000, "4 a"),
    }
    days = []
    for day in range(1, 30):
        late = 7 if day >= 17 else 0
        due = day_1 + timedelta(days=day - 1 + late)
        given = tuple(
            (at, drug.dose_words)
            for at, drug in enumerate(CONSOLIDATION_DRUGS)
            if day in drug.days and due < today
        )
        anc, platelets, worst = counts.get(day, (None, None, ""))
        held = (
            "HELD 7 days, 04-Nov-2026 to 10-Nov-2026: infection (febrile neutropenia grade 3, "
            "platelets 22\u202f000). Dr I. Halvorsen, 04-Nov 10:20."
            if day == 17
            else ""
        )
        days.append(
            _day(
                day,
                day_1,
                late,
                given,
                anc_per_ul=anc,
                platelets_per_ul=platelets,
                worst_grade=worst,
                held=held,
            )
        )
    base = Roadmap(
        head=head(
            sheet_number="NQ-2026-00571",
            copy=3,
            replaces="copy 2 of 18-Nov-2026",
            code="571M 3RZ8 K2QY",
            printed_at=datetime(2026, 11, 20, 7, 31, tzinfo=WINTER),
            valid_until=datetime(2026, 11, 21, 8, 0, tzinfo=WINTER),
        ),
        infant=infant(weight_kg=Decimal("6.5"), age_words="27w 1d, 190 days, 6 months"),
        protocol="AALL15P1",
        course="Consolidation",
        course_also="",
        day_1=day_1,
        day_1_is="actual",
        dose_words=(
            "Doses = mg per m² × 0.331 m² × age factor 2/3 (under 6 months on day 1), then rounded. "
            "All doses on this paper are site values, demonstration."
        ),
        dlt_words="DLT period OPEN since 14-Oct-2026 (EPI #1 day 1), until counts allow EPI #4",
        drugs=CONSOLIDATION_DRUGS,
        days=tuple(days),
        today=today,
        delays=(RoadmapDelay(17, date(2026, 11, 4), date(2026, 11, 11), 7, "infection"),),
        worst=(
            RoadmapWorst("a", "neutrophils decreased", 4, date(2026, 11, 4)),
            RoadmapWorst("b", "platelets decreased", 4, date(2026, 11, 4)),
            RoadmapWorst("c", "febrile neutropenia", 3, date(2026, 11, 4)),
            RoadmapWorst("d", "mucositis oral", 2, date(2026, 11, 6)),
        ),
        ctcae="5.0",
        next_words="EPI #2: not before 07-Dec-2026, when ANC is at least 500, platelets at least "
        "50\u202f000 and any toxicity is resolved",
        unscheduled=(),
        dlt_state="open",
        second_label_words="+5 with EPI #1",
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def blank_roadmap(
    names: tuple[str, ...], intrathecal: tuple[str, ...], length: int, **changes: object
) -> Roadmap:
    """A course that has not begun and for which no dose is public."""
    day_1 = date(2027, 4, 5)
    drugs = tuple(
        RoadmapDrug(
            name,
            "by mouth or by nasogastric tube" if at % 2 else "intravenous",
            "dose not public",
            "enter it from your protocol",
            False,
            tuple(range(1 + at, length + 1, 1 + 3 * at)),
        )
        for at, name in enumerate(names)
    ) + tuple(
        RoadmapDrug(
            name, "intrathecal", "dose not public", "", True, tuple(range(1, length + 1, 28))
        )
        for name in intrathecal
    )
    days = tuple(
        replace(_day(day, day_1, 0, ()), second_label=None) for day in range(1, length + 1)
    )
    blank = roadmap(
        course="Maintenance",
        course_also="Maintenance cycle 1",
        day_1=day_1,
        day_1_is="projected",
        drugs=drugs,
        days=days,
        delays=(),
        worst=(),
        dlt_words="",
        dlt_state="",
        dose_words="No dose of this course is public: enter them from your protocol.",
        next_words="",
        second_label_words="",
        unscheduled=(
            "Intrathecal methotrexate on day 92 or on day 99: the register contradicts itself; "
            "not scheduled until the site enters which holds.",
            "Weekly methotrexate by mouth after day 91: it falls off the weekly grid from day 98.",
        ),
    )
    return replace(blank, **changes)  # type: ignore[arg-type]


INDUCTION_DRUGS = (
    "prednisoLONE",
    "DAUNOrubicin",
    "cytarabine",
    "dexamethasone",
    "vinCRIStine",
    "pegaspargase",
)
