"""What the ward asks of whoever draws its papers: it never knows ReportLab."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from typing import Protocol as Shape

if TYPE_CHECKING:
    from bedside.papers.day_sheet import DaySheet, Label
    from bedside.papers.downtime import DowntimeSheets
    from bedside.papers.infant_papers import InfantPaper
    from bedside.papers.protocol_book import BookHead, ProtocolBook
    from bedside.papers.recovery_sheet import RecoverySheet
    from bedside.papers.restored import RestoredList
    from bedside.papers.tertiary_card import TertiaryCard
    from bedside.papers.values import DosingSheet, Roadmap


class Drawing(Shape):
    """Draws a finished paper value as PDF bytes (passed in, so that the ward never knows ReportLab)."""

    def load_next(self) -> bool:
        """Load a piece of what the first paper needs; False once all of it is there."""

    def dosing_sheet(self, sheet: "DosingSheet") -> bytes:
        """Draw the dosing sheet."""

    def roadmap(self, roadmap: "Roadmap") -> bytes:
        """Draw the roadmap."""

    def day_sheet(self, sheet: "DaySheet") -> bytes:
        """Draw the dosing sheet of one day."""

    def label(self, label: "Label") -> bytes:
        """Draw the labels of one administration."""

    def infant_paper(self, paper: "InfantPaper") -> bytes:
        """Draw a paper of a whole infant."""

    def review_book(self, book: "ProtocolBook", head: "BookHead") -> bytes:
        """Draw the review book of a protocol."""

    def tertiary_card(self, card: "TertiaryCard") -> bytes:
        """Draw the card "contact the tertiary team"."""

    def downtime(
        self, sheets: "DowntimeSheets", each: Callable[[int], None] | None = None
    ) -> bytes:
        """Draw the downtime sheets; ``each`` is told before every infant and may stop it."""

    def recovery_sheet(self, sheet: "RecoverySheet") -> bytes:
        """Draw the recovery sheet."""

    def restored_list(self, paper_list: "RestoredList") -> bytes:
        """Draw the list of what a restore lost."""
