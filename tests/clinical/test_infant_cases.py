"""Every worked case of infant.toml, read as a pharmacist wrote it."""

import tomllib
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from bedside.clinical import plausibility as judging
from bedside.clinical.age import age_on
from bedside.clinical.body_size import body_surface
from bedside.clinical.counts import anc_from_absolute, anc_from_differential
from bedside.clinical.growth import GrowthTables, z_scores
from bedside.units import quantity_reader as read
from bedside.units.refusal import Refused
from bedside.units.rounding import half_up

CASES = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "infant.toml").read_text(encoding="utf-8")
)["case"]

_READ = {
    "weight": read.read_weight,
    "length": read.read_length,
    "white cells": read.read_white_cells,
    "anc": read.read_anc,
    "platelets": read.read_platelets,
    "haemoglobin": read.read_haemoglobin,
}


def _age(given: dict, growth: GrowthTables) -> dict:
    age = age_on(given["born"], given["on"])
    return {
        "days": age.days,
        "months": age.completed_months,
        "years": age.completed_years,
        "text": age.text,
    }


def _surface(given: dict, growth: GrowthTables) -> dict:
    weight, length = read.read_weight(given["weight"]), read.read_length(given["length"])
    surface = body_surface(weight, length, given["formula"])
    return {"m2": str(half_up(surface.m2, 3).normalize())}


def _growth(given: dict, growth: GrowthTables) -> dict:
    weight = read.read_weight(given["weight"]) if "weight" in given else None
    length = read.read_length(given["length"]) if "length" in given else None
    scores = z_scores(growth, given["sex"], given["day"], weight, length)
    return {
        "weight_for_age": scores.weight_for_age,
        "length_for_age": scores.length_for_age,
        "weight_for_length": scores.weight_for_length,
    }


def _anc(given: dict, growth: GrowthTables) -> dict:
    white_cells = read.read_white_cells(given["white_cells"])
    bands = read.read_percent(given["bands"]) if "bands" in given else None
    if given["neutrophils"].endswith("%"):
        percent = read.read_percent(given["neutrophils"])
        return {"per_ul": anc_from_differential(white_cells, percent, bands).anc.per_ul}
    counted = read.read_anc(given["neutrophils"])
    return {"per_ul": anc_from_absolute(white_cells, counted, bands).anc.per_ul}


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def _judged(kind: str) -> Callable[[dict, GrowthTables], dict]:
    def ask(given: dict, growth: GrowthTables) -> dict:
        reader = _READ[kind]
        last = ((_noon(given["last_on"]), reader(given["last"])),) if "last" in given else ()
        typed, at = reader(given["typed"]), _noon(given["on"])
        judge = getattr(judging, "judge_" + kind.replace(" ", "_"))
        if kind in {"weight", "length"}:
            born, sex = given["born"], given["sex"]
            judged = judge(typed, last=last, birth=born, sex=sex, at=at, growth=growth)
        else:
            judged = judge(typed, last, at)
        return {"level": judged.level, "words": judged.words, "by_two": judged.by_two}

    return ask


ASK: dict[str, Callable[[dict, GrowthTables], dict]] = {
    "age": _age,
    "surface": _surface,
    "growth": _growth,
    "anc": _anc,
    **{f"judge {kind}": _judged(kind) for kind in _READ},
}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict, growth: GrowthTables) -> None:
    """H1, H3, H4, H8, H9, H14, H21 and H26, as far as they are the infant's."""
    ask, expect = ASK[case["ask"]], dict(case["expect"])
    if "refused" in expect:
        with pytest.raises(Refused) as refused:
            ask(case["given"], growth)
        assert expect["refused"] in str(refused.value)
        return
    answer = ask(case["given"], growth)
    if case["ask"] == "growth":
        within = Decimal(expect.pop("within", "0"))
        for key, score in expect.items():
            assert abs(answer.pop(key) - Decimal(score)) <= within
        assert all(value is None for value in answer.values())
    elif case["ask"].startswith("judge"):
        assert answer["level"] == expect["level"]
        assert expect["words"] in answer["words"]
        assert answer["by_two"] == expect.get("by_two", False)
        assert (answer["words"] == "") == (expect["level"] == "usual")
    else:
        assert answer == expect


def test_cases_are_whole_and_named_once() -> None:
    assert all(set(case) == {"name", "ask", "given", "expect", "source"} for case in CASES)
    assert len({case["name"] for case in CASES}) == len(CASES) >= 60
