"""The signs that printed codes are written in, and the two at their end that catch a slip.

Codes are read off paper at night and typed, so they use the 32 signs of Crockford's alphabet: no I, L, O or U.

The check: the sum of each sign's value times a power of 10 that goes with its place, modulo 1021,
written as the last two signs. 1021 is a prime larger than any sign's value, and 10 makes all its other
remainders. So **every** single wrong sign is caught, and **every** swap of two neighbours; of all other
slips one in 1021 is missed.

Decision: ISO 7064 (modulo 37) and Crockford's own check were rejected: each writes its check with
signs outside these 32. A single check sign in base 32 was rejected too: it misses one in 32 of the
slips that are no single sign, and then says NOT OURS of a paper that is ours.
"""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MODULUS, _BASE = 1021, 10
_LOOKS_LIKE = str.maketrans({"I": "1", "L": "1", "O": "0"})
_BETWEEN = str.maketrans("", "", " -\u00a0\u2011\u2013\t")


def check_signs(body: str) -> str:
    """Work out the two signs that follow a code's own.

    Args:
        body: the code without them; any signs of ASCII.
    """
    total = 0
    for sign in body:
        total = (total * _BASE + ord(sign)) % _MODULUS
    total = total * _BASE % _MODULUS
    return ALPHABET[total >> 5] + ALPHABET[total & 31]


def fits(code: str) -> bool:
    """Whether a code's last two signs go with those before them."""
    return len(code) > 2 and check_signs(code[:-2]) == code[-2:]


def folded(typed: str) -> str:
    """A code as it was typed, in capitals, without what stands between its groups, I and L as 1, O as 0."""
    return typed.translate(_BETWEEN).upper().translate(_LOOKS_LIKE)


def in_signs(number: int, length: int) -> str:
    """Write a number in so many signs, the highest first; what is too large is cut from the left."""
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(length)))


def from_signs(signs: str) -> int:
    """Read a number that `in_signs` has written.

    Raises:
        ValueError: there is a sign that is none of the 32.
    """
    number = 0
    for sign in signs:
        number = number * 32 + ALPHABET.index(sign)
    return number
