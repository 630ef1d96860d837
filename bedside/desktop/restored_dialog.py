"""What a restore lost, act by act; a named person settles each: taken over, entered again, or not so."""

from collections.abc import Callable

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QPushButton, QWidget

from bedside.desktop.fields import PlainEdit
from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.save import guard_button, saving
from bedside.desktop.session import Session
from bedside.desktop.signer_fields import SignerFields
from bedside.desktop.text_table import TextTable
from bedside.desktop.whole_table import WholeTable
from bedside.units.dates import write_date_time
from bedside.units.refusal import Refused
from bedside.ward.restored_settling import entered_again, not_so, take_over
from bedside.ward.restored_state import restored_view
from bedside.ward.views.restored import OpenAct, RestoredView
from bedside.ward.views.signatures import Signer
from bedside.ward.ward import Ward

_WIDE = 1120
_TABLE = 236
_WIDTHS = (146, 160, 0, 170, 136)  # the words take what is left


class RestoredDialog(FormDialog):
    """The open acts of one infant, or of the whole ward.

    Args:
        ward: the ward.
        look: fonts and colours.
        session: who records.
        infant_id: whose; None for all.
        parent: the window.
    """

    def __init__(
        self,
        ward: Ward,
        look: Look,
        session: Session,
        infant_id: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        infant = None
        if infant_id is not None:
            from bedside.desktop.patient_line import patient_line_of

            infant = patient_line_of(ward, infant_id)
        super().__init__(
            look,
            session,
            self.tr("Not in this ward since the restore"),
            self.tr("&Entered again"),
            parent,
            infant=infant if infant_id is not None else "",
            about=self.tr(
                "Each line was done after the copy and is not recorded here any more. Ask who did it, look at "
                "the papers and at the infant; then settle each line. Doses wait until theirs are settled."
            ),
            width=_WIDE,
        )
        self.ward, self.infant_id = ward, infant_id
        self.acts: tuple[OpenAct, ...] = ()
        self.headline = label("", look, "body", "strong", "stop", wrap=True)
        self.detail = label("", look, "body", "strong", wrap=True)
        self.reason = PlainEdit(self.tr("Why it is not so"))
        self.signer = SignerFields(ward, look, session)
        self.take_button = QPushButton(self.tr("&Take the dose over as it was"))
        self.not_button = QPushButton(self.tr("Not s&o"))
        self.print_button = QPushButton(self.tr("P&rint the list…"))
        self._make_table()
        self._arrange()
        self.refresh()
        self.table.setFocus()

    def refresh(self) -> None:
        """Read what is open; close when nothing is. The cursor stays where it was."""
        chosen = self.table.selectionModel().selectedRows()
        place = min((index.row() for index in chosen), default=0)
        view = restored_view(self.ward, self.infant_id)
        self.acts = () if view is None else view.acts
        if view is not None:
            self.headline.setText(self._headline(view))
        self.model.show_rows([self._row(act) for act in self.acts])
        if self.acts:
            self.table.selectRow(min(place, len(self.acts) - 1))
        self._chosen_changed()

    @property
    def chosen(self) -> tuple[OpenAct, ...]:
        """The acts of the chosen rows."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return tuple(self.acts[row] for row in rows if row < len(self.acts))

    def is_dirty(self) -> bool:
        """Whether a reason was typed."""
        return bool(self.reason.text().strip())

    def record(self) -> None:
        """The chosen acts are entered again."""
        ids = [act.act_id for act in self.chosen]
        self._settle(
            lambda signer: entered_again(self.ward, ids, signer, who=self.signer.who()),
            self.act_button,
        )

    def take(self) -> None:
        """The chosen dose is recorded again as it was."""
        ids = [act.act_id for act in self.chosen]
        self._settle(
            lambda signer: take_over(self.ward, ids[0], signer, who=self.signer.who()),
            self.take_button,
        )

    def refuse(self) -> None:
        """The chosen acts are not so."""
        ids, reason = [act.act_id for act in self.chosen], self.reason.text()
        done = self._settle(
            lambda signer: not_so(self.ward, ids, reason, signer, who=self.signer.who()),
            self.not_button,
        )
        if done:
            self.reason.clear()

    def print_list(self) -> None:
        """Show the list as paper, to print or keep."""
        from bedside.desktop.restored_paper_dialog import RestoredPaperDialog
        from bedside.ward.restored_paper import draw_open

        try:
            pdf = draw_open(self.ward, self.infant_id, who=self.session.who)
        except Refused as refused:
            self.refusals.show_reasons(refused.reasons)
            return
        dialog = RestoredPaperDialog(pdf, self.look, self.session, self)
        dialog.exec()
        dialog.deleteLater()

    def _settle(self, act: Callable[[Signer], None], button: QPushButton) -> bool:
        if not saving(self, lambda: act(self.signer.take()), button=button).saved:
            return False
        self.refresh()
        if not self.acts:
            self.reason.clear()
            self.accept()
        else:
            self.table.setFocus()
        return True

    def _read_only(self, why: str) -> None:
        """A role that does not settle may read and print the list."""
        super()._read_only(why)
        for button in (self.take_button, self.not_button):
            button.hide()

    def _make_table(self) -> None:
        of_all = self.infant_id is None
        headings = (
            self.tr("Done"),
            *((self.tr("Infant"),) if of_all else ()),
            self.tr("What"),
            self.tr("By"),
            self.tr("Until settled, stops"),
        )
        self.model = TextTable(headings, self)
        widths = _WIDTHS if of_all else (_WIDTHS[0], *_WIDTHS[2:])
        name = self.tr("What is not in this ward")
        self.table = WholeTable(name, self.look, self.model, widths, self)
        self.table.setMinimumHeight(self.look.px(_TABLE))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.selectionModel().selectionChanged.connect(self._chosen_changed)

    def _arrange(self) -> None:
        self.body.addWidget(self.headline)
        self.body.addWidget(self.table)
        self.body.addWidget(self.detail)
        self.body.addLayout(self.line(self.tr("Not so, &because"), self.reason))
        self.body.addWidget(self.signer)
        row = QHBoxLayout()
        row.setSpacing(self.look.measure("button_gap") + 4)
        row.addWidget(self.print_button)
        row.addStretch(1)
        for button in (self.not_button, self.take_button):
            row.addWidget(button)
        for button in (self.print_button, self.not_button, self.take_button):
            button.setMinimumHeight(self.look.measure("field"))
            button.setFont(self.look.font("body", "strong"))
            button.setAutoDefault(False)
        for button in (self.not_button, self.take_button):
            guard_button(button)
        self.body.addLayout(row)
        self.take_button.clicked.connect(self.take)
        self.not_button.clicked.connect(self.refuse)
        self.print_button.clicked.connect(self.print_list)

    def _chosen_changed(self, *_: QItemSelectionModel | object) -> None:
        chosen = self.chosen
        self.detail.setText(self._detail(chosen))
        self.take_button.setVisible(any(act.can_take_over for act in self.acts))
        self.take_button.setEnabled(len(chosen) == 1 and chosen[0].can_take_over)

    def _detail(self, chosen: tuple[OpenAct, ...]) -> str:
        if not chosen:
            return self.tr("Choose a line; Ctrl+A chooses all, Shift and the arrows several.")
        if len(chosen) > 1:
            return self.tr("{0} lines are chosen.").format(len(chosen))
        act = chosen[0]
        who = self.tr(" By {0}.").format(act.who) if act.who else ""
        return f"{act.words.rstrip('.')}.{who}"

    def _headline(self, view: RestoredView) -> str:
        return self.tr("{0}, by {1}.").format(view.headline, view.by)

    def _row(self, act: OpenAct) -> tuple[str, ...]:
        done = self.tr("not known") if act.asks else write_date_time(act.at)
        infant = act.infant or self.tr("The ward")
        if act.infant and act.infant_id is None:
            infant = self.tr("{0}: not on this list").format(act.infant)
        whose = (infant,) if self.infant_id is None else ()
        return (done, *whose, act.words, act.who, act.blocks or self.tr("nothing"))
