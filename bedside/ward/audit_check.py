"""The record is verified before every paper; where it does not hold, nothing is drawn at all.

What is verified, and what the short way leaves to the next whole one, stands at
`bedside.store.audit_recent`. A ward whose trail is broken takes nothing more: no record, no copy,
no paper. It is closed, and the next opening shows why.
"""

from collections.abc import Callable

from bedside.store.troubles import AuditBroken
from bedside.ward.ward import Ward

NOTHING_PRINTED = "Nothing was printed: no paper leaves a record that does not hold."


def check_before_paper(
    ward: Ward, infant_id: int | None, go_on: Callable[[], bool] = lambda: True
) -> None:
    """Verify what a paper stands on; call it before the paper's facts are read.

    Args:
        ward: the ward.
        infant_id: whose paper it is; None for a paper of all infants, or of none.
        go_on: asked again and again; False stops it, and nothing is printed.

    Raises:
        AuditBroken: a record or the trail was changed outside Bedside; the ward takes nothing more.
        Refused: it was stopped.
    """
    try:
        ward.store.verify_for_paper(infant_id, go_on)
    except AuditBroken as broken:
        broken.reasons = (broken.reasons[0], NOTHING_PRINTED, *broken.reasons[1:])
        broken.args = (" ".join(broken.reasons),)
        _tell(ward, broken)
        raise


def check_record(ward: Ward, go_on: Callable[[], bool] = lambda: True) -> None:
    """Verify the whole record while work goes on: once in each run, beside the window.

    Args:
        ward: the ward.
        go_on: asked again and again; False gives it up, as when the window closes.

    Raises:
        AuditBroken: a record or the trail was changed outside Bedside; the ward takes nothing more.
    """
    try:
        ward.store.verify_in_steps(go_on)
    except AuditBroken as broken:
        _tell(ward, broken)
        raise


def _tell(ward: Ward, broken: AuditBroken) -> None:
    if ward.on_broken is not None:
        ward.on_broken(broken)
