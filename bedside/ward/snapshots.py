"""The codes of papers that are drawn as the ward stands and kept on no record: they tell of themselves.

Downtime sheets, the card for the tertiary team, the list of a restore and the review book are drawn when
nothing can be recorded, too. So their code says itself what they are: one sign for the kind, six for
the second of printing, two for the infant, two of the digest of the facts on them, three of an HMAC
over all these under the ward's key (`bedside.ward.paper_codes`), two that catch a slip: 16 signs. One made
up passes once in 32 768 tries, and the square code holds more of the digest.

Whether such a paper still holds is worked out from what was recorded since.
"""

import hmac
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from msgspec import Struct

from bedside.papers.check_signs import check_signs, from_signs, in_signs
from bedside.papers.mark import PaperMark
from bedside.ward.paper_codes import in_groups, mac, paper_keys
from bedside.ward.ward import Ward

SIGNS = 16
KINDS = {
    "D": ("Downtime sheet", "DT"),
    "T": ("Card: contact the tertiary team", "TC"),
    "R": ("List of a restore", "RL"),
    "B": ("Review book of a protocol", "RB"),
}
_BEGIN = datetime(2024, 1, 1, tzinfo=UTC)
_INFANTS = 1024


class Snapshot(Struct, frozen=True):
    """What the code of a snapshot says.

    Args:
        kind: a key of `KINDS`.
        printed_at: aware, to the second.
        infant: the infant's number, the part of it that fits; 0 for a paper of no one infant.
        content: two signs of the digest of the facts on it.
    """

    kind: str
    printed_at: datetime
    infant: int
    content: str


def snapshot_mark(
    ward: Ward, kind: str, content: str, valid_until: str, *, infant_id: int = 0, edition: str = ""
) -> PaperMark:
    """Fill what tells a snapshot apart.

    Args:
        ward: the ward.
        kind: a key of `KINDS`.
        content: the facts on the paper, in whatever form is always the same for them.
        valid_until: in words.
        infant_id: whose paper it is; 0 for a paper of no one infant.
        edition: of the protocol it rests on.
    """
    now = ward.now()
    digest = sha256(content.encode()).hexdigest()
    seconds = (now - _BEGIN) // timedelta(seconds=1)
    body = kind + in_signs(seconds, 6) + in_signs(infant_id % _INFANTS, 2) + content_signs(digest)
    body += _tag(paper_keys(ward)[0], body)
    return PaperMark(
        number=f"{KINDS[kind][1]}-{now:%Y-%m%d-%H%M-%S}",
        code=in_groups(body + check_signs(body)),
        edition=edition,
        audit_head=ward.store.audit_head()[:16],
        digest=digest,
        valid_until=valid_until,
    )


def content_signs(digest: str) -> str:
    """The part of a digest that stands in the code."""
    return in_signs(int(digest[:4], 16) >> 6, 2)


def read_snapshot(ward: Ward, code: str) -> Snapshot | None:
    """What a code of 16 folded signs that go together says; None where this ward has not made it."""
    body, tag = code[:11], code[11:14]
    known = any(hmac.compare_digest(_tag(key, body), tag) for key in paper_keys(ward))
    if not known or body[0] not in KINDS:
        return None
    at = _BEGIN + timedelta(seconds=from_signs(body[1:7]))
    return Snapshot(body[0], ward.local(at), from_signs(body[7:9]), body[9:11])


def is_infant(snapshot: Snapshot, infant_id: int) -> bool:
    """Whether a snapshot is of this infant."""
    return snapshot.infant == infant_id % _INFANTS


def _tag(key: bytes, body: str) -> str:
    return mac(key, ("snapshot", body), 3)
