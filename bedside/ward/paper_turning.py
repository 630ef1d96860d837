"""What the passing of days alone changes on a paper that holds for more than one day: it is not compared.

Only the transfer summary is of this kind: its grid of days moves on, and what was due today is past
tomorrow. Whatever is recorded since is compared, on every day that was printed.
"""

import re
from datetime import date
from typing import Any

from bedside.units.dates import read_date, write_date
from bedside.ward.infant_papers import TRANSFER

_DATE = re.compile(r"[0-9]{2}-[A-Z][a-z]{2}-[0-9]{4}")
_PARTS = re.compile(r"; |\. |, (?=next planned)")
_OPEN = ("", "due", "no record")  # nothing is recorded of such a day
_NEXT = ("next_words", "given_note")
Facts = dict[str, Any]


def without_the_day(kind: str, before: Facts, after: Facts, today: date) -> tuple[Facts, Facts]:
    """The facts printed and those of now, both without what time alone changes.

    Args:
        kind: of the paper.
        before: those printed, which say what may have passed since.
        after: those of now.
        today: the day of asking.
    """
    if kind != TRANSFER or "days" not in before or "days" not in after:
        return before, after
    days = set(before["days"]) & set(after["days"])
    return _standing(before, before, days, today), _standing(after, before, days, today)


def _standing(facts: Facts, printed: Facts, days: set[str], today: date) -> Facts:
    kept = dict(facts)
    kept["given"] = _by_date(facts, days)
    kept["bands"] = [{key: band[key] for key in band if key != "until"} for band in facts["bands"]]
    for name in _NEXT:
        kept[name] = _to_come(facts[name], printed[name], today)
    stood = [told for _, told in printed["must_not"]]
    kept["must_not"] = [
        [bold, _to_come(told, stood[at] if at < len(stood) else "", today)]
        for at, (bold, told) in enumerate(facts["must_not"])
    ]
    kept.pop("days")
    return kept


def _by_date(facts: Facts, days: set[str]) -> list[list[str]]:
    """What is recorded of each drug on the days that both have, a pair each."""
    found = []
    for line in facts["given"]:
        for on, word in zip(facts["days"], line["cells"], strict=True):
            if on in days and word not in _OPEN:
                day = write_date(date.fromisoformat(on))
                found.append([f"{line['drug']} {line['route']}, {day}", word])
    return sorted(found)


def _to_come(text: str, printed: str, today: date) -> str:
    """A text without its parts in the places where those printed named a day that has come."""
    parts, stood = _PARTS.split(text), _PARTS.split(printed)
    past = [
        at for at, part in enumerate(stood) if any(_past(day, today) for day in _DATE.findall(part))
    ]
    return "; ".join(part for at, part in enumerate(parts) if at not in past)


def _past(day: str, today: date) -> bool:
    return read_date(day) <= today
