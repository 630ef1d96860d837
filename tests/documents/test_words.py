"""Words fitted to their room, checked sign by sign, and worded as paper asks."""

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.documents.fonts import Face, typeface
from bedside.documents.glyphs import printable
from bedside.documents.wording import (
    DASHED,
    dated,
    dose,
    no_day_range,
    paper_date,
    paper_moment,
    short_date,
    short_moment,
    short_weekday_date,
    typed_days,
    weekday_date,
)
from bedside.documents.words import (
    BODY,
    STRONG,
    Style,
    fit,
    fitting,
    settle,
    words,
    wrap,
    wrap_runs,
    wrapped,
)
from bedside.units.refusal import Refused

DAY = date(2026, 10, 4)
MOMENT = datetime(2026, 10, 4, 2, 5, tzinfo=UTC)


def test_dates_cannot_be_parted():
    assert paper_date(DAY) == "04\u2011Oct\u20112026"
    assert weekday_date(DAY) == "Sun 04\u2011Oct\u20112026"
    assert short_date(DAY) == "04\u2011Oct"
    assert short_weekday_date(DAY) == "Sun 04\u2011Oct"
    assert short_moment(MOMENT) == "04\u2011Oct 02:05"
    assert paper_moment(MOMENT) == "04\u2011Oct\u20112026 02:05"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("from 04-Oct-2026 on", "from 04\u2011Oct\u20112026 on"),
        ("on 04-Oct 10:20", "on 04\u2011Oct 10:20"),
        ("DEMO-00417", "DEMO-00417"),
        ("Jean-Luc", "Jean-Luc"),
        ("2-lumen", "2-lumen"),
        ("15.5 mg each", "15.5\u00a0mg each"),
        ("over 30 minutes", "over 30\u00a0minutes"),
        ("2 mothers", "2 mothers"),
        ("500; not met.", "500; not\u00a0met."),
        ("NOT GIVEN: why", "NOT\u00a0GIVEN: why"),
        ("until it is below 0.77 µmol/L", "until it is below 0.77 µmol per litre"),
        ("needs 50 000 per µL", "needs 50 000 per microlitre"),
    ],
)
def test_dates_and_amounts_are_kept_together_and_nothing_else_changes(typed, printed):
    assert dated(typed) == printed


_PIECES = st.sampled_from(
    ["480", "04-Oct", "04-Oct-2026", "15.5 mg", "per", "µL", "per µL", "µmol/L", "0.7 µmol/L", "2", "g",
     "per litre", "not", "met", "given", "not given", "-0.3", "<b>", "&amp;", "m", "L", "Jean-Luc", "", ";"]
)  # fmt: skip


@given(st.lists(st.one_of(_PIECES, st.text(max_size=6)), max_size=9).map(" ".join))
def test_what_people_typed_keeps_every_letter_but_two_units(text):
    """P15 with H20: as entered, with "per µL" and "µmol/L" in words behind a figure, and nothing else."""
    marks = str.maketrans({"\u2011": "-", "\u00a0": " "})
    read, entered = dated(text).translate(marks), text.translate(marks)
    assert read.replace("per microlitre", "per µL").replace("µmol per litre", "µmol/L") == (
        entered.replace("per microlitre", "per µL").replace("µmol per litre", "µmol/L")
    )
    if "µ" not in text:
        assert read == entered


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("fever on days 1-5", f"fever on days {DASHED}"),
        ("rash, days 11 – 15, then none", f"rash, days {DASHED}, then none"),
        ("for 15-17 days", f"for {DASHED} days"),
        ("days 1-5 and days 8-12", f"days {DASHED} and days {DASHED}"),
        ("see DEMO-00417", "see DEMO-00417"),
    ],
)
def test_typed_words_with_a_dash_between_days_are_named_and_never_refused(typed, printed):
    """H18 and P15: neither two figures that are read as two days, nor an infant without her paper."""
    assert typed_days(typed) == printed
    assert no_day_range(typed_days(typed), "reason")


PLAIN = str.maketrans({"\u2011": "-", "\u00a0": " "})


@given(st.text(alphabet="0123456789 .,;-/µLmolgkper°Cdaysnivet", max_size=40))
def test_a_typed_text_is_printed_letter_for_letter_but_for_two_units(typed):
    """P15, as `wording` states it: what cannot be parted is no change, two units are spelled out."""
    spelled = re.sub(r"(?<=[0-9a-z] )per µL\b", "per microlitre", typed)
    spelled = re.sub(r"(?<=[0-9] µmol)/L\b", " per litre", spelled)
    assert dated(typed).translate(PLAIN) == spelled


@pytest.mark.parametrize("typed", ["480/µL", "5 µg", "2 mcg", "12 U/L", "ANC 0.48 G/L", "1 per mL"])
def test_no_other_unit_that_somebody_typed_is_changed(typed):
    assert dated(typed).translate(PLAIN) == typed


