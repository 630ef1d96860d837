"""Of doses on a downtime sheet: which orders are void or wait, what was given last, what stands against one."""

from collections.abc import Sequence
from datetime import date

from bedside.papers.downtime import DowntimeLine, State
from bedside.protocol.schedule import ProjectedDose
from bedside.store.check_records import DoseGiving
from bedside.store.queries import of_infant
from bedside.store.records import DoseRecord
from bedside.units.dates import write_date, write_time
from bedside.units.writer import write_amount
from bedside.ward.broken_off import broken_off, broken_words
from bedside.ward.day_doses import count_words, day_doses, of_words, rows_of_day
from bedside.ward.due import dose_record
from bedside.ward.facts import InfantFacts
from bedside.ward.not_given_words import not_given_words
from bedside.ward.order_facts import key_of
from bedside.ward.rest import rest_words
from bedside.ward.restored_blocks import restored_short
from bedside.ward.views.orders import OrderRow
from bedside.ward.ward import Ward
from bedside.ward.worked import amount_given

_ENDED = {"void": "ORDER VOID", "sent back": "ORDER SENT BACK"}
_OPEN = ("prescribed", "verified", "released")


def order_lines(rows: Sequence[OrderRow]) -> tuple[DowntimeLine, ...]:
    """Every order that is void or may not be given, the days of one reason in one line."""
    lines: dict[tuple[str, str, str], list[OrderRow]] = {}
    for row in rows:
        stage, why = row.state.stage, row.state.why
        if stage in _ENDED:
            lines.setdefault((_ENDED[stage], row.name, "; ".join(why)), []).append(row)
        elif stage in _OPEN and row.state.blocks_giving:
            words = "; ".join(why) or f"{stage} only, not released"
            lines.setdefault(("ORDER WAITS", row.name, words), []).append(row)
    return tuple(
        DowntimeLine(
            "unknown" if head == "ORDER WAITS" else "stop",
            f"{head}: {name}, {_days(found)}:",
            f"{why}." if why else "see the order.",
        )
        for (head, name, why), found in lines.items()
    )


def _days(rows: Sequence[OrderRow]) -> str:
    days = ", ".join(f"{row.day} ({write_date(row.on)})" for row in rows)
    return f"day {days}" if len(rows) == 1 else f"days {days}"


def against_order(
    ward: Ward, facts: InfantFacts, rows: Sequence[OrderRow], dose: ProjectedDose
) -> tuple[State, str] | None:
    """What the order of a planned dose, or a restore, says against giving it; None for nothing."""
    if restored_short(facts, key_of(dose)):
        return "stop", "DO NOT GIVE: given already? ask (this ward was restored)"
    row = next((row for row in rows if row.key == key_of(dose)), None)
    stage = "" if row is None else row.state.stage
    if stage in _ENDED:
        return "stop", f"DO NOT GIVE: {_ENDED[stage]}"
    if stage in ("prescribed", "verified"):
        return "unknown", "Order not released: ask before it is given"
    if not commissioned(ward, facts, dose.course_key):
        return "stop", "DO NOT GIVE: NOT COMMISSIONED"
    if row is not None and _why_blocked(ward, row):
        return "stop", "DO NOT GIVE: blocked, the reason stands in 1"
    return None


def commissioned(ward: Ward, facts: InfantFacts, course_key: str) -> bool:
    """Whether two people of this site have confirmed the numbers of a course."""
    course = facts.protocol.course(course_key)
    return ward.values_for(facts.protocol.key, course_key).confirms(course)


def blocked_lines(ward: Ward, rows: Sequence[OrderRow]) -> tuple[DowntimeLine, ...]:
    """Doses of today that cannot be ordered, each with every reason."""
    return tuple(
        DowntimeLine(
            "stop", f"BLOCKED today: {row.name}, day {row.day}:", " ".join(_why_blocked(ward, row))
        )
        for row in rows
        if _why_blocked(ward, row)
    )


