"""The whole-treatment roadmap of each protocol prints: no sentence of the program is too long for it."""

from pathlib import Path

import pytest

from bedside.ward.printing import make_paper
from tests.documents.reading import text_of
from tests.ward.wards import NURSE, Bench

ENTERED = {"elsewhere": "entered while entry was open", "study_number": "INT-0042"}


@pytest.mark.parametrize("protocol", ["aall15p1", "interfant06", "interfant06-blinatumomab"])
def test_the_whole_treatment_prints(tmp_path: Path, protocol: str) -> None:
    bench = Bench(tmp_path / "ward")
    bench.site()
    other = {"protocol_key": protocol, **ENTERED}
    bench.enrol(**({} if protocol == "aall15p1" else other))
    bench.at(2026, 9, 1, 10, 0)
    bench.weigh()
    bench.count(640, 86000)
    made = make_paper(bench.ward, bench.infant, "whole-treatment", tmp_path, who=NURSE)
    said = text_of(Path(made.path).read_bytes())
    assert "WHOLE TREATMENT" in said
    assert "Start rules" in said
