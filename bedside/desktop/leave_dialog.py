"""Asks before typed text is left behind; staying is the default."""

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.staying_dialog import StayingDialog

if TYPE_CHECKING:
    from bedside.desktop.window import BedsideWindow

_THROWN = 2


class LeaveDialog(StayingDialog):
    """Stay with what was typed (Return and Esc), leave, or where it is kept as a draft, throw it away.

    Args:
        look: colours and fonts.
        words: what would happen.
        leave: the words on the other button.
        parent: where it appears.
        throw: the words on a button that throws away what was typed; "" for none.
        title: what it is about, where that is not typing that was not recorded.

    Its result is 1 for leaving and 2 for throwing away.
    """

    def __init__(
        self,
        look: Look,
        words: str,
        leave: str,
        parent: QWidget | None,
        *,
        throw: str = "",
        title: str = "",
    ) -> None:
        super().__init__(parent)
        title = title or self.tr("Typed, not recorded")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)
        self.back_button = QPushButton(self.tr("&Stay here"))
        self.leave_button = QPushButton(leave)
        self.throw_button = QPushButton(throw)
        self.back_button.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(14)
        column.addWidget(label(title, look, "page_title", "title"))
        text = label(words, look, wrap=True)
        text.setMinimumWidth(look.px(380))
        text.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        column.addWidget(text)
        column.addLayout(self._row())
        self.throw_button.setProperty("role", "stop")
        for button in (self.throw_button, self.leave_button):
            button.setAutoDefault(False)
            if not button.text():
                button.hide()
        for button in (self.back_button, self.throw_button, self.leave_button):
            button.setMinimumHeight(look.measure("field"))
            button.setFont(look.font("body", "strong"))
        self.back_button.clicked.connect(self.reject)
        self.leave_button.clicked.connect(self.accept)
        self.throw_button.clicked.connect(self._throw)
        self.back_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.back_button)
        row.addStretch(1)
        row.addWidget(self.throw_button)
        row.addWidget(self.leave_button)
        return row

    def _throw(self) -> None:
        self.done(_THROWN)


def ask_about_draft(
    parent: QWidget | None, look: Look, words: str, leave: str, throw: str
) -> Literal["stay", "leave", "throw"]:
    """Ask what becomes of typed text; ``leave`` may be "" where only throwing it away helps."""
    dialog = LeaveDialog(look, words, leave, parent, throw=throw)
    answer = dialog.exec()
    dialog.deleteLater()
    if answer == _THROWN:
        return "throw"
    return "leave" if answer == QDialog.DialogCode.Accepted else "stay"


def may_leave(parent: QWidget | None, look: Look, words: str, leave: str) -> bool:
    """Ask; return whether the person chose to leave."""
    dialog = LeaveDialog(look, words, leave, parent)
    chosen = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return chosen


def may_close(window: "BedsideWindow") -> bool:
    """Ask before the window closes over typed text; a locked window says nothing of what it is."""
    drafts = window.own_drafts()
    locking = window.locking
    if locking is not None:
        drafts = [*drafts, *locking.drafts_of()]
    if not drafts:
        return True
    if locking is not None and locking.page is not None:
        words = window.tr(
            "Something is typed and not recorded: sign in before the window is closed."
        )
        locking.page.refusals.show_reasons((words,))
        return False
    kept = window.drafts.kept_names(window.frame)
    may = may_leave(window, window.look, *_of_closing(window, drafts, kept))
    if may and kept and window.session.kept is not None:
        window.session.kept.lay_by_all()
    return may


def _of_closing(window: "BedsideWindow", drafts: list[str], kept: list[str]) -> tuple[str, str]:
    """What closing the window does to what is typed, and the words on the button that closes it."""
    lost = [name for name in drafts if name not in kept]
    said = []
    if lost:
        words = window.tr("Typed and not recorded: {0}. Closing the window loses it.")
        said.append(words.format("; ".join(lost)))
    if kept:
        words = window.tr(
            "Typed and not recorded: {0}. Closing the window keeps it as a draft for a day: opened "
            "again, the page asks whether to put it back."
        )
        said.append(words.format("; ".join(kept)))
    if not lost:
        return said[0], window.tr("&Close, keep the draft")
    if not kept:
        return said[0], window.tr("&Close, lose what was typed")
    return "\n\n".join(said), window.tr("&Close, lose what is not kept")
