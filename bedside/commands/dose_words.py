"""How one worked-out dose leaves the command: keys for a program, indented steps for a person."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from bedside.protocol.doses import DoseWorking
from bedside.protocol.drugs import display_name, route_words
from bedside.protocol.missing import missing_rounding
from bedside.protocol.preparation import shown
from bedside.units.dates import write_weekday_date
from bedside.units.quantities import DoseRate, DrugAmount
from bedside.units.writer import write_surface, write_weight

if TYPE_CHECKING:
    from bedside.commands.dose import Asked

DEMONSTRATION = "DEMONSTRATION: invented site values, not for treatment"


def missing_in_json(working: DoseWorking) -> list[dict[str, str]]:
    """What is missing, who enters it and where."""
    return [{"fact": one.fact, "who": one.who, "where": one.where} for one in working.missing]


def working_in_json(working: DoseWorking) -> dict[str, object]:
    """Return one dose with the keys of the contract; quantities as the command line takes them."""
    volume = working.volume_ml
    change = working.change_percent
    return {
        "drug": working.drug,
        "name": display_name(working.drug),
        "route": working.route,
        "protocol_dose": rate_in_json(working.rate),
        "evidence": working.evidence,
        "age_factor": working.age_factor,
        "unrounded": quantity(working.unrounded),
        "prepared": quantity(working.prepared),
        "change_percent": None if change is None else plain(change),
        "volume": None if volume is None else f"{plain(volume)} mL",
        "volume_holds": quantity(working.holds),
        "whole_change_percent": None
        if working.whole_change_percent is None
        else plain(working.whole_change_percent),
        "vials": working.vials,
        "tablets": None if working.tablets is None else plain(working.tablets),
        "steps": list(working.steps),
        "status": working.status,
        "blocked_by": list(working.blocked_by),
        "missing": missing_in_json(working),
        "modification": working.modified_words,
        "cap": working.cap_words,
        "doses_per_day": working.doses_per_day,
        "cautions": [*working.cautions, *not_rounded(working)],
        "rounded": None if working.prepared is None else not not_rounded(working),
        "confirmed": working.confirmed,
    }


def rate_in_json(rate: DoseRate | None) -> str | None:
    """Return the protocol's dose as the command line writes it, "2.5 mg/kg"; None when absent."""
    return None if rate is None else f"{plain(rate.value)} {rate.unit}/{rate.per}"


def quantity(amount: DrugAmount | None) -> str | None:
    """Return an amount as "15.5 mg": exact, no grouping, no trailing zeros; None where none is."""
    return None if amount is None else f"{plain(amount.value)} {amount.unit}"


def plain(value: Decimal) -> str:
    """Return a decimal with its own digits, without exponent or trailing zeros."""
    digits = f"{value:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def answer_in_words(
    asked: "Asked", values: Mapping[str, object], workings: Sequence[DoseWorking]
) -> tuple[str, ...]:
    """Return the whole day for a person."""
    head = [
        f"{asked.protocol.title}, {asked.course.title}, day {asked.day}, "
        f"{write_weekday_date(asked.on)}",
        f"age {asked.age.text} ({asked.age.days} days), weight {write_weight(asked.weight)}, "
        f"body surface {surface_in_words(asked)}",
    ]
    if asked.site.demonstration:
        head.insert(0, DEMONSTRATION)
    notes = values["notes"]
    if isinstance(notes, list):
        head += [f"Note: {note}" for note in notes]
    lines = [*head, "", str(values["words"])]
    for working in workings:
        lines += ["", *working_in_words(working)]
    lines += open_in_words(values["left_open"])
    return tuple(lines)


def surface_in_words(asked: "Asked") -> str:
    """Return the surface, or why there is none."""
    if asked.surface is None:
        return "not known (no length given)"
    return f"{write_surface(asked.surface)} ({asked.site.bsa_formula})"


def working_in_words(working: DoseWorking) -> list[str]:
    """Return one dose: the verdict first, then each step, then each reason against it."""
    title = f"{display_name(working.drug)}, {route_words(working.route)}"
    prepared = working.prepared
    verdict = "BLOCKED" if prepared is None else f"READY  {shown(prepared)}{still_open(working)}"
    return [
        f"{title}: {verdict}",
        *(f"  {step}" for step in working.steps),
        *(f"  Caution: {words}" for words in not_rounded(working)),
        *(f"  Blocked: {reason}" for reason in working.blocked_by),
        *(f"  Needed: {item.words}" for item in working.missing),
        *(f"  Caution: {caution}" for caution in working.cautions),
    ]


def still_open(working: DoseWorking) -> str:
    """What stands behind a ready amount in capitals, "" where it is rounded and confirmed."""
    parts = [
        words
        for holds, words in (
            (bool(not_rounded(working)), "NOT ROUNDED"),
            (not working.confirmed, "NOT CONFIRMED"),
        )
        if holds
    ]
    return f", {' and '.join(parts)}" if parts else ""


def not_rounded(working: DoseWorking) -> tuple[str, ...]:
    """That a ready amount is the worked one to its last digit, and why that is one (hazard H40).

    An amount with digits without end is blocked for the same reason: nobody can write it.
    """
    if working.prepared is None or working.change_percent is not None:
        return ()
    name, needed = display_name(working.drug), missing_rounding(display_name(working.drug))
    return (
        f"No rounding rule is entered for {name}: {shown(working.prepared)} is the worked dose to its "
        "last digit. Whether it can be measured, the pharmacy says; the same dose with digits "
        f"without end would be blocked. Needed: {needed.words}",
    )


def open_in_words(left_open: object) -> list[str]:
    """Return the drugs whose days no source names, under a heading of their own."""
    if not isinstance(left_open, list) or not left_open:
        return []
    drugs = [
        f"  {display_name(row['drug'])}, {route_words(row['route'])}: {row['words']}"
        for row in left_open
    ]
    found = left_open[0]["missing"][0]
    needed = f"Needed: the days of each. Who: {found['who']}. Where: {found['where']}."
    return ["", "Not known whether due today:", *drugs, needed]
