"""Draws a paper of a whole infant, whichever it is."""

from bedside.papers.infant_papers import InfantPaper
from bedside.papers.transfer import TransferSummary
from bedside.papers.whole_treatment import WholeTreatment


def draw_infant_paper(paper: InfantPaper) -> bytes:
    """Draw it as a PDF; the same value gives the same bytes.

    Raises:
        Refused: something cannot be printed whole and safely; each reason says what.
    """
    if isinstance(paper, WholeTreatment):
        from bedside.documents.whole_treatment import draw_whole_treatment

        return draw_whole_treatment(paper)
    if isinstance(paper, TransferSummary):
        from bedside.documents.transfer import draw_transfer

        return draw_transfer(paper)
    raise TypeError(f"{type(paper).__name__} is no paper of an infant")
