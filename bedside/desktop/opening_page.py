"""A page before the ward list: why the ward is not open, what was kept, what to do, and the ways on."""

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bedside.desktop.buttons import FIELD_HIGH, make_tall
from bedside.desktop.flowing import whole
from bedside.desktop.labels import label, rule
from bedside.desktop.look import Look
from bedside.desktop.marks import MarkLabel
from bedside.ward.views.opening import OpeningPage

Choice = Literal["close", "again", "copy", "go on"]
WIDE, HIGH = 860, 520
_HEAD_WIDE = 150
_USUAL = 100  # per cent


class OpeningDialog(QDialog):
    """A window of its own: there is no ward to show behind it.

    Args:
        look: colours and fonts.
        page: what it says.
    """

    def __init__(self, look: Look, page: OpeningPage) -> None:
        super().__init__()
        self.look = look
        self.choice: Choice = "close"
        self.close_button = QPushButton(self.tr("&Close Bedside"))
        self.again_button = QPushButton(self.tr("&Try again"))
        self.copy_button = QPushButton(self.tr("&Last good copy…"))
        self.go_on_button = QPushButton(page.go_on)
        self.setWindowTitle(self.tr("Bedside"))
        self.setAccessibleName(page.title)
        self.setAccessibleDescription(" ".join((page.happened, page.kept, *page.todo)))
        stand(self, look)
        column = frame(self, look)
        words = QVBoxLayout()
        words.setSpacing(column.spacing())
        words.addLayout(titled(look, page))
        words.addSpacing(8)
        for head, lines in (
            (self.tr("What happened"), (page.happened,)),
            (self.tr("What was kept"), (page.kept,)),
            (self.tr("What to do"), page.todo),
        ):
            words.addWidget(rule(look))
            words.addLayout(self._part(head, lines))
        words.addStretch(1)
        add_words(column, words, look, page.title)
        column.addWidget(rule(look, "edge"))
        column.addLayout(self._buttons(page))
        self._safe.setFocus(Qt.FocusReason.OtherFocusReason)

    def _part(self, head: str, lines: tuple[str, ...]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        row.setContentsMargins(0, 6, 0, 6)
        name = label(head, self.look, "body_strong_banner", "strong", "quiet")
        name.setFixedWidth(self.look.px(_HEAD_WIDE))
        row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        words = QGridLayout()
        words.setVerticalSpacing(6)
        words.setHorizontalSpacing(8)
        words.setColumnStretch(1, 1)
        for number, line in enumerate(lines):
            if len(lines) > 1:
                count = label(f"{number + 1}.", self.look, "body_strong_banner", colour="quiet")
                words.addWidget(count, number, 0, Qt.AlignmentFlag.AlignTop)
            said = label(whole(line), self.look, "body_strong_banner", wrap=True)
            words.addWidget(said, number, 1)
        row.addLayout(words, 1)
        return row

    def _buttons(self, page: OpeningPage) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.setContentsMargins(0, 10, 0, 0)
        row.addWidget(self.close_button)
        row.addStretch(1)
        for button, shown in (
            (self.copy_button, page.copy),
            (self.again_button, page.again),
            (self.go_on_button, bool(page.go_on)),
        ):
            button.setVisible(shown)
            row.addWidget(button)
        for button in (self.close_button, self.copy_button, self.again_button, self.go_on_button):
            make_tall(button, self.look, FIELD_HIGH)
        # the safe one is the default: Return changes nothing and opens nothing
        safe = self.again_button if page.again and not page.go_on else self.close_button
        safe.setDefault(True)
        self._safe = safe
        self.close_button.clicked.connect(self.reject)
        self.copy_button.clicked.connect(self._copy)
        self.again_button.clicked.connect(self._again)
        self.go_on_button.clicked.connect(self._go_on)
        return row

    def _again(self) -> None:
        self.choice = "again"
        self.accept()

    def _copy(self) -> None:
        self.choice = "copy"
        self.accept()

    def _go_on(self) -> None:
        self.choice = "go on"
        self.accept()


def stand(dialog: QDialog, look: Look) -> None:
    """As large as the text asks for, and no larger than the smallest screen leaves."""
    dialog.setMinimumSize(WIDE, HIGH)
    dialog.resize(*look.fitting(WIDE, HIGH))


def add_words(column: QVBoxLayout, words: QVBoxLayout, look: Look, name: str) -> None:
    """Lay out what a page says: in large text it scrolls, and the buttons stay in sight."""
    if look.percent == _USUAL:
        column.addLayout(words, 1)
        return
    from bedside.desktop.tall_area import TallArea

    inside = QWidget()
    words.setContentsMargins(0, 0, 12, 0)
    inside.setLayout(words)
    column.addWidget(TallArea(inside, name), 1)


def frame(dialog: QDialog, look: Look) -> QVBoxLayout:
    """The plain frame of a page before the ward list: a band with the program's name, then room."""
    outer = QVBoxLayout(dialog)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.setSpacing(0)
    band = QWidget()
    band.setObjectName("opening_band")
    band.setFixedHeight(look.measure("top_bar"))
    band.setStyleSheet(
        f"#opening_band {{ background: {look.colour('surface').name()};"
        f" border-bottom: 1px solid {look.colour('line').name()}; }}"
    )
    row = QHBoxLayout(band)
    row.setContentsMargins(28, 0, 28, 0)
    row.addWidget(label("Bedside", look, "body_strong_banner", "bold"))
    row.addStretch(1)
    outer.addWidget(band)
    column = QVBoxLayout()
    column.setContentsMargins(28, 22, 28, 18)
    column.setSpacing(6)
    outer.addLayout(column, 1)
    return column


def titled(look: Look, page: OpeningPage) -> QHBoxLayout:
    """The mark and the title of a page."""
    row = QHBoxLayout()
    row.setSpacing(16)
    row.addWidget(MarkLabel(page.mark, look, 40), 0, Qt.AlignmentFlag.AlignVCenter)
    row.addWidget(label(page.title, look, "answer", "title", wrap=True), 1)
    return row


def ask(look: Look, page: OpeningPage) -> Choice:
    """Show a page and return what the person chose."""
    dialog = OpeningDialog(look, page)
    dialog.exec()
    dialog.deleteLater()
    return dialog.choice
