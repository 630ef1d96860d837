"""The orders of a dosing sheet as it prints them, in the place of the boxes for a pen.

One sheet is for several dates. Where every date that is left has an order of this very dose,
prescribed and verified by the same two people at the same times, it prints their signatures. Where
orders exist but differ, it prints how far each date is and which step is open: that step is signed
in Bedside, not on the paper, so that there is one order and not two. Only where no date has an
order do the boxes stay empty and are signed by hand.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from bedside.units.dates import write_date, write_date_time, write_time
from bedside.units.quantities import DrugAmount
from bedside.ward.facts import InfantFacts
from bedside.ward.order_facts import OrderFacts
from bedside.ward.orders import order_rows, state_of
from bedside.ward.views.orders import ENDED, OrderRow, OrderState, Stage
from bedside.ward.views.signatures import SignedAs
from bedside.ward.ward import Ward

_MOST_LINES = 3  # that leave the sheet on one page
_SIGNED = ("prescribed", "verified", "released")
_OPEN: dict[Stage, str] = {
    "prescribed": "OPEN: verify",
    "verified": "OPEN: release",
}
_MEANINGS = (("prescribed", "I order this"), ("verified", "my own figures agree"))


def order_signed(
    ward: Ward,
    facts: InfantFacts,
    line: tuple[str, str, str],
    days: Sequence[int],
    amount: DrugAmount,
) -> tuple[str, ...]:
    """Who prescribed and who verified what a sheet orders, a line each; empty for boxes.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        line: course key, drug and route.
        days: the course days that are left on the sheet.
        amount: the dose that the sheet prints.
    """
    course, drug, route = line
    with ward.store.reading() as connection:
        known = OrderFacts(ward, facts, connection)
        orders = known.newest_orders()
        keys = [(course, day, drug, route) for day in days]
        if not keys or any(key not in orders for key in keys):
            return ()
        states = [state_of(known, connection, key, orders) for key in keys]
    if any(_other(state, amount) for state in states):
        return ()
    found: list[str] = []
    for meaning, says in _MEANINGS:
        signed = {_words(ward, one, says) for state in states for one in _of(state, meaning)}
        if len(signed) != 1:
            return ()
        found += signed
    return tuple(found)


def order_steps(
    ward: Ward,
    facts: InfantFacts,
    line: tuple[str, str, str],
    days: Sequence[int],
    amount: DrugAmount,
) -> tuple[str, ...]:
    """How far the order of each date is and who signed it, days alike on one line; () without any.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        line: course key, drug and route.
        days: the course days that are left on the sheet.
        amount: the dose that the sheet prints.
    """
    if order_signed(ward, facts, line, days, amount):
        return ()  # all dates alike: their signatures say it
    rows = {row.key: row for row in order_rows(ward, facts)}
    course, drug, route = line
    found = {day: rows.get((course, day, drug, route)) for day in days}
    if all(row is None or row.state.order_id is None for row in found.values()):
        return ()
    lines = _grouped({day: _step(ward, row, amount, names=True) for day, row in found.items()})
    if len(lines) <= _MOST_LINES:
        return lines
    return _grouped({day: _step(ward, row, amount, names=False) for day, row in found.items()})


def _grouped(words_by_day: Mapping[int, str]) -> tuple[str, ...]:
    said: dict[str, list[int]] = {}
    for day, words in words_by_day.items():
        said.setdefault(words, []).append(day)
    return tuple(f"{_days(days)}: {words}" for words, days in said.items())


def _step(ward: Ward, row: OrderRow | None, amount: DrugAmount, *, names: bool) -> str:
    """How far one date is; without names where a page has no room for them."""
    state = None if row is None else row.state
    if state is None or state.order_id is None or row is None:
        return "no order in Bedside yet"
    if state.stage in ENDED:
        return f"order {state.stage}: prescribe anew"
    parts: list[str] = list(_signers(ward, state)) if names else [state.stage]
    if (state.amount, state.unit) != (amount.value, amount.unit):
        parts.insert(0, f"ordered {state.dose_words}, not the dose of this sheet")
    if state.stage in _OPEN:
        parts.append(_OPEN[state.stage])
    elif row.checked_by_two:
        parts.append("checked by two")
    return "; ".join(parts)


def _signers(ward: Ward, state: OrderState) -> Iterator[str]:
    """Each signature with its name and time; the date where it is another one than before."""
    before: date | None = None
    signed: list[tuple[str, str]] = []  # name, and what it signed at which times
    for meaning in _SIGNED:
        by = state.of(meaning)
        if by is None or by.why:
            continue
        at = ward.local(by.at)
        when = write_time(at) if at.date() == before else _day_and_time(at)
        before = at.date()
        if signed and signed[-1][0] == by.name:
            signed[-1] = (by.name, f"{signed[-1][1]}, {meaning} {when}")
        else:
            signed.append((by.name, f"{meaning} {when}"))
    return (f"{words} {name}" for name, words in signed)


def _day_and_time(at: datetime) -> str:
    day, month, _ = write_date(at.date()).split("-")
    return f"{day}-{month} {write_time(at)}"


def _days(days: Sequence[int]) -> str:
    return f"{'Day' if len(days) == 1 else 'Days'} {', '.join(str(day) for day in days)}"


def _other(state: OrderState, amount: DrugAmount) -> bool:
    stands = state.stage in ("verified", "released")
    return not stands or (state.amount, state.unit) != (amount.value, amount.unit)


def _of(state: OrderState, meaning: str) -> list[SignedAs]:
    signature = state.of(meaning)
    return [] if signature is None else [signature]


def _words(ward: Ward, signature: SignedAs, says: str) -> str:
    when = write_date_time(ward.local(signature.at))
    return f"“{says}”: {signature.name}, {signature.role}, {when}, signed in Bedside"
