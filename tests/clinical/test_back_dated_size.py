"""A back-dated weight or length is set beside the nearest before it and the nearest after it."""

from bedside.clinical.growth import GrowthTables
from tests.clinical.test_size_plausibility import measure, weigh


def test_a_slip_of_the_month_does_not_fit_what_came_after(growth: GrowthTables) -> None:
    """H4: a back-dated weight is set beside the nearest before and the nearest after."""
    after = ((183, 6600), (186, 6860))
    alone = weigh(growth, 6900, 33, after)
    assert alone.level == "unusual"
    assert alone.compared == "next 6.6 kg on 19-Nov-2026, this one 4.5 % more"
    assert alone.words == (
        "6.9 kg: 4.5 % more than on 19-Nov-2026 (150 days apart): look at the date, too"
    )
    assert weigh(growth, 4000, 33, after).level == "usual"
    between = weigh(growth, 6900, 33, ((32, 6800), *after))
    assert between.words == alone.words  # it fits the weight before, and not the one after
    fitting = weigh(growth, 4000, 33, ((30, 3950), *after))
    assert (fitting.level, fitting.compared[:12]) == ("usual", "last 3.95 kg")
    before = weigh(growth, 6900, 33, ((30, 3950), *after))
    assert before.level == "unusual" and "22-Jun" not in before.words
    assert before.words.startswith("3.95 → 6.9 kg: ")


def test_a_tenfold_slip_beside_a_later_value(growth: GrowthTables) -> None:
    judged = weigh(growth, 650, 180, ((183, 6500),))
    assert judged.by_two
    assert judged.words.startswith(
        "0.65 kg: a tenth of the weight of 19-Nov-2026: look at the date, too. Did you mean 6.5 kg?"
    )
    pounds = weigh(growth, 14_330, 180, ((183, 6500),))
    assert pounds.words.startswith("14.33 kg: about 2.2 times the weight of 19-Nov-2026, as when")
    grown = weigh(growth, 6900, 15, ((40, 4900),))  # 1.4 times: no slip of pounds
    assert (
        grown.words
        == "6.9 kg: 40.8 % more than on 29-Jun-2026 (25 days apart): look at the date, too"
    )
    same = weigh(growth, 6600, 33, ((32, 6500), (183, 6600)))
    assert same.words == (
        "6.6 kg: the same as on 19-Nov-2026 (150 days apart): look at the date, too"
    )
    late = measure(growth, 650, 33, ((32, 550), (183, 650)))
    assert (late.level, late.words[:7]) == ("unusual", "55 → 65")
