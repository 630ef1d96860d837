"""Doses by mouth of the demonstration's infants in Maintenance."""

from datetime import datetime
from pathlib import Path

from bedside.demonstration import make_demonstration_ward
from bedside.ward.facts import facts_of_all
from bedside.ward.titration_page import maintenance_page
from tests.made_wards import copy_demonstration
from tests.ward.wards import BERLIN


def test_the_demonstration_has_a_raise_to_decide(tmp_path: Path) -> None:
    """The demonstration's infant in cycle 2: begun, halved, resumed, and a raise today."""
    now = datetime(2026, 11, 20, 10, 42, tzinfo=BERLIN)
    copy_demonstration(now, tmp_path / "demo")
    ward = make_demonstration_ward(tmp_path / "demo", lambda: now)
    beds = {facts.infant.bed: facts.infant.id for facts in facts_of_all(ward)}
    shown = maintenance_page(ward, beds["7"])
    assert "DEMONSTRATION, invented" in shown.rule
    assert [row.dose.partition(",")[0] for row in shown.decisions] == [
        "100 %", "100 %", "50 %", "50 %", "100 %", "100 %",
    ]  # fmt: skip
    assert {row.decision for row in shown.decisions} == {"accepted"}
    assert [drug.action for drug in shown.drugs] == ["raise", "resume"]
    waits_for = "is NOT VERIFIED yet and is not counted."
    assert any(words.endswith(waits_for) for words in shown.drugs[1].cautions)
    other = maintenance_page(ward, beds["9"])
    assert "Interfant-06 is not public" in other.blocked_by[0]
    assert [row.dose for row in other.decisions] == ["6.5 mg", "18 mg"]
    ward.store.close()
