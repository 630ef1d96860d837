"""The line code of a label in figures: its sheet number and copy, for readers that take no square code.

Ten figures: two of the year, five of the number, three of the copy. Of one of several doses of a day
the last three are one of the copy and two of which preparation of the day it is. Code 128 packs two figures into
one sign, so ten fit on a label with bars that a ward's label printer still draws apart.
"""

import re

_NUMBER = re.compile(r"[A-Z]+-[0-9]{2}([0-9]{2})-([0-9]{5})")
_MOST_COPIES, _MOST_COPIES_OF_SEVERAL, _MOST_OF_A_DAY = 999, 9, 99


def label_digits(sheet_number: str, copy: int, number: int = 0) -> str:
    """Return the figures of a label's line code, "" for a number that does not fit into ten.

    Args:
        sheet_number: "DEMO-2026-00412".
        copy: from 1.
        number: which preparation of the day, from 1; 0 of a drug that is given once a day.
    """
    found = _NUMBER.fullmatch(sheet_number)
    most = _MOST_COPIES_OF_SEVERAL if number else _MOST_COPIES
    if found is None or not 1 <= copy <= most or number > _MOST_OF_A_DAY:
        return ""
    which = f"{copy}{number:02d}" if number else f"{copy:03d}"
    return f"{found[1]}{found[2]}{which}"
