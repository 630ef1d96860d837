"""Why a paper is printed again: asked for each further copy of a sheet, kept with it, said on it (hazard H31).

Two copies of one sheet at a bed are a hazard in themselves. Whoever prints the second says why, so that
the one who finds both knows which became of the first. A sheet printed anew because something on it
changed is another sheet: its foot names what it replaces, and nothing is asked.
"""

from bedside.units.refusal import Refused

REASONS = (
    "jammed in the printer",
    "lost",
    "unreadable",
    "wet or torn",
    "for the pharmacy",
)
MOST_LETTERS = 60
NOT_SAID = "no reason said at the command line"


def reason_of_copy(copy: int, sheet_number: str, said: str) -> str | None:
    """What is kept of the reason; None for a first copy, which has none.

    Args:
        copy: of the sheet, from 1.
        sheet_number: for the refusal.
        said: the reason in words.

    Raises:
        Refused: a further copy without a reason, or with one that has no room on the paper.
    """
    if copy == 1:
        return None
    reason = " ".join(said.split())
    if not reason:
        raise Refused(
            f"Sheet {sheet_number} was printed before: say why it is "
            f"printed again. Nothing was printed."
        )
    if len(reason) > MOST_LETTERS:
        raise Refused(
            f"The reason has {len(reason)} letters, and the paper has room for {MOST_LETTERS}: "
            "say it in fewer words. Nothing was printed."
        )
    return reason
