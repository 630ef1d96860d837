"""The one way from a form to the ward: what is refused is said beside the form, what fails is shown in red.

Decision (hazards H24, H35): every call that records goes through `saving`. A refusal keeps the
form as it is and shows its reasons. Any other exception raises the NOT SAVED bar, which stays,
and leaves a fault note with file, line and kind of the exception only: no text of the exception
and no value, because either may carry a name or a number of an infant.
"""

import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Generic, Protocol, TypeVar, cast
from weakref import WeakSet

from msgspec import Struct
from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from shiboken6 import isValid

from bedside.desktop.flowing import whole
from bedside.desktop.look import Look
from bedside.desktop.session import Session
from bedside.units.refusal import Refused

Value = TypeVar("Value")
ROOT = Path(__file__).resolve().parents[2]


class RefusalNote(QLabel):
    """The reasons of a refusal, beside the form; hidden while there are none."""

    _saying: ClassVar[WeakSet["RefusalNote"]] = WeakSet()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(look.font("body", "medium"))
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)  # what was typed is quoted letter by letter
        self.setProperty("voice", "stop")
        self.setAccessibleName(self.tr("Why this was not recorded"))
        self.hide()

    def show_reasons(self, reasons: tuple[str, ...]) -> None:
        """Show the reasons, a line each; none hides the note."""
        self.setText(whole("\n".join(reasons)))
        self.setAccessibleDescription("\n".join(reasons))
        self.setVisible(bool(reasons))
        if reasons:
            self._saying.add(self)
        else:
            self._saying.discard(self)

    @classmethod
    def said_on(cls, page: QWidget) -> tuple[tuple["RefusalNote", tuple[str, ...]], ...]:
        """Which notes of a page say something, and what."""
        return tuple(
            (note, tuple(note.accessibleDescription().split("\n")))
            for note in cls._saying
            if isValid(note) and page.isAncestorOf(note)
        )

    @classmethod
    def silence(cls, page: QWidget) -> None:
        """Take back what any note of a page says; looked up here, for a page has hundreds of parts."""
        for note in tuple(cls._saying):
            if not isValid(note):
                cls._saying.discard(note)
            elif page.isAncestorOf(note):
                note.show_reasons(())


class Form(Protocol):
    """What `saving` needs of a page or dialog."""

    look: Look
    session: Session
    refusals: RefusalNote


class Opened(Protocol):
    """What notes how far the record reached when it was opened."""

    opened_on: int


class Outcome(Struct, Generic[Value], frozen=True):
    """What became of a save; truth and falsehood are `saved`, and the value is what the ward gave."""

    saved: bool
    value: Value | None = None
    reasons: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether it was saved."""
        return self.saved


class OnceOnly(QObject):
    """Lets a button be pressed once: the second half of a double click and key repeats go nowhere."""

    def __init__(self, button: QAbstractButton) -> None:
        super().__init__(button)
        self._doubled_at: int | None = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Swallow what would press again."""
        if isinstance(event, QMouseEvent):
            if event.type() == QEvent.Type.MouseButtonDblClick:
                self._doubled_at = event.timestamp()
                return True
            if event.type() == QEvent.Type.MouseButtonPress and self._doubled_at is not None:
                pause = QGuiApplication.styleHints().mouseDoubleClickInterval()
                return event.timestamp() - self._doubled_at < pause
            return False
        return isinstance(event, QKeyEvent) and event.isAutoRepeat()


def guard_button(button: QAbstractButton) -> None:
    """Make a button that records press once only, however often it is clicked in a hurry."""
    if not any(isinstance(child, OnceOnly) for child in button.children()):
        button.installEventFilter(OnceOnly(button))


def saving(
    form: Form, act: Callable[[], Value], *, button: QAbstractButton | None = None
) -> Outcome[Value]:
    """Run a call that records something.

    Before the first record of a sitting, the person is asked for name and role; so ``act`` must
    read ``session.who`` when it runs, not before.

    Args:
        form: the page or dialog; its ``refusals`` show why not, its ``session`` says who records.
        act: calls the ward and returns what it returns.
        button: what was pressed; it is off until the call is over, and pressed once only.
    """
    if not form.session.who and not _ask_who(form):
        return Outcome(False)
    was_on = button is not None and button.isEnabled()
    # of its window: a dialog that was answered has only just gone, and no window may be active yet
    had_keyboard = button is not None and button.window().focusWidget() is button
    if button is not None:
        guard_button(button)
        button.setEnabled(False)
    form.session.begin_saving(form)
    try:
        value = _judged(form, act)
    except Refused as refused:
        form.refusals.show_reasons(refused.reasons)
        return Outcome(False, reasons=refused.reasons)
    except Exception as fault:  # noqa: BLE001 - whatever it is, the person must see NOT SAVED
        report_fault(form.session, form, fault)
        return Outcome(False)
    finally:
        form.session.end_saving()
        if button is not None:
            button.setEnabled(was_on)
            if had_keyboard and button.isVisible():
                button.setFocus()  # closed, it passed the keyboard on to whatever came next
    form.refusals.show_reasons(())
    form.session.saved.emit(form)
    return Outcome(True, value)


def _judged(form: Form, act: Callable[[], Value]) -> Value:
    """Do it; where another station recorded the same meanwhile, the person sees both and decides."""
    ward, opened = form.session.ward, _opened(form)
    if ward is None or not ward.store.shared or opened is None:
        return act()
    from bedside.desktop.both_dialog import goes_on
    from bedside.ward.others import save_seen

    value, opened.opened_on = save_seen(
        ward, act, opened.opened_on, lambda conflict: goes_on(ward, form, conflict)
    )
    return value


