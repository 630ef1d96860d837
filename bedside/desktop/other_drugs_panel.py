"""The other drugs of the running course, and planned doses that nobody has recorded yet."""

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bedside.desktop.buttons import FIELD_HIGH, make_tall
from bedside.desktop.drugs_table import DrugsTable
from bedside.desktop.labels import label, rule, unbroken
from bedside.desktop.list_style import list_style
from bedside.desktop.look import Look
from bedside.desktop.plain_table import ROW_HIGH, PlainTable
from bedside.ward.views.pages import DosesView, ToRecord

_WIDTHS = (140, 220, 500)


class OtherDrugsPanel(QWidget):
    """The view Other drugs: nothing is counted here, what was given is recorded.

    Signals:
        check_asked: the chosen planned dose is to be checked by two people, blind.
        given_asked: the chosen planned dose is to be recorded as given.
        left_out_asked: the chosen planned dose is to be recorded as not given.
        mouth_asked: the doses by mouth of Maintenance are to be shown.
        past_asked: doses of earlier courses that nobody recorded are to be shown.
        continuous_asked: a continuous infusion was started, changed, paused or ended.
        cumulative_asked: the cumulative doses of every drug are to be shown.
    """

    check_asked = Signal()
    given_asked = Signal()
    left_out_asked = Signal()
    mouth_asked = Signal()
    continuous_asked = Signal()
    past_asked = Signal()
    cumulative_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._due: tuple[ToRecord, ...] = ()
        self.model = DrugsTable(self)
        self.table = PlainTable(self.tr("Other drugs of the running course"), look)
        self.table.when_empty(
            self.tr(
                "No other drug stands here: no course runs, or none is public for it. Follow your own protocol; a course is opened on Where are we (Ctrl+1)."
            )
        )
        self.table.setModel(self.model)
        self.table.set_widths(_WIDTHS)
        self.table.grow_rows(ROW_HIGH)  # a dozen rows at most: long day lists are read in full
        self.due_model = QStringListModel(self)
        self.due = self._due_list(look)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._head(look))
        column.addWidget(rule(look, "edge"))
        self.runs = label("", look, "body", "strong", "hold", wrap=True)
        column.addWidget(self.runs)
        column.addWidget(self.table, 1)
        self._title = label("", look, "body", "strong")
        column.addWidget(self._title)
        column.addWidget(rule(look, "edge"))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.due, 1)
        row.addLayout(self._doors(look))
        column.addLayout(row)

    def _doors(self, look: Look) -> QVBoxLayout:
        """What can be done with the planned dose that is chosen, and the way to earlier courses."""
        doors = QVBoxLayout()
        doors.setSpacing(8)
        self.check_button = QPushButton(self.tr("Second chec&k…"))
        self.given_button = QPushButton(self.tr("Record as &given"))
        self.left_out_button = QPushButton(self.tr("No&t given…"))
        self.past_button = QPushButton(self.tr("Earl&ier courses…"))
        for button, asked in (
            (self.check_button, self.check_asked),
            (self.given_button, self.given_asked),
            (self.left_out_button, self.left_out_asked),
            (self.past_button, self.past_asked),
        ):
            make_tall(button, look)
            button.clicked.connect(asked)
            doors.addWidget(button)
        return doors

    def _head(self, look: Look) -> QHBoxLayout:
        """The title, and the doors to doses by mouth and to cumulative doses."""
        head = QHBoxLayout()
        head.addWidget(label(self.tr("Other drugs of the running course"), look, "body", "strong"))
        head.addStretch(1)
        self.mouth_button = QPushButton(self.tr("Doses by &mouth…"))
        self.continuous_button = QPushButton(self.tr("Co&ntinuous infusion…"))
        self.cumulative_button = QPushButton(self.tr("C&umulative doses…"))
        for button, asked in (
            (self.continuous_button, self.continuous_asked),
            (self.mouth_button, self.mouth_asked),
            (self.cumulative_button, self.cumulative_asked),
        ):
            make_tall(button, look, FIELD_HIGH)
            button.clicked.connect(asked)
            head.addWidget(button)
        return head

    def _due_list(self, look: Look) -> QListView:
        made = QListView()
        made.setModel(self.due_model)
        made.setFont(look.font("body"))
        made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        made.setAccessibleName(self.tr("Planned doses not recorded yet"))
        made.setWordWrap(True)  # a held dose says since when, by whom and why
        made.setFixedHeight(look.px(150))
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # words wrap
        made.setStyleSheet(list_style(look))
        return made

    def show_view(self, view: DosesView) -> None:
        """Show the drugs and what is not recorded."""
        self.model.show_view(view)
        self._due = view.to_record
        self.due_model.setStringList([dose[4] for dose in view.to_record])
        self._title.setText(
            self.tr("Planned in the last three days and not recorded: {0}").format(
                len(view.to_record) or self.tr("none")
            )
        )
        self.past_button.setVisible(bool(view.past_unrecorded))
        words = self.tr("Earl&ier courses: {0}…").format(view.past_unrecorded)
        self.past_button.setText(words)
        for button in (self.given_button, self.left_out_button, self.check_button):
            button.setEnabled(bool(view.to_record))
        self.mouth_button.setVisible(view.maintenance)
        for part in (self.runs, self.continuous_button):
            part.setVisible(bool(view.continuous))
        self.runs.setText(unbroken("\n".join(view.continuous)))

    def chosen(self) -> ToRecord | None:
        """The planned dose that is seen to be selected; none is chosen for the nurse."""
        selected = self.due.selectionModel().selectedIndexes()
        row = selected[0].row() if selected else -1
        return self._due[row] if 0 <= row < len(self._due) else None
