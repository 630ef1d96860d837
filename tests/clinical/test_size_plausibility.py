"""Mistyped weights and lengths: all of the dangerous slips are noticed, well infants are not."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from bedside.clinical.growth import (
    GrowthTables,
    length_for_age_z,
    weight_for_age_z,
    weight_on_same_line,
)
from bedside.clinical.plausibility import Plausibility, judge_length, judge_weight
from bedside.units.quantities import BodyLength, BodyWeight

BORN = date(2026, 5, 20)
POUND = Decimal("2.20462")
GAPS_IN_DAYS = (0.3, 1, 2, 7, 14, 30, 60, 120)


def at(days: float) -> datetime:
    return datetime(2026, 5, 20, 9, 0, tzinfo=UTC) + timedelta(days=days)


def weigh(
    growth: GrowthTables,
    grams: int,
    day: float,
    last: tuple[tuple[float, int], ...] = (),
    sex: str = "f",
    mark: str = ".",
) -> Plausibility:
    """Judge a weight in grams on a day of life against weights of other days."""
    before = tuple((at(day_of_last), BodyWeight(g)) for day_of_last, g in last)
    return judge_weight(
        BodyWeight(grams), last=before, birth=BORN, sex=sex, at=at(day), growth=growth, mark=mark
    )


def measure(
    growth: GrowthTables, mm: int, day: float, last: tuple[tuple[float, int], ...] = ()
) -> Plausibility:
    """Judge a length in millimetres likewise."""
    before = tuple((at(day_of_last), BodyLength(value)) for day_of_last, value in last)
    return judge_length(BodyLength(mm), last=before, birth=BORN, sex="f", at=at(day), growth=growth)


def infants(growth: GrowthTables) -> Iterator[tuple[str, float, int, float, int]]:
    """A dense grid of infants: sex, day, true weight of 3 to 10 kg, day and weight of the last."""
    for sex in "fm":
        for last_grams in range(2600, 10_400, 480):
            for day in (3, 25, 60, 120, 200, 300, 400, 550, 700):
                for gap in GAPS_IN_DAYS:
                    if gap > day:
                        continue
                    last = BodyWeight(last_grams)
                    line = weight_on_same_line(growth, sex, last, int(day - gap), day).g
                    for drift in (0.93, 1.0, 1.07):
                        true = int(line * drift)
                        if 3000 <= true <= 10_000:
                            yield sex, day, true, day - gap, last_grams


@pytest.fixture(scope="module")
def usual_infants(growth: GrowthTables) -> list[tuple[str, float, int, float, int]]:
    """Those of them whose true weight gets no note."""
    return [
        (sex, day, true, last_day, last)
        for sex, day, true, last_day, last in infants(growth)
        if weigh(growth, true, day, ((last_day, last),), sex).level == "usual"
    ]


@pytest.mark.no_cover
def test_every_dangerous_slip_is_noticed(growth: GrowthTables, usual_infants: list) -> None:
    """H1, H3, H4: ×10, ÷10 and grams as kilograms always; pounds of 3 to 10 kg infants ≥ 95 %."""
    cases = pounds_noticed = 0
    for sex, day, true, last_day, last in usual_infants:
        known = ((last_day, last),)
        for mutated in (10 * true, true // 10, 1000 * true, max(true // 1000, 1)):
            assert weigh(growth, mutated, day, known, sex).level != "usual", (sex, day, true, last)
        cases += 2
        for factor in (POUND, 1 / POUND):
            pounds_noticed += weigh(growth, int(true * factor), day, known, sex).level != "usual"
    assert cases > 4000
    assert pounds_noticed / cases >= 0.95


@pytest.mark.no_cover
def test_a_slip_is_named_as_what_it_is(growth: GrowthTables, usual_infants: list) -> None:
    """H1, H3, H4: the name fits the slip wherever the infant grew as usual."""
    named = {
        Decimal(10): "ten times the weight",
        Decimal(1) / 10: "a tenth of the weight",
        Decimal(1000): "a thousand times the weight",
        POUND: "as when pounds are typed as kg",
        1 / POUND: "1 / 2.2 of the weight",
    }
    for sex, day, true, last_day, last in usual_infants[::9]:
        for factor, words in named.items():
            judged = weigh(growth, int(true * factor), day, ((last_day, last),), sex)
            assert words in judged.words, (sex, day, true, last, factor, judged)


def test_first_weights_are_set_beside_who(growth: GrowthTables) -> None:
    """H1, H4: without a last weight the slips of a median infant are still noticed and named."""
    for sex in "fm":
        for day in (1, 20, 90, 200, 365, 500):
            row = growth.row("weight for age", sex, day)
            assert row is not None
            true = int(1000 * row.median)
            assert weigh(growth, true, day, sex=sex).level == "usual"
            for factor, words in ((10, "ten times"), (POUND, "pounds"), (1000, "grams")):
                judged = weigh(growth, int(true * factor), day, sex=sex)
                assert judged.level != "usual"
                assert words in judged.words
            assert weigh(growth, true // 10, day, sex=sex).level != "usual"


def test_words_of_a_slip(growth: GrowthTables) -> None:
    yesterday = ((99, 4200),)
    judged = weigh(growth, 42_000, 100, yesterday)
    assert judged.level == "impossible"
    assert judged.words == (
        "4.2 → 42 kg: ten times the weight of 27-Aug-2026. Did you mean 4.2 kg? "
        "A weight here is 0.5 to 30 kg."
    )
    assert judged.compared == "last 4.2 kg on 27-Aug-2026, now 900 % more"
    about = weigh(growth, 430, 100, ((99, 4200),))
    assert about.words.startswith("4.2 → 0.43 kg: about a tenth of the weight of 27-Aug-2026")
    german = weigh(growth, 430, 100, ((99, 4200),), mark=",")
    assert german.words.startswith("4,2 → 0,43 kg: ")
    assert german.words.endswith("A weight here is 0,5 to 30 kg.")


def test_words_of_a_change(growth: GrowthTables) -> None:
    assert weigh(growth, 5400, 183, ((181, 6200),)).words == (
        "6.2 → 5.4 kg: 12.9 % less than on 17-Nov-2026 (2 days apart)"
    )
    assert weigh(growth, 7000, 183, ((182, 6200),)).words == (
        "6.2 → 7 kg: 12.9 % more than on 18-Nov-2026 (1 day apart)"
    )
    assert weigh(growth, 7000, 183, ((182.9, 6200),)).words == (
        "6.2 → 7 kg: 12.9 % more than on 19-Nov-2026, the same day"
    )


def test_what_a_usual_weight_is_set_beside(growth: GrowthTables) -> None:
    assert weigh(growth, 6300, 183, ((180, 6200),)) == Plausibility(
        "usual", "", "last 6.2 kg on 16-Nov-2026, now 1.6 % more"
    )
    assert weigh(growth, 6200, 183, ((180, 6200),)).compared.endswith("now the same")
    first = weigh(growth, 7000, 183)
    assert first.level == "usual"
    assert first.compared.startswith("no earlier weight; z-score -")
    assert weigh(growth, 12_000, 900).compared == "no earlier weight"


def test_the_edge_of_a_day(growth: GrowthTables) -> None:
    """Ten per cent and half a per cent for the day: 6.2 kg less 10.5 % is 5.549 kg."""
    assert weigh(growth, 5549, 900, ((899, 6200),)).level == "usual"
    assert weigh(growth, 5548, 900, ((899, 6200),)).level == "unusual"
    assert weigh(growth, 6851, 900, ((899, 6200),)).level == "usual"
    assert weigh(growth, 6852, 900, ((899, 6200),)).level == "unusual"


def test_the_widest_tolerance(growth: GrowthTables) -> None:
    """A quarter, however long ago."""
    assert weigh(growth, 9000, 900, ((800, 12_000),)).level == "usual"
    assert weigh(growth, 8999, 900, ((800, 12_000),)).level == "unusual"


@pytest.mark.parametrize(
    ("grams", "by_two"),
    [(499, False), (500, True), (30_000, True), (30_001, False)],
)
def test_the_two_bounds(growth: GrowthTables, grams: int, by_two: bool) -> None:
    """H4: outside 0.5 to 30 kg is refused to anybody, so far from her own to one person alone."""
    for judged in (weigh(growth, grams, 100), weigh(growth, grams, 100, ((99, 6000),))):
        assert (judged.level, judged.by_two) == ("impossible", by_two)
    assert weigh(growth, grams, 900).level == ("usual" if by_two else "impossible")


def test_the_bounds_hold_beside_a_wrong_last_weight(growth: GrowthTables) -> None:
    """A wrong value already kept does not make the next wrong one possible."""
    judged = weigh(growth, 31_000, 900, ((899, 30_000),))
    assert judged.level == "impossible"
    assert judged.words == "31 kg. A weight here is 0.5 to 30 kg."
    assert weigh(growth, 40_000, 900).words == "40 kg. A weight here is 0.5 to 30 kg."


def test_a_child_beyond_whos_flags_is_noted_once(growth: GrowthTables) -> None:
    """Alert fatigue (H41): a small, well infant is not noted every day."""
    first = weigh(growth, 1500, 60)
    assert first.level == "unusual"
    assert "beyond the -6 and 5 at which WHO looks again" in first.words
    assert weigh(growth, 1520, 61, ((60, 1500),)).level == "usual"
    crossing = next(
        grams for grams in range(3000, 1000, -1) if weigh(growth, grams, 60).level != "usual"
    )
    assert weigh(growth, crossing, 60, ((59.9, crossing + 1),)).level == "unusual"


def test_which_last_weight_is_taken(growth: GrowthTables) -> None:
    """The latest before; for a late entry with nothing before, the earliest after."""
    weights = ((180, 6200), (170, 6000), (190, 6400))
    assert "last 6.2 kg on 16-Nov-2026" in weigh(growth, 6200, 183, weights).compared
    assert "next 6 kg on 06-Nov-2026" in weigh(growth, 6000, 165, weights).compared
    late_entry = weigh(growth, 13_200, 100, ((200, 6400),))
    assert late_entry.level == "impossible" and late_entry.by_two


def test_the_day_is_named_in_the_wards_zone(growth: GrowthTables) -> None:
    """Weighed in the last night of summer time: its day is that of its own clock, not of winter's."""
    summer, winter = (timezone(timedelta(hours=hours)) for hours in (2, 1))
    kept = datetime(2026, 10, 25, 0, 30, tzinfo=summer)
    judged = judge_weight(
        BodyWeight(6300),
        last=((kept, BodyWeight(6200)),),
        birth=BORN,
        sex="f",
        at=datetime(2026, 10, 27, 9, 0, tzinfo=winter),
        growth=growth,
    )
    assert "25-Oct-2026" in judged.compared


