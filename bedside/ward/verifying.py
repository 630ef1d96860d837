"""Scan to verify: a code off a paper answers VALID, OUT OF DATE with what changed, or NOT OURS (hazard H30).

It works without a network: the ward's own record answers. The record is verified before it does, as
before a paper is printed. A mistyped code is refused, not answered: its last two signs tell it from a
foreign one, and nobody throws a good paper away over a slip.
"""

from bedside.papers.check_signs import folded
from bedside.papers.label_code import KIND as LABEL
from bedside.papers.label_code import LabelCode, read_label_code
from bedside.store.queries import all_of
from bedside.store.records import Print
from bedside.units.dates import write_date_time
from bedside.units.refusal import Refused
from bedside.ward.audit_check import check_before_paper
from bedside.ward.bands import same_family, whose_words
from bedside.ward.doses_on_papers import (
    NOT_AGAIN,
    WHICH,
    LabelPart,
    on_record_words,
    part_read,
    told_since,
)
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.identity import infants_of
from bedside.ward.label_hold import held_until, hold_over
from bedside.ward.label_lines import is_label_figures, printed_label
from bedside.ward.label_time import runs_words
from bedside.ward.paper_codes import IN_QR, RECORDED, in_groups, is_ours, misfit
from bedside.ward.paper_keys import LABEL as LABEL_KIND
from bedside.ward.paper_keys import OF_A_DAY
from bedside.ward.printing import printed_papers
from bedside.ward.snapshots import SIGNS as SNAPSHOT
from bedside.ward.snapshots import content_signs, read_snapshot
from bedside.ward.views.pages import PrintedPaper
from bedside.ward.views.verified import PaperAnswer
from bedside.ward.ward import Ward

TAKE_AWAY = "Take this paper away. Print it anew in Doses and papers, if it is still needed."
LOOK = "Look at the infant's band before you work from it."
LOOK_LABEL = "Scan band and label when it is given."
GONE_LABEL = "Do not give what it stands on. Ring the pharmacy."
_NOT_OURS = "This ward has printed no paper with this code."
_ASK = "Do not work from it. Ask where it comes from, and print this ward's own paper."
_SQUARE = "BEDSIDE 1"
_LONGEST = 400  # signs; a square code has about 70


def verify_paper(ward: Ward, scanned: str) -> PaperAnswer:
    """Whether a printed paper still holds.

    Args:
        ward: the ward.
        scanned: the code as typed (with or without blanks, small or capital; I and L are read as
            1, O as 0), or the whole of what a reader reads from the square code or from a label.

    Raises:
        Refused: it is no code, or one that was mistyped or misread; nothing is said of the paper.
        AuditBroken: the record does not hold; nothing in it can answer for a paper.
    """
    text = scanned.strip()
    if not text:
        raise Refused("Type the code at the foot of the paper, or scan its square code.")
    if len(text) > _LONGEST:
        raise Refused("That is much too long for a code: scan one square code at a time.")
    if text.upper().startswith(LABEL):
        label = read_label_code(text)
        if label is None:
            raise _misread("the label")
        return _label(ward, label)
    if is_square_code(text):
        return _square(ward, text.upper())
    if is_label_figures(text):
        return _label_figures(ward, text)
    code = folded(text)
    why = misfit(code, RECORDED, SNAPSHOT)
    row = None if why == "" else _row_of(ward, code)
    if row is not None:
        return _answer(ward, row, ("it was printed by an earlier Bedside, without a check",))
    if why:
        raise Refused(
            f"That is no code as it is printed: {why}. Compare it with the paper, group by group; "
            "a code has three or four groups of four. Nothing is said of the paper yet."
        )
    return _recorded(ward, code) if len(code) == RECORDED else _snapshot(ward, code)


def _misread(what: str) -> Refused:
    return Refused(
        f"The reader did not read {what} as it was printed. Scan it again. If it happens each time, "
        "the reader may be set to another keyboard than this computer; type the code below the "
        "square instead. Nothing is said of the paper yet."
    )


def _square(ward: Ward, text: str) -> PaperAnswer:
    """What the square code of a paper answers; it also tells papers that are not on record."""
    parts = text.split("/")
    if len(parts) != 5 or parts[0] != _SQUARE or not parts[2].isdecimal():
        raise _misread("the square code")
    number, copy, code, digest = parts[1], int(parts[2]), folded(parts[3]), parts[4]
    if misfit(code, RECORDED, SNAPSHOT):
        raise _misread("the square code")
    if len(code) == SNAPSHOT:
        return _snapshot(ward, code, digest)
    row = _row_of(ward, code)
    if row is not None:
        as_printed = (row.sheet_number.upper(), row.copy, row.facts_digest[:IN_QR].upper())
        if as_printed != (number, copy, digest):
            return _foreign("The code is of another sheet than the one that it stands on.")
        return _recorded(ward, code)
    if is_ours(ward, code, number, copy, digest):
        return _not_on_record(number, copy)
    return _foreign(_NOT_OURS)


def _recorded(ward: Ward, code: str) -> PaperAnswer:
    row = _row_of(ward, code)
    if row is None:
        return _foreign(_NOT_OURS)
    if not is_ours(ward, code, row.sheet_number, row.copy, row.facts_digest):
        return _foreign("Its record in this ward does not go with its code.")
    return _answer(ward, row, ())


def _row_of(ward: Ward, code: str) -> Print | None:
    with ward.store.reading() as connection:
        rows = all_of(connection, Print, include_void=True)
    return next((row for row in rows if folded(row.code) == code), None)


