"""How long a matched second check holds: its own day, or the site's own hours; said wherever it stands."""

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from bedside.units.refusal import Refused
from bedside.ward.check_standing import check_state
from bedside.ward.check_validity import rule_words, still_holds
from bedside.ward.giving_gate import why_not_give
from bedside.ward.second_check import check_sheet, record_first
from bedside.ward.site import save_site, site_form
from tests.ward.ordering import AZACITIDINE, FIRST, check, figures, measurable, order, signer
from tests.ward.wards import BERLIN, DOCTOR, Bench


@pytest.fixture
def epi(bench: Bench) -> Bench:
    """Day 1 of EPI #1, its dose released; it is 23:30."""
    bench.open_epi_1()
    bench.at(2026, 10, 7, 23, 30)
    measurable(bench.ward)
    order(bench.ward, bench.infant)
    return bench


def hours(bench: Bench, number: int) -> None:
    save_site(bench.ward, replace(site_form(bench.ward), check_hours=number), who=DOCTOR)


def state(bench: Bench):
    return check_state(bench.ward, bench.infant, *AZACITIDINE)


def test_by_default_a_check_holds_for_its_own_day(epi: Bench) -> None:
    check(epi.ward, epi.infant)
    assert state(epi).words.endswith("23:30; holds today")
    epi.at(2026, 10, 7, 23, 59)
    assert state(epi).stage == "matched"
    epi.at(2026, 10, 8, 0, 0)
    assert "on 07-Oct-2026, for that day only; count again" in state(epi).words
    assert why_not_give(epi.ward, epi.infant, AZACITIDINE)
    assert "for the day on which it was counted" in rule_words(epi.ward)


@pytest.mark.parametrize(
    ("number", "until"),
    [
        (1, datetime(2026, 10, 8, 0, 30, tzinfo=BERLIN)),
        (2, datetime(2026, 10, 8, 1, 30, tzinfo=BERLIN)),
        (24, datetime(2026, 10, 8, 23, 30, tzinfo=BERLIN)),
    ],
)
def test_the_sites_hours_go_past_midnight_and_end_to_the_minute(
    epi: Bench, number: int, until: datetime
) -> None:
    hours(epi, number)
    check(epi.ward, epi.infant)
    assert f"holds until 08-Oct-2026 {until:%H:%M}" in state(epi).words
    epi.clock.now = until - timedelta(seconds=1)
    assert state(epi).stage == "matched"
    assert f"holds until {until:%H:%M}" in state(epi).words
    epi.clock.now = until
    assert state(epi).stage == "not checked"
    assert f"at 07-Oct-2026 23:30, until 08-Oct-2026 {until:%H:%M}" in state(epi).words


def test_a_first_count_waits_no_longer_than_that(epi: Bench) -> None:
    hours(epi, 1)
    right = figures(epi.ward, epi.infant)
    record_first(epi.ward, epi.infant, AZACITIDINE, right, signer(epi.ward, FIRST), who=FIRST)
    epi.at(2026, 10, 8, 0, 29)
    assert state(epi).stage == "first counted"
    epi.at(2026, 10, 8, 0, 30)
    assert state(epi).stage == "not checked"


def test_hours_that_are_shorter_than_the_day_end_it_the_same_day(epi: Bench) -> None:
    epi.at(2026, 10, 7, 9, 0)
    at = epi.clock()
    hours(epi, 3)
    epi.at(2026, 10, 7, 12, 0)
    assert not still_holds(epi.ward, at)
    epi.at(2026, 10, 7, 11, 59)
    assert still_holds(epi.ward, at)


def test_the_page_of_the_check_says_it(epi: Bench) -> None:
    hours(epi, 12)
    assert check_sheet(epi.ward, epi.infant, AZACITIDINE).holds == (
        "A check that matches holds for 12 hours here (site setting)."
    )
    hours(epi, 1)
    assert "holds for 1 hour here" in rule_words(epi.ward)


@pytest.mark.parametrize("number", [-1, 25])
def test_other_hours_are_refused(epi: Bench, number: int) -> None:
    with pytest.raises(Refused, match=r"1 to 24 hours"):
        hours(epi, number)
    assert epi.ward.site.check_hours == 0
