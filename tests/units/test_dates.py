"""Days and times: the month in letters, the offset always there."""

from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.units import dates
from bedside.units.refusal import Refused

SUMMER = timezone(timedelta(hours=2))


def test_writing() -> None:
    moment = datetime(2026, 11, 20, 9, 5, 59, tzinfo=SUMMER)
    assert dates.write_date(moment.date()) == "20-Nov-2026"
    assert dates.write_date(date(2026, 1, 2)) == "02-Jan-2026"
    assert dates.write_weekday_date(date(2026, 11, 20)) == "Fri 20-Nov-2026"
    assert dates.write_time(moment) == "09:05"
    assert dates.write_date_time(moment) == "20-Nov-2026 09:05"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (-3, "under a minute"),  # a clock that was set back
        (0.99, "under a minute"),
        (1, "1 minute"),
        (119.9, "119 minutes"),
        (120, "2 hours"),
        (48 * 60 - 1, "47 hours"),
        (48 * 60, "2 days"),
    ],
)
def test_how_old_a_copy_is(minutes: float, words: str) -> None:
    assert dates.age_words(timedelta(minutes=minutes)) == words


def test_a_time_without_its_zone_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="zone"):
        dates.write_time(datetime(2026, 11, 20, 9, 5))  # noqa: DTZ001


@pytest.mark.parametrize("text", ["20-Nov-2026", "2026-11-20", " 20-nov-2026 ", "20-NOV-2026"])
def test_a_day(text: str) -> None:
    assert dates.read_date(text) == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "There is no date here: write it as 20-Nov-2026"),
        ("03/04/2026", "can be read as more than one day"),
        ("3.4.26", "can be read as more than one day"),
        ("20-11-2026", "has its month in figures"),
        ("14.05.2026", "has its month in figures, which elsewhere stand for the day"),
        ("12.05.2026", "can be read as more than one day"),
        ("2026-1-2", "can be read as more than one day"),
        ("20-Nov-26", "is not a date"),
        ("5-Nov-2026", "is not a date"),
        ("20-Nvo-2026", "is not a date"),
        ("20 Nov 2026", "is not a date"),
        ("today", "is not a date"),
        ("٢٠-Nov-2026", "is not a date"),
        ("2026-11-20\u200b", "[U+200B]"),
        ("2026-02-29", "There is no such day as 2026-02-29"),
        ("31-Apr-2026", "There is no such day as 31-Apr-2026"),
        ("2026-13-01", "There is no such day"),
        ("0206-11-20", "The year 206 cannot be meant"),
        ("9999-12-31", "The year 9999 cannot be meant"),
        ("2200-01-01", "The year 2200 cannot be meant"),
        ("0000-01-01", "There is no such day"),
    ],
)
def test_days_that_are_refused(text: str, says: str) -> None:
    """H26: no day is guessed."""
    with pytest.raises(Refused) as refused:
        dates.read_date(text)
    assert says in str(refused.value)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_day_written_is_read_again(day: date) -> None:
    assert dates.read_date(dates.write_date(day)) == day
    assert dates.read_date(day.isoformat()) == day


def test_figures_alone_are_never_a_day_in_whichever_order() -> None:
    """H26: day and month, month and day, with each mark, in two and in four figures of the year."""
    for day in (date(2026, 1, 1) + timedelta(days=at) for at in range(365)):
        figures = (f"{day.day}", f"{day.day:02}"), (f"{day.month}", f"{day.month:02}")
        for (d, m), mark in product(zip(*figures, strict=True), "/.- ,"):
            for first, second in ((d, m), (m, d)):
                for year in ("2026", "26"):
                    with pytest.raises(Refused):
                        dates.read_date(f"{first}{mark}{second}{mark}{year}")
        for mark in "/. ,":
            with pytest.raises(Refused):
                dates.read_date(f"2026{mark}{day.month:02}{mark}{day.day:02}")


@given(st.text(alphabet="0123456789-./ JanFebMrcpyulgSOtNvDi٣\u200b", max_size=12))
def test_whatever_is_read_as_a_day_is_that_very_day(text: str) -> None:
    """H26: a text is refused, or it is the day as Bedside writes it, letter by letter."""
    try:
        day = dates.read_date(text)
    except Refused:
        return
    assert text.strip().casefold() in (dates.write_date(day).casefold(), day.isoformat())


def test_a_time_of_day() -> None:
    assert dates.read_time("02:40") == time(2, 40)
    assert dates.read_time(" 00:00 ") == time(0, 0)
    assert dates.read_time("23:59") == time(23, 59)


@pytest.mark.parametrize("text", ["", "2:40", "0240", "02.40", "2:40 pm", "02:40:00", "０２:４０"])
def test_times_that_are_not_times(text: str) -> None:
    with pytest.raises(Refused, match="is not a time: write"):
        dates.read_time(text)