def _answer(
    ward: Ward, row: Print, against: tuple[str, ...], part: LabelPart | None = None
) -> PaperAnswer:
    """What the record says of a paper of an infant."""
    check_before_paper(ward, row.infant_id)
    facts = facts_of(ward, row.infant_id)
    with ward.store.reading() as connection:
        everyone = infants_of(connection)
    infant = next(one for one in everyone if one.id == row.infant_id)
    printed = next(one for one in printed_papers(ward, facts) if one.print_id == row.id)
    reasons = against or _why_out_of_date(ward, facts, row, printed, part)
    title, of_label, holds = printed.title, row.kind == LABEL_KIND, not reasons
    since = told_since(ward, facts, row) if holds and part is None and row.kind in OF_A_DAY else ""
    look, gone = (LOOK_LABEL, GONE_LABEL) if of_label else (LOOK, TAKE_AWAY)
    todo = WHICH if since and of_label else look if holds else gone
    return PaperAnswer(
        verdict="VALID" if holds else "OUT OF DATE",
        words=_said(title, holds=holds, left=bool(since)),
        reasons=reasons,
        todo=(runs_words(ward, facts, row) if holds else "") or todo,
        since=_since_words(since),
        lines=(
            ("Paper", title),
            *((("Dose of the day", part.words),) if part is not None else ()),
            ("Infant", whose_words(infant)),
            ("Sheet", f"{row.sheet_number}, copy {row.copy}, code {in_groups(folded(row.code))}"),
            ("Printed", f"{write_date_time(ward.local(row.recorded_at))} by {row.recorded_by}"),
            *((("Printed again", row.reprint_reason),) if row.reprint_reason else ()),
            ("Valid until", write_date_time(held_until(ward, facts, row, part))),
        ),
        infant_id=row.infant_id,
        alike=same_family(infant, everyone),
    )


def _why_out_of_date(
    ward: Ward, facts: InfantFacts, row: Print, printed: PrintedPaper, part: LabelPart | None
) -> tuple[str, ...]:
    """Why a paper holds no more, one label of several doses by its own dose; () where it holds."""
    taken = "" if part is None else on_record_words(ward, facts, row, part)
    if taken:
        return (taken,)
    if row.kind == LABEL_KIND and printed.is_over:
        from bedside.ward.label_check import given_words

        return (given_words(ward, row) or printed.out_of_date,)
    over = "" if part is None else hold_over(ward, facts, row, part)
    return _changed(printed) or ((over,) if over else ())


def _since_words(since: str) -> str:
    """That doses of a paper are on record since it was printed: what is read first."""
    return f"On record since it was printed: {since}. {NOT_AGAIN}" if since else ""


def _said(title: str, *, holds: bool, left: bool) -> str:
    """Whether a paper holds, in a sentence; ``left`` where some of its doses are on record."""
    if not holds:
        return f"{title} does not hold any more."
    return f"{title} holds for what is left only." if left else f"{title} still holds."


def _changed(printed: PrintedPaper) -> tuple[str, ...]:
    """Every reason why it holds no more, the weightiest first (hazard H31); () where it holds."""
    reasons = (printed.replaced, printed.out_of_date, printed.also)
    return tuple(filter(None, dict.fromkeys(reasons)))


def _label(ward: Ward, label: LabelCode) -> PaperAnswer:
    """What the label of a preparation answers: whether its order and its sheet still stand."""
    from bedside.ward.label_check import label_answer

    return label_answer(ward, label)


def recorded_answer(ward: Ward, row: Print, part: LabelPart | None = None) -> PaperAnswer:
    """What a label that is on record answers: the same by its square code, its figures and its words.

    Args:
        ward: the ward.
        row: the copy that was scanned.
        part: which dose of the day it is of, where what was scanned names one.
    """
    return _answer(ward, row, (), part)


def _label_figures(ward: Ward, figures: str) -> PaperAnswer:
    """What a label's line code answers: the record of that very label."""
    row = printed_label(ward, figures)
    if row is None:
        return PaperAnswer(
            "NOT OURS",
            "This is no label of this ward.",
            ("This ward has printed no label with these ten figures.",),
            "Compare the figures with the label. Do not give what it stands on; ask the pharmacy.",
        )
    return recorded_answer(ward, row, part_read(row, figures))


def _not_on_record(number: str, copy: int) -> PaperAnswer:
    return PaperAnswer(
        verdict="OUT OF DATE",
        words=f"Sheet {number}, copy {copy} was printed by this ward and is not on its record.",
        reasons=(
            "it was printed while nothing could be recorded (READ-ONLY), or after the copy from "
            "which this ward was restored",
        ),
        todo="Compare it with the paper record, then take it away and print it anew.",
    )


def _snapshot(ward: Ward, code: str, digest: str = "") -> PaperAnswer:
    """What a paper answers that is drawn as the ward stands and kept on no record."""
    from bedside.ward.snapshot_answers import snapshot_answer

    found = read_snapshot(ward, code)
    if found is None:
        return _foreign(_NOT_OURS)
    if digest and (not _is_digest(digest) or content_signs(digest) != found.content):
        return _foreign("The code is of another paper than the one that it stands on.")
    return snapshot_answer(ward, found)


def _is_digest(text: str) -> bool:
    return len(text) == IN_QR and not set(text) - set("0123456789ABCDEF")


def _foreign(why: str) -> PaperAnswer:
    return PaperAnswer("NOT OURS", "This is no paper of this ward.", (why,), _ASK)


def is_paper_code(scanned: str) -> bool:
    """Whether a scan is the typed code of a paper, with both of its check signs right."""
    return not misfit(folded(scanned.strip()), RECORDED, SNAPSHOT)


def is_square_code(scanned: str) -> bool:
    """Whether a scan is of a paper or of a label, and no band; nothing is looked up."""
    return "BEDSIDE" in scanned.upper()
