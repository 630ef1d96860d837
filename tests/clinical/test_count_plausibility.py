"""Mistyped counts: unit and tenfold slips are named, the course of a leukaemia is not."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from bedside.clinical.plausibility import (
    Plausibility,
    judge_anc,
    judge_haemoglobin,
    judge_platelets,
    judge_white_cells,
)
from bedside.units.quantities import Anc, Haemoglobin, Platelets, WhiteCells

NOW = datetime(2026, 11, 20, 6, 10, tzinfo=UTC)
THIN = "\u202f"
JUDGES = {
    "anc": (judge_anc, Anc),
    "platelets": (judge_platelets, Platelets),
    "white cells": (judge_white_cells, WhiteCells),
    "haemoglobin": (judge_haemoglobin, Haemoglobin),
}


def judge(kind: str, typed: int, last: int | None = None, days: float = 1) -> Plausibility:
    """Judge a count against one taken so many days before."""
    how, made = JUDGES[kind]
    before = () if last is None else ((NOW - timedelta(days=days), made(last)),)
    return how(made(typed), before, NOW)


@pytest.mark.parametrize(
    ("kind", "last", "typed", "days"),
    [
        ("anc", 800, 80, 4),
        ("anc", 800, 80, 1),
        ("anc", 3000, 300, 3),
        ("anc", 40, 400, 1),
        ("anc", 90, 900, 4),
        ("anc", 0, 5000, 1),
        ("anc", 500, 0, 1),
        ("platelets", 8_000, 80_000, 0.5),
        ("platelets", 15_000, 150_000, 1),
        ("platelets", 40_000, 400_000, 10),
        ("platelets", 90_000, 9_000, 1),
        ("platelets", 200_000, 20_000, 5),
        ("platelets", 5_000, 0, 1),
        ("white cells", 300_000, 30_000, 4),
        ("white cells", 300, 3_000, 2),
        ("white cells", 200_000, 200, 8),
        ("white cells", 900, 90, 1),
        ("white cells", 100, 20, 1),
        ("haemoglobin", 650, 1000, 1),
        ("haemoglobin", 700, 1300, 4),
        ("haemoglobin", 840, 840, 1),
    ],
)
def test_what_the_body_does_is_not_named(kind: str, last: int, typed: int, days: float) -> None:
    judged = judge(kind, typed, last, days)
    assert (judged.level, judged.words) == ("usual", "")
    assert judged.compared.startswith("last ")


@pytest.mark.parametrize(
    ("kind", "last", "typed", "days", "words"),
    [
        ("anc", 480, 4_800, 1, f"480 → 4{THIN}800 per µL: ten times the ANC of 19-Nov-2026"),
        ("anc", 60, 500, 2, "about ten times the ANC"),
        ("anc", 3_000, 300, 1, "per µL: a tenth of the ANC"),
        ("anc", 48, 48_500, 9, "about a thousand times the ANC"),
        ("anc", 4_800, 5, 2, "about a thousandth of the ANC"),
        ("platelets", 41_000, 410_000, 1, "per µL: ten times the platelet count of 19-Nov-2026"),
        ("platelets", 100_000, 10_000, 1, "per µL: a tenth of the platelet count"),
        ("anc", 3_000, 290, 1, "per µL: about a tenth of the ANC"),
        ("platelets", 50_000, 50, 3, "per µL: a thousandth of the platelet count"),
        ("platelets", 50, 50_000, 3, "per µL: a thousand times the platelet count"),
        ("white cells", 2_400, 24_000, 3, "per µL: ten times the white-cell count"),
        ("white cells", 24_000, 2_400, 1.5, "per µL: a tenth of the white-cell count"),
        ("white cells", 2_400, 2_400_000, 30, "per µL: a thousand times the white-cell count"),
        ("white cells", 2_400, 3, 1, "a thousandth of the white-cell count"),
        ("haemoglobin", 840, 1350, 3, "84 → 135 g/L: more than 50 g/L within three days"),
        ("haemoglobin", 1350, 840, 1, "more than 50 g/L within three days of 19-Nov-2026"),
    ],
)
def test_what_it_hardly_does_is_named(
    kind: str, last: int, typed: int, days: float, words: str
) -> None:
    """H14 and the tenfold slips of counts."""
    judged = judge(kind, typed, last, days)
    assert judged.level == "unusual"
    assert words in judged.words


@pytest.mark.parametrize(
    ("kind", "last", "typed", "inside", "outside"),
    [
        ("anc", 480, 4_800, 2, 2.01),
        ("anc", 3_000, 300, 1.5, 1.51),
        ("anc", 4_000, 4, 3, 3.01),
        ("platelets", 41_000, 410_000, 3, 3.01),
        ("platelets", 100_000, 10_000, 1.5, 1.51),
        ("white cells", 2_400, 24_000, 3, 3.01),
        ("haemoglobin", 840, 1341, 3, 3.01),
    ],
)
def test_edges_in_time(kind: str, last: int, typed: int, inside: float, outside: float) -> None:
    assert judge(kind, typed, last, inside).level == "unusual"
    assert judge(kind, typed, last, outside).level == "usual"


@pytest.mark.parametrize(
    ("kind", "last", "noted", "not_noted"),
    [
        ("anc", 63, 504, 499),
        ("anc", 100, 800, 799),
        ("anc", 100, 1_250, 1_251),
        ("white cells", 600, 5_000, 4_999),
        ("platelets", 18_000, 168_001, 168_000),
        ("haemoglobin", 840, 1341, 1340),
        ("white cells", 40, 50_000, 50_001),
        ("white cells", 50, 40_000, 39_999),
    ],
)
def test_edges_in_size(kind: str, last: int, noted: int, not_noted: int) -> None:
    assert judge(kind, noted, last).level == "unusual"
    assert judge(kind, not_noted, last).level == "usual"


@pytest.mark.parametrize(
    ("kind", "least"), [("anc", 1_000), ("white cells", 1_000), ("platelets", 100_000)]
)
def test_only_a_fall_from_a_good_count_is_named(kind: str, least: int) -> None:
    assert judge(kind, least // 10, least).level == "unusual"
    assert judge(kind, least // 10, least - 1).level == "usual"


@pytest.mark.parametrize(
    ("kind", "most_usual", "most_possible"),
    [
        ("anc", 50_000, 200_000),
        ("platelets", 1_000_000, 3_000_000),
        ("white cells", 1_000_000, 3_000_000),
    ],
)
def test_bounds_of_counts(kind: str, most_usual: int, most_possible: int) -> None:
    assert judge(kind, most_usual).level == "usual"
    assert judge(kind, most_usual + 1).level == "unusual"
    assert "look at its unit again" in judge(kind, most_usual + 1).words
    assert judge(kind, most_possible).level == "unusual"
    beyond = judge(kind, most_possible + 1)
    assert beyond.level == "impossible"
    assert beyond.words.endswith("per µL.")


def test_single_cells_where_laboratories_count_thousands() -> None:
    """H14: 50,000 and 50."""
    for typed in (1, 50, 999):
        assert judge("platelets", typed).level == "unusual"
    assert judge("platelets", 0).level == judge("platelets", 1000).level == "usual"
    assert judge("white cells", 19).level == "unusual"
    assert judge("white cells", 20).level == judge("white cells", 0).level == "usual"
    assert judge("anc", 5).level == "usual"


@pytest.mark.parametrize(
    ("tenths", "level"),
    [
        (99, "impossible"),
        (100, "unusual"),
        (399, "unusual"),
        (400, "usual"),
        (2400, "usual"),
        (2401, "unusual"),
        (3000, "unusual"),
        (3001, "impossible"),
    ],
)
def test_bounds_of_haemoglobin(tenths: int, level: str) -> None:
    assert judge("haemoglobin", tenths).level == level


def test_every_tenfold_haemoglobin_is_noticed() -> None:
    """g/L and g/dL taken for one another, over the whole range of life."""
    for tenths in range(400, 2401):
        assert judge("haemoglobin", 10 * tenths).level == "impossible"
        assert judge("haemoglobin", tenths // 10).level != "usual"
    assert "as when g/L are typed as g/dL" in judge("haemoglobin", 8400, 860).words
    assert "as when g/dL are typed as g/L" in judge("haemoglobin", 84, 860).words


def test_what_stands_beside_the_field() -> None:
    assert judge("anc", 0).compared == "no earlier ANC"
    assert judge("anc", 500, 0).compared == "last 0 per µL on 19-Nov-2026"
    assert judge("white cells", 2_000, 1_800).compared == (
        f"last 1{THIN}800 per µL on 19-Nov-2026, now 1.1 times"
    )
    assert judge("anc", 40, 800).compared.endswith("now 0.05 times")
    assert judge("anc", 799, 800).compared.endswith("now about the same")
    assert judge("anc", 760, 800).compared.endswith("now about the same")
    assert judge("anc", 500, 800).compared.endswith("now 0.63 times")
    assert judge("anc", 0, 800).compared.endswith("now 0")
    assert judge("anc", 800, 800).compared.endswith("now the same")
    assert judge("anc", 800, 700, 0).compared.startswith("last 700 per µL on 20-Nov-2026")
    assert judge("haemoglobin", 840).compared == "no earlier haemoglobin"
    assert judge("haemoglobin", 840, 860).compared == ("last 86 g/L on 19-Nov-2026, now 2.3 % less")


def test_a_kept_slip_does_not_stop_the_next_entry() -> None:
    assert judge("haemoglobin", 840, 1).level == "unusual"
    assert judge("haemoglobin", 840, 0).compared == "last 0 g/L on 19-Nov-2026, now more"


def test_words_in_the_stations_mark() -> None:
    before = ((NOW - timedelta(days=1), Haemoglobin(845)),)
    judged = judge_haemoglobin(Haemoglobin(1355), before, NOW, mark=",")
    assert judged.words.startswith("84,5 → 135,5 g/L")


def course_of_counts(chance: random.Random) -> tuple[list[int], list[int], list[int], list[int]]:
    """Forty days of one infant: fall, nadir, recovery, transfusions; white cells, ANC, PLT, Hb."""
    white, platelets, haemoglobin = 10 ** chance.uniform(3.3, 5.3), 90_000.0, 95.0
    share, nadir, recovery = (
        chance.uniform(0.1, 0.6),
        chance.randrange(9, 14),
        chance.randrange(18, 26),
    )
    rows: tuple[list[int], list[int], list[int], list[int]] = ([], [], [], [])
    for day in range(40):
        if day < nadir:
            white *= 2 ** -chance.uniform(0.4, 1.2)
            platelets *= 2 ** -chance.uniform(0.1, 0.5)
        elif day >= recovery:
            white *= 2 ** chance.uniform(0.2, 0.9)
            platelets *= 2 ** chance.uniform(0.1, 0.5)
        white, platelets = min(max(white, 80), 300_000), min(max(platelets, 2_000), 400_000)
        if day >= recovery:
            white = min(white, 12_000)
        haemoglobin -= chance.uniform(0, 3)
        if platelets < 12_000 and chance.random() < 0.7:
            platelets += chance.uniform(20_000, 100_000)
        if haemoglobin < 70:
            haemoglobin += chance.uniform(20, 40)
        share = min(max(share + chance.uniform(-0.1, 0.1), 0.02), 0.9)
        noise = [1 + chance.gauss(0, 0.06) for _ in range(3)]
        cells = round(white * noise[0], -1)
        rows[0].append(int(cells))
        rows[1].append(int(cells * share))
        rows[2].append(int(round(platelets * noise[1], -3)))
        rows[3].append(int(10 * haemoglobin * noise[2] // 10 * 10))
    return rows


def test_soft_notes_are_rare() -> None:
    """H41: daily counts of 60 invented courses: a note in fewer than one set of counts in 20."""
    chance = random.Random(20261120)
    sets = noted = 0
    for _ in range(60):
        rows = course_of_counts(chance)
        for day in range(1, 40):
            pairs = zip(("white cells", "anc", "platelets", "haemoglobin"), rows, strict=True)
            levels = [judge(kind, row[day], row[day - 1]).level for kind, row in pairs]
            sets += 1
            noted += set(levels) != {"usual"}
    assert sets > 2000
    assert noted / sets < 0.05
