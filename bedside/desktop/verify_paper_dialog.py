"""Does this paper still hold? Its code, scanned or typed, answers VALID, OUT OF DATE or NOT OURS (H30)."""

from time import monotonic_ns

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bedside.desktop import scanner
from bedside.desktop.form_dialog import caption
from bedside.desktop.labels import label, unbroken
from bedside.desktop.look import Look
from bedside.desktop.marks import MarkLabel
from bedside.desktop.plain_edit import RETURN_KEYS, PlainEdit
from bedside.desktop.save import RefusalNote
from bedside.desktop.staying_dialog import StayingDialog
from bedside.units.refusal import Refused
from bedside.ward.bands import read_band
from bedside.ward.verifying import verify_paper
from bedside.ward.views.marks import Mark
from bedside.ward.views.verified import PaperAnswer
from bedside.ward.ward import Ward

_MARKS: dict[str, Mark] = {"VALID": "go", "OUT OF DATE": "stop", "NOT OURS": "unknown"}
_WIDE, _NAME_WIDE = 640, 110


class CodeEdit(PlainEdit):
    """Takes a code; Return asks, and so does the Tab of a reader that ends its codes with one.

    Signals:
        entered: Return was pressed, or a reader's Tab.
    """

    entered = Signal()
    _signs = _last = 0  # signs that came as quickly as a reader's; when the last one came, in ms

    def event(self, event: QEvent) -> bool:
        """Ask at a reader's Tab, which comes on the heels of a code; a finger's goes on as ever."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.text():
            at = event.timestamp() or monotonic_ns() // 1_000_000
            quick = at - self._last <= scanner.GAP_MS
            if event.key() == Qt.Key.Key_Tab and quick and self._signs >= scanner.LEAST:
                event.accept()
                self._signs = 0
                self.entered.emit()
                return True
            self._signs = self._signs + 1 if quick else 1
            self._last = at
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type; Return asks and presses nothing."""
        if event.key() in RETURN_KEYS:
            event.accept()
            if not event.isAutoRepeat():
                self.entered.emit()
        else:
            super().keyPressEvent(event)


