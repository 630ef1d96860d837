"""Ages: every birthday of a leap year against a second, quite different way of counting."""

from datetime import date, timedelta

import pytest

from bedside.clinical.age import age_on, month_completed_on
from bedside.units.refusal import Refused

DAY = timedelta(days=1)


def counted_months(birth: date, until: date) -> dict[date, int]:
    """Count completed months by walking day by day: one more on each day that completes one."""
    months, day, answer = 0, birth, {birth: 0}
    while day < until:
        day += DAY
        last_of_month_before = (day.replace(day=1) - DAY).day
        if day.day == birth.day or (day.day == 1 and birth.day > last_of_month_before):
            months += 1
        answer[day] = months
    return answer


def test_completed_months_of_every_birthday() -> None:
    """H8, H9: all 366 birthdays, every day of the first 26 months."""
    birth = date(2024, 1, 1)
    while birth.year == 2024:
        for day, months in counted_months(birth, birth + timedelta(days=800)).items():
            age = age_on(birth, day)
            assert (age.completed_months, age.completed_years) == (months, months // 12)
            assert age.days == (day - birth).days
        birth += DAY


@pytest.mark.parametrize(
    ("birth", "months", "complete_on"),
    [
        (date(2026, 1, 31), 1, date(2026, 3, 1)),  # the ruling: not on 28-Feb
        (date(2024, 1, 31), 1, date(2024, 3, 1)),  # nor on 29-Feb
        (date(2024, 1, 30), 1, date(2024, 3, 1)),
        (date(2024, 1, 29), 1, date(2024, 2, 29)),
        (date(2026, 3, 31), 1, date(2026, 5, 1)),
        (date(2026, 8, 31), 6, date(2027, 3, 1)),
        (date(2024, 2, 29), 6, date(2024, 8, 29)),
        (date(2024, 2, 29), 12, date(2025, 3, 1)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2025, 12, 31), 2, date(2026, 3, 1)),
        (date(2025, 12, 1), 1, date(2026, 1, 1)),
    ],
)
def test_leap_days_and_months_without_a_31st(birth: date, months: int, complete_on: date) -> None:
    """H9: worked by hand after the ruling; the day itself, and the day before it."""
    assert month_completed_on(birth, months) == complete_on
    assert age_on(birth, complete_on).completed_months == months
    assert age_on(birth, complete_on - DAY).completed_months == months - 1


@pytest.mark.parametrize("birth", [date(2023, 12, 31), date(2024, 2, 29), date(2025, 8, 30)])
def test_the_banner_counts_on_without_a_gap(birth: date) -> None:
    """Days in "months and days" go up by one, or back to nought with the next month."""
    before = None
    for number in range(366, 732):
        age = age_on(birth, birth + timedelta(days=number))
        if age.completed_months not in range(12, 24):
            continue
        months, days = (int(part[:-1]) for part in age.text.split())
        assert months == age.completed_months
        if before is not None:
            assert (months, days) in {(before[0], before[1] + 1), (before[0] + 1, 0)}
        before = (months, days)


def test_a_band_edge_a_day_either_side() -> None:
    """H8: the band changes on the day itself."""
    birth = date(2026, 5, 20)
    months = [age_on(birth, date(2026, 11, day)).completed_months for day in (19, 20, 21)]
    assert months == [5, 6, 6]


def test_after_two_years() -> None:
    assert age_on(date(2024, 2, 29), date(2026, 5, 28)).text == "2y 2m"
    assert age_on(date(2024, 2, 29), date(2026, 5, 29)).text == "2y 3m"


def test_before_birth() -> None:
    with pytest.raises(Refused, match="before the day of birth, 20-May-2026"):
        age_on(date(2026, 5, 20), date(2026, 5, 19))
