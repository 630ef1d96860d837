"""The line at the bottom: the key to the marks, drafts that wait, and when the last record was saved."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from bedside.desktop.labels import give_way, hint, label
from bedside.desktop.look import Look
from bedside.desktop.marks import MARK_WORDS, MarkLabel
from bedside.units.dates import write_date_time, write_time
from bedside.ward.views.marks import Mark
from bedside.ward.wrong_clock import clock_is_behind

if TYPE_CHECKING:
    from bedside.ward.views.backup import BackupState

_LEGEND: tuple[Mark, ...] = (
    "late",
    "due",
    "recorded",
    "hold",
    "stop",
    "mend",
    "unknown",
    "clock",
    "check",
    "priming",
)


_SAID_MS = 8000
_NAMED = 2  # so many drafts have room beside the key to the marks


class StatusLine(QFrame):
    """The status line of the frame.

    Args:
        look: colours and fonts.
        protection: what keeps others from reading the ward's file; "" says nothing.
    """

    def __init__(self, look: Look, protection: str = "") -> None:
        super().__init__()
        self.setObjectName("status")
        self.setFixedHeight(look.measure("footer"))
        self.setStyleSheet(
            f"#status {{ background: {look.colour('surface').name()};"
            f" border-top: 1px solid {look.colour('line').name()}; }}"
        )
        self.setAccessibleName(self.tr("Status line"))
        self._marks: list[QWidget] = []
        self._names: list[str] = []  # of the drafts that wait
        self.legend = self._legend(look)
        self.zone = label("", look, "caption", "strong", "hold")
        self.zone.hide()
        self.behind = label("", look, "caption", "strong", "stop")
        self.behind.hide()
        self.drafts = label("", look, "caption", "strong", "hold")
        self.copies = label("", look, "caption", "strong", "hold")
        self.back = self._back_button(look)
        self.saved = label("", look, "caption", colour="quiet")
        self.said = self._said(look)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(18)
        row.addWidget(self.said)
        row.addWidget(self.legend)
        row.addStretch(1)
        row.addWidget(self.behind)
        row.addWidget(self.zone)
        row.addWidget(self.drafts)
        self.protection = label(protection, look, "caption", colour="quiet")
        self.protection.setVisible(bool(protection))
        row.addWidget(self.protection)
        row.addWidget(self.copies)
        row.addWidget(self.saved)
        row.addWidget(self.back)
        self._look, self._when = look, ""
        self._saved: datetime | None = None
        self.show_copies(None)

    def _legend(self, look: Look) -> QWidget:
        holder = QWidget()
        holder.setAccessibleName(self.tr("Key to the marks"))
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(17))
        for mark in _LEGEND:
            pair = QWidget()
            beside = QHBoxLayout(pair)
            beside.setContentsMargins(0, 0, 0, 0)
            beside.setSpacing(look.px(5))
            beside.addWidget(MarkLabel(mark, look, 13))
            beside.addWidget(label(self.tr(MARK_WORDS[mark]), look, "caption", colour="quiet"))
            row.addWidget(pair)
            self._marks.append(pair)
        self.more = self._plain_button(self.tr("all marks…"), look)
        self.more.clicked.connect(self._show_key)
        row.addWidget(self.more)
        return holder

    def _show_key(self) -> None:
        """Open the whole key to the marks."""
        from bedside.desktop.mark_key import MarkKey

        MarkKey(_LEGEND, self._look, self.more).show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for more or fewer marks."""
        super().resizeEvent(event)
        self._fit_in()

    def _back_button(self, look: Look) -> QPushButton:
        """The door to taking back what was recorded last; hidden until something was."""
        made = self._plain_button(self.tr("Take back… (Ctrl+Z)"), look)
        made.clicked.connect(self._take_back)
        return made

    def _plain_button(self, words: str, look: Look) -> QPushButton:
        """A button of the height of the line, underlined; hidden until it is needed."""
        made, accent = QPushButton(words), look.colour("accent").name()
        made.setFont(look.font("caption", "strong"))
        made.setStyleSheet(
            f"QPushButton {{ color: {accent}; border: none; padding: 0 4px;"
            f" min-height: {look.px(24)}px; background: transparent; text-decoration: underline; }}"
            f"QPushButton:focus {{ border: 2px solid {accent}; }}"
        )
        made.setAutoDefault(False)
        made.hide()
        return made

    def _said(self, look: Look) -> QLabel:
        """What is said for a while."""
        self._unsay = QTimer(self)
        self._unsay.setSingleShot(True)
        self._unsay.timeout.connect(self._said_enough)
        made = label("", look, "caption", "strong", "accent")
        made.hide()
        return made

    def say(self, words: str) -> None:
        """Say for a while why a key did nothing here; the key to the marks gives way to it."""
        self.said.setText(words)
        self.said.show()
        self._unsay.start(_SAID_MS)
        self._fit_in()

    def _said_enough(self) -> None:
        self.said.hide()
        self._fit_in()

    def offer_back(self) -> None:
        """Something was recorded here in this sitting: offer to take it back, where that can be done."""
        QTimer.singleShot(
            0, self, self._offer_back
        )  # the save itself waits for no look at the trail

    def _offer_back(self) -> None:
        from bedside.desktop.take_back_door import may_take_back
        from bedside.desktop.window import BedsideWindow

        window = self.window()
        if isinstance(window, BedsideWindow) and window.isVisible():  # else the ward may be closed
            self.back.setVisible(may_take_back(window))
            self._fit_in()

    def _take_back(self) -> None:
        """Press the window's key for it."""
        key = self.window().findChild(QShortcut, "take back")
        if key is not None:
            key.activated.emit()

    def _fit_in(self) -> None:
        """What is said goes before the key to the marks; of that, whole marks go, never half a word.

        Where all of them have gone and there is still no room, fewer drafts are named, and then counted.
        """
        for named in range(_NAMED, -1, -1):
            self._name_drafts(named)
            self._fit_marks()
            layout = self.layout()
            if layout is None or not self._names:
                return
            layout.activate()
            if layout.totalMinimumSize().width() <= self.width():
                return

    def _fit_marks(self) -> None:
        """Hide marks until the rest has room; where one has gone a button opens them all."""
        self.more.hide()
        give_way(self, self._marks[::-1], self.width())
        if any(mark.isHidden() for mark in self._marks):
            self.more.show()
            give_way(self, self._marks[::-1], self.width())

    def show_saved(
        self,
        saved: datetime | None,
        now: datetime,
        *,
        newest: datetime | None = None,
        apart: int = 0,
    ) -> None:
        """Show when the last record was saved (a nurse back after a crash looks here first).

        A clock behind it is wrong, or was: that is said first (P17).

        Args:
            saved: when the last record was saved, aware; None on an empty ward.
            now: aware time now.
            newest: when anything was, sign-ins too; None: the same.
            apart: whole minutes by which a server's clock is ahead of this one.
        """
        self._saved = saved
        wrong = self._clock_words(clock_is_behind(now, newest or saved), apart)
        self.behind.setText(wrong)
        self.behind.setVisible(bool(wrong))
        if saved is None:
            self._when = self.tr("Nothing recorded yet")
            self._show()
            return
        when = write_time(saved) if saved.date() == now.date() else write_date_time(saved)
        self._when = self.tr("Last record saved {0}").format(when)
        self._show()

    def _clock_words(self, behind: bool, apart: int) -> str:
        """What is wrong with this computer's clock; "" where nothing is."""
        if apart > 0:
            words = self.tr("The clock is {0} min behind the server's: compare it with another")
            return words.format(apart)
        if apart < 0:
            words = self.tr("The clock is {0} min ahead of the server's: compare it with another")
            return words.format(-apart)
        return (
            self.tr("The clock is behind the last record: compare it with another")
            if behind
            else ""
        )

    def show_copies(self, state: "BackupState | None") -> None:
        """Show how old the last good copy is, and what stands against it."""
        self._state = state
        warnings = () if state is None else state.warnings
        words = self.tr("{0} (F11)").format(state.short) if state is not None else ""
        self.copies.setText(words if warnings else "")
        self.copies.setToolTip("\n".join(warnings))
        self.copies.setAccessibleDescription("\n".join(warnings))
        self.copies.setVisible(bool(warnings))
        self._show()

    def _show(self) -> None:
        self.saved.setText(". ".join(part for part in (self._when, self._copies()) if part))
        self._fit_in()

    def _copies(self) -> str:
        """How old the last good copy is; it never holds what was saved after it was made."""
        state = self._state
        if state is None:
            return ""
        made, saved = state.last_at, self._saved
        if made is None or saved is None or saved <= made:
            return state.line
        from bedside.ward.backup import after_a_save

        return after_a_save(state).line

    def show_zone(self, note: str) -> None:
        """Say that the workstation's clock is of another zone than the ward; "" hides it."""
        self.zone.setText(self.tr("Ward's time, not this workstation's") if note else "")
        self.zone.setToolTip(note)
        self.zone.setAccessibleDescription(note)
        self.zone.setVisible(bool(note))
        self._fit_in()

    def show_drafts(self, names: list[str]) -> None:
        """Name the drafts that wait; none hides the words."""
        self._names = list(names)
        self.drafts.setToolTip(hint("; ".join(names)))
        self.drafts.setAccessibleDescription("; ".join(names))
        self.drafts.setVisible(bool(names))
        self._fit_in()

    def _name_drafts(self, named: int) -> None:
        """Name so many of the drafts, and count the others."""
        names = self._names
        shown = "; ".join(names[:named])
        if not named:
            shown = self.tr("{0} in all").format(len(names))
        elif len(names) > named:
            shown = self.tr("{0}; and {1} more").format(shown, len(names) - named)
        self.drafts.setText(self.tr("Typed, not recorded: {0}").format(shown) if names else "")
