"""After both passes: side by side, and what to do about each number; neither entry is ever offered."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bedside.desktop.buttons import FIELD_HIGH, make_tall
from bedside.desktop.commission_accept import AcceptDialog
from bedside.desktop.commission_table import CommissionTable
from bedside.desktop.flowing import whole
from bedside.desktop.labels import dress, label
from bedside.desktop.look import Look
from bedside.desktop.plain_table import ROW_HIGH, PlainTable
from bedside.desktop.reason_dialog import ask_reason
from bedside.desktop.save import RefusalNote, saving
from bedside.desktop.session import Session
from bedside.ward.commission_compare import ask_again, comparison, withdraw
from bedside.ward.order_ending_values import ends_by_withdrawing
from bedside.ward.views.commissioning import ComparedRow, Comparison
from bedside.ward.ward import Ward

_MOST_ENDED = 8
_WIDTHS = (134, 200, 110, 60, 110, 102)


class ComparePanel(QWidget):
    """Compares both passes of one group.

    Signals:
        changed: something was recorded, struck out or is to be typed again.
        left: back to the overview.
    """

    changed = Signal()
    left = Signal()

    def __init__(self, ward: Ward, look: Look, session: Session) -> None:
        super().__init__()
        self.ward, self.look, self.session = ward, look, session
        self.found: Comparison | None = None
        self.title = label("", look, "page_title", "title")
        self.agree = label("", look, "body_strong_banner", "bold", "go")
        self.differ = label("", look, "body_strong_banner", "bold", "stop")
        self.about = label("", look, wrap=True)
        self.model = CommissionTable(look, self)
        self.table = PlainTable(self.tr("Comparison of both passes"), look)
        self.table.setModel(self.model)
        self.table.set_widths(_WIDTHS)
        self.table.grow_rows(ROW_HIGH)  # what a number is, and what others say of it, is read whole
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.headline = label("", look, "body_strong_banner", "bold", wrap=True)
        self.names = (
            label("", look, "small", colour="quiet"),
            label("", look, "small", colour="quiet"),
        )
        self.texts = (
            label("", look, "course_day", "bold", wrap=True),
            label("", look, "course_day", "bold", wrap=True),
        )
        self.words = label("", look, wrap=True)
        self.refusals = RefusalNote(look)
        self.again_button = QPushButton(self.tr("&Ask both to type it again"))
        self.accept_button = QPushButton(self.tr("&Record with a reason"))
        self.withdraw_button = QPushButton(self.tr("&Withdraw this number"))
        self.back_button = QPushButton(self.tr("&Back to the course list"))
        self._arrange()
        self.table.selectionModel().currentRowChanged.connect(self._show_row)
        self.again_button.clicked.connect(self._ask_again)
        self.accept_button.clicked.connect(self._accept)
        self.withdraw_button.clicked.connect(self._withdraw)
        self.back_button.clicked.connect(self.left)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.agree)
        head.addWidget(self.differ)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        self.again_button.setProperty("role", "act")
        for button in (
            self.again_button,
            self.accept_button,
            self.withdraw_button,
            self.back_button,
        ):
            make_tall(button, self.look, FIELD_HIGH)
            foot.addWidget(button)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.about)
        column.addWidget(self.table, 1)
        column.addWidget(self._details())
        column.addWidget(self.refusals)
        column.addLayout(foot)

    def _details(self) -> QWidget:
        box = QWidget()
        box.setObjectName("details")
        box.setStyleSheet(
            f"#details {{ background: {self.look.colour('surface').name()};"
            f" border: 1px solid {self.look.colour('line').name()}; }}"
        )
        grid = QGridLayout(box)
        grid.setContentsMargins(12, 8, 12, 8)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(3)
        grid.addWidget(self.headline, 0, 0, 1, 2)
        for at in (0, 1):
            grid.addWidget(self.names[at], 1, at)
            grid.addWidget(self.texts[at], 2, at)
            grid.setColumnStretch(at, 1)
        grid.addWidget(self.words, 3, 0, 1, 2)
        return box

    def open(self, scope: str, group_key: str) -> None:
        """Show the comparison; only there once both passes are complete.

        Raises:
            Refused: who looks has a blind pass of her own open.
        """
        found = comparison(self.ward, scope, group_key, who=self.session.who)
        self.found = found
        self.title.setText(self.tr("After both passes: {0}").format(found.title))
        done = sum(1 for row in found.rows if row.state == "commissioned")
        blocked = sum(1 for row in found.rows if row.state == "blocked")
        left = len(found.rows) - done - blocked
        self.agree.setText(self.tr("= {0} commissioned").format(done))
        said = [self.tr("≠ {0} to settle").format(left)] if left else []
        said += [self.tr("{0} blocked").format(blocked)] if blocked else []
        self.differ.setText(", ".join(said))
        about = self.tr(
            "{0} completed {1}, {2} completed {3}. Related protocols are shown for "
            "comparison only, never to dose from."
        ).format(found.first_person, found.first_at, found.second_person, found.second_at)
        clashes = [self.tr("LOOK AT BOTH AGAIN: {0}").format(one) for one in found.contradictions]
        self.about.setText(whole("\n".join((about, *clashes))))
        self.model.show_comparison(found)
        self.table.resizeRowsToContents()
        self.table.selectRow(0)
        self._show_row()
        self.table.setFocus()

    def close_comparison(self) -> None:
        """Take everything off the screen, so that nothing of it stays during a blind pass."""
        self.found = None
        self.model.show_comparison(None)
        for part in (self.title, self.agree, self.differ, self.about, self.headline, self.words):
            part.setText("")
        for part in (*self.names, *self.texts):
            part.setText("")

    def _row(self) -> ComparedRow | None:
        return self.model.row(self.table.currentIndex().row())

    def _show_row(self) -> None:
        row, found = self._row(), self.found
        if row is None or found is None:
            return
        self.headline.setText(f"{row.section}: {row.words}")
        dress(self.headline, self.look, "body_strong_banner", "bold", _colour(row))
        for part, name, text in zip(
            (0, 1), (found.first_person, found.second_person), (row.first, row.second), strict=True
        ):
            self.names[part].setText(name)
            self.texts[part].setText(whole(text) or self.tr("not typed"))
        self.words.setText(whole(self._words(row)))
        self.accept_button.setVisible(row.state == "needs reason")
        self.withdraw_button.setVisible(row.state in ("commissioned", "blocked"))
        count = len(self._to_type_again())
        self.again_button.setVisible(bool(count))
        self.again_button.setText(
            self.tr("&Ask both to type it again")
            if count == 1
            else self.tr("&Ask both to type {0} numbers again").format(count)
        )

    def _to_type_again(self) -> tuple[ComparedRow, ...]:
        """What the button asks for: where both agree against the public sources, this row alone."""
        row, found = self._row(), self.found
        if found is None:
            return ()
        if row is not None and row.state == "needs reason":
            return (row,)
        return found.to_type_again

    def _words(self, row: ComparedRow) -> str:
        public = " / ".join(row.public)
        said = {
            "disagree": self.tr(
                "They disagree: {0}. Neither is kept, and none is offered. Open the controlled copy "
                "together at this row; then each types it again, alone."
            ).format(row.difference),
            "needs reason": self.tr(
                "Both agree, but public sources say something else: {0}. Look it up together and "
                "type it again, or record it with a reason that both stand for. {1}"
            ).format(row.public_words, self._what_follows(row)),
            "blocked": self.tr(
                "Blocked, not used: {0}. Two people settle which holds; withdraw it, and both type "
                "it again. {1}"
            ).format(row.public_words, row.recorded),
            "changed since": self.tr(
                "Both agreed, but what it rests on has changed since: both type it again."
            ),
            "commissioned": self.tr("Commissioned. {0}").format(row.recorded),
        }[row.state]
        if public:
            said += "\n" + self.tr("Public: {0} ({1})").format(public, row.source)
        if row.related:
            said += "\n" + self.tr("Related: {0}").format("; ".join(row.related))
        return said

    def _what_follows(self, row: ComparedRow) -> str:
        if row.would_block:
            return self.tr("Recorded, it is blocked: no dose is worked out from it.")
        return self.tr("The public one stays beside it.")

    def _ask_again(self) -> None:
        found = self.found
        if found is None:
            return
        ids = tuple(row.number_id for row in self._to_type_again())
        if saving(
            self,
            lambda: ask_again(self.ward, found.scope, found.group_key, ids, who=self.session.who),
            button=self.again_button,
        ):
            self.changed.emit()

    def _accept(self) -> None:
        row, found = self._row(), self.found
        if row is None or found is None:
            return
        dialog = AcceptDialog(self.ward, self.look, self.session, found, row, self)
        done = dialog.exec() == AcceptDialog.DialogCode.Accepted
        again = dialog.again
        dialog.deleteLater()
        if again:
            self._ask_again()
        elif done:
            self.open(found.scope, found.group_key)

    def _withdraw(self) -> None:
        row, found = self._row(), self.found
        if row is None or found is None:
            return
        question = self.tr("{0}: withdraw it, so that both type it again?").format(
            self.headline.text()
        )
        ends = ends_by_withdrawing(self.ward, found.scope, row.number_id)
        if ends:
            shown = [*ends[:_MOST_ENDED], *([self.tr("and more")] if ends[_MOST_ENDED:] else [])]
            words = self.tr(
                "Signed orders that stand on it are void from then on, and prescribed anew:"
            )
            question = "\n".join((question, words, *shown))
        reason = ask_reason(self, self.look, question, self.tr("&Withdraw it"))
        if reason and saving(
            self,
            lambda: withdraw(self.ward, found.scope, row.number_id, reason, who=self.session.who),
        ):
            self.changed.emit()


def _colour(row: ComparedRow) -> str:
    return "ink" if row.state == "commissioned" else "stop"
