"""The first start: one guided page makes the ward, its passphrase, its first two people.

Nothing is written before the last step; going back keeps what was typed, and closing the page makes
nothing.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from bedside.desktop.buttons import FIELD_HIGH, make_tall
from bedside.desktop.first_field import ASIDE
from bedside.desktop.founding_steps import NameStep, PassphraseStep, RecoveryStep
from bedside.desktop.labels import dress, label
from bedside.desktop.look import Look
from bedside.desktop.person_form import PersonForm
from bedside.desktop.plain_edit import PlainEdit
from bedside.desktop.refusal_area import RefusalArea
from bedside.desktop.save import RefusalNote
from bedside.desktop.secret_edit import SecretEdit
from bedside.desktop.start import station_language
from bedside.desktop.staying_dialog import StayingDialog
from bedside.units.refusal import Refused
from bedside.ward.founding import NewWard, check_names, check_two, same_words
from bedside.ward.passphrases import check_ward_passphrase
from bedside.ward.people_acts import check_person

Make = Callable[[NewWard], tuple[str, bytes]]
_NAMES, _WORDS, _FIRST, _SECOND, _SHEET = "names", "passphrase", "first", "second", "sheet"


class FoundingDialog(StayingDialog):
    """Step by step to a ward in which somebody can sign in.

    Args:
        look: fonts and colours.
        make: makes what was typed; returns the recovery code and its sheet, "" and b"" for none.
        named: the ward has its name already; only its first two people are asked for.
        encrypted: the ward gets a passphrase of its own.
        restore: puts the newest copy on a medium in the place of a lost ward; None offers nothing.
        parent: the window, where there is one.
    """

    def __init__(
        self,
        look: Look,
        make: Make,
        *,
        named: bool = False,
        encrypted: bool = False,
        restore: Callable[[Path], bool] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.look, self._make, self._restore = look, make, restore
        self.setWindowTitle(self.tr("Bedside: first start"))
        self.setAccessibleName(self.tr("First start"))
        self.names, self.words = NameStep(look), PassphraseStep(look)
        self.first, self.second = PersonForm(look), PersonForm(look)
        self.sheet: RecoveryStep | None = None
        self.steps: list[tuple[str, str, QWidget]] = []
        self._kind = self.tr("People of this ward") if named else self.tr("A new ward")
        self._collect(named=named, encrypted=encrypted)
        self.refusals = RefusalNote(look)
        self.title = label("", look, "page_title", "title")
        self.about = label("", look, "small", colour="quiet", wrap=True)
        self.stack = QStackedWidget()
        self.back_button = QPushButton(self.tr("&Back"))
        self.next_button = QPushButton()
        self.restore_button = QPushButton(self.tr("&Restore from a second medium…"))
        self._marks: list[QLabel] = []
        self._coming: QLabel | None = None  # the line of the recovery sheet, until it is there
        self._build()
        self.back_button.clicked.connect(self.step_back)
        self.next_button.clicked.connect(self.go_on)
        self.restore_button.clicked.connect(self.restore)
        self.words.draw.clicked.connect(self._forget_refusal)
        self.names.language.choose(station_language())
        self.names.language_chosen.connect(self._speak)
        self.show_step(0)

    @property
    def at(self) -> str:
        """Which step is in sight."""
        return self.steps[self.stack.currentIndex()][0]

    # ---- going on -----------------------------------------------------------------------------
    def go_on(self) -> None:
        """Check the step in sight and go to the next; the last one makes the ward."""
        try:
            self._check(self.at)
            if self.at == _SECOND:
                self._found()
                return
        except Refused as refused:
            self.refusals.show_reasons(refused.reasons)
            return
        if self.at == _SHEET:
            self.accept()
        else:
            self.show_step(self.stack.currentIndex() + 1)

    def step_back(self) -> None:
        """Go back one step; from the first one, close the page without making anything."""
        if self.stack.currentIndex() == 0:
            self.reject()
        else:
            self.show_step(self.stack.currentIndex() - 1)

    def restore(self) -> None:
        """The ward of this computer is lost: take its newest copy from a stick or another disk."""
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Second medium"))
        if not chosen or self._restore is None:
            return
        try:
            done = self._restore(Path(chosen))
        except Refused as refused:
            self.refusals.show_reasons(refused.reasons)
            return
        if done:
            self.accept()

    def reject(self) -> None:
        """Close the page; once the ward is made, the sheet comes first."""
        if self.sheet is not None:
            words = self.tr(
                "Not closed: the code is shown this once. Print the sheet, type its last group "
                "from the paper, then open the ward."
            )
            self.refusals.show_reasons((words,))
            return
        if self._typed() and not self._may_lose():
            return
        super().reject()

    def _typed(self) -> bool:
        """Whether anything was typed that closing loses."""
        names = (self.names.site.text(), self.names.ward.text())
        people = any(form.is_dirty() for form in (self.first, self.second))
        return people or any((*names, *self.words.secret.value()))

    def _may_lose(self) -> bool:
        from bedside.desktop.leave_dialog import may_leave

        words = self.tr("No ward is made yet. Closing this page loses all that was typed on it.")
        return may_leave(self, self.look, words, self.tr("&Close, lose what was typed"))

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window's own close button is the way back, too."""
        event.ignore()
        self.reject()

    def form(self) -> NewWard:
        """Everything as typed."""
        words, again = self.words.secret.value()
        return NewWard(
            site_name=self.names.site.text().strip(),
            ward_name=self.names.ward.text().strip(),
            passphrase=words,
            again=again,
            first=self.first.value(),
            second=self.second.value(),
            decimal_mark=self.names.mark.value() or "",
        )

    def _speak(self, language: str) -> None:
        """Speak another language from now on, also at the next start; what was typed stays."""
        from bedside.desktop.language import keep_language
        from bedside.desktop.said_anew import said_anew

        said_anew(self, lambda: keep_language(language))

    def _check(self, step: str) -> None:
        form = self.form()
        is_wards = same_words(form.passphrase) if form.passphrase else None
        if step == _NAMES:
            check_names(form.site_name, form.ward_name)
        elif step == _WORDS:
            check_ward_passphrase(form.passphrase, form.again)
        elif step == _FIRST:
            check_person(form.first, (), is_wards)
        elif step == _SECOND:
            check_two(form.first, form.second, is_wards)
        elif self.sheet is not None and not self.sheet.is_read():
            raise Refused(self.tr("This is not the last group: read it from the printed sheet."))

    def _found(self) -> None:
        self._say_working()
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            code, pdf = self._make(self.form())
        except BaseException:
            self._stop_working()
            raise
        finally:
            QApplication.restoreOverrideCursor()
        for person in (self.first, self.second):
            person.secret.clear()
        self.words.secret.clear()
        self.words.drawn.clear()
        if not code:
            self._stop_working()
            self.accept()
            return
        self.sheet = RecoveryStep(self.look, code, pdf)
        self.sheet.refused.connect(self._say)
        self._add(_SHEET, self.tr("Recovery sheet"), self.sheet)
        self.show_step(len(self.steps) - 1)
        self._stop_working()

    def _say_working(self) -> None:
        """Say at once that it works: both buttons are off before the long work begins."""
        self._forget_refusal()
        for button in (self.back_button, self.next_button):
            button.setEnabled(False)
        self.next_button.setText(self.tr("Making it … a few seconds"))
        self.repaint()
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    def _stop_working(self) -> None:
        """Turn the buttons on; what was clicked in the meantime falls on buttons that are off."""
        QApplication.processEvents()
        for button in (self.back_button, self.next_button):
            button.setEnabled(True)
        self._name_button()

    def _say(self, words: str) -> None:
        self.refusals.show_reasons((words,) if words else ())

    # ---- building -----------------------------------------------------------------------------
    def _collect(self, *, named: bool, encrypted: bool) -> None:
        if not named:
            self.steps.append((_NAMES, self.tr("Name of the ward"), self.names))
        if encrypted:
            self.steps.append((_WORDS, self.tr("The ward's passphrase"), self.words))
        self.steps.append((_FIRST, self.tr("First person"), self.first))
        self.steps.append((_SECOND, self.tr("Second person"), self.second))

    def _build(self) -> None:
        side = QFrame()
        side.setObjectName("side")
        side.setFixedWidth(self.look.px(220))
        look = self.look
        side.setStyleSheet(f"#side {{ background: {look.colour('band').name()}; }}")
        self._side = QVBoxLayout(side)
        self._side.setContentsMargins(20, 20, 12, 20)
        self._side.setSpacing(12)
        self._side.addWidget(label("Bedside", look, "answer", "title"))
        self._side.addWidget(label(self._kind, look, colour="quiet"))
        self._side.addSpacing(12)
        self._side.addStretch(1)
        right = QVBoxLayout()
        right.setContentsMargins(28, 22, 28, 20)
        right.setSpacing(10)
        for widget in (self.title, self.about):
            right.addWidget(widget)
        right.addWidget(self.stack, 1)
        right.addWidget(RefusalArea(self.refusals))
        right.addLayout(self._buttons())
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(side)
        whole.addLayout(right, 1)
        steps, self.steps = self.steps, []
        for step in steps:
            self._add(*step)
        if any(page is self.words for _, _, page in self.steps):  # told of before it is there
            self._coming = self._mark()
            words = f"  {len(self.steps) + 1}. {self.tr('Recovery sheet')}"
            self._coming.setText(words)
        self.resize(*look.fitting(900, 600))

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for button in (self.back_button, self.next_button):
            make_tall(button, self.look, FIELD_HIGH)
        self.next_button.setProperty("role", "act")
        self.next_button.setAutoDefault(True)  # nothing is made before the last step
        make_tall(self.restore_button, self.look, FIELD_HIGH)
        self.restore_button.setAutoDefault(False)
        self.act_button = self.next_button  # where Return goes on to, past the ways back
        for aside in (self.back_button, self.restore_button):
            aside.setProperty(ASIDE, True)
        row.addWidget(self.back_button)
        row.addWidget(self.restore_button)
        row.addStretch(1)
        row.addWidget(self.next_button)
        return row

    def _add(self, key: str, title: str, page: QWidget) -> None:
        self.steps.append((key, title, page))
        self.stack.addWidget(page)
        self._go_on_from(page)
        self._marks.append(self._coming if key == _SHEET and self._coming else self._mark())

    def _mark(self) -> QLabel:
        """The line of one step in the list at the left."""
        made = label("", self.look, colour="quiet")
        self._side.insertWidget(self._side.count() - 1, made)
        return made

    def _go_on_from(self, page: QWidget) -> None:
        """Return in the last field leads to the button that goes on; typing takes a refusal away."""
        fields = page.findChildren(PlainEdit)
        last = fields[-1]
        after = self.names.mark if page is self.names else self.next_button
        last.goes_on = lambda: after
        if isinstance(last, SecretEdit):
            last.entered.connect(self.next_button.setFocus)
        for field in fields:
            field.textEdited.connect(self._forget_refusal)

    def _forget_refusal(self) -> None:
        self.refusals.show_reasons(())

    def show_step(self, at: int) -> None:
        """Bring one step into sight."""
        self.stack.setCurrentIndex(at)
        self.refusals.show_reasons(())
        key, title, page = self.steps[at]
        if page is not self.words:
            self.words.hide_words()
        self.title.setText(title)
        self.about.setText(self._words_about(key))
        for number, (mark, step) in enumerate(zip(self._marks, self.steps, strict=True)):
            sign = "✓" if number < at else "▸" if number == at else " "
            mark.setText(f"{sign} {number + 1}. {step[1]}")
            weight, colour = ("bold", "ink") if number == at else ("text", "quiet")
            dress(mark, self.look, "body", weight, colour)
        self.back_button.setText(self.tr("&Close") if at == 0 else self.tr("&Back"))
        self.back_button.setVisible(key != _SHEET)
        self.restore_button.setVisible(at == 0 and self._restore is not None)
        self._name_button()
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _name_button(self) -> None:
        last = self.tr("&Make the ward") if self.steps[0][0] == _NAMES else self.tr("&Add the two")
        words = {_SECOND: last, _SHEET: self.tr("&Open the ward")}
        self.next_button.setText(words.get(self.at, self.tr("&Go on")))

    def _words_about(self, key: str) -> str:
        return {
            _NAMES: self.tr(
                "As it stands on every page and paper. For a look around without any of this, "
                "start the demonstration: bedside demo."
            ),
            _WORDS: self.tr("Two people know it. It is not anybody's own passphrase."),
            _FIRST: self.tr(
                "Two people begin a ward; at least one of them is an administrator, who adds the "
                "others. The first one sits at the keyboard now."
            ),
            _SECOND: self.tr(
                "Another person, at the keyboard: the passphrase is that person's own."
            ),
            _SHEET: "",
        }[key]