def _why_blocked(ward: Ward, row: OrderRow) -> tuple[str, ...]:
    """Why a dose of today is not ordered and cannot be; empty where nothing stands against it."""
    waits = row.on == ward.today() and row.state.stage == "not ordered"
    return row.why_not if waits else ()


def on_record(ward: Ward, facts: InfantFacts, dose: ProjectedDose) -> str:
    """What is on record of a planned dose as the sheet is drawn: one given later is not on it.

    Returns:
        "no dose on record up to 07:00", or what became of its vial, or that it was not given.
    """
    record = dose_record(facts, dose)
    if rows := rows_of_day(facts, dose):
        left_out = [f"{of_words(row)} {not_given_words(row)}" for row in rows]
        missed = [
            words for words, row in zip(left_out, rows, strict=True) if row.state == "not given"
        ]
        see = ": see 1" if any(row.state == "given" for row in rows) else ""
        return "; ".join((f"{count_words(day_doses(ward, facts, dose), rows)}{see}", *missed))
    if record is None:
        return f"no dose on record up to {write_time(ward.local(ward.now()))}"
    if record.state == "not given":
        return f"recorded: {not_given_words(record)}"
    words = {"vial running": "its vial clock runs: see 1"}
    return words.get(record.state, f"{record.state}: see 1")


def given_lines(ward: Ward, facts: InfantFacts) -> tuple[DowntimeLine, ...]:
    """What was given today, dose by dose, and the last day's doses before that."""
    given = _given(ward, facts)
    today = [words for day, _, words in given if day == ward.today()]
    before = [one for one in given if one[0] < ward.today()]
    lines = [DowntimeLine("go", "GIVEN today:", words) for words in today]
    if before:
        last = [words for day, _, words in before if day == before[-1][0]]
        name = "Last given before:" if today else "Last given:"
        lines.append(DowntimeLine("go", name, f"{write_date(before[-1][0])}: {' '.join(last)}"))
    lines += [
        DowntimeLine(
            "stop",
            f"{ward.drugs.display_name(row.drug)} day {row.course_day}, {write_date(row.due_on)}:",
            f"{broken_words(row)}; {rest_words(facts, row)}.",
        )
        for row in facts.doses
        if broken_off(row)
    ]
    if not given:
        lines.append(DowntimeLine("unknown", "Last given:", "no dose on record here."))
    return tuple(lines)


def _given(ward: Ward, facts: InfantFacts) -> list[tuple[date, str, str]]:
    """Day, time and words of every dose given, the oldest first; a dose without a time by its day."""
    with ward.store.reading() as connection:
        givings = of_infant(connection, DoseGiving, facts.infant.id)
    times = {(*_key(row), row.hour, row.turn): row.given_at for row in givings}
    found = []
    for row in facts.doses:
        if row.state != "given":
            continue
        key = (*_key(row), row.hour, row.turn)
        at = times.get(key) or row.started_at or row.finished_at
        moment = None if at is None else ward.local(at)
        when = "" if moment is None else write_time(moment)
        day = row.due_on if moment is None else moment.date()
        found.append((day, when, _words(ward, facts, row, when)))
    return sorted(found, key=lambda one: one[:2])


def _key(row: DoseRecord | DoseGiving) -> tuple[str, int, str, str]:
    return row.course_key, row.course_day, row.drug, row.route


def _words(ward: Ward, facts: InfantFacts, row: DoseRecord, when: str) -> str:
    """As "azaCITIDine 15.5 mg, EPI #1 day 1, at 17:57."."""
    amount = amount_given(facts, row)
    how_much = "amount not recorded" if amount is None else write_amount(amount, ward.decimal_mark)
    title = facts.protocol.course(row.course_key).title
    name = ward.drugs.display_name(row.drug)
    at = f"at {when}" if when else "time not recorded"
    of = f", {words}" if (words := of_words(row)) else ""
    return f"{name} {how_much}, {title} day {row.course_day}{of}, {at}."
