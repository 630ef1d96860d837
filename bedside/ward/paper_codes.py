"""The verification code of a paper: what it is made of, and whether it is this ward's.

A code of a paper on record has twelve signs, ``412K 7Q2M 9TXR``: ten are the first 50 bits of an
HMAC-SHA256 over the sheet number, the copy and the digest of the facts on the paper, under a key of this
ward; two catch a slip of the eye or the finger (`bedside.papers.check_signs`). So a code can be made
up by nobody who has not the ward's key, belongs to one copy with exactly these facts, and a mistyped
one is told from a foreign one before anything is looked up.

The key is worked out from the key of the audit trail's seals, which stays when the ward's file gets
another key: a paper printed before is still known. A plain ward has no key; there the seal of its
first audit row takes the key's place: it tells wards apart, but proves nothing against a forger.

Decision: a plain digest of the facts was rejected, since anybody could work it out for a paper of
his own making; a signature with a public key was rejected, since nobody outside the ward verifies and
it does not fit twelve signs. Fifty bits are enough, since a code is looked up beside its record.
"""

import hmac
from hashlib import sha256
from unicodedata import combining

from bedside.papers.check_signs import ALPHABET, check_signs, in_signs
from bedside.ward.ward import Ward

_PURPOSE = b"Bedside paper codes 1"
_MAC_SIGNS = 10
RECORDED = _MAC_SIGNS + 2  # signs of a code of a paper that is on record
IN_QR = 16  # figures of the digest that the square code carries


def in_groups(code: str) -> str:
    """A code as it is printed: groups of four, to be read off and typed."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def recorded_code(ward: Ward, number: str, copy: int, digest: str) -> str:
    """The code that is printed on a paper, in groups.

    Args:
        ward: the ward.
        number: the sheet number.
        copy: the copy, from 1.
        digest: SHA-256 of the facts on the paper, hexadecimal; the part that the square code
            carries counts.
    """
    return in_groups(_code(paper_keys(ward)[0], number, copy, digest))


def is_ours(ward: Ward, code: str, number: str, copy: int, digest: str) -> bool:
    """Whether this ward has made a code for such a paper, be it before the ward was encrypted.

    Args:
        ward: the ward.
        code: folded, without blanks (`bedside.papers.check_signs.folded`).
        number: the sheet number.
        copy: the copy.
        digest: of the facts, whole or as the square code carries it.
    """
    return any(
        hmac.compare_digest(_code(key, number, copy, digest), code) for key in paper_keys(ward)
    )


def mac(key: bytes, parts: tuple[str, ...], signs: int) -> str:
    """The first bits of an HMAC over some words, in so many signs of five bits."""
    sealed = hmac.digest(key, "\0".join(parts).encode(), "sha256")
    return in_signs(int.from_bytes(sealed[:8], "big") >> (64 - 5 * signs), signs)


def _code(key: bytes, number: str, copy: int, digest: str) -> str:
    body = mac(key, ("sheet", number, str(copy), digest[:IN_QR].upper()), _MAC_SIGNS)
    return body + check_signs(body)


def paper_keys(ward: Ward) -> tuple[bytes, ...]:
    """The ward's key for codes; behind it, in an encrypted ward, the one it had while it was plain."""
    with ward.store.reading() as connection:
        rows = connection.exec_driver_sql("SELECT hash FROM audit ORDER BY seq LIMIT 1").fetchall()
    first = str(rows[0][0]) if rows else ""
    plain = sha256(_PURPOSE + first.encode()).digest()
    sealing = ward.store.seal_key
    return (plain,) if sealing is None else (hmac.digest(sealing, _PURPOSE, "sha256"), plain)


def misfit(code: str, *lengths: int) -> str:
    """Why folded signs are no code of ours; "" where they fit.

    Args:
        code: folded.
        lengths: how many signs codes have.
    """
    strange = sorted({sign for sign in code if sign not in ALPHABET})
    if strange:
        return f"{' '.join(map(_in_sight, strange))} is no sign of a code"
    if len(code) not in lengths:
        return f"it has {len(code)} signs"
    if check_signs(code[:-2]) != code[-2:]:
        return "a sign is not as it was printed"
    return ""


def _in_sight(sign: str) -> str:
    """A sign, or its number where nobody could see it: readers and copied text bring such along."""
    return sign if sign.isprintable() and not combining(sign) else f"U+{ord(sign):04X}"
