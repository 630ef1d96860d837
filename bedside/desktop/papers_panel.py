"""Every paper that can be made now, or why not; the papers printed before; and the preview."""

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from bedside.desktop.beside import ROOMY, Beside, as_wide
from bedside.desktop.labels import label, rule, unbroken
from bedside.desktop.last_line import MoreBelow
from bedside.desktop.look import Look
from bedside.desktop.marks import MarkLabel
from bedside.desktop.paper_preview import PaperPreview
from bedside.desktop.printed_table import PrintedTable
from bedside.desktop.tall_area import ROOM
from bedside.desktop.whole_table import WholeTable
from bedside.ward.views.pages import DosesView, PaperChoice

_LIST_WIDE = 540
_LIST_HIGH = 150  # so much of the list is in sight at the least
_AROUND = 12
_LAID_OUT = 300  # milliseconds after which nobody's scrolling is answered any more
_NO_MOST = 16777215  # Qt's own: as high as there is room
_WIDTHS = (122, 0, 130, 104)  # number and copy, holds, paper, printed


class PaperLine(QWidget):
    """One paper: its name, and either a button or every reason why not.

    Signals:
        asked: somebody wants to see it (its key).
    """

    asked = Signal(str)

    def __init__(self, choice: PaperChoice, look: Look) -> None:
        super().__init__()
        self.choice = choice
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 3, 8, 3)
        column.setSpacing(2)
        head = QHBoxLayout()
        allowed = not choice.refused
        colour = "ink" if allowed else "quiet"
        head.addWidget(label(choice.title, look, "body", "strong", colour), 1)
        self.button = QPushButton(self.tr("Print…") if allowed else self.tr("closed"))
        self.button.setAutoDefault(False)
        self.button.setEnabled(allowed)
        self.button.setFont(look.font("body", "medium"))
        self.button.setAccessibleName(self.tr("Print {0}").format(choice.title))
        self.button.setAccessibleDescription(" ".join(choice.refused))
        self.button.clicked.connect(self._clicked)
        head.addWidget(self.button)
        column.addLayout(head)
        for reason in choice.refused:
            row = QHBoxLayout()
            row.setSpacing(7)
            row.addWidget(MarkLabel("hold", look, 14), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(label(unbroken(reason), look, "small", colour="hold", wrap=True), 1)
            column.addLayout(row)

    def _clicked(self) -> None:
        self.asked.emit(self.choice.key)


class PapersPanel(Beside):
    """The view Papers of the page Doses and papers: list and preview, one below the other where it is narrow.

    Args:
        look: colours and fonts.
        content_of: what a paper (by its key) would say now.

    Signals:
        paper_asked: a paper is to be shown (its key).
        verify_asked: does a paper in hand still hold?
        void_asked: a printed paper is to be declared void (the copy).
    """

    paper_asked = Signal(str)
    verify_asked = Signal()
    void_asked = Signal(object)

    def __init__(self, look: Look, content_of: Callable[[str], str]) -> None:
        super().__init__(look, ROOMY)
        self._content_of = content_of
        self._shown = ("", "")  # the paper in the preview: its key, and what it said
        self._number = ""
        self._followed, self._laying = False, QTimer(self)
        self._laying.setSingleShot(True)
        self.lines: list[PaperLine] = []
        self.preview = PaperPreview(look, of_infant=True)
        self.model = PrintedTable(look, self)
        name = self.tr("Papers printed earlier, newest first")
        self.table = WholeTable(name, look, self.model, _WIDTHS)  # a reason is read in full
        self.take_away = label("", look, "small", "strong", "stop", wrap=True)
        self.take_away.setAccessibleName(self.tr("Papers to take away"))
        none = self.tr("No paper of this infant has been printed yet.")
        self.none_printed = label(none, look, "body", colour="quiet", wrap=True)
        self.verify_button = QPushButton(self.tr("Does a paper still hold?…"))
        self.verify_button.setAutoDefault(False)
        self.verify_button.setMinimumHeight(look.measure("field"))
        self.verify_button.setToolTip(self.tr("Scan or type the code at its foot (Ctrl+Shift+P)"))
        self.verify_button.clicked.connect(self.verify_asked)
        self.void_button = QPushButton(self.tr("&Declare void…"))
        self.void_button.setAutoDefault(False)
        self.void_button.setMinimumHeight(look.measure("field"))
        self.void_button.setToolTip(
            self.tr("The paper of the row in focus: lost, spoiled or wrong")
        )
        self.void_button.clicked.connect(self._void)
        self.table.selectionModel().currentRowChanged.connect(self._judge_void)
        self._choices = QScrollArea()
        self._choices.setWidgetResizable(True)
        self._choices.setFrameShape(QScrollArea.Shape.NoFrame)
        self._choices.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # each of its lines has a button
        self._choices.setAccessibleName(self.tr("Papers that can be printed"))
        self._choices.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._choices.setMinimumHeight(look.px(_LIST_HIGH))
        self.more = MoreBelow(self._choices, self._lines_now, self._lines_now, look, beside=0)
        self.row.addWidget(self._left())
        self.row.addWidget(self.preview, 1)

    def show_view(self, view: DosesView) -> None:
        """Show what can be printed and what was; a preview that does not hold any more is marked."""
        self.model.show_papers(view.printed)
        self.none_printed.setVisible(not view.printed)
        self.table.setVisible(bool(view.printed))
        self.void_button.setVisible(bool(view.printed))
        self._judge_void()
        self._say_take_away(view)
        self._judge_preview(view)
        had_focus = next((line.choice.key for line in self.lines if line.button.hasFocus()), "")
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.lines = []
        for choice in view.papers:
            line = PaperLine(choice, self._look)
            line.asked.connect(self.paper_asked)
            self.lines.append(line)
            column.addWidget(line)
            column.addWidget(rule(self._look))
        column.addStretch(1)
        old = self._choices.takeWidget()
        self._choices.setWidget(inner)
        self.more.watch_inside()
        if old is not None:
            old.deleteLater()
        self._fit_list()
        self._order_stops()
        for line in self.lines:
            if line.choice.key == had_focus:
                line.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In another width reasons wrap otherwise."""
        super().resizeEvent(event)
        self._fit_list()

    def _fit_list(self) -> None:
        """Where the whole page scrolls, the list is as high as its lines: never two scroll bars."""
        least, inner = self._look.px(_LIST_HIGH), self._choices.widget()
        layout = None if inner is None else inner.layout()
        if self._scrolled_by() is not None and layout is not None:
            layout.activate()
            least = max(least, layout.totalHeightForWidth(self._choices.viewport().width()))
        self._choices.setMinimumHeight(least)

    def _lines_now(self) -> list[PaperLine]:
        return self.lines

    def _order_stops(self) -> None:
        """Tab: the papers from above, then what was printed, then the page in sight."""
        stops: list[QWidget] = [self._choices, *(line.button for line in self.lines)]
        stops += [self.verify_button, self.table, self.preview.view]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def show_paper(self, key: str, pdf: bytes, title: str, note: str, number: str = "") -> None:
        """Show a paper in the preview, and know it again when something on it changes.

        Args:
            key: the paper.
            pdf: as drawn.
            title: its name.
            note: what stands below it.
            number: the sheet number of one that is printed; "" for a preview.
        """
        self._shown = (key, self._content_of(key))
        self._number = number
        self.preview.show_paper(pdf, title, note)
        self.bring_into_sight()
        QTimer.singleShot(0, self, self.bring_into_sight)  # once more when the page is laid out
        self._follow()

    def _follow(self) -> None:
        """The page may learn later how high it is: until it has, it scrolled less far than it should."""
        above = self._room()
        if above is None:
            return
        if not self._followed:
            self._followed = True
            above.verticalScrollBar().rangeChanged.connect(self._range_changed)
        self._laying.start(_LAID_OUT)

    def _range_changed(self, _least: int, _most: int) -> None:
        if self._laying.isActive():
            self.bring_into_sight()

    def _room(self) -> QScrollArea | None:
        """What scrolls the page, where something does and the preview stands below the list."""
        return self._scrolled_by() if self.stacked else None

    def _scrolled_by(self) -> QScrollArea | None:
        above = self.parentWidget()
        while above is not None and not above.property(ROOM):
            above = above.parentWidget()
        return above if isinstance(above, QScrollArea) else None

    def bring_into_sight(self) -> None:
        """Where the page scrolls, go to the preview: whole, with the buttons below it."""
        above = self._room()
        if above is None:
            self.preview.setMinimumHeight(0)
            self.preview.setMaximumHeight(_NO_MOST)
            return
        high = above.viewport().height() - self._look.px(_AROUND)
        self.preview.setFixedHeight(max(high, 0))
        inside = above.widget()
        layout = None if inside is None else inside.layout()
        if layout is not None:
            layout.activate()
        above.ensureWidgetVisible(self.preview, 0, 0)

    def _judge_preview(self, view: DosesView) -> None:
        key, said = self._shown
        if not self.preview.pages or not key:
            return
        copies = [one for one in view.printed if self._number and one.sheet_number == self._number]
        if copies and max(copies, key=lambda one: one.copy).void:
            words = self.tr("{0} is declared void: take it away, then print anew.")
            self.preview.mark_out_of_date(words.format(self._number), self.tr("VOID"))
            return
        if self._content_of(key) == said:
            return
        if self._number:
            note = self.tr("{0} is out of date: take it away, then print anew.").format(
                self._number
            )
        else:
            note = self.tr(
                "Out of date: something on it has changed. Choose Print… beside it again."
            )
        self.preview.mark_out_of_date(note)

    def _say_take_away(self, view: DosesView) -> None:
        from bedside.ward.due_papers import to_take_away  # the same rule as on Where are we

        papers = to_take_away(view.printed)
        said = ", ".join(
            self.tr("{0} copy {1} ({2})").format(paper.sheet_number, paper.copy, paper.title)
            for paper in papers
        )
        self.take_away.setText(self.tr("Take away: {0}").format(said) if said else "")
        self.take_away.setVisible(bool(said))

    def _left(self) -> QWidget:
        left = QWidget()
        as_wide(left, _LIST_WIDE, self._look)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label(self.tr("Papers"), self._look, "body", "strong"))
        column.addWidget(rule(self._look, "edge"))
        column.addWidget(self._choices, 3)
        head = QHBoxLayout()
        head.addWidget(label(self.tr("Printed earlier"), self._look, "body", "strong"), 1)
        head.addWidget(self.verify_button)
        column.addLayout(head)
        column.addWidget(rule(self._look, "edge"))
        column.addWidget(self.take_away)
        column.addWidget(self.none_printed)
        column.addWidget(self.table, 3)
        column.addWidget(self.void_button, 0, Qt.AlignmentFlag.AlignLeft)
        return left

    def _void(self) -> None:
        paper = self.model.paper_at(self.table.currentIndex().row())
        if paper is not None and not paper.void:
            self.void_asked.emit(paper)

    def _judge_void(self) -> None:
        """A paper that is in focus, and is not void yet, can be declared void."""
        paper = self.model.paper_at(self.table.currentIndex().row())
        self.void_button.setEnabled(paper is not None and not paper.void)
