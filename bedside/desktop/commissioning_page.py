"""Commissioning: a site's own numbers, course by course, typed twice and compared."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bedside.desktop.beside import ROOMY, Beside, InSight, as_wide
from bedside.desktop.buttons import FIELD_HIGH, make_tall
from bedside.desktop.captions import name_field
from bedside.desktop.choice import Choice
from bedside.desktop.commission_compare import ComparePanel
from bedside.desktop.commission_groups import GroupTable
from bedside.desktop.commission_overview import OverviewPanel
from bedside.desktop.commission_pass import PassPanel
from bedside.desktop.labels import label, rule
from bedside.desktop.look import Look
from bedside.desktop.plain_table import ROW_HIGH, PlainTable
from bedside.desktop.session import Session
from bedside.units.refusal import Refused
from bedside.ward.commission_state import papers_need, scope_state
from bedside.ward.commission_values import trouble_of
from bedside.ward.commissioning import scope_choices
from bedside.ward.views.commissioning import GroupState, ScopeState
from bedside.ward.ward import Ward

_LEFT = 396
_WIDTHS = (200, 72)  # what is left holds "nicht begonnen" in one line


class CommissioningPage(QWidget):
    """The list of groups at the left; the overview, a blind pass or the comparison at the right.

    Signals:
        drafts_changed: typed text that is not recorded appeared or went.
        recorded: something was recorded; doses may rest on it.
        titled: what is in sight, for the band.
    """

    drafts_changed = Signal()
    recorded = Signal()
    titled = Signal(str, str)

    def __init__(self, ward: Ward, look: Look, session: Session) -> None:
        super().__init__()
        self.ward, self.look, self.session = ward, look, session
        self.state: ScopeState | None = None
        self.setAccessibleName(self.tr("Commissioning"))
        self.scope = Choice(self.tr("Protocol or site"), scope_choices(ward), look)
        self.model = GroupTable(look, self)
        self.table = PlainTable(self.tr("Courses and other groups of numbers"), look)
        self.table.setModel(self.model)
        self.table.set_widths(_WIDTHS)
        self.table.grow_rows(
            ROW_HIGH
        )  # two kinds of asparaginase are told apart by their last word
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.overview = OverviewPanel(ward, look, session)
        self.typing = PassPanel(ward, look, session)
        self.comparing = ComparePanel(ward, look, session)
        self.file_button = QPushButton(self.tr("&Signed file"))
        self.stack = InSight()
        for panel in (self.overview, self.typing, self.comparing):
            self.stack.addWidget(panel)
        self._arrange()
        self._connect()
        self.scope.choose(scope_choices(ward)[0][0])

    def _arrange(self) -> None:
        words = label(self.tr("Pro&tocol"), self.look, "body", "strong")
        words.setTextFormat(words.textFormat().AutoText)
        name_field(words, self.scope)
        line = QHBoxLayout()
        line.setContentsMargins(16, 0, 12, 0)
        line.setSpacing(10)
        line.addWidget(words)
        line.addWidget(self.scope, 1)
        left = QVBoxLayout()
        left.setContentsMargins(0, 12, 0, 0)
        left.setSpacing(8)
        left.addLayout(line)
        left.addWidget(self.table, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 0, 12, 12)
        make_tall(self.file_button, self.look, FIELD_HIGH)
        foot.addWidget(self.file_button)
        foot.addStretch(1)
        left.addLayout(foot)
        holder = QWidget()
        holder.setLayout(left)
        as_wide(holder, _LEFT, self.look)
        two = Beside(self.look, ROOMY, 0)
        two.row.addWidget(holder)
        two.row.addWidget(rule(self.look, upright=True))
        two.row.addWidget(self.stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(two)

    def _connect(self) -> None:
        self.scope.edited.connect(self._scope_chosen)
        self.file_button.clicked.connect(self._open_file_dialog)
        self.table.selectionModel().currentRowChanged.connect(self._group_chosen)
        self.overview.pass_asked.connect(self.open_pass)
        self.overview.comparison_asked.connect(self._compare)
        self.overview.changed.connect(self._settled)
        self.typing.paused.connect(self._settled)
        self.typing.completed.connect(self._completed)
        self.typing.drafts_changed.connect(self.drafts_changed)
        self.comparing.changed.connect(self._settled)
        self.comparing.left.connect(self._settled)
        self.session.who_changed.connect(self._other_person)

    # ---- what the window asks ---------------------------------------------------------------
    def refresh(self) -> None:
        """Read how far everything is; an open pass or comparison stays as it is."""
        self._read()
        if self.stack.currentWidget() is self.overview:
            self._show_overview()

    def take_focus(self) -> None:
        """Give the keyboard to the list, or to the pass in hand."""
        if self.stack.currentWidget() is self.typing:
            self.typing.take_focus()
        else:
            self.table.setFocus()

    def drafts(self) -> list[str]:
        """What is typed and not recorded, in words."""
        return [self.tr("commissioning of {0}").format(title) for title in self.typing.drafts()]

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever comes next to this workstation sees neither a pass nor a comparison."""
        super().hideEvent(event)
        if event.spontaneous():
            return  # the window was put aside, not left
        self._close_panels()
        self.stack.setCurrentWidget(self.overview)

    def _open_file_dialog(self) -> None:
        state = self.state
        if state is None:
            return
        from bedside.desktop.signed_file_dialog import SignedFileDialog

        self._close_panels()
        dialog = SignedFileDialog(
            self.ward, self.look, self.session, state.scope, state.title, self
        )
        dialog.exec()
        dialog.deleteLater()
        self._settled()

    # ---- choosing ---------------------------------------------------------------------------
    def group(self) -> GroupState | None:
        """The group in sight."""
        return self.model.group(self.table.currentIndex().row())

    def choose(self, scope: str, group_key: str) -> None:
        """Go to a group."""
        self.scope.choose(scope)
        for at in range(self.model.rowCount()):
            group = self.model.group(at)
            if group is not None and group.key == group_key:
                self.table.selectRow(at)

    def _scope_chosen(self) -> None:
        self._close_panels()
        self._read()
        self.file_button.setVisible(self.scope.value() in self.ward.protocols)
        self.table.selectRow(0)
        self._show_overview()

    def _group_chosen(self) -> None:
        self._close_panels()
        self._read()
        self._show_overview()

    def _read(self) -> None:
        scope = self.scope.value()
        if scope is None:
            return
        self.state = scope_state(self.ward, scope)
        self.model.show_groups(self.state.groups)

    def _show_overview(self) -> None:
        state, group = self.state, self.group()
        if state is None or group is None:
            return
        protocol = state.scope in self.ward.protocols
        trouble = trouble_of(self.ward, state.scope) if protocol else ()
        needed = papers_need(self.ward, state.scope, group.key)
        if needed:
            trouble = (*trouble, self.tr("Its papers still wait for: {0}.").format(needed))
        self.overview.show_group(state, group, trouble)
        self.stack.setCurrentWidget(self.overview)
        self._say_title(group)

    def _say_title(self, group: GroupState) -> None:
        state = self.state
        if state is not None:
            above = f"{state.title}, {state.edition}" if state.edition else state.title
            self.titled.emit(above, self.tr("Commissioning: {0}").format(group.title))

    # ---- passes and comparison --------------------------------------------------------------
    def open_pass(self) -> None:
        """Open this person's own blind pass of the group in sight."""
        group = self.group()
        if self.state is None or group is None:
            return
        self.comparing.close_comparison()
        self._read()
        self.typing.open(self.state.scope, group.key)
        self.stack.setCurrentWidget(self.typing)
        self.typing.take_focus()
        if self.session.kept is not None and not self.typing.unrecorded():
            self.session.kept.opened(self.typing)

    def _compare(self) -> None:
        group = self.group()
        if self.state is None or group is None:
            return
        try:
            self.comparing.open(self.state.scope, group.key)
        except Refused as refused:  # her own blind pass is open: the room refuses it
            self.overview.refusals.show_reasons(refused.reasons)
            return
        self.stack.setCurrentWidget(self.comparing)
        self.comparing.table.setFocus()

    def _completed(self, both: bool) -> None:
        self._settled()
        if both:
            self._compare()

    def _settled(self) -> None:
        self._close_panels()
        self._read()
        self._show_overview()
        self.overview.take_focus()
        self.recorded.emit()

    def _close_panels(self) -> None:
        self.typing.close_pass()
        self.comparing.close_comparison()

    def _other_person(self) -> None:
        """Another person records from now on: what is in sight belongs to the one before."""
        self._close_panels()
        self._read()
        self._show_overview()
