"""Why the file refused a row, in the ward's words: recorded already, outside every bound, or unknown."""

import re

from sqlalchemy import CheckConstraint, Table

from bedside.store.driver import integrity_errors
from bedside.store.server_fault import ServerFault
from bedside.store.tables import TABLES
from bedside.units.refusal import Refused

_STRIKE = "To correct it, strike the first one out, with the reason, and record it anew."
_ONCE = {
    "infant": "An infant with this hospital number is on the ward's list already.",
    "identity": "Who this infant is was corrected meanwhile: look again.",
    "measurement": f"This infant was already weighed at this very time. {_STRIKE}",
    "blood_count": f"This infant's count from this specimen and time is recorded already. {_STRIKE}",
    "lab_result": f"This result of this specimen is recorded already. {_STRIKE}",
    "course_start": f"Day 1 of this course is recorded already. {_STRIKE}",
    "dose_record": f"This drug is recorded already for this day and route of the course. {_STRIKE}",
    "dose_giving": "This dose, or what was checked for it, is recorded as given meanwhile: look again.",
    "dose_order": "This dose is ordered already: strike that order out first, with the reason.",
    "signature": "This person has signed this already.",
    "dose_reduction": "A reduction from this very day is recorded already: take that one back first.",
    "print": "A paper with this number and copy was printed already: print it as a new copy.",
    "commission_pass": "This pass has a person already, or this person has the other pass.",
    "commission_entry": "This number has an entry in this pass already.",
    "commission_end": "This pass is completed already.",
    "commission_import": "A file waits for its second person already: confirm or drop that one.",
    "commission_value": "This number is commissioned already: withdraw it first, with the reason.",
    "round_asked": "This term was answered in this round already.",
    "site_setting": "This setting has a value already: strike it out before entering another.",
}
_NAMES = re.compile(r"CHECK constraint failed: (\w+)")
_UNIQUE = re.compile(r"UNIQUE constraint failed: (\w+)\.")


def _rule_words(tables: tuple[Table, ...]) -> dict[str, str]:
    return {
        str(check.name): str(check.info["words"])
        for table in tables
        for check in table.constraints
        if isinstance(check, CheckConstraint) and "words" in check.info
    }


def refusal_of(error: Exception) -> Refused | None:
    """Say why a row was refused; None when the error is not about what the row holds."""
    if isinstance(error, ServerFault):
        from bedside.store.server_refusals import server_refusal_of

        return server_refusal_of(error)
    if not isinstance(error, integrity_errors()):
        return None
    text = str(error)
    unique = _UNIQUE.search(text)
    if unique:
        return Refused(once_words(unique[1]))
    check = _NAMES.search(text)
    if check:
        return Refused(rule_words(check[1]))
    if "FOREIGN KEY" in text:
        return Refused(unknown_words())
    return None


def once_words(table: str) -> str:
    """What is said of a second row where there may be one only."""
    return _ONCE.get(table, "This is recorded already.")


def rule_words(rule: str) -> str:
    """What is said of a row that breaks a rule of its table."""
    return _rule_words(tuple(TABLES.values())).get(rule, f"It breaks the rule {rule}.")


def unknown_words() -> str:
    """What is said of a row that refers to one that is not there."""
    return "This belongs to an infant or a record that is not on this ward, or not hers."
