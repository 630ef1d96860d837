"""A dose by mouth goes the same way as one by needle: prescribed, verified, released, checked by two, given."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from bedside.protocol.site_value_reader import read_site_values
from bedside.units.refusal import Refused
from bedside.ward.downtime_sheets import downtime_sheets, draw_downtime
from bedside.ward.given_doses import record_given
from bedside.ward.order_acts import prescribe, verify
from bedside.ward.orders import order_board, order_state
from bedside.ward.roles import role_book
from bedside.ward.timeline import timeline
from bedside.ward.views.check_state import Planned
from bedside.ward.where import where_are_we
from tests.documents.reading import pages_of, text_of
from tests.ward.day_bench import printed
from tests.ward.maintenance_bench import DAY_1, in_maintenance
from tests.ward.ordering import (
    PHARMACIST,
    PRESCRIBER,
    band,
    by,
    check,
    order,
    row_of,
    signer,
)
from tests.ward.wards import NURSE, Bench

ORAL: Planned = ("maintenance", 8, "methotrexate", "PO")
VALUES = """
protocol = "aall15p1"
edition  = "1"

[confirmed]
by = ["A. One", "B. Two"]
on = 2026-09-01

[site]
name = "Hospital"
place = "tertiary"
weight-age-days = 2

[[contact]]
role = "Pharmacy"
number = "1"

[[drug]]
drug = "methotrexate"
route = "PO"
rounding = { name = "to 0.5 mg", step = 0.5, most-percent = 10 }
concentration = { value = 2, unit = "mg" }
syringe-step-ml = 0.1

[[dose]]
course = "maintenance"
drug = "methotrexate"
route = "PO"
value = 0.7
unit = "mg per kg"
"""


@pytest.fixture
def day_8(bench: Bench, tmp_path) -> Bench:
    """Day 8 of Maintenance: by hand 0.7 mg per kg of 9 kg is 6.3 mg, to 0.5 mg 6.5 mg, 3.25 mL."""
    in_maintenance(bench)
    day = DAY_1 + timedelta(days=7)
    bench.at(day.year, day.month, day.day, 9, 0)
    bench.weigh(9000)
    file = tmp_path / "values.toml"
    file.write_text(VALUES, encoding="utf-8")
    bench.ward.values = read_site_values(file)
    return bench


@pytest.mark.parametrize("paper", ["day-sheet", "label"])
def test_a_weekly_dose_says_once_a_week_on_its_sheet_and_its_label(
    day_8: Bench, tmp_path, paper: str
) -> None:
    order(day_8.ward, day_8.infant, ORAL)
    made = printed(day_8, f"{paper}:maintenance:8:PO:methotrexate", tmp_path)
    said = " ".join(text_of(Path(made.path).read_bytes()).split())
    assert "ONCE A WEEK" in said
    assert "once" not in said.replace("at once", "")
    on = {"day-sheet": "by mouth, on Thu 08-Oct-2026 only", "label": "Thu 08-Oct"}
    assert on[paper] in said


def test_a_weekly_dose_says_once_a_week_on_every_page_of_the_roadmap(
    day_8: Bench, tmp_path
) -> None:
    """Found by eye: "6.5 mg, by mouth" stood at the head of a column beside a drug of every day."""
    made = printed(day_8, "roadmap:maintenance", tmp_path)
    pages = pages_of(Path(made.path).read_bytes())
    assert len(pages) > 1
    for page in pages:
        said = " ".join(page.split())
        assert said.count("ONCE A WEEK") == 1
        assert re.search(
            r"methotrexate 6\.5 mg ONCE A WEEK|methotrexate .{0,30}6\.5 mg ONCE A WEEK", said
        )


def test_a_weekly_dose_says_once_a_week_on_the_sheet_of_the_downtime(day_8: Bench) -> None:
    order(day_8.ward, day_8.infant, ORAL)
    (infant,) = downtime_sheets(day_8.ward, who=NURSE).infants
    routes = {dose.drug: dose.route for dose in infant.doses}
    assert routes["methotrexate"] == "by mouth, ONCE\u00a0A\u00a0WEEK, Maintenance day 8"
    assert "WEEK" not in routes["mercaptopurine"]


def test_every_other_paper_and_page_that_lists_it_says_once_a_week_too(day_8: Bench):
    """One line of one day reads as one of every day's: downtime sheet, timeline, page."""
    ward, infant = day_8.ward, day_8.infant
    order(ward, infant, ORAL)
    said = " ".join(text_of(draw_downtime(ward, who=NURSE)).split())
    assert said.count("by mouth, ONCE A WEEK") == 1
    assert "nasogastric tube, ONCE" not in said, "mercaptopurine is of every day"
    lanes = timeline(ward, infant).lanes
    planned = [
        dose.words
        for lane in lanes
        for dose in lane.doses
        if (dose.drug, dose.route) == ("methotrexate", "PO") and dose.on > ward.today()
    ]
    assert planned and all("ONCE A WEEK" in words.replace("\u00a0", " ") for words in planned)
    coming = " ".join(item.text for item in where_are_we(ward, infant).next_items).replace(
        "\u00a0", " "
    )
    assert "methotrexate ONCE A WEEK" in coming and "mercaptopurine ONCE" not in coming


def give(bench: Bench) -> int:
    return record_given(bench.ward, bench.infant, *ORAL, by(bench.ward, bench.infant), who=NURSE)


def test_no_step_is_left_out(day_8: Bench) -> None:
    ward, infant = day_8.ward, day_8.infant
    row = row_of(ward, infant, ORAL)
    assert (row.dose_words, row.why_not, row.state.stage) == ("6.5 mg", (), "not ordered")
    with pytest.raises(Refused, match="not prescribed yet"):
        give(day_8)
    prescribe(ward, infant, [row], band(ward, infant), signer(ward, PRESCRIBER), who=PRESCRIBER)
    with pytest.raises(Refused, match="not verified yet"):
        give(day_8)
    again = [row_of(ward, infant, ORAL)]
    verify(ward, infant, again, signer(ward, PHARMACIST), who=PHARMACIST)
    with pytest.raises(Refused, match="not released yet"):
        give(day_8)


def test_a_released_dose_by_mouth_waits_for_its_blind_check(day_8: Bench) -> None:
    order(day_8.ward, day_8.infant, ORAL)
    with pytest.raises(Refused, match="No blind second check"):
        give(day_8)
    assert check(day_8.ward, day_8.infant, ORAL).matched
    give(day_8)
    assert order_state(day_8.ward, day_8.infant, *ORAL).stage == "given"


def test_it_is_ordered_for_a_week_and_not_for_the_whole_of_maintenance(day_8: Bench) -> None:
    days = role_book().order["mouth"].days
    assert days == 7
    rows = order_board(day_8.ward, day_8.infant).rows
    last = day_8.ward.today() + timedelta(days=days - 1)
    mouth = [row for row in rows if row.key[3] in ("PO", "PO or NG")]
    assert mouth and all(row.on <= last for row in mouth)
    assert [row.day for row in rows if row.key[2] == "methotrexate"] == [8]


def test_the_file_of_roles_leaves_no_route_without_its_steps() -> None:
    """The ward's file keeps a dose as given only with a check by two, here or on paper."""
    for rule in role_book().order.values():
        assert rule.steps == ("prescribed", "verified", "released", "checked")
