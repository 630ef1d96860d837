"""What temperatures, counts and vital signs mean: the site's definition, CTCAE's, Phoenix points."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bedside.desktop.captions import name_field
from bedside.desktop.fever_phoenix_row import PhoenixRow
from bedside.desktop.fields import Choice
from bedside.desktop.key_button import KeyButton
from bedside.desktop.labels import dress, label, rule, unbroken
from bedside.desktop.look import Look
from bedside.desktop.marks import MarkLabel
from bedside.desktop.segments import Segments
from bedside.ward.views.fever import FallQuestion, FeverView, StateLine

ANSWERS = ("yes", "no", "not known")


class JudgedLine(QWidget):
    """One judgement: mark, words, and its reasons below."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.mark = MarkLabel("none", look)
        self.words = label("", look, "body", "strong", wrap=True)
        self.details = label("", look, "small", colour="quiet", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(7)
        row.addWidget(self.mark)
        row.addWidget(self.words, 1)
        column.addLayout(row)
        column.addWidget(self.details)

    def show_line(self, line: StateLine) -> None:
        """Show a judgement; its source is on the tool tip and is read out."""
        self.mark.set_mark(line.mark)
        self.mark.setVisible(line.mark != "none")
        dress(self.words, self._look, "body", "strong", "stop" if line.mark == "stop" else "ink")
        self.words.setText(line.words)
        self.details.setText(unbroken("; ".join(line.details)))
        source = self.tr("Source: {0}").format(line.source)
        self.setToolTip(source)
        self.words.setAccessibleDescription(source)


class FallLine(QWidget):
    """Are the neutrophils expected to fall? Yes, no or not known, and who said so.

    Signals:
        answered: a person answered ("yes", "no", "not known").
    """

    answered = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.question = label("", look, "body", "strong")
        self.segments = Segments(
            ANSWERS, self.tr("Neutrophils expected below the limit"), look, high=26
        )
        self.segments.setMinimumHeight(look.px(26))
        self.words = label("", look, "small", colour="quiet", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.question)
        row.addWidget(self.segments)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.words)
        self.segments.chosen.connect(self._chosen)

    def show_question(self, asked: FallQuestion | None) -> None:
        """Show the question with its answer; a definition that does not ask shows none."""
        self.setVisible(asked is not None)
        if asked is None:
            return
        self.question.setText(asked.question)
        self.segments.choose(ANSWERS.index(asked.answer) if asked.answer in ANSWERS else -1)
        self.words.setText(asked.words)
        self.words.setVisible(bool(asked.words))

    def _chosen(self, number: int) -> None:
        self.answered.emit(ANSWERS[number])


class FeverStatePanel(QWidget):
    """All judgements of one infant.

    Signals:
        definition_chosen: a person chose the site's definition (its key).
        own_asked: the site's own definition is to be read or entered.
    """

    definition_chosen = Signal(str)
    own_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._filling = False
        self.definition = Choice(self.tr("The site's definition"), (), look)
        self.definition.setMinimumWidth(look.px(230))
        self.own_button = KeyButton(self.tr("This site's own…"), "Alt+O", look)
        self.holds = label("", look, "small", colour="quiet", wrap=True)
        self.holds.setAccessibleName(self.tr("Which definition holds"))
        self.fall = FallLine(look)
        self.site, self.ctcae = JudgedLine(look), JudgedLine(look)
        self.act_now = label("", look, "body", "strong", "stop", wrap=True)
        self.notes = label("", look, "small", "medium", "hold", wrap=True)
        self.unusual = label("", look, "small", colour="hold", wrap=True)
        self.unusual.setAccessibleName(self.tr("Not usual for the age"))
        self.phoenix = PhoenixRow(look)
        self._build()
        self.definition.edited.connect(self._chosen)
        self.own_button.clicked.connect(self.own_asked)

    def show_view(self, view: FeverView) -> None:
        """Show the judgements."""
        self._filling = True
        listed = [
            (str(self.definition.itemData(row)), self.definition.itemText(row))
            for row in range(self.definition.count())
        ]
        if listed != list(view.definitions):
            self.definition.clear()
            for key, title in view.definitions:
                self.definition.addItem(title, key)
        self.definition.choose(view.definition_key)
        self._filling = False
        self.holds.setText(view.holds)
        self.fall.show_question(view.fall)
        self.site.show_line(view.site)
        self.ctcae.show_line(view.ctcae)
        for part, texts in ((self.act_now, view.act_now), (self.notes, view.notes)):
            part.setText("\n".join(texts))
            part.setVisible(bool(texts))
        said = self.tr("Not usual now: {0}.").format("; ".join(view.unusual))
        self.unusual.setText(said)
        self.unusual.setVisible(bool(view.unusual))
        self.phoenix.show_phoenix(view.phoenix)

    def _chosen(self) -> None:
        key = self.definition.value()
        if key is not None and not self._filling:
            self.definition_chosen.emit(key)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        head = QHBoxLayout()
        name = label(self.tr("De&finition"), self._look, "caption", colour="quiet")
        name.setTextFormat(name.textFormat().AutoText)
        name_field(name, self.definition)
        for field in (name, self.definition, self.own_button):
            head.addWidget(field)
        head.addStretch(1)
        column.addLayout(head)
        for part in (self.holds, self.site, self.fall, self.act_now, self.unusual, self.notes):
            column.addWidget(part)
        column.addWidget(rule(self._look))
        column.addWidget(self.ctcae)
        column.addWidget(rule(self._look))
        column.addWidget(self.phoenix)
        column.addStretch(1)
