"""The strict reader: what is a number, and what each refusal says would be right."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedside.units.reader import read_number, read_whole
from bedside.units.refusal import Refused
from bedside.units.writer import write_number

KEYS = "0123456789.,'’ \u00a0\u2009\u202f_+-−–eExX*^×<>≤nainf٣५３½²\u200b\u202e\t\n/%"


def refusal(text: str, mark: str = ".", unit: str = "") -> str:
    """Return the sentence with which the text is refused."""
    with pytest.raises(Refused) as refused:
        read_number(text, mark, unit=unit)
    assert refused.value.reasons == (str(refused.value),)
    return str(refused.value)


@pytest.mark.parametrize(
    ("text", "mark", "value"),
    [
        ("0", ".", "0"),
        ("0.0", ".", "0"),
        ("3.5", ".", "3.5"),
        ("3,5", ",", "3.5"),
        ("\t 10 ", ".", "10"),
        ("999999999.999999", ".", "999999999.999999"),
        ("0.05", ".", "0.05"),
        ("100", ",", "100"),
    ],
)
def test_a_number_is_read_exactly(text: str, mark: str, value: str) -> None:
    assert read_number(text, mark) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "mark", "says"),
    [
        ("3,5", ".", "The decimal mark here is a point: write 3.5, not 3,5."),
        ("3.5", ",", "The decimal mark here is a comma: write 3,5, not 3.5."),
        (",5", ".", "write 0.5, not ,5"),
        ("5,", ".", "write 5, not 5,"),
        ("0,125", ".", "write 0.125, not 0,125"),
        ("1,000", ".", "can be read as 1000 or as 1.000"),
        ("1.000", ",", "can be read as 1000 or as 1,000"),
        ("1,234.5", ".", "write 1234.5, not 1,234.5"),
        ("1.234,5", ",", "write 1234,5, not 1.234,5"),
        ("1.234,5", ".", "more than one mark"),
        ("1,2,3", ".", "more than one mark"),
        ("1,000,000", ".", "write 1000000, not 1,000,000"),
        ("1.2.3", ".", "more than one point"),
        ("05,3", ".", "begins with a zero"),
        ("1'000", ".", "write 1000, not 1'000"),
        ("1’000.5", ".", "write 1000.5"),
        ("1 000", ".", "write 1000"),
        ("0 500", ".", "gap"),
        ("1 000'000", ".", "gap"),
        ("3 .5", ".", "gap"),
        (".5", ".", "A point stands between digits: write 0.5, not .5."),
        (",5", ",", "A comma stands between digits: write 0,5, not ,5."),
        ("5.", ".", "write 5, not 5."),
        (".", ".", "is not a number"),
        (",", ".", "is not a number"),
        ("..5", ".", "more than one point"),
        (".x", ".", "is not a number"),
        ("05", ".", "begins with a zero"),
        ("00", ".", "begins with a zero"),
        ("00.5", ".", "begins with a zero"),
        ("1234567890", ".", "more digits than make sense"),
        ("0.1234567", ".", "more digits than make sense"),
        ("9" * 41, ".", "far too long"),
        ("", ".", "There is no number here: write one in digits, for example 3.5."),
        ("  ", ",", "for example 3,5"),
        ("abc", ".", "is not a number: write it in digits, for example 3.5"),
        ("nan", ".", "is not a number"),
        ("inf", ".", "is not a number"),
        ("Infinity", ".", "is not a number"),
        ("0x10", ".", "exponent"),
        ("1e3", ".", "exponent"),
        ("1 E +3", ".", "exponent"),
        ("3x10^4", ".", "exponent"),
        ("3×10⁴", ".", "digits 0 to 9"),
        ("2^3", ".", "exponent"),
        ("10e-4", ".", "ambiguous"),
        ("10e−4", ".", "ambiguous"),
        ("10e-44444", ".", "ambiguous"),
        ("+3", ".", "A plus sign is not taken: write 3, not +3."),
        ("+-3", ".", "without a sign or a dash"),
        ("-3", ".", "cannot be below zero"),
        ("−3", ".", "cannot be below zero"),
        ("3-5", ".", "without a sign or a dash"),
        ("3±1", ".", "without a sign or a dash"),
        ("<0.1", ".", 'is a limit, not a number: write the figure alone, without "<"'),
        ("≥5", ".", "limit"),
        ("3_5", ".", "underscore"),
        ("٣٫٥", ".", "digits 0 to 9"),
        ("½", ".", "digits 0 to 9"),
        ("3\u0000", ".", "U+0000"),
        ("3\n", ".", "U+000A"),
        ("3\t5", ".", "U+0009"),
        ("3\u0301", ".", "U+0301"),
        ("\ufeff3", ".", "U+FEFF"),
        ("3.5 and more words than anyone would type into it", ".", "far too long"),
    ],
)
def test_each_refusal_says_what_would_be_right(text: str, mark: str, says: str) -> None:
    """H1: nothing is dropped, nothing is guessed."""
    assert says in refusal(text, mark)


def test_a_suggestion_carries_the_unit() -> None:
    assert refusal("3,5", unit="kg") == (
        "The decimal mark here is a point: write 3.5 kg, not 3,5 kg."
    )
    assert "1000 kg or as 1.000 kg" in refusal("1,000", unit="kg")


def test_refusals_quote_nothing_that_cannot_be_seen() -> None:
    """P15: pasted text cannot hide in the sentence about it."""
    for text in ("1\u00a0000", "1\u202f000", "1\u3000000", "\u202ekg", "a\u0007", "x" * 40 + "y"):
        assert refusal(text).isprintable()


def test_another_decimal_mark_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="decimal mark"):
        read_number("3.5", ";")


@pytest.mark.parametrize(("text", "mark"), [("7", "."), ("0", ","), (" 30 ", ".")])
def test_a_whole_number(text: str, mark: str) -> None:
    assert read_whole(text, mark) == int(text)


@pytest.mark.parametrize(("text", "mark"), [("7.0", "."), ("7,5", ",")])
def test_a_whole_number_has_no_decimals(text: str, mark: str) -> None:
    with pytest.raises(Refused, match="whole number is needed"):
        read_whole(text, mark)


@settings(deadline=None, max_examples=2000)
@given(st.text(st.sampled_from(KEYS) | st.characters(), max_size=12), st.sampled_from(".,"))
def test_only_digits_and_one_mark_are_ever_read(text: str, mark: str) -> None:
    """H1: a number comes back only for digits with one mark, and it is exactly those digits."""
    says = ""
    try:
        number = read_number(text, mark)
    except Refused as refused:
        says = str(refused)
    assert says.isprintable()
    if says:
        return
    inner = text.strip(" \t")
    assert set(inner) <= set("0123456789" + mark)
    assert inner.count(mark) <= 1
    digits = inner.replace(mark, "")
    places = len(inner) - inner.index(mark) - 1 if mark in inner else 0
    assert number * 10**places == int(digits)


@settings(deadline=None, max_examples=1000)
@given(
    st.decimals(0, 999_999_999, places=6) | st.integers(0, 999_999_999).map(Decimal),
    st.sampled_from(".,"),
)
def test_what_is_written_is_read_again(number: Decimal, mark: str) -> None:
    written = write_number(number, mark)
    assert "E" not in written
    assert read_number(written.replace("\u202f", ""), mark) == number
    if number >= 1000:
        with pytest.raises(Refused, match=r"Digits are not set apart in groups: write"):
            read_number(written, mark)
    else:
        assert read_number(written, mark) == number
