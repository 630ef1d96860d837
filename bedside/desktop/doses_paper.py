"""The papers of the page Doses and papers: shown, kept as a file, printed, each on record."""

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QFileDialog

from bedside.desktop.beside import InSight
from bedside.desktop.look import Look
from bedside.desktop.page import Page
from bedside.desktop.paper_out import as_pdf
from bedside.desktop.paper_pages import print_pages
from bedside.desktop.papers_panel import PapersPanel
from bedside.desktop.reason_dialog import ask_reason
from bedside.desktop.save import RefusalNote, saving
from bedside.desktop.segments import Segments
from bedside.desktop.session import Session
from bedside.units.refusal import Refused
from bedside.ward.identity import check_retyped
from bedside.ward.paper_keys import LABEL, ROADMAP, TITLES
from bedside.ward.paper_keys import ORDERS as GIVEN_FROM
from bedside.ward.printing import (
    NOT_ON_RECORD,
    NextPaper,
    draw_again,
    make_paper,
    next_paper,
    paper_content,
)
from bedside.ward.views.pages import DosesView, PrintedPaper
from bedside.ward.void_papers import void_paper
from bedside.ward.ward import Ward

AZACITIDINE, ORDERS, OTHERS, PAPERS = range(4)
CHART = "maintenance-chart"
UNTAKEN = "no printer took it whole"
BREATH_MS = 60  # between two pieces that are loaded ahead


