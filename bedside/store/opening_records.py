"""What the store keeps of a course's opening: each line of its start rule as it was seen then."""

from datetime import datetime

from bedside.store.records import Record


class OpenedOn(Record, frozen=True, kw_only=True):
    """One line of the start rule as it was shown and judged when a course was opened.

    ``of_table`` and ``of_row`` name the record that carried the value, so that a page can say when
    that record was struck out since; "" and None where no record carries it (the place of giving).
    """

    infant_id: int
    start_id: int  # the recorded day 1 that was opened on it
    place: int  # its place in the rule, from 1
    measure: str
    needed: str
    seen: str
    unit: str
    seen_at: datetime | None
    source: str
    result: str  # "met", "not met" or "unknown"
    main: bool
    site_value: bool
    of_table: str  # "blood_count", "start_answer", "measurement" or ""
    of_row: int | None
