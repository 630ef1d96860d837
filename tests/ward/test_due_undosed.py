"""Doses of today whose amount is not known here are said where nurses look, never left to a green tick."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bedside.demonstration import make_demonstration_ward
from bedside.protocol.site_values import NO_SITE_VALUES, SiteDose
from bedside.units.quantities import DoseRate
from bedside.ward.board import board
from bedside.ward.board_dlt import judge_board
from bedside.ward.board_orders import told_of
from bedside.ward.facts import facts_of
from bedside.ward.standing import doses_today, standing_of
from bedside.ward.where import where_are_we
from tests.made_wards import copy_demonstration
from tests.ward.wards import Bench

BERLIN = ZoneInfo("Europe/Berlin")


def lines(bench: Bench) -> list[str]:
    facts = facts_of(bench.ward, bench.infant)
    told = told_of(bench.ward, facts, standing_of(bench.ward, facts))
    return [item.headline for item in told.items if "not known here" in item.headline]


def test_the_list_and_the_first_page_say_that_todays_doses_are_not_known(tmp_path: Path) -> None:
    """The demonstration's Tobi, day 8 of Induction of AALL15P1: its days are public, no dose is."""
    now = datetime(2026, 11, 20, 10, 42, tzinfo=BERLIN)
    copy_demonstration(now, tmp_path / "ward")
    ward = make_demonstration_ward(tmp_path / "ward", lambda: now)
    judge_board(ward)
    row = next(one for one in board(ward).rows if one.family == "OYELARAN")
    page = where_are_we(ward, row.infant_id)
    assert page.mark == "unknown"
    assert page.answer_tail == "Today's doses are not known here."
    (item,) = [one for one in row.held if "not known here" in one.headline]
    assert (item.mark, item.door, item.brief) == ("unknown", "commission", "from your own protocol")
    assert "DAUNOrubicin" in item.headline
    assert item.details[0] == "from your own protocol, checked by two people"
    ward.store.close()


def test_once_the_site_has_entered_them_nothing_is_said(bench: Bench) -> None:
    bench.site()
    bench.enrol()
    bench.weigh()
    assert lines(bench)
    facts = facts_of(bench.ward, bench.infant)
    bench.ward.values = replace(
        NO_SITE_VALUES,
        protocol="aall15p1",
        edition="invented",
        doses={
            (dose.course_key, dose.drug, dose.route): SiteDose(DoseRate(7, "mg", "dose"))
            for dose in doses_today(bench.ward, facts)
        },
    )
    assert lines(bench) == []


def test_a_day_without_a_dose_stays_going_on_as_planned(bench: Bench) -> None:
    """Azacitidine's dose is public: nothing of it is said."""
    bench.open_epi_1()
    assert lines(bench) == []
