"""How values are written into the file: exactly, or not at all."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.store.records import BloodCount, Infant, Measurement, Task
from bedside.store.ways import decimal_text, utc_text, words_text
from bedside.units.refusal import Refused
from tests.store.samples import NOW, add

MOMENTS = st.datetimes(
    min_value=datetime(1970, 1, 2),  # noqa: DTZ001 (the bounds are local to each zone)
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.integers(-14 * 60, 14 * 60).map(
        lambda minutes: timezone(timedelta(minutes=minutes))
    ),
)


@given(MOMENTS)
def test_a_time_comes_back_as_the_same_moment(moment):
    """H45: a time is kept with its offset, as UTC."""
    read = datetime.fromisoformat(utc_text(moment))
    assert read == moment
    assert read.utcoffset() == timedelta(0)


@given(MOMENTS, MOMENTS)
def test_the_order_of_the_texts_is_the_order_of_the_times(one, other):
    """H45: text and time sort alike, so that the file can be asked for the latest."""
    assert (utc_text(one) < utc_text(other)) is (one < other)


def test_the_hour_that_comes_twice_is_two_hours():
    """H16, H45: 02:40 summer time and 02:40 winter time are an hour apart in the file."""
    summer = datetime(2026, 10, 25, 2, 40, tzinfo=timezone(timedelta(hours=2)))
    winter = datetime(2026, 10, 25, 2, 40, tzinfo=timezone(timedelta(hours=1)))
    assert utc_text(summer) == "2026-10-25T00:40:00.000000+00:00"
    assert utc_text(winter) == "2026-10-25T01:40:00.000000+00:00"


def test_a_naive_time_is_refused(store):
    """H45: nobody can say which moment a time without an offset means."""
    with pytest.raises(ValueError, match="without its offset"):
        add(store, Measurement, measured_at=datetime(2026, 11, 20, 10, 0))  # noqa: DTZ001


def test_a_naive_time_of_saving_is_refused(store):
    with pytest.raises(ValueError, match="without its offset"):
        add(store, Measurement, at=datetime(2026, 11, 20, 10, 0))  # noqa: DTZ001


@pytest.mark.parametrize("wrong", ["2026-11-20T10:00:00+00:00", date(2026, 11, 20), 0])
def test_only_a_time_is_a_time(store, wrong):
    with pytest.raises(TypeError, match="aware datetime"):
        add(store, Measurement, measured_at=wrong)


@pytest.mark.parametrize("wrong", [NOW, "2026-06-01", 20260601])
def test_only_a_day_is_a_day(store, wrong):
    with pytest.raises(TypeError, match="a day is a date"):
        add(store, Infant, hospital_number="T 2", born=wrong)


@given(
    st.decimals(min_value=0, max_value=100, places=4, allow_nan=False, allow_infinity=False),
)
def test_an_exact_number_comes_back_exact(value):
    text = decimal_text(value)
    assert Decimal(text) == value
    assert text == decimal_text(Decimal(text))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal(0), "0"),
        (Decimal("0.50"), "0.5"),
        (Decimal("1E+1"), "10"),
        (Decimal("100.000"), "100"),
        (Decimal("-0"), "0"),
        (Decimal("7.25"), "7.25"),
    ],
)
def test_an_exact_number_has_one_text(value, text):
    assert decimal_text(value) == text


@pytest.mark.parametrize("wrong", [0.5, 15, "15", True])
def test_an_exact_number_is_never_a_float(store, wrong):
    """Finding 9: a binary float never reaches the file."""
    with pytest.raises(TypeError, match="Decimal"):
        add(store, BloodCount, neutrophils_percent=wrong)


@pytest.mark.parametrize("wrong", ["NaN", "sNaN", "Infinity", "-1"])
def test_what_is_no_number_is_refused(store, wrong):
    """H22, finding 8: NaN would be kept as nothing at all."""
    with pytest.raises(ValueError, match="not a number"):
        add(store, BloodCount, neutrophils_percent=Decimal(wrong))


def test_more_digits_than_can_be_measured_are_refused(store):
    with pytest.raises(Refused, match="more digits"):
        add(store, BloodCount, neutrophils_percent=Decimal(1) / Decimal(3))


@pytest.mark.parametrize("wrong", [6.85, "6850", "3,5", True, Decimal(6850)])
def test_a_whole_number_is_an_int(store, wrong):
    """H1, H4: neither a text nor a fraction becomes grams."""
    with pytest.raises(TypeError, match="whole number"):
        add(store, Measurement, weight_g=wrong)


def test_a_truth_value_is_a_bool(store):
    with pytest.raises(TypeError, match="truth value"):
        add(store, Task, site_value=1)


@pytest.mark.parametrize("text", ["Łucja Ñandú 王小明", "Nguyễn Thị", "a\nb\tc", "👶", "x" * 5000])
def test_any_text_comes_back_as_it_was_typed(text):
    assert words_text(text) == text


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "broken \udfff name"])
def test_a_text_that_no_file_can_hold_is_refused(store, text):
    with pytest.raises(Refused, match="cannot be kept"):
        add(store, Infant, hospital_number="T 2", family=text)


def test_only_a_text_is_a_text(store):
    with pytest.raises(TypeError, match="a text is a str"):
        add(store, Infant, hospital_number=417)


def test_times_come_back_in_utc(store):
    from bedside.store.queries import one

    local = datetime(2026, 11, 20, 11, 0, tzinfo=timezone(timedelta(hours=1)))
    row_id = add(store, Measurement, measured_at=local)
    with store.reading() as connection:
        read = one(connection, Measurement, row_id).measured_at
    assert read == local
    assert read.tzinfo is UTC
