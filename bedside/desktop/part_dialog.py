"""Asks how much of a broken-off infusion really went in, and puts its record right."""

from typing import TYPE_CHECKING

from bedside.desktop.break_off_dialog import ask_break_off
from bedside.desktop.save import saving
from bedside.ward.break_off_asked import running_vial
from bedside.ward.part_corrected import correct_part

if TYPE_CHECKING:
    from bedside.desktop.corrections_dialog import CorrectionsDialog
    from bedside.ward.broken_off import WentIn


def ask_part(form: "CorrectionsDialog", dose_id: int, words: str) -> bool:
    """Ask, and record; whether it was recorded.

    Args:
        form: the form of corrections; what is refused is said in the question's own form.
        dose_id: the record of the broken-off infusion.
        words: the same in words.
    """
    ward, session = form.ward, form.session

    def record(went_in: "WentIn", reason: str) -> tuple[bool, tuple[str, ...]]:
        done = saving(
            form,
            lambda: correct_part(ward, form.infant_id, dose_id, went_in, reason, who=session.who),
        )
        return done.saved, done.reasons

    vial = running_vial(ward, dose_id)
    ended = vial.ended_at
    now = ward.now if ended is None else lambda: ended
    return ask_break_off(form, form.look, ward.decimal_mark, vial, now, record, words)
