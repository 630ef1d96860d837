"""A typed day and time become one moment, also in the night when the clock is changed.

In the hour that comes twice, the later moment that is not in the future is taken, and this is said
beside the field; a time that the clock jumps over is refused (hazards H16, H45).
"""

from datetime import UTC, date, datetime, time

from msgspec import Struct
from PySide6.QtCore import QCoreApplication


class TypedMoment(Struct, frozen=True):
    """What a typed day and time mean.

    Args:
        at: the moment, aware; None where there is no such time.
        words: what must be said about it, "" on an ordinary day.
    """

    at: datetime | None
    words: str = ""


def typed_moment(day: date, at: time, now: datetime) -> TypedMoment:
    """Read a day and a time of day in the zone of ``now``.

    Args:
        day: the typed day.
        at: the typed time of day.
        now: aware time, in the ward's own zone.
    """
    first = datetime.combine(day, at, tzinfo=now.tzinfo).replace(fold=0)
    second = first.replace(fold=1)
    if first.utcoffset() == second.utcoffset():
        return TypedMoment(first)
    if first.astimezone(UTC) > second.astimezone(UTC):
        words = _t("The clock jumps over {0} in this night: there is no such time.")
        return TypedMoment(None, words.format(f"{at:%H:%M}"))
    later = second.astimezone(UTC) <= now.astimezone(UTC)
    which = _t("the later one") if later else _t("the earlier one")
    words = _t("{0} comes twice in this night: {1} is taken.").format(f"{at:%H:%M}", which)
    return TypedMoment(second if later else first, words)


def _t(text: str) -> str:
    return QCoreApplication.translate("TypedMoment", text)
