"""Whether a snapshot of the ward still holds: by its time, and by what was recorded since."""

from datetime import datetime, timedelta
from hashlib import sha256

from bedside.store.audit_reading import TrailRow, trail_of_infant
from bedside.store.records import Infant
from bedside.store.ways import utc_text
from bedside.units.dates import write_date_time, write_time
from bedside.ward.audit_check import check_before_paper
from bedside.ward.backup_settings import backup_settings, shift_changes
from bedside.ward.bands import same_family, whose_words
from bedside.ward.identity import infants_of
from bedside.ward.snapshots import KINDS, Snapshot, content_signs, is_infant
from bedside.ward.views.verified import PaperAnswer
from bedside.ward.ward import Ward

_NAMED = 4  # acts
_PAPERS = "print"  # printing a paper changes nothing that another says
_SETTLED_SQL = "SELECT count(*) FROM audit WHERE at >= ? AND table_name LIKE 'restored%'"


def snapshot_answer(ward: Ward, found: Snapshot) -> PaperAnswer:
    """What a snapshot of this ward answers.

    Args:
        ward: the ward.
        found: what its code says.

    Raises:
        AuditBroken: the record does not hold.
    """
    with ward.store.reading() as connection:
        everyone = infants_of(connection)
    infant = next((one for one in everyone if found.infant and is_infant(found, one.id)), None)
    check_before_paper(ward, None if infant is None else infant.id)
    reasons = _why_not(ward, found, infant)
    title = KINDS[found.kind][0]
    lines = [("Paper", title), ("Printed", write_date_time(found.printed_at))]
    if infant is not None:
        lines.insert(1, ("Infant", whose_words(infant)))
    return PaperAnswer(
        verdict="OUT OF DATE" if reasons else "VALID",
        words=f"{title}: it does not hold any more." if reasons else f"{title}: it still holds.",
        reasons=reasons,
        todo="Take this paper away. Print it anew, if it is still needed."
        if reasons
        else "Compare the name on it with the infant's band.",
        lines=tuple(lines),
        infant_id=None if infant is None else infant.id,
        alike="" if infant is None else same_family(infant, everyone),
    )


def _why_not(ward: Ward, found: Snapshot, infant: Infant | None) -> tuple[str, ...]:
    """Why it does not hold any more; () where it does."""
    if found.kind == "B":
        return _edition(ward, found)
    if found.kind == "R":
        return _settled(ward, found)
    if infant is None:
        return ("its infant is not on this ward's list any more",)
    return (*_time(ward, found), *_since(ward, found, infant))


def _time(ward: Ward, found: Snapshot) -> tuple[str, ...]:
    if found.kind == "D":
        last, _ = shift_changes(ward, backup_settings(ward).shifts)
        if last > found.printed_at:
            return (f"newer sheets are drawn at each change of shift, the last {write_time(last)}",)
        return ()
    return () if found.printed_at.date() == ward.today() else ("its day is over",)


def _since(ward: Ward, found: Snapshot, infant: Infant) -> tuple[str, ...]:
    """What was recorded of the infant after the second in which it was printed."""
    after = utc_text(found.printed_at + timedelta(seconds=1))
    with ward.store.reading() as connection:
        rows = trail_of_infant(connection, infant.id)
    acts = [row for row in rows if row.at >= after and row.table != _PAPERS]
    told = list(dict.fromkeys(_told(ward, row) for row in acts))
    if len(told) > _NAMED:
        told = [*told[:_NAMED], f"and {len(told) - _NAMED} more"]
    return (f"recorded since: {'; '.join(told)}",) if told else ()


def _told(ward: Ward, row: TrailRow) -> str:
    at = ward.local(datetime.fromisoformat(row.at))
    return f"{row.act}, {write_date_time(at)}, {row.who}"


def _edition(ward: Ward, found: Snapshot) -> tuple[str, ...]:
    for protocol in ward.protocols.values():
        if content_signs(sha256(protocol.digest.encode()).hexdigest()) == found.content:
            return ()
    return ("no protocol here has the edition any more that it shows",)


def _settled(ward: Ward, found: Snapshot) -> tuple[str, ...]:
    after = utc_text(found.printed_at + timedelta(seconds=1))
    with ward.store.reading() as connection:
        rows = connection.exec_driver_sql(_SETTLED_SQL, (after,)).fetchall()
    if int(str(rows[0][0])):
        return ("lines of it were settled since, or another restore was made",)
    return ()
