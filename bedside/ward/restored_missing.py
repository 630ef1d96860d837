"""What a copy does not hold of what was done, act by act and in words, before it takes the ward's place."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from bedside.store.audit_reading import columns_in_order
from bedside.store.queries import all_of
from bedside.store.records import Infant
from bedside.ward.audit_words import AuditWords
from bedside.ward.restored_content import DoseRows, planned_of
from bedside.ward.restored_dose_words import DoseWords, given_by, went_in
from bedside.ward.restored_held import not_held
from bedside.ward.restored_like import kept_to_compare, order_here
from bedside.ward.restored_reading import infant_of
from bedside.ward.restored_round import holds_round, round_words
from bedside.ward.restored_unknown import unknown_acts
from bedside.ward.views.backup import LostFrom, LostRow, Preview
from bedside.ward.views.restored import MissingAct
from bedside.ward.ward import Ward

# what a dose rests on, or what stops it: while it is not settled no dose of hers may be given
BEARING = frozenset({
    "hold", "dose_reduction", "dose_shift", "measurement", "identity", "infant", "enrolment",
    "course_start", "titration", "arm_allocation", "start_answer", "rest_decision",
})  # fmt: skip
_ORDERING = frozenset({"dose_order", "signature", "first_count", "second_check"})
# which row of an act is told, where it wrote several
_FIRST = (
    "dose_record", "hold", "dose_reduction", "dose_shift", "measurement", "blood_count",
    "toxicity", "toxicity_grade", "course_start", "infant", "identity", "dose_order",
    "first_count", "second_check", "titration", "signature",
)  # fmt: skip
# of the kinds that are read most often, what tells one act from another
_TOLD = {
    "measurement": ("weight_g", "length_mm", "measured_at"),
    "blood_count": ("anc_per_ul", "anc_state", "platelets_per_ul", "platelets_state", "taken_at"),
    "dose_order": ("drug", "amount", "unit", "course_key", "course_day"),
    "hold": ("course_key", "drug", "from_on", "until_on", "reason"),
    "dose_reduction": ("course_key", "drug", "share", "from_day", "reason"),
    "course_start": ("course_key", "day_1"),
    "print": ("kind", "sheet_number", "copy"),
    "toxicity": ("term", "onset", "attribution"),
    "toxicity_grade": ("grade", "from_on"),
}
_COUNTS = {"first_count": "First count", "second_check": "Second count"}
_MOST_VALUES = 4
_MOST_ROWS = 6
_MOST_LETTERS = 500  # a comment may be a page long; all of it stands in the replaced ward


def missing_acts(ward: Ward, seen: Preview, at: datetime) -> tuple[MissingAct, ...]:
    """Every act that is not in a copy, the oldest first.

    Args:
        ward: the copy, opened.
        seen: what was read of the ward that it replaces.
        at: when it is restored (aware).
    """
    if seen.relation == "unknown":
        return unknown_acts(ward, seen.made_at, at)
    return _Telling(ward, seen.lost_from).acts()


class _Telling:
    """Tells lost rows in words, grouped as they were done."""

    def __init__(self, ward: Ward, lost: LostFrom) -> None:
        self._ward, self._lost = ward, lost
        with ward.store.reading() as connection:
            self._words = AuditWords(ward, columns_in_order(connection))
            self._here = {
                (row.id, row.family, row.given, row.born.isoformat(), row.hospital_number)
                for row in all_of(connection, Infant, include_void=True)
            }
        self._doses = DoseRows(lost.rows)
        self._dose_words = DoseWords(ward, self._doses, self._words)

    def acts(self) -> tuple[MissingAct, ...]:
        """Every act that the copy does not hold, an infusion as one."""
        here: list[MissingAct] = []
        carried: list[MissingAct] = []
        for rows in self._lines():
            if rows[0].table != "restored_act":
                here.append(self._act(rows))
            elif rows[0].row_id not in self._lost.settled:
                carried.append(self._carried(rows[0]))
        with self._ward.store.reading() as connection:
            return not_held(connection, self._lost.copied, carried, here)

    def _lines(self) -> tuple[list[LostRow], ...]:
        """The lost rows by act; every act of one infusion together, where its last one stands."""
        lines: dict[object, list[LostRow]] = {}
        for key, rows in self._groups().items():
            first = self._doses.first_of(rows)
            line = key if first is None else first
            lines[line] = [*lines.pop(line, ()), *rows]
        return tuple(lines.values())

    def _groups(self) -> dict[tuple[object, ...], list[LostRow]]:
        groups: dict[tuple[object, ...], list[LostRow]] = defaultdict(list)
        for row in self._lost.rows:
            number = infant_of(row)
            dose = planned_of(row) if row.table == "dose_record" else None
            if row.table == "restored_act":
                groups[row.at, row.who, row.act, number, row.row_id].append(row)
            else:
                groups[row.at, row.who, row.act, number, dose].append(row)
        for group in list(groups):
            self._join(groups, group)
        return groups

    @staticmethod
    def _join(groups: dict[tuple[object, ...], list[LostRow]], group: tuple[object, ...]) -> None:
        """What a dose rested on, and its signature, belong to the act that recorded the dose."""
        if group[-1] is not None or group not in groups:
            return
        doses = [other for other in groups if other[:-1] == group[:-1] and other[-1] is not None]
        if doses:
            groups[doses[0]].extend(groups.pop(group))

    def _act(self, rows: Sequence[LostRow]) -> MissingAct:
        first = self._doses.first_of(rows)
        if first is not None:
            return self._dose(rows, self._doses.last(first))
        main = min(rows, key=lambda row: _FIRST.index(row.table) if row.table in _FIRST else 99)
        number = infant_of(rows[0])
        return MissingAct(
            at=rows[0].at,
            who=str(main.content["name"]) if main.table in _COUNTS else rows[0].who,
            act=rows[0].act,
            words=self._said(rows, main),
            infant_id=self._known(number),
            infant=self._infant(number),
            kind=self._kind(rows, number),
            content=self._compared(rows, main),
        )

    def _dose(self, rows: Sequence[LostRow], last: LostRow) -> MissingAct:
        """One infusion, or a dose given at once: one line, as far as it came."""
        number = infant_of(last)
        known = self._known(number)
        dose = went_in(last)
        with self._ward.store.reading() as connection:
            content = self._doses.content(connection, last) if dose else ""
        return MissingAct(
            at=last.at,
            who=given_by(rows, last),
            act=last.act,
            words=self._dose_words.said(rows, last),
            infant_id=known,
            infant=self._infant(number),
            kind="dose" if dose else "record",
            planned=planned_of(last) if dose else None,
            due_on=date.fromisoformat(str(last.content["due_on"])) if dose else None,
            content=content or self._compared([last], last),
        )

    def _infant(self, number: int | None) -> str:
        family, given = self._lost.infants.get(number or 0, ("", ""))[:2]
        return f"{family}, {given}" if family else ""

    def _compared(self, rows: Sequence[LostRow], main: LostRow) -> str:
        with self._ward.store.reading() as connection:

            def order_of(number: int) -> Mapping[str, str | int | None] | None:
                lost = self._lost_order(number)
                return order_here(connection, number) if lost is None else lost.content

            return kept_to_compare(rows, main, order_of)

    def _carried(self, row: LostRow) -> MissingAct:
        """An act that an earlier restore lost, and that is lost with its list once more."""
        kept = row.content
        day, due = kept.get("course_day"), kept.get("due_on")
        planned = None
        if isinstance(day, int):
            planned = (str(kept["course_key"]), day, str(kept["drug"]), str(kept["route"]))
        return MissingAct(
            at=self._ward.local(datetime.fromisoformat(str(kept["done_at"]))),
            who=str(kept["done_by"]),
            act=str(kept["act"]),
            words=str(kept["words"]),
            infant_id=self._known(infant_of(row)),
            infant=str(kept["infant"]),
            kind=str(kept["kind"]),
            planned=planned,
            due_on=None if due is None else date.fromisoformat(str(due)),
            content=str(kept["content"]),
        )

    def _known(self, number: int | None) -> int | None:
        """The number of an infant whom the copy knows as the very same."""
        who = self._lost.infants.get(number or 0)
        return number if who is not None and (number, *who) in self._here else None

    def _kind(self, rows: Sequence[LostRow], number: int | None) -> str:
        tables = {row.table for row in rows}
        if number is None:
            return "ward"
        if tables & BEARING:
            return "bearing"
        return "order" if tables & _ORDERING else "record"

    def _said(self, rows: Sequence[LostRow], main: LostRow) -> str:
        if holds_round(rows):
            return round_words(rows)
        told = [row for row in rows if row.table == main.table][:_MOST_ROWS]
        said = (f"{_step(row)}{self._row_words(row)}" for row in told)
        words = "; ".join(dict.fromkeys(said))
        return words if len(words) <= _MOST_LETTERS else f"{words[:_MOST_LETTERS].rstrip()} …"

    def _row_words(self, row: LostRow) -> str:
        told = self._of_order(row)
        table, content = told.table, told.content
        wanted = _TOLD.get(table, tuple(content))
        kept = {name: content[name] for name in wanted if name in content}
        pairs = self._words.fields(table, kept, over=not self._words.is_blind(table))
        most = _MOST_VALUES if table not in _TOLD else len(_TOLD[table])
        values = ", ".join(f"{name} {value}" for name, value in pairs[:most])
        struck = row.content.get("void_reason")
        title = self._words.title(table)
        return f"{title} struck out ({struck}): {values}" if struck else f"{title}: {values}"

    def _of_order(self, row: LostRow) -> LostRow:
        """A signature or a count of an order is told by the order's own words."""
        number = row.content.get("order_id")
        if row.table == "signature" and row.content.get("table_name") == "dose_order":
            number = row.content.get("row_id")
        lost = self._lost_order(number)
        return row if lost is None else lost

    def _lost_order(self, number: object) -> LostRow | None:
        orders = (one for one in self._lost.rows if one.table == "dose_order")
        return next((one for one in orders if one.row_id == number), None)


def _step(row: LostRow) -> str:
    """Which step of an order a row is, to stand before its words; "" for all else."""
    step = _COUNTS.get(row.table, "")
    if row.table == "dose_order" and not row.content.get("void_reason"):
        step = "Prescribed"
    elif row.table == "signature" and row.content.get("table_name") == "dose_order":
        step = str(row.content["meaning"]).capitalize()
    return f"{step}, " if step else ""
