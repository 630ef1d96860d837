"""The same hostile names on every paper (H32, P15): letter for letter, or refused with the reason.

One list of texts, and one list of papers: whoever adds a paper adds it here.
"""

import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from bedside.documents.day_sheet import draw_day_sheet
from bedside.documents.downtime import draw_downtime
from bedside.documents.infant_papers import draw_infant_paper
from bedside.documents.label import draw_label
from bedside.documents.recovery_sheet import draw_recovery_sheet
from bedside.documents.restored import draw_restored
from bedside.documents.roadmap import draw_roadmap
from bedside.documents.sheet import draw_dosing_sheet
from bedside.documents.tertiary_card import draw_tertiary_card
from bedside.drawing import Papers
from bedside.units.paper_letters import unseen_left_out
from bedside.units.refusal import Refused
from tests.documents import day_examples as days
from tests.documents import examples
from tests.documents import report_examples as made
from tests.documents.reading import reader, text_of
from tests.documents.test_downtime import INFANT, sheets
from tests.documents.test_hostile_text import COMPOSED, PRINTED, REFUSED, squeezed
from tests.documents.test_recovery_sheet import SHEET as RECOVERY
from tests.documents.test_restored import LINE, a_list
from tests.documents.test_tertiary_card import CARD

Make = Callable[[str], bytes]


def of_infant(draw: Callable[[Any], bytes], value: Callable[..., Any]) -> Make:
    return lambda family: draw(value(infant=examples.infant(family=family)))


def of_whose(value: Callable[..., Any]) -> Make:
    return lambda family: draw_infant_paper(value(whose=made.whose(family=family)))


PAPERS: dict[str, Make] = {
    "dosing sheet": of_infant(draw_dosing_sheet, examples.dosing_sheet),
    "roadmap": of_infant(draw_roadmap, examples.roadmap),
    "day sheet, vinca": of_infant(draw_day_sheet, days.vinca_sheet),
    "day sheet, intrathecal": of_infant(draw_day_sheet, days.spinal_sheet),
    "day sheet, by mouth": of_infant(draw_day_sheet, days.mouth_sheet),
    "day sheet, needle": of_infant(draw_day_sheet, days.needle_sheet),
    "label, vinca": lambda family: draw_label(days.label(family=family)),
    "label, intrathecal": lambda family: draw_label(days.spinal_label(family=family)),
    "label, vial": lambda family: draw_label(days.vial_label(family=family)),
    "whole treatment": of_whose(made.whole_treatment),
    "transfer summary": of_whose(made.transfer),
    "toxicity report": of_whose(made.toxicity_report),
    "DLT report": of_whose(made.dlt_report),
    "maintenance chart": of_whose(made.maintenance_chart),
    "counts form": of_whose(made.counts_form),
    "downtime": lambda family: draw_downtime(sheets(replace(INFANT, family=family))),
    "tertiary card": lambda family: draw_tertiary_card(replace(CARD, infant=f"{family}, Ida")),
    "list after a restore": lambda family: draw_restored(
        a_list(replace(LINE, infant=f"{family}, Ida"))
    ),
    "recovery sheet": lambda family: draw_recovery_sheet(replace(RECOVERY, people=(family, "A"))),
}
NOT_IDENTITY = ("recovery sheet", "list after a restore")
SAID = ("(on record, cannot be printed: see the screen)", "THIS SHEET IS MISSING")


def test_every_paper_but_the_review_book_is_tried() -> None:
    """The review book names nobody."""
    drawn = {name for name in vars(Papers) if not name.startswith("_")} - {"load_next"}
    assert drawn - {"review_book"} == {
        "dosing_sheet", "roadmap", "day_sheet", "label", "infant_paper", "tertiary_card",
        "downtime", "recovery_sheet", "restored_list",
    }  # fmt: skip


def drawn(name: str, text: str) -> tuple[bytes | None, str]:
    """The paper, or why there is none."""
    try:
        return PAPERS[name](text), ""
    except Refused as refused:
        return None, str(refused)


@pytest.mark.parametrize("name", PAPERS)
def test_markup_is_only_letters(name: str) -> None:
    for text in PRINTED:
        pdf, reason = drawn(name, text)
        if pdf is None:  # a label is small
            assert name.startswith("label") and len(text) > 24 and "letters" in reason
            continue
        assert squeezed(text) in squeezed(text_of(pdf)), text
        assert all("/Annots" not in page for page in reader(pdf).pages)


@pytest.mark.parametrize("name", PAPERS)
def test_letters_are_composed(name: str) -> None:
    for text in COMPOSED:
        assert unicodedata.normalize("NFC", text) in text_of(PAPERS[name](text))


@pytest.mark.parametrize("name", PAPERS)
def test_what_no_font_of_ours_shows_is_refused_or_named(name: str) -> None:
    """Right to left, CJK, combining marks and signs that nobody sees: never turned, never left out."""
    for text in REFUSED:
        pdf, reason = drawn(name, text)
        if pdf is None:
            assert "U+" in reason or "letters" in reason, text
            continue
        said, left = text_of(pdf), squeezed(unseen_left_out(text))  # of a word that is no identity
        named = any(words in said for words in SAID)
        assert named or (name in NOT_IDENTITY and left in squeezed(said)), (text, said[:300])


@pytest.mark.parametrize("name", PAPERS)
def test_200_letters_are_whole_or_refused(name: str) -> None:
    for text in ("W" * 200, "Ł" * 200, ("Anna " * 40).strip()):
        pdf, reason = drawn(name, text)
        if pdf is None:
            assert "letters" in reason or "too long" in reason
        else:
            said = squeezed(text_of(pdf))
            assert squeezed(text) in said or squeezed(SAID[1]) in said


WIDE = {
    "hospital_number": "W" * 16,
    "study_number": "M" * 16,
}


@pytest.mark.parametrize(
    "draw",
    [
        lambda: draw_dosing_sheet(examples.dosing_sheet(infant=examples.infant(**WIDE))),
        lambda: draw_roadmap(examples.roadmap(infant=examples.infant(**WIDE))),
        *(
            lambda sheet=sheet: draw_day_sheet(sheet(infant=examples.infant(**WIDE)))
            for sheet in (days.vinca_sheet, days.spinal_sheet, days.mouth_sheet, days.needle_sheet)
        ),
        *(
            lambda value=value: draw_infant_paper(value(whose=made.whose(**WIDE)))
            for value in (made.whole_treatment, made.transfer, made.toxicity_report,
                          made.dlt_report, made.maintenance_chart, made.counts_form)
        ),
        *(
            lambda label=label: draw_label(label(hospital_number="W" * 16))
            for label in (days.label, days.spinal_label, days.vial_label, days.mouth_label)
        ),
        lambda: draw_downtime(sheets(replace(INFANT, **WIDE))),
        lambda: draw_tertiary_card(replace(CARD, **WIDE)),
    ],
)  # fmt: skip
def test_the_widest_number_that_can_be_entered_stands_on_every_paper(
    draw: Callable[[], bytes],
) -> None:
    """Found: sixteen wide letters passed the entry, and the label was refused at the bedside."""
    said = squeezed(text_of(draw()))
    assert "W" * 16 in said and squeezed(SAID[1]) not in said
