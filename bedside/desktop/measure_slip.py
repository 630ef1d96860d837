"""What opens below a line of the counts form: what stands against its value, and what is asked then."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QWidget

from bedside.desktop.captions import name_field
from bedside.desktop.count_field import CountField
from bedside.desktop.flowing import whole
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.marks import MarkLabel
from bedside.desktop.measure import COMPACT, slip_style
from bedside.desktop.plain_edit import PlainEdit


class MeasureSlip(QFrame):
    """The words against a value, with its second typing or the reason why there is none.

    Args:
        look: fonts and colours.
        name: of the measure.
        second: where the value is typed a second time.
        why: where it is said why there is none.

    Attributes:
        ground: the colour behind the whole line, to be set below it by whoever places both.
        differs: says that the second typing is not the first.
    """

    def __init__(self, look: Look, name: str, second: CountField, why: PlainEdit) -> None:
        super().__init__()
        self._look, self._why = look, why
        self.ground = QFrame()
        self.ground.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._mark = MarkLabel("hold", look, 18)
        self.words = label("", look, "body", wrap=True)
        self.words.setAccessibleName(self.tr("{0}, what stands against it").format(name))
        self.differs = label("", look, "small", "strong", "stop", wrap=True)
        self._again = self._second_typing(second)
        why.setStyleSheet(COMPACT)
        why.setFont(look.font("body"))
        grid = QGridLayout(self)
        grid.setContentsMargins(143, 0, 8, 6)
        grid.setVerticalSpacing(4)
        grid.addWidget(self._mark, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.words, 0, 1)
        grid.addWidget(self._again, 1, 1)
        grid.addWidget(why, 2, 1)
        grid.setColumnStretch(1, 1)

    def _second_typing(self, second: CountField) -> QWidget:
        again = QWidget()
        row = QHBoxLayout(again)
        row.setContentsMargins(0, 0, 0, 0)
        name = label(second.name, self._look, "body", colour="quiet")
        name_field(name, second.edit)
        second.edit.setStyleSheet(COMPACT)
        second.note.hide()
        for widget in (name, second.edit, second.unit_label):
            row.addWidget(widget)
        row.addWidget(self.differs, 1)  # a long refusal is read in full, in lines
        return again

    def open(self, colour: str, words: str, *, again: bool, why: bool) -> None:
        """Show what stands against the value.

        Args:
            colour: "stop" or "hold".
            words: what stands against it.
            again: the value is to be typed a second time.
            why: the reason why there is no value is asked.
        """
        self.words.setText(whole(words))
        self._mark.set_mark("stop" if colour == "stop" else "hold")
        self._again.setVisible(again)
        self._why.setVisible(why)
        self.ground.setStyleSheet(slip_style(self._look, colour))
        self.show()
        self.ground.show()

    def take_away(self) -> None:
        """Hide it, with the colour behind its line."""
        self.hide()
        self.ground.hide()
