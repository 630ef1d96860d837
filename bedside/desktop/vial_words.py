"""What the vial clock says: how long until the latest start, until all of it must be in, and what then.

All of it is worked out from UTC, so it is right after sleep and in the night when the clock goes
back; figures are rounded down, so that nobody believes in a minute that is not there.
"""

from datetime import UTC, datetime, timedelta
from typing import Literal

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from bedside.units.dates import write_time, write_times
from bedside.ward.views.marks import VialClockView

SOON_MINUTES = 5
VialState = Literal["running", "soon", "too late", "discard", "infusing", "over time"]


class VialWords(Struct, frozen=True):
    """The clock at one moment, in words."""

    state: VialState
    figure: str  # "6 min", "40 s"
    figure_under: str  # stands above the figure
    second: str
    second_under: str
    sentence: str  # what to do now


def vial_words(clock: VialClockView, now: datetime) -> VialWords:
    """Say how a vial stands.

    Args:
        clock: the vial.
        now: aware time.
    """
    now = clock.holds(now)
    finish, latest, _ = write_times(clock.finish_by, clock.latest_start, clock.reconstituted_at)
    to_finish = seconds_until(clock.finish_by, now)
    until_in = _t("until all of it must be in, {0}").format(finish)
    if clock.started_at is not None:
        return _while_running(clock, to_finish, until_in)
    to_start = seconds_until(clock.latest_start, now)
    minutes = clock.infusion_minutes
    if to_start >= 0:
        soon = to_start < (SOON_MINUTES + 1) * 60
        sentence = _t("All of it must be in within {0} min of reconstitution.").format(
            clock.within_minutes
        )
        if soon:
            sentence = _t("Soon: start by {0}, or {1} min no longer fit.").format(latest, minutes)
        return VialWords(
            "soon" if soon else "running",
            in_units(to_start),
            (_t("soon: latest start {0}") if soon else _t("until the latest start, {0}")).format(
                latest
            ),
            in_units(to_finish),
            until_in,
            sentence,
        )
    return _too_late(clock, now, to_finish, until_in)


def _while_running(clock: VialClockView, to_finish: int, until_in: str) -> VialWords:
    started, end = clock.started_at, clock.planned_end
    if started is None or end is None:
        raise ValueError("the infusion has not started")
    under = _t("started; planned end {0}").format(write_time(end))
    if to_finish >= 0:
        sentence = _t("The infusion runs. Record its end when all of it is in.")
        return VialWords(
            "infusing", in_units(to_finish), until_in, write_time(started), under, sentence
        )
    sentence = _t(
        "The {0} min are over and the infusion is not recorded as finished. "
        "What to do then is not public: ask the prescriber."
    ).format(clock.within_minutes)
    return VialWords(
        "over time",
        in_units(-to_finish),
        _t("past the limit of {0}").format(write_time(clock.finish_by)),
        write_time(started),
        under,
        sentence,
    )


def _too_late(clock: VialClockView, now: datetime, to_finish: int, until_in: str) -> VialWords:
    latest = write_time(clock.latest_start_shortest)
    figure = _t("too late")
    under = _t("latest start was {0}").format(write_time(clock.latest_start))
    if clock.standing(now) == "too late":
        sentence = _t(
            "Too late for {0} min. With {1} min, the shortest allowed, it can still start by {2}."
        ).format(clock.infusion_minutes, clock.shortest_minutes, latest)
        return VialWords("too late", figure, under, in_units(to_finish), until_in, sentence)
    sentence = _t("Too late for any allowed infusion: discard the vial, with the reason.")
    return VialWords(
        "discard", figure, under, _t("discard"), _t("the vial, with the reason"), sentence
    )


def void_words(*, waits: bool) -> str:
    """What to do with a vial whose order does not stand any more.

    Args:
        waits: its infusion has not begun.
    """
    if waits:
        return _t("Its order is VOID: do not give it. Discard the vial, or ask the physician now.")
    return _t(
        "Its order is VOID: STOP the infusion, ask the physician now, and write down how much "
        "went in (Discard vial asks it)."
    )


def seconds_until(moment: datetime, now: datetime) -> int:
    """Real seconds until a moment, rounded down; below zero once it has passed."""
    left = moment.astimezone(UTC) - now.astimezone(UTC)
    return left // timedelta(seconds=1)


def in_units(seconds: int) -> str:
    """A duration in whole minutes, rounded down; the last minute in seconds."""
    if seconds < 60:
        return _t("{0} s").format(max(seconds, 0))
    return _t("{0} min").format(seconds // 60)


def spoken(clock: VialClockView, now: datetime) -> str:
    """The whole dial as one text, for those who do not see it."""
    told = vial_words(clock, now)
    made, latest, finish = write_times(clock.reconstituted_at, clock.latest_start, clock.finish_by)
    parts = (
        _t("Reconstituted at {0}").format(made),
        _t("planned infusion {0} min").format(clock.infusion_minutes),
        _t("latest start {0}").format(latest),
        _t("finish by {0}").format(finish),
        f"{told.figure} {told.figure_under}",
        f"{told.second} {told.second_under}",
    )
    return f"{'; '.join(parts)}. {told.sentence}"


def _t(text: str) -> str:
    return QCoreApplication.translate("VialClock", text)
