"""After a toxicity round: the next infant of the ward's round, one key away."""

from PySide6.QtCore import Qt

from bedside.desktop.key_button import KeyButton
from bedside.desktop.look import Look
from bedside.ward.toxicity_ward_round import next_in_round
from bedside.ward.ward import Ward


class NextInRound(KeyButton):
    """The button to the next round; hidden until a round is recorded, and where none is left.

    Args:
        look: colours and fonts.
    """

    def __init__(self, look: Look) -> None:
        super().__init__("", "Alt+B", look)
        self.setText(self.tr("Next"))
        self.infant_id: int | None = None  # whose round comes next
        self.hide()

    def offer(self, ward: Ward, infant_id: int) -> None:
        """Offer the round that follows that of an infant.

        Args:
            ward: the ward.
            infant_id: whose round was recorded just now.
        """
        row = next_in_round(ward, infant_id)
        self.infant_id = None if row is None else row.infant_id
        self.setVisible(row is not None)
        if row is not None:
            self.setText(self.tr("Next: bed {0}, {1}").format(row.bed, row.name))
            self.setFocus(Qt.FocusReason.OtherFocusReason)
