"""`calc infusion`: the vial clock in real minutes, on any night of the year (hazards H16, H45)."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st


def infusion(calc: Any, at: str, minutes: str) -> dict[str, Any]:
    """The vial clock as JSON."""
    ran = calc("infusion", "--reconstituted", at, "--minutes", minutes, "--json")
    assert (ran.code, ran.err) == (0, ""), ran.err
    return json.loads(ran.out)


def test_the_night_the_clock_goes_back(calc: Any) -> None:
    """H16, H45: 02:40 summer time; real minutes, in the offset that was given."""
    found = infusion(calc, "2026-10-25T02:40+02:00", "30")
    assert found["finish_by"] == "2026-10-25T03:25:00+02:00"
    assert found["latest_start"] == "2026-10-25T02:55:00+02:00"
    start = datetime.fromisoformat("2026-10-25T02:40+02:00")
    assert datetime.fromisoformat(found["finish_by"]) - start == timedelta(minutes=45)
    assert datetime.fromisoformat(found["latest_start"]) - start == timedelta(minutes=15)


@pytest.mark.parametrize(
    ("at", "minutes", "latest", "finish"),
    [
        ("2026-11-20T10:00Z", "10", "2026-11-20T10:35:00+00:00", "2026-11-20T10:45:00+00:00"),
        ("2026-11-20T10:00+00:00", "40", "2026-11-20T10:05:00+00:00", "2026-11-20T10:45:00+00:00"),
        ("2026-11-20T23:50-05:00", "40", "2026-11-20T23:55:00-05:00", "2026-11-21T00:35:00-05:00"),
        ("2026-11-20T10:00:30+05:45", "20", "2026-11-20T10:25:30+05:45",
         "2026-11-20T10:45:30+05:45"),
        ("2026-11-20 10:00+01:00", "20 min", "2026-11-20T10:25:00+01:00",
         "2026-11-20T10:45:00+01:00"),
    ],
)  # fmt: skip
def test_edges(calc: Any, at: str, minutes: str, latest: str, finish: str) -> None:
    found = infusion(calc, at, minutes)
    assert (found["latest_start"], found["finish_by"]) == (latest, finish)


@pytest.mark.parametrize(
    ("at", "minutes", "said"),
    [
        ("2026-10-25T02:40", "30", "offset"),
        ("02:40", "30", "2026-10-25T02:40+02:00"),
        ("2026-10-25T02:40+02:00", "9", "10 to 40"),
        ("2026-10-25T02:40+02:00", "41", "10 to 40"),
        ("2026-10-25T02:40+02:00", "0", "10 to 40"),
        ("2026-10-25T02:40+02:00", "30.5", "--minutes"),
        ("2026-10-25T02:40+02:00", "1e1", "exponent"),
        ("2026-10-25T02:40+02:00", "٣٠", "digits 0 to 9"),
        ("2026-10-25T02:40+02:00", "-30", "minus"),
        ("2026-10-25T02:40+02:00", "30 s", "--minutes"),
        ("2026-02-30T02:40+02:00", "30", "no such moment"),
        ("2026-10-25T24:40+02:00", "30", "no such moment"),
        ("9999-12-31T23:59+00:00", "30", "year"),
    ],
)
def test_refusals(calc: Any, at: str, minutes: str, said: str) -> None:
    ran = calc("infusion", "--reconstituted", at, "--minutes", minutes)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert len(ran.err.splitlines()) == 1


@settings(max_examples=60)
@given(
    st.integers(0, 15 * 366 * 24 * 60),
    st.integers(-720, 840),
    st.integers(10, 40),
)
def test_finish_is_45_real_minutes_after_reconstitution_and_the_start_leaves_the_infusion(
    calc_run: Any, after: int, offset: int, minutes: int
) -> None:
    """H16: in every offset, at every minute."""
    sign = "-" if offset < 0 else "+"
    zone = f"{sign}{abs(offset) // 60:02d}:{abs(offset) % 60:02d}"
    moment = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=after)
    at = f"{moment:%Y-%m-%dT%H:%M}{zone}"
    found = infusion(calc_run, at, str(minutes))
    begun = datetime.fromisoformat(at)
    finish = datetime.fromisoformat(found["finish_by"])
    assert finish - begun == timedelta(minutes=45)
    assert finish - datetime.fromisoformat(found["latest_start"]) == timedelta(minutes=minutes)
    assert found["finish_by"].endswith(zone)
