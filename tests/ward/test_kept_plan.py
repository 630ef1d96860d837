"""The plan that was worked out last is kept, and never outlives what it rests on."""

from datetime import date

from msgspec.structs import replace

from bedside.protocol.site_values import NO_SITE_VALUES
from bedside.store.records import Hold
from bedside.ward.facts import facts_of
from bedside.ward.standing import projection_of
from tests.ward.wards import DOCTOR, Bench


def test_the_kept_plan_goes_with_facts_day_and_values(bench: Bench) -> None:
    bench.open_epi_1()
    facts = facts_of(bench.ward, bench.infant)
    first = projection_of(bench.ward, facts)
    assert projection_of(bench.ward, facts) is first
    assert projection_of(bench.ward, replace(facts)) == first  # other facts, worked out anew
    with bench.ward.store.change(DOCTOR, "held", bench.ward.now()) as change:
        change.add(
            Hold,
            infant_id=bench.infant,
            course_key="epi-1",
            drug="",
            from_on=date(2026, 10, 8),
            until_on=date(2026, 10, 9),
            reason="fever",
        )
    held = projection_of(bench.ward, facts_of(bench.ward, bench.infant))
    assert [dose.on.day for dose in held.course("epi-1").doses] == [7, 10, 11, 12, 13]
    bench.at(2026, 11, 30, 9, 0)  # what has not begun does not lie in the past
    later = projection_of(bench.ward, facts)
    assert later.course("consolidation").start != first.course("consolidation").start
    bench.ward.values = replace(
        NO_SITE_VALUES, protocol="aall15p1", edition="1", lengths={"consolidation": 40}
    )
    facts = facts_of(bench.ward, bench.infant)
    assert projection_of(bench.ward, facts).course("epi-2").start is not None
