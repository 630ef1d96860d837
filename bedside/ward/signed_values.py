"""The one signed file of a site's values: readable TOML, the list of who typed what, and a seal.

The file is a file of site values as every `--site-values` takes it. Its last lines are comments to
that reader: one line for each commissioned number with both names and times, then who signed, the
SHA-256 of every byte before it, and the same in twelve letters for a second person to retype.
A SHA-256 shows that a byte was changed, not who made the file: that is what the second person is
for, who gets the twelve letters from the people who signed, not from the file's bearer.
"""

import hashlib
import re
from typing import TypeVar

from msgspec import Struct, ValidationError, json

from bedside.units.refusal import Refused

MOST_BYTES = 2_000_000
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
_LIST = "# Commissioned numbers, one a line; do not edit."
_ROW = "#: "
_SIGNED = re.compile(r"#! signed by (?P<who>[^\r\n]+)\n")
_SEAL = re.compile(
    rb"#! sha256 (?P<digest>[0-9a-f]{64})\n#! letters (?P<letters>[0-9A-Z]{4} [0-9A-Z]{4} [0-9A-Z]{4})\n"
)
_CHANGED = (
    "was changed after it was signed, or is cut short: nothing of it was taken. "
    "Get the file again from those who signed it."
)


Row = TypeVar("Row", bound=Struct)


class SignedRow(Struct, frozen=True, forbid_unknown_fields=True):
    """One commissioned number of the file: canonical text, both names and times as written."""

    scope: str
    group: str
    number: str
    value: str
    public: str
    first: str
    first_at: str
    second: str
    second_at: str
    reason: str


class SignedValues(Struct, frozen=True):
    """A file whose seal holds."""

    protocol: str
    edition: str
    demonstration: bool
    body: str
    rows: tuple[SignedRow, ...]
    signed_by: tuple[str, str]
    digest: str


class _Head(Struct, frozen=True, forbid_unknown_fields=True):
    protocol: str
    edition: str
    demonstration: bool
    signed_by: tuple[str, str]


def letters_of(digest: str) -> str:
    """A digest in twelve letters, in three groups: "7QK2 M0XZ 41RT"."""
    value = int(digest[:15], 16)
    letters = "".join(_ALPHABET[(value >> (5 * place)) & 31] for place in range(12))
    return " ".join(letters[start : start + 4] for start in (0, 4, 8))


def same_letters(typed: str, digest: str) -> bool:
    """Whether the typed letters are those of the digest; blanks, dashes and capitals do not count."""
    plain = "".join(letter for letter in typed.upper() if letter.isalnum())
    for written, meant in (("O", "0"), ("I", "1"), ("L", "1")):
        plain = plain.replace(written, meant)
    return plain == letters_of(digest).replace(" ", "")


def write_signed(values: SignedValues) -> bytes:
    """Write the file; the seal is worked out here, whatever ``values.digest`` says."""
    head = _Head(values.protocol, values.edition, values.demonstration, values.signed_by)
    lines = [values.body.rstrip("\n"), "", _LIST]
    lines.append(_ROW + _json(head))
    lines += [_ROW + _json(row) for row in values.rows]
    lines.append(f"#! signed by {' and '.join(values.signed_by)}")
    sealed = ("\n".join(lines) + "\n").encode()
    digest = hashlib.sha256(sealed).hexdigest()
    return sealed + f"#! sha256 {digest}\n#! letters {letters_of(digest)}\n".encode()


def claims_a_signature(content: bytes) -> bool:
    """Whether a file was signed at some time, whatever was done to it since: any mark of it is left."""
    marks = (_LIST.encode(), b"#! signed by", b"#! sha256", b"#! letters")
    return any(mark in content for mark in marks)


def read_signed(content: bytes, name: str) -> SignedValues:
    """Read a file and check its seal.

    Args:
        content: every byte of the file.
        name: its name, for messages.

    Raises:
        Refused: it is no signed file, or a byte of it was changed.
    """
    if len(content) > MOST_BYTES:
        raise Refused(f"{name} is too large for a file of site values.")
    sealed, mark, rest = content.rpartition(b"#! sha256 ")
    found = _SEAL.fullmatch(mark + rest)
    if found is None:
        what = _CHANGED if b"#! signed by" in content else "is not signed: export it from a ward."
        raise Refused(f"{name} {what}")
    digest = hashlib.sha256(sealed).hexdigest()
    same = found["digest"].decode() == digest and found["letters"].decode() == letters_of(digest)
    if not same:
        raise Refused(f"{name} {_CHANGED}")
    return _opened(sealed.decode(), digest, name)


def _opened(text: str, digest: str, name: str) -> SignedValues:
    body, _, listed = text.partition(f"\n\n{_LIST}\n")
    lines = listed.splitlines()
    try:
        head = _object(lines[0], _Head)
        rows = tuple(_object(line, SignedRow) for line in lines[1:-1])
    except (ValueError, ValidationError, IndexError, RecursionError) as fault:
        raise Refused(f"{name} has no list of commissioned numbers that can be read.") from fault
    if not _SIGNED.fullmatch(lines[-1] + "\n"):
        raise Refused(f"{name} does not name the two people who signed it.")
    return SignedValues(
        head.protocol,
        head.edition,
        head.demonstration,
        body + "\n",
        rows,
        head.signed_by,
        digest,
    )


def _object(line: str, kind: type[Row]) -> Row:
    if not line.startswith(_ROW):
        raise ValueError("no row")
    return json.decode(line.removeprefix(_ROW), type=kind)


def _json(row: Struct) -> str:
    return json.encode(row).decode()
