"""The vial clock over the whole screen: the latest start of the infusion, read from across the room.

Decision: the largest thing on it is a time of day, not a countdown: a clock hangs on every wall, and a
time can be told to a colleague. Whose vial it is and what becomes of it stand with it, no dose (a
blind count may be under way). Locking hides it; the lock page then shows the bare time, and it comes
back with who unlocks, and after a restart, until somebody closes it here.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from bedside.desktop.direction import bare, forward
from bedside.desktop.key_button import KeyButton
from bedside.desktop.labels import label, unbroken
from bedside.desktop.look import Look
from bedside.desktop.patient_line import PatientLine, patient_line_of
from bedside.desktop.start import station
from bedside.desktop.vial_door import KEPT
from bedside.desktop.vial_full_words import FullWords, full_words
from bedside.ward.clock_full import ClockShown, clock_shown, clocks_shown
from bedside.ward.ward import Ward

if TYPE_CHECKING:
    from bedside.desktop.window import BedsideWindow

_SECOND, _SIDE, _LEAST = 1000, 40, (900, 560)
# shares of the height: name, dose, caption, time of day, minutes left, what to do, what then
_NAME, _DOSE, _CAPTION, _TIME, _LEFT, _NOW, _THEN = 0.06, 0.042, 0.045, 0.29, 0.085, 0.05, 0.034


class VialFull(QDialog):
    """One running vial, as large as the screen; arrows go to the next where several run.

    Args:
        ward: the open ward.
        look: colours and fonts.
        shown: the vial to begin with.
        parent: the window.
    """

    def __init__(self, ward: Ward, look: Look, shown: ClockShown, parent: QWidget) -> None:
        super().__init__(parent)
        self._ward, self._look, self._dose_id = ward, look, shown.dose_id
        self.go_to: int | None = None  # whose page Doses is wanted afterwards
        self.setWindowTitle(self.tr("Vial clock"))
        self.name = label("", look, "answer", "title")
        self.infant = patient_line_of(ward, shown.infant_id)
        self.whose = PatientLine(self.infant, look)
        self.dose = label("", look, "answer", "strong")
        self.caption = label("", look, "answer", "strong")
        self.time = label("", look, "clock_primary", "title")
        self.left = label("", look, "answer", "bold")
        self.now = label("", look, "answer", "strong", wrap=True)
        self.then = label("", look, "answer", wrap=True)
        self.back = KeyButton(self.tr("Back"), "Esc", look, bound=False)
        self.next = KeyButton(self.tr("Next vial"), "→", look, bound=False)
        self.doses = KeyButton(self.tr("To its page Doses"), "Enter", look, bound=False)
        self._arrange()
        self.back.clicked.connect(self.leave)
        self.next.clicked.connect(self.show_next)
        self.doses.clicked.connect(self._to_doses)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.tick)
        self._timer.start(_SECOND)
        self.tick()

    def tick(self) -> None:
        """Show the vial as it stands now."""
        shown = clock_shown(self._ward, self._dose_id)
        if shown is not None and shown.clock is not None and shown.dose_id != self._dose_id:
            self._dose_id = shown.dose_id  # its infusion was started: the record is a new one
            keep_clock(self._dose_id)
        told = full_words(shown, self._ward.now())
        self.name.setText("" if shown is None else forward(shown.name))
        if shown is not None:
            self.infant = patient_line_of(self._ward, shown.infant_id)
            beside = bare(self.infant).removeprefix(f"{shown.name}; ")  # her name stands above it
            self.whose.setText(unbroken(f"{beside}; {shown.bed}"))
        self.dose.setText("" if shown is None else shown.dose)
        self._say(told)
        self.next.setVisible(len(clocks_shown(self._ward)) > 1)
        self.setAccessibleName(self.tr("Vial clock: {0}").format(self.name.text()))
        self.setAccessibleDescription(f"{told.caption} {told.time}. {told.left}. {told.now}")

    def _say(self, told: FullWords) -> None:
        parts = ((self.caption, told.caption), (self.time, told.time), (self.left, told.left),
                 (self.now, told.now), (self.then, told.then))  # fmt: skip
        for part, words in parts:
            part.setText(words)
            part.setVisible(bool(words))
        self._tone = told.tone
        self._fit()

    def show_next(self) -> None:
        """Go to the next vial that runs."""
        running = [each.dose_id for each in clocks_shown(self._ward)]
        if running:
            at = running.index(self._dose_id) + 1 if self._dose_id in running else 0
            self._dose_id = running[at % len(running)]
            keep_clock(self._dose_id)
            self.tick()

    def leave(self) -> None:
        """Close it; it does not come back by itself."""
        keep_clock(None)
        self.reject()

    def _to_doses(self) -> None:
        shown = clock_shown(self._ward, self._dose_id)
        if shown is not None:
            self.go_to = shown.infant_id
        keep_clock(None)
        self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back, the arrows to the next vial, Enter to the page Doses."""
        keys = {
            Qt.Key.Key_Escape: self.leave,
            Qt.Key.Key_Right: self.show_next,
            Qt.Key.Key_Return: self._to_doses,
            Qt.Key.Key_Enter: self._to_doses,
        }
        act = keys.get(Qt.Key(event.key()))
        if act is not None:
            act()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closed by its window's own button: it stays closed."""
        keep_clock(None)
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Every word grows with the screen."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        high, wide = self.height(), self.width() - 2 * _SIDE
        sizes: tuple[tuple[QLabel, float, str], ...] = (
            (self.name, _NAME, "ink"), (self.whose, _THEN, "quiet"), (self.dose, _DOSE, "ink"),
            (self.caption, _CAPTION, "ink"), (self.time, _TIME, self._tone),
            (self.left, _LEFT, self._tone), (self.now, _NOW, "ink"), (self.then, _THEN, "ink"),
        )  # fmt: skip
        for part, share, colour in sizes:
            pixels = max(self._look.px(13), round(high * share))
            font = part.font()
            font.setPixelSize(pixels)
            part.setFont(font)
            long = part.fontMetrics().horizontalAdvance(part.text())
            if not part.wordWrap() and long > wide * 0.92:
                font.setPixelSize(max(self._look.px(13), int(pixels * wide * 0.92 / long)))
                part.setFont(font)
            ink = self._look.colour(colour).name()
            part.setStyleSheet(f"QLabel {{ color: {ink}; font-size: {font.pixelSize()}px; }}")

    def _arrange(self) -> None:
        self.setStyleSheet(f"QDialog {{ background: {self._look.colour('surface').name()}; }}")
        self._tone = "ink"
        centre = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(self)
        column.setContentsMargins(_SIDE, 20, _SIDE, 16)
        column.addWidget(self.name, 0, centre)
        self.whose.setAlignment(centre)
        column.addWidget(self.whose)
        column.addWidget(self.dose, 0, centre)
        self.setMinimumSize(*_LEAST)
        column.addStretch(1)
        for part in (self.caption, self.time, self.left):
            column.addWidget(part, 0, centre)
        column.addStretch(1)
        for part in (self.now, self.then):
            part.setAlignment(centre)
            column.addWidget(part)
        column.addSpacing(10)
        row = QHBoxLayout()
        for button in (self.back, self.next, self.doses):
            row.addWidget(button)
        row.insertStretch(1, 1)
        column.addLayout(row)


