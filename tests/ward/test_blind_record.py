"""The ward's record during a blind pass: what is public is kept from who types it, and from nobody else."""

from bedside.ward.audit_reader import record_of_ward
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
