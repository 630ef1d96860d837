"""Days lost inside an azacitidine block: what becomes of them is not public, so the site rules.

The public sources give five days in a row and say nothing of a day that was missed (missed-dose
rule: not public). An open hold can always be recorded, since it only says that nothing is given.
Whatever would give the rest of the block later (a hold with an end, the end of a hold, a shift)
needs the ruling that the site has recorded in its settings; without it, it is refused.
"""

from datetime import date

from bedside.units.dates import write_date
from bedside.ward.facts import InfantFacts
from bedside.ward.ward import Ward

LATER, LEFT_OUT = "later", "left out"
SETTING = "Days lost in an azacitidine block"
_OPEN = "The hold can stay open until then: nothing of the block is given."


def inside_block(facts: InfantFacts, course_key: str, on: date) -> bool:
    """Whether a day lies inside an azacitidine block that has begun, behind its day 1."""
    start = facts.start_of(course_key)
    if facts.protocol.course(course_key).kind != "priming" or start is None:
        return False
    return on > start.day_1


def ruling_words(ward: Ward) -> str:
    """The ruling that stands, with who recorded it and when; "" where there is none."""
    site = ward.site
    if not site.block_days or site.block_days_by is None:
        return ""
    name, at = site.block_days_by
    what = "are given later" if site.block_days == LATER else "are left out"
    day = write_date(ward.local(at).date())
    return f"this site rules that days lost in an azacitidine block {what} ({name}, {day})"


def against_moving(ward: Ward, title: str) -> str:
    """Why the rest of a block may not be given later; "" where the site has ruled that it is.

    Args:
        ward: the ward.
        title: the block's name.
    """
    ruling = ruling_words(ward)
    if not ruling:
        return (
            f"Whether the days lost inside {title} are given later is not public: the site rules. "
            f"Record its ruling in Site settings (F9), “{SETTING}”. {_OPEN}"
        )
    if ward.site.block_days == LEFT_OUT:
        return (
            f"{ruling[0].upper()}{ruling[1:]}: they are not given later. Take the hold back and "
            f"record each lost day of {title} as not given."
        )
    return ""
