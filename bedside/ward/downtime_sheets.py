"""The downtime sheets of the whole ward: drawn at each change of shift, here and on the second medium.

They are drawn anew soon after a dose was given, or what a dose rests on has changed. They are no
dosing sheets: no amount of a planned dose is on them, only what was given. The last few stay; older
ones are removed, since a sheet of yesterday is a danger.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from msgspec.json import encode
from msgspec.structs import replace

from bedside.papers.downtime import DowntimeInfant, DowntimeSheets
from bedside.store.check_records import DoseGiving
from bedside.store.commission_records import CommissionValue
from bedside.store.dose_records import DoseReduction, DoseShift
from bedside.store.infusion_records import InfusionEvent, InfusionPart, RestDecision
from bedside.store.queries import standing
from bedside.store.records import (
    CourseStart,
    DoseRecord,
    Hold,
    Identity,
    Infant,
    Measurement,
    Record,
)
from bedside.store.shapes import table_name
from bedside.store.signature_records import DoseOrder, Signature
from bedside.units.dates import write_date_time
from bedside.units.refusal import Refused
from bedside.ward.audit_check import check_before_paper
from bedside.ward.backup import medium_state
from bedside.ward.backup_settings import backup_settings, own_folder, shift_changes
from bedside.ward.downtime_facts import downtime_end, downtime_infant, missing_infant
from bedside.ward.facts import InfantFacts, facts_of_all
from bedside.ward.snapshots import snapshot_mark
from bedside.ward.transfer_fever import fever_brief
from bedside.ward.ward import Ward

Told = Callable[[int, int], bool]  # told how far it is, and of how much; answers whether to go on
FOLDER = "downtime"
_KEPT = 3
# of one infant's working out, which cost her sheet only; not those of the store
_ERRORS = (ArithmeticError, LookupError, TypeError, ValueError, Refused)
_RESTS_ON: tuple[type[Record], ...] = (
    DoseRecord, DoseGiving, InfusionEvent, InfusionPart, RestDecision, Measurement, Hold, DoseShift,
    DoseReduction, DoseOrder, Signature, CourseStart, Identity, CommissionValue,
)  # fmt: skip


def downtime_sheets(
    ward: Ward, *, who: str, infants: Iterable[DowntimeInfant] | None = None
) -> DowntimeSheets:
    """Every infant's sheet as of now.

    Args:
        ward: the ward.
        who: who prints; "" when the program does so by itself.
        infants: the infants' own parts where they are worked out already.
    """
    now = ward.now()
    settings = backup_settings(ward)
    site = ward.site
    until, next_at = downtime_end(ward), shift_changes(ward, settings.shifts)[1]
    fever, fever_minutes = fever_brief(ward)
    return DowntimeSheets(
        site=", ".join(part for part in (site.site_name, site.ward_name) if part)
        or "Ward not named yet",
        begins=now,
        until=until,
        last_saved=ward.last_saved,
        next_at=next_at,
        printed_at=now,
        printed_by=who or "Bedside, by itself",
        audit_head=ward.store.audit_head()[:16],
        program=ward.program,
        demonstration=ward.demonstration,
        emergency=ward.emergency,
        contacts=tuple(
            (", ".join(part for part in (role, name) if part), number or "no number entered")
            for role, name, number in site.contacts
        ),
        infants=tuple(
            sorted(
                _infants(ward, None) if infants is None else infants,
                key=lambda infant: (len(infant.bed), infant.bed),
            )
        ),
        fever=fever,
        fever_minutes=fever_minutes,
    )


def _infants(ward: Ward, told: Told | None) -> Iterator[DowntimeInfant]:
    """Each infant's part; half of the work, the drawing is the other."""
    next_at = shift_changes(ward, backup_settings(ward).shifts)[1]
    valid = f"{write_date_time(next_at)}; in a downtime, {write_date_time(downtime_end(ward))}"
    everyone = facts_of_all(ward)
    faults: list[Exception] = []
    for done, facts in enumerate(everyone):
        _go_on(told, done, 2 * len(everyone))
        try:
            infant = _marked(ward, facts, valid)
        except _ERRORS as error:
            faults.append(error)
            if len(faults) == len(everyone):
                raise  # no sheet at all: that is said at once, and the last ones stay
            infant = missing_infant(facts)
        yield infant


def _go_on(told: Told | None, done: int, of: int) -> None:
    if told is not None and not told(done, of):
        raise Refused(
            "Stopped: no downtime sheet was drawn or printed. The last ones lie where they were."
        )


def _marked(ward: Ward, facts: InfantFacts, valid_until: str) -> DowntimeInfant:
    """One infant's sheet with what tells it apart."""
    sheet = downtime_infant(ward, facts)
    mark = snapshot_mark(
        ward,
        "D",
        encode(sheet).decode(),
        valid_until,
        infant_id=facts.infant.id,
        edition=f"{facts.protocol.title} {facts.protocol.edition}",
    )
    return replace(sheet, mark=mark)