def test_before_birth(growth: GrowthTables) -> None:
    judged = weigh(growth, 3500, -1)
    assert judged.level == "impossible"
    assert "before the day of birth, 20-May-2026" in judged.words
    assert measure(growth, 500, -1).level == "impossible"


def test_a_last_weight_dated_before_birth_still_compares(growth: GrowthTables) -> None:
    assert weigh(growth, 35_00, 1, ((-1, 3500),)).level == "usual"


def test_lengths(growth: GrowthTables) -> None:
    week_ago = ((176, 650),)
    assert measure(growth, 655, 183, week_ago).level == "usual"
    assert measure(growth, 600, 183, week_ago).words == (
        "65 → 60 cm: 7.7 % less than on 12-Nov-2026 (7 days apart)"
    )
    slips = {6500: "mm are typed", 65: "cm are typed", 256: "inches are typed", 1100: "more than"}
    for mm, words in slips.items():
        judged = measure(growth, mm, 183, week_ago)
        assert judged.level != "usual"
        assert words in judged.words
    assert "2.5 times" in measure(growth, 1651, 183, week_ago).words
    assert measure(growth, 1651, 183, week_ago).level == "impossible"


@pytest.mark.parametrize(
    ("mm", "by_two"),
    [(199, False), (200, True), (1200, True), (1201, False)],
)
def test_the_two_bounds_of_length(growth: GrowthTables, mm: int, by_two: bool) -> None:
    judged = measure(growth, mm, 100)
    assert (judged.level, judged.by_two) == ("impossible", by_two)


