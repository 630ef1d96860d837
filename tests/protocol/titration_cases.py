"""Reads a worked case of the titration as a pharmacist wrote it, for the room and for the command."""

from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from bedside.places import place
from bedside.protocol.drugs import drug_names
from bedside.protocol.maintenance import MaintenanceRule
from bedside.protocol.maintenance_reader import RuleReader, read_rule_file
from bedside.protocol.titration_facts import Count, DoseSoFar, TitrationFacts
from bedside.protocol.toml_table import read_toml
from bedside.units.quantities import Anc, BodySurface, BodyWeight, DrugAmount, Platelets
from bedside.units.refusal import Refused
from bedside.units.rounding import RoundingRule
from tests.bounds_read import seen

INVENTED = Path(__file__).with_name("invented_maintenance_rule.toml")
EXAMPLE = place("resources", "maintenance", "icicle-all-14.toml")
BORN, DAY_1 = date(2025, 6, 1), date(2026, 9, 1)
FULL_DOSES = ["2026-09-01: mercaptopurine 100", "2026-09-01: methotrexate 100"]


def example_rule() -> MaintenanceRule:
    return read_rule_file(EXAMPLE)


def invented_rule(text: str = "") -> MaintenanceRule:
    top, faults = read_toml(text or INVENTED.read_text(encoding="utf-8"), "invented", Refused)
    table = top.table("maintenance", needed=True)
    assert table is not None
    rule = RuleReader(table, drug_names()).read(
        protocol="aall15p1", edition="invented 1", demonstration=True
    )
    assert rule is not None
    assert not faults.found, faults.found
    return rule


def facts_of_case(given: dict[str, Any]) -> TitrationFacts:
    return TitrationFacts(
        birth=given.get("born", BORN),
        cycle_1_day_1=given.get("day-1", DAY_1),
        on=given["on"],
        counts=tuple(count_of(line) for line in given.get("counts", [])),
        doses=tuple(dose_of(line) for line in given.get("doses", FULL_DOSES)),
        weight=BodyWeight(given["weight"]) if "weight" in given else None,
        surface=BodySurface(Decimal(given["surface"])) if "surface" in given else None,
        rounding={
            drug: RoundingRule(f"to {step} mg", Decimal(step), Decimal(most))
            for drug, step, most in (line.split() for line in given.get("rounding", []))
        },
    )


def count_of(line: str) -> Count:
    taken, values = line.split(": ")
    day, _, at = taken.partition(" ")
    anc, platelets = values.split(", ")
    awaited = (("anc", anc), ("platelets", platelets))
    return Count(
        date.fromisoformat(day),
        _told(anc, Anc),
        _told(platelets, Platelets),
        frozenset(measure for measure, value in awaited if value == "pending"),
        at=time.fromisoformat(at) if at else None,
    )


def _told(text: str, kind: Any) -> Any:
    if not text.lstrip("<>").isdigit():
        return None
    return seen(text, lambda figure: kind(int(figure)))


def dose_of(line: str) -> DoseSoFar:
    day, what = line.split(": ")
    drug, value, *unit = what.split()
    if unit:
        return DoseSoFar(drug, date.fromisoformat(day), None, DrugAmount(Decimal(value)))
    return DoseSoFar(drug, date.fromisoformat(day), Decimal(value))
