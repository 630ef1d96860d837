"""The dosing sheet read back from its PDF: it says what it was given, whole, once, and safely."""

import re
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from bedside.documents.frame import particulars
from bedside.documents.page import PORTRAIT, Paper
from bedside.documents.sheet import draw_dosing_sheet, lay_sheet
from bedside.papers.values import DosingSheet
from bedside.units.refusal import Refused
from tests.documents import examples
from tests.documents.reading import codes_in, picture, plain, reader, text_of
from tests.documents.test_layout import SHEETS, draw_sheet

FACTS = (
    "azaCITIDine", "AALL15P1, EPI #1, days 1, 2, 3, 4, 5", "INTRAVENOUS",
    "North Quay Children’s Hospital, Ward 4, infant haematology", "Azacitidine Block I",
    "tertiary centre only", "WRÓBEL, Łucja", "14-May-2026", "21w 6d, 153 days, 5 months",
    "DEMO-00417", "15P1-D017", "6.2 kg", "+1.6 % in 7 days", "13-Oct 06:30, S.O.", "62 cm",
    "0.327 m²", "Mosteller", "none known", "KMT2A rearranged", "2-lumen",
    "640 per microlitre", "86 000 per microlitre", "at least 500", "at least 50 000", "worked out",
    "13-Oct 09:05", "Dr Halvorsen", "GIVE from Wed 14-Oct-2026", "Dr I. Halvorsen, 13-Oct 09:12",
    "2.5 mg per kg", "15.5 mg", "each date", "intravenous, over 30 minutes",
    "(protocol: 10 to 40 minutes)", "Draw 1.55 mL of 10 mg per mL", "none: the dose is per kg",
    "to 0.1 mg: change 0 %", "no: 100 % of the protocol dose", "FINISH BY",
    "finish by = reconstituted + 45 min", "Latest start = reconstituted + 15 min",
    "Cannot be finished within 45 minutes? Do not start.", "Still running at 45 minutes?",
    "NQ-2026-00412", "Sun 18-Oct-2026 23:59", "site edition demo-3 of 01-Oct-2026",
    "7f3a 9c21 e0b4 55d8", "5d41 a0c3 9be2 7f18", "13-Oct-2026 10:24, P. Marek", "Bedside 0.1.0",
    "412K 7Q2M 9TXR", "2.5 mg per kg × 6.2 kg = 15.5 mg", "Page 1 of 1",
    "verify against the protocol document",
    "DEMONSTRATION: invented infant, invented site values. Not for treatment.",
)  # fmt: skip


@pytest.fixture(scope="module")
def drawn() -> bytes:
    return draw_dosing_sheet(examples.dosing_sheet())


def test_every_fact_is_on_the_sheet(drawn):
    """P15: what is read from the paper is what was entered."""
    text = text_of(drawn)
    assert [fact for fact in FACTS if fact not in text] == []
    assert len(reader(drawn).pages) == 1


def test_each_date_stands_by_itself(drawn):
    """H18: no dash between days; each date has a line of its own."""
    text = text_of(drawn)
    for day in range(5):
        on = date(2026, 10, 14) + timedelta(days=day)
        assert f"{on:%a %d-%b-%Y}" in text
    assert not re.search(r"day[^.]{0,25}?\d+\s*[-\u2010-\u2015]\s*\d+", text, re.IGNORECASE)


def test_one_date_has_no_plural():
    text = text_of(draw_dosing_sheet(SHEETS["one date"]))
    assert "EPI #1, day 1 " in text
    assert "once" in text and "Dose, the same on each" not in text


def test_days_already_given_are_said_and_never_signed_again():
    """H20: a sheet of the third day orders three days; the first two stand as they were given."""
    sheet = SHEETS["the third day, two given"]
    text = text_of(draw_dosing_sheet(sheet))
    assert "AALL15P1, EPI #1, days 3, 4, 5" in text
    assert "Dose, the same on each of the three dates left" in text
    assert "GIVEN 15.25 mg, 10:05 to 10:35, Test Nurse, RN" in text
    assert [text.count(f"{day}-Oct") for day in (14, 15)] == [
        text_of(draw_dosing_sheet(examples.dosing_sheet())).count(f"{day}-Oct") - 1
        for day in (14, 15)
    ]  # in the vial clock only: no column of signatures
    assert len(reader(draw_dosing_sheet(sheet)).pages) == 1


def test_one_date_left_is_said_as_one_and_none_is_no_sheet():
    last = SHEETS["the last day, and long words"]
    assert "Dose, for the one date left" in text_of(draw_dosing_sheet(last))
    closed = tuple(examples.SettledDay(day, "GIVEN 15.5 mg") for day in range(1, 6))
    with pytest.raises(Refused, match="no date of this sheet is left"):
        draw_dosing_sheet(examples.dosing_sheet(settled=closed))


