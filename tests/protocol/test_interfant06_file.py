"""The Interfant-06 file: one public dose, its age factors, and everything else left open."""

from fractions import Fraction

from bedside.protocol.model import Protocol
from bedside.units.quantities import DoseRate

KEYS = ["induction", "ib", "ade", "mae", "marma", "octadad-1", "octadad-2", "maintenance"]
PUBLIC = ("induction", "asparaginase-e-coli", "IV")
DRUGS = {
    "induction": ["prednisone", "dexamethasone", "vincristine", "daunorubicin",
                  "asparaginase-e-coli", "cytarabine"],
    "ib": ["cyclophosphamide", "mercaptopurine", "cytarabine"],
    "ade": ["cytarabine", "daunorubicin", "etoposide"],
    "mae": ["mitoxantrone", "cytarabine", "etoposide"],
    "marma": ["mercaptopurine", "methotrexate", "leucovorin", "cytarabine", "asparaginase"],
    "octadad-1": ["dexamethasone", "vincristine", "daunorubicin", "asparaginase", "thioguanine",
                  "cytarabine", "cyclophosphamide"],
    "octadad-2": ["thioguanine", "cytarabine", "cyclophosphamide"],
    "maintenance": ["mercaptopurine", "methotrexate"],
}  # fmt: skip


# No agent of the intrathecal therapy is public: those of AALL15P1's register stand as related.
INTRATHECAL = {
    "induction": ["methotrexate", "cytarabine", "hydrocortisone"],
    "ib": ["cytarabine", "methotrexate", "hydrocortisone"],
    "ade": ["intrathecal-therapy"],
    "mae": ["intrathecal-therapy"],
    "marma": ["methotrexate", "hydrocortisone"],
    "octadad-1": ["cytarabine", "hydrocortisone"],
    "octadad-2": [],
    "maintenance": ["methotrexate", "cytarabine", "hydrocortisone"],
}


def test_courses_and_drugs_of_the_abstract(interfant06: Protocol) -> None:
    assert [course.key for course in interfant06.courses] == KEYS
    for course in interfant06.courses:
        by_route = {False: [], True: []}  # type: dict[bool, list[str]]
        for plan in course.drugs:
            by_route[plan.route == "IT"].append(plan.drug)
        assert by_route[False] == DRUGS[course.key]
        assert by_route[True] == INTRATHECAL[course.key]


def test_a_drug_that_no_source_of_this_protocol_names_is_marked_related(
    interfant06: Protocol,
) -> None:
    """Nothing invented: leucovorin and the intrathecal agents are AALL15P1's, and say so."""
    for course in interfant06.courses:
        for plan in course.drugs:
            related = plan.drug == "leucovorin" or plan.route == "IT"
            if related and plan.drug != "intrathecal-therapy":
                assert plan.given_origin.evidence == "related"
                assert "AALL15P1" in plan.given_origin.note


def test_only_native_asparaginase_has_a_dose_and_days(interfant06: Protocol) -> None:
    for course in interfant06.courses:
        assert course.length_days is None
        assert (course.start_rule is None) == (course.key != "octadad-1")  # its transplant rule
        assert not course.tertiary_only
        assert not course.all_days_public
        for plan in course.drugs:
            if (course.key, plan.drug, plan.route) == PUBLIC:
                assert plan.days.scheduled == (15, 18, 22, 25, 29, 33)
                assert plan.dose.rate == DoseRate(plan.dose.rate.value, "units", "m2")  # type: ignore[union-attr]
                assert plan.dose.rate.value == 10_000  # type: ignore[union-attr]
            else:
                assert plan.days.scheduled == ()
                assert plan.dose.rate is None


def test_age_factors_are_exact_fractions(interfant06: Protocol) -> None:
    rule = interfant06.course("induction").plan("asparaginase-e-coli", "IV").age_rule
    assert rule is not None
    assert [(band.from_month, band.factor) for band in rule.bands] == [
        (0, Fraction(2, 3)),
        (6, Fraction(3, 4)),
        (12, Fraction(1)),
    ]
    assert rule.anchor_words == "day 1 of the course"
    assert "ruling" in rule.origin.note


def test_closed_and_without_dlt_period(interfant06: Protocol) -> None:
    """H12: a closed protocol says so; it has no DLT period and no rule of AALL15P1."""
    assert "October 2016" in interfant06.closed_to_entry
    assert interfant06.origins["closed-to-entry"].sources == ("S3",)
    assert interfant06.dlt_window is None
    assert interfant06.continue_rules == ()
    assert interfant06.therapy is None
    assert "104 weeks from diagnosis" in interfant06.therapy_origin.note
    assert interfant06.therapy_origin.evidence == "absent"


def test_arms_are_named_where_they_differ(interfant06: Protocol) -> None:
    assert {course.key: course.arm for course in interfant06.courses if course.arm} == {
        "ib": "standard",
        "ade": "experimental",
        "mae": "experimental",
    }


def test_induction_cytarabine_is_a_conflict(interfant06: Protocol) -> None:
    plan = interfant06.course("induction").plan("cytarabine", "not public")
    assert plan.days.origin.evidence == "conflict"
    assert "sources differ" in plan.days.words
    assert [conflict.number for conflict in interfant06.conflicts] == [1, 2]
