"""What a copy holds and what would be lost; two people put it in the ward's place."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from bedside.desktop.buttons import make_tall
from bedside.desktop.fields import PlainEdit
from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.save import saving
from bedside.desktop.session import Session
from bedside.desktop.text_table import TextTable
from bedside.desktop.two_people import TwoPeople
from bedside.desktop.whole_table import WholeTable
from bedside.units.dates import write_date_time
from bedside.units.refusal import Refused
from bedside.ward.restore_signing import Signing
from bedside.ward.restored_missing import missing_acts
from bedside.ward.views.restored import MissingAct

_TABLE_HIGH, _TABLE_LOW = 236, 112  # low where two people need the room
_WIDTHS = (146, 160, 0, 170)  # the words take what is left
_WIDE = 1040
_ASKED = ("unknown", "maybe given")


class RestoreDialog(FormDialog):
    """Asks for the second name; nothing has been changed while it is open.

    Args:
        signing: the copy, written out beside the ward, opened and verified, and who may confirm it.
        look: colours and fonts.
        session: who restores.
        parent: the page.
    """

    _most_form = 580  # no field lies below its edge on a screen of 768
    _keeps_room = (
        False  # with two people and later acts it has none to spare: reasons take its edge
    )

    def __init__(
        self,
        signing: Signing,
        look: Look,
        session: Session,
        parent: QWidget | None = None,
    ) -> None:
        seen = signing.seen
        super().__init__(
            look,
            session,
            self.tr("Restore the copy of {0}?").format(write_date_time(seen.made_at)),
            self.tr("&Restore this copy"),
            parent,
            about=self.tr(
                "The copy was written out beside the ward, opened, and every record verified. The ward "
                "as it is now is kept in a folder of its own. The window closes and opens again."
            ),
            width=_WIDE,
        )
        self.seen, self.signing = seen, signing
        self.missing = missing_acts(signing.ward, seen, signing.now())
        self.holds = label(self._holds(), look, "body", wrap=True)
        colour = "ink" if seen.relation == "same" else "stop"
        self.lost = label(self._lost(), look, "body", "strong", colour, wrap=True)
        self.counted = label(self._counted(), look, "small", colour="quiet", wrap=True)
        self._make_table()
        self.who = PlainEdit(self.tr("First person"))
        self.who.setText(session.who)
        self.second = PlainEdit(self.tr("Second person"))
        self.people = TwoPeople(signing.ward, look) if signing.by_people else None
        self.roles = label(signing.roles_words(), look, "body", "strong", wrap=True)
        self._arrange()

    def _arrange(self) -> None:
        for widget in (self.holds, self.lost, self.table):
            self.body.addWidget(widget)
        below = QHBoxLayout()
        below.addWidget(self.counted, 1)
        below.addWidget(self.print_button)
        self.body.addLayout(below)
        if self.people is not None:
            self.body.addWidget(self.roles)
            self.body.addWidget(self.people)
            self.people.setFocus()
        else:
            self.body.addLayout(self.line(self.tr("&First person"), self.who))
            self.body.addLayout(self.line(self.tr("&Second person"), self.second))
            self.second.setFocus()
        self.body.addStretch(1)

    def take_both(self) -> None:
        """Ask for both names: nobody is known yet."""
        self.who.clear()
        if self.people is None:
            self.who.setFocus()

    def _make_table(self) -> None:
        self.model = TextTable(
            (self.tr("Recorded"), self.tr("Infant"), self.tr("What"), self.tr("By")), self
        )
        self.table = WholeTable(self.tr("What would be lost"), self.look, self.model, _WIDTHS, self)
        self.model.show_rows([self._row(act) for act in self.missing])
        high = _TABLE_LOW if self.signing.by_people else _TABLE_HIGH
        self.table.setFixedHeight(self.look.px(high))
        self.print_button = QPushButton(self.tr("&Print the list…"))
        self.print_button.setAutoDefault(False)
        make_tall(self.print_button, self.look)
        self.print_button.clicked.connect(self.print_list)
        if not self.missing:
            self.table.hide()
            self.print_button.hide()
        if not self.seen.lost_from.rows:
            self.counted.hide()

    def print_list(self) -> None:
        """Show what would be lost as paper: it is entered again after the restore."""
        from bedside.desktop.restored_paper_dialog import RestoredPaperDialog
        from bedside.ward.restored_paper import draw_before

        try:
            pdf = draw_before(self.signing.ward, self.seen, self.missing, who=self.session.who)
        except Refused as refused:
            self.refusals.show_reasons(refused.reasons)
            return
        dialog = RestoredPaperDialog(pdf, self.look, self.session, self)
        dialog.exec()
        dialog.deleteLater()

    def _row(self, act: MissingAct) -> tuple[str, ...]:
        done = self.tr("not known") if act.kind in _ASKED else write_date_time(act.at)
        return done, act.infant or self.tr("The ward"), act.words, act.who

    def _counted(self) -> str:
        """Why the ward holds more records than there are acts."""
        rows = len(self.seen.lost_from.rows)
        return self.tr(
            "They wrote {0} of its records: one act writes several, a dose given its amount, its check and "
            "its signature. The restored ward lists every act until it is settled, and doses wait for it."
        ).format(rows)

    def record(self) -> None:
        """Record in the copy who restores it; the swap follows when the window has closed."""
        if saving(self, self._sign, button=self.act_button):
            self.accept()

    def _sign(self) -> None:
        if self.people is None:
            self.signing.sign_by_name(self.who.text(), self.second.text())
        else:
            self.people.sign(self.signing.sign_by_secret)

    def _holds(self) -> str:
        seen = self.seen
        saved = (
            self.tr("nothing was saved in it")
            if seen.last_saved is None
            else self.tr("last save {0}").format(write_date_time(seen.last_saved))
        )
        words = self.tr("It holds {0} records, {1}. Infants ({2}): {3}.").format(
            seen.records, saved, len(seen.infants), "; ".join(seen.infants) or self.tr("none")
        )
        if self.signing.becomes_plain:
            words += " " + self.tr(
                "It was made before this ward was encrypted: restored, the ward is NOT encrypted, "
                "and has to be encrypted again."
            )
        return words

    def _all_there(self) -> str:
        """Nothing is lost, and why the ward may count more all the same."""
        if not self.seen.lost_from.own:
            return self.tr("It holds every record of the ward as it is now: nothing is lost.")
        return self.tr(
            "It holds everything that people recorded: nothing is lost. The ward counts more, because it "
            "also notes tries of a PIN or passphrase, restores, and where its copies go."
        )

    def _lost(self) -> str:
        seen = self.seen
        return {
            "before": (
                self.tr("1 later act is NOT in it: print it first.")
                if len(self.missing) == 1
                else self.tr("{0} later acts are NOT in it: print them first.").format(
                    len(self.missing)
                )
            ),
            "same": self._all_there(),
            "apart": self.tr(
                "It is no earlier state of this ward as it is now: another copy was restored in "
                "between, or it is of another line. What is recorded only here would be lost."
            ),
            "unknown": self.tr(
                "What would be lost cannot be told: the ward cannot be read. Of every dose planned since "
                "that copy it is asked afterwards whether it was given."
            ),
        }[seen.relation]
