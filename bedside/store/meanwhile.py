"""What other stations have saved while somebody judged, or had a form open; nothing of it is passed over unseen.

A use-case judges first (is this dose given already, is this weight plausible) and then takes the
ward's turn to record. On a ward's own file nobody else records in between. On a server another station
may have: then what was judged is judged anew (`Overtaken`), and what a person decided in a form that was opened on
an older state is shown to her beside what came meanwhile, and she decides (`Conflict`).

What counts. For a judgement: every row of the same infant, who the infants are and where they lie, and
what is of no infant (settings, people, a site's values); for a change that is of no infant itself,
everything. For a form: the same kind of record of the same infant; for whatever concerns a dose, everything a dose
rests on, too. Secrets that were tried concern neither.
"""

from collections.abc import Iterable, Sequence
from typing import cast

from msgspec import Struct
from msgspec.json import decode

from bedside.store.troubles import NotSaved
from bedside.units.refusal import Refused

MEANWHILE_SQL = (
    "SELECT seq, at, who, act, table_name, row_id, operation, content FROM audit "
    "WHERE seq > ? AND seq <= ? ORDER BY seq"
)
_QUIET = frozenset({"secret_try"})
_OF_EVERY_INFANT = frozenset({"infant", "identity"})
_DOSES = frozenset(
    {
        "dose_record", "dose_order", "dose_giving", "dose_basis", "dose_reduction", "dose_shift", "hold",
        "first_count", "second_check", "infusion_event", "infusion_part", "signature", "titration",
        "course_start", "rest_decision",
    }
)  # fmt: skip
_DOSES_REST_ON = _DOSES | {
    "measurement", "blood_count", "lab_result", "identity", "infant", "enrolment", "site_setting",
    "commission_value", "start_answer", "arm_allocation", "risk_fact",
}  # fmt: skip
OVERTAKEN = (
    "Another station saved something about this at the same moment. Nothing of this was kept: look "
    "again, then save again."
)


class Written(Struct, frozen=True):
    """One row of the trail, as far as it says what was changed.

    Args:
        table: the kind of record.
        row_id: its number.
        operation: "add" or "void".
        content: what the record holds then.
        seq: number in the trail; 0 before it is kept.
        at: when, as the store writes times.
        who: who did it.
        act: what was done.
    """

    table: str
    row_id: int
    operation: str
    content: str
    seq: int = 0
    at: str = ""
    who: str = ""
    act: str = ""

    @property
    def values(self) -> dict[str, str | int | None]:
        """The record's columns."""
        return cast("dict[str, str | int | None]", decode(self.content))

    @property
    def infant_id(self) -> int | None:
        """Whom it is about; None for what is of no infant."""
        return (
            self.row_id
            if self.table == "infant"
            else cast("int | None", self.values.get("infant_id"))
        )


class Overtaken(NotSaved):
    """Another station has saved what a judgement rests on; nothing was kept, and it is judged anew."""

    def __init__(self) -> None:
        super().__init__(OVERTAKEN)


class Conflict(Refused):
    """What a form was opened on has been changed by another station; nothing was kept: the person decides.

    Args:
        theirs: what came meanwhile, oldest first.
        mine: what was to be recorded.
    """

    def __init__(self, theirs: Sequence[Written], mine: Sequence[Written]) -> None:
        self.theirs, self.mine = tuple(theirs), tuple(mine)
        self.seen = max(
            row.seq for row in theirs
        )  # whoever has seen both has seen the trail up to here
        acts = "; ".join(dict.fromkeys(f"{row.who}: {row.act}" for row in theirs))
        super().__init__(
            f"Since this was opened, another station has recorded ({acts}). Nothing of yours was kept: "
            "look at both, then decide."
        )


def written_of(row: Sequence[object]) -> Written:
    """A row that `MEANWHILE_SQL` found."""
    seq, at, who, act, table, row_id, operation, content = row
    return Written(
        table=str(table), row_id=cast(int, row_id), operation=str(operation), content=str(content),
        seq=cast(int, seq), at=str(at), who=str(who), act=str(act),
    )  # fmt: skip


def overtaking(others: Iterable[Written], mine: Sequence[Written]) -> bool:
    """Whether anything that others saved may change a judgement on what is to be recorded."""
    kinds = {row.table for row in mine}
    if kinds <= _QUIET:
        return False
    infants = {row.infant_id for row in mine if row.table not in _QUIET}
    of_all = None in infants or "infant" in kinds
    for row in others:
        if row.table in _QUIET:
            continue
        whose = row.infant_id
        if of_all or whose is None or whose in infants or row.table in _OF_EVERY_INFANT:
            return True
    return False


def conflicting(others: Iterable[Written], mine: Sequence[Written]) -> list[Written]:
    """What others saved of the very things that are to be recorded, or that a dose among them rests on."""
    wanted = {(row.table, row.infant_id) for row in mine if row.table not in _QUIET}
    dosed = {infant for table, infant in wanted if table in _DOSES}
    return [
        row
        for row in others
        if (row.table, row.infant_id) in wanted
        or (dosed and row.table in _DOSES_REST_ON and row.infant_id in {*dosed, None})
    ]
