"""What every dialog has in common: a title, a form, why not, and two buttons of which the safe one is the default."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bedside.desktop.captions import name_field
from bedside.desktop.first_field import first_field
from bedside.desktop.labels import label
from bedside.desktop.last_line import no_slice_of
from bedside.desktop.look import Look
from bedside.desktop.not_saved import NotSavedBar
from bedside.desktop.patient_line import PatientLine, whose
from bedside.desktop.refusal_area import RefusalArea
from bedside.desktop.save import RefusalNote, guard_button
from bedside.desktop.session import Session
from bedside.desktop.staying_dialog import MOST_HIGH, StayingDialog
from bedside.desktop.tall_area import TallArea

_KEPT, _THREE_LINES = 44, 66  # room for two lines of reasons, and for three
_GAP = 10  # between the parts of a form
_LEAST_FORM, _MOST_FORM = 160, 500  # with title and buttons it still stands on a screen of 768


class FormDialog(StayingDialog):
    """A dialog that records something.

    Args:
        look: colours and fonts.
        session: who records.
        title: what is recorded, shown and read out.
        act: the verb on the button that records, with its mnemonic.
        parent: the window it belongs to.
        infant: whom it is about, in one line; "" for nobody, and left out, whom the parent is about.
        about: one quiet line under the title.
        width: in pixels.
    """

    gloved = False  # whether it is filled in with gloves on
    keeps_typing: bool | None = None  # over a crash; None: where it is about an infant
    _scrolls = True
    _most_form = _MOST_FORM  # a form whose other lines are few may be higher
    _keeps_room = True  # for reasons, from its opening on

    def __init__(
        self,
        look: Look,
        session: Session,
        title: str,
        act: str,
        parent: QWidget | None,
        *,
        infant: str | None = None,
        about: str = "",
        width: int = 560,
    ) -> None:
        super().__init__(parent)
        self.look = look
        self.session = session
        self.opened_on = session.position  # what others record from now on, she has not seen
        self.infant = whose(parent) if infant is None else infant
        # a window's title stands in task lists and recordings: it says which form, and nothing of an
        # infant (H43); whose form it is stands in its first line
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setProperty("gloved", self.gloved)
        self.setModal(True)
        self._watched = False
        self.refusals = RefusalNote(look)
        self.act_button = QPushButton(act)
        self.back_button = QPushButton(self.tr("&Go back"))
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        self._assemble(title, about)
        self.setMinimumWidth(look.fitting(width, 0)[0])
        self.back_button.clicked.connect(self.reject)
        self.act_button.clicked.connect(self.record)

    def _assemble(self, title: str, about: str) -> None:
        look = self.look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(NotSavedBar(look, self.session, self))
        inner = self._inner = QVBoxLayout()
        inner.setContentsMargins(20, 16, 20, 16)
        inner.setSpacing(_GAP)
        column.addLayout(inner, 1)
        inner.addWidget(label(title, look, "page_title", "title"))
        inner.addWidget(PatientLine(self.infant, look))
        self.about = label(about, look, "small", colour="quiet", wrap=True)
        if not about:
            self.about.hide()
        inner.addWidget(self.about)
        self._form_area = self._held_by_scrolling()
        inner.addWidget(self._form_area, 1)
        self._no_slice = no_slice_of(self._form_area, look, beyond=_GAP)
        self._reasons = RefusalArea(self.refusals)
        inner.addWidget(self._reasons)
        self._above_buttons = QVBoxLayout()
        inner.addLayout(self._above_buttons)
        inner.addLayout(self._buttons())

    def _fit(self) -> None:
        self._inner.invalidate()  # a layout within a layout is asked anew only by the next layout
        super()._fit()

    def _high_within(self, room: int, needed: int) -> int:
        """Reasons take the room kept for them, then the lower edge of the form; never from the buttons.

        So buttons and fields stay where they are when a line comes or goes, and so does the dialog.
        """
        area, beyond = self._form_area, self._reasons.beyond()
        around = needed - area.minimumHeight() - beyond
        larger = max(0, room - MOST_HIGH)  # than on the smallest screen
        most = max(_LEAST_FORM, min(self._most_form + larger, room - around))
        own = min(area.inside_high(), most)  # what it would have without the reasons
        area.grow_to(most if beyond <= 0 else max(1, own - beyond))
        high = around + (area.minimumHeight() if beyond <= 0 else own)
        self._keep_field_in_sight()
        return high

    def _room_for_reasons(self) -> None:
        """Once it is open, keep room for reasons as far as the screen has it to spare."""
        layout = self.layout()
        if layout is None or not self._keeps_room or self._reasons.isVisibleTo(self):
            return
        px, gives = self.look.px, max(0, self._form_area.minimumHeight() - _LEAST_FORM)
        high = max(self.height(), layout.totalMinimumHeightForWidth(self.width()))
        spare = self._most_high() - high - _GAP
        kept = min(max(px(_KEPT), px(_THREE_LINES) - gives), spare)
        self._reasons.keep(max(kept, 0), kept + gives)

    def _keep_field_in_sight(self) -> None:
        """A form that became lower still shows the field that has the keyboard."""
        now: QWidget | None = self.focusWidget()
        if now is not None and self._form_area.isAncestorOf(now):
            self._form_area.ensureWidgetVisible(now, 0, 8)

    def come_to(self, field: QWidget) -> None:
        """Bring a field that is refused into sight, with the keyboard in it."""
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._form_area.ensureWidgetVisible(field, 0, 8)

    def _held_by_scrolling(self) -> TallArea:
        """Put the form into a scroll area, so that no screen is too small for it."""
        inside = QWidget()
        self.body.setContentsMargins(2, 2, 10, 2)
        inside.setLayout(self.body)
        return TallArea(inside, self.tr("Form"), grows_to=self._most_form)

    def _buttons(self) -> QHBoxLayout:
        self.act_button.setProperty("role", "act")
        guard_button(self.act_button)
        # the safe button is the default: Return can lose nothing and record nothing
        self.act_button.setAutoDefault(False)
        self.back_button.setDefault(True)
        for button in (self.back_button, self.act_button):
            button.setMinimumHeight(self.look.measure("field"))
            button.setFont(self.look.font("body", "strong"))
        row = self._button_row = QHBoxLayout()
        row.setSpacing(self.look.measure("button_gap") + 4)
        row.addWidget(self.back_button)
        row.addStretch(1)
        self.hint = label("", self.look, "small", colour="quiet")
        row.addWidget(self.hint)
        row.addWidget(self.act_button)
        return row

    def sign_with(self, signer: QWidget) -> None:
        """Put who signs above the buttons: in sight whenever one is pressed, however far the form scrolls."""
        self._above_buttons.addWidget(signer)

    def also_act(self, button: QPushButton) -> None:
        """Put the other answer beside the one that signs: in sight, too, however far the form scrolls."""
        button.setMinimumHeight(self.look.measure("field"))
        button.setFont(self.look.font("body", "medium"))
        self._button_row.insertWidget(self._button_row.indexOf(self.act_button), button)
        QWidget.setTabOrder(self.back_button, button)
        QWidget.setTabOrder(button, self.act_button)

    def tell_with_reasons(self, told: QLabel) -> None:
        """Say in the room kept for reasons, too, what a decision changes or what was recorded."""
        self._reasons.also(told)

    def record(self) -> None:
        """Record what was typed; each dialog says how."""
        raise TypeError("each form says how it is recorded")

    def reject(self) -> None:
        """Go back; ask first what becomes of typed text."""
        if not self.is_dirty() or self._may_leave():
            super().reject()

    def _may_leave(self) -> bool:
        """Ask whether typed text stays as a draft, where such a form is kept, or is lost."""
        from bedside.desktop.leave_dialog import ask_about_draft, may_leave

        kept = self.session.kept
        if kept is None or not kept.may_lay_by(self):
            words = self.tr("What you typed here is not recorded and would be lost.")
            return may_leave(self, self.look, words, self.tr("&Leave without recording"))
        words = self.tr(
            "What you typed here is not recorded. As a draft it waits for you a day: opened again, this "
            "form asks whether to put it back."
        )
        leave, throw = self.tr("&Leave it as a draft"), self.tr("&Throw it away")
        answer = ask_about_draft(self, self.look, words, leave, throw)
        if answer == "leave":
            kept.lay_by(self)
        return answer != "stay"

    def showEvent(self, event: QShowEvent) -> None:
        """Begin in the first field: what is typed at once is never lost, and Return never goes back."""
        now: QWidget | None = self.focusWidget()
        if now is None or not self._form_area.isAncestorOf(now):
            signers = (self._above_buttons.itemAt(at) for at in range(self._above_buttons.count()))
            parts = (self._form_area, *(item.widget() for item in signers if item is not None))
            first = next((found for part in parts if part and (found := first_field(part))), None)
            if first is not None:
                first.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self._watched:
            self._watched = True
            self._room_for_reasons()
            self._watch_fields()
            if self.session.kept is not None:
                QTimer.singleShot(0, self, self._offer_kept)
        super().showEvent(event)

    def _offer_kept(self) -> None:
        """Ask whether to put back what was typed here before a crash; see `bedside.desktop.kept_typing`."""
        if self.session.kept is not None and self.isVisible():
            self.session.kept.opened(self)

    def _watch_fields(self) -> None:
        """Reasons of a refusal go as soon as anything is mended: what they say may hold no more."""
        for edit in self.findChildren(QLineEdit):
            edit.textEdited.connect(self._mended)
        for box in self.findChildren(QCheckBox):
            box.clicked.connect(self._mended)
        for choice in self.findChildren(QComboBox):
            choice.activated.connect(self._mended)
        for text in self.findChildren(QPlainTextEdit):
            text.textChanged.connect(self._mended)

    def _mended(self) -> None:
        self.refusals.show_reasons(())

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window's own close button goes back, too."""
        event.ignore()
        self.reject()

    def line(self, text: str, field: QWidget, *, wide: int = 150) -> QHBoxLayout:
        """Return a row with a label, its buddy field, and room."""
        row = QHBoxLayout()
        row.setSpacing(10)
        name = caption(text, field, self.look)
        name.setFixedWidth(self.look.px(wide))
        row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(field, 1)
        return row


def caption(text: str, field: QWidget, look: Look) -> QLabel:
    """Return a label with a mnemonic that goes to its field."""
    made = QLabel(text)
    made.setFont(look.font("body", "medium"))
    made.setMinimumHeight(look.px(32))
    name_field(made, field)
    made.setAccessibleName(text.replace("&", ""))
    return made
