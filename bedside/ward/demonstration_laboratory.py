"""The demonstration's chemistry and drug levels: invented, and recorded through the program's own door."""

import tomllib
from datetime import timedelta
from functools import cache
from typing import Any

from bedside.places import place
from bedside.ward.demonstration_today import Maker
from bedside.ward.laboratory_reading import NewResult
from bedside.ward.laboratory_recording import NewSpecimen, record_results

_THIS_MORNING = timedelta(hours=5)


def tell_laboratory(maker: Maker) -> None:
    """Record the specimens of one infant's bed, the oldest first; nothing where none is told."""
    told = _told()
    for specimen in told["specimen"]:
        if specimen["bed"] == maker.story["bed"]:
            _record(maker, int(specimen["days-ago"]), specimen["results"], told["laboratory"])


def _record(maker: Maker, days_ago: int, lines: list[str], laboratory: str) -> None:
    taken = maker.now - _THIS_MORNING
    if days_ago:
        taken = maker.moment(maker.day(days_ago), 6, 10)
    maker.at(taken + timedelta(minutes=90))
    results = tuple(_result(line) for line in lines)
    specimen = NewSpecimen(taken, "central line", laboratory, results)
    record_results(maker.ward, maker.infant_id, specimen, who=maker.nurse)


def _result(line: str) -> NewResult:
    parts = [part.strip() for part in line.split("|")]
    analyte, text, unit, low, high = (*parts, "", "")[:5]
    return NewResult(analyte, text, unit, low, high)


@cache
def _told() -> dict[str, Any]:
    text = place("resources", "demo", "laboratory.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
