"""What stands with one group of numbers, and the next thing to do about it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bedside.desktop.buttons import FIELD_HIGH, make_tall
from bedside.desktop.flowing import whole
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.reason_dialog import ask_reason
from bedside.desktop.save import RefusalNote, saving
from bedside.desktop.session import Session
from bedside.units.dates import write_date_time
from bedside.ward.commissioning import begin_pass, give_up_pass, own_turn
from bedside.ward.views.commissioning import GroupState, PassState, ScopeState
from bedside.ward.ward import Ward


class OverviewPanel(QWidget):
    """One group: how many numbers, both passes, the doors to them.

    Signals:
        pass_asked: this person's own pass is to be typed.
        comparison_asked: both passes are to be compared.
        changed: a pass was given up.
    """

    pass_asked = Signal()
    comparison_asked = Signal()
    changed = Signal()

    def __init__(self, ward: Ward, look: Look, session: Session) -> None:
        super().__init__()
        self.ward, self.look, self.session = ward, look, session
        self._scope, self._group = "", ""
        self._turn, self._first = 0, 1
        self.title = label("", look, "page_title", "title")
        self.state = label("", look, "body_strong_banner", "strong", wrap=True)
        self.passes = (label("", look, wrap=True), label("", look, wrap=True))
        self.about = label("", look, wrap=True)
        self.trouble = label("", look, "body", "strong", "stop", wrap=True)
        self.refusals = RefusalNote(look)
        self.pass_button = QPushButton()
        self.compare_button = QPushButton(self.tr("&Compare both passes"))
        self.give_up_button = QPushButton(self.tr("&Give a pass up"))
        self._arrange()
        self.pass_button.clicked.connect(self._begin)
        self.compare_button.clicked.connect(self.comparison_asked)
        self.give_up_button.clicked.connect(self._give_up)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(10)
        for part in (self.title, self.state, *self.passes, self.trouble):
            column.addWidget(part)
        row = QHBoxLayout()
        row.setSpacing(12)
        self.pass_button.setProperty("role", "act")
        for button in (self.pass_button, self.compare_button, self.give_up_button):
            make_tall(button, self.look, FIELD_HIGH)
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.refusals)
        column.addWidget(self.about)
        column.addStretch(1)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)

    def show_group(self, scope: ScopeState, group: GroupState, trouble: tuple[str, ...]) -> None:
        """Show a group."""
        self._scope, self._group = scope.scope, group.key
        self._turn = own_turn(self.ward, scope.scope, group.key, who=self.session.who)
        self.title.setText(group.title)
        self.state.setText(whole(group.words))
        self._first = min((one.turn for one in group.passes), default=1)
        by_turn = {one.turn: one for one in group.passes}
        for at, part in enumerate(self.passes, start=1):
            part.setText(whole(self._pass_words(at, by_turn.get(at))))
        self.trouble.setText("\n".join(trouble))
        self.trouble.setVisible(bool(trouble))
        self.about.setText(whole(self._about(scope, group)))
        self.refusals.show_reasons(())
        self._show_buttons(group)

    def _show_buttons(self, group: GroupState) -> None:
        free = len(group.passes) < 2
        own = next((one for one in group.passes if one.turn == self._turn), None)
        self.pass_button.setVisible(
            not group.complete and (free if own is None else own.completed_at is None)
        )
        if own is not None:
            self.pass_button.setText(self.tr("Continue &my pass"))
        elif group.passes:
            self.pass_button.setText(self.tr("Begin the second pass as an&other person"))
        else:
            self.pass_button.setText(self.tr("Begin the &first pass"))
        both = len(group.passes) == 2 and all(one.completed_at for one in group.passes)
        self.compare_button.setVisible(both)
        # a pass begun and never ended keeps the public values hidden: it can always be given up
        unended = any(one.completed_at is None for one in group.passes)
        self.give_up_button.setVisible(bool(group.passes) and (unended or not group.complete))

    def take_focus(self) -> None:
        """Give the keyboard to the next thing to do."""
        for button in (self.compare_button, self.pass_button):
            if button.isVisibleTo(self):
                button.setFocus()
                return

    def _pass_words(self, turn: int, found: PassState | None) -> str:
        name = self.tr("First pass") if turn == 1 else self.tr("Second pass")
        if found is None and self._turn not in (0, turn):
            return self.tr("{0}: not begun. Another person types it (F2: who records).").format(
                name
            )
        if found is None:
            return self.tr("{0}: not begun.").format(name)
        if found.completed_at is not None:
            when = write_date_time(self.ward.local(found.completed_at))
            return self.tr("{0}: {1}, complete {2}.").format(name, found.person, when)
        return self.tr("{0}: {1}, {2} of {3} rows typed.").format(
            name, found.person, found.typed, found.of
        )

    def _about(self, scope: ScopeState, group: GroupState) -> str:
        said = [
            self.tr(
                "Two people, each with the controlled copy and without the other, type every "
                "number. Neither sees the other's entries, a public or a related value before both "
                "are complete. Then all are compared; what both typed alike is recorded with both "
                "names."
            )
        ]
        if not group.complete:
            said.append(
                self.tr(
                    "Until every number is commissioned, papers that rest on it carry NOT "
                    "COMMISSIONED across the page and cannot be signed."
                )
            )
        if scope.older:
            said.append(scope.older)
        if self.ward.demonstration:
            said.append(
                self.tr(
                    "Demonstration: this ward doses from its own invented file. What is "
                    "commissioned here is kept, and not dosed from."
                )
            )
        return "\n\n".join(said)

    def _begin(self) -> None:
        begun = saving(
            self,
            lambda: begin_pass(self.ward, self._scope, self._group, who=self.session.who),
            button=self.pass_button,
        )
        if begun:
            self.pass_asked.emit()

    def _give_up(self) -> None:
        turn = self._turn or self._first
        name = self.tr("first") if turn == 1 else self.tr("second")
        question = self.tr(
            "Give the {0} pass of {1} up? What it holds is struck out, and another person may "
            "begin it anew."
        ).format(name, self.title.text())
        reason = ask_reason(self, self.look, question, self.tr("&Strike the pass out"))
        if reason and saving(
            self,
            lambda: give_up_pass(
                self.ward, self._scope, self._group, turn, reason, who=self.session.who
            ),
        ):
            self.changed.emit()
