"""May EPI #1 start? Judged on recorded facts, at the edges (hazards H13, H14, H15, H22)."""

from datetime import date, timedelta

import pytest

from bedside.ward.facts import facts_of
from bedside.ward.forms import NewToxicity
from bedside.ward.gates import Gate, judge_gate
from bedside.ward.standing import standing_of
from bedside.ward.toxicities import answer_resolved, record_toxicity
from tests.ward.wards import DOCTOR, NURSE, Bench


def gate(bench: Bench) -> Gate:
    facts = facts_of(bench.ward, bench.infant)
    return judge_gate(bench.ward, facts, facts.protocol.course("epi-1"), bench.ward.now())


@pytest.mark.parametrize(
    ("anc", "platelets", "opens"),
    [(500, 50_000, True), (499, 50_000, False), (500, 49_999, False), (0, 50_000, False)],
)
def test_edges(bench: Bench, anc: int, platelets: int, opens: bool) -> None:
    """H14: 500 and 50 000 open, one cell fewer closes, an ANC of zero is a value."""
    bench.ready_for_epi_1(anc, platelets)
    assert gate(bench).open is opens


@pytest.mark.parametrize(("anc", "platelets"), [(None, 60_000), (700, None)])
def test_a_missing_value_is_unknown(bench: Bench, anc: int | None, platelets: int | None) -> None:
    """H22: what was not counted never passes."""
    bench.site()
    bench.enrol()
    bench.at(2026, 10, 7, 8, 0)
    bench.weigh()
    bench.count(anc, platelets)
    answer_resolved(bench.ward, bench.infant, "yes", who=DOCTOR)
    judged = gate(bench)
    assert judged.open is None
    assert any("not recorded" in reason for reason in judged.reasons)


def test_pending_beats_an_older_good_value(bench: Bench) -> None:
    bench.ready_for_epi_1()
    assert gate(bench).open is True
    bench.at(2026, 10, 7, 14, 0)
    bench.count(None, 90_000, anc_state="pending")
    assert gate(bench).open is None


def test_not_done_falls_back_to_the_last_value(bench: Bench) -> None:
    bench.ready_for_epi_1()
    bench.at(2026, 10, 7, 14, 0)
    bench.count(None, 90_000, anc_state="not done")
    assert gate(bench).open is True


def test_a_count_too_old_is_unknown(bench: Bench) -> None:
    bench.ready_for_epi_1()
    bench.at(2026, 10, 9, 8, 0)
    assert gate(bench).open is True  # 48 hours exactly
    bench.at(2026, 10, 9, 8, 1)
    assert gate(bench).open is None


@pytest.mark.parametrize("answer", ["no", None])
def test_only_an_explicit_yes_opens(bench: Bench, answer: str | None) -> None:
    """H15: no closes, unanswered is unknown."""
    bench.site()
    bench.enrol()
    bench.at(2026, 10, 7, 8, 0)
    bench.count(700, 60_000)
    if answer == "no":
        answer_resolved(bench.ward, bench.infant, "no", who=DOCTOR)
    assert gate(bench).open is (False if answer == "no" else None)


def test_a_toxicity_after_the_answer_asks_again(bench: Bench) -> None:
    """H15: the answer does not outlive a new toxicity."""
    bench.ready_for_epi_1()
    bench.at(2026, 10, 7, 10, 0)
    record_toxicity(
        bench.ward,
        bench.infant,
        NewToxicity("Vomiting", 2, date(2026, 10, 7), "", ""),
        who=NURSE,
    )
    judged = gate(bench)
    assert judged.open is None
    assert "ask again" in " ".join(judged.reasons)


@pytest.mark.parametrize(("kind", "opens"), [("shared-care", False), ("unknown", None)])
def test_only_a_tertiary_centre(bench: Bench, kind: str, opens: bool | None) -> None:
    """H13: azacitidine is given at a tertiary centre only; not entered is unknown."""
    bench.ready_for_epi_1()
    bench.site(kind)
    assert gate(bench).open is opens


@pytest.mark.parametrize("kmt2a", ["unknown", "not-evaluable"])
def test_gene_not_known_is_unknown(bench: Bench, kmt2a: str) -> None:
    """H12: only KMT2A-rearranged infants go on to EPI #1."""
    bench.site()
    bench.enrol(kmt2a)
    bench.at(2026, 10, 7, 8, 0)
    bench.count(700, 60_000)
    assert gate(bench).open is None


def test_germline_leaves_after_induction(bench: Bench) -> None:
    bench.site()
    bench.enrol("germline")
    bench.at(2026, 10, 7, 8, 0)
    standing = standing_of(bench.ward, facts_of(bench.ward, bench.infant))
    assert standing.next is None
    assert "germline" in standing.next_words


def test_a_specimen_of_the_future_does_not_count(bench: Bench) -> None:
    """P17: a count is judged by the time it was taken."""
    bench.ready_for_epi_1()
    facts = facts_of(bench.ward, bench.infant)
    before = bench.ward.now() - timedelta(hours=1)
    judged = judge_gate(bench.ward, facts, facts.protocol.course("epi-1"), before)
    assert judged.open is None
