"""Which doses of a day are on record already, for its sheet and labels: none is signed or prepared twice.

A drug given several times a day has a record for each dose. A sheet or label drawn after the first one
was given, or a sheet that lies at the bed since before, must not read as an order to give it again (H30).
"""

import json
from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from bedside.papers.day_sheet import SettledDose
from bedside.protocol.drugs import INTRATHECAL, ROUTE_NOT_PUBLIC, route_atoms
from bedside.protocol.schedule import ProjectedDose
from bedside.store.records import DoseRecord, Print
from bedside.units.dates import write_date_time
from bedside.units.writer import write_amount
from bedside.ward.bands import number_on_band
from bedside.ward.day_doses import DayDose, day_doses, of_words, own_records, rows_of_day
from bedside.ward.due_hours import given_at_of, wall_time
from bedside.ward.facts import InfantFacts
from bedside.ward.label_lines import figures_of, is_label_figures
from bedside.ward.standing import projection_of
from bedside.ward.taken_over import giver_words
from bedside.ward.views.check_state import Planned
from bedside.ward.views.given import WHOLE_DAY, OfDay
from bedside.ward.ward import Ward
from bedside.ward.worked import amount_given

WHICH = (
    "These words stand on each label of this day and do not say which dose it is of: scan the square "
    "code or the line code of the label, which name the dose."
)
NOT_AGAIN = "Give and sign nothing for it again."
_REASON_ROOM = 110  # letters: two lines beside the number and the hour


class LabelPart(Struct, frozen=True):
    """Which dose of its day one label is of, as it was printed."""

    number: int
    many: int
    of: OfDay
    at: str = ""  # "at 17:00", "" where the hour is written by hand

    @property
    def words(self) -> str:
        """As "hour 57 at 17:00 (2 of 2)" or "dose 2 of 2"."""
        if self.of.hour is None:
            return f"dose {self.number} of {self.many}"
        return f"{' '.join(filter(None, (f'hour {self.of.hour}', self.at)))} ({self.number} of {self.many})"


def part_code(of: OfDay) -> str:
    """Which dose of the day, as a label's square code names it: "H48", "T2"."""
    return f"T{of.turn}" if of.hour is None else f"H{of.hour}"


def is_of_dose(row: Print, planned: Planned) -> bool:
    """Whether a paper is of a planned dose; where its order leaves the route open, by one of its routes."""
    key = (row.course_key, row.course_day, row.drug)
    return key == planned[:3] and _is_by(planned[3], row.route or "")


def _is_by(planned: str, route: str) -> bool:
    """Whether a paper's one route is that of a planned dose; a route that is not public the site names."""
    if planned == ROUTE_NOT_PUBLIC:
        return route != INTRATHECAL
    return route == planned or route in route_atoms(planned)


def settled_doses(
    ward: Ward, facts: InfantFacts, doses: Sequence[DayDose]
) -> tuple[SettledDose, ...]:
    """The doses of a day that are on record, with what became of each.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        doses: those of the day, in order.
    """
    return tuple(
        SettledDose(number, f"dose {number}" + _hour(one), _words(ward, facts, one.record))
        for number, one in enumerate(doses, 1)
        if one.record is not None
    )


def lineless_words(
    ward: Ward, facts: InfantFacts, dose: ProjectedDose, doses: Sequence[DayDose]
) -> str:
    """What is on record of a day and stands on none of its lines, as a warning; "" for nothing.

    So it is where doses were recorded by their number before the beginning was, which gave the hours.
    """
    told = _lineless(ward, facts, dose, doses)
    said = f"Also on record for this day, on none of the lines below: {told}. Ask before the next dose."
    return said if told else ""


def why_lineless(
    ward: Ward, facts: InfantFacts, dose: ProjectedDose, doses: Sequence[DayDose]
) -> str:
    """Why no label is made of a day of which a dose is on record that none of its labels counts; "" for none.

    So it is where hours were given and the beginning from which they count was struck out since: a label
    "1 of 2" would order a dose that is in already (hazard H30).
    """
    told = _lineless(ward, facts, dose, doses)
    if not told:
        return ""
    return (
        f"No label: on record for this day is {told}. It is none of the doses that are planned now, so "
        "nobody can tell which are left. Was a beginning struck out? Enter it again. Else strike that "
        "record out and record it as the dose that it was; ask the physician before the next dose."
    )


def _lineless(ward: Ward, facts: InfantFacts, dose: ProjectedDose, doses: Sequence[DayDose]) -> str:
    """The records of a day that are none of its doses as they are planned now, in words."""
    shown = own_records(doses)
    rows = [row for row in rows_of_day(facts, dose) if row.id not in shown]
    return "; ".join(f"{of_words(row)}: {_words(ward, facts, row)}" for row in rows)