def test_doses_end_in_no_zero_and_volume_is_small(drawn):
    """H1, H32: nothing on the sheet can be taken for ten times the dose."""
    assert not re.search(r"\d\.\d*0 (mg|mL)", text_of(drawn))
    paper = draw_sheet(examples.dosing_sheet())
    size = {each.words.text: each.words.style.size for each in paper.placed}
    assert size["15.5\u00a0mg"] <= max(size.values()) == 25
    final = [each for each in paper.placed if each.words.style.size == 25]
    assert [plain(each.words.text) for each in final] == ["15.5 mg"]
    volume = [each for each in paper.placed if "1.55" in each.words.text]
    assert [each.words.style.size for each in volume] == [8]


def test_no_rate_stands_on_a_sheet():
    """H20: volume and minutes only; nothing per hour or per minute for a pump to be set by."""
    paper = draw_sheet(examples.dosing_sheet())
    words = " ".join(plain(each.words.text) for each in paper.placed)
    assert "1.55 mL" in words
    assert not re.search(r"(?:/|\bper\b)\s*(?:h|hr|hour|min|minute)\b", words, re.IGNORECASE)


@pytest.mark.parametrize(
    ("field", "text", "right"),
    [
        ("final", "15.50 mg", "no zero at its end"),
        ("final", ".5 mg", "figure before its point"),
        ("calculated", "15.0 mg", "no zero at its end"),
        ("final", "2500 U", "written in full"),
        ("final", "15 µg", "written in full"),
        ("volume_words", "Draw 1.50 mL", "no zero at its end"),
        ("volume_words", "Draw 1.55 mL, 9.3 mL/h", "no rate stands on a sheet"),
        ("final", "15.5 mg per hour", "no rate stands on a sheet"),
        ("warnings", ("Give on days 1-5.",), "each day is written by itself"),
        ("decision", "GIVE on days 1 – 5", "each day is written by itself"),
    ],
)
def test_unsafe_wording_is_refused(field, text, right):
    """H1, H18, H20: the wording that has killed before never reaches paper."""
    with pytest.raises(Refused, match=right):
        draw_dosing_sheet(examples.dosing_sheet(**{field: text}))


def test_laboratory_figures_and_exact_halves_are_kept():
    draw_dosing_sheet(examples.dosing_sheet(final="10.05 mg", calculated="10.05 mg"))
    draw_dosing_sheet(examples.dosing_sheet(final="10 mg", calculated="100 mg"))


@pytest.mark.parametrize(
    ("name", "ticks"), [("as it should be", 4), ("rules of all three results", 1)]
)
def test_the_decision_is_ticked_only_where_every_rule_is_met(monkeypatch, name, ticks):
    """H14, H15: an unknown or a rule not met never stands under a tick."""
    seen = []
    monkeypatch.setattr("bedside.documents.sheet_rule.tick_disc", lambda *at: seen.append(at))
    draw_sheet(SHEETS[name])
    assert len(seen) == ticks


def test_an_unsigned_order_has_boxes_and_a_signed_one_its_words():
    unsigned = text_of(draw_dosing_sheet(examples.dosing_sheet()))
    assert "TO BE SIGNED" in unsigned and "VERIFIED" not in unsigned
    assert "“I order this”: name, role, signature, time" in unsigned
    assert "second, own figures" in unsigned
    signed = text_of(draw_dosing_sheet(SHEETS["signed on screen"]))
    assert "VERIFIED" in signed and "TO BE SIGNED" not in signed
    assert "Ines Halvorsen, consultant, 13-Oct-2026 09:12, meaning “I order this”." in signed
    assert "second, blind" in signed


def test_not_commissioned_is_said_in_three_places():
    pdf = draw_dosing_sheet(SHEETS["not commissioned"])
    text = text_of(pdf)
    assert text.count("NOT COMMISSIONED") == 3  # outline, box, margin
    assert "DEMONSTRATION" not in text
    assert "NOT COMMISSIONED" not in text_of(draw_dosing_sheet(examples.dosing_sheet()))


def test_a_real_commissioned_sheet_says_neither():
    head = examples.head(demonstration=False)
    text = text_of(draw_dosing_sheet(examples.dosing_sheet(head=head)))
    assert "DEMONSTRATION" not in text and "NOT COMMISSIONED" not in text


def test_another_route_has_no_place_on_the_sheet(drawn):
    """H19: no administration paper carries two routes."""
    assert not re.search("intrathecal|by mouth|subcutaneous", text_of(drawn), re.IGNORECASE)
    for route in ("intrathecal", "by mouth", "IV", ""):
        with pytest.raises(Refused, match="sheet of its own"):
            draw_dosing_sheet(examples.dosing_sheet(route=route))


