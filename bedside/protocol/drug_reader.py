"""Reads one drug of one course from a protocol file: route, days, infusion, dose, and what limits it.

Each check answers one way a typed file can hurt: a wrong route, an impossible day, a dose that
nobody stated, a related dose that slips in as the dose.
"""

from bedside.protocol.age_bands import read_bands
from bedside.protocol.days_reader import read_conflict_number, read_days, read_taper
from bedside.protocol.drugs import INTRATHECAL, ROUTE_NOT_PUBLIC, ROUTE_WORDS, route_atoms
from bedside.protocol.fact_reader import (
    Book,
    check_sources,
    read_amount,
    read_origin,
    read_rate,
)
from bedside.protocol.hours import HourRule
from bedside.protocol.model import (
    NOT_PUBLIC,
    AgeRule,
    Dose,
    DrugPlan,
    Origin,
    RelatedDays,
    RelatedDose,
    SafetyLimit,
)
from bedside.protocol.toml_table import FileTable
from bedside.units.writer import write_number


def read_drug(table: FileTable, book: Book, course_place: str) -> DrugPlan:
    """Read one [[course.drug]]; every fault is noted under its course and its own name."""
    drug = table.text("drug")
    table.place = f"{course_place} > drug {drug}" if drug else table.place
    given = table.table("given", needed=True)
    route = given.text("route") if given is not None else ""
    table.place = f"{table.place} {route}".rstrip()
    if given is not None:
        given.place = table.where("given")
        _check_route(given, drug, route, book)
    if drug and drug not in book.drugs.drugs:
        table.fault("drug", f"{drug!r} is not in the drug list: add it there, or correct it.")
    infusion = _Infusion.read(table, book)
    days = read_days(table, book)
    plan = DrugPlan(
        drug=drug,
        route=route,
        days=days,
        dose=_dose(table, book),
        doses_per_day=None if given is None else given.whole("doses-per-day"),
        frequency="" if given is None else given.text("frequency", ""),
        infusion_minutes=infusion.minutes,
        finish_within_minutes=infusion.finish_within,
        note=table.text("note", ""),
        related=_related(table, book),
        related_days=_related_days(table, book),
        given_origin=NOT_PUBLIC if given is None else read_origin(given, book),
        infusion_origin=infusion.origin,
        infusion_words=infusion.words,
        infusion_conflict=infusion.conflict,
        age_rule=_age_rule(table, book),
        safety=_safety(table, book),
        other_routes=_other_routes(given, drug, book),
        taper=read_taper(table, book, days.scheduled),
        hours=_hours(table, book),
        may_be=table.texts("may-be"),
    )
    _check_plan(table, plan, book)
    for read in filter(None, (given, table)):
        read.done()
    return plan


def _check_plan(table: FileTable, plan: DrugPlan, book: Book) -> None:
    _check_stop(table, plan)
    _check_unnamed(table, plan, book)


def _check_stop(table: FileTable, plan: DrugPlan) -> None:
    """A dose above its own stop is a slip in one of the two: no dose of it would ever be ready."""
    rate, stop = plan.dose.rate, plan.safety
    if rate is None or stop is None:
        return
    most = {"kg": stop.most_per_kg, "dose": stop.most}.get(rate.per)
    if most is not None and most.unit == rate.unit and rate.value > most.value:
        table.fault(
            "dose",
            f"{write_number(rate.value)} is above this entry's own stop of "
            f"{write_number(most.value)} {most.unit}: one of the two is wrong.",
        )


def _check_unnamed(table: FileTable, plan: DrugPlan, book: Book) -> None:
    """What names no drug has no days and no dose: nobody could say of which drug."""
    for drug in plan.may_be:
        if drug not in book.drugs.drugs:
            table.fault("may-be", f"{drug!r} is not in the drug list: add it there, or correct it.")
    days = plan.days
    if plan.may_be and (days.scheduled or days.repeat_days or plan.dose.rate is not None):
        table.fault("may-be", "days or a dose of no named drug: name the drug instead.")


def _check_route(given: FileTable, drug: str, route: str, book: Book) -> None:
    if route in ("", ROUTE_NOT_PUBLIC):
        return
    atoms = route_atoms(route)
    for atom in atoms:
        if atom not in ROUTE_WORDS:
            given.fault(
                "route",
                f"{atom!r} is not a known route: write {', '.join(ROUTE_WORDS)}, "
                f'several joined as "IV or SC", or "{ROUTE_NOT_PUBLIC}".',
            )
    if INTRATHECAL in atoms and len(atoms) > 1:
        given.fault("route", "intrathecal is never one of several routes: give it its own entry.")
    listed = book.drugs.drugs.get(drug)
    if listed is not None and listed.only_by and not set(atoms) <= set(listed.only_by):
        given.fault("route", f"{drug} is given {' or '.join(listed.only_by)} only, never {route}.")


def _other_routes(given: FileTable | None, drug: str, book: Book) -> tuple[str, ...]:
    """Routes by which other sources give this very drug here; each as sound as the first."""
    if given is None:
        return ()
    found = given.texts("other-routes")
    for route in found:
        _check_route(given, drug, route, book)
    return found


