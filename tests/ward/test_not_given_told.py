"""Where an hour that was not given is told: with no tick, to the next shift, and on a sheet that is drawn.

By hand: methotrexate 20-Sep-2026 08:00, hour 30, then every 9 hours: hours 48 and 57 are 22-Sep 08:00
and 17:00; hour 120 is 25-Sep 08:00, beyond the planned days.
"""

from datetime import datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from bedside.documents.downtime import draw_downtime
from bedside.ward.downtime_sheets import downtime_sheets
from bedside.ward.due import due_today
from bedside.ward.facts import facts_of
from bedside.ward.not_given_words import left_out_items
from bedside.ward.views.given import OfDay
from tests.ward.test_hours_shown import COURSE, LEUCOVORIN, in_interim, started
from tests.ward.test_not_given import leave_out
from tests.ward.wards import BERLIN, NURSE, Bench

BEGAN = datetime(2026, 9, 20, 8, 0, tzinfo=BERLIN)
LONG = "the line was lost at eight and the surgeon asked us to wait with everything by mouth"


def sheet(bench: Bench) -> str:
    made = draw_downtime(downtime_sheets(bench.ward, who=NURSE))
    pages = [page.extract_text() for page in PdfReader(BytesIO(made)).pages]
    return " ".join(" ".join(pages).replace("\u2011", "-").split())


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (LONG, f"hour 48 not given: vomiting, {LONG}"),
        ("so " * 900, "1 recorded as not given; hour 48 not given: too long for this paper"),
    ],
)
def test_a_sheet_is_drawn_however_long_the_reason(bench: Bench, reason: str, said: str) -> None:
    """The infant's whole sheet was missing: "too long for its box"."""
    in_interim(bench)
    started(bench, BEGAN)
    bench.at(2026, 9, 22, 8, 30)
    bench.weigh()
    leave_out(bench, LEUCOVORIN, of=OfDay(48), words=reason.strip())
    drawn = sheet(bench)
    assert "THIS SHEET IS MISSING" not in drawn
    assert said.replace("vomiting, ", "") in drawn.replace("vomiting, ", "").replace(
        "vomiting: ", ""
    )
    assert "see 1" not in drawn


def test_an_hour_beyond_the_plan_that_was_not_given_has_no_tick_and_is_handed_over(
    bench: Bench,
) -> None:
    in_interim(bench)
    started(bench, BEGAN)
    bench.at(2026, 9, 25, 8, 30)
    bench.weigh()
    leave_out(bench, (COURSE, 4, "leucovorin", "PO or IV"), of=OfDay(120), words="no line")
    facts = facts_of(bench.ward, bench.infant)
    told = [one for one in due_today(bench.ward, facts) if "hour 120" in one.note]
    assert [(one.mark, one.left_out) for one in told] == [("hold", True)]
    for day in (25, 26):
        bench.at(2026, 9, day, 9, 0)
        (item,) = left_out_items(bench.ward, facts_of(bench.ward, bench.infant))
        assert "leucovorin day 4, hour 120, not given" in f"{item}"
    bench.at(2026, 9, 27, 9, 0)
    assert left_out_items(bench.ward, facts_of(bench.ward, bench.infant)) == ()
