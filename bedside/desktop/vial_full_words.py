"""What the vial clock over the whole screen says: a time of day, what is left, what to do, and what then."""

from datetime import datetime

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from bedside.desktop.vial_words import in_units, seconds_until, vial_words
from bedside.units.dates import write_time
from bedside.ward.clock_full import ClockShown
from bedside.ward.views.marks import VialClockView


class FullWords(Struct, frozen=True):
    """The clock at one moment: the largest is ``time``."""

    caption: str
    time: str
    left: str
    now: str
    then: str
    tone: str


def full_words(shown: ClockShown | None, now: datetime) -> FullWords:
    """Say how a vial stands.

    Args:
        shown: the vial; None where its record was struck out.
        now: aware time.
    """
    if shown is None:
        gone = _t("Its record was struck out. Look at the page Doses.")
        return FullWords("", _t("no clock"), "", gone, "", "stop")
    clock = shown.clock
    if clock is None:
        time = _t("VIAL LOST") if shown.lost else _t("ended")
        then = _t("Nothing of it may be given any more.") if shown.lost else ""
        return FullWords("", time, "", shown.ended, then, "stop" if shown.lost else "quiet")
    if shown.void:
        waits = clock.started_at is None
        told = _t("Do not give it: discard the vial, or ask the physician now.")
        stop = _t("STOP the infusion, ask the physician now, write down how much went in.")
        return FullWords(
            _t("Its order does not stand any more"),
            _t("ORDER VOID"),
            "",
            told if waits else stop,
            "",
            "stop",
        )
    return _running(clock, now)


def _running(clock: VialClockView, now: datetime) -> FullWords:
    words = vial_words(clock, now)
    finish = write_time(clock.finish_by)
    left = _t("{0} left")
    to_finish = seconds_until(clock.finish_by, now)
    match clock.standing(now):
        case "running":
            tone = "hold" if words.state == "soon" else "priming"
            to_start = seconds_until(clock.latest_start, now)
            return FullWords(
                _t("start the infusion by"),
                write_time(clock.latest_start),
                left.format(in_units(to_start)),
                words.sentence,
                _after_start(clock),
                tone,
            )
        case "too late":
            return _too_late(clock, words.sentence, now)
        case "discard":
            was = _t("the latest start was {0}").format(write_time(clock.latest_start_shortest))
            none = _t("Give none of it.")
            return FullWords(was, _t("VIAL LOST"), "", words.sentence, none, "stop")
        case "infusing":
            then = _t("If {0} passes and some is still to run in, ask the prescriber.")
            return FullWords(
                _t("it runs; all of it must be in by"),
                finish,
                left.format(in_units(to_finish)),
                words.sentence,
                then.format(finish),
                "priming",
            )
        case _:
            past = _t("{0} past the limit").format(in_units(-to_finish))
            return FullWords(
                _t("all of it had to be in by"), finish, past, words.sentence, "", "stop"
            )


def _too_late(clock: VialClockView, sentence: str, now: datetime) -> FullWords:
    """Too late as planned: the shortest allowed infusion, and until when."""
    at = write_time(clock.latest_start_shortest)
    to_start = seconds_until(clock.latest_start_shortest, now)
    caption = _t("too late for {0} min; with {1} min, start by")
    then = _t("After {0} no allowed infusion fits: the vial is lost, discard it.")
    return FullWords(
        caption.format(clock.infusion_minutes, clock.shortest_minutes),
        at,
        _t("{0} left").format(in_units(to_start)),
        sentence,
        then.format(at),
        "stop",
    )


def _after_start(clock: VialClockView) -> str:
    """What to do when the latest start has passed."""
    shortest = write_time(clock.latest_start_shortest)
    finish = write_time(clock.finish_by)
    if clock.shortest_minutes < clock.infusion_minutes:
        return _t(
            "When it runs out: plan {0} min, the shortest allowed, and start by {1}. After that the "
            "vial is lost: discard it. All of it must be in by {2}."
        ).format(clock.shortest_minutes, shortest, finish)
    return _t(
        "When it runs out the vial is lost: discard it, with the reason. All of it must be in by {0}."
    ).format(finish)


def _t(text: str) -> str:
    return QCoreApplication.translate("VialClock", text)
