"""The card for the tertiary team on paper: nothing cut, covered or crossed, hostile text as typed."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from bedside.documents.page import PORTRAIT
from bedside.documents.tertiary_card import compose, draw_tertiary_card
from bedside.papers.tertiary_card import CardLine, TertiaryCard
from bedside.units.refusal import Refused
from tests.documents.reading import WatchedPaper, covered, outside, pages_of, struck

CARD = TertiaryCard(
    site="North Quay Children's Hospital, Ward 4 North",
    infant="MUSTER, Ida",
    born="14-May-2026, female",
    hospital_number="T 001",
    study_number="15P1-T001",
    protocol="AALL15P1, Consolidation day 18",
    period="open since 30-Sep-2026, day 23",
    contacts=(CardLine("Leukaemia team, on call, Dr Ines Halvorsen", "extension 4417"),),
    ctcae="5.0",
    toxicities=(
        CardLine("Febrile neutropenia", "grade 3 (worst 3), CTCAE 5.0, since 21-Oct-2026"),
    ),
    ready=(CardLine("Weight", "6.2 kg, 20-Oct-2026 07:40"), CardLine("Allergies", "unknown")),
    printed_at=datetime(2026, 10, 22, 10, 42, tzinfo=UTC),
    printed_by="E. Berg, RN",
    program="Bedside 0.1.0",
    demonstration=True,
)
LONG = replace(
    CARD,
    infant="VON UND ZU LICHTENSTEIN-HOHENLOHE, Maximiliane Charlotte",
    contacts=tuple(
        CardLine(
            f"Role with a rather long name, number {at}", "switchboard +49 40 7741 0, then 4417"
        )
        for at in range(4)
    ),
    toxicities=tuple(
        CardLine("Alanine aminotransferase increased", CARD.toxicities[0].words * 2)
        for _ in range(3)
    ),
)


@pytest.mark.parametrize("card", [CARD, LONG], ids=["usual", "long"])
def test_nothing_is_cut_covered_or_crossed(card: TertiaryCard) -> None:
    paper = WatchedPaper(PORTRAIT)
    compose(paper, card)
    assert covered(paper) == []
    assert outside(paper) == []
    assert struck(paper) == []


def test_every_word_is_read_back_and_markup_stays_text() -> None:
    card = replace(CARD, infant="<b>O'NEILL</b>, Zoë & Ida")
    (text,) = pages_of(draw_tertiary_card(card))
    for words in ("<b>O'NEILL</b>, Zoë & Ida", "extension 4417", "6.2 kg", "DEMONSTRATION"):
        assert words in text


def test_a_real_ward_says_nothing_of_a_demonstration() -> None:
    (text,) = pages_of(draw_tertiary_card(replace(CARD, demonstration=False, printed_by="")))
    assert "DEMONSTRATION" not in text
    assert "look at the infant first" in text


def test_many_toxicities_give_way_to_the_worst_and_their_number() -> None:
    card = replace(CARD, toxicities=CARD.toxicities * 30)
    paper = WatchedPaper(PORTRAIT)
    compose(paper, card)
    assert covered(paper) == outside(paper) == struck(paper) == []
    (text,) = pages_of(draw_tertiary_card(card))
    kept = text.count("Febrile neutropenia")
    assert f"and {30 - kept} more" in text
    assert kept > 8


def test_what_has_no_room_is_refused() -> None:
    with pytest.raises(Refused, match="more telephone numbers"):
        draw_tertiary_card(replace(CARD, contacts=CARD.contacts * 20))
