"""The list of what a restore lost, on paper: whole, in order, however it is written."""

from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader

from bedside.documents.restored import draw_restored
from bedside.papers.restored import RestoredLine, RestoredList
from bedside.units.refusal import Refused

LINE = RestoredLine(
    "21-Nov-2026 17:57",
    "MUSTER, Ida",
    "azaCITIDine 15.5 mg intravenous, EPI #1 day 1: given, all in 17:57",
    "Nora Berg, nurse",
    "this dose",
)


def a_list(*lines: RestoredLine) -> RestoredList:
    return RestoredList(
        site="North Quay, Ward 4",
        title="Not in the copy of 21-Nov-2026 17:52",
        about="Print this before the restore.",
        infant="",
        lines=lines,
        printed_at=datetime(2026, 11, 21, 18, 2, tzinfo=ZoneInfo("Europe/Berlin")),
        printed_by="Adam Ende, nurse",
        program="Bedside 0.1.0",
    )


def text_of(pdf: bytes) -> list[str]:
    pages = PdfReader(BytesIO(pdf)).pages
    return [" ".join(page.extract_text().replace("\u2011", "-").split()) for page in pages]


def test_a_dose_stands_with_amount_time_name_and_what_it_stops() -> None:
    (page,) = text_of(draw_restored(a_list(LINE)))
    for words in (
        "azaCITIDine 15.5 mg intravenous",
        "given, all in 17:57",
        "MUSTER, Ida",
        "Nora Berg, nurse",
        "Until settled it stops this dose.",
        "1 act",
        "Adam Ende, nurse",
    ):
        assert words in page


def test_a_hundred_acts_go_on_over_pages_and_none_is_left_out() -> None:
    lines = [
        LINE.__class__("21-Nov-2026 17:57", f"INFANT {at}", "a count", "", "") for at in range(100)
    ]
    pages = text_of(draw_restored(a_list(*lines)))
    assert len(pages) > 3
    whole = " ".join(pages)
    assert all(f"INFANT {at} " in f"{whole} " for at in range(100))
    assert all(f"Page {number}" in page for number, page in enumerate(pages, start=1))


def test_what_was_typed_is_never_markup() -> None:
    line = RestoredLine("now", "<b>open", '<font color="white">15.5 mg</font>', "&amp;", "")
    (page,) = text_of(draw_restored(a_list(line)))
    assert "<b>open" in page and '<font color="white">' in page and "&amp;" in page


def test_what_cannot_be_printed_whole_is_refused() -> None:
    line = RestoredLine("now", "MUSTER", "word " * 2000, "", "")
    with pytest.raises(Refused):
        draw_restored(a_list(line))