class PaperPage(Page):
    """A page of one infant that makes papers."""

    stack: InSight
    views: Segments

    def __init__(self, ward: Ward, look: Look, session: Session) -> None:
        super().__init__(ward, look, session)
        self._view: DosesView | None = None
        self._paper = ""
        self._target = Path()
        self._why = ""  # the paper is printed again
        self._untaken: PrintedPaper | None = None  # on record, and nobody has it whole
        self.refusals = RefusalNote(look)
        self.papers = PapersPanel(look, self._content)
        self.papers.preview.untaken_asked.connect(self.void_untaken)
        self._unread = ""  # what was said of digits that are not on the band
        self.papers.preview.band_digits.textEdited.connect(self._digits_typed)

    def hideEvent(self, event: QHideEvent) -> None:
        """The digits off a band confirm one paper now, and none that is printed later."""
        super().hideEvent(event)
        self.papers.preview.band_digits.clear()

    def showEvent(self, event: QShowEvent) -> None:
        """Load ahead what the first paper needs: whoever asks for it waits no longer than later."""
        super().showEvent(event)
        QTimer.singleShot(BREATH_MS, self, self._load_ahead)

    def _load_ahead(self) -> None:
        """One piece at a time, so that the window is never busy for longer than a blink."""
        if self.isVisible() and self.ward.drawing.load_next():
            QTimer.singleShot(BREATH_MS, self, self._load_ahead)

    def show_part(self, part: int) -> None:
        """Show one part of the page."""
        raise TypeError("the page says how it shows a part")

    def recorded_now(self) -> None:
        """Read everything again after something was recorded."""
        raise TypeError("the page says how it reads again")

    def fitting_paper(self) -> tuple[str, str]:
        """The paper that fits first: its key, and what kind of paper it is.

        A sheet or label to give from, in Maintenance the chart, else the roadmap of the course that runs;
        one of another course could be taken for it. Both are "" where none can be made now: the list of
        papers says why of each.
        """
        if self._view is None:
            return "", ""
        ready = [choice for choice in self._view.papers if not choice.refused]
        sheets = [choice for choice in ready if choice.key.partition(":")[0] in GIVEN_FROM]
        charts = [choice for choice in ready if choice.key == CHART and self._view.maintenance]
        running = self._view.running_key
        others = [
            choice
            for choice in ready
            if choice.key.partition(":")[0] != ROADMAP or choice.key.partition(":")[2] == running
        ]
        roads = [choice for choice in others if choice.key.partition(":")[0] == ROADMAP]
        first = next(iter((*sheets, *charts, *roads, *others)), None)
        return ("", "") if first is None else (first.key, TITLES[first.key.partition(":")[0]])

    def preview_paper(self, key: str) -> None:
        """Show a paper as it would be printed now; nothing is recorded yet."""
        if self.infant_id is None:
            return
        who = self.session.who or self.tr("preview only")
        try:
            pdf = draw_again(self.ward, self.infant_id, key, who=who)
        except Refused as refused:
            self.refusals.show_reasons(refused.reasons)
            return
        self.refusals.show_reasons(())
        self._paper = key
        titles = {choice.key: choice.title for choice in self._view.papers} if self._view else {}
        if self.ward.read_only:
            note = self.tr(
                "Preview: not printed. What is printed here is marked, and on no record."
            )
        else:
            note = self.tr("Preview: not printed, not on record. Saving or printing records it.")
        self.show_part(PAPERS)
        self.papers.show_paper(key, pdf, titles.get(key, key), note)

    @property
    def in_sight(self) -> tuple[int, str]:
        """The part in sight, and the paper in its preview, "" for none; for `show_again`."""
        return self.stack.currentIndex(), self._paper

    def show_again(self, part: int, paper: str) -> None:
        """Show what was in sight before everything was made anew, for another size of text."""
        if part != self.stack.currentIndex() and not self.views.buttons[part].isHidden():
            self.show_part(part)
        if paper and part == PAPERS:
            self.preview_paper(paper)

    def verify_paper(self) -> None:
        """Ask of a paper in hand whether it still holds."""
        key = self.window().findChild(QShortcut, "verify paper")  # its key does the same
        if key is not None:
            key.activated.emit()

    def void_paper(self, paper: PrintedPaper) -> None:
        """Declare a printed paper void, with the reason; it stays on record and is known when scanned."""
        question = self.tr(
            "Declare {0}, copy {1} void? Take the paper away first: paper cannot be called back. "
            "Scanned, it says OUT OF DATE with your reason."
        ).format(paper.sheet_number, paper.copy)
        reason = ask_reason(self, self.look, question, self.tr("&Declare void"))
        if not reason:
            return

        def act() -> None:
            void_paper(self.ward, paper.print_id, reason, who=self.session.who)

        if saving(self, act, button=self.papers.void_button).saved:
            if self._untaken is not None and self._untaken.print_id == paper.print_id:
                self._nothing_untaken()
            self.recorded_now()

    def save_paper(self) -> None:
        """Keep the paper as a PDF file where the person says; it goes on record."""
        if not self._band_read():
            return
        paper = self._why_again()
        if paper is None:
            return
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save as PDF"), str(Path.home() / paper.file_name), self.tr("PDF (*.pdf)")
        )
        if not chosen:
            self.papers.preview.band_digits.clear()
            return
        self._target = Path(chosen)
        outcome = saving(self, self._make_file, button=self.papers.preview.save_button)
        if outcome.value is not None:
            self._paper_made(outcome.value, self._target.read_bytes(), str(self._target))

    def print_paper(self) -> None:
        """Send the paper to a printer; it goes on record, and no copy of it stays on the disk."""
        if not self._band_read() or self._why_again() is None:
            return
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        from bedside.desktop.print_queue import why_stopped

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        accepted = dialog.exec() == QPrintDialog.DialogCode.Accepted
        dialog.deleteLater()
        if not accepted:
            self.papers.preview.band_digits.clear()
            return
        stopped = why_stopped(printer)
        if stopped:
            self.refusals.show_reasons((stopped,))
            return
        outcome = saving(self, self._make_spool, button=self.papers.preview.print_button)
        if outcome.value is not None:
            paper, pdf = outcome.value
            taken = print_pages(pdf, printer, self)
            self._paper_made(paper, pdf, printer.outputFileName() if taken else "")
            if not taken:
                self._say_untaken(paper)
            elif printer.printerName() and not printer.outputFileName():
                self._watch(printer.printerName(), printer.docName(), paper)

    def _watch(self, queue: str, job: str, paper: PrintedPaper) -> None:
        """Say it when what the queue took does not come out, while this infant's page is in sight."""
        from bedside.desktop.queue_watch import QueueWatch

        infant = self._infant()
        words = self.tr(
            "{0}, copy {1} has not come out: it waits in the queue of the printer {2}, and comes out "
            "when that one works again. Look at the printer; print nothing twice."
        ).format(paper.sheet_number, paper.copy, queue)
        watch = QueueWatch(queue, job, self)

        def say(reasons: tuple[str, ...]) -> None:
            if self.infant_id == infant and (
                reasons or self.refusals.accessibleDescription() == words
            ):
                self.refusals.show_reasons(reasons)

        def lost() -> None:
            if self.infant_id == infant:
                self._say_untaken(paper)

        watch.waits.connect(lambda: say((words,)))
        watch.came_out.connect(lambda: say(()))
        watch.lost.connect(lost)

    def _say_untaken(self, paper: PrintedPaper) -> None:
        """Nobody has this copy whole, and its code answers VALID: say so, and offer to end that at once."""
        words = self.tr(
            "The printer did not take {0}, copy {1}: take away any page that came out. On record it is "
            "printed and valid. Declare it void here, or print it again: the next copy replaces it."
        )
        self.refusals.show_reasons((words.format(paper.sheet_number, paper.copy),))
        self._untaken = paper
        if paper.print_id != NOT_ON_RECORD:
            said = self.tr("Declare copy {0} void: not printed whole").format(paper.copy)
            self.papers.preview.offer_void(said)

    def void_untaken(self) -> None:
        """Declare void the copy that no printer took; its reason is known."""
        paper = self._untaken
        if paper is None:
            return

        def act() -> None:
            void_paper(self.ward, paper.print_id, UNTAKEN, who=self.session.who)

        if saving(self, act, button=self.papers.preview.untaken_button).saved:
            self._nothing_untaken()
            self.recorded_now()

    def _nothing_untaken(self) -> None:
        """The copy that no printer took is void, here or by the list: nothing more is offered."""
        self._untaken = None
        self.papers.preview.untaken_button.hide()
        self.refusals.show_reasons(())

    def _band_read(self) -> bool:
        """Whether the digits read off the band are this infant's; says why not."""
        field = self.papers.preview.band_digits
        try:
            check_retyped(self.ward, self._infant(), field.text())
        except Refused as refused:
            self.refusals.show_reasons(refused.reasons)
            self._unread = self.refusals.accessibleDescription()
            field.setFocus()
            return False
        self.refusals.show_reasons(())
        return True

    def _digits_typed(self) -> None:
        """What was said of the digits before these holds no more; what else is said stays."""
        if self._unread and self.refusals.accessibleDescription() == self._unread:
            self.refusals.show_reasons(())

    def _why_again(self) -> NextPaper | None:
        """Ask why, where it would be a further copy (hazard H31); None where the person goes back."""
        who = self.session.who or self.tr("preview only")
        try:
            paper = next_paper(self.ward, self._infant(), self._paper, who=who)
        except Refused as refused:
            self.refusals.show_reasons(refused.reasons)
            return None
        self._why = ""
        if paper.copy == 1:
            return paper
        from bedside.desktop.reprint_dialog import ask_why_again

        says = not self._paper.startswith(f"{LABEL}:")
        of = (paper.sheet_number, paper.copy)
        self._why = ask_why_again(self, self.look, *of, on_paper=says)
        if not self._why:
            self.papers.preview.band_digits.clear()
        return paper if self._why else None

    def _make_file(self) -> PrintedPaper:
        self._target = as_pdf(self._target)
        return make_paper(
            self.ward,
            self._infant(),
            self._paper,
            self._target.parent,
            who=self.session.who,
            name=self._target.name,
            replace=True,  # the file dialog has asked
            why=self._why,
        )

    def _make_spool(self) -> tuple[PrintedPaper, bytes]:
        infant, who = self._infant(), self.session.who
        paper = make_paper(self.ward, infant, self._paper, None, who=who, why=self._why)
        return paper, paper.pdf

    def _paper_made(self, paper: PrintedPaper, pdf: bytes, file: str = "") -> None:
        note = self.tr("{0}: {1}, copy {2}, code {3}.").format(
            paper.standing, paper.sheet_number, paper.copy, paper.code
        )
        if file:
            places = file.replace("/", "/\u200b")  # a long path goes on in the next line
            kept = self.tr("A file, no paper: {0}").format(places)
            note = f"{note} {kept}"
        self.recorded_now()
        self.papers.show_paper(self._paper, pdf, paper.title, note, paper.sheet_number)

    def _content(self, key: str) -> str:
        """What a paper of this infant would say now."""
        return paper_content(self.ward, self._infant(), key)

    def _infant(self) -> int:
        if self.infant_id is None:
            raise ValueError("no infant is shown")
        return self.infant_id
