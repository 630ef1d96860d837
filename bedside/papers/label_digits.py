"""The line code of a label in figures: its sheet number and copy, for readers that take no square code.

Ten figures: two of the year, five of the number, three of the copy. Code 128 packs two figures into
one sign, so ten fit on a label with bars that a ward's label printer still draws apart.
"""

import re

_NUMBER = re.compile(r"[A-Z]+-[0-9]{2}([0-9]{2})-([0-9]{5})")
_MOST_COPIES = 999


def label_digits(sheet_number: str, copy: int) -> str:
    """Return the figures of a label's line code, "" for a number that does not fit into ten.

    Args:
        sheet_number: "DEMO-2026-00412".
        copy: from 1.
    """
    found = _NUMBER.fullmatch(sheet_number)
    if found is None or not 1 <= copy <= _MOST_COPIES:
        return ""
    return f"{found[1]}{found[2]}{copy:03d}"
