"""The parts of the design system that say something: labels, marks, boxes, bars, tabs and rows of keys."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from bedside.desktop.ending_orders import EndingOrders
from bedside.desktop.gallery_parts import Part
from bedside.desktop.gallery_states import State
from bedside.desktop.hatched import Hatched
from bedside.desktop.infant_tabs import Tabs
from bedside.desktop.key_cap import KeyCap
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.marks import MARK_WORDS, DltLabel, MarkLabel
from bedside.desktop.not_saved import NotSavedBar
from bedside.desktop.patient_line import PatientLine
from bedside.desktop.person_choice import PersonChoice
from bedside.desktop.plain_band import Band
from bedside.desktop.read_only_strip import ReadOnlyStrip
from bedside.desktop.role_notice import RoleNotice
from bedside.desktop.round_keys import Keys
from bedside.desktop.save import RefusalNote
from bedside.desktop.server_strip import ServerStrip
from bedside.desktop.session import Session
from bedside.desktop.vital_fields import SignField, WordField
from bedside.desktop.where_parts import Chip, DayBox
from bedside.ward.views.marks import DltState

ONLY: tuple[State, ...] = ("normal",)
_WIDE = 900
_DLT: tuple[DltState, ...] = ("not started", "open", "closed without DLT", "DLT", "not evaluable")
_SIZES = ("caption", "small", "body", "body_strong_banner", "page_title", "list_title", "answer")


def words() -> tuple[Part, ...]:
    """What is read, and not typed into."""
    return (
        Part("Tabs of an infant", ("Tabs",), _tabs, ("normal", "focus", "chosen")),
        Part("Keys of a row", ("Keys", "LetterButton"), _keys, ONLY),
        Part(
            "A sign, by number", ("SignField",), _sign, ("normal", "focus", "typed", "error"), "118"
        ),
        Part("A sign, by word", ("WordField",), _word, ("normal", "focus", "disabled")),
        Part("A person by name", ("PersonChoice",), _person, ("normal", "focus", "typed"), "Er"),
        Part("Cap of a key", ("KeyCap",), partial(KeyCap, "Ctrl+K"), ONLY),
        Part("Word in a dotted box", ("Chip",), partial(Chip, "site value"), ONLY),
        Part("Day of azacitidine", ("DayBox",), partial(DayBox, 3, "20-Nov-2026"), ONLY),
        Part("Hidden while somebody counts", ("Hatched",), _hatched, ONLY),
    )


def lines() -> tuple[Part, ...]:
    """What takes the width of a page or a form."""
    return (
        Part("Marks, each with its word", ("MarkLabel",), _marks, ONLY),
        Part("DLT period", ("DltLabel",), _dlt, ONLY),
        Part("Sizes of type", ("QLabel",), _sizes, ONLY),
        Part("Whom a form is about", ("PatientLine",), _patient, ONLY),
        Part("Why it was not recorded", ("RefusalNote",), _refusal, ONLY),
        Part("Orders that this ends", ("EndingOrders",), _ending, ONLY),
        Part("Not with this role", ("RoleNotice",), _role, ONLY),
        Part("NOT SAVED", ("NotSavedBar",), _not_saved, ONLY),
        Part("A ward that can only be read", ("ReadOnlyStrip",), _strip, ONLY),
        Part("The ward's server is away, or back", ("ServerStrip",), _server, ONLY),
        Part("Band under the top bar", ("Band",), _band, ONLY),
    )


def _wide(made: QWidget) -> QWidget:
    made.setFixedWidth(_WIDE)
    return made


def _row(parts: list[QWidget], *, space: int = 6) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(space)
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
    return holder


def _marks(look: Look) -> QWidget:
    named: list[QWidget] = []
    for mark, said in MARK_WORDS.items():
        if said:
            named += [MarkLabel(mark, look), label(said, look, "small")]
    return _row(named)


def _dlt(look: Look) -> QWidget:
    named: list[QWidget] = []
    for state in _DLT:
        named += [DltLabel(state, look), label(state, look, "small")]
    return _row(named)


def _sizes(look: Look) -> QWidget:
    return _row([label(f"{size} 0.5 mg ≥ 480 µL", look, size) for size in _SIZES], space=14)


def _tabs(look: Look) -> QWidget:
    return Tabs(look, ("Timeline", "Counts"))


def _keys(look: Look) -> QWidget:
    made = Keys((("S", "same"), ("W", "worse"), ("R", "resolved")), look)
    made.choose("S")
    made.disable("W")
    return made


def _sign(look: Look) -> QWidget:
    made = SignField("Heart rate", "per min", look)
    made.setFocusProxy(made.edit)
    return made


def _word(look: Look) -> QWidget:
    made = WordField("Consciousness", ("alert", "voice", "pain"), look)
    made.setFocusProxy(made.segments.buttons[0])
    return made


def _person(look: Look) -> QWidget:
    people = ((1, "Erika Berg, nurse"), (2, "Mara Keller, pharmacist"))

    def find(typed: str) -> list[int]:
        return [number for number, name in people if name.casefold().startswith(typed.casefold())]

    made = PersonChoice("Name", people, find, look)
    made.setFixedWidth(210)
    return made


def _hatched(look: Look) -> QWidget:
    return Hatched("hidden while you count", look, "Weight", (170, 32))


def _patient(look: Look) -> QWidget:
    said = "FERREIRA, Inês; born 20-Aug-2026 (13w 1d); DEM 004 131"
    return _wide(PatientLine(said, look))


def _refusal(look: Look) -> QWidget:
    made = RefusalNote(look)
    made.show_reasons(("“4,2” has a comma: this station writes 4.2. What you typed stays.",))
    return _wide(made)


def _ending(look: Look) -> QWidget:
    made = EndingOrders(look)
    made.show_lines(("azaCITIDine intravenous, day 4: 13.5 mg would be 13.75 mg",))
    return _wide(made)


def _role(look: Look) -> QWidget:
    session = Session("E. Berg, nurse")
    session.why_not = lambda act: f"Not with the role nurse: to {act} is for physician."
    made = RoleNotice(look, session)
    session.setParent(made)
    made.show_page("Counts")
    return _wide(made)


def _not_saved(look: Look) -> QWidget:
    session = Session("E. Berg, nurse")
    made = NotSavedBar(look, session)
    session.setParent(made)
    made.tell("What you typed is still on the screen. Try again.")
    return _wide(made)


def _strip(look: Look) -> QWidget:
    return _wide(ReadOnlyStrip(look, ""))


def _server(look: Look) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    for gone in (True, False):
        made = ServerStrip(look, away=gone)
        made.say(
            "EMERGENCY COPY of 20-Nov-2026 10:30 (12 minutes old)"
            if gone
            else "THE SERVER IS BACK",
            "The ward's server has not answered since 10:31."
            if gone
            else "Enter what was written.",
        )
        column.addWidget(made)
    return _wide(holder)


def _band(look: Look) -> QWidget:
    made = Band(look)
    row = QHBoxLayout(made)
    row.addWidget(label("45 open tasks, 2 late", look, "list_title", "bold"))
    return _wide(made)


def swatch(colour: str) -> Callable[[Look], QWidget]:
    """A box of one colour of the tokens, with its name and code."""

    def make(look: Look) -> QWidget:
        box = QLabel()
        box.setFixedSize(34, 22)
        code = look.colour(colour).name().upper()
        edge = look.colour("edge").name()
        box.setStyleSheet(f"QLabel {{ background: {code}; border: 1px solid {edge}; }}")
        return _row([box, label(f"{colour} {code}", look, "small")])

    return make
