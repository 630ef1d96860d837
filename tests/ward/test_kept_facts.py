"""The ward list keeps what it read; whatever is recorded stands on it at once, as if read anew."""

from datetime import date

from msgspec.structs import replace

from bedside.ward.courses import open_course
from bedside.ward.facts import InfantFacts, facts_of, facts_of_all
from bedside.ward.toxicities import answer_resolved
from tests.ward.wards import DOCTOR, Bench


def read_anew(bench: Bench) -> tuple[InfantFacts, ...]:
    bench.ward.kept_facts.clear()
    return facts_of_all(bench.ward)


def test_what_is_kept_is_what_would_be_read(bench: Bench) -> None:
    bench.site()
    first = bench.enrol()
    assert facts_of_all(bench.ward) == read_anew(bench)
    bench.at(2026, 10, 7, 8, 0)
    steps = (
        bench.weigh,
        lambda: bench.count(640, 86_000),
        lambda: answer_resolved(bench.ward, first, "yes", who=DOCTOR),
        lambda: open_course(bench.ward, first, "epi-1", date(2026, 10, 7), who=DOCTOR),
        lambda: bench.site("shared-care"),
        lambda: bench.enrol(hospital_number="T 002", given="Eva", bed="2", study_number="2"),
    )
    for step in steps:
        step()
        kept = facts_of_all(bench.ward)
        assert [facts.infant.id for facts in kept] == sorted(facts.infant.id for facts in kept)
        assert kept == read_anew(bench)
        assert kept[0] == facts_of(bench.ward, first) == facts_of(bench.ward, first)
    assert len(facts_of_all(bench.ward)) == 2


def test_nothing_is_read_again_while_nothing_is_recorded(bench: Bench) -> None:
    bench.enrol()
    (first,) = facts_of_all(bench.ward)
    (again,) = facts_of_all(bench.ward)
    assert first is again


def test_the_facts_of_a_page_are_read_once_and_anew_after_each_record(bench: Bench) -> None:
    bench.site()
    first = bench.enrol()
    second = bench.enrol(hospital_number="T 002", given="Eva", bed="2", study_number="2")
    facts = facts_of(bench.ward, first)
    assert facts_of(bench.ward, first) is facts
    assert facts_of(bench.ward, second).infant.id == second  # never those of the infant before
    bench.infant = first
    facts_of(bench.ward, first)
    bench.weigh(4500)
    weight = facts_of(bench.ward, first).weight(bench.ward.now())
    assert weight is not None and weight.weight_g == 4500


def test_a_ward_as_of_earlier_and_other_values_read_for_themselves(bench: Bench) -> None:
    first = bench.enrol()
    facts = facts_of(bench.ward, first)
    then = bench.ward.as_it_stood(bench.ward.now())
    assert facts_of(then, first) is not facts
    assert facts_of(bench.ward, first) is facts  # what another ward reads does not push it out
    bench.ward.values = replace(bench.ward.values, edition="2", lengths={"epi-1": 9})
    assert facts_of(bench.ward, first) is not facts
