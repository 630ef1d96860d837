"""A downtime sheet drawn after midnight: yesterday's doses that nobody recorded are still on it.

By hand: methotrexate 20-Sep-2026 14:00, first at hour 30, then every 9 hours: hours 39, 48 and 57 are
22-Sep 05:00, 14:00 and 23:00. Half of 9 hours after 23:00 is 03:30.
"""

from datetime import date, datetime, timedelta
from pathlib import Path

from bedside.ward.downtime_sheets import downtime_sheets, print_downtime
from bedside.ward.holding import save_hold
from bedside.ward.views.delay import NewHold
from bedside.ward.views.given import OfDay
from tests.ward.day_bench import VALUES, printed, sign
from tests.ward.test_day_doses import TWICE
from tests.ward.test_day_sheets import words_of
from tests.ward.test_doses_on_papers import CYTARABINE, LABEL, give_with, in_front_of, squares
from tests.ward.test_hours_shown import LEUCOVORIN, in_interim, started
from tests.ward.test_label_hold import evening  # noqa: F401
from tests.ward.wards import BERLIN, NURSE, Bench

NAMED = "NOT RECORDED, 22-Sep-2026:"


def yesterday(bench: Bench, drug: str = "leucovorin") -> list[tuple[datetime | None, str, str]]:
    """The lines to sign of yesterday: when, which dose, what stands below it."""
    (infant,) = downtime_sheets(bench.ward, who=NURSE).infants
    day = bench.ward.today() - timedelta(days=1)
    rows = [dose for dose in infant.doses if dose.on == day and dose.drug == drug]
    assert all(row.state == "go" for row in rows)
    return [(row.at, row.hour or row.turn, row.legend) for row in rows]


def said(bench: Bench) -> list[tuple[str, str]]:
    (infant,) = downtime_sheets(bench.ward, who=NURSE).infants
    return [(line.name, line.words) for line in infant.standing]


def named(bench: Bench) -> list[str]:
    return [words for name, words in said(bench) if name.startswith("NOT RECORDED")]


def test_what_nobody_recorded_yesterday_stands_there_after_midnight(
    evening: Bench,  # noqa: F811
    tmp_path: Path,
) -> None:
    label = squares(printed(evening, LABEL, tmp_path / "a").path)[1]
    evening.at(2026, 9, 22, 14, 0)
    give_with(evening, OfDay(48), label)
    evening.at(2026, 9, 23, 0, 10)
    # hour 57 may still be given: its label holds; hour 39 is named and has no line
    assert yesterday(evening) == [
        (
            datetime(2026, 9, 22, 23, 0, tzinfo=BERLIN),
            "hour 57",
            "NOT RECORDED: given? Ask. If not, it may be given until 23-Sep-2026 03:30; then ask the "
            "physician.",
        )
    ]
    lines = said(evening)
    assert lines[0][1].startswith("Not prescribed: leucovorin")
    assert lines[1][1].endswith("not recorded: 4 by needle or line, 3 by mouth.")
    assert lines[2][0] == NAMED
    assert lines[2][1].startswith("leucovorin 05:00 (hour 39), 23:00 (hour 57): given? Ask")
    print_downtime(evening.ward, tmp_path / "down.pdf", who=NURSE)
    words = words_of(str(tmp_path / "down.pdf"))
    assert "05:00 (hour 39), 23:00 (hour 57)" in words and "23:00 hour 57" in words
    evening.at(2026, 9, 23, 3, 31)
    assert yesterday(evening) == [] and "23:00 (hour 57)" in named(evening)[0]


def test_nothing_is_left_to_sign_of_yesterday_where_it_may_not_be_given(evening: Bench) -> None:  # noqa: F811
    evening.at(2026, 9, 23, 0, 10)
    assert [one[1] for one in yesterday(evening)] == ["hour 57"]
    form = NewHold(LEUCOVORIN[0], "leucovorin", date(2026, 9, 23), date(2026, 9, 23), "vomits")
    save_hold(evening.ward, evening.infant, form, who=NURSE)
    assert yesterday(evening) == []
    assert "05:00 (hour 39), 14:00 (hour 48), 23:00 (hour 57)" in named(evening)[0]


def test_a_dose_that_nobody_prescribed_has_no_line_of_yesterday(bench: Bench) -> None:
    in_interim(bench)
    started(bench, datetime(2026, 9, 20, 14, 0, tzinfo=BERLIN))
    bench.at(2026, 9, 23, 0, 10)
    assert yesterday(bench) == [] and "23:00 (hour 57)" in named(bench)[0]


def test_an_hour_that_no_order_covers_asks_after_midnight_too(bench: Bench) -> None:
    """Hour 93 is 24-Sep 11:00, hour 102 is 24-Sep 20:00: no planned day; half of 9 hours on, 00:30."""
    in_interim(bench)
    started(bench, datetime(2026, 9, 20, 14, 0, tzinfo=BERLIN))
    bench.at(2026, 9, 25, 0, 10)
    ((at, hour, legend),) = yesterday(bench)
    assert (at, hour) == (datetime(2026, 9, 24, 20, 0, tzinfo=BERLIN), "hour 102")
    assert "no order covers it: ask before it is given." in legend
    assert "11:00 (hour 93), 20:00 (hour 102)" in named(bench)[0]
    bench.at(2026, 9, 25, 0, 31)
    assert yesterday(bench) == [] and "20:00 (hour 102)" in named(bench)[0]


def test_of_doses_by_number_the_last_one_keeps_its_line(bench: Bench) -> None:
    """Two a day: half of 12 hours after the day is 05:59."""
    in_interim(bench, VALUES + TWICE + CYTARABINE)
    key = in_front_of(bench)
    bench.weigh()
    sign(bench, key)
    bench.clock.now = bench.clock.now.replace(hour=0, minute=10) + timedelta(days=1)
    assert [one[1] for one in yesterday(bench, "cytarabine")] == ["dose 2 of 2"]
    assert any(
        one.startswith("cytarabine dose 1 of 2, dose 2 of 2: given?") for one in named(bench)
    )
    bench.clock.now += timedelta(hours=6)
    assert yesterday(bench, "cytarabine") == []
