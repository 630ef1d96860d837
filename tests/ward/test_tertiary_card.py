"""The card for the tertiary team: where it is due, what stands on it, and that it fits one page."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from bedside.units.refusal import Refused
from bedside.ward.counting import void_counts
from bedside.ward.dlt_page import dlt_page
from bedside.ward.fever_acts import record_act
from bedside.ward.fever_signs import NewSign, NewSigns, record_signs
from bedside.ward.forms import NewToxicity
from bedside.ward.infants import banner
from bedside.ward.tertiary_card import NO_NUMBER, draw_tertiary_card, tertiary_card
from bedside.ward.toxicities import log_of, record_toxicity, regrade, resolve
from tests.ward.test_toxicity_round import ANC, finish
from tests.ward.wards import DOCTOR, NURSE, Bench

TEAM = (("Tertiary team, on call", "Dr Ines Halvorsen", "040 7741"),)


@pytest.fixture
def ward(bench: Bench) -> Bench:
    bench.open_epi_1()
    bench.at(2026, 10, 20, 8, 0)
    return bench


def toxic(bench: Bench) -> int:
    toxicity = NewToxicity("Diarrhea", 1, date(2026, 10, 19), "cytarabine probable", "")
    return record_toxicity(bench.ward, bench.infant, toxicity, who=NURSE)


@pytest.mark.parametrize(
    ("kind", "due"), [("tertiary", False), ("shared-care", True), ("unknown", True)]
)
def test_due_with_any_toxicity_where_the_centre_is_not_tertiary(
    ward: Bench, kind: str, due: bool
) -> None:
    ward.site(kind)
    assert not dlt_page(ward.ward, ward.infant).contact_due  # no toxicity
    toxicity = toxic(ward)
    assert dlt_page(ward.ward, ward.infant).contact_due == due
    resolve(ward.ward, toxicity, date(2026, 10, 20), who=NURSE)
    assert not dlt_page(ward.ward, ward.infant).contact_due


def test_what_stands_on_it(ward: Bench) -> None:
    ward.site("shared-care", contacts=TEAM)
    toxic(ward)
    card = tertiary_card(ward.ward, ward.infant, who=NURSE)
    assert [(line.name, line.words) for line in card.contacts] == [
        ("Tertiary team, on call, Dr Ines Halvorsen", "040 7741")
    ]
    assert card.ctcae == "5.0"
    assert card.period == "open since 07-Oct-2026, day 14"
    (shown,) = card.toxicities
    assert shown.name == "Diarrhea"
    assert "grade 1" in shown.words and "cytarabine probable" in shown.words
    ready = {line.name: line.words for line in card.ready}
    assert ready["Weight"].startswith("6.2 kg")
    assert ready["Last azacitidine"] == "none recorded as given"
    assert "ANC 640 per microlitre" in ready["Last count"]


def test_without_numbers_it_says_so_and_invents_none(ward: Bench) -> None:
    card = tertiary_card(ward.ward, ward.infant, who="")
    assert card.contacts[0].words == NO_NUMBER
    assert card.toxicities[0].name == "No open toxicity"


def test_it_prints_on_one_page_and_the_same_way_twice(ward: Bench) -> None:
    ward.site("shared-care", contacts=TEAM)
    toxic(ward)
    pdf = draw_tertiary_card(ward.ward, ward.infant, who=NURSE)
    assert draw_tertiary_card(ward.ward, ward.infant, who=NURSE) == pdf
    pages = PdfReader(BytesIO(pdf)).pages
    assert len(pages) == 1
    text = " ".join(pages[0].extract_text().split())
    for words in ("Contact the tertiary team", "040 7741", "Diarrhea", "MUSTER, Ida", "6.2 kg"):
        assert words in text


def test_more_than_one_page_can_hold_is_refused_not_cut(ward: Bench) -> None:
    many = tuple((f"Role number {at}", f"Person {at}", f"040 {at:04}") for at in range(30))
    ward.site("shared-care", contacts=many)
    with pytest.raises(Refused, match="more telephone numbers"):
        draw_tertiary_card(ward.ward, ward.infant, who=NURSE)


def test_before_the_period_there_is_no_card(bench: Bench) -> None:
    bench.site("shared-care")
    bench.enrol()
    with pytest.raises(Refused, match="DLT period has begun"):
        tertiary_card(bench.ward, bench.infant, who="")


def test_the_banner_says_it_on_every_page(ward: Bench) -> None:
    ward.site("shared-care")
    assert not banner(ward.ward, ward.infant).dlt.contact
    toxic(ward)
    line = banner(ward.ward, ward.infant).dlt
    assert line.contact
    assert line.details[:2] == (
        "contact the tertiary team",
        "since 07-Oct-2026, no DLT recorded",
    )
    toxicity = NewToxicity("Sepsis", 4, date(2026, 10, 19), "", "")
    newer = record_toxicity(ward.ward, ward.infant, toxicity, who=NURSE)
    later = banner(ward.ward, ward.infant).dlt  # rung about again: the card comes up for each
    assert (later.newest, later.severe) == (newer, line.severe + 1) and newer > line.newest


def test_the_worst_stands_first(ward: Bench) -> None:
    """What waits for a decision comes before others of its own grade, never before a worse one."""
    for term, grade, cause in (
        ("Diarrhea", 3, "cytarabine probable"),
        ("Febrile neutropenia", 4, "cytarabine unrelated"),
        ("Fatigue", 3, "cytarabine unrelated"),
    ):
        toxicity = NewToxicity(term, grade, date(2026, 10, 19), cause, "")
        record_toxicity(ward.ward, ward.infant, toxicity, who=NURSE)
    card = tertiary_card(ward.ward, ward.infant, who="")
    assert [line.name for line in card.toxicities] == ["Febrile neutropenia", "Diarrhea", "Fatigue"]


def test_what_is_known_of_a_running_fever_is_on_it(ward: Bench) -> None:
    """The telephone call asks for it, so it is not left to be written in by hand."""
    ward.count(88, 26_000)
    sign = NewSign("temperature", "38.6", "°C", "axillary")
    record_signs(ward.ward, ward.infant, NewSigns(ward.clock(), (sign,), ""), who=NURSE)
    (fever,) = [
        row for row in tertiary_card(ward.ward, ward.infant, who="").ready if row.name == "Fever"
    ]
    assert fever.words.startswith("since 20-Oct-2026 08:00, 38.6 °C under the arm")
    assert fever.words.endswith("blood culture: not recorded; first antibiotic: not recorded")
    ward.at(2026, 10, 20, 8, 30)
    record_act(ward.ward, ward.infant, "antibiotics", ward.clock(), "meropenem", who=NURSE)
    ward.at(2026, 10, 20, 16, 30)
    record_act(ward.ward, ward.infant, "antibiotics", ward.clock(), "amikacin", who=NURSE)
    (fever,) = [
        row for row in tertiary_card(ward.ward, ward.infant, who="").ready if row.name == "Fever"
    ]
    assert "first antibiotic: 20-Oct-2026 08:30, meropenem" in fever.words
    record_act(ward.ward, ward.infant, "closed", ward.clock(), "culture clear", who=DOCTOR)
    names = [row.name for row in tertiary_card(ward.ward, ward.infant, who="").ready]
    assert "Fever" not in names


def test_a_grade_whose_result_was_corrected_says_so(ward: Bench) -> None:
    """The blood count behind a grade 4 was struck out: whoever rings must not read 4 out as certain."""
    ward.site("shared-care", contacts=TEAM)
    wrong = ward.count(400, 300_000)
    finish(ward, take=(ANC,))
    (line,) = tertiary_card(ward.ward, ward.infant, who=NURSE).toxicities
    assert line.words.startswith("grade 4, since 07-Oct-2026")
    void_counts(ward.ward, wrong, "another infant's slip", who=NURSE)
    (line,) = tertiary_card(ward.ward, ward.infant, who=NURSE).toxicities
    assert line.words.startswith(
        "grade 4 (its result was corrected since: say it as not certain), since 07-Oct-2026"
    )
    (logged,) = log_of(ward.ward, ward.infant)
    regrade(ward.ward, logged.toxicity_id, 2, date(2026, 10, 20), who=NURSE)
    (line,) = tertiary_card(ward.ward, ward.infant, who=NURSE).toxicities
    assert line.words.startswith(
        "grade 2 (worst 4, earlier: its result was corrected since), since"
    )
