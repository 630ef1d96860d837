"""The pages of one infant behind their tabs; typed text stays with the infant it was typed for.

Decision (hazard H25): a page object with typed, unrecorded text is never shown another infant. It
is set aside as that infant's draft, and comes back when she is opened again.
"""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import delete

from bedside.desktop.gloves import wear
from bedside.desktop.infant_tabs import TabGround, Tabs
from bedside.desktop.key_button import KeyButton
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.page import Page
from bedside.desktop.page_door import PageDoor
from bedside.desktop.paper_doors import DOSES_PAGE, PAPER_DOORS, PAPER_KEY, PAPERS_PART
from bedside.desktop.role_notice import RoleNotice
from bedside.desktop.save import RefusalNote
from bedside.desktop.session import Session
from bedside.desktop.tall_area import begin_at_top
from bedside.ward.ward import Ward

_ROOMY = 1100  # pixels at 100 %: from so many on there is room beside the tabs in large text, too


class PatientPages(QWidget):
    """Tabs and the page below them.

    Signals:
        recorded: something of an infant was recorded.
        drafts_changed: typed, unrecorded text appeared or went somewhere.
        round_asked: another infant's toxicity round is wanted.
        check_asked: the blind second check of an infant's dose is wanted, over everything.
        commission_asked: the commissioning of protocols is wanted.
        figures_hidden: whether the page in sight keeps weight and surface out of the banner.
    """

    least_size = (0, 0)  # its own pages scroll, each in its room

    recorded = Signal(int)
    round_asked = Signal(int)
    check_asked = Signal(int, object)
    drafts_changed = Signal()
    commission_asked = Signal()
    figures_hidden = Signal(bool)

    def __init__(self, ward: Ward, look: Look, session: Session, doors: Sequence[PageDoor]) -> None:
        super().__init__()
        self._ward, self._look, self._session = ward, look, session
        self._doors = doors
        self._titles = [QCoreApplication.translate("Pages", door.title) for door in doors]
        self._live: dict[int, Page] = {}
        self._drafts: dict[tuple[int, int], Page] = {}
        self._loaded: set[int] = set()  # pages whose modules `make_ahead` has loaded
        self._index = -1
        self.infant_id: int | None = None
        self.tabs = Tabs(look, self._titles)
        self.stack = QStackedWidget()
        self.paper_button = KeyButton("", PAPER_KEY, look, quiet=True)
        self.notice = RoleNotice(look, session)
        self.setAccessibleName(self.tr("Infant"))
        self._arrange(look)
        self.tabs.currentChanged.connect(self._tab_changed)

    def _arrange(self, look: Look) -> None:
        bar = TabGround(look)
        row = QHBoxLayout(bar)
        row.setContentsMargins(4, 0, 16, 0)
        wear(bar)
        row.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        self.paper_button.setToolTip(self.tr("Shows this paper of the infant, to save or print it"))
        self.paper_button.clicked.connect(self.show_paper)
        self.paper_button.hide()
        row.addWidget(self.paper_button)
        row.addSpacing(12)
        keys = self.tr("Ctrl+1 to Ctrl+{0}").format(len(self._doors))
        self.keys: QLabel = label(keys, look, "caption", colour="quiet")
        row.addWidget(self.keys)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.notice)
        column.addWidget(self._room(look), 1)

    def _room(self, look: Look) -> QWidget:
        """The pages, in large text in a room that scrolls them."""
        if look.percent == 100:
            return self.stack
        from bedside.desktop.page_room import in_room

        return in_room(self.stack, look)

    @property
    def page(self) -> Page | None:
        """The page in sight."""
        return self._live.get(self._index)

    @property
    def index(self) -> int:
        """The number of the page in sight; -1 before the first."""
        return self._index

    def show_infant(self, infant_id: int, index: int) -> None:
        """Show an infant's page; ask `may_leave_page` first."""
        if infant_id != self.infant_id:
            self._set_aside()
            self.infant_id = infant_id
        self._show(index)

    def show_page(self, index: int) -> bool:
        """Go to another page of the same infant; False when the person stays."""
        here = index == self._index and self.page is not None
        if here or not 0 <= index < len(self._doors):
            return False
        if not self.may_leave_page():
            return False
        self._show(index)
        if self.page is not None:
            self.page.take_focus()
            if isinstance(QApplication.focusWidget(), QAbstractItemView):
                begin_at_top(self.page)  # the first rows of its table are in sight
        return True

    def show_part(self, index: int, part: int) -> None:
        """Go to a part of another page of the same infant, such as her orders."""
        if self.show_page(index) and self.page is not None:
            self.page.show_part(part)  # type: ignore[attr-defined]  # a page with parts

    def show_paper(self) -> None:
        """Show the paper that belongs to the page in sight, where papers are printed."""
        door = PAPER_DOORS.get(self._index)
        if door is None:
            return
        key = self._fitting()[0] if self._index == DOSES_PAGE else door[0]
        if self._index != DOSES_PAGE and not self.show_page(DOSES_PAGE):
            return
        if self.page is not None and key:
            self.page.preview_paper(key)  # type: ignore[attr-defined]  # the page of papers
        elif self.page is not None:
            self.page.show_part(PAPERS_PART)  # type: ignore[attr-defined]  # its list says why not

    def _fitting(self) -> tuple[str, str]:
        """Key and kind of the paper that fits this infant first, on the page of all papers."""
        found: tuple[str, str] = self.page.fitting_paper()  # type: ignore[union-attr]  # the page of papers
        return found

    @property
    def _roomy(self) -> bool:
        """Whether the tabs leave room for more; not in large text in a small window."""
        return self._look.percent == 100 or self.width() >= self._look.px(_ROOMY)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say more beside the tabs where there is room."""
        super().resizeEvent(event)
        self.keys.setVisible(self._roomy)
        self._offer_paper()

    def _offer_paper(self) -> None:
        door = PAPER_DOORS.get(self._index)
        self.paper_button.setVisible(door is not None)
        if door is not None:
            words = QCoreApplication.translate("PaperDoors", door[1])
            if self._index == DOSES_PAGE:
                title = self._fitting()[1]
                words = f"{title}…" if title else self.tr("Papers…")
            self.paper_button.setText(words if self._roomy else self.tr("Paper…"))
            self.paper_button.setAccessibleName(self.tr("Paper: {0}").format(words))

    def may_leave_page(self) -> bool:
        """Whether the page in sight may be left; asks where typed text is on it."""
        page = self.page
        if page is None or not page.asks_before_leaving():
            return True
        words = self.tr(
            "What you typed on the page {0} is not recorded. You may leave it as a draft: "
            "it stays with this infant and is there again when you come back."
        ).format(self._titles[self._index])
        from bedside.desktop.leave_dialog import ask_about_draft

        keep, throw = self.tr("&Leave, keep the draft"), self.tr("&Throw away what was typed")
        answer = ask_about_draft(self, self._look, words, keep, throw)
        if answer == "throw":
            self._throw_away(page)
        return answer != "stay"

    def _throw_away(self, page: Page) -> None:
        """Let a page go with what was typed on it; it is made anew when it is next wanted.

        Its number is kept: whoever comes back to this infant without going to another page, such as
        from a second check, finds the page of the tab and not whichever lay below it.
        """
        del self._live[self._index]
        self.stack.removeWidget(page)
        page.hide()
        page.deleteLater()
        self.drafts_changed.emit()

    def refresh(self) -> None:
        """Read the facts of the page in sight again; one that was thrown away is made anew."""
        if self.page is not None and not self._is_outdated(self.page):
            self.page.refresh()
            self.page.note_seen()
        elif self._index >= 0:
            self._show(self._index)

    @property
    def titles(self) -> list[str]:
        """What the tabs are called, in their order."""
        return self._titles

    def drafts(self) -> list[tuple[int, str]]:
        """Which infants have typed, unrecorded text, and on which page."""
        return [(infant, self._titles[index]) for infant, index, _ in self._typed()]

    def unsure_drafts(self) -> list[tuple[int, str]]:
        """Those of `drafts` that may be recorded already: nobody can say what became of their save."""
        unsure = self._session.unsure
        unsure.difference_update(page for page in self._live.values() if not page.is_dirty())
        return [(infant, self._titles[at]) for infant, at, page in self._typed() if page in unsure]

    def _typed(self) -> list[tuple[int, int, Page]]:
        found = [(infant, index, page) for (infant, index), page in self._drafts.items()]
        if self.infant_id is not None:
            found += [
                (self.infant_id, index, page)
                for index, page in sorted(self._live.items())
                if page.is_dirty()
            ]
        return found

    def kept_drafts(self) -> list[tuple[int, str]]:
        """Those of the drafts that are kept over the end of the program, by infant and page."""
        dirty = {(self.infant_id or 0, at): one for at, one in self._live.items() if one.is_dirty()}
        return [
            (infant, self._titles[index])
            for (infant, index), page in {**self._drafts, **dirty}.items()
            if page.keeps_typing
        ]

    def carried_drafts(self) -> list[tuple[int, str]]:
        """Those of the drafts whose page stays in the look in which it was begun."""
        return [
            (infant, self._titles[at])
            for infant, at, page in self._typed()
            if page.property("carried")
        ]

    def typed_pages(self) -> list[Page]:
        """The pages with typed, unrecorded text."""
        return [*self._drafts.values(), *(page for page in self._live.values() if page.is_dirty())]

    def _set_aside(self) -> None:
        """Before another infant: keep dirty pages as drafts, take her own drafts out later."""
        if self.infant_id is None:
            return
        for index, page in list(self._live.items()):
            if page.is_dirty():
                self._drafts[self.infant_id, index] = page
                del self._live[index]

    def _show(self, index: int) -> None:
        if self.infant_id is None:
            return
        page = self._page_for(self.infant_id, index)
        self._index = index
        self.tabs.blockSignals(True)
        self.tabs.setCurrentIndex(index)
        self.tabs.blockSignals(False)
        if page.infant_id == self.infant_id:
            page.refresh()
        else:
            RefusalNote.silence(page)  # it was said of another infant
            page.opened_on = None
            page.show_infant(self.infant_id)
        page.note_seen()
        self.stack.setCurrentWidget(page)
        self.figures_hidden.emit(getattr(page, "hides_figures", False))
        self.notice.show_page(self._doors[index].title)
        self._offer_paper()
        self.drafts_changed.emit()
        if self._session.kept is not None and page.keeps_typing and not page.is_dirty():
            self._session.kept.opened(page)

    def give_drafts(self) -> dict[tuple[int, int], Page]:
        """Give every page with typed text away, by infant and number: this frame is left."""
        self._set_aside()
        given, self._drafts = self._drafts, {}
        for page in given.values():
            self.stack.removeWidget(page)
            page.hide()
            page.setParent(None)
        return given

    def let_go_of_others(self) -> None:
        """Let go of the pages out of sight, typed text kept: each would be dressed anew for nothing."""
        for index, page in list(self._live.items()):
            if index != self._index and not page.is_dirty():
                del self._live[index]
                self.stack.removeWidget(page)
                delete(page)  # at once: what is deleted later is dressed before it goes

    def take_drafts(self, given: dict[tuple[int, int], Page]) -> None:
        """Take pages with typed text from a frame of another look: made anew, or each in its own."""
        from bedside.desktop.carried_drafts import keep_looks
        from bedside.desktop.made_anew import made_anew

        for (infant, index), page in given.items():
            new, old = self._made(index), page
            if not made_anew(page, new, infant):
                keep_looks(page, page.look)
                new, old = self._adopt(page), new
                self.stack.removeWidget(old)
            self._drafts[infant, index] = new
            old.deleteLater()
        self.drafts_changed.emit()

    def _page_for(self, infant_id: int, index: int) -> Page:
        before = self._live.get(index)
        if before is not None and self._is_outdated(before):
            del self._live[index]
            self.stack.removeWidget(before)
            before.deleteLater()
        draft = self._drafts.pop((infant_id, index), None)
        if draft is not None:
            clean = self._live.pop(index, None)
            if clean is not None:
                self.stack.removeWidget(clean)
                clean.deleteLater()
            self._live[index] = draft
        elif index not in self._live:
            self._live[index] = self._made(index)
        return self._live[index]

    def _is_outdated(self, page: Page) -> bool:
        """Whether a page is to be made anew: of another look or decimal mark, and no draft is on it.

        What is typed was typed under the mark of before, and is read by it until it is recorded.
        """
        other = page.look is not self._look or page.decimal_mark != self._ward.decimal_mark
        return other and not page.is_dirty()

    def make_ahead(self) -> bool:
        """Load or make the next page that nobody has opened yet, out of sight; say if there may be more."""
        for index, door in enumerate(self._doors):
            if index not in self._live:
                if index in self._loaded:
                    self._live[index] = self._made(index)
                else:
                    door.load()
                    self._loaded.add(index)
                return True
        return False

    def _made(self, index: int) -> Page:
        return self._adopt(self._doors[index].load()(self._ward, self._look, self._session))

    def _adopt(self, page: Page) -> Page:
        """Listen to a page, and take it among those that can be shown."""
        page.recorded.connect(self.recorded)
        page.dirty_changed.connect(self._dirty_changed)
        asks = {
            "page_asked": self.show_page,
            "part_asked": self.show_part,
            "commission_asked": self.commission_asked,
            "check_asked": self.check_asked,
            "figures_hidden": self.figures_hidden,
            "infant_asked": self.round_asked,
        }
        for name, takes in asks.items():
            if hasattr(page, name):
                getattr(page, name).connect(takes)
        self.stack.addWidget(page)
        return page

    def _dirty_changed(self) -> None:
        self.drafts_changed.emit()

    def _tab_changed(self, index: int) -> None:
        if not self.show_page(index):
            self.tabs.blockSignals(True)
            self.tabs.setCurrentIndex(self._index)
            self.tabs.blockSignals(False)
