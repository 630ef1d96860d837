"""What the timeline says of courses without dates: which arm, who enters it, why no end is known."""

from datetime import date

from bedside.ward.timeline import timeline
from bedside.ward.timeline_open import ENTERED_BY_SITE
from bedside.ward.views.timeline import TimelineView
from tests.ward.wards import Bench

ELSEWHERE = "treated on, enrolled elsewhere"


def seen(bench: Bench, protocol: str, **changes: object) -> TimelineView:
    elsewhere = "" if protocol == "aall15p1" else ELSEWHERE
    bench.enrol(elsewhere=elsewhere, protocol_key=protocol, **changes)
    bench.at(2026, 10, 20, 9, 0)
    return timeline(bench.ward, bench.infant)


def test_courses_of_two_arms_never_look_like_one_after_the_other(bench: Bench) -> None:
    words = {one.title: one.words for one in seen(bench, "interfant06").undated}
    assert words["IB"].startswith("only in arm IB: the arm is not recorded; ")
    assert words["ADE"].startswith("only in arm ADE/MAE: the arm is not recorded; ")
    assert "only in arm" not in words["MARMA"]


def test_the_pilot_with_blinatumomab_goes_on_to_maintenance(bench: Bench) -> None:
    titles = [one.title for one in seen(bench, "interfant06-blinatumomab").undated]
    assert titles[:2] == ["Induction goes on", "Blinatumomab"]
    assert titles[-3:] == ["OCTADAD part 1", "OCTADAD part 2", "Maintenance"]


def test_of_the_pilots_course_the_length_is_known_and_only_its_start_is_not(bench: Bench) -> None:
    words = {one.title: one.words for one in seen(bench, "interfant06-blinatumomab").undated}
    assert words["Blinatumomab"] == "not known: the length of Induction is not public"


def test_an_infant_who_leaves_therapy_has_no_course_behind_induction(bench: Bench) -> None:
    view = seen(bench, "aall15p1", kmt2a="germline")
    assert [one.title for one in view.undated] == ["Induction goes on"]
    assert view.no_end.startswith("The infant leaves protocol therapy after Induction")


def test_without_site_lengths_a_late_start_is_no_empty_stretch(bench: Bench) -> None:
    """Last dose of Induction on 29-Sep; EPI #1 not before today: between them Induction may go on."""
    view = seen(bench, "aall15p1")
    induction, epi = view.courses[:2]
    assert (induction.end, epi.start) == (date(2026, 9, 29), date(2026, 10, 20))
    assert (induction.open_until, induction.open_words) == (date(2026, 10, 19), ENTERED_BY_SITE)
    assert view.undated == ()
