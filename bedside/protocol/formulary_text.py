"""Writes the [[drug]] tables of a file of site values: what the pharmacy recorded of each drug."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import cast

from bedside.protocol.site_numbers import FORMULARY
from bedside.protocol.strengths import in_unit
from bedside.protocol.toml_words import quoted
from bedside.protocol.typed_choices import NOT_STATED
from bedside.protocol.typed_number import plain
from bedside.units.quantities import DrugAmount, DrugUnit


def stated(recorded: Mapping[str, str], number_id: str) -> str:
    """A recorded text; "" where nothing is recorded or the copy states none."""
    text = recorded.get(number_id, "")
    return "" if text == NOT_STATED else text


def formulary_lines(site: Mapping[str, str], units: Mapping[str, set[str]]) -> Iterator[str]:
    """The tables of every drug of which something is stated, in alphabetical order.

    Args:
        site: canonical texts of the site's own numbers.
        units: the units that each drug's doses are in.
    """
    drugs = dict.fromkeys(
        number_id.split("/")[1] for number_id in site if number_id.startswith(f"{FORMULARY}/")
    )
    for drug in sorted(drugs):
        found = tuple(_drug(drug, site, units.get(drug) or {"mg"}))
        if found:
            yield from ("", "[[drug]]", f"drug = {quoted(drug)}", *found)
        tablet = _tablet(drug, site)
        if tablet:
            # its own entry: a liquid of the same drug by another route is never counted in tablets
            yield from ("", "[[drug]]", f"drug = {quoted(drug)}", 'route = "PO"', tablet)


def _tablet(drug: str, site: Mapping[str, str]) -> str:
    """The tablet of a drug by mouth, and its parts: whole where nothing is entered."""
    amount = stated(site, f"{FORMULARY}/{drug}/tablet")
    if not amount:
        return ""
    value, unit = amount.split(" ", 1)
    parts = stated(site, f"{FORMULARY}/{drug}/tablet-parts") or "1"
    return f"tablet = {{ value = {value}, unit = {quoted(unit)}, parts = {parts} }}"


def _drug(drug: str, site: Mapping[str, str], dose_units: set[str]) -> Iterator[str]:
    def text(what: str) -> str:
        return stated(site, f"{FORMULARY}/{drug}/{what}")

    step, most = text("step"), _in(text("most-percent"), "%")
    if step and f"{FORMULARY}/{drug}/most-percent" in site:
        yield _rounding(step, most, dose_units)
    concentration = _in_mg(text("concentration"), "/mL")
    if concentration:
        yield f"concentration-mg-per-ml = {concentration}"
    strength = _in_mg(text("strength"), "")
    if strength:
        yield f"vial-mg = {strength}"
    for key, what, per in (("concentration", "concentration", "/mL"), ("vial", "strength", "")):
        units = _in(text(what), f"units{per}")
        if units:
            yield f'{key} = {{ value = {units}, unit = "units" }}'
    mark = _in(text("syringe-step"), "mL")
    if mark:
        yield f"syringe-step-ml = {mark}"
    minutes = _in(text("minutes"), "min")
    if minutes:
        yield f"planned-minutes = {minutes}"


def _rounding(step: str, most: str, dose_units: set[str]) -> str:
    """The rounding rule, its step in the unit of the doses where it is a measure of them.

    A step in another measure keeps its own unit and blocks the dose. Where the copy states no
    largest change, none is allowed.
    """
    value, unit = step.split(" ", 1)
    doses = next(iter(dose_units)) if len(dose_units) == 1 else ""
    entered = DrugAmount(Decimal(value), cast(DrugUnit, unit))
    converted = in_unit(entered, cast(DrugUnit, doses)) if doses else None
    if converted is not None:
        value, unit = plain(converted), doses
    name, named = quoted(f"to {step}"), "" if unit == doses else f", unit = {quoted(unit)}"
    limit = f"most-percent = {most}" if most else "exactly = true"
    return f"rounding = {{ name = {name}, step = {value}, {limit}{named} }}"


def _in_mg(text: str, per: str) -> str:
    """An amount in milligrams, from milligrams or micrograms; "" in units, no measure of them."""
    micrograms = _in(text, f"micrograms{per}")
    return plain(Decimal(micrograms) / 1000) if micrograms else _in(text, f"mg{per}")


def _in(text: str, unit: str) -> str:
    """The number of a text in this very unit; "" in any other."""
    value, _, its = text.partition(" ")
    return value if its == unit and Decimal(value) > 0 else ""
