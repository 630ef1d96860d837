"""Every worked case of numbers.toml, read as a pharmacist wrote it."""

import tomllib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pint
import pytest

from bedside.units import quantity_reader as read
from bedside.units.quantities import BodySurface
from bedside.units.reader import read_number
from bedside.units.refusal import Refused
from bedside.units.registry import amount_for
from bedside.units.rounding import half_up, to_step
from bedside.units.writer import write_amount, write_number

CASES = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "numbers.toml").read_text(encoding="utf-8")
)["case"]


def _read(reader: Callable[[str, str], Any], field: str) -> Callable[[dict], dict]:
    def ask(given: dict) -> dict:
        value = reader(given["text"], given.get("mark", "."))
        return {field: str(value) if field == "number" else getattr(value, _FIELDS[field])}

    return ask


_FIELDS = {
    "grams": "g",
    "millimetres": "mm",
    "per_ul": "per_ul",
    "tenths_g_per_l": "tenths_g_per_l",
}


def _dose(given: dict) -> dict:
    rate = read.read_dose_rate(given["rate"])
    if "surface" in given:
        return {"amount": write_amount(amount_for(rate, BodySurface(Decimal(given["surface"]))))}
    return {"amount": write_amount(amount_for(rate, read.read_weight(given["weight"])))}


ASK: dict[str, Callable[[dict], dict]] = {
    "read weight": _read(read.read_weight, "grams"),
    "read length": _read(read.read_length, "millimetres"),
    "read white cells": _read(read.read_white_cells, "per_ul"),
    "read anc": _read(read.read_anc, "per_ul"),
    "read platelets": _read(read.read_platelets, "per_ul"),
    "read haemoglobin": _read(read.read_haemoglobin, "tenths_g_per_l"),
    "read percent": _read(read.read_percent, "number"),
    "read number": _read(read_number, "number"),
    "write number": lambda given: {
        "text": write_number(Decimal(given["number"]), given.get("mark", "."))
    },
    "round": lambda given: {"number": str(half_up(Decimal(given["number"]), given["places"]))},
    "round to step": lambda given: {
        "number": str(to_step(Decimal(given["number"]), Decimal(given["step"])).normalize())
    },
    "dose": _dose,
}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict) -> None:
    """H1, H4, H7, H14 and H40, as far as they are numbers."""
    ask, expect = ASK[case["ask"]], case["expect"]
    if "refused" in expect:
        with pytest.raises(Refused) as refused:
            ask(case["given"])
        assert expect["refused"] in str(refused.value)
    elif "error" in expect:
        with pytest.raises(getattr(pint, expect["error"])):
            ask(case["given"])
    else:
        assert ask(case["given"]) == expect


def test_cases_are_whole_and_named_once() -> None:
    assert all(set(case) == {"name", "ask", "given", "expect", "source"} for case in CASES)
    assert len({case["name"] for case in CASES}) == len(CASES) >= 60
