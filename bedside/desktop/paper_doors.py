"""Which paper belongs to which page of an infant: the door to it stands beside the tabs."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

PAPER_KEY = "Ctrl+P"
DOSES_PAGE = 6  # the place of the page that shows and prints every paper
PAPERS_PART = 3  # of that page: `bedside.desktop.doses_paper.PAPERS`

# the page's place, the paper's key (`bedside.ward.infant_papers`), what the button says
PAPER_DOORS: dict[int, tuple[str, str]] = {
    0: ("transfer-summary", str(QT_TRANSLATE_NOOP("PaperDoors", "Transfer summary…"))),
    1: ("whole-treatment", str(QT_TRANSLATE_NOOP("PaperDoors", "Whole treatment…"))),
    2: ("counts-form", str(QT_TRANSLATE_NOOP("PaperDoors", "Blank counts form…"))),
    3: ("toxicity-report", str(QT_TRANSLATE_NOOP("PaperDoors", "Toxicity report…"))),
    4: ("dlt-report", str(QT_TRANSLATE_NOOP("PaperDoors", "DLT report…"))),
    6: ("maintenance-chart", str(QT_TRANSLATE_NOOP("PaperDoors", "Maintenance chart…"))),
}
