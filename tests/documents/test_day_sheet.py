"""The dosing sheet of a day read back: one route, its legend, every number, nothing covered or cut (H18, H19, H32)."""

import re
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bedside.documents.codes import code_content
from bedside.documents.day_sheet import compose, draw_day_sheet
from bedside.documents.page import PORTRAIT
from bedside.papers.day_sheet import DaySheet
from bedside.units.refusal import Refused
from tests.documents import day_examples as days
from tests.documents import examples
from tests.documents.reading import (
    WatchedPaper,
    codes_in,
    covered,
    outside,
    pages_of,
    picture,
    reader,
    struck,
    text_of,
)

THREE = (days.METHOTREXATE, days.HYDROCORTISONE, days.CYTARABINE)
LONG = {"family": "VAN DER WESTHUIZEN-PAPADOPOULOU ŁĄCZYŃSKA", "given": "Maria Magdalena"}
ALLERGIES = (
    "penicillin (rash 2026), pegaspargase (anaphylaxis, 02-Sep-2026), teicoplanin (red man), "
    "cow’s milk protein, chlorhexidine"
)
UNCONFIRMED = days.day_head(commissioned=False)
SHEETS = {
    "vinca": days.vinca_sheet(),
    "vinca with intrathecal drugs": days.vinca_sheet(apart=("methotrexate", "hydrocortisone")),
    "intrathecal": days.spinal_sheet(),
    "two intrathecal drugs": days.spinal_sheet(drugs=THREE[:2], apart=("vinCRIStine",)),
    "three intrathecal drugs": days.spinal_sheet(drugs=THREE, apart=("vinCRIStine",)),
    "by mouth, three times": days.mouth_sheet(),
    "units, a question, a route to sign": days.needle_sheet(),
    "not commissioned": days.needle_sheet(head=UNCONFIRMED),
    "intrathecal, not commissioned": days.spinal_sheet(head=UNCONFIRMED),
    "long name and allergies": days.spinal_sheet(
        infant=examples.infant(allergies=ALLERGIES, **LONG), drugs=THREE
    ),
    "a copy": days.vinca_sheet(
        head=days.day_head(copy=3, replaces="sheet NQ-2026-00398"), infant=examples.infant(**LONG)
    ),
    "nothing measured but weight": days.vinca_sheet(
        infant=examples.infant(length_cm=None, bsa_m2=None, weight_change_percent=None, line="")
    ),
    "no further day": days.spinal_sheet(next_days=()),
    "a sum in two lines": days.needle_sheet(
        drugs=(
            days.drug(
                terms=(
                    ("", "protocol dose", "15 micrograms per m² per day, as a continuous infusion"),
                    ("×", "body surface", "about 0.326769 m²"),
                    ("×", "age factor", "2/3"),
                    ("×", "modified", "75 %"),
                    ("=", "calculated", "about 2.450768 micrograms"),
                )
            ),
        )
    ),
}


def watched(sheet: DaySheet) -> WatchedPaper:
    paper = WatchedPaper(PORTRAIT)
    compose(paper, sheet)
    return paper


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_nothing_leaves_the_page_or_stands_on_another(sheet: DaySheet) -> None:
    paper = watched(sheet)
    assert outside(paper) == [] and covered(paper) == [] and struck(paper) == []


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_every_page_says_whose_it_is_which_and_until_when(sheet: DaySheet) -> None:
    pdf = draw_day_sheet(sheet)
    pages = pages_of(pdf)
    for number, text in enumerate(pages, start=1):
        for said in (
            sheet.infant.family.split(" ")[0],
            sheet.infant.hospital_number,
            "14-May-2026",
            sheet.head.sheet_number,
            sheet.head.code,
            f"Page {number} of {len(pages)}",
            "Valid until Fri 11-Sep-2026 23:59",
        ):
            assert said in text, said
        assert codes_in(picture(pdf, number - 1, 200)) == [code_content(sheet.head)]


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_no_administration_paper_carries_two_routes_or_a_dash_between_days(sheet: DaySheet) -> None:
    """H19 and H18. What the order leaves open, and the legends, name other routes; no dose does."""
    text = text_of(draw_day_sheet(sheet))
    assert not re.search(r"[Dd]ays?\b[^.;]{0,20}?\d\s*[-–—]\s*\d", text)
    named = {word for word in ("intravenous", "intrathecal", "by mouth") if word in sheet.route}
    assert len(named) == 1
    finals = [text.count(f"{drug.final} ") for drug in sheet.drugs]
    assert all(finals)
    spinal = sheet.kind == "intrathecal"
    assert ("INTRATHECAL USE ONLY" in text) == spinal
    assert ("FOR INTRAVENOUS USE ONLY" in text) == (sheet.kind == "vinca")


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_the_same_value_gives_the_same_bytes(sheet: DaySheet) -> None:
    assert draw_day_sheet(sheet) == draw_day_sheet(sheet)


