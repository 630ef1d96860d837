"""A typed day and time become one moment, also in the night when the clock is changed.

In the hour that comes twice a person says which one is meant: nothing is chosen for her. Only where
the second one has not come yet the first is taken, and that is said. A time that the clock jumps
over is refused (hazards H16, H45). `bedside.desktop.time_field.TimeField` asks in every form.
"""

from datetime import UTC, date, datetime, time

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from bedside.units.dates import Half, half_of


class TypedMoment(Struct, frozen=True):
    """What a typed day and time mean.

    Args:
        at: the moment, aware; None where there is no such time, or it is not said which is meant.
        words: what must be said about it, "" on an ordinary day.
        twice: the time comes twice, and either may be meant.
    """

    at: datetime | None
    words: str = ""
    twice: bool = False


def typed_moment(day: date, at: time, now: datetime, half: Half = "") -> TypedMoment:
    """Read a day and a time of day in the zone of ``now``.

    Args:
        day: the typed day.
        at: the typed time of day.
        now: aware time, in the ward's own zone.
        half: which one is meant where the time comes twice; "" while nobody said so.
    """
    first = datetime.combine(day, at, tzinfo=now.tzinfo).replace(fold=0)
    second = first.replace(fold=1)
    if not half_of(first, now.tzinfo):
        if first.utcoffset() == second.utcoffset():
            return TypedMoment(first)
        words = _t("The clock jumps over {0} in this night: there is no such time.")
        return TypedMoment(None, words.format(f"{at:%H:%M}"))
    if second.astimezone(UTC) > now.astimezone(UTC):
        words = _t("{0} summer time is taken: {0} winter time has not come yet.")
        return TypedMoment(first, words.format(f"{at:%H:%M}"))
    if half:
        return TypedMoment(first if half == "summer" else second, "", twice=True)
    words = _t("{0} comes twice in this night. Choose: {0} summer time, or {0} winter time.")
    return TypedMoment(None, words.format(f"{at:%H:%M}"), twice=True)


def _t(text: str) -> str:
    return QCoreApplication.translate("TypedMoment", text)
