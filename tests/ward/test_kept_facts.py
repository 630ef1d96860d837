"""The ward list keeps what it read; whatever is recorded stands on it at once, as if read anew."""

from datetime import date

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
        assert kept[0] == facts_of(bench.ward, first)
    assert len(facts_of_all(bench.ward)) == 2


def test_nothing_is_read_again_while_nothing_is_recorded(bench: Bench) -> None:
    bench.enrol()
    (first,) = facts_of_all(bench.ward)
    (again,) = facts_of_all(bench.ward)
    assert first is again
