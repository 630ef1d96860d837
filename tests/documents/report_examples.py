"""Papers of the whole record of an invented infant, by hand: for tests of this room and of others."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from msgspec.structs import replace

from bedside.papers.reports import (
    ChartDecision,
    ChartDose,
    ChartLimit,
    ChartPoint,
    CountsForm,
    DltDecisionLine,
    DltReport,
    DltRow,
    GradeSpan,
    MaintenanceChart,
    ReportedToxicity,
    ToxicityReport,
)
from bedside.papers.transfer import (
    CountBand,
    CountPoint,
    GivenLine,
    OpenToxicity,
    Ring,
    StripBox,
    TransferSummary,
)
from bedside.papers.whole_treatment import (
    Cumulative,
    RoadCourse,
    RoadEvent,
    SpinalDay,
    StartLine,
    WholeTreatment,
)
from bedside.papers.whose import AsOf, Whose
from tests.documents.examples import WINTER, head

TODAY = date(2026, 11, 20)
A_DAY = timedelta(days=1)
HEAD = head(
    sheet_number="NQ-2026-00573",
    code="573F 4QH9 2TKJ",
    printed_at=datetime(2026, 11, 20, 11, 30, tzinfo=WINTER),
    valid_until=datetime(2026, 11, 27, 23, 59, tzinfo=WINTER),
)


def whose(**changes: object) -> Whose:
    base = Whose(
        family="WRÓBEL",
        given="Łucja",
        sex="female",
        born=date(2026, 5, 14),
        hospital_number="DEMO-00417",
        study_number="15P1-D017",
        protocol="AALL15P1",
        gene="KMT2A rearranged",
        allergies="none known",
        line="2-lumen",
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def as_of(**changes: object) -> AsOf:
    base = AsOf(
        TODAY, "27w 1d, 6 months", "Consolidation, day 26 of 29", "6.5 kg, 19-Nov-2026", "64 cm"
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def _course(title: str, begins: date, ends: date, **more: object) -> RoadCourse:
    begun = begins <= TODAY
    return RoadCourse(
        title, begins, ends, begun, title.startswith("EPI"), f"{begins:%d-%b-%Y}", **more
    )  # type: ignore[arg-type]


ROAD = (
    _course("Induction", date(2026, 9, 4), date(2026, 10, 13)),
    _course("EPI #1", date(2026, 10, 14), date(2026, 10, 18)),
    _course("Consolidation", date(2026, 10, 19), date(2026, 12, 6)),
    _course("EPI #2", date(2026, 12, 7), date(2026, 12, 11)),
    _course("Interim Maintenance", date(2026, 12, 12), date(2027, 1, 17)),
    _course("EPI #3", date(2027, 1, 18), date(2027, 1, 22)),
    _course("Delayed Intensification part 1", date(2027, 1, 23), date(2027, 2, 28)),
    _course("EPI #4", date(2027, 3, 1), date(2027, 3, 5)),
    _course("Delayed Intensification part 2", date(2027, 3, 6), date(2027, 4, 4)),
)
CUMULATIVE = (
    Cumulative("azaCITIDine", "intravenous", "5 of 20", "12.5 mg per kg", "50 mg per kg"),
    Cumulative("DAUNOrubicin", "intravenous", "2 of 6", "39 mg per m²", "dose not entered"),
    Cumulative("vinCRIStine", "intravenous", "4 of 8", "3.9 mg per m²", "dose not entered"),
    Cumulative("pegaspargase", "intravenous or intramuscular", "1 of 3", "1 644 units per m²", "dose not entered"),
    Cumulative("intrathecal", "each on its own sheet", "5 of 12", "", ""),
)  # fmt: skip


def whole_treatment(**changes: object) -> WholeTreatment:
    base = WholeTreatment(
        head=HEAD,
        whose=whose(),
        as_of=as_of(),
        day_1=date(2026, 9, 4),
        road=ROAD,
        undated=(),
        cycles=tuple(
            (f"Maintenance {number}", date(2027, 4, 5) + 84 * A_DAY * (number - 1))
            for number in range(1, 8)
        ),
        maintenance_words="Maintenance from 05-Apr-2027, at the age of 46w 4d, 10 months",
        ends_on=date(2028, 9, 4),
        end_words="therapy ends 04-Sep-2028",
        events=(
            RoadEvent(date(2026, 11, 4), "Consolidation held: infection (7 days)", happened=True),
            RoadEvent(date(2026, 11, 14), "6 months old", happened=True),
            RoadEvent(
                date(2027, 3, 1),
                "DLT period closes when the rule for EPI #4 is met",
                happened=False,
            ),
        ),
        spinal=(
            SpinalDay(date(2026, 9, 4), "given"),
            SpinalDay(date(2026, 11, 18), "given"),
            SpinalDay(date(2026, 12, 19), "planned"),
            SpinalDay(date(2027, 1, 2), "held"),
            SpinalDay(date(2027, 4, 5), "planned"),
        ),
        dlt_words="DLT period OPEN since 14-Oct-2026: seen at the tertiary centre",
        dlt=(date(2026, 10, 14), date(2027, 3, 1)),
        dlt_open=True,
        starts=(
            StartLine("EPI #1", "met", "met for 14-Oct-2026: ANC 640, platelets 86 000"),
            StartLine("Consolidation", "follows", "follows directly, without a count check"),
            StartLine("EPI #2", "not met", "needs ANC at least 500; today ANC 190, needs 500"),
            StartLine("EPI #3", "unknown", "needs ANC at least 500: not yet known"),
        ),
        cumulative=CUMULATIVE,
        notes=("4 lines of the protocol have no days yet (not public, or in conflict).",),
        lengths_words="Course lengths: site value, demonstration",
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def counts(number: int = 20) -> tuple[CountPoint, ...]:
    first = datetime(2026, 9, 4, 6, 10, tzinfo=WINTER)
    made = []
    for at in range(number):
        anc = (at * 137) % 1400
        made.append(
            CountPoint(
                first + at * 4 * A_DAY,
                anc,
                20_000 + at * 3000,
                str(anc),
                f"{20 + at * 3} 000",
                "84 g per litre",
            )
        )
    # what is no number says why; a zero is a number
    made[-2] = replace(made[-2], anc_per_ul=None, anc="pending")
    made[-1] = replace(made[-1], anc_per_ul=0, anc="0")
    return tuple(made)


def transfer(**changes: object) -> TransferSummary:
    base = TransferSummary(
        head=HEAD,
        whose=whose(),
        as_of=as_of(),
        never="azaCITIDine",
        strip=tuple(
            StripBox(
                course.title,
                "now" if course.title == "Consolidation" else "past" if course.begun else "later",
                course.priming,
            )
            for course in ROAD
        ),
        so_far=(
            "EPI #1 (azaCITIDine): given on 5 days, 14-Oct-2026 to 18-Oct-2026",
            "Last count 20-Nov-2026 06:10: neutrophils (ANC) 190, platelets 46 000 per microlitre",
        ),
        next_words="Sat 21-Nov-2026, day 27; EPI #2 expected 07-Dec-2026",
        fever=(
            "Count as fever: under the arm: 38 °C or more.",
            "First antibiotic within 60 minutes of the first fever. At: ________",
        ),
        fever_words="This site's own: Fever in neutropenia, edition 2, of 05-Oct-2026",
        rings=(
            Ring("Haematology consultant on call", "01632 960 142"),
            Ring("Ward 4, nurse in charge", "01632 960 117"),
            Ring("Cancer pharmacist", "01632 960 150"),
        ),
        must_not=(
            ("azaCITIDine: never, at no dose.", "Study drug, tertiary centre only."),
            ("No chemotherapy from this paper.", "It is a summary, not an order."),
            ("HELD: cytarabine", "from 18-Nov-2026: infection."),
        ),
        dlt_words="DLT period: OPEN since 14-Oct-2026",
        dlt_note="until counts allow EPI #4",
        dlt_lines=("Seen at the tertiary centre in this period.",),
        counts=counts(),
        bands=tuple(
            CountBand(course.title, course.begins, min(course.ends, TODAY) + A_DAY, course.priming)
            for course in ROAD[:3]
        ),
        anc_limit=500,
        platelets_limit=50_000,
        toxicities=(
            OpenToxicity(
                "Febrile neutropenia",
                "3",
                date(2026, 11, 4),
                "cytarabine probable",
                "not yet decided",
            ),
            OpenToxicity(
                "Platelet count decreased",
                "at least 3",
                date(2026, 11, 2),
                "attribution not assessed",
                "",
            ),
        ),
        ctcae="5.0",
        days=tuple(TODAY - back * A_DAY for back in range(9, -1, -1)),
        given=(
            GivenLine(
                "cytarabine",
                "intravenous",
                ("given", "given", "", "no record", "", "", "", "held", "given", "due"),
            ),
            GivenLine(
                "mercaptopurine", "by mouth or by nasogastric tube", ("given",) * 9 + ("due",)
            ),
        ),
        given_note="Intrathecal: last given 18-Nov-2026; own sheets",
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def reported(term: str = "Febrile neutropenia", **changes: object) -> ReportedToxicity:
    base = ReportedToxicity(
        term=term,
        ctcae="5.0",
        onset=date(2026, 11, 4),
        course="Consolidation day 17",
        spans=(
            GradeSpan(3, "grade 3", date(2026, 11, 4), date(2026, 11, 7), "by hand, E. Berg, RN"),
            GradeSpan(2, "at least grade 2", date(2026, 11, 7), date(2026, 11, 7), "round, K. Nowak, RN"),
            GradeSpan(1, "grade 1", date(2026, 11, 7), date(2026, 11, 12), "round, K. Nowak, RN"),
            GradeSpan(0, "gone", date(2026, 11, 12), None, "round, K. Nowak, RN"),
        ),
        worst=3,
        gone_on=date(2026, 11, 12),
        attributions=(("cytarabine", "probable"), ("azaCITIDine", "possible")),
        expected="yes",
        serious="yes: admitted",
        action="cytarabine held",
        comment="",
        recorded="E. Berg, RN, 04-Nov-2026 10:20",
    )  # fmt: skip
    return replace(base, **changes)  # type: ignore[arg-type]


def toxicity_report(**changes: object) -> ToxicityReport:
    base = ToxicityReport(
        head=HEAD,
        whose=whose(),
        as_of=as_of(),
        ctcae="5.0",
        first=date(2026, 9, 4),
        last=TODAY,
        courses=tuple((course.title, course.begins, course.priming) for course in ROAD[:3]),
        rows=(
            reported(),
            reported(
                "Platelet count decreased",
                ctcae="6.0",
                gone_on=None,
                spans=(GradeSpan(4, "grade 4", date(2026, 11, 2), None, "laboratory: 22 × 10⁹ per L", corrected=True),),
                attributions=(),
                worst=4,
                comment="platelets given twice",
            ),
        ),
    )  # fmt: skip
    return replace(base, **changes)  # type: ignore[arg-type]


def decision(**changes: object) -> DltDecisionLine:
    base = DltDecisionLine(
        "does not count", "Ines Halvorsen, consultant, 06-Nov-2026 09:10", "expected, resolved in 3 days", holds=True, void=""
    )  # fmt: skip
    return replace(base, **changes)  # type: ignore[arg-type]


def dlt_report(**changes: object) -> DltReport:
    base = DltReport(
        head=HEAD,
        whose=whose(),
        as_of=as_of(),
        state="open",
        headline="DLT period open, day 38.",
        period=(("Opened", "14-Oct-2026"), ("Closed", "not yet")),
        rule_title="Invented definition, demonstration 1, confirmed by two people",
        rule_lines=("1. Does not count: haematological.", "2. Counts: grade 4 or more."),
        rows=(
            DltRow(
                term="Febrile neutropenia",
                worst="grade 3",
                onset=date(2026, 11, 4),
                gone_on=date(2026, 11, 12),
                course="Consolidation day 17",
                attribution="cytarabine probable",
                place="in the period",
                proposal="ask a physician",
                rule_words="grade 3, azaCITIDine possible",
                decisions=(decision(), decision(holds=False, void="typed for another infant")),
                due=False,
                ctcae="5.0",
            ),
            DltRow(
                term="Mucositis oral",
                worst="grade 2",
                onset=date(2026, 11, 6),
                gone_on=None,
                course="Consolidation day 19",
                attribution="not assessed",
                place="in the period",
                proposal="ask a physician",
                rule_words="attribution not assessed",
                decisions=(),
                due=True,
                ctcae="6.0",
            ),
        ),
        counts=((date(2026, 11, 18), "ANC 230, platelets 61 000", "not enough"),),
        not_evaluable=None,
        gone=(("Rash", decision()),),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def maintenance_chart(**changes: object) -> MaintenanceChart:
    points = tuple(
        ChartPoint(
            datetime(2026, 8, 12, 6, 10, tzinfo=WINTER) + 7 * A_DAY * at,
            None if at == 5 else 400 + 61 * at,
            90_000 + 6_000 * at,
            "ANC pending" if at == 5 else "",
        )
        for at in range(14)
    )
    base = MaintenanceChart(
        head=HEAD,
        whose=whose(),
        as_of=as_of(where="Maintenance, day 98"),
        course="Maintenance",
        day_1=date(2026, 8, 15),
        rule="Invented rule, demonstration",
        counts=points,
        doses=(
            ChartDose("mercaptopurine", date(2026, 8, 15), Decimal(100), waiting=False),
            ChartDose("mercaptopurine", date(2026, 10, 11), Decimal(50), waiting=False),
            ChartDose("methotrexate", date(2026, 8, 15), Decimal(100), waiting=False),
            ChartDose("methotrexate", date(2026, 10, 16), Decimal(125), waiting=True),
        ),
        anc_limits=(ChartLimit(400, "stop at most"), ChartLimit(760, "50 % at most"), ChartLimit(900, "raise from")),
        platelet_limits=(ChartLimit(40_000, "stop at most"),),
        decisions=(
            ChartDecision("mercaptopurine", date(2026, 8, 15), "100 %, 17 mg", "recorded", "", "E. Berg, RN, 15-Aug-2026 10:00", "prescribed I. Halvorsen", ""),
            ChartDecision("methotrexate", date(2026, 10, 16), "125 %, 6.5 mg", "overridden", "counts high", "E. Berg, RN, 16-Oct-2026 10:00", "NOT VERIFIED yet", "typed twice"),
        ),
        in_force=(("mercaptopurine", "50 %, 8.5 mg, from 11-Oct-2026"), ("methotrexate", "100 %, 6 mg")),
    )  # fmt: skip
    return replace(base, **changes)  # type: ignore[arg-type]


def counts_form(**changes: object) -> CountsForm:
    base = CountsForm(
        head=HEAD,
        whose=whose(),
        as_of=as_of(),
        last=(("ANC", "190"), ("Platelets", "46 000"), ("Haemoglobin", "84 g per litre")),
        last_at=datetime(2026, 11, 20, 6, 10, tzinfo=WINTER),
        mark=".",
    )
    return replace(base, **changes)  # type: ignore[arg-type]
