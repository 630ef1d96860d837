"""Doses of a day that have only their number on a downtime sheet: a line to sign for each of them.

One line for a drug that is given three times a day reads as one dose, and has room for one time. A
dose that is recorded as not given keeps its line, which says so; one that was given stands in 1.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from bedside.papers.downtime import DowntimeDose
from bedside.protocol.schedule import ProjectedDose
from bedside.store.records import DoseRecord
from bedside.ward.day_doses import count_words, day_doses, rows_of_day
from bedside.ward.due import dose_record
from bedside.ward.facts import InfantFacts
from bedside.ward.not_given_words import not_given_words
from bedside.ward.ward import Ward

NOT_GIVEN = "DO NOT GIVE: recorded as not given; ask"


def at_their_numbers(
    ward: Ward, facts: InfantFacts, dose: ProjectedDose, line: DowntimeDose
) -> Iterator[DowntimeDose]:
    """The lines of a planned dose: one for each dose of its day that was not given yet.

    What stands against the whole day leaves nothing to sign, and is said once.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        dose: the planned dose.
        line: its line as a drug that is given once a day has it.
    """
    record, rows = dose_record(facts, dose), rows_of_day(facts, dose)
    doses = day_doses(ward, facts, dose)
    if not doses or (record is not None and record.turn is None):
        if record is None or record.state != "given":
            yield line
        return
    if all(one.record is not None and one.record.state != "given" for one in doses):
        yield line
        return
    told = f"{count_words(doses, rows)}: see 1" if rows else line.on_record
    for one in doses:
        if one.record is not None:
            if one.record.state != "given":
                yield left_out(replace(line, turn=one.words), one.record)
        elif line.note:
            yield replace(line, on_record=told)
            return
        else:
            yield replace(line, turn=one.words, on_record=told)


def left_out(line: DowntimeDose, record: DoseRecord) -> DowntimeDose:
    """The line of one dose of a day that is recorded as not given: nobody gives it from the sheet."""
    told = f"recorded: {not_given_words(record)}"
    return replace(line, state="stop", note=NOT_GIVEN, on_record=told)
