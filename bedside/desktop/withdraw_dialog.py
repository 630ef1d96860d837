"""Takes prescribed doses back: by whom they were prescribed, or by another prescriber in her own name."""

from PySide6.QtWidgets import QWidget

from bedside.desktop.fields import PlainEdit
from bedside.desktop.look import Look
from bedside.desktop.order_dialogs import OrderDialog
from bedside.desktop.session import Session
from bedside.units.refusal import Refused
from bedside.ward.order_striking import withdraw
from bedside.ward.orders import order_board
from bedside.ward.views.orders import STANDING
from bedside.ward.ward import Ward


class WithdrawDialog(OrderDialog):
    """The orders that stand, each with its own tick; nothing is ticked beforehand.

    Raises:
        Refused: no order stands that could be withdrawn.
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
            self.tr("Withdraw prescribed doses"),
            self.tr("Sign and with&draw"),
            self.tr(
                "By signing you take each ticked order back, with its verification and release: the "
                "dose may not be given. It stays readable, with your reason."
            ),
        )
        board = order_board(ward, infant_id)
        rows = [row for stage in STANDING for row in board.at(stage)]
        if not rows:
            raise Refused(self.tr("No order stands that could be withdrawn."))
        super().__init__(ward, look, session, board, words, parent)
        self.act_button.setProperty("role", "stop")
        rows.sort(key=lambda row: (row.on, row.key[1:]))
        self.show_ticks(rows, ordered=True, ticked=False)
        self.reason = PlainEdit(self.tr("Reason"))
        self.reason.setFont(look.font("body"))
        self.body.addLayout(self.line(self.tr("&Why"), self.reason))
        self.sign_with(self.signer)

    def is_dirty(self) -> bool:
        """Whether anything typed or ticked would be lost."""
        return super().is_dirty() or bool(self.reason.text().strip())

    def _sign(self) -> None:
        signer, who = self.signer.take(), self.signer.who()
        rows = self.ticks.ticked()
        withdraw(self.ward, self.infant_id, rows, self.reason.text(), signer, who=who)
