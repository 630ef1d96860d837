"""Risk and arm on the ward: recorded once, corrected with a reason, never erased; what follows."""

from datetime import date, timedelta

import pytest

from bedside.store.queries import of_infant
from bedside.store.risk_records import RiskFact
from bedside.units.bounds import Bound, Sign
from bedside.units.quantities import Blasts, WhiteCells
from bedside.units.refusal import Refused
from bedside.ward.facts import facts_of
from bedside.ward.infants import banner
from bedside.ward.risk import risk_view
from bedside.ward.risk_recording import NOT_TO_BE_DONE, NewMrd, NewRisk, record_risk
from bedside.ward.standing import projection_of, standing_of
from tests.ward.wards import DOCTOR, INDUCTION, Bench

ELSEWHERE = "registered while entry was open"
MANY = WhiteCells(310_000)
DAY_8 = INDUCTION + timedelta(days=7)


@pytest.fixture
def infant(bench: Bench) -> Bench:
    """On Interfant-06: 3 completed months at diagnosis, KMT2A rearranged; the clock in December."""
    bench.enrol(elsewhere=ELSEWHERE, protocol_key="interfant06")
    bench.at(2026, 12, 1, 9, 0)
    return bench


def keep(bench: Bench, **form: object) -> None:
    record_risk(bench.ward, bench.infant, NewRisk(**form), who=DOCTOR)  # type: ignore[arg-type]


def view(bench: Bench):  # type: ignore[no-untyped-def]  # as returned
    return risk_view(bench.ward, bench.infant)


def course_keys(bench: Bench) -> list[str]:
    facts = facts_of(bench.ward, bench.infant)
    return [course.key for course in projection_of(bench.ward, facts).courses]


def test_nothing_recorded_is_not_yet_known(infant: Bench) -> None:
    seen = view(infant)
    assert (seen.group, seen.white_cells, seen.arm) == ("", "not recorded", "not recorded: ask")
    assert "white cells at diagnosis" in seen.ask
    assert seen.transplant.startswith("not yet known")
    assert "arm unknown" in seen.banner.protocol_text
    assert "risk group not yet known" in seen.banner.risk_text
    assert seen.path.endswith("(arm not recorded: ask; the risk group too)")


def test_white_cells_make_it_high_risk(infant: Bench) -> None:
    keep(infant, white_cells=MANY)
    seen = view(infant)
    assert (seen.group, seen.group_title, seen.ask) == ("HR", "high risk", "")
    assert seen.white_cells == "310\u202f000 per µL, 31-Aug-2026"
    assert seen.transplant.startswith("indicated: every HR infant")
    assert seen.replaces.startswith("replaces OCTADAD and Maintenance (worked out")
    assert any("20.9 % (standard error 3.4)" in line for line in seen.group_outcomes)
    assert not any("% %" in line or "23 %" in line for line in seen.group_outcomes)
    assert banner(infant.ward, infant.infant).risk_text.endswith("HR")


@pytest.mark.parametrize(
    ("sign", "per_ul", "group", "written"),
    [
        (">", 400_000, "HR", ">400\u202f000 per µL"),  # above 400 is certainly 300 or more
        (">", 300_000, "HR", ">300\u202f000 per µL"),
        (">", 299_000, "", ">299\u202f000 per µL"),  # may be 299.5: not yet known
        ("<", 300_000, "", "<300\u202f000 per µL"),  # the response to prednisone decides
    ],
)
def test_a_bound_is_kept_with_its_sign(
    infant: Bench, sign: Sign, per_ul: int, group: str, written: str
) -> None:
    """A laboratory that counts no further gives ">400": it is no number, and still enough for HR."""
    keep(infant, white_cells=Bound(sign, WhiteCells(per_ul)))
    seen = view(infant)
    assert seen.white_cells == f"{written}, 31-Aug-2026"
    assert seen.group == group
    asked = "white cells at diagnosis" in seen.ask
    assert asked is (sign == ">" and group == "")