@pytest.mark.parametrize(("mm", "by_two"), [(510, False), (509, True), (850, False), (851, True)])
def test_a_length_far_from_her_own(growth: GrowthTables, mm: int, by_two: bool) -> None:
    """Three and five quarters of 68 cm, where WHO's tables give no line of hers."""
    judged = measure(growth, mm, 900, ((899, 680),))
    assert (judged.level, judged.by_two) == ("impossible" if by_two else "unusual", by_two)


def test_a_first_length(growth: GrowthTables) -> None:
    assert measure(growth, 610, 90).level == "usual"
    assert "inches" in measure(growth, 236, 90).words
    assert measure(growth, 236, 90).by_two
    assert measure(growth, 800, 90).by_two  # a z-score of more than 8
    assert measure(growth, 740, 90).level == "unusual"
    assert measure(growth, 900, 900).level == "usual"
    assert measure(growth, 900, 900, ((890, 895),)).level == "usual"


def test_soft_notes_are_rare(growth: GrowthTables) -> None:
    """H41: 60 infants weighed daily with scale noise, fluids and steroids: under 1 note in 20."""
    chance = random.Random(20261120)
    notes = saves = 0
    for sex in "fm":
        for _ in range(30):
            day = chance.randrange(20, 300)
            last: tuple[float, int] | None = None
            body = 1000 * float(growth.row("weight for age", sex, day).median)
            body *= chance.uniform(0.8, 1.2)
            swelling = 0.0
            while day < 360:
                swelling = 0.8 * swelling + chance.gauss(0, 0.015)
                typed = int(body * (1 + swelling) * (1 + chance.gauss(0, 0.008)))
                judged = weigh(growth, typed, day, () if last is None else (last,), sex)
                notes += judged.level != "usual"
                saves += 1
                last = (day, typed)
                step = chance.choice((1, 1, 1, 2, 3, 7))
                body *= 1 + 0.002 * step * chance.uniform(-0.5, 1.5)
                day += step
    assert saves > 2000
    assert notes / saves < 0.02