def test_figures_without_the_colon_are_refused_with_what_would_be_right() -> None:
    """Nothing is read loosely: the message says the whole of it, and short."""
    for typed, right in (
        ("1925", "19:25"),
        ("925", "09:25"),
        ("7.05", "07:05"),
        ("19h25", "19:25"),
    ):
        with pytest.raises(Refused) as caught:
            dates.read_time(typed)
        assert caught.value.reasons == (f'"{typed}" is not a time: write {right}.',)
    for typed in ("2460", "1999", "19256", "25"):
        with pytest.raises(Refused, match="write it as 02:40"):
            dates.read_time(typed)


@pytest.mark.parametrize("text", ["24:00", "12:60", "99:99"])
def test_times_that_do_not_exist(text: str) -> None:
    with pytest.raises(Refused, match="from 00:00 to 23:59"):
        dates.read_time(text)


@pytest.mark.parametrize(
    "text",
    ["2026-10-25T02:40+02:00", "2026-10-25 02:40:00+02:00", "2026-10-25T00:40Z"],
)
def test_a_moment_with_its_offset(text: str) -> None:
    moment = dates.read_timestamp(text)
    assert moment == datetime(2026, 10, 25, 0, 40, tzinfo=UTC)
    assert moment.tzinfo is not None


def test_the_offset_is_kept() -> None:
    assert dates.read_timestamp("2026-10-25T02:40+02:00").utcoffset() == timedelta(hours=2)
    moment = dates.read_timestamp("2026-10-25T02:40:01.5-03:30")
    assert moment.utcoffset() == -timedelta(hours=3, minutes=30)


def test_the_years_that_can_be_meant() -> None:
    assert dates.read_timestamp("1900-01-01T00:00Z").year == 1900
    assert dates.read_timestamp("2199-12-31T23:59Z").year == 2199


def test_a_moment_without_its_offset_is_refused() -> None:
    """A time that may be summer or winter time is no time."""
    with pytest.raises(Refused, match=r"write it with one, such as 2026-10-25T02:40\+02:00"):
        dates.read_timestamp("2026-10-25T02:40")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "write it as 2026-10-25T02:40+02:00"),
        ("2026-10-25", "is not a time with its day"),
        ("20261025T0240Z", "is not a time with its day"),
        ("2026-10-25T02:40+2", "is not a time with its day"),
        ("2026-W43-7T02:40Z", "is not a time with its day"),
        ("2026-10-25T02,40Z", "is not a time with its day"),
        ("2026-02-30T02:40Z", "There is no such moment"),
        ("2026-10-25T24:00Z", "There is no such moment"),
        ("2026-10-25T02:40+25:00", "There is no such moment"),
        ("0026-10-25T02:40Z", "The year 26 cannot be meant"),
        ("1899-12-31T23:59Z", "The year 1899 cannot be meant"),
        ("2200-01-01T00:00Z", "The year 2200 cannot be meant"),
    ],
)
def test_moments_that_are_refused(text: str, says: str) -> None:
    with pytest.raises(Refused) as refused:
        dates.read_timestamp(text)
    assert says in str(refused.value)


def test_times_on_either_side_of_a_clock_change_say_which_they_are() -> None:
    """New York, 01-Nov-2026: 60 minutes after the first 01:35 it is 01:35 again."""
    summer = dates.read_timestamp("2026-11-01T01:35-04:00")
    winter = dates.read_timestamp("2026-11-01T01:35-05:00")
    assert dates.write_times(winter, summer) == ("01:35 winter time", "01:35 summer time")
    assert dates.write_times(summer, summer) == ("01:35", "01:35")


BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("zone", "moment", "half"),
    [
        (BERLIN, "2026-10-25T02:40+02:00", "summer"),
        (BERLIN, "2026-10-25T02:40+01:00", "winter"),
        (BERLIN, "2026-10-25T00:40Z", "summer"),  # the same two, as they are kept
        (BERLIN, "2026-10-25T01:40Z", "winter"),
        (BERLIN, "2026-10-25T01:59+02:00", ""),
        (BERLIN, "2026-10-25T03:00+01:00", ""),
        (BERLIN, "2026-03-29T01:30Z", ""),  # the night of spring: no hour comes twice
        (BERLIN, "2026-07-25T02:40+02:00", ""),
        (NEW_YORK, "2026-11-01T05:40Z", "summer"),
        (NEW_YORK, "2026-11-01T06:40Z", "winter"),
        (NEW_YORK, "2026-10-25T00:40Z", ""),
        (UTC, "2026-10-25T00:40Z", ""),
    ],
)
def test_the_half_of_the_hour_that_comes_twice(zone: tzinfo, moment: str, half: str) -> None:
    assert dates.half_of(dates.read_timestamp(moment), zone) == half
    assert dates.half_words(dates.half_of(dates.read_timestamp(moment), zone)) == (
        f"{half} time" if half else ""
    )


def test_an_hour_that_is_jumped_over_is_no_half() -> None:
    """What a person types for it: no such time in that zone."""
    for fold in (0, 1):
        typed = datetime(2026, 3, 29, 2, 30, tzinfo=BERLIN, fold=fold)
        assert dates.half_of(typed, BERLIN) == ""


def test_a_time_without_its_zone_has_no_half() -> None:
    with pytest.raises(ValueError, match="zone"):
        dates.half_of(datetime(2026, 10, 25, 2, 40), BERLIN)  # noqa: DTZ001
