"""The line code of a label in figures: its sheet number and copy, for readers that take no square code.

Ten figures: two of the year, five of the number, three of the copy. Of one of several doses of a day
the last three are one of the copy and two of which preparation of the day it is; from the tenth copy on
they are the three figures that no earlier copy of the day uses, in their order. Code 128 packs two
figures into one sign, so ten fit on a label with bars that a ward's label printer still draws apart.
"""

import re

_NUMBER = re.compile(r"[A-Z]+-[0-9]{2}([0-9]{2})-([0-9]{5})")
_MOST_COPIES, _PLAIN_COPIES, _MOST_OF_A_DAY = 999, 9, 99


def label_digits(sheet_number: str, copy: int, number: int = 0, many: int = 0) -> str:
    """Return the figures of a label's line code, "" for a number that does not fit into ten.

    Args:
        sheet_number: "DEMO-2026-00412".
        copy: from 1.
        number: which preparation of the day, from 1; 0 of a drug that is given once a day.
        many: how many preparations the day has; needed from the tenth copy on.
    """
    found = _NUMBER.fullmatch(sheet_number)
    if found is None or not 1 <= copy <= _MOST_COPIES or number > _MOST_OF_A_DAY:
        return ""
    which = f"{copy:03d}" if not number else _of_several(copy, number, many)
    return f"{found[1]}{found[2]}{which}" if which else ""


def _of_several(copy: int, number: int, many: int) -> str:
    """The last three figures of one of several preparations of a day; "" where none are left."""
    if copy <= _PLAIN_COPIES:
        return f"{copy}{number:02d}"
    if not number <= many <= _MOST_OF_A_DAY:
        return ""
    free = [one for one in range(1000) if one < 100 or not 1 <= one % 100 <= many]
    at = (copy - _PLAIN_COPIES - 1) * many + number - 1
    return f"{free[at]:03d}" if at < len(free) else ""
