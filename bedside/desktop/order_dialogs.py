"""Signing orders: prescribe a whole course at once, verify or send back, release.

What is signed stands in full on the form: the infant with two identifiers, each drug, dose, working,
day and date, and what the signature means. The secret is asked again, the safe button is the default.
"""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from bedside.desktop.buttons import FIELD_HIGH, make_tall
from bedside.desktop.first_field import ASIDE
from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.order_ticks import OrderTicks
from bedside.desktop.patient_line import band_line, patient_line
from bedside.desktop.reason_dialog import ask_reason
from bedside.desktop.save import saving
from bedside.desktop.session import Session
from bedside.desktop.signer_fields import SignerFields
from bedside.desktop.tick_box import tick_box
from bedside.desktop.two_identifiers import TwoIdentifierFields
from bedside.desktop.verify_panel import VerifyPanel
from bedside.units.dates import write_date
from bedside.units.refusal import Refused
from bedside.ward.order_acts import also_signed, prescribe, release, verify
from bedside.ward.order_striking import send_back
from bedside.ward.orders import order_board
from bedside.ward.verify_facts import verify_lines
from bedside.ward.views.orders import OrderBoard, OrderRow, ReleasedAs
from bedside.ward.ward import Ward

_WIDE, _TICK_HIGH = 960, 24
_SIDES = 40  # what stands beside the lines of the form
Closed = Sequence[tuple[OrderRow, tuple[str, ...]]]


class OrderDialog(FormDialog):
    """What the forms that sign orders have in common.

    Args:
        ward: the ward.
        look: colours and fonts.
        session: who records.
        board: the orders of one infant.
        words: title, the verb on the button, and what the signature means.
        parent: the window it belongs to.
        by_band: both identifiers are read off the band: the form shows neither.
    """

    def __init__(
        self,
        ward: Ward,
        look: Look,
        session: Session,
        board: OrderBoard,
        words: tuple[str, str, str],
        parent: QWidget | None,
        *,
        by_band: bool = False,
    ) -> None:
        title, act, meaning = words
        super().__init__(
            look,
            session,
            title,
            act,
            parent,
            infant=band_line(board.banner) if by_band else patient_line(board.banner),
            about=board.course_title,
            width=_WIDE,
        )
        self.ward, self.infant_id, self.board = ward, board.banner.infant_id, board
        self.meaning = label(meaning, look, "body", "strong", wrap=True)
        self.signer = SignerFields(ward, look, session)
        self.signer.entered.connect(self.record)

    def show_ticks(
        self,
        rows: Sequence[OrderRow],
        closed: Closed = (),
        *,
        ordered: bool,
        ticked: bool,
        today: date | None = None,
    ) -> None:
        """Show the doses; what the signature means stands in sight beside who signs, however far they scroll."""
        self.ticks = OrderTicks(
            self.look, rows, closed, ordered=ordered, ticked=ticked, today=today
        )
        self._first_ticked = self.ticks.ticked()
        self.body.addWidget(self.ticks)
        self.sign_with(self.meaning)
        self.ticks.edited.connect(self._count)
        self._count()

    def _count(self) -> None:
        self.hint.setText(self.tr("{0} ticked").format(len(self.ticks.ticked())))
        self.refusals.show_reasons(())

    def is_dirty(self) -> bool:
        """Whether a tick was changed or a secret typed."""
        return self.ticks.ticked() != self._first_ticked or self.signer.is_dirty()

    def record(self) -> None:
        """Sign what is ticked, or say why not; the ticks stay."""
        if not self.ticks.ticked():
            self.refusals.show_reasons((self.tr("Tick at least one dose."),))
            return
        if saving(self, self._sign, button=self.act_button):
            self.accept()

    def _sign(self) -> None:
        raise TypeError("each form says what is signed")


