"""The papers of a whole infant, by kind."""

from bedside.papers.reports import CountsForm, DltReport, MaintenanceChart, ToxicityReport
from bedside.papers.transfer import TransferSummary
from bedside.papers.whole_treatment import WholeTreatment

InfantPaper = (
    WholeTreatment | TransferSummary | ToxicityReport | DltReport | MaintenanceChart | CountsForm
)