def test_an_arm_is_recorded_as_allocated_elsewhere(infant: Bench) -> None:
    keep(infant, white_cells=MANY)
    keep(infant, arm="ADE/MAE", allocated_on=date(2026, 11, 2), allocated_by="trial office")
    assert view(infant).arm == "ADE/MAE, allocated on 02-Nov-2026 by trial office"
    assert "arm ADE/MAE" in banner(infant.ward, infant.infant).protocol_text
    assert course_keys(infant) == [
        "induction",
        "ade",
        "mae",
        "marma",
        "octadad-1",
        "octadad-2",
        "maintenance",
    ]


def test_lr_gets_no_arm_and_takes_ib(bench: Bench) -> None:
    bench.enrol(kmt2a="germline", elsewhere=ELSEWHERE, protocol_key="interfant06")
    with pytest.raises(Refused, match="LR was never randomised"):
        keep(bench, arm="IB", allocated_on=INDUCTION, allocated_by="trial office")
    assert view(bench).arm == "IB, without allocation: LR"
    assert "arm IB" in banner(bench.ward, bench.infant).protocol_text
    assert "ade" not in course_keys(bench)


def test_mrd_before_octadad_decides_in_mr(infant: Bench) -> None:
    keep(infant, white_cells=WhiteCells(100_000), day8_blasts=Blasts(200), blasts_on=DAY_8)
    assert view(infant).transplant.startswith("not yet known: MR: MRD before OCTADAD decides")
    sample = NewMrd("before-octadad", date(2026, 11, 20), "1e-4", "pcr-kmt2a", "1e-5")
    keep(infant, mrd=sample)
    seen = view(infant)
    assert seen.transplant.startswith("indicated: MR, MRD before OCTADAD 0.01 % (0.0001)")
    words = {line.key: line.words for line in seen.mrd}
    assert words["before-octadad"] == (
        "0.01 % (0.0001), 20-Nov-2026, PCR of the KMT2A fusion, sees 0.00001"
    )
    assert words["end-of-induction"] == "not recorded"


def test_negative_without_its_limit_settles_nothing(infant: Bench) -> None:
    keep(infant, white_cells=WhiteCells(100_000), day8_blasts=Blasts(200), blasts_on=DAY_8)
    keep(infant, mrd=NewMrd("before-octadad", date(2026, 11, 20), "negative", "flow"))
    seen = view(infant)
    assert seen.transplant.startswith("not yet known: MR")
    assert "limit of detection not recorded" in seen.mrd[2].words


def test_a_transplant_ends_the_path(infant: Bench) -> None:
    keep(infant, white_cells=MANY, arm="IB", allocated_on=INDUCTION, allocated_by="trial office",
         transplant="done", transplant_on=date(2026, 12, 1))  # fmt: skip
    assert course_keys(infant) == ["induction", "ib", "marma"]
    assert view(infant).transplant.startswith("done, 01-Dec-2026; by the rule indicated")
    keep(infant, transplant=NOT_TO_BE_DONE, transplant_on=date(2026, 12, 1), reason="mistyped")
    assert course_keys(infant)[-1] == "maintenance"


def test_the_partner_has_its_published_outcome_beside_it(infant: Bench) -> None:
    keep(infant, partner="AFF1")
    seen = view(infant)
    assert seen.partner == "AFF1, t(4;11)"
    assert "p = 0.005" in seen.outcome
    assert seen.outcome_source == "Interfant-06 abstract, ASH 2018"


