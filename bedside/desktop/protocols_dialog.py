"""The written protocols to read: courses at the left, facts with evidence and sources at the right.

Nothing is entered here. "Print the review book" shows the same words as a paper for two people.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QStringListModel, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QListView,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from bedside.desktop.captions import name_field
from bedside.desktop.labels import dress, label
from bedside.desktop.long_work_dialog import long_work
from bedside.desktop.look import Look
from bedside.desktop.paper_pages import print_pages
from bedside.desktop.paper_preview import PaperPreview
from bedside.desktop.protocol_facts import FactsTable
from bedside.desktop.protocol_parts import ProtocolPart, parts_of
from bedside.desktop.save import RefusalNote, saving
from bedside.desktop.session import Session
from bedside.desktop.staying_dialog import StayingDialog
from bedside.papers.protocol_book import ProtocolBook
from bedside.units.refusal import Refused
from bedside.ward.commission_blind import own_open_pass
from bedside.ward.protocol_books import draw_review_book, protocol_book, protocol_choices
from bedside.ward.ward import Ward

_SIZE = (1300, 690)
_LEFT_WIDE = 330
_ROW_HIGH = 24


class ProtocolsDialog(StayingDialog):
    """Shows each protocol as its file says it.

    Args:
        ward: the open ward.
        look: colours and fonts.
        session: who sits here; a failure to print is told through it.
        parent: the window.
    """

    like_a_page = True

    def __init__(
        self, ward: Ward, look: Look, session: Session, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.ward, self.look, self.session = ward, look, session
        self.setWindowTitle(self.tr("Protocols"))
        self.setAccessibleName(self.tr("Protocols"))
        self.resize(*look.fitting(*_SIZE))
        self._choices = protocol_choices(ward)
        self._book: ProtocolBook | None = None
        self._pdf = b""
        self.parts: tuple[ProtocolPart, ...] = ()
        self.refusals = RefusalNote(look)
        self.protocols = _list(self.tr("Protocols"), look)
        self.courses = _list(self.tr("Parts of the protocol"), look)
        self.title = label("", look, "page_title", "title")
        self.edition = label("", look, "small", colour="quiet")
        self.closed = label("", look, "body", "strong", "hold", wrap=True)
        self.note = label("", look, "small", colour="quiet", wrap=True)
        self.table = FactsTable(self.tr("Facts of this part"), look)
        self.preview = PaperPreview(look)
        self.stack = QStackedWidget()
        self.book_button = QPushButton(self.tr("&Print the review book…"))
        self.back_button = QPushButton(self.tr("&Go back"))
        self._lay_out()
        self._connect()
        self._fill(self.protocols, [_choice_words(one.title, one.closed) for one in self._choices])

    # ---- what is shown ------------------------------------------------------------------------
    def show_protocol(self, row: int) -> None:
        """Show another protocol from its first part on; none of it during one's own blind pass."""
        key = self._choices[row].key
        group = own_open_pass(self.ward, key, who=self.session.who)
        self.book_button.setEnabled(not group)
        self.table.setVisible(not group)
        if group:
            self._keep_blind(self._choices[row].title, group)
            return
        book = protocol_book(self.ward, key)
        self._book = book
        self.parts = parts_of(book)
        self.edition.setText(
            self.tr("Edition: {0}. File: sha256 {1}").format(book.edition, book.digest[:16])
        )
        self.closed.setText(self.tr("CLOSED: {0}").format(book.closed_to_entry))
        self.closed.setVisible(bool(book.closed_to_entry))
        self._fill(self.courses, [part.title for part in self.parts])

    def _keep_blind(self, title: str, group: str) -> None:
        """Show nothing of a protocol, and say why and how to come back."""
        self._book, self.parts = None, ()
        self._fill(self.courses, ())
        self._show_facts()
        self.table.hide()
        words = self.tr("{0}: closed while you commission “{1}”")
        self.title.setText(words.format(title, group))
        self.edition.setText("")
        words = self.tr(
            "Your own blind pass of “{0}” is begun and not complete, so the public values of its "
            "protocol and of related ones stay hidden from {1}. Complete the pass under Commissioning (F7), or give it up "
            "there with a reason, then come back; another person may look at any time."
        )
        self.closed.setText(words.format(group, self.session.who))
        self.closed.show()
        self.note.hide()

    def show_part(self, row: int) -> None:
        """Show another part of the protocol."""
        if self._book is None or not 0 <= row < len(self.parts):
            return
        part = self.parts[row]
        self.title.setText(f"{self._book.title}: {part.title}")
        self.note.setText(part.note)
        self.note.setVisible(bool(part.note))
        self.table.show_facts(part.facts)
        self._show_facts()

    def show_book(self) -> None:
        """Show the review book page by page, or the facts again."""
        if self.stack.currentWidget() is self.preview:
            self._show_facts()
            return
        outcome = saving(self, self._draw, button=self.book_button)
        if outcome.value is None or self._book is None:
            return
        self._pdf = outcome.value
        title = self.tr("Review book, {0}").format(self._book.title)
        self.preview.show_paper(
            self._pdf, title, self.tr("DOCUMENT for controlled review: two people, row by row.")
        )
        self.stack.setCurrentWidget(self.preview)
        self.book_button.setText(self.tr("Show the &facts again"))
        self.preview.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def save_book(self) -> None:
        """Keep the review book as a PDF file where the person says."""
        stamp = self.ward.now().strftime("%Y%m%d-%H%M")
        key = "" if self._book is None else self._book.key
        name = str(Path.home() / f"review-book-{key}-{stamp}.pdf")
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save as PDF"), name, self.tr("PDF (*.pdf)")
        )
        if chosen:
            target = Path(chosen)
            saving(self, lambda: _write(target, self._pdf), button=self.preview.save_button)

    def print_book(self) -> None:
        """Send the review book to a printer."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        accepted = dialog.exec() == QPrintDialog.DialogCode.Accepted
        dialog.deleteLater()
        if accepted and not print_pages(self._pdf, printer, self):
            self.refusals.show_reasons((self.tr("The printer did not take it: print it again."),))

    # ---- building -----------------------------------------------------------------------------
    def _draw(self) -> bytes:
        if self._book is None:
            raise Refused(self.tr("Choose a protocol first."))
        key = self._book.key
        words = self.tr("The record is verified, then the review book is drawn.")
        return long_work(words, lambda go_on: draw_review_book(self.ward, key, go_on), self)

    def _show_facts(self) -> None:
        self.stack.setCurrentWidget(self.table)
        self.book_button.setText(self.tr("&Print the review book…"))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 14)
        column.setSpacing(10)
        row = QHBoxLayout()
        row.setSpacing(18)
        row.addWidget(self._left())
        row.addLayout(self._right(), 1)
        column.addLayout(row, 1)
        column.addWidget(self.refusals)
        foot = QHBoxLayout()
        foot.addWidget(self.back_button)
        foot.addStretch(1)
        foot.addWidget(self.book_button)
        column.addLayout(foot)
        self.back_button.setDefault(True)
        self.book_button.setAutoDefault(False)
        for button in (self.back_button, self.book_button):
            button.setMinimumHeight(self.look.measure("field"))
            button.setFont(self.look.font("body", "strong"))

    def _left(self) -> QWidget:
        left = QWidget()
        left.setFixedWidth(self.look.px(_LEFT_WIDE))
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        for words, view in (
            (self.tr("P&rotocol"), self.protocols),
            (self.tr("P&art"), self.courses),
        ):
            head = label(words, self.look, "body", "strong")
            name_field(head, view)
            column.addWidget(head)
            column.addWidget(view, 1 if view is self.courses else 0)
        self.protocols.setFixedHeight(self.look.px(len(self._choices) * _ROW_HIGH + 8))
        return left

    def _right(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(4)
        for line in (self.title, self.edition, self.closed, self.note):
            column.addWidget(line)
        dress(self.closed, self.look, "body", "strong", "hold")
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.preview)
        column.addWidget(self.stack, 1)
        column.addStretch(0)
        return column

    def _connect(self) -> None:
        self.protocols.selectionModel().currentChanged.connect(self._protocol_chosen)
        self.courses.selectionModel().currentChanged.connect(self._part_chosen)
        self.back_button.clicked.connect(self.reject)
        self.book_button.clicked.connect(self.show_book)
        self.preview.save_asked.connect(self.save_book)
        self.preview.print_asked.connect(self.print_book)

    def _protocol_chosen(self, now: QModelIndex) -> None:
        if now.isValid():
            self.show_protocol(now.row())

    def _part_chosen(self, now: QModelIndex) -> None:
        if now.isValid():
            self.show_part(now.row())

    def _fill(self, view: QListView, words: Sequence[str]) -> None:
        model = view.model()
        if isinstance(model, QStringListModel):
            model.setStringList(list(words))
        first = view.model().index(0, 0)
        view.selectionModel().setCurrentIndex(
            first, QItemSelectionModel.SelectionFlag.ClearAndSelect
        )


def _choice_words(title: str, closed: bool) -> str:
    return f"{title}, closed to entry" if closed else title


def _list(name: str, look: Look) -> QListView:
    view = QListView()
    view.setModel(QStringListModel(view))
    view.setAccessibleName(name)
    view.setFont(look.font("body"))
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setTabKeyNavigation(False)
    view.setUniformItemSizes(True)
    ink, surface = look.colour("ink").name(), look.colour("surface").name()
    accent, tint = look.colour("accent").name(), look.colour("accent_tint").name()
    view.setStyleSheet(
        f"QListView {{ background: {surface}; color: {ink}; border: 1px solid"
        f" {look.colour('edge').name()}; }}"
        f"QListView:focus {{ border: 2px solid {accent}; }}"
        f"QListView::item:selected {{ background: {tint}; color: {accent}; }}"
    )
    view.setSpacing(3)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return view


def _write(target: Path, pdf: bytes) -> None:
    named = target if target.suffix == ".pdf" else target.with_name(f"{target.name}.pdf")
    try:
        named.write_bytes(pdf)
    except OSError as fault:
        raise Refused(
            f"{named} could not be written: {fault.strerror}. Nothing was kept; choose another folder."
        ) from fault
