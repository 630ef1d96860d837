"""Draws papers for the ward, which never knows ReportLab; each drawing is loaded when first asked for."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedside.papers.day_sheet import DaySheet, Label
    from bedside.papers.downtime import DowntimeSheets
    from bedside.papers.infant_papers import InfantPaper
    from bedside.papers.protocol_book import BookHead, ProtocolBook
    from bedside.papers.recovery_sheet import RecoverySheet
    from bedside.papers.restored import RestoredList
    from bedside.papers.tertiary_card import TertiaryCard
    from bedside.papers.values import DosingSheet, Roadmap


def _pieces() -> Iterator[str]:
    """Load what the first paper of a session needs, none of it longer than a tenth of a second."""
    import reportlab.pdfgen.canvas

    yield reportlab.pdfgen.canvas.__name__
    import reportlab.graphics.barcode.code128

    yield reportlab.graphics.barcode.code128.__name__
    import bedside.documents.roadmap
    import bedside.documents.sheet

    yield bedside.documents.sheet.__name__
    from bedside.documents.fonts import Face, typeface

    for face in Face:
        yield typeface(face).name
    import pypdfium2

    yield pypdfium2.__name__


class Papers:
    """Draws papers; ReportLab is loaded when the first one is asked for, or piece by piece before."""

    def __init__(self) -> None:
        self._ahead = _pieces()

    def load_next(self) -> bool:
        """Load one more piece of what the first paper needs; False once all of it is there."""
        return next(self._ahead, None) is not None

    def dosing_sheet(self, sheet: "DosingSheet") -> bytes:
        """Draw a dosing sheet as PDF bytes."""
        from bedside.documents.sheet import draw_dosing_sheet

        return draw_dosing_sheet(sheet)

    def roadmap(self, roadmap: "Roadmap") -> bytes:
        """Draw a roadmap as PDF bytes."""
        from bedside.documents.roadmap import draw_roadmap

        return draw_roadmap(roadmap)

    def day_sheet(self, sheet: "DaySheet") -> bytes:
        """Draw the dosing sheet of one day as PDF bytes."""
        from bedside.documents.day_sheet import draw_day_sheet

        return draw_day_sheet(sheet)

    def label(self, label: "Label") -> bytes:
        """Draw the labels of one administration as PDF bytes."""
        from bedside.documents.label import draw_label

        return draw_label(label)

    def infant_paper(self, paper: "InfantPaper") -> bytes:
        """Draw a paper of a whole infant as PDF bytes."""
        from bedside.documents.infant_papers import draw_infant_paper

        return draw_infant_paper(paper)

    def review_book(self, book: "ProtocolBook", head: "BookHead") -> bytes:
        """Draw the review book of a protocol as PDF bytes."""
        from bedside.documents.review_book import draw_review_book

        return draw_review_book(book, head)

    def tertiary_card(self, card: "TertiaryCard") -> bytes:
        """Draw the card "contact the tertiary team" as PDF bytes."""
        from bedside.documents.tertiary_card import draw_tertiary_card

        return draw_tertiary_card(card)

    def downtime(
        self, sheets: "DowntimeSheets", each: Callable[[int], None] | None = None
    ) -> bytes:
        """Draw the downtime sheets as PDF bytes; ``each`` is told before every infant."""
        from bedside.documents.downtime import draw_downtime

        return draw_downtime(sheets, each)

    def recovery_sheet(self, sheet: "RecoverySheet") -> bytes:
        """Draw the recovery sheet as PDF bytes."""
        from bedside.documents.recovery_sheet import draw_recovery_sheet

        return draw_recovery_sheet(sheet)

    def restored_list(self, paper_list: "RestoredList") -> bytes:
        """Draw the list of what a restore lost as PDF bytes."""
        from bedside.documents.restored import draw_restored

        return draw_restored(paper_list)