def test_the_intrathecal_sheet_is_known_by_its_edge_and_its_word() -> None:
    sheet = SHEETS["three intrathecal drugs"]
    pdf = draw_day_sheet(sheet)
    pixels = picture(pdf, 0, 72)
    assert tuple(pixels[420, 24]) == tuple(pixels[700, 24]) == (15, 124, 135)  # the edge
    for page in range(2):
        assert tuple(picture(pdf, page, 72)[800, 24]) == (15, 124, 135)
    text = text_of(pdf)
    assert "Vinca alkaloids are FATAL IF GIVEN BY THIS ROUTE" in text
    assert "Vinca due today: YES, vinCRIStine. SEPARATE in time and place" in text
    assert "These 3 drugs, no other" in text and "15 mg in 0.75 mL" in text


def test_a_size_that_no_dose_goes_by_says_so_on_an_intrathecal_sheet() -> None:
    by_age = text_of(draw_day_sheet(days.spinal_sheet()))
    assert "Weight, +1.6 % in 7 days, not used" in by_age and "Mosteller, not used" in by_age
    assert "not used" not in text_of(draw_day_sheet(days.vinca_sheet()))


def test_the_vinca_sheet_names_bag_and_legend() -> None:
    text = text_of(draw_day_sheet(SHEETS["vinca with intrathecal drugs"]))
    assert "FOR INTRAVENOUS USE ONLY FATAL IF GIVEN BY OTHER ROUTES" in text
    assert "In an infusion bag of 25 mL, never in a syringe (Joint Commission" in text
    assert "Intrathecal due today: YES, methotrexate and hydrocortisone." in text
    assert "Intrathecal due today: NO" in text_of(draw_day_sheet(SHEETS["vinca"]))


def test_orders_stand_with_name_role_meaning_and_time() -> None:
    text = text_of(draw_day_sheet(SHEETS["vinca"]))
    assert "Order I order this Ines Halvorsen consultant in Bedside 11-Sep 09:12" in text
    assert "my own figures agree Petra Marek pharmacist in Bedside 11-Sep 10:20" in text


def test_what_is_not_commissioned_leaves_no_room_for_a_signature_or_a_time() -> None:
    for name in ("not commissioned", "intrathecal, not commissioned"):
        text = text_of(draw_day_sheet(SHEETS[name]))
        assert "NOT COMMISSIONED" in text and "Not to be signed" in text
        for gone in (
            "Halvorsen",
            "Bedside, gives",
            "At the needle",
            "Given by",
            "signs this route",
        ):
            assert gone not in text


def test_units_in_words_and_a_space_before_them() -> None:
    text = text_of(draw_day_sheet(SHEETS["units, a question, a route to sign"]))
    assert "825 units" in text and "2 500 units per m²" in text
    assert "An earlier reaction to any asparaginase? no yes: do not give" in text
    assert "The order says intravenous or intramuscular." in text
    assert "INTRAVENOUS only" in text and "Prescriber signs this route" in text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"route": "intrathecal"}, "only intrathecal drugs stand on"),
        ({"route": "by mouth"}, "FATAL by any route but into a vein"),
        ({"kind": "needle", "route": "intravenous or intramuscular"}, "for one route"),
        ({"kind": "needle", "drugs": THREE}, "a sheet of its own"),
        ({"drugs": ()}, "no drug is on this sheet"),
        ({"kind": "intrathecal"}, "Each route has a sheet of its own"),
        ({"drugs": (days.drug(final="1.0 mg"),)}, "no zero at its end"),
        ({"drugs": (days.drug(final=".5 mg"),)}, "a figure before its point"),
        ({"drugs": (days.drug(final="825 IU"),)}, "written in full"),
        ({"drugs": (days.drug(drawn="Run at 3 mL per hour"),)}, "no rate stands on a sheet"),
        ({"plan_words": "Plan: days 8-15."}, "a dash between days"),
    ],
)
def test_refused_rather_than_printed_wrongly(changes: dict[str, object], said: str) -> None:
    with pytest.raises(Refused, match=re.escape(said)):
        draw_day_sheet(days.vinca_sheet(**changes))


