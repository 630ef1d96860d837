"""The pharmacist verifies beside the weight with its date, the counts and the start rule (H4, H6)."""

from bedside.ward.counting import void_counts
from bedside.ward.facts import facts_of
from bedside.ward.order_acts import prescribe
from bedside.ward.orders import order_board
from bedside.ward.verify_facts import verify_lines
from tests.ward.ordered import BAND, OKONJO, PHYSICIAN, rows
from tests.ward.wards import NURSE, Bench


def told(bench: Bench) -> dict[str, tuple[str, str]]:
    shown = order_board(bench.ward, bench.infant).rows
    lines = verify_lines(bench.ward, bench.infant, shown)
    return {line.head: (line.mark, line.words) for line in lines}


def test_weight_counts_and_rule_with_their_dates(bench: Bench) -> None:
    bench.open_epi_1()
    prescribe(
        bench.ward, bench.infant, rows(bench.ward, bench.infant, 1), BAND, OKONJO, who=PHYSICIAN
    )
    seen = told(bench)
    assert seen["Weight of the order"] == ("go", "6.2 kg, 07-Oct-2026 08:00, Test Nurse, RN")
    assert seen["Length"][1] == "62 cm, 07-Oct-2026 08:00"
    assert "07-Oct-2026 08:00" in seen["Newest count"][1]
    assert seen["Start rule of EPI #1"] == ("go", "met, opened, day 1 07-Oct-2026")
    assert (
        seen["Neutrophils, ANC"][0] == "go" and "needs at least 500" in seen["Neutrophils, ANC"][1]
    )
    assert verify_lines(bench.ward, bench.infant, ()) == ()

    bench.at(2026, 10, 7, 12, 0)
    bench.weigh(6250)
    mark, words = told(bench)["Weight of the order"]
    assert mark == "hold" and "a NEWER weight: 6.25 kg, 07-Oct-2026 12:00" in words
    count = facts_of(bench.ward, bench.infant).counts[-1].id
    void_counts(bench.ward, count, "another infant's", who=NURSE)
    seen = told(bench)
    assert seen["Newest count"] == ("unknown", "none is on record")
    mark, words = seen["Start rule of EPI #1"]
    assert mark in ("stop", "unknown") and words.startswith(("NOT met", "UNKNOWN"))
