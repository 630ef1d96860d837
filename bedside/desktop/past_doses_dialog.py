"""Doses of earlier courses that nobody recorded, course by course; each is recorded from here."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QListView, QPushButton, QWidget

from bedside.desktop.buttons import beside, make_tall
from bedside.desktop.captions import name_field
from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.labels import label
from bedside.desktop.list_style import list_style
from bedside.desktop.look import Look
from bedside.desktop.patient_line import patient_line
from bedside.desktop.session import Session
from bedside.ward.giving import DRUG
from bedside.ward.infants import banner
from bedside.ward.past_doses import PastLine, past_lines
from bedside.ward.ward import Ward

_WIDE = 720
_HIGH = 340


class PastDosesDialog(FormDialog):
    """The list; its button opens the form of the chosen dose.

    Args:
        ward: the ward.
        look: colours and fonts.
        session: who records.
        infant_id: the infant.
        parent: the window it belongs to.
    """

    def __init__(
        self,
        ward: Ward,
        look: Look,
        session: Session,
        infant_id: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            look,
            session,
            self.tr("Doses of earlier courses not recorded"),
            self.tr("&Record as given…"),
            parent,
            infant=patient_line(banner(ward, infant_id)),
            about=self.tr(
                "They count neither as given nor as planned until somebody records them."
            ),
            width=_WIDE,
        )
        self.ward, self.infant_id = ward, infant_id
        self.recorded = False
        self._lines: dict[int, PastLine] = {}
        self.model = QStandardItemModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setFont(look.font("body"))
        self.list.setStyleSheet(list_style(look))
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setAccessibleName(self.tr("Doses not recorded, by course"))
        self.list.setMinimumHeight(look.px(_HIGH))
        words = label(self.tr("Not recorded, by &course"), look, "body", "strong")
        name_field(words, self.list)
        self.body.addWidget(words)
        self.body.addWidget(self.list)
        self.left_out_button = QPushButton(self.tr("No&t given…"))
        make_tall(self.left_out_button, look)
        self.left_out_button.clicked.connect(self.leave_out)
        self.body.addLayout(beside(self.left_out_button))
        self._read()

    def _read(self) -> None:
        """Fill the list: a line for each course, which cannot be chosen, then its doses."""
        self.model.clear()
        self._lines.clear()
        course = ""
        for line in past_lines(self.ward, self.infant_id):
            if line.course != course:
                course = line.course
                head = QStandardItem(course)
                head.setFont(self.look.font("body", "strong"))
                head.setFlags(Qt.ItemFlag.NoItemFlags)
                self.model.appendRow(head)
            self._lines[self.model.rowCount()] = line
            self.model.appendRow(QStandardItem(f"    {line.words}"))
        self.hint.setText(self.tr("{0} not recorded").format(len(self._lines)))
        for button in (self.act_button, self.left_out_button):
            button.setEnabled(bool(self._lines))

    def chosen(self) -> PastLine | None:
        """The dose that is seen to be selected; none is chosen beforehand."""
        selected = self.list.selectionModel().selectedIndexes()
        return self._lines.get(selected[0].row()) if selected else None

    def is_dirty(self) -> bool:
        """Nothing is typed here."""
        return False

    def record(self) -> None:
        """Open the form of the chosen dose; the list stays and is read again."""
        self._with_chosen(self._open)

    def leave_out(self) -> None:
        """Open the form that records the chosen dose as not given."""
        self._with_chosen(self._open_left_out)

    def _with_chosen(self, open_form: Callable[[PastLine], tuple[bool, tuple[str, ...]]]) -> None:
        line = self.chosen()
        if line is None:
            self.refusals.show_reasons((self.tr("Choose a dose first."),))
            return
        done, said = open_form(line)
        self.refusals.show_reasons(said)
        if done:
            self.recorded = True
            self._read()

    def _open(self, line: PastLine) -> tuple[bool, tuple[str, ...]]:
        given = (self.ward, self.look, self.session, self.infant_id)
        if line.key[2] == DRUG:
            from bedside.desktop.paper_infusion_dialog import open_paper_infusion

            return open_paper_infusion(*given, self)
        from bedside.desktop.given_dose_dialog import open_given

        return open_given(*given, line.key, self)

    def _open_left_out(self, line: PastLine) -> tuple[bool, tuple[str, ...]]:
        from bedside.desktop.not_given_dialog import open_not_given

        given = (self.ward, self.look, self.session, self.infant_id)
        return open_not_given(*given, line.key, self)


def open_past(ward: Ward, look: Look, session: Session, infant_id: int, parent: QWidget) -> bool:
    """Show the list; whether anything was recorded from it."""
    dialog = PastDosesDialog(ward, look, session, infant_id, parent)
    dialog.exec()
    dialog.deleteLater()
    return dialog.recorded
