"""The recovery code and how slow the passphrase is: what was mistyped is named, nothing is too weak."""

from itertools import count

import pytest

from bedside.store import recovery_code
from bedside.store.key_doors import (
    WrongKey,
    make_keys,
    new_recovery_code,
    open_by_recovery_code,
)
from bedside.store.passphrase import FLOOR, Slowness, calibrate, check_new, derive
from bedside.store.tries import wait_s
from bedside.units.refusal import Refused
from tests.store.samples import NOW
from tests.store.test_keys import WORDS


@pytest.fixture
def made(folder):
    return make_keys(folder, WORDS, slowness=FLOOR)


# ---- the recovery code


def test_a_code_is_long_enough_and_read_as_it_is_copied():
    code = recovery_code.new_code()
    assert recovery_code.BITS == 160
    letters = recovery_code.read_code(code)
    assert len(letters) == 32
    assert recovery_code.read_code(f" {code.lower().replace('-', '  ')}\n") == letters
    assert recovery_code.read_code(code.replace("0", "O").replace("1", "l")) == letters


def test_every_wrong_letter_is_found_with_its_group():
    code = recovery_code.new_code()
    groups = code.split("-")
    for number, group in enumerate(groups):
        for place in range(5):
            for letter in "0123456789ABCDEFGHJKMNPQRSTVWXYZ":
                if letter == group[place]:
                    continue
                wrong = [*groups]
                wrong[number] = group[:place] + letter + group[place + 1 :]
                with pytest.raises(Refused, match=rf"Group {number + 1} of"):
                    recovery_code.read_code("-".join(wrong))


def test_two_groups_that_changed_places_are_found():
    groups = recovery_code.new_code().split("-")
    groups[1], groups[5] = groups[5], groups[1]
    with pytest.raises(Refused, match="Group 2, 6 of"):
        recovery_code.read_code("-".join(groups))


def test_two_letters_that_changed_places_are_found():
    group = "AB7Q"
    whole = group + recovery_code._check(3, group)
    for place in range(3):
        swapped = whole[:place] + whole[place + 1] + whole[place] + whole[place + 2 :]
        assert recovery_code._check(3, swapped[:4]) != swapped[4]


@pytest.mark.parametrize(
    ("typed", "words"), [("ABC", "3 letters were typed"), ("U!", "has no ! U"), ("", "0 letters")]
)
def test_what_is_no_code_is_refused_before_it_is_tried(folder, made, typed, words):
    with pytest.raises(Refused, match=words):
        open_by_recovery_code(folder, typed, NOW)
    assert wait_s(folder, NOW) == 0


def test_a_new_code_ends_the_old_sheet(folder, made):
    code = new_recovery_code(folder, WORDS, NOW)
    assert open_by_recovery_code(folder, code, NOW) == made.keys
    with pytest.raises(WrongKey):
        open_by_recovery_code(folder, made.recovery_code, NOW)


# ---- how slow


def ticking(*took):
    """A clock under which one derivation after the other takes so many ms."""
    times, total = [], 0
    for one in took:
        times += [total, total + one * 1_000_000]
        total += one * 1_000_000
    return iter(times).__next__


def test_a_usual_workstation_takes_the_recommended_figures(monkeypatch):
    monkeypatch.setattr("bedside.store.passphrase.derive", lambda *_: b"")
    assert calibrate(ticking(200)) == Slowness(65536, 3, 4)


def test_a_fast_one_works_longer(monkeypatch):
    monkeypatch.setattr("bedside.store.passphrase.derive", lambda *_: b"")
    assert calibrate(ticking(50, 300)) == Slowness(65536, 19, 4)


def test_a_slow_one_never_falls_below_the_floor(monkeypatch):
    monkeypatch.setattr("bedside.store.passphrase.derive", lambda *_: b"")
    assert calibrate(ticking(*[9000] * 5)) == FLOOR


def test_no_machine_is_so_fast_that_it_never_ends(monkeypatch):
    monkeypatch.setattr("bedside.store.passphrase.derive", lambda *_: b"")
    still = count(0, 0)
    assert calibrate(lambda: next(still)).passes == 64


@pytest.mark.parametrize(
    "figures",
    [
        Slowness(19 * 1024 - 1, 2, 1), Slowness(19 * 1024, 1, 1), Slowness(2**21, 2, 1),
        Slowness(65536, 65, 1), Slowness(65536, 3, 0), Slowness(65536, 3, 17),
    ],
)  # fmt: skip
def test_figures_outside_every_bound_are_not_tried(figures):
    with pytest.raises(ValueError, match="outside every bound"):
        derive(check_new(WORDS), bytes(16), figures)