class PrescribeDialog(OrderDialog):
    """Prescribes every dose of the running course that can be worked out today, or some of them."""

    def __init__(
        self,
        ward: Ward,
        look: Look,
        session: Session,
        infant_id: int,
        parent: QWidget | None = None,
    ) -> None:
        words = (
            self.tr("Prescribe doses"),
            self.tr("Sign and pre&scribe"),
            self.tr("By signing you prescribe each ticked dose for this infant as it stands here."),
        )
        board = order_board(ward, infant_id)
        super().__init__(ward, look, session, board, words, parent, by_band=True)
        waiting = board.to_prescribe()
        ready = [row for row in waiting if not row.why_not]
        closed = [(row, row.why_not) for row in waiting if row.why_not]
        self.all_button = QPushButton(self.tr("&Tick every dose that is ready"))
        make_tall(self.all_button, look, FIELD_HIGH)
        self.all_button.setAutoDefault(False)
        self.all_button.setEnabled(bool(ready))
        self.all_button.clicked.connect(self.tick_all)
        # first, and above the doses: the keyboard begins here, and no dose is scrolled away for it
        self.identifiers = TwoIdentifierFields(look)
        self.identifiers.edited.connect(lambda: self.refusals.show_reasons(()))
        self.body.addWidget(self.identifiers)
        self.body.addWidget(self.all_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_ticks(ready, closed, ordered=False, ticked=False)
        self.sign_with(self.signer)
        self.identifiers.setFocus()

    def tick_all(self) -> None:
        """Tick every dose that may be prescribed now; nothing is ticked before somebody says so."""
        self.ticks.tick_all()

    def is_dirty(self) -> bool:
        """Whether anything typed or ticked would be lost."""
        return super().is_dirty() or not self.identifiers.is_empty()

    def _sign(self) -> None:
        identifiers = self.identifiers.typed()
        signer, who = self.signer.take(), self.signer.who()
        rows = self.ticks.ticked()
        prescribe(self.ward, self.infant_id, rows, identifiers, signer, who=who)


class VerifyDialog(OrderDialog):
    """Verifies prescribed orders, each by its own tick, or sends them back with the reason.

    Weight, counts and start rule stand above them, each with its date.
    """

    def __init__(
        self,
        ward: Ward,
        look: Look,
        session: Session,
        infant_id: int,
        parent: QWidget | None = None,
    ) -> None:
        words = (
            self.tr("Verify prescribed doses"),
            self.tr("Sign as &verified"),
            self.tr(
                "By signing you say that you have compared each ticked order with protocol, weight "
                "and working, and that it is right."
            ),
        )
        board = order_board(ward, infant_id)
        super().__init__(ward, look, session, board, words, parent)
        waiting = board.at("prescribed")
        self.facts = VerifyPanel(look, verify_lines(ward, infant_id, waiting))
        self.body.addWidget(self.facts)
        self.show_ticks(waiting, ordered=True, ticked=False)
        self.send_back_button = QPushButton(self.tr("Not verified: send the ticked ones &back…"))
        self.send_back_button.setAutoDefault(False)
        self.send_back_button.setProperty(ASIDE, True)  # Return goes from the ticks to who signs
        self.send_back_button.clicked.connect(self.send_back)
        self.also_act(self.send_back_button)
        self.sign_with(self.signer)
        self._reason = ""

    def send_back(self) -> None:
        """Ask why, and send the ticked orders back to the prescriber."""
        rows = self.ticks.ticked()
        if not rows:
            self.refusals.show_reasons((self.tr("Tick what is not verified."),))
            return
        named = ", ".join(row.words for row in rows)
        question = self.tr("Send back to the prescriber: {0}?").format(named)
        act = self.tr("&Send back")
        reason = ask_reason(self, self.look, question, act, before=self._reason)
        self._reason = reason or self._reason
        if reason and saving(self, self._send_back, button=self.send_back_button):
            self.accept()

    def _send_back(self) -> None:
        signer, who = self.signer.take(), self.signer.who()
        rows = self.ticks.ticked()
        send_back(self.ward, self.infant_id, rows, self._reason, signer, who=who)

    def _sign(self) -> None:
        signer, who = self.signer.take(), self.signer.who()
        verify(self.ward, self.infant_id, self.ticks.ticked(), signer, who=who)


class ReleaseDialog(OrderDialog):
    """Releases verified orders: what was prepared may be checked by two and given."""

    _room_kept = False

    def __init__(
        self,
        ward: Ward,
        look: Look,
        session: Session,
        infant_id: int,
        parent: QWidget | None = None,
    ) -> None:
        words = (
            self.tr("Release verified doses"),
            self.tr("Sign and re&lease"),
            self.tr(
                "By signing you say that each ticked dose is prepared as ordered and may go to the "
                "bedside, where two people check it before it is given."
            ),
        )
        board = order_board(ward, infant_id)
        super().__init__(ward, look, session, board, words, parent)
        self.own = label("", look, "body", "strong", "hold", wrap=True)
        self.other_day = tick_box(
            self.tr("It &keeps until its own day: release it all the same"), look, _TICK_HIGH
        )
        self.other_day.setFont(look.font("body", "medium"))
        self.alone = tick_box(self.tr("N&obody else can release it now"), look, _TICK_HIGH)
        self.alone.setFont(look.font("body", "medium"))
        self.other_words = label("", look, "body", "strong", "stop", wrap=True)
        verified = board.at("verified")
        self.show_ticks(verified, ordered=True, ticked=False, today=ward.today())
        for part in (self.own, self.alone, self.other_words, self.other_day):
            self.body.addWidget(part)
        self.sign_with(self.signer)
        self.signer.name.textChanged.connect(self._say_who)

    def _keep_room(self) -> None:
        """Leave the room that a question may need: ticking a dose moves nothing under the hand."""
        rows = self.board.at("verified")
        own = (
            rows if not self.signer.by_secret else also_signed(rows, self.signer.shown(), "release")
        )
        other = [row for row in rows if row.on != self.ward.today()]
        asked = (
            (self.own, self.alone, own, self._own_words),
            (self.other_words, self.other_day, other, self._other_words),
        )
        for words, answer, doses, said in asked:
            for part in (words, answer):
                policy = part.sizePolicy()
                policy.setRetainSizeWhenHidden(bool(doses))
                part.setSizePolicy(policy)
            words.setText(said(doses))
            wide = self.look.px(_WIDE) - 2 * _SIDES
            words.setMinimumHeight(words.heightForWidth(wide) if doses else 0)

    def _other_words(self, rows: Sequence[OrderRow]) -> str:
        other = "; ".join(f"{row.words}, {write_date(row.on)}" for row in rows)
        said = self.tr("Not of today, {0}: {1}. Prepared now, does it keep until then?")
        return said.format(write_date(self.ward.today()), other)

    def _own_words(self, rows: Sequence[OrderRow]) -> str:
        words = self.tr("Verified by you, too: {0}. One person then answers for both.")
        return words.format("; ".join(row.words for row in rows))

    def _count(self) -> None:
        """Say what is unusual as soon as it is ticked."""
        if not self._room_kept:
            self._room_kept = True
            self._keep_room()
        super()._count()
        other = [row for row in self.ticks.ticked() if row.on != self.ward.today()]
        self.other_words.setText(self._other_words(other))
        for part in (self.other_words, self.other_day):
            part.setVisible(bool(other))
        if not other:
            self.other_day.setChecked(False)
        self._say_who()

    def _say_who(self) -> None:
        own = also_signed(self.ticks.ticked(), self.signer.shown(), "release")
        self.own.setText(self._own_words(own))
        for part in (self.own, self.alone):
            part.setVisible(bool(own))
        if not own:
            self.alone.setChecked(False)

    def record(self) -> None:
        """Sign what is ticked; a dose of another day only where that is said expressly."""
        if self.other_day.isVisibleTo(self) and not self.other_day.isChecked():
            words = self.tr(
                "A dose of another day is ticked. Take its tick away, or say above that it keeps "
                "until its own day. Nothing was released."
            )
            self.refusals.show_reasons((words,))
            return
        if self.alone.isVisibleTo(self) and not self.alone.isChecked():
            words = self.tr(
                "You verified it, too. Let another person release it, or say above that nobody else "
                "can now. Nothing was released."
            )
            self.refusals.show_reasons((words,))
            return
        super().record()

    def _sign(self) -> None:
        signer, who = self.signer.take(), self.signer.who()
        said = ReleasedAs(keeps=self.other_day.isChecked(), alone=self.alone.isChecked())
        release(self.ward, self.infant_id, self.ticks.ticked(), signer, who=who, said=said)


MakeForm = Callable[[Ward, Look, Session, int, QWidget | None], OrderDialog]


def open_signing(
    kind: MakeForm,
    ward: Ward,
    look: Look,
    session: Session,
    infant_id: int,
    parent: QWidget,
) -> tuple[bool, tuple[str, ...]]:
    """Show a form; return whether something was signed, and why no form could be shown."""
    try:
        dialog = kind(ward, look, session, infant_id, parent)
    except Refused as refused:
        return False, refused.reasons
    done = dialog.exec() == OrderDialog.DialogCode.Accepted
    dialog.deleteLater()
    return done, ()