def dose_at(
    ward: Ward, facts: InfantFacts, key: tuple[str, int, str], route: str
) -> ProjectedDose | None:
    """The planned dose of a paper; None where it is not planned any more.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        key: course key, course day and drug.
        route: of the paper, one only.
    """
    for course in projection_of(ward, facts).courses:
        for dose in course.doses:
            here = (dose.course_key, dose.course_day, dose.drug)
            if here == key and _is_by(dose.route, route):
                return dose
    return None


def dose_of_paper(ward: Ward, facts: InfantFacts, row: Print) -> ProjectedDose | None:
    """As `dose_at`, of a printed sheet or label of one drug."""
    if not row.drug or row.course_day is None:
        return None
    return dose_at(ward, facts, (row.course_key, row.course_day, row.drug), row.route or "")


def doses_of_paper(ward: Ward, facts: InfantFacts, row: Print) -> tuple[DayDose, ...]:
    """The doses of the day of a printed sheet or label; () for a drug given once a day."""
    dose = dose_of_paper(ward, facts, row)
    return () if dose is None else day_doses(ward, facts, dose)


def told_since(ward: Ward, facts: InfantFacts, row: Print) -> str:
    """The doses on record that a printed sheet or set of labels does not say yet; "" for none."""
    printed = json.loads(row.facts).get("settled") or []
    known = {one["number"] for one in printed if "number" in one}
    settled = settled_doses(ward, facts, doses_of_paper(ward, facts, row))
    return "; ".join(f"{one.name}: {one.words}" for one in settled if one.number not in known)


def on_record_words(ward: Ward, facts: InfantFacts, row: Print, part: LabelPart) -> str:
    """That the dose of one label is on record, and what became of it; "" where it is open."""
    for one in doses_of_paper(ward, facts, row):
        if one.of == part.of and one.record is not None:
            state = "given" if one.record.state == "given" else "not given"
            said = _words(ward, facts, one.record)
            return f"its dose, {part.words}, is recorded as {state}: {said}"
    return ""


def parts_of(row: Print) -> tuple[LabelPart, ...]:
    """Of which doses of the day the labels of one print are; () for a drug given once a day."""
    kept = json.loads(row.facts)
    codes, hours = kept.get("parts") or [], kept.get("hours") or []
    return tuple(
        LabelPart(number, len(codes), _of(code), hours[number - 1] if hours else "")
        for number, code in enumerate(codes, 1)
    )


def part_read(row: Print, scanned: str) -> LabelPart | None:
    """Which dose the figures of a line code name, or the words of a label alone in its set; else None."""
    parts = parts_of(row)
    if not parts or not is_label_figures(scanned):
        return parts[0] if len(parts) == 1 else None
    figures = number_on_band(scanned)
    known = zip(parts, figures_of(row), strict=True)
    return next((one for one, own in known if own == figures), None)


def why_not_part(row: Print, part: LabelPart | None, of: OfDay | None) -> tuple[str, ...]:
    """Why a label is not that of the dose of the day that is being given; () where it is.

    Args:
        row: the print it belongs to.
        part: which dose of the day it is of; None where what was read does not say.
        of: the dose that is given; None for a drug given once a day.
    """
    if of is None or of == WHOLE_DAY or not parts_of(row):
        return ()
    if part is None:
        return (WHICH,)
    if part.of == of:
        return ()
    given = f"hour {of.hour}" if of.hour is not None else f"dose {of.turn} of the day"
    return (
        f"WRONG LABEL: it is of {part.words}; {given} is being given. Do not give it for that dose: take "
        "the preparation of that dose.",
    )


def _of(code: str) -> OfDay:
    number = int(code[1:])
    return OfDay(number) if code[0] == "H" else OfDay(turn=number)


def _hour(one: DayDose) -> str:
    return "" if one.of.hour is None else f", hour {one.of.hour}"


def _words(ward: Ward, facts: InfantFacts, row: DoseRecord | None) -> str:
    """What became of one dose, as its line says it."""
    if row is None:
        return ""
    by = giver_words(row)
    if row.state != "given":
        why = row.note if len(row.note) <= _REASON_ROOM else "reason on record"
        return f"NOT GIVEN{f': {why}' if why else ''}, {by}"
    amount, at = amount_given(facts, row), given_at_of(ward, facts, row)
    much = "amount not recorded" if amount is None else write_amount(amount)
    return f"GIVEN {much}, {_when(ward, at)}, {by}"


def _when(ward: Ward, at: datetime | None) -> str:
    if at is None:
        return "time not recorded"
    half = wall_time(ward, at).partition(" ")[2]
    return f"{write_date_time(at)} {half}".strip()
