"""What the square code on a preparation's label says: whose it is, of which sheet, and which dose.

It is read at the bedside beside the infant's band, so it names the infant by her study number, never
by name: ``BEDSIDE L1/DEM 004 118/DEMO-2026-00412/37/7K``, on a second copy
``BEDSIDE L1/DEM 004 118/DEMO-2026-00412*2/37/...``, and of one of several doses of a day it names
which: ``.../37*H48/...`` at hour 48, ``.../37*T2/...`` the second of the day. The last two signs catch one that was read
wrongly or typed (`bedside.papers.check_signs`). Only signs that a square code packs closely are used
(figures, capitals, blank, ``$ % * + - . / :``), so that it stays small on 62 by 29 mm; others are
written as ``%`` and two figures for each byte.

Decision: it is not bound to the ward's key. A label does not prove itself: before giving, the ward
compares it with its own record of the order, which is.
"""

import re
from urllib.parse import quote, unquote

from msgspec import Struct

from bedside.papers.check_signs import check_signs

KIND = "BEDSIDE L1"
_PLAIN = " $+-.:"
_SHAPE = re.compile(
    rf"{KIND}/([^/]+)/([^/]+)/([1-9][0-9]{{0,11}})(?:\*([HT][0-9]{{1,3}}))?/([0-9A-Z]{{2}})"
)
_COPY = re.compile(r"(.+)\*([1-9][0-9]{0,3})")


class LabelCode(Struct, frozen=True):
    """What was read off a label.

    Args:
        study_number: of the infant, in capitals.
        sheet_number: of the dosing sheet it was made by, in capitals.
        dose_id: the number of the order of this dose in the ward's record.
        copy: which copy of the label it stands on; the first one names none.
        part: which dose of the day, "H48" or "T2"; "" of a drug that is given once a day.
    """

    study_number: str
    sheet_number: str
    dose_id: int
    copy: int = 1
    part: str = ""


def label_code(
    study_number: str, sheet_number: str, dose_id: int, copy: int = 1, part: str = ""
) -> str:
    """Return what a reader reads from the label of one preparation.

    Args:
        study_number: of the infant, as the ward has it; blanks around it and capitals do not count.
        sheet_number: of the dosing sheet, e.g. "DEMO-2026-00412".
        dose_id: the number of the dose's order, at least 1.
        copy: of the label, at least 1.
        part: which dose of the day, "H48" or "T2"; "" of a drug that is given once a day.

    Raises:
        ValueError: one of them is missing.
    """
    study, sheet = (text.strip().upper() for text in (study_number, sheet_number))
    if not study or not sheet or dose_id < 1 or copy < 1:
        raise ValueError("a label names an infant, a sheet and a dose")
    which = quote(sheet, safe=_PLAIN) + (f"*{copy}" if copy > 1 else "")
    dose = f"{dose_id}*{part}" if part else str(dose_id)
    body = "/".join((KIND, quote(study, safe=_PLAIN), which, dose))
    return f"{body}/{check_signs(body)}"


def read_label_code(scanned: str) -> LabelCode | None:
    """Read a label's code; None for anything else, and for one with a sign read wrongly."""
    text = scanned.strip().upper()
    found = _SHAPE.fullmatch(text)
    if found is None or check_signs(text[:-3]) != found[5]:
        return None
    copied = _COPY.fullmatch(found[2])
    sheet, copy = (found[2], 1) if copied is None else (copied[1], int(copied[2]))
    return LabelCode(unquote(found[1]), unquote(sheet), int(found[3]), copy, found[4] or "")
