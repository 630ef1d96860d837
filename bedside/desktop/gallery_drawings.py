"""The parts of the design system that are drawn by hand, each in every state that its record can have.

Everything here is invented. What draws one infant's or the ward's whole record (timeline, trends,
charts) is drawn with the demonstration's pages instead.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Literal

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from bedside.desktop.band import BannerBand
from bedside.desktop.commission_pass import ProgressStrip
from bedside.desktop.day_boxes import DayBox
from bedside.desktop.fever_clock_panel import TimeBar
from bedside.desktop.gallery_parts import Part
from bedside.desktop.gallery_states import State
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.round_parts import VerdictMark
from bedside.desktop.timeline_legend import TimelineLegend
from bedside.desktop.vial_dial import VialDial
from bedside.desktop.where_parts import AnswerLine
from bedside.ward.views.dlt import Verdict
from bedside.ward.views.marks import Banner, DltLine, Mark, VialClockView
from bedside.ward.views.pages import DoseDay

DayState = Literal["given", "due", "later", "missed", "vial running", "vial lost"]

ONLY: tuple[State, ...] = ("normal",)
_WIDE, _DIAL = 1180, (540, 390)  # the stage is 1400 by 400
_NOW = datetime(2026, 11, 20, 10, 42, tzinfo=UTC)
_VERDICTS: tuple[Verdict, ...] = ("ask", "counts", "does not count")
_DAY_STATES: tuple[DayState, ...] = ("given", "due", "vial running", "vial lost", "missed", "later")
_ANSWERS: tuple[tuple[str, str, Mark], ...] = (
    ("Consolidation, day 18.", "EPI #2 may start.", "go"),
    ("Consolidation, day 43.", "EPI #2 held: platelets 41 000, needs 50 000.", "hold"),
    ("Induction, day 8.", "KMT2A unknown.", "unknown"),
    ("EPI #2, day 3 of 5.", "Too late for this vial: discard it.", "stop"),
    ("EPI #2, day 3 of 5.", "Vial clock runs: start by 10:57.", "priming"),
)
_VIALS = (9, 28, 33, 50)  # minutes old: running, soon, too late, to be discarded


def drawings() -> tuple[Part, ...]:
    """What is painted by hand: clocks, boxes, marks, the one answer, the banner."""
    return (
        Part("Vial clock: running, soon", ("VialDial",), partial(_dials, _VIALS[:2]), ONLY),
        Part("Vial clock: too late, discard", ("VialDial",), partial(_dials, _VIALS[2:]), ONLY),
        Part("Time left", ("TimeBar",), _bars, ONLY),
        Part("The one answer", ("AnswerLine",), _answers, ONLY),
        Part("Banner, with an open fever", ("BannerBand",), _banner, ONLY),
        Part("Days of a block", ("DayBox",), _days, ONLY),
        Part("Verdicts on a toxicity", ("VerdictMark",), _verdicts, ONLY),
        Part("How much is typed", ("ProgressStrip",), _shares, ONLY),
        Part("Key to the timeline", ("TimelineLegend",), TimelineLegend, ONLY),
    )


def _dials(minutes: tuple[int, ...], look: Look) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    for old in minutes:
        row.addWidget(_dial(old, look))
    return holder


def _dial(minutes: int, look: Look) -> QWidget:
    made, start = VialDial(look), _NOW - timedelta(minutes=minutes)
    made.setFixedSize(*_DIAL)
    clock = VialClockView(
        dose_id=1,
        reconstituted_at=start,
        infusion_minutes=15,
        latest_start=start + timedelta(minutes=30),
        finish_by=start + timedelta(minutes=45),
        latest_start_shortest=start + timedelta(minutes=35),
        shortest_minutes=10,
        within_minutes=45,
    )
    made.show_clock(clock, _NOW)
    return made


def _bars(look: Look) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    for left, colour in ((0.8, "accent"), (0.3, "hold"), (0.05, "stop")):
        bar = TimeBar(look)
        bar.setFixedWidth(420)
        bar.show_left(left, colour, "")
        column.addWidget(bar)
    return holder


def _answers(look: Look) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    for answer, tail, mark in _ANSWERS:
        line = AnswerLine(look)
        line.setFixedWidth(_WIDE)
        line.show_answer(answer, tail, mark)
        column.addWidget(line)
    return holder


def _banner(look: Look) -> QWidget:
    made = BannerBand(look)
    made.setFixedSize(_WIDE + 186, look.measure("band"))
    made.show_banner(
        Banner(
            infant_id=1,
            family="FERREIRA",
            given="Inês",
            born=date(2026, 8, 20),
            age_text="13w 1d",
            sex="female",
            hospital_number="DEM 004 131",
            weight_text="5.4 kg",
            weight_at=_NOW,
            bsa_text="0.3 m²",
            bsa_formula="Mosteller",
            protocol_text="AALL15P1, single arm",
            risk_text="KMT2A rearranged",
            allergies="penicillin: rash",
            dlt=DltLine("open", "open, day 52", ("since 30-Sep-2026",), date(2026, 9, 30)),
            fever=("24 min left", "give by 11:06", "accent"),
        )
    )
    return made


def _days(look: Look) -> QWidget:
    first = date(2026, 11, 18)
    made: list[Callable[[Look], QWidget]] = []
    for number, state in enumerate(_DAY_STATES):
        on = first + timedelta(days=number)
        made.append(partial(DayBox, DoseDay(number + 1, on, state, state, False, None)))
    return _named(list(zip(_DAY_STATES, made, strict=True)), look)


def _verdicts(look: Look) -> QWidget:
    return _named([(one, partial(VerdictMark, one)) for one in _VERDICTS], look)


def _shares(look: Look) -> QWidget:
    def strip(done: int, look: Look) -> QWidget:
        made = ProgressStrip(look)
        made.show_share(done, 12)
        return made

    return _named([(f"{done} of 12", partial(strip, done)) for done in (0, 5, 12)], look)


def _named(made: list[tuple[str, Callable[[Look], QWidget]]], look: Look) -> QWidget:
    """Each with its word below."""
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(14)
    for column, (said, make) in enumerate(made):
        grid.addWidget(make(look), 0, column)
        grid.addWidget(label(said, look, "caption", colour="quiet"), 1, column)
    grid.setColumnStretch(len(made), 1)
    return holder
