"""The ward's record during a blind pass: what is public is kept from who types it, and from nobody else."""

from bedside.ward.audit_reader import record_of_ward
from bedside.ward.audit_words import WHILE_IT_IS_TYPED
from bedside.ward.commission_compare import withdraw
from bedside.ward.commission_facts import group_facts
from bedside.ward.commissioning import begin_pass
from tests.ward.commissioned import KELLER, OKONJO, commission
from tests.ward.wards import Bench

P = "aall15p1"


def test_the_record_keeps_the_settings_from_whoever_types_them_blind(bench: Bench) -> None:
    """The page People and site hid them, and the record beside it told each with telephone numbers."""
    bench.site()

    def told(who: str) -> str:
        return "\n".join(str(one.fields) for one in record_of_ward(bench.ward, who=who).lines)

    before = told("")
    assert "tertiary" in before and before == told(OKONJO)
    begin_pass(bench.ward, "site", "settings", who=OKONJO)
    assert "tertiary" not in told(OKONJO) + told("") and "tertiary" in told(KELLER)
    assert "not shown during your own blind pass" in told(OKONJO)


def test_the_record_tells_the_public_value_to_whoever_types_no_pass(bench: Bench) -> None:
    """Finding: after one look by a person with an open pass it was hidden from everybody, for ever."""
    commission(bench.ward, P, "epi-1")

    def told(who: str) -> bool:
        lines = record_of_ward(bench.ward, who=who).lines
        return any("Public source says" in dict(line.fields) for line in lines)

    assert told(KELLER) and told("") and told("C. Three, nurse")
    begin_pass(bench.ward, P, "epi-2", who=OKONJO)
    assert not told(OKONJO)
    assert not told("")  # nobody is named: it may be she
    assert told("C. Three, nurse")
    begin_pass(bench.ward, "interfant06", "ib", who="C. Three, nurse")
    assert not told("C. Three, nurse")


def test_who_types_a_pass_is_not_told_a_withdrawn_value_nor_why_it_was_withdrawn(
    bench: Bench,
) -> None:
    """Found by fresh eyes: "As read 5 days" stood beside her who retyped that very group."""
    ward = bench.ward
    commission(ward, P, "epi-1")

    def told(who: str) -> str:
        return " ".join(
            f"{one.summary} {one.struck} {one.fields}"
            for one in record_of_ward(ward, who=who).lines
            if one.kind.startswith("Commission")
        )

    assert "('As read', '5 days')" in told(OKONJO)
    of_group = group_facts(ward, P, "epi-1")
    (number, *_) = [key for key in of_group.values if key.endswith("/length")]
    withdraw(ward, P, number, "5 days was misread", who=KELLER)
    for retypes in (
        OKONJO,
        KELLER,
        "",
    ):  # both passes are open again; nobody named may be one of them
        assert "5 days" not in told(retypes), retypes
        assert f"('As read', '{WHILE_IT_IS_TYPED}')" in told(retypes)
    assert f"struck out: {WHILE_IT_IS_TYPED}" in told(OKONJO)
    third = "C. Three, nurse"
    assert "('As read', '5 days')" in told(third) and "5 days was misread" in told(third)
    begin_pass(ward, "interfant06", "ib", who=third)  # of a related scope
    assert "5 days" not in told(third)


def test_a_pass_is_called_a_pass_and_no_dose_of_the_day(bench: Bench) -> None:
    begin_pass(bench.ward, P, "epi-1", who=OKONJO)
    (line,) = [one for one in record_of_ward(bench.ward).lines if one.kind == "Commissioning pass"]
    assert dict(line.fields)["First or second pass, number"] == "1"
    assert "Dose of the day" not in line.summary
