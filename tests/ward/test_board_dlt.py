"""The ward list says each infant's DLT state, read after the first paint and only where something changed."""

from datetime import date

import pytest
from msgspec.structs import replace

from bedside.units.refusal import Refused
from bedside.ward import board_dlt
from bedside.ward.board import board
from bedside.ward.board_dlt import judge_board
from bedside.ward.dlt_deciding import decide
from bedside.ward.dlt_page import dlt_page
from bedside.ward.views.marks import DltLine
from bedside.ward.ward import Ward
from tests.ward.test_demonstration import ward  # noqa: F401  (the demonstration, as a fixture)


def line(ward: Ward, bed: str) -> DltLine:  # noqa: F811
    return next(row.dlt for row in board(ward).rows if row.bed == bed)


def infant(ward: Ward, bed: str) -> int:  # noqa: F811
    return next(row.infant_id for row in board(ward).rows if row.bed == bed)


def test_before_the_first_paint_only_the_period_is_read(ward: Ward) -> None:  # noqa: F811
    assert line(ward, "6").state == "open"
    assert line(ward, "5").decisions_due == 0
    assert ward.kept_dlt is None


SAID = {
    "1": ("not started", "not started", "opens on EPI #1 day 1", 0),
    "2": ("open", "open, day 50", "until counts allow EPI #4", 0),
    "5": ("open", "open, day 23", "until counts allow EPI #4", 2),
    # fibrinogen "at least grade 2" may have been more: it is asked, beside triglycerides
    "6": ("DLT", "DLT", "Sepsis grade 4", 2),
    "7": ("closed without DLT", "closed, no DLT", "on 16-Jul-2026", 0),
    "9": ("not in this protocol", "not in this protocol", "", 0),
}


def test_the_list_says_the_state_and_what_is_due(ward: Ward) -> None:  # noqa: F811
    judge_board(ward)
    shown = {row.bed: row for row in board(ward).rows}
    for bed, said in SAID.items():
        dlt = shown[bed].dlt
        last = "".join(dlt.details[-1:])
        assert (dlt.state, dlt.headline, last, dlt.decisions_due) == said
        if dlt.state != "not in this protocol":
            page = dlt_page(ward, shown[bed].infant_id)
            assert (page.state, sum(row.due for row in page.rows)) == (said[0], said[3])


def test_only_an_infant_of_whom_something_was_recorded_is_read_again(
    ward: Ward,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    judge_board(ward)
    before = line(ward, "5")
    read: list[int] = []
    whole = board_dlt.evaluation_of

    def counted(ward_: Ward, facts: object, rule: object) -> object:
        read.append(facts.infant.id)  # type: ignore[attr-defined]
        return whole(ward_, facts, rule)  # type: ignore[arg-type]

    monkeypatch.setattr(board_dlt, "evaluation_of", counted)
    assert line(ward, "5") == before and read == []
    infant_id = infant(ward, "5")
    row = next(row for row in dlt_page(ward, infant_id).rows if row.due)
    decide(
        ward,
        infant_id,
        row.toxicity_id,
        "does not count",
        physician="Dr I. Halvorsen",
        reason="expected under the protocol",
        facts=row.facts,
        who="E. Berg, RN",
    )
    assert line(ward, "5").decisions_due == before.decisions_due - 1
    assert read == [infant_id]


def test_closed_but_asked_is_said_as_not_yet_decided(ward: Ward) -> None:  # noqa: F811
    judge_board(ward)
    from bedside.ward.dlt import evaluation_of
    from bedside.ward.facts import facts_of
    from bedside.ward.infants import dlt_line

    facts = facts_of(ward, infant(ward, "5"))
    found = evaluation_of(ward, facts)
    assert found is not None
    closed = replace(found.review, closed=date(2026, 11, 20))
    said = board_dlt.short_line(closed, dlt_line(ward, facts))
    assert (said.headline, said.details) == ("not yet decided", ("closed 20-Nov-2026",))


def test_a_rule_that_cannot_be_read_leaves_the_period_and_the_list(
    ward: Ward,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object) -> None:
        raise Refused("no rule")

    monkeypatch.setattr(board_dlt, "rule_in_force", refuse)
    judge_board(ward)
    assert (line(ward, "6").state, line(ward, "6").decisions_due) == ("open", 0)