def test_a_copy_says_which_it_is_and_what_it_replaces():
    """H31: two versions at the bedside."""
    head = examples.head(copy=3, replaces="sheet NQ-2026-00398")
    text = text_of(draw_dosing_sheet(examples.dosing_sheet(head=head)))
    assert "Copy 3, replaces sheet NQ-2026-00398" in text


def test_the_ward_s_own_words_are_not_said_twice():
    own = "Cannot be finished within 45 minutes? Do not start. Ring 0100."
    sheet = examples.dosing_sheet(warnings=(own, "Intravenous only. The DLT period is open."))
    text = text_of(draw_dosing_sheet(sheet))
    assert text.count("Do not start.") == 1 and "Ring 0100." in text
    assert text.count("Intravenous only.") == 1


@pytest.mark.parametrize(
    ("changes", "right"),
    [
        ({"dates": ()}, "one to 7 dates"),
        ({"dates": tuple((n, date(2026, 10, 1) + timedelta(n)) for n in range(1, 9))}, "one to 7"),
        ({"dates": ((1, date(2026, 10, 2)), (2, date(2026, 10, 2)))}, "follow one another"),
        ({"dates": ((1, date(2026, 10, 3)), (2, date(2026, 10, 2)))}, "follow one another"),
        ({"infusion_minutes": 45}, "shorter infusion"),
        ({"warnings": ("A long warning about nothing at all. " * 40,)}, "warnings"),
    ],
)
def test_a_sheet_that_cannot_be_right_is_refused(changes, right):
    with pytest.raises(Refused, match=right):
        draw_dosing_sheet(examples.dosing_sheet(**changes))


def test_too_much_for_one_page_is_refused():
    """H32: a table is never cut; a second page of a sheet would be lost."""
    lines = examples.dosing_sheet().rules * 9
    with pytest.raises(Refused, match="too long for one page"):
        draw_dosing_sheet(examples.dosing_sheet(rules=lines))


def test_the_same_value_gives_the_same_bytes():
    """P15, H39: a paper can be drawn again, byte for byte."""
    for name in ("as it should be", "not commissioned"):
        assert draw_dosing_sheet(SHEETS[name]) == draw_dosing_sheet(SHEETS[name])
    other = replace(SHEETS["as it should be"], final="15.6 mg")
    assert draw_dosing_sheet(other) != draw_dosing_sheet(SHEETS["as it should be"])


@pytest.mark.parametrize("dpi", [100, 300])
def test_the_code_can_be_read_from_the_page(drawn, dpi):
    """H30: the paper can be asked whether it still holds; the code names no infant."""
    (content,) = codes_in(picture(drawn, dpi=dpi))
    assert content == "BEDSIDE 1/NQ-2026-00412/1/412K 7Q2M 9TXR/5D41A0C39BE27F18"
    assert "417" not in content and "BEL" not in content
    outlined = draw_dosing_sheet(SHEETS["not commissioned"])
    assert codes_in(picture(outlined, dpi=dpi)) == [content]


def test_nothing_is_initialled_where_nobody_may_sign() -> None:
    """Not commissioned: no order to be signed, no cell for initials."""
    sheet = examples.dosing_sheet(head=examples.head(commissioned=False))
    text = text_of(draw_dosing_sheet(sheet))
    assert "TO BE SIGNED" not in text and "NO ORDER" in text
    assert text.count("no room for initials") == 3
    assert text.count("not open") == 3  # the second's figures, the clock, the verifications
    assert text.count("no vial is made up from this sheet") == len(sheet.left)
    assert "no room for initials" not in text_of(draw_dosing_sheet(examples.dosing_sheet()))


def test_a_hand_has_room_to_sign() -> None:
    """A hand wants 8 mm a row: on the usual sheet, and on the fullest a ward has."""
    usual = examples.dosing_sheet()
    assert rows_of(usual) >= 9
    answered = replace(
        usual.rules[2],
        value="yes, over 4 laboratory proposals unanswered",
        note="reason: no toxicity of the course before stands in the way",
    )
    steps = (
        "Day 2: prescribed 20-Nov 09:07 Dr I. Halvorsen; verified 09:42, released 10:17 M. Castellano",
        "Day 3: prescribed 20-Nov 09:07 Dr I. Halvorsen; verified 09:42 M. Castellano; OPEN: release",
        "Days 4, 5: no order in Bedside yet",
    )
    fullest = replace(usual, rules=(*usual.rules[:2], answered), order_steps=steps)
    assert rows_of(fullest) >= 8


def rows_of(sheet: DosingSheet) -> float:
    """How high a row to sign is, in millimetres."""
    paper = Paper(PORTRAIT, particulars(sheet.head, "Dosing sheet", sheet.drug))
    return lay_sheet(paper, sheet).row
