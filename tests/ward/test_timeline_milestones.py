"""MRD time points and the transplant on the timeline: recorded, to come, missing, or without a date."""

from datetime import date

from bedside.store.records import CourseStart
from bedside.units.quantities import WhiteCells
from bedside.ward.printing import draw_again
from bedside.ward.risk_recording import NOT_TO_BE_DONE, NewMrd, NewRisk, record_risk
from bedside.ward.timeline import timeline
from bedside.ward.views.timeline import TimelineEvent, TimelineView
from tests.documents.reading import text_of
from tests.ward.wards import DOCTOR, Bench

ELSEWHERE = "registered while entry was open"


def interfant(bench: Bench, *forms: NewRisk) -> TimelineView:
    """An infant on Interfant-06 with KMT2A rearranged, in December."""
    bench.enrol(elsewhere=ELSEWHERE, protocol_key="interfant06")
    bench.at(2026, 12, 1, 9, 0)
    for form in forms:
        record_risk(bench.ward, bench.infant, form, who=DOCTOR)
    return timeline(bench.ward, bench.infant)


def of(view: TimelineView, kind: str) -> list[TimelineEvent]:
    return [event for event in view.events if event.kind == kind]


def open_of(view: TimelineView, kind: str) -> list[str]:
    return [words for one, words in view.open_rows if one == kind]


def test_a_result_stands_on_its_day_and_says_how_it_was_measured(bench: Bench) -> None:
    result = NewMrd("end-of-induction", date(2026, 10, 5), "< 1e-4", "flow", "1e-4")
    (event,) = of(interfant(bench, NewRisk(mrd=result)), "MRD")
    assert (event.start, event.state, event.short) == (date(2026, 10, 5), "done", "below 0.01 %")
    assert event.words == (
        "MRD, End of Induction, 05-Oct-2026: below 0.01 % (0.0001), flow cytometry, sees 0.0001"
    )


def test_what_has_no_date_is_said_without_one(bench: Bench) -> None:
    """The length of Induction is not public: neither is the day on which it ends."""
    view = interfant(bench)
    assert of(view, "MRD") == of(view, "transplant") == []
    assert len(open_of(view, "MRD")) == 3
    assert all("no result is recorded, and no date is known" in one for one in open_of(view, "MRD"))
    (words,) = open_of(view, "transplant")
    assert words.startswith("Transplant not yet known: the risk group is not yet known")


def test_a_missing_result_stands_where_its_course_was_over(bench: Bench) -> None:
    interfant(bench)
    with bench.ward.store.change(DOCTOR, "opened a course", bench.ward.now()) as change:
        day_1 = date(2026, 10, 9)
        change.add(CourseStart, infant_id=bench.infant, course_key="ib", day_1=day_1, note="")
    (event,) = of(timeline(bench.ward, bench.infant), "MRD")
    assert (event.start, event.state) == (date(2026, 10, 8), "missing")
    assert "no result is recorded. Its day is not public; Induction was over" in event.words
    drawn = draw_again(bench.ward, bench.infant, "whole-treatment", who=DOCTOR)
    said = " ".join(text_of(drawn).split())  # its place is no day of its own: "not public, 08-Oct"
    assert "no result is recorded; Induction was over on 08-Oct-2026 " in said


def test_a_transplant_is_indicated_then_decided(bench: Bench) -> None:
    view = interfant(bench, NewRisk(white_cells=WhiteCells(310_000)))
    assert view.has_transplant
    assert open_of(view, "transplant")[0].startswith("Transplant indicated: every HR infant")
    decided = NewRisk(transplant=NOT_TO_BE_DONE, transplant_on=date(2026, 11, 30))
    record_risk(bench.ward, bench.infant, decided, who=DOCTOR)
    (event,) = of(timeline(bench.ward, bench.infant), "transplant")
    assert (event.start, event.state) == (date(2026, 11, 30), "not to be done")
    assert "Not to be transplanted, decided on 30-Nov-2026; by the rule indicated" in event.words


def test_a_protocol_without_public_time_points_says_so(bench: Bench) -> None:
    bench.enrol()
    view = timeline(bench.ward, bench.infant)
    assert open_of(view, "MRD") == [
        "the MRD time points of this protocol are not public: none is planned here"
    ]
    assert not view.has_transplant and of(view, "MRD") == []
