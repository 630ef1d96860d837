"""Strikes out a weight, a course start, an answer or a dose that was recorded wrongly, with a reason."""

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QListView, QPushButton, QVBoxLayout, QWidget

from bedside.desktop.captions import name_field
from bedside.desktop.ending_orders import EndingOrders
from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.labels import label
from bedside.desktop.list_style import list_style
from bedside.desktop.look import Look
from bedside.desktop.patient_line import patient_line_of
from bedside.desktop.plain_edit import PlainText
from bedside.desktop.save import saving
from bedside.desktop.session import Session
from bedside.desktop.tall_area import TallArea
from bedside.units.refusal import Refused
from bedside.ward.broken_off import BROKEN
from bedside.ward.corrections import Correctable, correctable, strike_out
from bedside.ward.count_ending import ends_by_striking_answer, given_if_answer_struck
from bedside.ward.facts import facts_of
from bedside.ward.given_since import given_if_struck
from bedside.ward.order_ending import ends_by_striking_weight
from bedside.ward.ward import Ward

_TOLD = 84  # room for four lines; more of them scroll


class CorrectionsDialog(FormDialog):
    """The newest records of one infant; the chosen one is struck out.

    Args:
        ward: the open ward.
        look: colours and fonts.
        session: who records.
        infant_id: the infant; the dialog stays bound to her.
        name: her name, shown in the title.
        parent: the window.
    """

    def __init__(
        self,
        ward: Ward,
        look: Look,
        session: Session,
        infant_id: int,
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            look,
            session,
            self.tr("Correct a record of {0}").format(name),
            self.tr("&Strike out"),
            parent,
            infant=patient_line_of(ward, infant_id),
            about=self.tr(
                "What is struck out stays readable, with your reason; then record it anew. "
                "Counts and toxicities are struck out on their own pages."
            ),
            width=720,
        )
        self.ward = ward
        self.infant_id = infant_id
        self.found = correctable(ward, infant_id)
        self.model = QStringListModel([one.words for one in self.found], self)
        self._add_identity(look)
        self._add_list(look)
        self._add_told(look)
        self._add_reason(look)
        self.list.selectionModel().selectionChanged.connect(self._tell_ending)
        self._say_hint(None, ends=False)

    def _add_identity(self, look: Look) -> None:
        self.identity_button = QPushButton(self.tr("&Name, birth or numbers…"))
        self.identity_button.setAutoDefault(False)
        self.identity_button.setFont(look.font("body", "strong"))
        self.identity_button.clicked.connect(self.correct_identity)
        self.body.addWidget(self.identity_button, 0, Qt.AlignmentFlag.AlignLeft)

    def correct_identity(self) -> None:
        """Put right who the infant is; nothing is struck out by it."""
        from bedside.desktop.identity_dialog import IdentityDialog

        dialog = IdentityDialog(self.ward, self.look, self.session, self.infant_id, self)
        done = dialog.exec() == dialog.DialogCode.Accepted
        dialog.deleteLater()
        if done:
            self.reason.clear()
            self.accept()

    def _add_list(self, look: Look) -> None:
        words = label(self.tr("&What was recorded wrongly?"), look, "body", "strong")
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setAccessibleName(self.tr("Newest records"))
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setFont(look.font("body"))
        self.list.setStyleSheet(list_style(look))
        # in large text fewer rows, so that what hangs on the chosen one is in sight with it
        self.list.setMinimumHeight(look.px(196 if look.percent == 100 else 113))
        if look.percent != 100:
            self.list.setMaximumHeight(look.px(113))
        self.list.setSpacing(4)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTabKeyNavigation(False)
        name_field(words, self.list)
        self.body.addWidget(words)
        if not self.found:
            empty = self.tr(
                "Nothing is recorded that is struck out here. Counts and toxicities are struck out on "
                "their own pages; name, birth and numbers are corrected above."
            )
            self.body.addWidget(label(empty, look, "body", wrap=True))
            self.list.setAccessibleDescription(empty)
        self.body.addWidget(self.list)

    def _add_told(self, look: Look) -> None:
        """What hangs on the chosen record, in room kept for it: nothing moves when a row is chosen."""
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.none_ends = label("", look, "small", colour="quiet", wrap=True)
        column.addWidget(self.none_ends)
        self._add_part(look, column)
        self.ending = EndingOrders(look)
        column.addWidget(self.ending)
        column.addStretch(1)
        told = TallArea(inside, self.tr("What hangs on the chosen record"))
        told.setFixedHeight(look.px(_TOLD))
        told.setVisible(bool(self.found))
        self.body.addWidget(told)

    def _add_part(self, look: Look, column: QVBoxLayout) -> None:
        """The door to how much of a broken-off infusion went in; seen where one is chosen."""
        self.part_button = QPushButton(self.tr("&Amount that went in…"))
        self.part_button.setAutoDefault(False)
        self.part_button.setFont(look.font("body", "strong"))
        self.part_button.clicked.connect(self.correct_part)
        self.part_button.hide()
        column.addWidget(self.part_button, 0, Qt.AlignmentFlag.AlignLeft)

    def correct_part(self) -> None:
        """Put right how much of the chosen broken-off infusion went in."""
        from bedside.desktop.part_dialog import ask_part

        chosen = self._chosen()
        if chosen is not None and ask_part(self, chosen.record_id, chosen.words):
            self.reason.clear()
            self.accept()

    def _chosen(self) -> Correctable | None:
        # what is selected, and seen so: on taking the keyboard Qt makes the first row current unseen
        selected = self.list.selectionModel().selectedIndexes()
        return self.found[selected[0].row()] if selected else None

    def _add_reason(self, look: Look) -> None:
        words = label(self.tr("W&hy?"), look, "body", "strong")
        self.reason = PlainText()
        self.reason.setAccessibleName(self.tr("Reason"))
        self.reason.setFont(look.font("body"))
        self.reason.setFixedHeight(look.px(60))
        name_field(words, self.reason)
        self.body.addWidget(words)
        self.body.addWidget(self.reason)

    def _tell_ending(self) -> None:
        """Say which signed orders the chosen weight or answer takes with it, and which doses rested on it."""
        one = self._chosen()
        self.part_button.setVisible(one is not None and BROKEN in one.words)
        lines: tuple[str, ...] = ()
        given: tuple[str, ...] = ()
        if one is not None and one.kind == "weight":
            lines = ends_by_striking_weight(self.ward, self.infant_id, one.record_id)
            facts = facts_of(self.ward, self.infant_id)
            given = given_if_struck(self.ward, facts, one.record_id)
        elif one is not None and one.kind == "answer":
            lines = ends_by_striking_answer(self.ward, self.infant_id, one.record_id)
            given = given_if_answer_struck(self.ward, self.infant_id, one.record_id)
        self.ending.show_lines(lines, given)
        self._say_hint(one, ends=bool(lines or given))

    def _say_hint(self, one: Correctable | None, *, ends: bool) -> None:
        words = ""
        if one is None:
            words = self.tr("Choose a record: signed orders that end with it are said here.")
        elif one.kind in ("weight", "answer") and not ends:
            words = self.tr("No signed order ends with it.")
        self.none_ends.setText(words)
        self.none_ends.setVisible(bool(words))

    def is_dirty(self) -> bool:
        """Whether a reason was typed."""
        return bool(self.reason.toPlainText().strip())

    def record(self) -> None:
        """Strike the chosen record out."""
        if saving(self, self._strike, button=self.act_button).saved:
            self.accept()

    def _strike(self) -> None:
        one = self._chosen()
        if one is None:
            raise Refused(self.tr("Choose what was recorded wrongly."))
        strike_out(
            self.ward,
            self.infant_id,
            one.kind,
            one.record_id,
            self.reason.toPlainText(),
            who=self.session.who,
        )
