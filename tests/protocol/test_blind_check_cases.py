"""Every worked case of the blind check; the file can be read and signed without programming."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import tomli

from bedside.protocol.blind_check import (
    Comparison,
    Counted,
    compare_counts,
    headline,
    ordered_volume,
    row_words,
)
from bedside.units.quantities import BodyWeight, DrugAmount
from bedside.units.refusal import Refused

CASES: list[dict[str, Any]] = tomli.loads(
    (Path(__file__).parents[1] / "cases" / "blind_check.toml").read_text(encoding="utf-8")
)["case"]


def counted(figures: list[str], unit: str) -> Counted:
    weight, dose, volume = (Decimal(figure) for figure in figures)
    return Counted(BodyWeight(int(weight * 1000)), DrugAmount(dose, unit), volume)


def compared(given: dict[str, Any]) -> Comparison:
    unit = given.get("unit", "mg")
    first, second, order = (counted(given[who], unit) for who in ("first", "second", "order"))
    mark = given.get("mark", ".")
    return compare_counts(first, second, order, step_ml=Decimal(given["step"]), mark=mark)


@pytest.mark.parametrize(
    "case", [case for case in CASES if "order" in case["given"]], ids=lambda case: case["name"]
)
def test_a_case_of_two_people(case: dict[str, Any]) -> None:
    given, expect = case["given"], case["expect"]
    found = compared(given)
    assert found.result == expect["result"]
    assert (found.result == "matched") == (found.wrong == ())
    if "headline" in expect:
        assert headline(found) == expect["headline"]
    for each in found.measures:
        wanted = expect.get(each.measure, {})
        if "said" in wanted:
            assert list(row_words(each, given.get("mark", "."))) == wanted["said"]
        if "looks" in wanted:
            assert wanted["looks"] in each.looks
            assert bool(wanted["looks"]) == bool(each.looks)
        if "as-ordered" in wanted:
            assert list(each.as_ordered) == wanted["as-ordered"]


@pytest.mark.parametrize(
    "case", [case for case in CASES if "dose" in case["given"]], ids=lambda case: case["name"]
)
def test_a_case_of_an_ordered_volume(case: dict[str, Any]) -> None:
    given, expect = case["given"], case["expect"]
    asked = (
        DrugAmount(Decimal(given["dose"])),
        *(Decimal(given[k]) for k in ("concentration", "step")),
    )
    if "refused" in expect:
        with pytest.raises(Refused) as refused:
            ordered_volume(*asked)
        assert expect["refused"] in refused.value.reasons[0]
        return
    assert ordered_volume(*asked) == Decimal(expect["volume"])


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if case["expect"].get("result") == "not as ordered"],
    ids=lambda case: case["name"],
)
def test_the_orders_figure_is_never_told(case: dict[str, Any]) -> None:
    """Two who agree on a wrong figure must find the right one themselves."""
    found = compared(case["given"])
    order = case["given"]["order"]
    for each, figure in zip(found.measures, order, strict=True):
        if not each.right:
            assert figure not in " ".join((*row_words(each), each.looks, headline(found))).split()


def test_every_case_names_its_source() -> None:
    assert len({case["name"] for case in CASES}) == len(CASES)
    assert all(case["source"].strip() for case in CASES)


def test_doses_of_two_units_are_never_set_beside_each_other() -> None:
    one = counted(["6.2", "15.5", "1.55"], "mg")
    other = counted(["6.2", "15.5", "1.55"], "micrograms")
    with pytest.raises(ValueError, match="unit of the order"):
        compare_counts(one, other, one, step_ml=Decimal("0.05"))
