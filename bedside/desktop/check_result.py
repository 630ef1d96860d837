"""What two counts came to: matched, or what differs and what it looks like; nothing is chosen."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bedside.desktop.buttons import make_tall
from bedside.desktop.check_count import card_style
from bedside.desktop.count_entry import figure_words
from bedside.desktop.flowing import whole
from bedside.desktop.labels import dress, label, rule
from bedside.desktop.look import Look
from bedside.desktop.marks import MarkLabel
from bedside.units.dates import write_time
from bedside.ward.views.second_check import CheckResult, ResultRow


class ResultPanel(QFrame):
    """The comparison.

    Args:
        look: colours and fonts.
        result: what was compared.
        mark: the station's decimal mark.

    Signals:
        again_asked: both count again.
        done_asked: leave the page.
    """

    again_asked = Signal()
    done_asked = Signal()

    def __init__(self, look: Look, result: CheckResult, mark: str) -> None:
        super().__init__()
        self._look, self._result, self._mark = look, result, mark
        self.setObjectName("card")
        self.setStyleSheet(card_style(look))
        self.done_button = QPushButton(self.tr("&Done"))
        self.again_button = QPushButton(self.tr("Count &again"))
        self.safe_button = self.done_button if result.matched else self.again_button
        for button in (self.done_button, self.again_button):
            make_tall(button, look)
        if not result.matched:
            self.done_button.setText(self.tr("&Leave"))
        self.safe_button.setProperty("role", "act")
        self.safe_button.setText(self.safe_button.text() + self.tr("   [Enter]"))
        if result.matched:
            self.again_button.hide()
        self.done_button.clicked.connect(self.done_asked)
        self.again_button.clicked.connect(self.again_asked)
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(6)
        column.addWidget(label(self.tr("Compared"), self._look, "page_title", "strong"))
        column.addLayout(self._headline())
        column.addSpacing(8)
        column.addLayout(self._table())
        column.addSpacing(8)
        for sentence in self._sentences():
            column.addWidget(sentence)
        column.addStretch(1)
        buttons = QHBoxLayout()
        if self._result.matched:
            buttons.addStretch(1)
            buttons.addWidget(self.done_button)
        else:
            buttons.addWidget(self.done_button)
            buttons.addStretch(1)
            self.again_button.setMinimumWidth(self._look.px(200))
            buttons.addWidget(self.again_button)
        column.addLayout(buttons)

    def _headline(self) -> QHBoxLayout:
        look, matched = self._look, self._result.matched
        row = QHBoxLayout()
        row.setSpacing(16)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(MarkLabel("go" if matched else "stop", look, 40), 0, top)
        words = QVBoxLayout()
        words.setSpacing(0)
        self.headline = label(
            self._result.headline, look, "answer", "bold", "go" if matched else "stop", wrap=True
        )
        self.headline.setAccessibleName(self.tr("Result of the second check"))
        below = self.tr("This dose cannot be given. It is not signed as checked.")
        if matched:
            below = self.tr("As far as the second check goes, this dose may be given today.")
        words.addWidget(self.headline)
        words.addWidget(label(below, look, "body_strong_banner", wrap=True))
        row.addLayout(words, 1)
        return row

    def _table(self) -> QGridLayout:
        result, look = self._result, self._look
        grid = QGridLayout()
        grid.setHorizontalSpacing(0)
        grid.setVerticalSpacing(0)
        by = (
            (self.tr("First, {0}"), result.first),
            (self.tr("Second, {0}"), result.second),
        )
        titles = [
            self.tr("Measure"),
            *(f"{words.format(write_time(who.at))}\n{who.words}" for words, who in by),
            self.tr("Result"),
        ]
        bottom = Qt.AlignmentFlag.AlignBottom
        for place, title in enumerate(titles):
            head = _stand_in(label(title, look, "small", colour="quiet"))
            grid.addWidget(head, 0, place, bottom)
        grid.addWidget(rule(look, "edge"), 1, 0, 1, 4)
        for number, each in enumerate(result.rows):
            row = 2 + 2 * number
            for place, cell in enumerate(self._cells(each)):
                grid.addWidget(cell, row, place)
            grid.addWidget(rule(look, "line"), row + 1, 0, 1, 4)
            grid.setRowMinimumHeight(row, look.measure("compare_row"))
        for place, (wide, stretch) in enumerate(((96, 0), (150, 1), (150, 1), (220, 2))):
            grid.setColumnMinimumWidth(place, look.px(wide))
            grid.setColumnStretch(place, stretch)
        return grid

    def _cells(self, each: ResultRow) -> list[QWidget]:
        look = self._look
        tint = look.colour("surface" if each.right else "stop_tint").name()
        names = {
            "weight": self.tr("Weight"),
            "dose": self.tr("Dose"),
            "volume": self.tr("Volume"),
        }
        made: list[QLabel] = [label(names[each.measure], look, "body", "strong")]
        for figure in (each.first, each.second):
            words = figure_words(figure, each.unit, self._mark)
            made.append(label(words, look, "list_title", "bold"))
        said = QWidget()
        said.setObjectName("said")
        row = QHBoxLayout(said)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(8)
        row.addWidget(MarkLabel("go" if each.right else "stop", look, 16))
        words_of = QVBoxLayout()
        words_of.setSpacing(0)
        words_of.addWidget(
            label(each.strong, look, "body", "strong", "ink" if each.right else "stop", wrap=True)
        )
        words_of.addWidget(label(each.small, look, "small", wrap=True))
        row.addLayout(words_of, 1)
        said.setStyleSheet(f"#said {{ background: {tint}; }}")
        for cell in made:
            _stand_in(cell, f"background: {tint};")
        return [*made, said]

    def _sentences(self) -> list[QLabel]:
        look, result = self._look, self._result
        if result.matched:
            words = self.tr(
                "Both counts stay in the record with name and time. The check holds for this "
                "order and for today; if the order or its weight changes, it is void."
            )
            return [label(words, look, "body", colour="quiet", wrap=True)]
        made = []
        for each in result.rows:
            if not each.right:
                looks = each.looks or self.tr("like no usual slip")
                words = self.tr("What the {0} looks like: {1}.").format(each.measure, looks)
                made.append(label(whole(words), look, "body", wrap=True))
        made.append(label(self.tr("What to do"), look, "body", "strong"))
        made.append(label(whole(self._what_to_do()), look, "body", wrap=True))
        if result.try_number > 1:
            made[-1].setText(whole(self._ring()))
            dress(made[-1], look, "body_strong_banner", "strong", "stop")
        words = self.tr("Both entries stay in the record with name and time.")
        made.append(label(words, look, "body", colour="quiet", wrap=True))
        return made

    def _what_to_do(self) -> str:
        pharmacy = self._result.pharmacy or self.tr("the pharmacy (no number is entered)")
        return self.tr(
            "Both people count again, each alone. No figure is taken over from this page, and "
            "none is chosen for you. If they differ again, ring {0}."
        ).format(pharmacy)

    def _ring(self) -> str:
        pharmacy = self._result.pharmacy or self.tr("the pharmacy (no number is entered)")
        return self.tr(
            "Count number {0} did not match either: ring {1}. Do not give this dose. You may count "
            "again when the cause is found."
        ).format(self._result.try_number, pharmacy)


def _stand_in(cell: QLabel, more: str = "") -> QLabel:
    """Let heading and cells of a column begin at one edge, whatever their size of type."""
    cell.setIndent(0)  # by itself half the width of an x, and of a large one more
    cell.setStyleSheet(f"QLabel {{ padding-left: 8px; {more} }}")
    return cell
