"""What a scanned or typed code answers: whether a paper holds, and whose band it is."""

from typing import Literal

from msgspec import Struct

Verdict = Literal["VALID", "OUT OF DATE", "NOT OURS"]


class PaperAnswer(Struct, frozen=True):
    """Whether a paper still holds.

    Args:
        verdict: the one word that counts.
        words: it in a sentence.
        reasons: what has changed, or why it is not ours; () for a paper that holds.
        since: which of its doses are on record since it was printed, said before the verdict; "" for none.
        todo: what to do now.
        lines: what is known of the paper, each a name and its words: the paper, whose, printed
            when and by whom, valid until.
        infant_id: whose paper it is; None for a paper of nobody, or of all.
        alike: "same family name: bed 6", "" where nobody else on the ward bears it.
    """

    verdict: Verdict
    words: str
    reasons: tuple[str, ...] = ()
    todo: str = ""
    lines: tuple[tuple[str, str], ...] = ()
    infant_id: int | None = None
    alike: str = ""
    since: str = ""


class BandAnswer(Struct, frozen=True):
    """Whose band it is.

    Args:
        infant_id: the infant; None where it is nobody's on this ward.
        words: whose, with both identifiers; or that it is nobody's, and what to do.
        alike: "same family name: bed 6", "" where nobody else on the ward bears it.
    """

    infant_id: int | None
    words: str
    alike: str = ""
