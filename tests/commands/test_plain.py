"""Text for any terminal: one line, nothing invisible, nothing dropped."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.commands.answers import aligned, as_json, exact
from bedside.commands.plain import LONGEST_LINE, for_encoding, one_line

ENCODINGS = ("ascii", "latin-1", "cp1252", "cp437", "utf-8", "koi8-r")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("3.5 kg", "3.5 kg"),
        ("two\nlines", r"two\nlines"),
        ("nul\x00", r"nul\x00"),
        ("\udcff", r"\udcff"),
        ("turn\u202eround", r"turn\u202eround"),
        ("50\u202f000 per µL", "50\u202f000 per µL"),
        ("", ""),
    ],
)
def test_one_line_spells_out_what_cannot_be_seen(text: str, shown: str) -> None:
    assert one_line(text) == shown


def test_one_line_shortens_and_says_how_long_the_text_was() -> None:
    line = one_line("9" * 100_000)
    assert len(line) <= LONGEST_LINE
    assert line.endswith("(the text has 100000 characters)")


@given(st.text(st.characters(categories=None)))
def test_one_line_is_one_line_and_can_always_be_written(text: str) -> None:
    line = one_line(text)
    assert line.splitlines() == ([line] if line else [])
    assert line.encode("utf-8").decode("utf-8") == line


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_terminal_without_the_signs_gets_plain_letters(encoding: str) -> None:
    text = for_encoding("50\u202f000 per µL, ≥ 0.4 m²", encoding)
    assert text.encode(encoding)
    assert "50" in text and "000 per" in text and "0.4 m" in text
    assert "?" not in text


def test_ascii_gets_the_units_in_plain_letters() -> None:
    assert for_encoding("50\u202f000 per µL of 0.39 m²", "ascii") == "50 000 per uL of 0.39 m2"


@given(st.text(st.characters(categories=None)), st.sampled_from(ENCODINGS))
def test_any_text_can_be_written_in_any_encoding(text: str, encoding: str) -> None:
    assert for_encoding(text, encoding).encode(encoding) is not None


@given(st.dictionaries(st.text(st.characters(categories=None)), st.text(max_size=20), max_size=4))
def test_json_is_ascii_on_one_line_and_reads_back_equal(values: dict[str, str]) -> None:
    text = as_json(values)
    assert text.isascii()
    assert "\n" not in text
    assert json.loads(text) == values


def test_columns_stand_under_each_other() -> None:
    lines = aligned([("born", "01-May-2026"), ("days", "203"), ("completed months", "6")])
    assert (
        len({line.index(cell) for line, cell in zip(lines, ("01", "203", "6"), strict=True)}) == 1
    )
    assert all(line == line.rstrip() for line in lines)


def test_exact_keeps_digits_and_knows_nothing_asked() -> None:
    assert exact(Decimal("0.3400")) == "0.3400"
    assert exact(Decimal("1E-7")) == "0.0000001"
    assert exact(None) is None
