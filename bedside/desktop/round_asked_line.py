"""One line of the round: a term of the site's list, asked for by name: absent, present, not assessed."""

from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from bedside.desktop.labels import dress, label
from bedside.desktop.look import Look
from bedside.desktop.marks import MarkLabel
from bedside.desktop.round_keys import Keys
from bedside.desktop.round_row import ANSWER_WIDE, KEYS_WIDE, WIDTHS, RoundLine, held
from bedside.ward.views.round import AskedAnswer, AskedItem

_SAID: dict[str, Literal["absent", "not assessed"]] = {"0": "absent", "N": "not assessed"}


class AskedLine(RoundLine):
    """0 absent, Y present (opens the form for it), N not assessed; nothing is chosen beforehand.

    Signals:
        present: it is there: its toxicity is to be entered (key and name of the term).
    """

    present = Signal(str, str)

    def __init__(self, look: Look, item: AskedItem) -> None:
        super().__init__(look, item.term)
        self.item = item
        self.name = f"asked {item.term_key}"
        self._answer: Literal["absent", "not assessed"] | None = None
        self.keys = Keys(
            (
                ("0", self.tr("absent")),
                ("Y", self.tr("present…")),
                ("N", self.tr("not assessed")),
            ),
            look,
        )
        self.keys.setFixedWidth(look.px(KEYS_WIDE))
        self.keys.pressed.connect(self._pressed)
        self.mark = MarkLabel("due", look, 15)
        self.said = label(self.tr("not yet"), look, "body", colour="quiet")
        self._build(look)

    @property
    def answer(self) -> AskedAnswer | None:
        """The person's answer; None while there is none."""
        return None if self._answer is None else AskedAnswer(self.item.term_key, self._answer)

    def restore(self, kept: AskedAnswer) -> None:
        """Show an answer given before, without moving on."""
        if kept.answer != "present":
            self._answer = kept.answer
            self.keys.choose(next(key for key, said in _SAID.items() if said == kept.answer))
            self._show()

    def take_key(self, key: Qt.Key, text: str) -> bool:
        """The three keys."""
        return self.keys.press(text)

    def take_back(self) -> bool:
        """Back to "not yet"."""
        if self._answer is None:
            return False
        self._answer = None
        self.keys.choose("")
        self.said.setText(self.tr("not yet"))
        dress(self.said, self._look, "body", "text", "quiet")
        self.mark.set_mark("due")
        self.answered.emit()
        return True

    def _build(self, look: Look) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 2, 0, 2)
        row.setSpacing(8)
        term = label(self.item.term, look, "body", "strong", wrap=True)
        row.addWidget(held(term, WIDTHS[0]))
        words = self.item.before or self.tr("nobody has looked for it yet")
        self.before = label(words, look, "small", colour="quiet", wrap=True)
        row.addWidget(self.before, 1)
        row.addWidget(self.keys)
        row.addWidget(self.mark)
        self.said.setFixedWidth(look.px(ANSWER_WIDE))
        row.addWidget(self.said)

    def _pressed(self, key: str) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        said = _SAID.get(key)
        if said is None:
            self.keys.choose("0" if self._answer == "absent" else "N" if self._answer else "")
            self.present.emit(self.item.term_key, self.item.term)
            return
        self._answer = said
        self._show()
        self.answered.emit()
        self.moved.emit(1)

    def _show(self) -> None:
        absent = self._answer == "absent"
        self.said.setText(self.tr("absent") if absent else self.tr("not assessed"))
        dress(self.said, self._look, "body", "medium", "ink" if absent else "quiet")
        self.mark.set_mark("recorded" if absent else "unknown")
