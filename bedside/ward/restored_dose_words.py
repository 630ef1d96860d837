"""A lost dose in words: an infusion is told once, as far as it came, with its times and its amount."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

import msgspec

from bedside.protocol.drugs import route_words
from bedside.store.records import DoseRecord
from bedside.units.dates import write_date_time, write_time
from bedside.units.quantities import DrugAmount
from bedside.units.writer import write_amount
from bedside.ward.audit_words import AuditWords
from bedside.ward.broken_off import broken_off, broken_words
from bedside.ward.day_doses import of_words
from bedside.ward.restored_content import STATES, DoseRows, planned_of
from bedside.ward.restored_reading import infant_of
from bedside.ward.views.backup import LostRow
from bedside.ward.ward import Ward


class DoseWords:
    """Tells lost doses.

    Args:
        ward: the copy, opened.
        doses: the lost rows.
        words: the names of courses and drugs.
    """

    def __init__(self, ward: Ward, doses: DoseRows, words: AuditWords) -> None:
        self._ward, self._doses, self._words = ward, doses, words

    def said(self, rows: Sequence[LostRow], last: LostRow) -> str:
        """As "azaCITIDine 15.5 mg intravenous, EPI #1 day 1: infusion started 17:57"."""
        planned = planned_of(last)
        name = self._ward.drugs.display_name(planned[2])
        title = self._words.course(planned[0])
        what = " ".join(
            part for part in (name, self._amount(last), route_words(planned[3])) if part
        )
        by = ended_by(rows, last)
        ended = f", ended by {by}" if by else ""
        of = f", {words}" if (words := of_words(record_of(last))) else ""
        return f"{what}, {title} day {planned[1]}{of}: {self._state(last)}{ended}"

    def _state(self, last: LostRow) -> str:
        kept = last.content
        if kept["voided_at"]:
            return f"struck out ({kept['void_reason']})"
        if was_broken_off(last):
            return f"{broken_words(record_of(last))}; started {self._time(kept['started_at'])}"
        if kept["state"] == "vial running":
            if kept["started_at"]:
                return f"infusion started {self._time(kept['started_at'])}"
            return f"vial made {self._time(kept['reconstituted_at'])}"
        if kept["state"] == "given" and kept["finished_at"]:
            return f"given, all in {self._time(kept['finished_at'])}"
        if kept["state"] == "vial lost":
            return f"vial discarded before its infusion, {self._time(last.at.isoformat())}"
        return f"{kept['state']} {self._given_at(last)}".rstrip()

    def _given_at(self, row: LostRow) -> str:
        giving = self._doses.giving(infant_of(row), row)
        return "" if giving is None else self._time(giving.content["given_at"])

    def _amount(self, row: LostRow) -> str:
        basis = self._doses.basis(row.row_id)
        if basis is not None:
            kept = basis.content
            return f"{kept['amount']} {kept['unit']}" if kept["amount"] else ""
        micrograms = row.content["amount_ug"]
        if not isinstance(micrograms, int):
            return ""
        return write_amount(DrugAmount(Decimal(micrograms) / 1000), self._ward.decimal_mark)

    def _time(self, text: object) -> str:
        moment = self._ward.local(datetime.fromisoformat(str(text)))
        return (
            write_time(moment) if moment.date() == self._ward.today() else write_date_time(moment)
        )


def record_of(row: LostRow) -> DoseRecord:
    """A lost record of a dose as the store keeps one."""
    return msgspec.convert(dict(row.content), DoseRecord, strict=False)


def was_broken_off(row: LostRow) -> bool:
    """Whether a lost record is of an infusion that was started and broken off."""
    return broken_off(record_of(row))


def went_in(last: LostRow) -> bool:
    """Whether a lost dose was given, runs, or was broken off: then the planned one waits."""
    return not last.content["voided_at"] and (
        last.content["state"] in STATES or was_broken_off(last)
    )


def given_by(rows: Sequence[LostRow], last: LostRow) -> str:
    """Who gave a lost dose: who started its infusion, where that was lost with it; else who recorded it."""
    written = (row for row in rows if row.table == "dose_record" and not row.content["voided_at"])
    started = (row.who for row in written if row.content["started_at"])
    return next(started, last.who)


def ended_by(rows: Sequence[LostRow], last: LostRow) -> str:
    """Who ended an infusion that another had started; "" where it was the same person."""
    return last.who if last.who != given_by(rows, last) else ""
