"""WHO's growth tables: shipped whole, read as WHO reads them, refused outside."""

import hashlib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedside.clinical.growth import (
    GrowthTables,
    length_for_age_z,
    length_on_same_line,
    weight_for_age_z,
    weight_on_same_line,
    z_scores,
)
from bedside.places import place
from bedside.units.quantities import BodyLength, BodyWeight
from bedside.units.refusal import Refused

DIGESTS = {
    "weight-for-age.csv": "b39eb1138e58ab3ef4f8b6df33e41ac8eba221d70fcb9b3e085b943d3645a70d",
    "length-for-age.csv": "c7e7634dee263c30a638eb56c90159e01d81f353e289fb4d07098efbc9cbc53e",
    "weight-for-length.csv": "8d91cc75fd8581bbe3cd22629248a88542f4375cf0809a5505c845fd6d54f325",
}


@pytest.mark.parametrize("name", DIGESTS)
def test_no_figure_has_changed(name: str) -> None:
    """H39: any changed byte of a shipped table is seen."""
    shipped = place("resources", "growth", name).read_bytes()
    assert hashlib.sha256(shipped).hexdigest() == DIGESTS[name]


@pytest.mark.parametrize("name", DIGESTS)
def test_each_table_names_its_source(name: str) -> None:
    head = place("resources", "growth", name).read_text(encoding="utf-8").splitlines()[:6]
    assert all(line.startswith("# ") for line in head)
    assert any("World Health Organization" in line for line in head)


def test_the_tables_are_whole(growth: GrowthTables) -> None:
    for sex in "fm":
        for day in range(731):
            assert growth.row("weight for age", sex, day) is not None
            assert growth.row("length for age", sex, day) is not None
        for mm in range(450, 1101):
            assert growth.row("weight for length", sex, mm) is not None
    assert growth.row("weight for age", "f", 731) is None
    assert growth.row("weight for length", "f", 449) is None


def test_nothing_asked_nothing_answered(growth: GrowthTables) -> None:
    scores = z_scores(growth, "f", 100, None, None)
    assert (scores.weight_for_age, scores.length_for_age, scores.weight_for_length) == (None,) * 3


def test_a_length_alone(growth: GrowthTables) -> None:
    scores = z_scores(growth, "f", 683, None, BodyLength(848))
    assert scores.length_for_age == Decimal("-0.07")
    assert scores.weight_for_age is scores.weight_for_length is None


@pytest.mark.parametrize("day", [-1, 731])
def test_outside_the_days(growth: GrowthTables, day: int) -> None:
    with pytest.raises(Refused, match="day 0 to day 730"):
        z_scores(growth, "f", day, None, None)
    with pytest.raises(Refused, match="day 0 to day 730"):
        weight_on_same_line(growth, "f", BodyWeight(6000), 0, day)


def test_a_third_sex_is_a_programming_error(growth: GrowthTables) -> None:
    with pytest.raises(ValueError, match="no row for sex"):
        weight_for_age_z(growth, "x", 10, BodyWeight(4000))


def test_weights_beyond_three_go_on_in_straight_steps(growth: GrowthTables) -> None:
    """Equal steps of weight are equal steps of score, far out, on either side."""
    for grams, step in ((12_000, 1000), (700, 100)):
        scores = [weight_for_age_z(growth, "f", 60, BodyWeight(grams + n * step)) for n in range(3)]
        assert all(abs(score) > 3 for score in scores)
        assert abs((scores[1] - scores[0]) - (scores[2] - scores[1])) <= Decimal("0.02")


def test_lengths_beyond_three_are_plain(growth: GrowthTables) -> None:
    row = growth.row("length for age", "m", 44)
    assert row is not None
    plain = (Decimal(40) / row.median - 1) / row.spread
    assert abs(length_for_age_z(growth, "m", 44, BodyLength(400)) - plain) <= Decimal("0.005")


@settings(deadline=None, max_examples=200)
@given(st.sampled_from("fm"), st.integers(0, 730), st.integers(0, 730), st.integers(800, 20_000))
def test_the_same_line_has_the_same_score(
    growth: GrowthTables, sex: str, from_day: int, to_day: int, grams: int
) -> None:
    weight = BodyWeight(grams)
    if abs(weight_for_age_z(growth, sex, from_day, weight)) > 5:
        return
    later = weight_on_same_line(growth, sex, weight, from_day, to_day)
    before, after = (
        weight_for_age_z(growth, sex, from_day, weight),
        weight_for_age_z(growth, sex, to_day, later),
    )
    assert abs(before - after) <= Decimal("0.02")


def test_a_length_on_the_same_line(growth: GrowthTables) -> None:
    later = length_on_same_line(growth, "f", BodyLength(600), 100, 200)
    before = length_for_age_z(growth, "f", 100, BodyLength(600))
    assert abs(length_for_age_z(growth, "f", 200, later) - before) <= Decimal("0.04")


def test_a_missing_table_is_an_incomplete_installation(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"weight-for-age\.csv is missing"):
        GrowthTables.read(tmp_path)


@pytest.mark.parametrize("line", ["f,0,x,3,0.1", "f,0,1,3", "f,zero,1,3,0.1"])
def test_a_damaged_table_names_file_and_line(tmp_path: Path, line: str) -> None:
    for name in DIGESTS:
        (tmp_path / name).write_text(f"# head\nsex,days,l,m,s\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"weight-for-age\.csv, line 3"):
        GrowthTables.read(tmp_path).row("weight for age", "f", 0)


def test_a_power_of_nought_is_the_logarithm(tmp_path: Path) -> None:
    """The limit of the formula as L goes to 0: z = ln(y / M) / S."""
    for name in DIGESTS:
        (tmp_path / name).write_text("f,0,0,4,0.1\nf,1,0.0001,4,0.1\n", encoding="utf-8")
    tables = GrowthTables.read(tmp_path)
    for grams in (2500, 3500, 4000, 4400, 6000):
        at_nought = weight_for_age_z(tables, "f", 0, BodyWeight(grams))
        near_nought = weight_for_age_z(tables, "f", 1, BodyWeight(grams))
        assert abs(at_nought - near_nought) <= Decimal("0.01")
    assert weight_for_age_z(tables, "f", 0, BodyWeight(4421)) == Decimal("1.00")
    assert weight_on_same_line(tables, "f", BodyWeight(4400), 0, 0) == BodyWeight(4400)


def test_a_size_on_the_same_line_is_the_nearest_gram_and_millimetre(tmp_path: Path) -> None:
    for name in DIGESTS:
        (tmp_path / name).write_text("f,0,1,4,0.1\nf,1,1,4.0656,0.1\n", encoding="utf-8")
    tables = GrowthTables.read(tmp_path)
    assert weight_on_same_line(tables, "f", BodyWeight(4000), 0, 1) == BodyWeight(4066)
    assert length_on_same_line(tables, "f", BodyLength(40), 0, 1) == BodyLength(41)
