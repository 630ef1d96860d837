"""Every worked case of counts.toml: values in every unit, limits of normal, slips that are named."""

import tomllib
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from bedside.clinical.count_typed import from_kept, read_count, read_limits
from bedside.clinical.laboratory_reader import read_catalogue
from bedside.clinical.plausibility import (
    Entered,
    judge_anc,
    judge_haemoglobin,
    judge_platelets,
    judge_white_cells,
)
from bedside.places import place
from bedside.units.quantities import Anc, Haemoglobin, Platelets, WhiteCells
from bedside.units.refusal import Refused
from tests.bounds_read import seen

CASES = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "counts.toml").read_text(encoding="utf-8")
)["case"]
LIST = read_catalogue(place("resources", "laboratory", "analytes.toml").read_text(encoding="utf-8"))
AT = datetime(2026, 11, 20, 10, 42, tzinfo=UTC)
JUDGES = {
    "white-cells": (judge_white_cells, WhiteCells),
    "neutrophils": (judge_anc, Anc),
    "platelets": (judge_platelets, Platelets),
    "haemoglobin": (judge_haemoglobin, Haemoglobin),
}


def _typed(given: dict):
    analyte = LIST.analyte(given["analyte"])
    return read_count(analyte, given["text"], analyte.find(given["unit"]), given.get("mark", "."))


def _read(given: dict) -> dict:
    typed = _typed(given)
    assert type(typed.value) is JUDGES[given["analyte"]][1]
    kept = typed.value.tenths_g_per_l if given["analyte"] == "haemoglobin" else typed.value.per_ul
    found = {"kept": kept, "typed": typed.typed, "unit": typed.unit}
    return found | ({"comparator": typed.comparator} if typed.comparator else {})


def _limits(given: dict) -> dict:
    analyte = LIST.analyte(given["analyte"])
    low, high = read_limits(analyte, given["low"], given["high"], analyte.find(given["unit"]))
    return {
        name: f"{limit:f}" for name, limit in (("low", low), ("high", high)) if limit is not None
    }


def _from_kept(given: dict) -> dict:
    unit = LIST.analyte(given["analyte"]).find(given["unit"])
    return {"value": f"{from_kept(Decimal(given['kept']), unit):f}"}


def _judge(given: dict) -> dict:
    typed = _typed(given)
    judge, kind = JUDGES[given["analyte"]]
    last = ()
    if "last" in given:
        last = (
            (
                AT - timedelta(days=given["days_ago"]),
                seen(given["last"], lambda kept: kind(int(kept))),
            ),
        )
    how = Entered(typed.unit, typed.comparator, given.get("source", ""))
    found = judge(typed.value, last, AT, how)
    return {
        "level": found.level,
        "words": found.words,
        "compared": found.compared,
        "named": found.named,
    }


ASKED = {"read": _read, "limits": _limits, "from kept": _from_kept, "judge": _judge}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict) -> None:
    expect = case["expect"]
    if "refused" in expect:
        with pytest.raises(Refused) as refused:
            ASKED[case["ask"]](case["given"])
        assert expect["refused"] in " ".join(refused.value.reasons)
        return
    found = ASKED[case["ask"]](case["given"])
    if case["ask"] != "judge":
        assert found == expect
        return
    assert found["level"] == expect["level"], found
    plain = {name: text.replace("\u2011", "-") for name, text in found.items()}
    assert expect.get("words", "") in plain["words"]
    assert expect.get("compared", "") in plain["compared"]
    assert expect.get("named", "") == plain["named"]


def test_every_case_has_a_name_of_its_own_and_a_source() -> None:
    names = [case["name"] for case in CASES]
    assert len(names) == len(set(names))
    assert all(case["source"].strip() for case in CASES)
