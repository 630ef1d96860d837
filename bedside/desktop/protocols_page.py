"""The page Protocols: protocols and their parts at the left, facts with evidence and source at the right.

Nothing is entered here. Two protocols stand beside each other course by course, the review book shows the
same words as a paper for two people, and from any course a button leads to its commissioning.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from bedside.desktop.commission_band import CommissionBand
from bedside.desktop.look import Look
from bedside.desktop.protocol_parts import ProtocolPart, parts_of
from bedside.desktop.protocols_layout import ProtocolsParts, legend_of, part_line, side_line
from bedside.desktop.protocols_list import ProtocolLine
from bedside.desktop.session import Session
from bedside.papers.protocol_book import ProtocolBook
from bedside.units.refusal import Refused
from bedside.ward.commission_blind import (
    anybodys_open_pass,
    may_see_public,
    own_open_pass,
)
from bedside.ward.commission_state import scope_state
from bedside.ward.protocol_books import protocol_book, protocol_choices
from bedside.ward.protocol_sides import side_by_side
from bedside.ward.views.commissioning import ScopeState
from bedside.ward.views.protocols import SideBySide
from bedside.ward.ward import Ward

FACTS, SIDES, BOOK = range(3)  # the views, as their buttons stand


class ProtocolsBand(CommissionBand):
    """Names the protocol and the part in sight; no infant is in it."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.setAccessibleName(self.tr("Which protocol"))


