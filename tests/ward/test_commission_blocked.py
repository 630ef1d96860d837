"""What two people agree on against a public source: both stand for it, and it is blocked, never done."""

import pytest

from bedside.units.refusal import Refused
from bedside.ward.commission_blocked import is_blocked
from bedside.ward.commission_compare import accept, ask_again, comparison, withdraw
from bedside.ward.commission_facts import inventory_of
from bedside.ward.commission_state import not_commissioned
from bedside.ward.commissioning import enter, finish_pass
from tests.ward.commissioned import KELLER, OKONJO, type_all
from tests.ward.test_commissioning import EPI, LENGTH, WHY, P, state, values
from tests.ward.wards import Bench


def against_public(bench: Bench) -> None:
    for who in (KELLER, OKONJO):
        type_all(bench.ward, P, EPI, who, **{"epi-1__length": "6 days"})


def test_both_against_the_public_value_need_a_reason(bench: Bench) -> None:
    against_public(bench)
    (row,) = comparison(bench.ward, P, EPI, who="A. Looker, physician").unexplained
    assert (row.number_id, row.public) == (LENGTH, ("5 days",))
    assert LENGTH not in values(bench)
    assert state(bench).words == "9 of 10 numbers commissioned; 1 to settle"
    with pytest.raises(Refused, match="reason is needed"):
        accept(bench.ward, P, LENGTH, "  ", who=KELLER, other=OKONJO)
    with pytest.raises(Refused, match="one of the two"):
        accept(bench.ward, P, LENGTH, WHY, who="E. Berg, RN", other=OKONJO)
    for other in (KELLER, "E. Berg, RN"):
        with pytest.raises(Refused, match="Both who typed it stand for it"):
            accept(bench.ward, P, LENGTH, WHY, who=KELLER, other=other)
    for little in ("x", "amendment 4", "x x x x x x x x", "a b c d"):
        with pytest.raises(Refused, match="says too little"):
            accept(bench.ward, P, LENGTH, little, who=KELLER, other=OKONJO)
    with pytest.raises(Refused, match="at most"):
        accept(bench.ward, P, LENGTH, "x" * 501, who=KELLER, other=OKONJO)
    assert LENGTH not in values(bench)
    accept(bench.ward, P, LENGTH, "as  amendment 4 says", who=OKONJO, other=KELLER)
    assert values(bench)[LENGTH].reason == (
        f"as amendment 4 says (reason given by {OKONJO}; confirmed by {KELLER})"
    )
    row = next(
        r
        for r in comparison(bench.ward, P, EPI, who="A. Looker, physician").rows
        if r.number_id == LENGTH
    )
    assert row.state == "blocked" and row.public == ("5 days",)
    assert "amendment 4" in row.recorded and "Keller" in row.recorded and "Okonjo" in row.recorded


def test_what_the_program_blocks_is_never_called_done(bench: Bench) -> None:
    """Eyes 11: ten times the public dose, agreed by both, stood as "10 of 10" and "= done"."""
    dose = "epi-1/dose/azacitidine/iv"
    for who in (KELLER, OKONJO):
        type_all(bench.ward, P, EPI, who, **{dose.replace("/", "__"): "25 mg/kg"})
    accept(bench.ward, P, dose, WHY, who=KELLER, other=OKONJO)
    found = state(bench)
    assert (found.done, found.total, found.blocked, found.stage) == (9, 10, 1, "blocked")
    assert not found.complete
    assert found.words == (
        "9 of 10 numbers commissioned; 1 blocked against the public source: not used, two people "
        "settle it"
    )
    (clash,) = bench.ward.clashes(P)
    assert (clash.what, clash.drug) == (
        "dose",
        "azacitidine",
    ) and "two people settle" in clash.words
    course = bench.ward.protocols[P].course(EPI)
    assert "1 blocked" in not_commissioned(bench.ward, course)
    rows = {row.number_id: row for row in comparison(bench.ward, P, EPI, who=KELLER).rows}
    assert rows[dose].state == "blocked" and rows[dose].would_block
    with pytest.raises(Refused, match="not open here"):
        ask_again(bench.ward, P, EPI, (dose,), who=KELLER)
    withdraw(bench.ward, P, dose, "a slip of both", who=KELLER)
    assert state(bench).blocked == 0 and not bench.ward.clashes(P)


def test_both_may_type_it_again_instead_of_giving_a_reason(bench: Bench) -> None:
    against_public(bench)
    ask_again(bench.ward, P, EPI, (LENGTH,), who=KELLER)
    for who in (KELLER, OKONJO):
        enter(bench.ward, P, LENGTH, "5 days", who=who)
        finish_pass(bench.ward, P, EPI, who=who)
    assert values(bench)[LENGTH].canonical == "5 days" and state(bench).complete


def test_whether_a_value_would_be_blocked_is_known_for_each_public_number(bench: Bench) -> None:
    """A public value itself is never blocked, another one than the one stated always is."""
    protocol, inventory = bench.ward.protocols[P], inventory_of(bench.ward, P)
    numbers = [one for group in inventory.groups for one in group.numbers if one.public]
    assert len(numbers) > 60
    for number in numbers:
        assert not is_blocked(protocol, inventory, number, number.public_read()[0].canonical)
    disputed = inventory.number("maintenance/days/methotrexate/it")
    assert is_blocked(protocol, inventory, disputed, "2, 3")
    assert is_blocked(protocol, inventory, inventory.number(LENGTH), "50 days")
