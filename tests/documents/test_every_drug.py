"""Every drug of every course of the three protocols has a label and a sheet that print: no own text is too long."""

from datetime import date

import pytest
from msgspec.structs import replace

from bedside.documents.day_sheet import draw_day_sheet
from bedside.documents.label import LABEL, compose
from bedside.papers.day_sheet import Kind, LabelKind
from bedside.places import place
from bedside.protocol.continuous_words import plan_route_words
from bedside.protocol.drugs import ROUTE_NOT_PUBLIC, drug_names, route_atoms, route_words
from bedside.protocol.model import Course, DrugPlan
from bedside.protocol.reader import read_protocol
from bedside.protocol.unnamed import asked_plans
from tests.documents import day_examples as days
from tests.documents.reading import WatchedPaper, covered, outside, struck

VINCA = {key for key, drug in drug_names().drugs.items() if drug.apart_from_intrathecal}
NEEDLES = ("IV", "IM", "SC")
LATEST = date(2026, 9, 30)
PROTOCOLS = [
    read_protocol(place("resources", "protocols", f"{key}.toml"))
    for key in ("aall15p1", "interfant06", "interfant06-blinatumomab")
]
PLANS = [
    pytest.param(
        protocol.title, course, plan, id=f"{protocol.key} {course.key} {plan.drug} {plan.route}"
    )
    for protocol in PROTOCOLS
    for course in protocol.courses
    for plan in asked_plans(course)  # with every drug that a site may name where none is public
]


def routes_of(plan: DrugPlan) -> list[str]:
    """The routes by which it may be given, as the site enters one."""
    if plan.route == ROUTE_NOT_PUBLIC:
        return ["IV"] if plan.drug in VINCA else ["IV", "NG"]  # the longest words
    return [*route_atoms(plan.route)]


def kind_of(plan: DrugPlan, route: str) -> Kind:
    if route == "IT":
        return "intrathecal"
    if plan.drug in VINCA:
        return "vinca"
    return "needle" if route in NEEDLES else "mouth"


@pytest.mark.parametrize(("protocol", "course", "plan"), PLANS)
def test_label_and_sheet_print(protocol: str, course: Course, plan: DrugPlan) -> None:
    name = drug_names().display_name(plan.drug)
    weekly = "ONCE\u00a0A\u00a0WEEK" if plan.frequency == "once weekly" else ""
    for route in routes_of(plan):
        kind = kind_of(plan, route)
        label_kind: LabelKind = kind if kind in ("intrathecal", "vinca") else "other"  # type: ignore[assignment]
        label = days.label(
            kind=label_kind, drug=name, route=route_words(route), course=course.title, day=168,
            on=LATEST, volume="in 12.35 mL", final="12.35 mg", rhythm=weekly,
        )  # fmt: skip
        paper = WatchedPaper(LABEL)
        compose(paper, label)
        assert (outside(paper, 0.8), covered(paper), struck(paper)) == ([], [], [])
        sheet = {
            "intrathecal": days.spinal_sheet,
            "vinca": days.vinca_sheet,
            "needle": days.needle_sheet,
            "mouth": days.mouth_sheet,
        }[kind]()
        (drug,) = sheet.drugs
        assert draw_day_sheet(
            replace(
                sheet,
                protocol=protocol,
                course=course.title,
                course_also=", ".join(course.also),
                day=168,
                on=LATEST,
                route=plan_route_words(plan, route) if route == "IV" else route_words(route),
                drugs=(replace(drug, drug=name, rhythm=weekly),),
            )
        )