def test_the_edges_of_the_tables(growth: GrowthTables) -> None:
    assert "z-score" in weigh(growth, 3200, 0).compared
    assert weigh(growth, 3200, 0).level == "usual"
    assert "z-score" in weigh(growth, 11_000, 730).compared
    assert "z-score" not in weigh(growth, 11_000, 731).compared


def test_the_two_bounds_are_themselves_possible(growth: GrowthTables) -> None:
    for grams in (500, 30_000):
        assert weigh(growth, grams, 900).level == "usual"
        assert weigh(growth, grams, 900, ((899, grams),)).level == "usual"
    assert weigh(growth, 499, 900, ((899, 500),)).level == "impossible"
    assert weigh(growth, 30_001, 900, ((899, 30_000),)).level == "impossible"


@pytest.mark.no_cover
def test_whos_flags_are_themselves_unflagged(growth: GrowthTables) -> None:
    heavy = [g for g in range(500, 20_000) if weight_for_age_z(growth, "f", 60, BodyWeight(g)) == 5]
    light = [g for g in range(500, 5000) if weight_for_age_z(growth, "f", 60, BodyWeight(g)) == -6]
    long = [mm for mm in range(600, 800) if length_for_age_z(growth, "f", 60, BodyLength(mm)) > 6]
    short = [mm for mm in range(400, 600) if length_for_age_z(growth, "f", 60, BodyLength(mm)) < -6]
    assert weigh(growth, heavy[0], 60).level == weigh(growth, light[0], 60).level == "usual"
    assert weigh(growth, heavy[-1] + 10, 60).by_two  # a pound slip explains it
    assert weigh(growth, light[0] - 10, 60).level == "unusual"
    assert measure(growth, long[0] - 1, 60).level == measure(growth, short[-1] + 1, 60).level
    assert measure(growth, long[0] - 1, 60).level == "usual"
    assert measure(growth, long[0], 60).level == measure(growth, short[-1], 60).level == "unusual"


def test_how_far_from_her_own_line(growth: GrowthTables) -> None:
    """Six tenths and sixteen tenths of it, when the last weight is long ago or much later."""
    line = weight_on_same_line(growth, "f", BodyWeight(3500), 0, 180).g
    assert weigh(growth, -(-line * 6 // 10), 180, ((0, 3500),)).level == "usual"
    assert weigh(growth, line * 6 // 10 - 1, 180, ((0, 3500),)).level == "unusual"
    line = weight_on_same_line(growth, "f", BodyWeight(8000), 180, 0).g
    assert weigh(growth, line * 16 // 10 + 1, 0, ((180, 8000),)).level == "unusual"
    assert "this one" in weigh(growth, line * 16 // 10, 0, ((180, 8000),)).compared
    assert " → " not in weigh(growth, line * 16 // 10, 0, ((180, 8000),)).words


def test_three_centimetres(growth: GrowthTables) -> None:
    levels = [measure(growth, mm, 900, ((890, 895),)).level for mm in (864, 865, 925, 926)]
    assert levels == ["unusual", "usual", "usual", "unusual"]


def test_kilograms_typed_as_grams(growth: GrowthTables) -> None:
    judged = weigh(growth, 6, 183, ((182, 6200),))
    assert judged.level == "impossible"
    assert "about a thousandth of the weight of 18-Nov-2026, as when kg are" in judged.words
    assert weigh(growth, 5, 183).level == "impossible"


def test_a_value_of_the_same_moment_is_the_last(growth: GrowthTables) -> None:
    judged = weigh(growth, 6250, 183, ((182, 6100), (183, 6200)))
    assert "last 6.2 kg on 19-Nov-2026" in judged.compared


def test_a_slip_is_exact_or_about(growth: GrowthTables) -> None:
    yesterday = ((182, 6200),)
    assert ": a thousand times the weight" in weigh(growth, 6_200_000, 183, yesterday).words
    assert ": about a thousand times the weight" in weigh(growth, 6_210_000, 183, yesterday).words
    assert ": about 2.2 times the weight" in weigh(growth, int(6200 * POUND), 183, yesterday).words
