"""The page Timeline: the whole treatment in one drawing, one dose in focus, its words below."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from bedside.desktop.beside import ROOMY, Beside, as_wide
from bedside.desktop.key_button import KeyButton
from bedside.desktop.labels import rule
from bedside.desktop.look import Look
from bedside.desktop.page import Page
from bedside.desktop.plain_table import PlainTable, table_as_text
from bedside.desktop.segments import Segments
from bedside.desktop.session import Session
from bedside.desktop.tall_area import begin_at_top
from bedside.desktop.timeline_canvas import TimelineCanvas
from bedside.desktop.timeline_close_up import TimelineCloseUp
from bedside.desktop.timeline_details import TimelineDetails
from bedside.desktop.timeline_legend import TimelineLegend
from bedside.desktop.timeline_moving import Taken
from bedside.desktop.timeline_table import TimelineTable
from bedside.desktop.timeline_tools import TimelineTools
from bedside.desktop.timeline_zoom import ZOOMS
from bedside.ward.timeline import timeline
from bedside.ward.views.timeline import TimelineView
from bedside.ward.ward import Ward

if TYPE_CHECKING:
    from bedside.desktop.delay_dialog import DelayDialog

_STRIP, _DETAILS, _CLOSE_UP = 156, 430, 140
_USUAL = 100  # per cent
_WIDTHS = (142, 176, 44, 150, 150, 96, 90)


class TimelinePage(Page):
    """The timeline of one infant and its table twin."""

    def __init__(self, ward: Ward, look: Look, session: Session) -> None:
        super().__init__(ward, look, session)
        self._view: TimelineView | None = None
        self.canvas = TimelineCanvas(look)
        self.model = TimelineTable(self)
        self.table = PlainTable(self.tr("Timeline as a table, a row each dose"), look)
        self.table.when_empty(
            self.tr(
                "No dose is planned or recorded yet: open the first course on Where are we (Ctrl+1)."
            )
        )
        self.table.setModel(self.model)
        self.table.set_widths(_WIDTHS)
        self.details = TimelineDetails(look)
        self.close_up = TimelineCloseUp(look)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.canvas)
        self.stack.addWidget(self.table)
        self.setAccessibleName(self.tr("Timeline"))
        self._build(look)
        self._connect()

    def refresh(self) -> None:
        """Read the timeline again; focus and zoom stay."""
        if self.infant_id is not None:
            self.show_view(timeline(self.ward, self.infant_id))

    def take_focus(self) -> None:
        """Put the keyboard on the drawing, where all its keys are, or on the table."""
        shown = self.table if self.stack.currentWidget() is self.table else self.canvas
        shown.setFocus(Qt.FocusReason.OtherFocusReason)
        begin_at_top(self)  # zoom and key stand there

    def show_view(self, view: TimelineView) -> None:
        """Show a finished timeline."""
        self._view = view
        self.model.show_view(view)
        self.canvas.show_view(view)
        self.footnote.setText(view.footnote)
        self._focus_moved()

    def show_table(self, shown: bool) -> None:
        """Show the table twin (or the drawing again) at the same dose."""
        if shown:
            row = self.model.row_of(self.canvas.focus)
            if row >= 0:
                index = self.model.index(row, 0)
                self.table.setCurrentIndex(index)
                self.table.scrollTo(index, PlainTable.ScrollHint.PositionAtCenter)
        self.stack.setCurrentWidget(self.table if shown else self.canvas)
        self.copy_button.setVisible(shown)
        self.legend.setVisible(not shown)
        self.tools.place_legend()
        self.table_button.setText(self.tr("As drawing") if shown else self.tr("As table"))
        (self.table if shown else self.canvas).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def hold_or_delay(self) -> None:
        """Show what a hold or a delay of the item in focus would move; record it only if chosen."""
        from bedside.desktop.delay_dialog import DelayDialog

        if self.infant_id is None:
            return
        dose = self.canvas.focused_dose
        key, on, drug = ("", None, "") if dose is None else (dose.course_key, dose.on, dose.drug)
        self._run(
            DelayDialog(self.ward, self.look, self.session, self.infant_id, self, key, on, drug)
        )

    def delay_taken(self, taken: Taken) -> None:
        """Show what would move if what was let go over a later day were given then."""
        from bedside.desktop.delay_dialog import DelayDialog

        if self.infant_id is None:
            return
        key, on, infant = taken.course_key, taken.on, self.infant_id
        dialog = DelayDialog(self.ward, self.look, self.session, infant, self, key, on, taken.drug)
        dialog.show_move(taken.drug, taken.route, on, taken.to)
        self._run(dialog)
        self.canvas.taking.give_back()

    def _run(self, dialog: "DelayDialog") -> None:
        """Show the preview; read anew what was recorded."""
        done = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        if done:
            self.refresh()
            self.recorded.emit(self.infant_id)

    def show_past_plan(self) -> None:
        """Show the plan as it stood on a day, beside the plan now."""
        from bedside.desktop.past_plan_dialog import PastPlanDialog

        if self.infant_id is None:
            return
        dialog = PastPlanDialog(self.ward, self.look, self.infant_id, self)
        dialog.exec()
        dialog.deleteLater()

    def _build(self, look: Look) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._tool_row(look))
        column.addWidget(rule(look, "line", 1))
        column.addWidget(self.stack, 1)
        column.addWidget(rule(look, "ink", 2))
        column.addWidget(self._strip(look))

    def _tool_row(self, look: Look) -> QWidget:
        self.legend = TimelineLegend(look)
        self.tools = TimelineTools(look, self.legend)
        row = self.tools.row
        label = QLabel(self.tr("Zoom"))
        label.setFont(look.font("small"))
        names = tuple(self.tr(name) for name in ZOOMS)
        self.zooms = Segments(names, self.tr("Zoom"), look)
        self.steps = Segments(("−", "+"), self.tr("Zoom step"), look)
        for button, name in zip(
            self.steps.buttons, (self.tr("Zoom out"), self.tr("Zoom in")), strict=True
        ):
            button.setCheckable(False)
            button.setFixedWidth(look.px(32))
            button.setAccessibleName(name)
        self.today_button = KeyButton(
            self.tr("Today"), "Home", look, cap=self.tr("Home"), bound=False
        )
        self.table_button = KeyButton(self.tr("As table"), "Alt+T", look)
        self.hold_button = KeyButton(self.tr("Hold or delay…"), "Alt+D", look)
        self.past_button = KeyButton(self.tr("Plan as it stood on…"), "Alt+P", look)
        self.copy_button = QPushButton(self.tr("Copy as text"))
        self.copy_button.setAutoDefault(False)
        self.copy_button.hide()
        for widget in (label, self.zooms, self.steps, self.today_button, self.table_button):
            row.addWidget(widget)
        row.addWidget(self.copy_button)
        self.tools.add_legend()
        return self.tools

    def _strip(self, look: Look) -> QWidget:
        strip = QWidget()
        strip.setObjectName("closeup")
        strip.setStyleSheet(f"#closeup {{ background: {look.colour('surface').name()}; }}")
        if look.percent == _USUAL:
            strip.setFixedHeight(_STRIP)
        outer = QVBoxLayout(strip)
        outer.setContentsMargins(16, 6, 16, 4)
        two = Beside(look, ROOMY)
        outer.addWidget(two)
        left = QVBoxLayout()
        left.setSpacing(2)
        as_wide(self.details, _DETAILS, look)
        self.footnote = QLabel()
        self.footnote.setTextFormat(Qt.TextFormat.PlainText)
        self.footnote.setWordWrap(True)
        as_wide(self.footnote, _DETAILS, look)
        self.footnote.setFont(look.font("caption"))
        self.footnote.setPalette(look.ink("quiet"))
        self.footnote.setAccessibleName(self.tr("Footnote"))
        left.addWidget(self.details, 1)
        left.addWidget(self.footnote)
        two.row.addLayout(left)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(rule(look, "line", 1, upright=True))
        row.addWidget(self.close_up, 1)
        self.close_up.setMinimumHeight(look.px(_CLOSE_UP))
        doors = QVBoxLayout()
        doors.setSpacing(4)
        doors.addWidget(self._keys(look), 1)
        doors.addWidget(self.past_button)
        doors.addWidget(self.hold_button)
        row.addLayout(doors)
        two.row.addLayout(row, 1)
        return strip

    def _keys(self, look: Look) -> QWidget:
        lines = (
            self.tr("Close-up: a box a day"),
            self.tr("← → next dose, ↑ ↓ next row"),
            self.tr("C course, F fever, M MRD"),
            self.tr("Home today, + − zoom"),
            self.tr("D or mouse: give later"),
        )
        label = QLabel("\n".join(lines))
        label.setFont(look.font("caption"))
        label.setPalette(look.ink("quiet"))
        label.setAlignment(Qt.AlignmentFlag.AlignTop)
        label.setAccessibleName(self.tr("Keys of the timeline"))
        return label

    def _connect(self) -> None:
        self.zooms.chosen.connect(self._zoom_chosen)
        self.steps.chosen.connect(self._step_chosen)
        self.today_button.clicked.connect(self._go_today)
        self.table_button.clicked.connect(self._toggle_table)
        self.hold_button.clicked.connect(self.hold_or_delay)
        self.past_button.clicked.connect(self.show_past_plan)
        self.copy_button.clicked.connect(self._copy)
        self.canvas.focus_moved.connect(self._focus_moved)
        self.canvas.delay_asked.connect(self.delay_taken)
        self.canvas.zoom_changed.connect(self._zoom_changed)
        self.table.selectionModel().currentRowChanged.connect(self._row_changed)

    def _zoom_chosen(self, number: int) -> None:
        self.canvas.set_zoom(ZOOMS[number])
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _step_chosen(self, number: int) -> None:
        self.canvas.step_zoom(1 if number else -1)

    def _zoom_changed(self, name: str) -> None:
        self.zooms.choose(ZOOMS.index(name) if name in ZOOMS else -1)

    def _go_today(self) -> None:
        self.show_table(False)
        self.canvas.go_home()

    def _toggle_table(self) -> None:
        self.show_table(self.stack.currentWidget() is self.canvas)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(table_as_text(self.model))

    def _focus_moved(self) -> None:
        if self._view is not None:
            if self.canvas.event_in_focus is not None:
                self.details.show_event(self.canvas.event_in_focus)
            elif self.canvas.course is not None:
                self.details.show_course(self.canvas.course)
            else:
                self.details.show_focus(self._view, self.canvas.focus)
            self.close_up.show_focus(self._view, self.canvas.focus)

    def _row_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        focus = self.model.focus_of(current.row())
        if focus is not None and focus != self.canvas.focus:
            self.canvas.move_focus(focus)
