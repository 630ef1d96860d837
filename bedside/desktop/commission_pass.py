"""A person's own pass, blind: nothing of the other pass, no public and no related value is here."""

from PySide6.QtCore import QCoreApplication, QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bedside.desktop.buttons import FIELD_HIGH, make_tall
from bedside.desktop.commission_row import CommissionRow, Read
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.save import RefusalNote, saving
from bedside.desktop.session import Session
from bedside.desktop.tall_area import TallArea
from bedside.units.refusal import Refused
from bedside.ward.commissioning import enter, finish_pass, pass_view, read_entry
from bedside.ward.views.commissioning import PassView
from bedside.ward.ward import Ward

_STRIP_WIDE, _STRIP_HIGH = 168, 8


class ProgressStrip(QWidget):
    """How many rows are typed, drawn; the words stand beside it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._share = (0, 1)
        self.setFixedSize(look.px(_STRIP_WIDE), look.px(_STRIP_HIGH))

    def show_share(self, done: int, of: int) -> None:
        """Show so many of so many."""
        self._share = (done, max(of, 1))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a frame and what is done of it."""
        with QPainter(self) as painter:
            painter.setPen(QPen(self._look.colour("edge"), 1))
            painter.drawRect(QRectF(0.5, 0.5, self.width() - 1, self.height() - 1))
            done = (self.width() - 2) * self._share[0] / self._share[1]
            painter.fillRect(QRectF(1, 1, done, self.height() - 2), self._look.colour("ink"))


