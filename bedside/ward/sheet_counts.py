"""The counts on a day's dosing sheet: the newest of each, and what is known of a limit for them."""

from bedside.papers.day_sheet import SheetCount
from bedside.protocol.model import Course
from bedside.units.dates import write_date
from bedside.units.quantities import Haemoglobin
from bedside.units.writer import in_words, write_haemoglobin, write_number
from bedside.ward.facts import InfantFacts
from bedside.ward.gate_facts import Seen, newest
from bedside.ward.same_minute import counting
from bedside.ward.ward import Ward

NO_LIMIT = "not public; prescriber: ______"


def counts_for(
    ward: Ward, facts: InfantFacts, course: Course
) -> tuple[tuple[SheetCount, ...], str]:
    """The newest neutrophils, platelets and haemoglobin, and a note on the course's start rule.

    A start rule holds for day 1 and was judged when the course was opened; no public source has a
    rule for its later days, so the values stand there for the prescriber and have no verdict.
    """
    now = ward.now()
    rows = (
        _cells("Neutrophils (ANC)", newest(ward, facts, "anc", now)),
        _cells("Platelets", newest(ward, facts, "platelets", now)),
        _haemoglobin(ward, facts),
    )
    start = facts.start_of(course.key)
    if start is None:
        return rows, ""
    opened = f"{course.title} was opened with day 1 on {write_date(start.day_1)}"
    if course.start_rule is None:
        return rows, f"{opened}; no public count rule"
    return rows, f"{opened}, its start rule met; none is public for this day"


def _cells(test: str, seen: Seen) -> SheetCount:
    value = f"unknown: {seen.why_unknown}"
    if seen.value is not None:
        value = f"{write_number(seen.value)} per microlitre"
    return SheetCount(test, value, seen.at, NO_LIMIT, "")


def _haemoglobin(ward: Ward, facts: InfantFacts) -> SheetCount:
    asked = [
        row
        for row in facts.counts
        if row.taken_at <= ward.now() and row.haemoglobin_state != "not done"
    ]
    if not asked:
        return SheetCount("Haemoglobin", "unknown: not recorded", None, NO_LIMIT, "")
    row = counting(asked, "haemoglobin")
    tenths = row.haemoglobin_tenths_g_per_l
    value = f"unknown: {row.haemoglobin_state}"
    if tenths is not None:
        value = in_words(write_haemoglobin(Haemoglobin(tenths)))
    return SheetCount("Haemoglobin", value, ward.local(row.taken_at), NO_LIMIT, "")
