"""What tells a snapshot of the ward apart: its number, code and edition, and until when it holds."""

from msgspec import Struct


class PaperMark(Struct, frozen=True):
    """Stands in the foot of every page of a paper that is no numbered sheet of one infant's record.

    Args:
        number: made from kind and moment, "DT-2026-1122-0703-15".
        code: verification code in groups; also in the square code.
        edition: of the protocol and the site's values; "" where the paper is of no protocol.
        audit_head: 16 hexadecimal letters.
        digest: SHA-256 of the facts on the paper.
        valid_until: in words, after "Valid until".
    """

    number: str
    code: str
    edition: str
    audit_head: str
    digest: str
    valid_until: str
