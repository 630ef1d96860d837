"""What is known of risk and arm, in rows of a name and its words: the upper half of the dialog."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.ward.views.risk import RiskView

_NAME_WIDE = 130


def risk_summary(view: RiskView, look: Look) -> QWidget:
    """Return the rows; longer words wrap, nothing is cut."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(4)
    grid.setColumnMinimumWidth(0, look.px(_NAME_WIDE))
    grid.setColumnStretch(1, 1)
    for number, (name, words, strong) in enumerate(_rows(view)):
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(label(name, look, "small", "strong", colour="quiet"), number, 0, top)
        size, weight = ("body", "bold") if strong else ("small", "text")
        grid.addWidget(label(words, look, size, weight, wrap=True), number, 1)
    return made


def _rows(view: RiskView) -> list[tuple[str, str, bool]]:
    if not view.has_groups:
        return [
            (_tr("Risk group"), view.no_groups, True),
            (_tr("Arm"), view.arm, False),
            (_tr("Courses"), view.path, False),
        ]
    group = f"{view.group}, {view.group_title}" if view.group else _tr("not yet known")
    rows = [(_tr("Risk group"), group, True)]
    rows += [("", reason, False) for reason in view.because]
    rows += [("", view.ask, True)] if view.ask else []
    rows += [(_tr("Published"), words, False) for words in view.group_outcomes]
    rows.append((_tr("White cells"), view.white_cells, False))
    rows.append((_tr("Blasts on day 8"), view.day8_blasts, False))
    partner = view.partner
    if view.outcome:
        partner = f"{partner}: {view.outcome} ({view.outcome_source})"
    rows.append((_tr("KMT2A partner"), partner, False))
    rows.append((_tr("Arm"), view.arm, True))
    rows.append((_tr("Transplant"), view.transplant, True))
    rows += [("", view.replaces, False)] if view.replaces else []
    rows += [(_tr("MRD"), f"{line.title}: {line.words}", False) for line in view.mrd]
    rows.append((_tr("Courses"), view.path, False))
    return rows


def _tr(text: str) -> str:
    return QCoreApplication.translate("RiskSummary", text)