def keep_clock(dose_id: int | None) -> None:
    """Remember on this workstation which vial is shown over the whole screen; None for none."""
    kept = station()
    kept.setValue(KEPT, "" if dose_id is None else str(dose_id))
    kept.sync()


def show_full(window: "BedsideWindow", dose_id: int | None = None) -> None:
    """Show a running vial over the whole screen: of the infant in sight, else the most urgent.

    Args:
        window: the window.
        dose_id: the dose of the vial, where it is known.
    """
    running = clocks_shown(window.ward)
    mine = window.frame.infant_id if window.frame.on_patient else None
    wanted = [one for one in running if one.dose_id == dose_id]
    wanted += [one for one in running if one.infant_id == mine]
    shown = next(iter((*wanted, *running)), None)
    if dose_id is not None and not wanted:
        shown = clock_shown(window.ward, dose_id)
    if shown is None:
        keep_clock(None)
        from bedside.desktop.why_not_dialog import WhyNotDialog

        words = window.tr("No vial clock runs on this ward. A clock begins on the page Doses.")
        WhyNotDialog(words, window, plain=True).exec()
        return
    keep_clock(shown.dose_id)
    dialog = VialFull(window.ward, window.look, shown, window)
    dialog.move(window.mapToGlobal(QPoint(0, 0)))
    dialog.resize(window.size())
    dialog.setWindowState(Qt.WindowState.WindowFullScreen)
    dialog.exec()
    infant_id = dialog.go_to
    dialog.deleteLater()
    if infant_id is not None and window.open_infant(infant_id):
        window.show_page(_DOSES_PAGE)


_DOSES_PAGE = 6  # as `page_door` orders them
