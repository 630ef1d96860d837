"""Writes what a site has commissioned as a file of site values, which `site_values` reads back.

What two people found equal to a stated public value is not written again: the protocol file holds
it. Each line is made from the canonical text of one number; nothing is worked out here.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import Struct

from bedside.protocol.formulary_text import formulary_lines, stated
from bedside.protocol.maintenance_text import maintenance_lines
from bedside.protocol.model import Course, DrugPlan, Protocol
from bedside.protocol.needed_text import (
    WHOLE,
    Needed,
    Recorded,
    cycle_lines,
    cycles_of,
    hour_lines,
    therapy_lines,
)
from bedside.protocol.numbers import Inventory
from bedside.protocol.result_rule import analyte_of
from bedside.protocol.rule_numbers import MAINTENANCE_RULE
from bedside.protocol.site_numbers import CONTACTS, SETTINGS
from bedside.protocol.site_plan import stated_cycles
from bedside.protocol.site_values import UNSETTLED
from bedside.protocol.toml_words import dose_parts, number_of, quoted
from bedside.protocol.typed_conditions import Limit, question_key, read_conditions
from bedside.protocol.unnamed import asked_plans

_SETTINGS = {
    "place": "place",
    "bsa-formula": "bsa-formula",
    "age-anchor": "age-anchor",
}
_AGES = {"weight-age": "weight-age-days", "count-age": "count-age-hours"}


class SiteHead(Struct, frozen=True):
    """What stands at the head of the file.

    ``people`` are the two who recorded last; empty while nothing is recorded. ``courses`` are those
    of which every number is commissioned: of no other course the file says that two confirmed it.
    ``reasoned`` are the numbers for which the two gave a reason beside the public sources.
    """

    edition: str
    demonstration: bool
    people: tuple[str, ...]
    on: date | None
    site_name: str
    ward_name: str
    courses: tuple[str, ...] | None = None
    reasoned: frozenset[str] = frozenset()


def site_values_text(
    protocol: Protocol, numbers: Inventory, recorded: Recorded, site: Recorded, head: SiteHead
) -> str:
    """Write the file.

    Args:
        protocol: the protocol whose values these are.
        numbers: its inventory.
        recorded: canonical texts of its numbers.
        site: canonical texts of the site's own numbers (formulary, settings).
        head: edition, people and names.
    """
    needed = Needed(numbers, recorded, head.reasoned)
    lines = [
        *_head(protocol, head),
        *_site(site, head),
        *_contacts(site),
        *_lengths(protocol, needed),
        *therapy_lines(protocol.courses[-1].key, needed),
    ]
    for course in protocol.courses:
        plans = tuple(asked_plans(course))
        for at, plan in enumerate(plans):
            if (plan.drug, plan.route) not in [
                (before.drug, before.route) for before in plans[:at]
            ]:
                lines += _dose(course, plan, needed)
                lines += _days(course, plan, needed)
                where = (plan.drug, plan.route)
                lines += hour_lines(course.key, where, _key(course, plan, needed), needed)
        lines += cycle_lines(course.key, needed)
        lines += _start(course, needed)
    lines += _denied(needed)
    lines += formulary_lines(site, _dose_units(protocol, needed))
    rule = [key for key in needed.ids() if key.startswith(f"{MAINTENANCE_RULE}/")]
    lines += maintenance_lines(recorded, head.edition, rule)
    return "\n".join(lines) + "\n"


def _head(protocol: Protocol, head: SiteHead) -> Iterator[str]:
    yield f"protocol = {quoted(protocol.key)}"
    yield f"edition = {quoted(head.edition)}"
    if head.demonstration:
        yield "demonstration = true"
    if head.people and head.on is not None:
        yield ""
        yield "[confirmed]"
        yield f"by = [{', '.join(quoted(name) for name in head.people)}]"
        yield f"on = {head.on.isoformat()}"
        if head.courses is not None:
            yield f"courses = [{', '.join(quoted(key) for key in head.courses)}]"


def _site(site: Recorded, head: SiteHead) -> Iterator[str]:
    found: list[str] = []
    for words, text in (("name", head.site_name), ("ward", head.ward_name)):
        if text:
            found.append(f"{words} = {quoted(text)}")
    for key, name in _SETTINGS.items():
        text = stated(site, f"{SETTINGS}/{key}")
        if text:
            found.append(f"{name} = {quoted(text)}")
    for key, name in _AGES.items():
        text = stated(site, f"{SETTINGS}/{key}")
        if text:
            found.append(f"{name} = {text.split()[0]}")
    if found:
        yield from ("", "[site]", *found)


def _contacts(site: Recorded) -> Iterator[str]:
    for key, role in CONTACTS.items():
        number = stated(site, f"{SETTINGS}/telephone/{key}")
        if number:
            yield from ("", "[[contact]]", f"role = {quoted(role)}", f"number = {quoted(number)}")


def _lengths(protocol: Protocol, needed: Needed) -> Iterator[str]:
    found = [
        f"{course.key} = {needed.text(course.key, 'length').split()[0]}"
        for course in protocol.courses
        if not needed.is_public(course.key, "length")
    ]
    if found:
        yield from ("", "[lengths]", *found)


def _dose(course: Course, plan: DrugPlan, needed: Needed) -> Iterator[str]:
    where = (plan.drug, plan.route)
    dose = needed.text(course.key, "dose", *where)
    parts = ("dose", "times", "most", "age-factors")
    taper = list(_taper(course, where, needed))
    moved = needed.text(course.key, "route", *where) in plan.other_routes
    if not (taper or moved) and all(needed.is_public(course.key, part, *where) for part in parts):
        return
    yield from ("", "[[dose]]", *_key(course, plan, needed))
    if dose.startswith("from "):
        yield f"by-age = {_by_age(dose)}"
    elif dose:
        value, unit = dose_parts(dose)
        yield f"value = {value}"
        yield f"unit = {quoted(unit)}"
    else:
        yield "limits-only = true"
    most = needed.text(course.key, "most", *where)
    if most:
        yield f"most = {_amount(most)}"
    factors = needed.text(course.key, "age-factors", *where)
    if factors:
        bands = [
            f"{{ from-month = {month}, factor = {quoted(factor)} }}"
            for month, factor in bands_of(factors)
        ]
        yield f"age-factors = [{', '.join(bands)}]"
    times = needed.text(course.key, "times", *where)
    if times:
        yield f"doses-per-day = {times.split()[0]}"
    if dose and needed.reasoned(course.key, "dose", *where):
        yield "above-public-dose = true"
    yield from taper
    unsettled = [part for part in UNSETTLED if needed.is_open(course.key, part, *where)]
    if unsettled and not needed.is_public(course.key, "dose", *where):
        yield f"unsettled = [{', '.join(quoted(part) for part in unsettled)}]"


def _taper(course: Course, where: tuple[str, str], needed: Needed) -> Iterator[str]:
    """The steps of a taper, or that the copy has none; nothing while that is not recorded."""
    if needed.denies(course.key, "taper", *where):
        yield "no-taper = true"
    steps = []
    for step in filter(None, needed.text(course.key, "taper", *where).split("; ")):
        days, _, what = step.removeprefix("days ").partition(": ")
        dose, _, times = what.partition(", ")
        value, unit = dose_parts(dose)
        steps.append(
            f"{{ days = [{', '.join(map(str, number_of('days', days)))}], value = {value}, "
            f"unit = {quoted(unit)}, times = {times.split()[0]} }}"
        )
    if steps:
        yield f"taper = [{', '.join(steps)}]"


def _key(course: Course, plan: DrugPlan, needed: Needed) -> tuple[str, str, str]:
    """Course, drug and route; where no route is public, the one that the site recorded."""
    route = needed.text(course.key, "route", plan.drug, plan.route) or plan.route
    return (
        f"course = {quoted(course.key)}",
        f"drug = {quoted(plan.drug)}",
        f"route = {quoted(route)}",
    )


def bands_of(text: str) -> Iterator[tuple[str, str]]:
    """The bands of a canonical text: "from 6 months 8/9" gives ("6", "8/9")."""
    for band in text.split("; "):
        _, month, _, what = band.split(" ", 3)
        yield month, what


def _by_age(text: str) -> str:
    bands = []
    for month, amount in bands_of(text):
        value, unit = amount.split(" ", 1)
        bands.append(f"{{ from-month = {month}, value = {value}, unit = {quoted(unit)} }}")
    return f"[{', '.join(bands)}]"


def _amount(text: str) -> str:
    value, unit = text.split(" ", 1)
    return f"{{ value = {value}, unit = {quoted(unit)} }}"


def _days(course: Course, plan: DrugPlan, needed: Needed) -> Iterator[str]:
    where = (plan.drug, plan.route)
    for what, kind, table in (("days", "days", "days"), ("cycle-days", "cycle days", "cycle")):
        none = what == "cycle-days" and stated_cycles(course) is None
        if none and needed.denies(course.key, what, *where) and cycles_of(course.key, needed):
            yield from ("", f"[[{table}]]", *_key(course, plan, needed), "none = true")
        if needed.is_public(course.key, what, *where):
            continue
        listed = number_of(kind, needed.text(course.key, what, *where))
        yield from ("", f"[[{table}]]", *_key(course, plan, needed))
        yield f"days = [{', '.join(str(day) for day in listed)}]"


def _start(course: Course, needed: Needed) -> Iterator[str]:
    anc, platelets, resolved, others, public = needed.start(course.key)
    if public or not (anc or platelets or resolved == "yes" or others):
        return
    yield from ("", "[[start]]", f"course = {quoted(course.key)}")
    if anc:
        yield f"anc-at-least-per-ul = {anc.split()[0]}"
    if platelets:
        yield f"platelets-at-least-per-ul = {platelets.split()[0]}"
    asked = [("toxicity-resolved", "Any toxicity has resolved")] if resolved == "yes" else []
    if others:
        found = read_conditions(others, ".")
        asked += [(question_key(one), f"{one[:1].upper()}{one[1:]}") for one in found.questions]
        if found.limits:
            yield f"results = [{', '.join(_result(limit) for limit in found.limits)}]"
    if asked:
        parts = (f"{{ key = {quoted(key)}, words = {quoted(words)} }}" for key, words in asked)
        yield f"confirm = [{', '.join(parts)}]"


def _result(limit: Limit) -> str:
    unit = f"unit = {quoted(analyte_of(limit.analyte).unit.name)}"
    figure = f"{limit.sign.replace(' ', '-')} = {limit.figure.normalize():f}"
    last = "times-uln = true" if limit.times_uln else unit
    return f"{{ analyte = {quoted(limit.analyte)}, {figure}, {last} }}"


def _denied(needed: Needed) -> Iterator[str]:
    """What a public source states and the copy does not: neither is used until it is settled."""
    found = {}
    for number in needed.denied():
        route = needed.text(number.course, "route", number.drug, number.route) or number.route
        what = WHOLE.get(number.id.split("/")[1], number.id.split("/")[1])
        found[number.course, what, number.drug, route] = number
    for course, what, drug, route in found:
        yield from ("", "[[not-stated]]", f"course = {quoted(course)}", f"what = {quoted(what)}")
        if drug:
            yield from (f"drug = {quoted(drug)}", f"route = {quoted(route)}")


def _dose_units(protocol: Protocol, needed: Needed) -> Mapping[str, set[str]]:
    """The units that each drug's doses are in, public or recorded."""
    units: dict[str, set[str]] = {}
    for course in protocol.courses:
        for plan in asked_plans(course):
            found = units.setdefault(plan.drug, set())
            text = needed.text(course.key, "dose", plan.drug, plan.route)
            if plan.dose.rate is not None:
                found.add(plan.dose.rate.unit)
            if text:
                found.add(text.rsplit(" ", 1)[1].partition("/")[0])
    return units