class PassPanel(QWidget):
    """Types one group of numbers.

    Signals:
        paused: back to the overview; every readable row is recorded.
        completed: the pass is complete; whether both are.
        drafts_changed: text that is not recorded appeared or went.
    """

    paused = Signal()
    completed = Signal(bool)
    drafts_changed = Signal()

    def __init__(self, ward: Ward, look: Look, session: Session) -> None:
        super().__init__()
        self.ward, self.look, self.session = ward, look, session
        self.view: PassView | None = None
        self.rows: list[CommissionRow] = []
        self.in_hand: CommissionRow | None = None
        self._drafts: dict[tuple[str, str, str], dict[str, str]] = {}
        self._titles: dict[str, str] = {}  # of the groups opened here, by their keys
        self._words: dict[str, str] = {}  # of their rows, by their numbers
        self.setAccessibleName(self.tr("Commissioning"))
        self.title = label("", look, "page_title", "title")
        self.person = label("", look, colour="quiet")
        self.strip = ProgressStrip(look)
        self.count = label("", look, "body", "strong")
        self.about = label("", look, wrap=True)
        self.refusals = RefusalNote(look)
        self.pause_button = QPushButton(self.tr("&Pause, keep my rows"))
        self.none_button = QPushButton(self.tr("&Not stated in my copy"))
        self.complete_button = QPushButton(self.tr("&Complete my pass"))
        self._arrange()
        self.pause_button.clicked.connect(self.pause)
        self.none_button.clicked.connect(self._not_stated)
        self.complete_button.clicked.connect(self._complete)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        self.title.setWordWrap(True)  # a long group's title goes on in the next line
        head.addWidget(self.title, 1)
        head.addWidget(self.person)
        head.addWidget(self.strip)
        head.addWidget(self.count)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        self.complete_button.setProperty("role", "act")
        for button in (self.pause_button, self.none_button, self.complete_button):
            make_tall(button, self.look, FIELD_HIGH)
            foot.addWidget(button)
        foot.addStretch(1)
        self._place = QVBoxLayout()
        self._place.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.about)
        column.addLayout(self._place, 1)
        column.addWidget(self.refusals)
        column.addLayout(foot)

    # ---- opening and leaving ----------------------------------------------------------------
    def open(self, scope: str, group_key: str) -> None:
        """Show this person's own pass of a group; drafts typed earlier are there again."""
        view = pass_view(self.ward, scope, group_key, who=self.session.who)
        self.view = view
        self._titles[view.group_key] = view.group_title
        self._words |= {row.number_id: row.words for row in view.rows}
        number = self.tr("First pass, blind") if view.turn == 1 else self.tr("Second pass, blind")
        self.title.setText(f"{view.group_title}: {number}")
        self.person.setText(self.tr("you: {0}").format(view.person))
        words = self.tr(
            "Type what your controlled copy says. {0} Its entries and all public and related "
            "values stay hidden until both passes are complete. Pages and papers of infants in "
            "treatment stay open to you, for care goes on: copy nothing from them."
        )
        self.about.setText(words.format(view.other))
        self.refusals.show_reasons(())
        self._build(view)
        for row in self.rows:
            draft = self._drafts.get(self._key(), {}).get(row.row.number_id)
            if draft is not None:
                row.put(draft)
        self._show_count()
        self.take_focus()

    def take_focus(self) -> None:
        """Give the keyboard to the first row that is empty."""
        for row in self.rows:
            if not row.recorded:
                row.field.setFocus()
                return
        self.complete_button.setFocus()

    def pause(self) -> None:
        """Go back to the overview; readable rows are recorded, the others kept as drafts."""
        if not self._keep_readable():
            return
        self.close_pass()
        self.paused.emit()

    def close_pass(self) -> None:
        """Take every row off the screen; what could not be read is kept as a draft."""
        if self.view is None:
            return
        drafts = {row.row.number_id: row.text() for row in self.rows if row.is_draft()}
        self._drafts[self._key()] = {key: text for key, text in drafts.items() if text.strip()}
        self.view = None
        self._clear()
        self.drafts_changed.emit()

    def drafts(self) -> list[str]:
        """The titles of the groups with typed text that is not recorded, those paused included."""
        kept = [group for (_, _, group), texts in self._drafts.items() if texts]
        if self.view is not None and any(row.is_draft() for row in self.rows):
            kept.append(self.view.group_key)
        return [self._titles[group] for group in dict.fromkeys(kept)]

    def unrecorded(self) -> list[tuple[str, str, str, str, str]]:
        """This person's typed rows that are not recorded: scope, group, number, its words, the text."""
        mine = self.session.who.strip()
        texts = {key: dict(drafts) for key, drafts in self._drafts.items() if key[0] == mine}
        if self.view is not None:
            texts[self._key()] = {
                row.row.number_id: row.text()
                for row in self.rows
                if row.is_draft() and row.text().strip()
            }
        return [
            (
                scope,
                group,
                number,
                f"{self._titles[group]}, {self._words.get(number, number)}",
                text,
            )
            for (_, scope, group), drafts in texts.items()
            for number, text in drafts.items()
        ]

    def put_back(self, scope: str, group: str, number: str, text: str) -> bool:
        """Put an unrecorded row of this person back, as it was typed; whether there is one."""
        view = self.view
        if view is None:
            return False
        if (scope, group) == (view.scope, view.group_key):
            row = next((each for each in self.rows if each.row.number_id == number), None)
            if row is not None:
                row.put(text)
            return row is not None
        try:
            other = pass_view(self.ward, scope, group, who=self.session.who)
        except Refused:
            return False
        if number not in {row.number_id for row in other.rows}:
            return False
        self._titles[group] = other.group_title
        self._words |= {row.number_id: row.words for row in other.rows}
        self._drafts.setdefault((view.person, scope, group), {})[number] = text
        return True

    def take_drafts(self, other: "PassPanel") -> None:
        """Take every unrecorded row of a panel that goes away, each person's own; no pass is open."""
        self._drafts = {key: dict(texts) for key, texts in other._drafts.items()}
        self._titles, self._words = dict(other._titles), dict(other._words)
        self.drafts_changed.emit()

    def _key(self) -> tuple[str, str, str]:
        view = self.view
        return ("", "", "") if view is None else (view.person, view.scope, view.group_key)

    # ---- rows -------------------------------------------------------------------------------
    def _clear(self) -> None:
        self.rows, self.in_hand = [], None
        while (item := self._place.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _build(self, view: PassView) -> None:
        self._clear()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        section = ""
        for at, asked in enumerate(view.rows, start=1):
            if asked.section != section:
                section = asked.section
                head = label(section, self.look, "body_strong_banner", "bold")
                head.setContentsMargins(8, 10, 8, 3)
                column.addWidget(head)
            row = CommissionRow(at, asked, self.look, self._reader(view.scope, asked.number_id))
            row.ready.connect(self._record)
            row.entered.connect(self._entered)
            row.edited.connect(self.drafts_changed)
            self.rows.append(row)
            column.addWidget(row)
        column.addStretch(1)
        self._place.addWidget(TallArea(inside, self.tr("Rows of {0}").format(view.group_title)))

    def _reader(self, scope: str, number_id: str) -> Read:
        return lambda text: read_entry(self.ward, scope, number_id, text)

    def _entered(self) -> None:
        row = self.sender()
        if isinstance(row, CommissionRow):
            self._entered_row(row)

    def _entered_row(self, row: CommissionRow) -> None:
        if self.in_hand is not None:
            self.in_hand.show_focus(on=False)
        self.in_hand = row
        row.show_focus(on=True)

    def _record(self) -> None:
        row = self.sender()
        if isinstance(row, CommissionRow):
            self._keep(row)

    def _keep(self, row: CommissionRow) -> bool:
        view, text = self.view, row.text()
        if view is None:
            return False
        number_id = row.row.number_id
        kept = saving(
            self, lambda: enter(self.ward, view.scope, number_id, text, who=self.session.who)
        )
        if kept:
            row.recorded = text
            self._show_count()
            self.drafts_changed.emit()
        return bool(kept)

    def _keep_readable(self) -> bool:
        """Record what can be read: the row typed last still has the keyboard, no Tab has left it."""
        return all(self._keep(row) for row in self.rows if row.is_draft() and row.reading())

    def _not_stated(self) -> None:
        if self.in_hand is not None:
            self.in_hand.say_not_stated()
            self.in_hand.field.setFocus()

    def _show_count(self) -> None:
        done = sum(1 for row in self.rows if row.recorded)
        self.strip.show_share(done, len(self.rows))
        words = QCoreApplication.translate("PassPanel", "{0} of {1} rows")
        self.count.setText(words.format(done, len(self.rows)))

    def _complete(self) -> None:
        view = self.view
        if view is None:
            return
        if not self._keep_readable():
            return
        unread = [row for row in self.rows if row.is_draft()]
        if unread:
            words = self.tr("Row {0} is typed and not recorded: mend it or empty it first.")
            self.refusals.show_reasons((words.format(self.rows.index(unread[0]) + 1),))
            unread[0].field.setFocus()
            return
        both = saving(
            self,
            lambda: finish_pass(self.ward, view.scope, view.group_key, who=self.session.who),
            button=self.complete_button,
        )
        if both:
            self.close_pass()
            self.completed.emit(bool(both.value))
