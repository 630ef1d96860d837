"""One drug of one course in words: how it is given, on which days, how much, and what limits it."""

from collections.abc import Iterator, Mapping

from bedside.papers.protocol_book import FactLine
from bedside.protocol.continuous_words import plan_rate_words, unbroken_words
from bedside.protocol.day_words import (
    counted,
    frequency_words,
    list_words,
    planned_words,
    repeat_words,
)
from bedside.protocol.drugs import display_name, route_words
from bedside.protocol.model import DrugPlan, Origin, SafetyLimit
from bedside.protocol.taper import taper_words
from bedside.units.writer import write_amount


def drug_lines(plan: DrugPlan, source_names: Mapping[str, str]) -> Iterator[FactLine]:
    """Every fact of a drug by a route.

    Args:
        plan: the drug in its course.
        source_names: short names of the file's sources by key.
    """
    about = f"{display_name(plan.drug)}, {route_words(plan.route)}"
    frequency = frequency_words(plan)
    given = f"{route_words(plan.route)}, {frequency}" if frequency else route_words(plan.route)
    yield _line(about, "given", given, plan.given_origin)
    yield from _day_lines(plan, about)
    yield from _related_day_lines(plan, about, source_names)
    if plan.taper is not None:
        yield _line(about, "taper", taper_words(plan), plan.taper.origin)
    dose = "not public" if plan.dose.rate is None else plan_rate_words(plan, plan.dose.rate)
    yield _line(about, "dose", dose, plan.dose.origin)
    for related in plan.related:
        yield FactLine(
            about,
            "dose elsewhere",
            related.text,
            "related",
            (related.source,),
            source_names.get(related.source, related.source),
        )
    yield from _limit_lines(plan, about, source_names)
    if plan.note:
        yield FactLine(about, "remark", plan.note, "remark")


def _line(about: str, aspect: str, words: str, origin: Origin, note: str | None = None) -> FactLine:
    return FactLine(
        about,
        aspect,
        words,
        origin.evidence,
        origin.sources,
        origin.named,
        origin.note if note is None else note,
    )


def _day_lines(plan: DrugPlan, about: str) -> Iterator[FactLine]:
    days = plan.days
    note = days.origin.note if days.origin.note != days.words else ""
    run = unbroken_words(days.scheduled) if plan.continuous else ""
    words = f"{run} ({counted(len(days.scheduled), 'day')})" if run else ""
    planned = words or planned_words(days, plan.doses_per_day)
    yield _line(about, "days", planned, days.origin, note)
    for reading in days.readings:
        words = f"{list_words(reading.days)}: {reading.words}"
        number = "" if days.conflict is None else f"conflict {days.conflict}"
        yield FactLine(
            about,
            "days in conflict",
            words,
            "conflict",
            days.origin.sources,
            days.origin.named,
            number,
        )
    repeat = repeat_words(days)
    if repeat and days.repeat_origin is not None:
        yield _line(about, "days repeated", repeat, days.repeat_origin)


def _related_day_lines(
    plan: DrugPlan, about: str, source_names: Mapping[str, str]
) -> Iterator[FactLine]:
    """Days of a related protocol: shown, never this protocol's own."""
    for related in plan.related_days:
        given = [display_name(related.drug)] if related.drug else []
        given += [route_words(related.route)] if related.route else []
        given += [related.frequency] if related.frequency else []
        part = f"part {related.part}, " if related.part else ""
        number = counted(len(related.days), "dose day")
        words = f"{part}{list_words(related.days)} ({number})"
        yield FactLine(
            about,
            "days elsewhere",
            ", ".join((words, *given)),
            "related",
            (related.source,),
            source_names.get(related.source, related.source),
            related.words,
        )


def _limit_lines(plan: DrugPlan, about: str, source_names: Mapping[str, str]) -> Iterator[FactLine]:
    if plan.infusion_minutes is not None and plan.infusion_origin is not None:
        yield _line(about, "infusion", _infusion_words(plan), plan.infusion_origin)
    if plan.hours is not None:
        yield _line(about, "hours", plan.hours.words, plan.hours.origin)
    if plan.age_rule is not None:
        bands = ", ".join(
            f"from {band.from_month} completed months {band.factor}" for band in plan.age_rule.bands
        )
        words = f"{bands}; age on {plan.age_rule.anchor_words}"
        yield _line(about, "age factor", words, plan.age_rule.origin)
    if plan.safety is not None:
        named = "; ".join(source_names.get(key, key) for key in plan.safety.sources)
        yield FactLine(
            about,
            "stop of this program",
            _safety_words(plan.safety),
            "program",
            plan.safety.sources,
            named,
            f"{plan.safety.evidence}: {plan.safety.reason}",
        )


def _infusion_words(plan: DrugPlan) -> str:
    shortest, longest = plan.infusion_minutes or (0, 0)
    words = f"over {shortest} to {longest} minutes"
    if shortest == longest:
        words = f"over {shortest} {'minute' if shortest == 1 else 'minutes'}"
    if plan.continuous:
        words = "over 24 hours"
    if plan.infusion_words:
        words = f"{words}, {plan.infusion_words}"
    if plan.finish_within_minutes is not None:
        words += f"; finished within {plan.finish_within_minutes} minutes of reconstitution"
    return (
        words if plan.infusion_conflict is None else f"{words} (conflict {plan.infusion_conflict})"
    )


def _safety_words(safety: SafetyLimit) -> str:
    parts = []
    if safety.most is not None:
        parts.append(f"never more than {write_amount(safety.most)}")
    if safety.most_per_kg is not None:
        parts.append(f"never more than {write_amount(safety.most_per_kg)} per kg")
    if safety.most_vials is not None:
        vials = "vial" if safety.most_vials == 1 else "vials"
        parts.append(f"never more than {safety.most_vials} {vials}")
    return ", ".join(parts)
