"""The links of an order's chain in marks and words, for the table and for the strip."""

from datetime import date

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from bedside.units.dates import write_date, write_time
from bedside.ward.views.marks import Mark
from bedside.ward.views.orders import ENDED, OrderRow

SIGNED = ("prescribed", "verified", "released")
CONTEXT = "order_words"


class Link(Struct, frozen=True):
    """One link: its mark, and what stands beside it ("A. Okonjo 09:12", "waits")."""

    mark: Mark
    words: str
    void: bool = False  # a signature that does not hold any more: struck through


def links(row: OrderRow, today: date, between: str = " ") -> tuple[Link, ...]:
    """Prescribed, verified, released, checked, given: what was done, what waits, what is void.

    Args:
        row: the dose.
        today: a signature of another day is told with its date.
        between: what stands between the name and the time.
    """
    told = tuple(_signed(row, meaning, today, between) for meaning in SIGNED)
    return (*told, _checked(row), _given(row, between))


def headline(row: OrderRow) -> Link:
    """How far the order is, in one word or two."""
    stage = row.state.stage
    if row.left_out and stage == "given":  # its order is closed, and no tick stands there
        return Link("hold", _tr("not given"))
    words = {
        "not ordered": _tr("not prescribed"),
        "prescribed": _tr("not verified yet"),
        "verified": _tr("not released yet"),
        "released": _tr("released"),
        "void": _tr("VOID"),
        "sent back": _tr("sent back"),
        "given": _tr("given"),
        "on paper": _tr("on paper"),
    }
    marks: dict[str, Mark] = {
        "not ordered": "due",
        "prescribed": "due",
        "verified": "due",
        "released": "hold" if row.state.why else "go",
        "void": "stop",
        "sent back": "stop",
        "given": "recorded",
        "on paper": "none",
    }
    return Link(marks[stage], words[stage])


def _signed(row: OrderRow, meaning: str, today: date, between: str) -> Link:
    signature = row.state.of(meaning)
    if signature is None:
        waits = {"prescribed": "not ordered", "verified": "prescribed", "released": "verified"}
        return Link("due", _tr("waits")) if row.state.stage == waits[meaning] else Link("none", "")
    when = write_time(signature.at)
    if signature.at.date() != today:
        when = f"{write_date(signature.at.date())} {when}"
    words = f"{signature.name}{between}{when}"
    if signature.why or row.state.stage in ENDED:
        return Link("stop", words, void=True)
    return Link("go", words)


def _checked(row: OrderRow) -> Link:
    if row.checked:
        return Link("go" if row.checked_by_two else "due", row.checked)
    waits = row.state.stage == "released"
    return Link("due", _tr("waits")) if waits else Link("none", "")


def _given(row: OrderRow, between: str) -> Link:
    if not row.given:
        return Link("none", "")
    mark: Mark = (
        "clock" if row.given.startswith(("vial running", "infusion running")) else "recorded"
    )
    lines = [one.replace(", ", f",{between}", 1) for one in (row.given, *row.before)]
    if row.left_out:
        mark = "hold"
    if row.since_short:
        mark = "mend"
        lines.insert(1, row.since_short)
    return Link(mark, ("\n" if between == "\n" else "; ").join(lines))


def _tr(text: str) -> str:
    return QCoreApplication.translate(CONTEXT, text)
