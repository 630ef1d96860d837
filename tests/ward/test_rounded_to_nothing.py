"""A dose that rounds to nothing, of a drug that comes in tablets: blocked in words, and no page ends in it."""

from pathlib import Path

from bedside.ward.downtime_sheets import downtime_sheets
from bedside.ward.facts import facts_of
from bedside.ward.orders import order_board
from bedside.ward.printing import paper_choices
from tests.ward.day_bench import VALUES, Bench, make_paper
from tests.ward.test_hours_shown import in_interim
from tests.ward.wards import NURSE

TABLETS = (
    VALUES
    + """
[[drug]]
drug = "mercaptopurine"
rounding = { name = "whole tablets, to 50 mg", step = 50, most-percent = 10 }
tablet = { value = 50, unit = "mg", parts = 1 }

[[dose]]
course = "interim-maintenance"
drug = "mercaptopurine"
route = "PO or NG"
value = 50
unit = "mg per m2"
"""
)


def test_orders_papers_roadmap_and_downtime_sheets_say_that_nothing_is_left_of_the_dose(
    tmp_path: Path,
) -> None:
    bench = Bench(tmp_path / "ward")
    in_interim(bench, TABLETS)
    ward, infant = bench.ward, bench.infant
    rows = order_board(ward, infant).rows
    said = [" ".join(row.why_not) for row in rows if row.name.startswith("mercaptopurine")]
    assert said
    assert all("rounds to nothing" in words for words in said)
    assert paper_choices(ward, facts_of(ward, infant))
    assert downtime_sheets(ward, who=NURSE)
    assert make_paper(ward, infant, "roadmap:interim-maintenance", tmp_path, who=NURSE)