HOSTILE = (
    "<b>open",
    '<img src="file:///etc/passwd"/>',
    "&amp; ]]> <!-- x -->",
    "O’Neill; DROP TABLE",
    "Nguyễn Thị Ánh",
    "Łódź Þórður",
)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("make", [days.vinca_sheet, days.spinal_sheet, days.mouth_sheet])
def test_a_hostile_name_prints_as_it_is(text: str, make) -> None:
    pdf = draw_day_sheet(make(infant=examples.infant(family=text, allergies=text)))
    assert text in text_of(pdf)
    raw = pdf.decode("latin-1")
    assert not any(mark in raw for mark in ("/URI", "/Launch", "/JavaScript", "/XObject"))
    assert reader(pdf).metadata.title.startswith("Dosing sheet NQ-2026-00412")


@pytest.mark.parametrize(
    "text", ["x" * 200, "عائشة", "張偉", "a\u202eb", "a\u200bb", "q\u0323\u0307", "☃\U0001f600"]
)
@pytest.mark.parametrize("make", [days.vinca_sheet, days.spinal_sheet])
def test_a_name_that_cannot_be_read_is_refused(text: str, make) -> None:
    with pytest.raises(Refused, match="Not printed"):
        draw_day_sheet(make(infant=examples.infant(family=text)))


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    family=st.text("ABCÄÖŁÉ abc-’<>&;", min_size=1, max_size=70),
    signer=st.text("abc é-", min_size=1, max_size=50),
    count=st.integers(1, 3),
)
def test_any_length_is_whole_or_refused(family: str, signer: str, count: int) -> None:
    """Whatever is typed, the words stand whole and apart, or nothing is printed."""
    signed = (replace(days.ORDERED, name=signer), days.VERIFIED)
    drugs = tuple(replace(drug, signed=signed) for drug in THREE[:count])
    sheet = days.spinal_sheet(infant=examples.infant(family=family), drugs=drugs)
    try:
        paper = watched(sheet)
    except Refused:
        return
    assert outside(paper) == [] and covered(paper) == [] and struck(paper) == []
    assert max(placed.page for placed in paper.placed) <= 3


def test_the_later_page_says_which_doses_it_belongs_to() -> None:
    second = pages_of(draw_day_sheet(SHEETS["three intrathecal drugs"]))[1]
    assert "methotrexate 7.5 mg, hydrocortisone 8 mg, cytarabine 15 mg intrathecal, day 1" in second
    assert date(2026, 9, 4).strftime("%d-%b-%Y") in second


def test_an_infusion_over_24_hours_is_never_once_and_a_minus_is_one() -> None:
    """It never stops; a hyphen before a figure is overlooked under a dim lamp."""
    sheet = days.needle_sheet()
    notes = (*days.drug().notes[:2], ("Rounding", "to 0.1 mg: change -0.54 %"), ("Modified", "no"))
    drug = replace(sheet.drugs[0], giving="over 24 hours", times_a_day=1, notes=notes)
    paper = WatchedPaper(PORTRAIT)
    compose(paper, replace(sheet, drugs=(drug,)))
    assert (outside(paper), covered(paper), struck(paper)) == ([], [], [])
    words = text_of(draw_day_sheet(replace(sheet, drugs=(drug,))))
    assert "in 24 hours" in words and " once" not in words
    assert "change −0.54" in words


def test_a_rescue_in_the_hour_that_comes_twice_says_which_inside_its_box() -> None:
    """Found by eye: the words ran over the next box."""
    at = datetime(2026, 10, 25, 2, 30, tzinfo=examples.SUMMER)
    hours = tuple((42 + 6 * step, at + timedelta(hours=6 * step)) for step in range(4))
    sheet = days.mouth_sheet(planned_hours=hours, planned_halves=("summer time", "", "", ""))
    paper = WatchedPaper(PORTRAIT)
    compose(paper, sheet)
    assert (outside(paper), covered(paper), struck(paper)) == ([], [], [])
