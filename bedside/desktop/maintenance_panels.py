"""What is proposed for each drug, with its reasons, and the rule in words."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bedside.desktop.flowing import whole
from bedside.desktop.labels import label, rule
from bedside.desktop.look import Look
from bedside.desktop.marks import MarkLabel
from bedside.desktop.tall_area import TallArea
from bedside.ward.views.maintenance import DrugLine, MaintenanceView

_USUAL, _ALL = 100, 10_000  # per cent; pixels: however high it is
_MOST_PROPOSED = 256  # pixels: the choices below stay in sight on a screen of 768


def proposal_panel(view: MaintenanceView, look: Look) -> QWidget:
    """The hold, what is missing, and each drug with its proposal."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(5)
    for words in view.blocked_by:
        column.addWidget(label(whole(words), look, "body", colour="hold", wrap=True))
    if view.rule:
        column.addWidget(label(whole(view.rule), look, "small", colour="quiet", wrap=True))
    if view.hold:
        held = " ".join([made.tr("HOLD: every drug is or stays stopped."), *view.hold_because])
        column.addWidget(label(whole(held), look, "body", "strong", "stop", wrap=True))
    column.addWidget(label(whole(view.newest), look, "body", "medium", wrap=True))
    for words in view.missing:
        column.addWidget(label(whole(words), look, "body", "medium", "hold", wrap=True))
    for line in view.drugs:
        column.addWidget(rule(look, "line"))
        column.addWidget(_drug(line, view, look))
    return made


def _drug(line: DrugLine, view: MaintenanceView, look: Look) -> QWidget:
    made = QWidget()
    made.setAccessibleName(f"{line.name}: {line.headline}")
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(MarkLabel(line.mark, look, 20), 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(2)
    row.addLayout(words, 1)
    title = f"{line.name}: {line.headline}"
    words.addWidget(label(whole(title), look, "body_strong_banner", "strong", wrap=True))
    told = made.tr("In force: {0}").format(line.in_force)
    words.addWidget(label(whole(told), look, "body", wrap=True))
    for because in line.because:
        words.addWidget(label(whole(because), look, "small", colour="quiet", wrap=True))
    said = set(view.missing)
    for missing in [one for one in line.missing if one not in said] + list(line.cautions):
        words.addWidget(label(whole(missing), look, "small", "strong", "hold", wrap=True))
    return made


def proposed_area(waiting: QWidget, proposal: QVBoxLayout, look: Look) -> TallArea:
    """What is proposed and what waits: scrolled, so that the choices below it stay where they are.

    In large text the form itself scrolls, and it alone: two scroll bars side by side move each other's lines.
    """
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 8, 0)
    column.setSpacing(8)
    column.addLayout(proposal)
    column.addWidget(waiting)
    column.addStretch(1)
    most = look.px(_MOST_PROPOSED) if look.percent == _USUAL else _ALL
    return TallArea(inside, inside.tr("What is proposed"), grows_to=most, no_higher=True)


def rule_panel(view: MaintenanceView, look: Look) -> QWidget:
    """The rule in words, and the arithmetic of each proposal."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 4, 0, 0)
    column.setSpacing(4)
    _section(column, made.tr("The rule"), view.rule_lines or view.blocked_by, look)
    for line in view.drugs:
        if line.steps:
            title = made.tr("{0}, the arithmetic").format(line.name)
            _section(column, title, line.steps, look)
    column.addStretch(1)
    return made


def chart_part(chart: QWidget, told: QWidget) -> QWidget:
    """The chart, and below it what its focus line stands on."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(chart, 1)
    column.addWidget(told)
    return made


def rule_part(panel: QVBoxLayout) -> TallArea:
    """Room that scrolls the rule and the arithmetic; ``panel`` holds them (`rule_panel`)."""
    inside = QWidget()
    inside.setLayout(panel)
    panel.setContentsMargins(0, 0, 0, 0)
    return TallArea(inside, inside.tr("The rule and the arithmetic"))


def working_part(working: QWidget) -> TallArea:
    """Room that scrolls the working of the dose that is decided."""
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 4, 0, 0)
    column.addWidget(working)
    column.addStretch(1)
    return TallArea(inside, inside.tr("The dose before and after, and its working"))


def _section(column: QVBoxLayout, title: str, lines: Iterable[str], look: Look) -> None:
    column.addWidget(label(title, look, "body", "strong"))
    for words in lines:
        column.addWidget(label(whole(words), look, "body", wrap=True))
    column.addSpacing(6)
