"""The recovery code: opens the ward when the passphrase is forgotten; printed once, locked away.

160 random bits in eight groups of four letters, each group with a fifth letter that checks it and
its place. A group that was misread, or two groups that changed places, are named before anything is
tried. The letters are Crockford's 32, without I, L, O and U: what looks like 1 or 0 is read as 1 or 0.
"""

import secrets

from bedside.units.refusal import Refused

GROUPS, LETTERS = 8, 4
BITS = GROUPS * LETTERS * 5
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ALIKE = str.maketrans("OIL", "011")


def new_code() -> str:
    """A new code, e.g. "7K3QD-…": eight groups with hyphens between them."""
    groups = ["".join(secrets.choice(_ALPHABET) for _ in range(LETTERS)) for _ in range(GROUPS)]
    return "-".join(group + _check(number, group) for number, group in enumerate(groups))


def read_code(typed: str) -> str:
    """Return a typed code as its 32 letters, without the check letters.

    Raises:
        Refused: it is no recovery code; with the groups that were mistyped.
    """
    letters = "".join(typed.upper().translate(_ALIKE).replace("-", " ").split())
    strange = sorted({letter for letter in letters if letter not in _ALPHABET})
    if strange:
        raise Refused(
            f"A recovery code has no {' '.join(strange[:5])}: it is written in digits and capital "
            "letters without I, L, O and U."
        )
    if len(letters) != GROUPS * (LETTERS + 1):
        raise Refused(
            f"A recovery code has {GROUPS} groups of {LETTERS + 1} letters; "
            f"{len(letters)} letters were typed instead of {GROUPS * (LETTERS + 1)}."
        )
    step = LETTERS + 1
    groups = [letters[start : start + step] for start in range(0, len(letters), step)]
    wrong = [
        str(number + 1)
        for number, group in enumerate(groups)
        if group[LETTERS] != _check(number, group[:LETTERS])
    ]
    if wrong:
        raise Refused(
            f"Group {', '.join(wrong)} of the recovery code was mistyped: compare it with the sheet."
        )
    return "".join(group[:LETTERS] for group in groups)


def derive_from_code(letters: str, salt: bytes) -> bytes:
    """The 32-byte key of a code. It is random through and through: nothing slow is needed.

    Args:
        letters: from `read_code`.
        salt: random, of its own for each wrapping.
    """
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), 32, salt, b"Bedside recovery code").derive(letters.encode())


def _check(number: int, group: str) -> str:
    """The letter that checks a group in its place.

    A sum in the field of 32 elements, each letter with a weight of its own: any one letter typed
    wrong, any two that changed places in a group, and any two groups that did, give another one.
    """
    held = number + 1
    for letter in group:
        held = _doubled(held) ^ _ALPHABET.index(letter)
    return _ALPHABET[_doubled(held)]


def _doubled(element: int) -> int:
    """Multiply by the field's generator; its polynomial is x^5 + x^2 + 1."""
    return (element << 1) ^ (0b100101 if element & 0b10000 else 0)