class _Infusion:
    """The infusion fact of a drug, read from the file."""

    minutes: tuple[int, int] | None = None
    finish_within: int | None = None
    origin: Origin | None = None
    words: str = ""
    conflict: int | None = None

    @classmethod
    def read(cls, table: FileTable, book: Book) -> "_Infusion":
        """Read ``infusion``; an empty one when the file has none."""
        found = cls()
        infusion = table.table("infusion")
        if infusion is None:
            return found
        shortest = infusion.whole("shortest-minutes", needed=True)
        longest = infusion.whole("longest-minutes", needed=True)
        found.finish_within = infusion.whole("finish-within-minutes")
        found.origin = read_origin(infusion, book)
        found.words = infusion.text("words", "")
        is_conflict = found.origin.evidence == "conflict"
        found.conflict = read_conflict_number(infusion, book, needed=is_conflict)
        if shortest is not None and longest is not None:
            found.minutes = (shortest, longest)
            found._check(infusion, shortest, longest)
        infusion.done()
        return found

    def _check(self, infusion: FileTable, shortest: int, longest: int) -> None:
        if shortest > longest:
            infusion.fault(
                "shortest-minutes",
                f"{shortest} is more than the longest, {longest}: exchange them.",
            )
        if self.finish_within is not None and longest > self.finish_within:
            infusion.fault(
                "finish-within-minutes",
                f"an infusion of {longest} minutes cannot be finished within {self.finish_within}.",
            )


def _dose(table: FileTable, book: Book) -> Dose:
    dose = table.table("dose", needed=True)
    if dose is None:
        return Dose(None, NOT_PUBLIC)
    rate = read_rate(dose)
    origin = read_origin(dose, book)
    if origin.evidence == "related":
        dose.fault(
            "evidence",
            "a related protocol's dose may never stand as the dose: list it under related.",
        )
    if origin.evidence in ("stated", "site") and rate is None and not dose.has("value"):
        dose.fault("value", f"a dose with evidence {origin.evidence!r} needs its value and unit.")
    if origin.evidence in ("absent", "conflict") and rate is not None:
        dose.fault("value", f"a dose with evidence {origin.evidence!r} may not carry a value.")
    dose.done()
    return Dose(rate, origin)


def _related(table: FileTable, book: Book) -> tuple[RelatedDose, ...]:
    related = []
    for item in table.tables("related"):
        source = item.text("source")
        check_sources(item, (source,) if source else (), book, needed=False)
        related.append(RelatedDose(item.text("text"), source, item.text("drug", "")))
        item.done()
    return tuple(related)


def _related_days(table: FileTable, book: Book) -> tuple[RelatedDays, ...]:
    """Days of a related protocol; a fact of its own, which can never become the days themselves."""
    related = []
    for item in table.tables("related-days"):
        source, drug = item.text("source"), item.text("drug", "")
        check_sources(item, (source,) if source else (), book, needed=False)
        if drug and drug not in book.drugs.drugs:
            item.fault("drug", f"{drug!r} is not in the drug list: add it there, or correct it.")
        related.append(
            RelatedDays(
                days=item.wholes("on", needed=True),
                words=item.text("words"),
                source=source,
                route=item.text("route", ""),
                frequency=item.text("frequency", ""),
                drug=drug,
                part=item.whole("part", 0) or 0,
            )
        )
        item.done()
    return tuple(related)


def _hours(table: FileTable, book: Book) -> HourRule | None:
    """At which hours it is given, counted from the start of another drug; None where it is not so."""
    hours = table.table("hours")
    if hours is None:
        return None
    after = hours.text("after")
    if after and after not in book.drugs.drugs:
        hours.fault("after", f"{after!r} is not in the drug list: correct it.")
    first, every = hours.whole("first-hour"), hours.whole("every-hours")
    until = hours.number("until-umol-per-l")
    origin = read_origin(hours, book)
    if (origin.evidence == "absent") is not (first is None) or (first is None and (every or until)):
        hours.fault("first-hour", "stated hours need the first one; absent ones have no number.")
    hours.done()
    return HourRule(after, first, every, until, origin)


def _age_rule(table: FileTable, book: Book) -> AgeRule | None:
    rule = table.table("age-factor")
    if rule is None:
        return None
    bands = read_bands(rule, "bands", needed=True)
    found = AgeRule(bands, rule.text("anchor"), read_origin(rule, book))
    rule.done()
    return found


def _safety(table: FileTable, book: Book) -> SafetyLimit | None:
    safety = table.table("safety")
    if safety is None:
        return None
    sources = safety.texts("source")
    check_sources(safety, sources, book, needed=False)
    worked_out = safety.choice("evidence", ("worked out", "judgement")) == "worked out"
    found = SafetyLimit(
        most=read_amount(safety, "most"),
        most_vials=safety.whole("most-vials"),
        evidence="worked out" if worked_out else "judgement",
        sources=sources,
        reason=safety.text("reason"),
        most_per_kg=read_amount(safety, "most-per-kg"),
    )
    if worked_out and not sources:
        safety.fault("source", "a limit that is worked out names the source it is worked out from.")
    safety.done()
    return found