def test_a_correction_needs_a_reason_and_erases_nothing(infant: Bench) -> None:
    keep(infant, white_cells=MANY)
    with pytest.raises(Refused, match="a correction needs its reason"):
        keep(infant, white_cells=WhiteCells(31_000))
    keep(infant, white_cells=WhiteCells(31_000), reason="a zero too many")
    assert view(infant).group == ""
    with infant.ward.store.reading() as connection:
        rows = of_infant(connection, RiskFact, infant.infant, include_void=True)
    assert [row.per_ul for row in rows] == [310_000, 31_000]
    assert rows[0].void_reason == "a zero too many"


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({}, "Nothing was entered"),
        ({"day8_blasts": Blasts(1)}, "the day of the count is missing"),
        ({"day8_blasts": Blasts(1), "blasts_on": date(2027, 1, 1)}, "between the birth and today"),
        (
            {"day8_blasts": Blasts(1), "blasts_on": DAY_8 - timedelta(days=1)},
            "is not day 8 of Induction",
        ),
        (
            {"day8_blasts": Blasts(1), "blasts_on": DAY_8 + timedelta(days=1)},
            "is not day 8 of Induction",
        ),
        ({"partner": "XYZ"}, "is not known on this protocol"),
        ({"transplant": "maybe", "transplant_on": INDUCTION}, "is not known on this protocol"),
        ({"transplant": "done"}, "its day, or the day of the decision"),
        ({"arm": "IB"}, "when and by whom"),
        ({"arm": "C"}, "is no arm"),
        ({"mrd": NewMrd("before-octadad", INDUCTION, "10e-4", "flow")}, "ambiguous"),
        ({"mrd": NewMrd("later", INDUCTION, "1e-4", "flow")}, "choose its time point"),
        ({"mrd": NewMrd("before-octadad", INDUCTION, "0.0000000001 %", "flow")}, "digits"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_kept(
    form: dict[str, object], said: str, infant: Bench
) -> None:
    with pytest.raises(Refused, match=said):
        keep(infant, **form)
    facts = facts_of(infant.ward, infant.infant)
    assert (facts.risk_facts, facts.allocations, facts.mrd) == ((), (), ())


def test_on_aall15p1_there_is_nothing_to_record(bench: Bench) -> None:
    bench.enrol()
    seen = view(bench)
    assert not seen.has_groups
    assert seen.no_groups == "AALL15P1 has no public risk groups and one arm."
    assert (seen.arm, seen.transplant) == ("single arm", "no public rule")
    with pytest.raises(Refused, match="has one arm"):
        keep(bench, arm="IB", allocated_on=INDUCTION, allocated_by="x")


def test_germline_on_aall15p1_has_no_course_after_induction(bench: Bench) -> None:
    bench.enrol(kmt2a="germline")
    assert course_keys(bench) == ["induction"]
    standing = standing_of(bench.ward, facts_of(bench.ward, bench.infant))
    assert standing.next is None
    assert "off protocol therapy" in standing.next_words


def test_a_contradiction_still_opens_the_page(infant: Bench) -> None:
    """An arm that contradicts what has begun is said in Risk and arm; nothing disappears."""
    keep(infant, arm="IB", allocated_on=INDUCTION, allocated_by="trial office")
    with infant.ward.store.change(DOCTOR, "opened a course", infant.ward.now()) as change:
        from bedside.store.records import CourseStart

        change.add(CourseStart, infant_id=infant.infant, course_key="ade",
                   day_1=date(2026, 10, 10), note="")  # fmt: skip
    assert "more than one arm" in view(infant).path
    assert "ade" in course_keys(infant)
    standing = standing_of(infant.ward, facts_of(infant.ward, infant.infant))
    assert "contradict" in standing.next_words


def test_papers_of_one_arm_are_not_offered_to_the_other(infant: Bench) -> None:
    from bedside.ward.printing import paper_choices

    def titles() -> list[str]:
        facts = facts_of(infant.ward, infant.infant)
        return [choice.title for choice in paper_choices(infant.ward, facts)]

    keep(infant, arm="IB", allocated_on=date(2026, 11, 2), allocated_by="trial office")
    assert "Roadmap, MARMA" in titles()
    assert not any("ADE" in title or "MAE" in title for title in titles())


def test_without_induction_there_is_no_day_8(bench: Bench) -> None:
    bench.enrol(elsewhere=ELSEWHERE, protocol_key="interfant06", induction_day_1=None)
    bench.at(2026, 12, 1, 9, 0)
    with pytest.raises(Refused, match="open Induction first"):
        keep(bench, day8_blasts=Blasts(1), blasts_on=date(2026, 9, 8))
