"""The infant's own last values beside the fields of a new count, each told with its own time."""

from datetime import datetime
from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from bedside.units.dates import write_date, write_date_time, write_time
from bedside.units.writer import write_number
from bedside.ward.views.pages import CountRow, CountsView


def last_values(view: CountsView, mark: str) -> tuple[dict[str, str], str]:
    """The last value of each measure, in the field's own unit, and the heading over them.

    Args:
        view: the counts page.
        mark: the ward's decimal mark.
    """
    rows = [row for row in view.rows if not row.voided]
    if not rows:
        return {}, QCoreApplication.translate("CountsPage", "Last: none recorded")
    texts: dict[str, str] = {}
    newest = rows[-1].taken_at
    for row in rows:
        for key, text in _texts_of(row, mark).items():
            texts[key] = text + _of_another_time(row.taken_at, newest)
    words = QCoreApplication.translate("CountsPage", "Last, {0}")
    return texts, words.format(write_date_time(newest))


def _of_another_time(taken_at: datetime, newest: datetime) -> str:
    """Values of two specimens must not read as one count: an older one carries its day or time."""
    if taken_at == newest:
        return ""
    same_day = taken_at.date() == newest.date()
    return f" ({write_time(taken_at) if same_day else write_date(taken_at)[:6]})"


def _texts_of(row: CountRow, mark: str) -> dict[str, str]:
    """What a count says, by field; a worked-out ANC is not the analyser's and has no field."""
    analyser = None if row.anc_source.startswith("worked out") else row.anc_per_ul
    found = {
        "wbc": None if row.wbc_per_ul is None else write_number(row.wbc_per_ul),
        "anc": None if analyser is None else write_number(analyser),
        "platelets": None if row.platelets_per_ul is None else write_number(row.platelets_per_ul),
        "haemoglobin": (
            None
            if row.haemoglobin_g_per_l is None
            else f"{write_number(row.haemoglobin_g_per_l, mark)} g/L"
        ),
        "neutrophils": _percent(row.neutrophils_percent, mark),
        "bands": _percent(row.bands_percent, mark),
    }
    return {key: text for key, text in found.items() if text is not None}


def _percent(value: Decimal | None, mark: str) -> str | None:
    return f"{write_number(value, mark)} %" if value is not None else None