@pytest.mark.parametrize(
    "text",
    ["days 1-5", "Days 1 – 5", "day 1\u20115", "on days 8, 9-11", "1-5 days", "days 1 to 4-7"],
)
def test_a_dash_between_days_is_refused(text):
    """H18: reported sixteen milligrams of vincristine from "4-11"."""
    with pytest.raises(Refused, match="each day is written by itself"):
        no_day_range(text, "warning")


@pytest.mark.parametrize(
    "text",
    ["days 1, 2, 3", "days 1 to 16", "day 1: Wed 14-Oct-2026", "on the day it is seen. 1-lumen",
     "today 04-Oct 10:20", "2.5 mg per kg on day 1"],
)  # fmt: skip
def test_what_is_no_range_of_days_is_printed(text):
    assert no_day_range(text, "warning").replace("\u2011", "-").replace("\u00a0", " ") == text


@pytest.mark.parametrize("text", ["15.5 mg", "10.05 mg", "0.5 mg", "1\u202f000 mg", "100 mg",
                                  "2 500 units", "dose not public", "own sheet", "7 mg per m²"])  # fmt: skip
def test_safe_doses_are_printed(text):
    assert dose(text, "dose").replace("\u00a0", " ") == text


def test_a_word_in_its_room_is_never_changed():
    assert fit("15.5 mg", STRONG, "dose", 50, 8).style.size == 9
    assert fit("15.5 mg", STRONG, "dose", 12, 6).style.size < 9
    with pytest.raises(Refused, match=r"no room for the dose \(7 letters\)"):
        fit("15.5 mg", STRONG, "dose", 5, 8)
    assert fitting("15.5 mg", STRONG, "dose", 5, 8) is None


SHORT_WORDS = st.lists(st.text(st.sampled_from("abcDEF"), max_size=8), max_size=14).map(" ".join)


@given(SHORT_WORDS, st.integers(20, 90))
def test_wrapping_loses_nothing(text, room):
    lines = wrapped(text, BODY, "text", room, 40)
    assert lines is not None
    assert all(line.width <= room for line in lines)
    assert "".join(line.text for line in lines).replace(" ", "") == text.replace(" ", "")


@given(st.lists(SHORT_WORDS, min_size=1, max_size=4))
def test_wrapping_several_styles_loses_nothing(texts):
    runs = [(text, BODY if at % 2 else STRONG) for at, text in enumerate(texts)]
    lines = wrap_runs(runs, "legend", 40, 60)
    said = "".join(part.text for line in lines for part in line)
    assert said.replace(" ", "") == "".join(texts).replace(" ", "")


def test_what_needs_more_lines_is_refused():
    with pytest.raises(Refused, match="no room for the text"):
        wrap("one two three four five six", BODY, "text", 15, 2)
    with pytest.raises(Refused, match="no room for the legend"):
        wrap_runs([("one two three four five six", BODY)], "legend", 15, 2)
    with pytest.raises(Refused, match="no room for the legend"):
        wrap_runs([("one" * 30, BODY)], "legend", 15, 2)
    assert len(settle("one two three", ((BODY, 1), (BODY, 3)), "text", 12)) == 3
    with pytest.raises(Refused):
        settle("one two three", ((BODY, 1), (BODY, 2)), "text", 8)


def test_widths_are_those_of_the_typeface():
    for face in Face:
        one = words("m", Style(face, 10)).width
        assert words("mmmm", Style(face, 20)).width == pytest.approx(8 * one)
    assert words("", BODY).width == 0


@pytest.mark.parametrize("face", Face)
def test_the_signs_of_the_ward_print_in_every_face(face):
    signs = "⁹²≥≤µ×−°ŁłÄÖÜßéñŽžΑΩαωЖжЩщ“”‘’…–\u2011\u202f%/#"
    assert printable(signs, "text", face) == signs
    assert all(typeface(face).has(sign) for sign in signs)


@pytest.mark.parametrize("face", [Face.PLAIN, Face.BOLD])
def test_vietnamese_prints(face):
    assert printable("Nguyễn Thị Ánh Tuyết, Đặng Hữu Phước", "name", face)


def test_a_refusal_names_field_and_signs_and_says_what_to_do():
    with pytest.raises(Refused) as refused:
        printable("李 Anna\u200b x\u0301\u0301", "name", Face.BOLD)
    letters, hidden, marks = refused.value.reasons
    assert "李 (U+674E)" in letters and "Latin letters as in the passport" in letters
    assert "U+200B ZERO WIDTH SPACE" in hidden and "\u200b" not in hidden
    assert "U+0301 COMBINING ACUTE ACCENT" in marks and "accented letter itself" in marks


@given(st.text(max_size=12))
def test_any_text_is_printed_whole_or_refused(text):
    """H32: never a sign less."""
    import unicodedata

    reasons: tuple[str, ...] = ("",)
    try:
        said = printable(text, "text", Face.PLAIN)
    except Refused as refused:
        reasons = refused.reasons
    else:
        assert said == unicodedata.normalize("NFC", text)
        assert all(typeface(Face.PLAIN).has(sign) for sign in said)
        assert typeface(Face.PLAIN).width(said, 9) >= 0
    assert all(reason.isprintable() or reason == "" for reason in reasons)
