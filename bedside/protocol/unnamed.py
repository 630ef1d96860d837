"""An entry of a protocol that names no drug: "intrathecal therapy", of which no public source says more.

Nobody can order, print or give what has no name. The protocol file lists which drugs it may be; two
people take each of them from the controlled copy like every other drug, and only those for which the
site entered days or a dose stand in the course from then on.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from bedside.protocol.drugs import display_name
from bedside.protocol.missing import TWO_PEOPLE, Missing
from bedside.protocol.model import Course, DrugPlan
from bedside.protocol.origin import Origin
from bedside.protocol.site_values import SiteValues


def asked_plans(course: Course) -> Iterator[DrugPlan]:
    """The drugs of a course as commissioning asks for them: each that an unnamed entry may be."""
    for plan in course.drugs:
        if plan.may_be:
            yield from (_one(plan, drug) for drug in plan.may_be)
        else:
            yield plan


def named_plans(course: Course, site: SiteValues) -> Iterator[DrugPlan]:
    """The drugs of a course with those that the site named in the place of an unnamed entry."""
    entered = {*site.days, *site.doses} if site.protocol == course.protocol else set()
    for plan in course.drugs:
        own = [drug for drug in plan.may_be if (course.key, drug, plan.route) in entered]
        if not own:
            yield plan
        words = f"drug named by this site, {site.edition}"
        origin = Origin("site", (), words, words)
        yield from (replace(_one(plan, drug), given_origin=origin) for drug in own)


def why_unnamed(plan: DrugPlan, course: Course) -> str:
    """Why nothing is worked out from an entry that names no drug: a sentence with what to do."""
    return (
        f"No public source names the drugs of the intrathecal therapy of {course.title}: nothing of "
        "it is ordered, drawn up or given until two people have entered, in Commission (F7), days and "
        f"dose of each drug that their copy names ({_listed(plan)})."
    )


def missing_name(course: Course) -> Missing:
    """The names of the drugs: who supplies them, and where."""
    return Missing(
        f"which drugs the intrathecal therapy of {course.title} is, with days and dose of each",
        TWO_PEOPLE,
        f"Commission (F7), {course.title}, or “days” and “dose” of each drug in the site values file",
    )


def _one(plan: DrugPlan, drug: str) -> DrugPlan:
    return replace(plan, drug=drug, may_be=(), one_of=plan.drug)


def _listed(plan: DrugPlan) -> str:
    return ", ".join(display_name(drug) for drug in plan.may_be)
