"""The parts of the page Protocols in their places, and how the lines of its lists are worded."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bedside.desktop.beside import ROOMY, Beside, InSight, as_wide
from bedside.desktop.buttons import FIELD_HIGH, make_tall
from bedside.desktop.labels import dress, label, rule
from bedside.desktop.look import Look
from bedside.desktop.protocol_facts import FactsTable
from bedside.desktop.protocol_parts import ProtocolPart
from bedside.desktop.protocols_list import PartLine, PartLines, ProtocolTable
from bedside.desktop.save import RefusalNote
from bedside.desktop.segments import Segments
from bedside.desktop.session import Session
from bedside.desktop.whole_table import WholeTable
from bedside.papers.protocol_book import FactEvidence
from bedside.ward.views.commissioning import ScopeState, Stage
from bedside.ward.views.protocols import SideBySide, SidePart
from bedside.ward.ward import Ward

if TYPE_CHECKING:
    from bedside.desktop.protocol_book_panel import BookPanel
    from bedside.desktop.protocol_sides import SidesPanel

_LEFT = 400
_PART_WIDTHS = (0, 72, 112)  # 0: takes the room that is left
_SIDE_WIDTHS = (0, 0, 150)  # of two protocols, where no numbers are counted
_LEAST_HIGH = 180  # of a table in large text, in pixels: its heads and the first rows
_VIEW_HIGH = 32
_STAGES: dict[Stage, tuple[str, str]] = {
    "not begun": (str(QT_TRANSLATE_NOOP("ProtocolsPage", "not begun")), ""),
    "passes": (str(QT_TRANSLATE_NOOP("ProtocolsPage", "in passes")), ""),
    "to settle": (str(QT_TRANSLATE_NOOP("ProtocolsPage", "≠ to settle")), "stop"),
    "blocked": (str(QT_TRANSLATE_NOOP("ProtocolsPage", "≠ blocked")), "stop"),
    "commissioned": (str(QT_TRANSLATE_NOOP("ProtocolsPage", "= done")), "go"),
}
# as the review book says it (`papers.protocol_book`), a sentence each
MEANS: dict[FactEvidence, str] = {
    "stated": str(
        QT_TRANSLATE_NOOP("ProtocolsPage", "stated: read in a source about this very protocol.")
    ),
    "conflict": str(
        QT_TRANSLATE_NOOP(
            "ProtocolsPage",
            "conflict: sources disagree, or one contradicts itself: never planned.",
        )
    ),
    "related": str(
        QT_TRANSLATE_NOOP(
            "ProtocolsPage",
            "related: of another protocol: shown for comparison, never dosed from.",
        )
    ),
    "site": str(
        QT_TRANSLATE_NOOP(
            "ProtocolsPage",
            "site: entered by this site from its controlled copy, by two people.",
        )
    ),
    "absent": str(
        QT_TRANSLATE_NOOP(
            "ProtocolsPage",
            "not public: in no public source: enter it from your controlled copy.",
        )
    ),
    "program": str(
        QT_TRANSLATE_NOOP(
            "ProtocolsPage",
            "this program: a stop of Bedside itself, never of the protocol.",
        )
    ),
}


class ProtocolsParts(QWidget):
    """What stands on the page, without what it does.

    Signals:
        other_chosen: another protocol is to stand beside the one in sight.
    """

    other_chosen = Signal()

    def __init__(self, ward: Ward, look: Look, session: Session) -> None:
        super().__init__()
        self.ward, self.look, self.session = ward, look, session
        self.setAccessibleName(self.tr("Protocols"))
        self.refusals = RefusalNote(look)
        self.protocols = ProtocolTable(self.tr("Protocols"), look)
        self.parts_model = PartLines(look, self)
        self.parts = WholeTable(
            self.tr("Parts of the protocol"), look, self.parts_model, _PART_WIDTHS
        )
        self.title = label("", look, "page_title", "title", wrap=True)
        self.edition = label("", look, "small", colour="quiet", wrap=True)
        self.closed = label("", look, "body", "strong", "hold", wrap=True)
        self.note = label("", look, "small", colour="quiet", wrap=True)
        self.table = FactsTable(self.tr("Facts of this part"), look)
        self.legend = label("", look, "caption", colour="quiet", wrap=True)
        self.sides_panel: SidesPanel | None = None  # made when it is first wanted, as the book is
        self.book: BookPanel | None = None
        self.state = label("", look, "body", "strong", wrap=True)
        self.commission_button = QPushButton(self.tr("&Commission…"))
        self.stack = InSight()
        words = (self.tr("&Facts"), self.tr("&Side by side"), self.tr("Review &book"))
        self.views = Segments(words, self.tr("Show"), look, high=_VIEW_HIGH, one_stop=True)
        self.views.setFixedHeight(look.px(_VIEW_HIGH))
        self.views.choose(0)
        self._say_when_empty()
        self._lay_out()

    def forget(self) -> None:
        """Show nothing of any protocol, and offer no view of one."""
        self.parts_model.show_lines(())
        self.table.show_facts(())
        if self.sides_panel is not None:
            self.sides_panel.table.sides.clear()
        if self.book is not None:
            self.book.clear()
        self.views.choose(-1)
        for part in (self.edition, self.note, self.legend):
            part.setText("")
        self.stack.setCurrentWidget(self.facts_holder)
        self.offer_views(offered=False)

    def offer_views(self, *, offered: bool) -> None:
        """Offer the facts, the comparison and the book, or none of them."""
        for button in self.views.buttons:
            button.setEnabled(offered)
        for part in (self.edition, self.note, self.stack):
            part.setVisible(offered)

    def show_lines(self, lines: Sequence[PartLine], *, sides: bool) -> None:
        """List parts of one protocol with their numbers, or of two with where a part is found."""
        if self.parts.isColumnHidden(1) != sides:
            self.parts.setColumnHidden(1, sides)
            self.parts.set_fixed(_SIDE_WIDTHS if sides else _PART_WIDTHS)
        self.parts_model.show_lines(lines)

    def sides_of(self) -> "SidesPanel":
        """The panel of two protocols; it is made when it is first wanted."""
        if self.sides_panel is None:
            from bedside.desktop.protocol_sides import SidesPanel

            self.sides_panel = SidesPanel(self.look)
            self.sides_panel.edited.connect(self.other_chosen)
            self.stack.addWidget(self.sides_panel)
        return self.sides_panel

    def book_panel(self) -> "BookPanel":
        """The panel of the review book; it is made when it is first wanted."""
        if self.book is None:
            from bedside.desktop.protocol_book_panel import BookPanel

            self.book = BookPanel(self.ward, self.look, self.session, self.refusals)
            self.stack.addWidget(self.book)
        return self.book

    # ---- building -----------------------------------------------------------------------------
    def _say_when_empty(self) -> None:
        closed = self.tr("Nothing is shown here while your own blind pass is open.")
        self.parts.when_empty(closed)
        self.table.when_empty(closed)
        self.protocols.when_empty(self.tr("This program carries no protocol: install it anew."))

    def _lay_out(self) -> None:
        holder = QWidget()
        holder.setLayout(self._left())
        as_wide(holder, _LEFT, self.look)
        right = QWidget()
        right.setLayout(self._right())
        two = Beside(self.look, ROOMY, 0)
        two.row.addWidget(holder)
        two.row.addWidget(rule(self.look, upright=True))
        two.row.addWidget(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(two)
        for table in (self.parts, self.table):
            table.setMinimumHeight(self.look.px(_LEAST_HIGH))

    def _left(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.protocols)
        column.addWidget(self.parts, 1)
        return column

    def _right(self) -> QVBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.title, 1)
        head.addWidget(self.views)
        column = QVBoxLayout()
        column.setContentsMargins(16, 12, 16, 10)
        column.setSpacing(4)
        column.addLayout(head)
        for part in (self.edition, self.closed, self.note):
            column.addWidget(part)
        dress(self.closed, self.look, "body", "strong", "hold")
        self.facts_holder = self._facts()
        self.stack.addWidget(self.facts_holder)
        column.addWidget(self.stack, 1)
        column.addStretch(0)  # takes the room while nothing may be shown
        column.addWidget(self.refusals)
        column.addLayout(self._foot())
        return column

    def _facts(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.table, 1)
        column.addWidget(self.legend)
        return holder

    def _foot(self) -> QHBoxLayout:
        make_tall(self.commission_button, self.look, FIELD_HIGH)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.state, 1)
        foot.addWidget(self.commission_button)
        return foot


def legend_of(part: ProtocolPart) -> str:
    """What the kinds of evidence mean that a part has, a sentence each."""
    kinds = {fact.evidence for fact in part.facts}
    said = [words for kind, words in MEANS.items() if kind in kinds]
    return "   ".join(QCoreApplication.translate("ProtocolsPage", words) for words in said)


def part_line(part: ProtocolPart, state: ScopeState) -> PartLine:
    """A part as it stands in the list: a course with how far it is commissioned."""
    group = next((each for each in state.groups if part.course and each.key == part.course), None)
    if group is None:
        return PartLine(part.title)
    words, colour = _STAGES[group.stage]
    said = QCoreApplication.translate("ProtocolsPage", words)
    return PartLine(part.title, f"{group.done} of {group.total}", said, colour)


def side_line(part: SidePart, found: SideBySide) -> PartLine:
    """A part of two protocols as it stands in the list: the same in both, or only in one."""
    if part.state == "same":
        words = QCoreApplication.translate("ProtocolsPage", "= same")
        return PartLine(part.title, "", words, "go")
    if not part.state:
        return PartLine(part.title)
    words = QCoreApplication.translate("ProtocolsPage", "only here")
    if part.state == "only b":
        words = QCoreApplication.translate("ProtocolsPage", "only {0}").format(found.title_b)
    return PartLine(part.title, "", words)
