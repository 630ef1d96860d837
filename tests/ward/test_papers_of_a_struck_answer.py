"""A roadmap printed on an answer that is struck out afterwards does not go on being up to date (H30).

Found by the random walk over the ward's acts.
"""

from pathlib import Path

from bedside.ward.corrections import correctable, strike_out
from bedside.ward.dosing import doses_page
from bedside.ward.printing import make_paper, paper_content
from tests.ward.wards import DOCTOR, NURSE, Bench

ROADMAP = "roadmap:epi-1"


def test_a_struck_answer_blocks_the_block_on_its_roadmap_too(bench: Bench, tmp_path: Path) -> None:
    bench.open_epi_1()
    make_paper(bench.ward, 1, ROADMAP, tmp_path, who=NURSE)
    assert [paper.out_of_date for paper in doses_page(bench.ward, 1).printed] == [""]
    assert "NOTHING OF THIS BLOCK" not in paper_content(bench.ward, 1, ROADMAP)
    (answer,) = [one for one in correctable(bench.ward, 1) if one.kind == "answer"]
    strike_out(bench.ward, 1, "answer", answer.record_id, "another infant", who=DOCTOR)
    (paper,) = doses_page(bench.ward, 1).printed
    assert paper.out_of_date.startswith("changed since: of the doses now: ")
    assert "NOTHING OF THIS BLOCK" in paper.out_of_date
    assert "NOTHING OF THIS BLOCK MAY BE GIVEN" in paper_content(bench.ward, 1, ROADMAP)
