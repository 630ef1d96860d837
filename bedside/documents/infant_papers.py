"""Draws a paper of a whole infant, whichever it is."""

from bedside.papers.infant_papers import InfantPaper
from bedside.papers.reports import CountsForm, DltReport, MaintenanceChart, ToxicityReport
from bedside.papers.transfer import TransferSummary
from bedside.papers.whole_treatment import WholeTreatment


def draw_infant_paper(paper: InfantPaper) -> bytes:
    """Draw it as a PDF; the same value gives the same bytes.

    Raises:
        Refused: something cannot be printed whole and safely; each reason says what.
    """
    match paper:
        case WholeTreatment():
            from bedside.documents.whole_treatment import draw_whole_treatment

            return draw_whole_treatment(paper)
        case TransferSummary():
            from bedside.documents.transfer import draw_transfer

            return draw_transfer(paper)
        case ToxicityReport():
            from bedside.documents.toxicity_report import draw_toxicity_report

            return draw_toxicity_report(paper)
        case DltReport():
            from bedside.documents.dlt_report import draw_dlt_report

            return draw_dlt_report(paper)
        case MaintenanceChart():
            from bedside.documents.maintenance_chart import draw_maintenance_chart

            return draw_maintenance_chart(paper)
        case CountsForm():
            from bedside.documents.counts_form import draw_counts_form

            return draw_counts_form(paper)
