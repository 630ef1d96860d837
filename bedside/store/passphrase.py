"""The ward passphrase: what may be one, and how it becomes a key.

At least five words, because a key file can be copied and tried elsewhere for years; five words taken
at random from a list of a few thousand cannot be guessed, and can be remembered. Capitals, accents
typed in two ways and the number of spaces make no difference, so that a night nurse at another
keyboard can type it. It becomes a key by argon2id, which is slow on purpose; how slow is measured at
set-up and kept in the key file.

Source of the figures: the floor is OWASP's (argon2id, 19 MiB, two passes, one lane), the beginning
RFC 9106's second recommendation (64 MiB, three passes, four lanes), the aim 150 to 500 ms.
"""

import unicodedata
from collections.abc import Callable

from msgspec import Struct

from bedside.units.refusal import Refused

LEAST_WORDS = 5
LEAST_LETTERS = 16
MOST_LETTERS = 400
FLOOR_KIB, FLOOR_PASSES = 19 * 1024, 2
_MOST_KIB, _MOST_PASSES, _MOST_LANES = 1024 * 1024, 64, 16
AIM_MS = (150, 500)
SALT_BYTES = 16


class Slowness(Struct, frozen=True):
    """How slow the derivation is: argon2id's memory in KiB, passes and lanes."""

    memory_kib: int
    passes: int
    lanes: int

    def check(self) -> None:
        """Refuse figures that are weaker than the floor, or that no workstation could bear.

        Raises:
            ValueError: they were changed by somebody else than Bedside.
        """
        fits = (
            FLOOR_KIB <= self.memory_kib <= _MOST_KIB
            and FLOOR_PASSES <= self.passes <= _MOST_PASSES
            and 1 <= self.lanes <= _MOST_LANES
        )
        if not fits:
            raise ValueError("figures of argon2id outside every bound")


FLOOR = Slowness(FLOOR_KIB, FLOOR_PASSES, 1)
RFC_9106_SECOND = Slowness(64 * 1024, 3, 4)


def check_new(typed: str) -> str:
    """Return a new passphrase as it is used.

    Raises:
        Refused: it is too short, or one word over and over; with what would be right.
    """
    words = as_used(typed).split(" ")
    if len(words) < LEAST_WORDS or "" in words:
        raise Refused(
            f"A ward passphrase has at least {LEAST_WORDS} words with a space between them; "
            f"this has {len([word for word in words if word])}. Take words that do not belong "
            "together, by opening a book five times."
        )
    if len(set(words)) < LEAST_WORDS:
        raise Refused(f"Take at least {LEAST_WORDS} different words.")
    if sum(map(len, words)) < LEAST_LETTERS:
        raise Refused(
            f"The words together need at least {LEAST_LETTERS} letters: take longer ones."
        )
    return " ".join(words)


def as_used(typed: str) -> str:
    """A typed passphrase without what makes no difference: capitals, spaces, ways of accents.

    Raises:
        Refused: it is longer than any passphrase, or holds what no keyboard types.
    """
    if len(typed) > MOST_LETTERS:
        raise Refused(f"A passphrase has at most {MOST_LETTERS} letters.")
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", typed).casefold())
    try:
        plain.encode()
    except UnicodeEncodeError as error:
        raise Refused("This passphrase holds a character that cannot be kept.") from error
    return " ".join(plain.split())


def derive(used: str, salt: bytes, slowness: Slowness) -> bytes:
    """The 32-byte key of a passphrase; takes as long as the figures say.

    Args:
        used: from `check_new` or `as_used`.
        salt: random, of its own for each wrapping.
        slowness: checked figures.
    """
    from argon2.low_level import Type, hash_secret_raw

    slowness.check()
    return hash_secret_raw(
        used.encode(),
        salt,
        time_cost=slowness.passes,
        memory_cost=slowness.memory_kib,
        parallelism=slowness.lanes,
        hash_len=32,
        type=Type.ID,
    )


def calibrate(clock_ns: Callable[[], int]) -> Slowness:
    """Measure this workstation and return figures that take it 150 to 500 ms, never below the floor.

    Args:
        clock_ns: nanoseconds of a clock that only ever runs forward (`time.perf_counter_ns`).
    """

    def took_ms(figures: Slowness) -> int:
        began = clock_ns()
        derive("measure this workstation", bytes(SALT_BYTES), figures)
        return (clock_ns() - began) // 1_000_000

    figures = RFC_9106_SECOND
    time = took_ms(figures)
    while time > AIM_MS[1] and figures != FLOOR:
        figures = _weaker(figures)
        time = took_ms(figures)
    while time < AIM_MS[0] and figures.passes < _MOST_PASSES:
        wanted = figures.passes * (sum(AIM_MS) // 2) // max(time, 1)
        passes = min(_MOST_PASSES, max(figures.passes + 1, wanted))
        figures = Slowness(figures.memory_kib, passes, figures.lanes)
        time = took_ms(figures)
    return figures


def _weaker(figures: Slowness) -> Slowness:
    memory = max(FLOOR_KIB, figures.memory_kib // 2)
    if memory > FLOOR_KIB:
        return Slowness(memory, figures.passes, figures.lanes)
    return FLOOR
