"""Secrets: what a good one is, and how it is kept (argon2id) without ever being readable again.

Parameters: never below OWASP's floor for argon2id (19 MiB, 2 passes, 1 lane; OWASP Password Storage
Cheat Sheet), raised at set-up until one check takes a quarter of a second on this workstation
(between 150 and 500 ms). They stand in each kept text, so an older one is still understood.

Rules follow the spirit of NIST SP 800-63B-4, 3.1.1: length counts, any letters and blanks are
allowed, nothing about capitals or signs is demanded, and what is easily guessed is refused.
"""

import secrets
import unicodedata
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from time import perf_counter_ns

from msgspec import Struct

from bedside.places import place
from bedside.units.refusal import Refused
from bedside.ward.people import person_key

LEAST_LETTERS, MOST_LETTERS = 15, 200
LEAST_DIFFERENT = 5
WARD_WORDS = 5
PIN_DIGITS = (4, 8)
WANTED_MS, MOST_MS = 250, 500
_MIB = 1024
_MEMORY_KIB = (64 * _MIB, 46 * _MIB, 19 * _MIB)
_MOST_PASSES = 24
_RUNS = ("01234567890", "09876543210", "2580", "0852", "1379", "1397")


class Cost(Struct, frozen=True):
    """How dear one check of a secret is.

    Args:
        memory_kib: memory in KiB.
        passes: how often it is gone over.
    """

    memory_kib: int
    passes: int


FLOOR = Cost(19 * _MIB, 2)


def calibrated(measure: Callable[[Cost], int] | None = None) -> Cost:
    """The cost at which one check takes about a quarter of a second here.

    Args:
        measure: milliseconds that one check takes at a cost; None measures this workstation.
    """
    measure = measure or _measured_ms
    for memory in _MEMORY_KIB:
        base = max(measure(Cost(memory, FLOOR.passes)), 1)
        if base <= MOST_MS or memory == _MEMORY_KIB[-1]:
            passes = FLOOR.passes * WANTED_MS // base
            return Cost(memory, min(max(passes, FLOOR.passes), _MOST_PASSES))
    raise AssertionError("the last memory size is always taken")


def _measured_ms(cost: Cost) -> int:
    before = perf_counter_ns()
    kept("a passphrase to measure with", cost)
    return (perf_counter_ns() - before) // 1_000_000


def kept(secret: str, cost: Cost) -> str:
    """A secret as it is kept: argon2id's own text, with its parameters and a new salt in it."""
    from argon2 import PasswordHasher, Type

    cost = Cost(max(cost.memory_kib, FLOOR.memory_kib), max(cost.passes, FLOOR.passes))
    hasher = PasswordHasher(
        time_cost=cost.passes, memory_cost=cost.memory_kib, parallelism=1, type=Type.ID
    )
    return hasher.hash(normal(secret))


def is_right(secret: str, argon2id: str) -> bool:
    """Whether a typed secret is the one that is kept."""
    from argon2 import PasswordHasher
    from argon2.exceptions import VerifyMismatchError

    try:
        return PasswordHasher().verify(argon2id, normal(secret))
    except VerifyMismatchError:
        return False


def cost_of(argon2id: str) -> Cost:
    """The cost that stands in a kept text."""
    from argon2 import extract_parameters

    found = extract_parameters(argon2id)
    return Cost(found.memory_cost, found.time_cost)


def normal(secret: str) -> str:
    """The same letters however the keyboard composed them (NIST SP 800-63B-4: NFKC)."""
    return unicodedata.normalize("NFKC", secret)


def check_passphrase(
    passphrase: str, again: str, *, name: str, is_wards: Callable[[str], bool] | None = None
) -> None:
    """Refuse a person's passphrase that is too short or easily guessed; every reason at once.

    Args:
        passphrase: as typed.
        again: as typed the second time.
        name: whose it is to be.
        is_wards: whether a text is the ward's own passphrase; None where the ward has none.
    """
    reasons = _too_plain(passphrase)
    typed, own = person_key(passphrase.replace(",", " ")), person_key(name)
    if own and own in typed and typed.replace(own, "") in {"", "1", "123"}:
        reasons.append("A passphrase is not one's own name.")
    if is_wards is not None and not reasons and is_wards(passphrase):
        reasons.append("This is the ward's passphrase: take another one.")
    if normal(passphrase) != normal(again):
        reasons.append("The two are not the same: type the passphrase twice.")
    if reasons:
        raise Refused(*reasons)


def _too_plain(passphrase: str) -> list[str]:
    letters = len(normal(passphrase))
    if letters < LEAST_LETTERS:
        return [
            f"A passphrase has at least {LEAST_LETTERS} letters; {letters} were typed. "
            "Three or four words with blanks between them are easiest to keep in mind."
        ]
    if letters > MOST_LETTERS:
        return [f"A passphrase has at most {MOST_LETTERS} letters; {letters} were typed."]
    if len(set(normal(passphrase).casefold())) < LEAST_DIFFERENT:
        return ["These are too few different letters: anybody would try that. Take a few words."]
    return []


def check_ward_passphrase(passphrase: str, again: str) -> None:
    """Refuse a ward's passphrase of fewer than five different words; every reason at once."""
    words = normal(passphrase).casefold().split()
    reasons = []
    if len(words) < WARD_WORDS:
        reasons.append(
            f"The ward's passphrase has at least {WARD_WORDS} words; {len(words)} were typed."
        )
    elif len(set(words)) < WARD_WORDS or sum(map(len, words)) < LEAST_LETTERS:
        reasons.append(f"Take {WARD_WORDS} different words of some length.")
    if normal(passphrase).split() != normal(again).split():
        reasons.append("The two are not the same: type the ward's passphrase twice.")
    if reasons:
        raise Refused(*reasons)


def check_pin(pin: str, again: str) -> None:
    """Refuse a PIN that is not 4 to 8 digits, or that anybody would try first."""
    least, most = PIN_DIGITS
    reasons = []
    if not (pin.isascii() and pin.isdigit() and least <= len(pin) <= most):
        reasons.append(f"A PIN is {least} to {most} digits.")
    elif _is_trivial(pin):
        reasons.append("This PIN would be tried first: take digits without a pattern or a year.")
    if pin != again:
        reasons.append("The two are not the same: type the PIN twice.")
    if reasons:
        raise Refused(*reasons)


def _is_trivial(pin: str) -> bool:
    half, odd = divmod(len(pin), 2)
    repeats = len(set(pin)) < 3 or (not odd and pin[:half] == pin[half:])
    year = len(pin) == 4 and pin[:2] in {"19", "20"}
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    return repeats or year or len(steps) == 1 or any(pin in run for run in _RUNS)


@cache
def _words() -> tuple[str, ...]:
    text = place("resources", "people", "words.txt").read_text("utf-8")
    return tuple(text.split())


def five_words() -> str:
    """Five words drawn by chance, for a ward's passphrase: about 64 bits."""
    return " ".join(secrets.choice(_words()) for _ in range(WARD_WORDS))
