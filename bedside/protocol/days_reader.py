"""Reads the days of one drug: planned, disputed and repeated ones, and refuses impossible days.

Days that the sources dispute are kept, with every reading, and never planned.
"""

from bedside.protocol.fact_reader import Book, read_origin
from bedside.protocol.model import NOT_PUBLIC, Days, Origin, Reading, Taper
from bedside.protocol.toml_table import FileTable


def read_days(table: FileTable, book: Book) -> Days:
    """Read ``days``, ``disputed`` and ``repeat`` of one drug; faults are noted in the table."""
    days = table.table("days", needed=True)
    if days is None:
        return Days((), NOT_PUBLIC)
    on = days.wholes("on")
    origin = read_origin(days, book)
    words = days.text("words", "")
    if origin.evidence == "related":
        days.fault("evidence", "days of a related protocol are not this protocol's days.")
    if origin.evidence in ("stated", "site") and days.values.get("on", []) == []:
        days.fault("on", f"{origin.evidence} days must be listed, for example [1, 8].")
    if origin.evidence in ("absent", "conflict") and on:
        days.fault(
            "on", f"days with evidence {origin.evidence!r} may not be planned: leave out on."
        )
    days.done()
    readings, disputed_words, conflict = _disputed(table, book)
    _check_readings(table, on, readings)
    repeat = _Repeat.read(table, book, on)
    return Days(
        scheduled=on,
        origin=origin,
        disputed=tuple(sorted({day for reading in readings for day in reading.days})),
        words=disputed_words or words or origin.note,
        repeat_from=repeat.from_day,
        repeat_every=repeat.every,
        repeat_days=repeat.days,
        repeat_origin=repeat.origin,
        readings=readings,
        conflict=conflict,
    )


def read_taper(table: FileTable, book: Book, planned: tuple[int, ...]) -> Taper | None:
    """Read ``taper`` of one drug; None where the file has none.

    Args:
        table: the drug.
        book: sources and drugs of the file.
        planned: the days on which the drug is given; those of its taper are among them.
    """
    taper = table.table("taper")
    if taper is None:
        return None
    on = taper.wholes("on")
    origin = read_origin(taper, book)
    if origin.evidence not in ("stated", "absent"):
        taper.fault("evidence", "days of a taper are stated in a source, or absent.")
    if (origin.evidence == "absent") is bool(on):
        taper.fault("on", "stated days of a taper are listed; absent ones are left out.")
    for day in on:
        if day not in planned:
            taper.fault("on", f"day {day} of the taper is no day of this drug: add it to its days.")
    found = Taper(on, origin, taper.text("words", ""))
    taper.done()
    return found


def _disputed(table: FileTable, book: Book) -> tuple[tuple[Reading, ...], str, int | None]:
    disputed = table.table("disputed")
    if disputed is None:
        return (), "", None
    readings = []
    for reading in disputed.tables("readings", needed=True):
        readings.append(Reading(reading.wholes("on", needed=True), reading.text("words")))
        reading.done()
    conflict = read_conflict_number(disputed, book, needed=True)
    words = disputed.text("words")
    disputed.done()
    return tuple(readings), words, conflict


def _check_readings(table: FileTable, on: tuple[int, ...], readings: tuple[Reading, ...]) -> None:
    for reading in readings:
        for day in reading.days:
            if day in on:
                table.fault("disputed", f"day {day} is disputed and planned: it can be only one.")


def read_conflict_number(table: FileTable, book: Book, *, needed: bool) -> int | None:
    """Read the number of a conflict, which must be one of the file's [[conflict]]."""
    number = table.whole("conflict", needed=needed)
    if number is not None and number not in book.conflicts:
        table.fault("conflict", f"there is no [[conflict]] with number {number}.")
    return number


class _Repeat:
    """The repeated cycle of a drug, read from the file."""

    from_day: int | None = None
    every: int | None = None
    days: tuple[int, ...] = ()
    origin: Origin | None = None

    @classmethod
    def read(cls, table: FileTable, book: Book, on: tuple[int, ...]) -> "_Repeat":
        """Read ``repeat``; an empty one when the drug is not repeated."""
        found = cls()
        repeat = table.table("repeat")
        if repeat is None:
            return found
        found.from_day = repeat.whole("from-day", needed=True)
        found.every = repeat.whole("every-days", needed=True)
        found.days = repeat.wholes("on")
        found.origin = read_origin(repeat, book)
        found._check(repeat, on)
        repeat.done()
        return found

    def _check(self, repeat: FileTable, on: tuple[int, ...]) -> None:
        for day in self.days:
            if self.every is not None and day > self.every:
                repeat.fault("on", f"day {day} lies outside a cycle of {self.every} days.")
        for day in on:
            if self.from_day is not None and day >= self.from_day:
                repeat.fault("from-day", f"day {day} is planned twice: the cycles begin there.")
        if self.origin is not None and self.origin.evidence not in ("stated", "site") and self.days:
            repeat.fault("on", f"days with evidence {self.origin.evidence!r} may not be planned.")