def _opened(form: object) -> "Opened | None":
    """The form, or the page that it stands on, that noted how far the record reached when it was opened."""
    at = form
    while at is not None:
        if isinstance(getattr(at, "opened_on", None), int):
            return cast(Opened, at)
        at = at.parentWidget() if isinstance(at, QWidget) else None
    return None


STILL_TYPED = str(
    QT_TRANSLATE_NOOP(
        "save",
        "What you typed is still on the screen. Try again; if it fails again, write it on paper "
        "and ring whoever looks after this workstation.",
    )
)
LEFT_UNSAVED = str(
    QT_TRANSLATE_NOOP(
        "save",
        "What you typed was not recorded, and you left the form. Type it again; if it fails again, "
        "write it on paper and ring whoever looks after this workstation.",
    )
)


EARLIER = str(
    QT_TRANSLATE_NOOP(
        "save",
        "Nothing of this try was kept, but the try before it may be recorded: look whether it is before "
        "you record it again.",
    )
)
STILL_THERE = str(QT_TRANSLATE_NOOP("save", "What you typed is still on the screen."))
LEFT_AS_IT_WAS = str(
    QT_TRANSLATE_NOOP(
        "save", "You left the form: what you typed in it is not on the screen any more."
    )
)
BAR_WORDS = ((STILL_TYPED, LEFT_UNSAVED), (STILL_THERE, LEFT_AS_IT_WAS))


def report_fault(session: Session, form: object, fault: BaseException) -> None:
    """Raise the NOT SAVED bar and leave a fault note; what the ward itself says of it is said there."""
    from bedside.ward.not_kept import not_kept

    written, kept = write_fault_note(session, fault), not_kept(fault)
    unsure = (
        form in session.unsure if isinstance(form, QObject) else False
    )  # of a try before this one
    known = kept is None or kept.known
    if unsure and known:  # "save again" would double what may be recorded
        words = " ".join(QCoreApplication.translate("save", one) for one in (EARLIER, STILL_THERE))
    elif kept is not None:
        words = f"{kept.words} {QCoreApplication.translate('save', STILL_THERE)}"
    else:
        words = QCoreApplication.translate("save", STILL_TYPED)
        if written is not None:
            note = QCoreApplication.translate("save", "Fault note: {0}.")
            words += " " + note.format(written.name)
    name = _whose(session, form)
    words = f"{name}: {words}" if name else words
    if known and not unsure:
        session.not_saved.emit(form, words)
    else:
        session.note_unsure(form)
        session.not_known.emit(form, words)


def _whose(session: Session, form: object) -> str:
    """The infant of a form that was not saved, so that two of one family name are told apart."""
    kept = getattr(form, "__dict__", {})  # nothing is read from the ward while it fails
    line, infant_id = str(kept.get("infant", "")), kept.get("infant_id")
    named = session.names.get(infant_id, "") if isinstance(infant_id, int) else ""
    return named or line.partition(";")[0]


def write_fault_note(session: Session, fault: BaseException) -> Path | None:
    """Write what failed and where, without a word of what was typed or kept.

    Returns the note's path, or None where no folder was given or it cannot be written.
    """
    if session.crash_folder is None:
        return None
    try:
        session.crash_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        stamp = session.clock().strftime("%Y%m%d-%H%M%S") if session.clock is not None else "fault"
        number = 1
        while (path := session.crash_folder / f"{stamp}-{number}.txt").exists():
            number += 1
        path.touch(mode=0o600)  # for this user alone
        path.write_text(_fault_text(fault), encoding="utf-8")
    except OSError:
        return None  # a full disk must not hide the first fault
    return path


def _fault_text(fault: BaseException) -> str:
    lines = ["Bedside fault note. Nothing of any infant is in it.", ""]
    inner: BaseException | None = fault
    while inner is not None:
        lines.append(type(inner).__qualname__)
        lines += [
            f"  {_short(frame.filename)}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(inner.__traceback__)
        ]
        inner = inner.__cause__ or inner.__context__
    return "\n".join(lines) + "\n"


def _short(filename: str) -> str:
    """Return a file's path without the part that names this machine's folders or people."""
    path = Path(filename)
    parts = path.parts
    for mark in ("site-packages", f"python{sys.version_info[0]}.{sys.version_info[1]}"):
        if mark in parts:
            return "/".join(parts[parts.index(mark) + 1 :])
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name


class LastNet:
    """Catches what no form caught: the same red bar, the same fault note, and the program goes on."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._before = sys.excepthook

    def install(self) -> None:
        """Take the place of Python's own hook."""
        self._before = sys.excepthook
        sys.excepthook = self

    def remove(self) -> None:
        """Give the place back."""
        if sys.excepthook is self:
            sys.excepthook = self._before

    def __call__(
        self, kind: type[BaseException], fault: BaseException, trace: TracebackType | None
    ) -> None:
        """Report the fault; Ctrl+C still ends the program."""
        if issubclass(kind, KeyboardInterrupt):
            self._before(kind, fault, trace)
            return
        from bedside.ward.away import is_only_away

        if is_only_away(fault):
            return  # nothing was being saved; the strip at the top says that the server is away
        report_fault(self._session, None, fault.with_traceback(trace))


def _ask_who(form: Form) -> bool:
    from bedside.desktop.who_dialog import ask_who

    parent = form if isinstance(form, QWidget) else None
    return ask_who(parent, form.look, form.session)