class ProtocolsPage(ProtocolsParts):
    """Shows each protocol as its file says it; none of it during one's own blind pass.

    Args:
        ward: the open ward.
        look: colours and fonts.
        session: who sits here.

    Signals:
        titled: what is in sight, for the band.
        commission_asked: a protocol, and the group of its numbers ("" for its first).
    """

    titled = Signal(str, str)
    commission_asked = Signal(str, str)

    def __init__(self, ward: Ward, look: Look, session: Session) -> None:
        super().__init__(ward, look, session)
        self.shown_parts: tuple[ProtocolPart, ...] = ()
        self.sides: SideBySide | None = None
        self._book: ProtocolBook | None = None
        self._states: dict[str, ScopeState] = {}
        self._of = ""  # whose facts are in sight, and in which edition
        self._part = ("", "")  # the part in sight: the key of its course, and its title
        self._filling = False
        self.protocols.selectionModel().currentRowChanged.connect(self._protocol_chosen)
        self.parts.selectionModel().currentRowChanged.connect(self._part_chosen)
        self.views.chosen.connect(self._view_chosen)
        self.other_chosen.connect(self._beside_chosen)
        self.commission_button.clicked.connect(self._commission)
        self.session.who_changed.connect(self._other_person)
        self.band = ProtocolsBand(look)
        self.titled.connect(self.band.show_title)

    # ---- what the window asks -----------------------------------------------------------------
    def refresh(self) -> None:
        """Read anew how far everything is, and whether she may look; the part in sight stays."""
        choices = protocol_choices(self.ward)
        self._states = {one.key: scope_state(self.ward, one.key) for one in choices}
        self.protocols.lines.show_lines([self._line(one.key) for one in choices])
        if self.protocols.currentIndex().row() < 0:
            self.protocols.selectRow(0)
        else:
            self.show_protocol()

    def take_focus(self) -> None:
        """The list of parts takes the keyboard; the protocols where none may be seen."""
        there = self.parts if self.parts.model().rowCount() else self.protocols
        there.setFocus(Qt.FocusReason.OtherFocusReason)

    def step_back(self) -> bool:
        """Go from the comparison or the book back to the facts; False where they are in sight."""
        if self.view == FACTS:
            return False
        self.show_view(FACTS)
        self.take_focus()
        return True

    @property
    def view(self) -> int:
        """Which view is in sight."""
        return max(self.views.value(), FACTS)

    @property
    def key(self) -> str:
        """The protocol in sight."""
        return self.protocols.lines.lines[max(self.protocols.currentIndex().row(), 0)].key

    # ---- what is shown ------------------------------------------------------------------------
    def show_protocol(self) -> None:
        """Show the chosen protocol; none of it during one's own blind pass."""
        self._show_state()
        if not may_see_public(self.ward, self.key, who=self.session.who):
            self._keep_blind()
            return
        self.offer_views(offered=True)
        book = protocol_book(self.ward, self.key)
        same = self._of == book.key + book.digest
        if not same:
            self._of, self._part = book.key + book.digest, ("", "")
        self._book, self.shown_parts = book, parts_of(book)
        words = self.tr("Edition: {0}. File: sha256 {1}")
        self.edition.setText(words.format(book.edition, book.digest[:16]))
        self.closed.setText(self.tr("CLOSED: {0}").format(book.closed_to_entry))
        self.closed.setVisible(bool(book.closed_to_entry))
        if self.view != BOOK:
            self.show_view(self.view)
        elif not same:
            self.show_view(FACTS)  # the same book stays open as it is

    def _keep_blind(self) -> None:
        """Show nothing of a protocol, and say why and how to come back."""
        self._book, self.sides, self.shown_parts, self._of = None, None, (), ""
        self._part = ("", "")
        self.forget()
        group, title, words = self._why_closed()
        self.title.setText(title.format(self._line(self.key).title, group))
        self.closed.setText(words.format(group, self.session.who))
        self.closed.show()
        self.titled.emit(self._head(), self.tr("Protocols"))

    def _why_closed(self) -> tuple[str, str, str]:
        """Whose pass closes the page: the group, the title and the words."""
        group = own_open_pass(self.ward, self.key, who=self.session.who)
        if not group:
            words = self.tr(
                "A blind pass of “{0}” is begun and not complete, and nobody is recording here: it may be "
                "yours. Say who records (F2); whoever types no pass of this protocol or of a related "
                "one sees it at once."
            )
            group = anybodys_open_pass(self.ward, self.key)
            return group, self.tr("{0}: closed while “{1}” is commissioned"), words
        words = self.tr(
            "Your own blind pass of “{0}” is begun and not complete, so the public values of its "
            "protocol and of related ones stay hidden from {1}. Complete the pass under Commissioning (F7), or give it up "
            "there with a reason, then come back; another person may look at any time."
        )
        return group, self.tr("{0}: closed while you commission “{1}”"), words

    def show_view(self, view: int) -> None:
        """Show the facts, two protocols beside each other, or the review book."""
        if self._book is None:
            return
        book = self._book
        self.refusals.show_reasons(())
        if view == BOOK and not self._show_book(book):
            view = FACTS
        if view != BOOK and self.book is not None:
            self.book.clear()
        self.views.choose(view)
        self._fill_parts(view)

    def _show_book(self, book: ProtocolBook) -> bool:
        panel = self.book_panel()
        if not panel.show_book(book.key, book.title, self.views.buttons[BOOK]):
            return False
        self.stack.setCurrentWidget(panel)
        panel.take_focus()
        return True

    def _fill_parts(self, view: int) -> None:
        """List the parts of one protocol, or of two; the course in sight stays."""
        found = self._compare() if view == SIDES else None
        self.sides = found
        if view == SIDES and found is None:
            self.parts_model.show_lines(())
            self.title.setText(self.tr("Side by side"))
            self.note.hide()
            return
        if found is None:
            state = self._states[self.key]
            lines = [part_line(part, state) for part in self.shown_parts]
        else:
            lines = [side_line(part, found) for part in found.parts]
        self._filling = True
        self.show_lines(lines, sides=found is not None)
        row = self._row_now()
        self.parts.selectRow(row)
        self._filling = False
        self.show_part(row)

    def _compare(self) -> SideBySide | None:
        """Lay the other protocol beside this one; None, and why, where she may not see it."""
        panel = self.sides_of()
        panel.table.sides.clear()
        self.stack.setCurrentWidget(panel)
        lines = self.protocols.lines.lines
        other = panel.offer([(one.key, one.title) for one in lines if one.key != self.key])
        if other is None:
            return None
        try:
            return side_by_side(self.ward, self.key, other, who=self.session.who)
        except Refused as refused:
            self.refusals.show_reasons(refused.reasons)
            return None

    def show_part(self, row: int) -> None:
        """Show another part of the protocol, or of both."""
        book, found = self._book, self.sides
        count = len(self.shown_parts if found is None else found.parts)
        if book is None or not 0 <= row < count:
            return
        if found is not None:
            side = found.parts[row]
            title, note, course = side.title, side.note, next(iter(side.courses), "")
            self.sides_of().table.show_part(found, side)
        else:
            part = self.shown_parts[row]
            title, note, course = part.title, part.note, part.course
            self._show_facts(part)
        self._part = (course, title)
        self.title.setText(title)
        self.note.setText(note)
        self.note.setVisible(bool(note) and self.view != BOOK)
        self._show_state()
        self.titled.emit(self._head(), self.tr("Protocols: {0}").format(title))

    def _show_facts(self, part: ProtocolPart) -> None:
        self.table.show_facts(part.facts)
        self.legend.setText(legend_of(part))
        if self.view != BOOK:
            self.stack.setCurrentWidget(self.facts_holder)

    # ---- choosing -----------------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return goes on: from the protocols to the parts, from the parts to what they say."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif self.protocols.hasFocus() and self.parts_model.rowCount():
            self.parts.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.parts.hasFocus():
            self._in_sight().setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def _in_sight(self) -> QWidget:
        """What has the keyboard at the right."""
        if self.view == BOOK and self.book is not None:
            return self.book.preview.view
        return self.table if self.sides is None else self.sides_of().table

    def _protocol_chosen(self) -> None:
        if self.protocols.currentIndex().isValid():
            self.show_protocol()

    def _part_chosen(self) -> None:
        if self._filling or not self.parts.currentIndex().isValid():
            return
        self.show_part(self.parts.currentIndex().row())
        if self.view == BOOK:
            self.show_view(FACTS)  # the book is of all parts: whoever chooses one wants to read it

    def _view_chosen(self, view: int) -> None:
        """Show it, and let the arrows go on among the parts; the book takes the keyboard itself."""
        self.show_view(view)
        if self.view != BOOK:
            self.take_focus()

    def _beside_chosen(self) -> None:
        if self.view == SIDES:
            self.show_view(SIDES)

    def _other_person(self) -> None:
        """Another person sits here: what the one before saw may be closed to her."""
        if self.isVisible():
            self.refresh()

    def _commission(self) -> None:
        self.commission_asked.emit(self.key, self._part[0])

    # ---- words --------------------------------------------------------------------------------
    def _line(self, key: str) -> ProtocolLine:
        one = next(choice for choice in protocol_choices(self.ward) if choice.key == key)
        groups = self._states[key].groups
        done, total = sum(each.done for each in groups), sum(each.total for each in groups)
        return ProtocolLine(one.key, one.title, one.edition, one.closed, done, total)

    def _head(self) -> str:
        line = self._line(self.key)
        return f"{line.title}, {line.edition}"

    def _row_now(self) -> int:
        """Where the part in sight stands in the list: by its course, else by its title; or the first."""
        course, title = self._part
        keys: list[tuple[str, ...]]
        keys = [(part.course or part.title,) for part in self.shown_parts]
        if self.sides is not None:
            keys = [part.courses or (part.title,) for part in self.sides.parts]
        return next((at for at, key in enumerate(keys) if (course or title) in key), 0)

    def _show_state(self) -> None:
        """Say how far the course in sight is commissioned, or the protocol as a whole."""
        course, state = self._part[0], self._states[self.key]
        group = next((each for each in state.groups if each.key == course), None)
        line = self._line(self.key)
        words = self.tr("{0} of {1} numbers commissioned").format(line.done, line.total)
        self.state.setText(words if group is None else f"{group.title}: {group.words}")
