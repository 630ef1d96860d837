"""What a good passphrase or PIN is, and how it is kept."""

import pytest

from bedside.units.refusal import Refused
from bedside.ward.passphrases import (
    FLOOR,
    Cost,
    calibrated,
    check_passphrase,
    check_pin,
    check_ward_passphrase,
    cost_of,
    five_words,
    is_right,
    kept,
)

GOOD = "seven lamps in the hall"


def reasons(act, *typed, **more):
    with pytest.raises(Refused) as refused:
        act(*typed, **more)
    return " ".join(refused.value.reasons)


@pytest.mark.parametrize(
    "passphrase",
    [
        GOOD,
        "sevenlampsinthehall",
        "ALL CAPITALS ARE FINE",
        "čtyři žluté lampy",
        "x" * 190 + "abcdefg",
    ],
)
def test_length_is_what_counts(passphrase):
    """Nothing is demanded of capitals, digits or signs (NIST SP 800-63B-4)."""
    check_passphrase(passphrase, passphrase, name="Erika Berg")


@pytest.mark.parametrize(
    ("passphrase", "why"),
    [
        ("", "at least 15 letters; 0"),
        ("short one here", "at least 15 letters; 14"),
        ("x" * 201, "at most 200"),
        ("aaaaaaaaaaaaaaaaaa", "too few different letters"),
        ("123412341234123412", "too few different letters"),
    ],
)
def test_what_is_too_plain_is_refused(passphrase, why):
    assert why in reasons(check_passphrase, passphrase, passphrase, name="Erika Berg")


@pytest.mark.parametrize("passphrase", ["Maximiliane Oberhuber", "maximiliane, oberhuber 1",
                                        "Maximiliane.Oberhuber123"])  # fmt: skip
def test_nobody_takes_the_own_name(passphrase):
    assert "own name" in reasons(
        check_passphrase, passphrase, passphrase, name="Maximiliane Oberhuber"
    )


def test_nobody_takes_the_wards():
    said = reasons(check_passphrase, GOOD, GOOD, name="E. Berg", is_wards=GOOD.__eq__)
    assert "ward's passphrase" in said
    check_passphrase(GOOD, GOOD, name="E. Berg", is_wards="another text altogether".__eq__)


def test_it_is_typed_twice():
    assert "not the same" in reasons(check_passphrase, GOOD, f"{GOOD} ", name="E. Berg")
    assert "not the same" in reasons(check_pin, "8305", "8350")
    assert "not the same" in reasons(check_ward_passphrase, "a1b c2d e3f g4h i5j", "a1b c2d")


@pytest.mark.parametrize("pin", ["8305", "70413", "905172", "2841963", "39170426"])
def test_a_pin_without_a_pattern(pin):
    check_pin(pin, pin)


@pytest.mark.parametrize(
    "pin",
    ["0000", "1111", "1212", "1122", "1234", "4321", "0123", "9876", "7890", "2468", "1357", "2580",
     "1379", "1987", "2026", "123456", "654321", "777777", "831831", "83058305"],
)  # fmt: skip
def test_a_trivial_pin_is_refused(pin):
    assert "tried first" in reasons(check_pin, pin, pin)


@pytest.mark.parametrize("pin", ["", "830", "830512345", "83o5", "８３０５", "83 05", "-8305"])
def test_what_is_no_pin_is_refused(pin):
    assert "4 to 8 digits" in reasons(check_pin, pin, pin)


def test_the_wards_own_is_five_words():
    check_ward_passphrase("heron lamp ferry bread snow", "heron  lamp ferry bread snow")
    assert "at least 5 words; 4" in reasons(check_ward_passphrase, "a b c d", "a b c d")
    same = "lamp lamp lamp lamp lamp"
    assert "different words" in reasons(check_ward_passphrase, same, same)
    assert "different words" in reasons(check_ward_passphrase, "a b c d e", "a b c d e")


def test_five_words_are_drawn_and_never_the_same():
    drawn = {five_words() for _ in range(50)}
    assert len(drawn) == 50
    for words in drawn:
        assert len(words.split()) == 5


def test_it_is_kept_as_argon2id_with_its_parameters():
    text = kept(GOOD, FLOOR)
    assert text.startswith("$argon2id$v=19$m=19456,t=2,p=1$") and GOOD not in text
    assert text != kept(GOOD, FLOOR), "each has its own salt"
    assert is_right(GOOD, text) and not is_right(GOOD.upper(), text)
    assert cost_of(text) == FLOOR


def test_letters_are_the_same_however_the_keyboard_composed_them():
    assert is_right("cafe\u0301 lamp heron snow", kept("caf\u00e9 lamp heron snow", FLOOR))


def test_nothing_is_kept_below_the_floor():
    assert cost_of(kept(GOOD, Cost(8, 1))) == FLOOR


@pytest.mark.parametrize(
    ("per_two_passes", "cost"),
    [
        # (ms at 64 MiB, at 46 MiB, at 19 MiB for two passes) and what is taken: 250 ms wanted
        ((50, 40, 20), Cost(65536, 10)),
        ((120, 90, 40), Cost(65536, 4)),
        ((400, 300, 130), Cost(65536, 2)),
        ((900, 450, 200), Cost(47104, 2)),
        ((2000, 1400, 600), Cost(19456, 2)),
        ((0, 0, 0), Cost(65536, 24)),
    ],
)
def test_the_cost_is_measured_and_never_below_the_floor(per_two_passes, cost):
    took = dict(zip((65536, 47104, 19456), per_two_passes, strict=True))
    assert calibrated(lambda tried: took[tried.memory_kib]) == cost


def test_this_workstation_is_measured():
    found = calibrated()
    assert found.memory_kib >= FLOOR.memory_kib and found.passes >= FLOOR.passes