class VerifyPaperDialog(StayingDialog):
    """Answers for one paper after the other; nothing is recorded.

    ``infant_id`` is the infant to be opened, None where nobody asked for it.

    Args:
        ward: the ward.
        look: fonts and colours.
        parent: the window.
    """

    def __init__(self, ward: Ward, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ward, self._look = ward, look
        self.infant_id: int | None = None
        self._found: int | None = None
        self.answer: PaperAnswer | None = None
        self.setWindowTitle(self.tr("Does this paper still hold?"))
        self.setAccessibleName(self.windowTitle())
        self.code = CodeEdit(self.tr("Code of the paper"))
        self.code.setPlaceholderText(self.tr("for example 412K 7Q2M 9TXR"))
        self.code.setFont(look.font("banner_name"))
        self.code.setMinimumHeight(look.px(44))
        self.ask_button = QPushButton(self.tr("&Ask"))
        self.ask_button.setProperty("role", "act")
        self.open_button = QPushButton(self.tr("&Open this infant"))
        self.back_button = QPushButton(self.tr("&Go back"))
        self.refusals = RefusalNote(look)
        self.refusals.setAccessibleName(self.tr("Why there is no answer"))
        self.panel = QFrame()
        self.setFixedWidth(look.px(_WIDE))
        self._lay_out()
        self.code.entered.connect(self.ask)
        self.code.textEdited.connect(self._typing)
        self.ask_button.clicked.connect(self.ask)
        self.open_button.clicked.connect(self._open)
        self.back_button.clicked.connect(self.reject)
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        look = self._look
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(label(self.windowTitle(), look, "page_title", "title"))
        about = self.tr(
            "Scan the square code of a paper or a label, or type the code below it; of a label the ten "
            "figures of its bars will do. Blanks and capitals do not count."
        )
        column.addWidget(label(about, look, "body", colour="quiet", wrap=True))
        row = QHBoxLayout()
        row.addWidget(caption(self.tr("&Code"), self.code, look))
        row.addWidget(self.code, 1)
        row.addWidget(self.ask_button)
        column.addLayout(row)
        column.addWidget(self.refusals)
        column.addWidget(self.panel)
        column.addStretch(1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.open_button)
        buttons.addStretch(1)
        buttons.addWidget(self.back_button)
        column.addLayout(buttons)
        for button in (self.ask_button, self.open_button, self.back_button):
            button.setMinimumHeight(look.measure("field"))
            button.setAutoDefault(False)
        self.back_button.setDefault(True)
        self.open_button.hide()
        self.panel.hide()

    def take_scan(self, read: str) -> None:
        """Answer for what a reader read while no field had the keyboard."""
        self.code.setText(read)
        self.ask()

    def ask(self) -> None:
        """Answer for the code, or say why that is none; the next one takes its place."""
        self._typing()
        read = self.code.text()
        try:
            answer = verify_paper(self._ward, read)
        except Refused as refused:
            self._refused(read, refused)
        else:
            self._show(answer)
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)
        self.code.selectAll()

    def _typing(self) -> None:
        """Another code is typed: what stands below is of the last one, and goes."""
        self.answer, self._found = None, None
        self.refusals.show_reasons(())
        self.panel.hide()
        self.open_button.hide()

    def _refused(self, read: str, refused: Refused) -> None:
        band = read_band(self._ward, read)
        if band.infant_id is None:
            self.refusals.show_reasons(refused.reasons)
            return
        words = self.tr("That is an infant's band and no paper: {0}.").format(band.words)
        self.refusals.show_reasons(tuple(part for part in (words, band.alike) if part))
        self._offer(band.infant_id)

    def _offer(self, infant_id: int | None) -> None:
        self._found = infant_id
        self.open_button.setVisible(infant_id is not None)

    def _show(self, answer: PaperAnswer) -> None:
        self.answer = answer
        self._offer(answer.infant_id)
        panel = self._panel(answer)
        layout = self.layout()
        if layout is not None:
            layout.replaceWidget(self.panel, panel)
        self.panel.deleteLater()
        self.panel = panel
        panel.show()

    def _panel(self, answer: PaperAnswer) -> QFrame:
        """The one word, large and with its mark; then why, whose, and what to do."""
        look, holds = self._look, answer.verdict == "VALID"
        panel = QFrame()
        panel.setObjectName("verdict")
        tone = "stop" if not holds else "hold" if answer.since else "go"
        panel.setStyleSheet(
            f"#verdict {{ background: {look.colour(f'{tone}_tint').name()};"
            f" border: 2px solid {look.colour(tone).name()}; }}"
        )
        said = (
            answer.since,
            answer.verdict,
            answer.words,
            *answer.reasons,
            answer.alike,
            answer.todo,
        )
        panel.setAccessibleName(self.tr("Answer"))
        panel.setAccessibleDescription(" ".join(part for part in said if part))
        column = QVBoxLayout(panel)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(6)
        self._lay_out_head(column, answer, tone)
        column.addWidget(label(unbroken(answer.words), look, "body", "strong", wrap=True))
        for reason in answer.reasons:
            words = f"{reason[:1].upper()}{reason[1:]}".rstrip(".") + "."
            column.addWidget(label(unbroken(words), look, "body", wrap=True))
        column.addLayout(self._lines(answer))
        todo = label(answer.todo, look, "body_strong_banner", "strong", wrap=True)
        column.addWidget(todo)
        return panel

    def _lay_out_head(self, column: QVBoxLayout, answer: PaperAnswer, tone: str) -> None:
        """The one word with its mark; before it what is in since: that is not given by this paper again."""
        look, mark = self._look, _MARKS[answer.verdict]
        if answer.since:
            given = label(
                unbroken(answer.since), look, "body_strong_banner", "bold", tone, wrap=True
            )
            column.addWidget(given)
            mark = "mend"  # no green tick for a dose that is in
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(MarkLabel(mark, look, 30))
        head.addWidget(label(answer.verdict, look, "answer", "bold", tone))
        head.addStretch(1)
        column.addLayout(head)

    def _lines(self, answer: PaperAnswer) -> QGridLayout:
        look = self._look
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(3)
        grid.setColumnMinimumWidth(0, look.px(_NAME_WIDE))
        grid.setColumnStretch(1, 1)
        lines = list(answer.lines)
        if answer.alike:
            lines.insert(2, (self.tr("Look twice"), answer.alike))
        top = Qt.AlignmentFlag.AlignTop
        for number, (name, words) in enumerate(lines):
            strong = "strong" if words == answer.alike else "text"
            grid.addWidget(label(name, look, "body", colour="quiet"), number, 0, top)
            grid.addWidget(label(unbroken(words), look, "body", strong, wrap=True), number, 1)
        return grid

    def _open(self) -> None:
        self.infant_id = self._found
        self.accept()