def draw_downtime(ward: Ward, *, who: str, told: Told | None = None) -> bytes:
    """The sheets as one PDF; safe in a thread of its own.

    Args:
        ward: the ward.
        who: who prints; "" when the program does so by itself.
        told: is told how far it is, infant by infant, and may stop it.

    Raises:
        Refused: there is no infant on this ward, or it was stopped.
    """
    check_before_paper(ward, None)
    # what is kept of each infant's facts belongs to the window's thread
    own = replace(
        ward,
        kept_facts={},
        kept_until=0,
        kept_waiting={},
        kept_dlt=None,
        kept_orders=None,
        _site=None,
        _recorded=("", (), {}),
        _filled={},
    )
    infants = tuple(_infants(own, told))
    if not infants:
        raise Refused("There is no infant on this ward: no downtime sheet is needed.")
    many = len(infants)

    def each(done: int) -> None:
        _go_on(told, many + done, 2 * many)

    return ward.drawing.downtime(downtime_sheets(own, who=who, infants=infants), each)


def make_downtime(ward: Ward, *, who: str, told: Told | None = None) -> tuple[Path, ...]:
    """Draw the sheets to where they always go: the ward's folder, and the second medium.

    Args:
        ward: the ward.
        who: who prints; "" when the program does so by itself.
        told: is told how far it is, infant by infant, and may stop it.

    Returns:
        The files that were written.

    Raises:
        Refused: neither place took them, or it was stopped.
    """
    drawn = draw_downtime(ward, who=who, told=told)
    written, troubles = [], []
    for folder in _places(ward):
        try:
            written.append(_write(folder, name_at(ward, ward.now()), drawn))
            _thin(folder)
        except OSError as error:
            troubles.append(f"The downtime sheets were not written to {folder}: {error.strerror}.")
    if not written:
        raise Refused(*troubles)
    return tuple(written)


def name_at(ward: Ward, moment: datetime) -> str:
    """The name of sheets of a moment; names stand in the order of time, whatever the clock shows.

    Of the hour that comes twice the second one is "02B": its sheets are newer than those of the first.
    """
    wall = moment.astimezone(ward.zone)
    return f"downtime-{wall:%Y%m%d-%H}{'B' if wall.fold else ''}{wall:%M}.pdf"


def downtime_due(ward: Ward) -> bool:
    """Whether the shift, or what a dose rests on, has changed since the last sheets were drawn."""
    if ward.store.read_only or ward.last_saved is None:
        return False
    with ward.store.reading() as connection:
        if not standing(connection, Infant)[0]:
            return False  # nobody to draw a sheet of
    newest = [_newest(folder) for folder in _places(ward)]
    last, _ = shift_changes(ward, backup_settings(ward).shifts)
    if any(name < name_at(ward, last) for name in newest):
        return True
    changed = _changed_at(ward)
    # a name tells the minute: what was recorded in that minute may not be on it yet
    return changed is not None and any(name <= name_at(ward, changed) for name in newest)


def _changed_at(ward: Ward) -> datetime | None:
    """When a dose, a weight, a hold or an order was recorded or struck out last; None for never.

    A sheet that says "no dose on record" beside a dose that was given since invites a second giving.
    """
    names = map(table_name, _RESTS_ON)
    asked = " UNION ALL ".join(
        f'SELECT max(recorded_at), max(voided_at) FROM "{name}"'  # noqa: S608 (own names)
        for name in names
    )
    with ward.store.reading() as connection:
        rows = connection.exec_driver_sql(asked).fetchall()
    moments = [datetime.fromisoformat(str(text)) for row in rows for text in row if text]
    last = max(moments, default=None)
    # a clock that was put back since must not draw sheets all night
    return None if last is None or last > ward.now() else ward.local(last)


def print_downtime(ward: Ward, target: Path, *, who: str) -> None:
    """Draw the sheets into a file of one's own choice.

    Raises:
        Refused: the file is there already, or cannot be written.
    """
    if target.exists():
        raise Refused(f"{target} is there already: choose another name. Nothing was printed.")
    if not target.absolute().parent.is_dir():
        raise Refused(f"The folder {target.parent} is not there: make it first, or choose another.")
    drawn = draw_downtime(ward, who=who)
    try:
        _write(target.absolute().parent, target.name, drawn)
    except OSError as error:
        raise Refused(f"{target} could not be written: {error.strerror}.") from error


def _places(ward: Ward) -> list[Path]:
    settings = backup_settings(ward)
    places = [ward.store.folder / FOLDER]
    if medium_state(ward, settings) in ("there", "same disk"):
        places.append(own_folder(ward, Path(settings.second_medium)) / FOLDER)
    return places


def _write(folder: Path, name: str, drawn: bytes) -> Path:
    """Write a file whole or not at all, for this user alone."""
    folder.mkdir(mode=0o700, exist_ok=True)
    part = folder / f".{name}.part"
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(drawn)
            file.flush()
            os.fsync(file.fileno())
        return part.replace(folder / name)
    finally:
        part.unlink(missing_ok=True)


def _newest(folder: Path) -> str:
    return max((path.name for path in folder.glob("downtime-*.pdf")), default="")


def _thin(folder: Path) -> None:
    for path in sorted(folder.glob("downtime-*.pdf"))[:-_KEPT]:
        with suppress(OSError):
            path.unlink()
