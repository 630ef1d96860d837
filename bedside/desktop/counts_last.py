"""The infant's own last values beside the fields of a new count, each told with its own time."""

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from bedside.desktop.trend_layout import anc_place, platelets_place
from bedside.units.dates import write_date, write_date_time, write_time
from bedside.units.writer import write_number
from bedside.ward.same_minute import worst_of_newest
from bedside.ward.views.pages import CountRow, CountsView

_PLACES: Mapping[str, Callable[[CountRow], int | Decimal | None]] = {
    "wbc": lambda row: _low(row.wbc_per_ul),
    "anc": lambda row: None if row.anc_source.startswith("worked out") else _low(anc_place(row)),
    "platelets": lambda row: _low(platelets_place(row)),
    "haemoglobin": lambda row: _low(row.haemoglobin_g_per_l),
}  # of two specimens of one minute the lower value of each is the last one


def last_values(
    view: CountsView, mark: str, usual: Mapping[str, str]
) -> tuple[dict[str, tuple[str, str]], str]:
    """The last value of each measure as kept and, where it differs, as entered; and their heading.

    Args:
        view: the counts page.
        mark: the ward's decimal mark.
        usual: the usual unit of each field as it is shown; another one is said as entered.
    """
    rows = [row for row in view.rows if not row.voided]
    if not rows:
        return {}, QCoreApplication.translate("CountsPage", "Last: none recorded")
    texts: dict[str, tuple[str, str]] = {}
    newest = rows[-1].taken_at
    for row in rows:
        for key, (text, entered) in _texts_of(row, mark, usual).items():
            texts[key] = (text + _of_another_time(row.taken_at, newest), entered)
    for key, place in _PLACES.items():
        worst = worst_of_newest([row for row in rows if place(row) is not None], place)
        told = {} if worst is None else _texts_of(worst, mark, usual)
        if worst is not None and key in told:
            text, entered = told[key]
            texts[key] = (text + _of_another_time(worst.taken_at, newest), entered)
    words = QCoreApplication.translate("CountsPage", "Last, {0}")
    return texts, words.format(write_date_time(newest))


def _low(value: int | Decimal | None) -> int | Decimal | None:
    return None if value is None else -value


def _of_another_time(taken_at: datetime, newest: datetime) -> str:
    """Values of two specimens must not read as one count: an older one carries its day or time."""
    if taken_at == newest:
        return ""
    same_day = taken_at.date() == newest.date()
    return f" ({write_time(taken_at) if same_day else write_date(taken_at)[:6]})"


def _texts_of(row: CountRow, mark: str, usual: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """What a count says, by field; a worked-out ANC is not the analyser's and has no field."""
    worked = row.anc_source.startswith("worked out")
    grams = row.haemoglobin_g_per_l
    found = {
        "wbc": _cells(row.wbc_per_ul, row.wbc_state),
        "anc": None if worked else _cells(row.anc_per_ul, row.anc_state),
        "platelets": _cells(row.platelets_per_ul, row.platelets_state),
        "haemoglobin": (
            _bound(row.haemoglobin_state) if grams is None else f"{write_number(grams, mark)} g/L"
        ),
        "neutrophils": _percent(row.neutrophils_percent, mark),
        "bands": _percent(row.bands_percent, mark),
        "lymphocytes": _percent(row.lymphocytes_percent, mark),
        "monocytes": _percent(row.monocytes_percent, mark),
        "other": _percent(row.other_percent, mark),
        "blasts": _percent(row.blasts_percent, mark),
    }
    entered = {
        "wbc": row.wbc_entered,
        "anc": row.anc_entered,
        "platelets": row.platelets_entered,
        "haemoglobin": row.haemoglobin_entered,
    }
    return {
        key: (text, _as_entered(entered.get(key, ""), usual.get(key, ""), text))
        for key, text in found.items()
        if text is not None
    }


def _as_entered(entered: str, usual: str, text: str) -> str:
    """The value as entered, where that was another unit than the field's usual one and than shown."""
    same = "".join(entered.split()) == "".join(text.split())
    return "" if same or entered.endswith(f" {usual}") else entered


def _cells(per_ul: int | None, state: str) -> str | None:
    """With its unit: it stands in a row whose typed value is in another one."""
    return _bound(state) if per_ul is None else f"{write_number(per_ul)} per µL"


def _bound(state: str) -> str | None:
    """A value that is a bound stands as one; a state without a value is no last value."""
    return state if state[:1] in ("<", ">") else None


def _percent(value: Decimal | None, mark: str) -> str | None:
    return f"{write_number(value, mark)} %" if value is not None else None
