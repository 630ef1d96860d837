"""The one window: top bar, band, navigation, the ward list or an infant's pages, status line."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow

from bedside.desktop.drafts import Drafts
from bedside.desktop.frame import Frame
from bedside.desktop.list_search import ListSearch
from bedside.desktop.look import Look
from bedside.desktop.page_door import PageDoor
from bedside.desktop.session import Session
from bedside.desktop.ticking import Ticking
from bedside.desktop.window_keys import add_shortcuts, do_act
from bedside.units.dates import write_time
from bedside.ward.board import board
from bedside.ward.views.board import Board
from bedside.ward.ward import Ward

if TYPE_CHECKING:
    from bedside.desktop.band import BannerBand
    from bedside.desktop.locking import Locking
    from bedside.desktop.patient_pages import PatientPages

_LEAST = (1280, 700)
_USUAL = (1366, 768)
ROUND_PAGE = 3  # the page with the toxicities, as `page_door` orders them


class BedsideWindow(QMainWindow):
    """Bedside's window.

    Args:
        ward: the open ward.
        look: the theme; another one is taken from the navigation.
        session: who records.
        pages: the doors to an infant's pages, in the order of Ctrl+1, Ctrl+2 …
    """

    def __init__(self, ward: Ward, look: Look, session: Session, pages: Sequence[PageDoor]) -> None:
        super().__init__()
        self.ward, self.look, self.session = ward, look, session
        session.ward = ward
        self.doors = pages
        self.locking: Locking | None = None  # where the ward has people
        self._board: Board | None = None
        self._ordered_at = ""
        self.setWindowTitle(self.tr("Bedside"))
        self.setAccessibleName(self.tr("Bedside"))
        self.setMinimumSize(*_LEAST)
        self.resize(*_USUAL)
        self.ticking = Ticking(self)
        self.drafts = Drafts(ward, session, self)
        session.saved.connect(self.note_saved)
        self.make_frame()
        add_shortcuts(self, len(pages))
        self.show_board()

    @property
    def pages(self) -> "PatientPages":
        """The pages of an infant."""
        return self.frame.pages

    @property
    def band(self) -> "BannerBand":
        """The banner of an infant."""
        return self.frame.band

    # ---- what others ask of the window ----------------------------------------------------
    def show_board(self) -> bool:
        """Show the ward list at the row it was left at; False when the person stays."""
        if not self.frame.may_leave():
            return False
        self.refresh_board(keep_order=self._board is not None)
        self.frame.show_list()
        self.show_drafts()
        self.board_page.take_focus()
        return True

    def show_commissioning(self) -> bool:
        """Show the commissioning of protocols; False when the person stays where she is."""
        if not self.frame.may_leave():
            return False
        made = self.frame.commissioning is None
        page = self.frame.show_commissioning()
        if made:
            page.drafts_changed.connect(self.show_drafts)
            page.recorded.connect(self.note_saved)
        self.show_drafts()
        page.take_focus()
        return True

    def show_cohort(self) -> bool:
        """Show the cohort; False when the person stays where she is."""
        from bedside.desktop.cohort_door import show_cohort

        return show_cohort(self)

    def open_infant(self, infant_id: int, page: int = 0) -> bool:
        """Open an infant, at her first page or another; False when the person stays where she is."""
        if not self.frame.may_leave():
            return False
        self.topbar.search.clear()
        self.board_page.model.search("")  # the whole list is there again on coming back
        self.board_page.choose(infant_id)
        self._show_banner(infant_id)
        self.pages.show_infant(infant_id, page)
        self.frame.show_patient()
        self.band.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def open_round(self, infant_id: int) -> None:
        """Go to an infant's toxicity round."""
        if self.open_infant(infant_id):
            self.show_page(ROUND_PAGE)
            begin = getattr(self.pages.page, "begin_round", None)
            if begin is not None:
                begin()

    def show_ward_round(self) -> None:
        """Choose whose toxicity round comes next."""
        from bedside.desktop.window_forms import choose_round

        choose_round(self)

    def show_page(self, index: int) -> bool:
        """Go to another page of the infant in sight."""
        return self.frame.on_patient and self.pages.show_page(index)

    def set_theme(self, look: Look) -> None:
        """Take another theme: everything is made anew, drafts must be recorded or given up first."""
        from bedside.desktop.theme_change import change_theme

        change_theme(self, look)

    def read_anew(self) -> None:
        """Show what holds now, after somebody was away or another person has come."""
        self.refresh_board(keep_order=self._board is not None)
        if not self.frame.on_list:
            self.read_again()
        self.ticking.show_time(self.ward.now())
        self.show_drafts()

    def take_icon(self) -> None:
        """Take the application's icon; called after the first paint."""
        from bedside.desktop.icons import application_icon

        self.setWindowIcon(application_icon())

    # ---- building ---------------------------------------------------------------------------
    def make_frame(self) -> None:
        """Make every part of the window, in the look that it has now."""
        self.take(Frame(self.ward, self.look, self.session, self.doors))
        self._connect()
        self._show_site()
        self.ticking.show_time(self.ward.now())

    def take(self, frame: Frame) -> None:
        """Take a frame, with all that is typed in it."""
        self.frame = frame
        self.topbar, self.bands, self.board_page = frame.topbar, frame.bands, frame.board_page
        self.summary, self.navigation = frame.summary, frame.navigation
        self.stack, self.status, self.not_saved = frame.stack, frame.status, frame.not_saved
        self._search = frame.findChild(ListSearch) or ListSearch(frame, self.session)
        self.setCentralWidget(frame)

    def _connect(self) -> None:
        self.topbar.who_asked.connect(self.ask_who)
        self._search.list_asked.connect(self.show_board)
        self._search.shown.connect(self.show_counted)
        self.board_page.model.passed.connect(self.refresh_board)
        self.summary.sort_asked.connect(self.order_anew)
        self.summary.enrol_asked.connect(self.enrol)
        self.board_page.opened.connect(self.open_infant)
        self.board_page.enrol_asked.connect(self.enrol)
        self.board_page.site_asked.connect(self.edit_site)
        self.frame.infant_parts_made.connect(self._connect_pages)
        self.navigation.ward_asked.connect(self.show_board)
        self.navigation.cohort_asked.connect(self.show_cohort)
        self.navigation.protocols_asked.connect(self.show_protocols)
        self.navigation.commission_asked.connect(self.show_commissioning)
        self.navigation.site_asked.connect(self.show_site)
        self.navigation.people_asked.connect(self.show_people)
        self.navigation.keys_asked.connect(self.show_keys)
        self.navigation.theme_asked.connect(self._other_theme)
        self.navigation.text_asked.connect(self._show_sizes)

    def _connect_pages(self) -> None:
        self.pages.recorded.connect(self._recorded)
        self.pages.drafts_changed.connect(self.show_drafts)
        self.pages.round_asked.connect(self.open_round)

    # ---- the ward list ------------------------------------------------------------------------
    def refresh_board(self, *, keep_order: bool = True) -> None:
        """Read the ward list again; infants stay where they stand unless a new order is asked for."""
        now = self.ward.now()
        found = board(self.ward)
        self._board = found
        self.drafts.know(found.rows)
        if not keep_order:
            self._ordered_at = write_time(now)
        self.board_page.show_board(found, now, keep_order=keep_order)
        self.show_counted()
        self._show_site()
        self.ticking.set_pace()

    def order_anew(self) -> None:
        """Order the list anew."""
        self.refresh_board(keep_order=False)

    def show_counted(self) -> None:
        """Say how many are shown."""
        if self._board is not None:
            model = self.board_page.model
            self.summary.show_board(self._board, model.counted[0], self._ordered_at)
            self.summary.show_limit(model)

    def to_search(self) -> None:
        """Put the cursor into the search."""
        self._search.begin()

    # ---- doors --------------------------------------------------------------------------------
    def enrol(self) -> None:
        """Enrol an infant and show her."""
        from bedside.desktop.window_forms import enrol

        enrol(self)

    def edit_site(self) -> None:
        """Enter the site's settings."""
        from bedside.desktop.window_forms import edit_site

        edit_site(self)

    def show_site(self) -> bool:
        """Show people and site, at the settings; False when the person stays where she is."""
        from bedside.desktop.people_door import show_site

        return show_site(self)

    def show_protocols(self) -> bool:
        """Show the written protocols; False when the person stays where she is."""
        from bedside.desktop.protocols_door import show_protocols

        return show_protocols(self)

    def show_people(self) -> bool:
        """Show people and site, at the people; False when the person stays where she is."""
        from bedside.desktop.people_door import show_site

        return show_site(self, people=True)

    def ask_who(self) -> None:
        """Let another person record."""
        if self.locking is not None:
            self.locking.change_person()
            return
        from bedside.desktop.who_dialog import ask_who

        ask_who(self, self.look, self.session)

    def show_keys(self) -> None:
        """Show the page of shortcuts."""
        from bedside.desktop.key_sections import key_sections
        from bedside.desktop.keys_dialog import KeysDialog

        dialog = KeysDialog(self.look, key_sections(self), self)
        dialog.exec()
        dialog.deleteLater()

    def _show_sizes(self) -> None:
        from bedside.desktop.text_size import show_sizes

        show_sizes(self)

    def _other_theme(self) -> None:
        from bedside.desktop.theme_change import other_theme

        other_theme(self)

    # ---- what happened ------------------------------------------------------------------------
    def _recorded(self, infant_id: int) -> None:
        self.refresh_board(keep_order=True)
        self.refresh_banner()
        self.ticking.show_time(self.ward.now())
        self.show_drafts()

    def note_saved(self) -> None:
        """Something of the ward was recorded: offer to take it back, and say when it was saved."""
        self.status.offer_back()
        self.ticking.show_time(self.ward.now())

    def refresh_banner(self) -> None:
        """Read the banner of the infant in sight again."""
        if self.frame.infant_id is not None and self.frame.on_patient:
            self._show_banner(self.frame.infant_id)

    def _show_banner(self, infant_id: int) -> None:
        from bedside.ward.infants import banner

        self.band.show_banner(banner(self.ward, infant_id))

    def _show_site(self) -> None:
        self.topbar.show_site(*self.ward.site_title)

    def show_drafts(self) -> None:
        """Say what is typed and not recorded, and whose drafts wait."""
        waiting = () if self.locking is None else self.locking.drafts_of()
        self.drafts.show(self.frame, [self.tr("kept for {0}").format(name) for name in waiting])

    def own_drafts(self) -> list[str]:
        """What is typed and not recorded in the frame in sight."""
        return self.drafts.names(self.frame)

    def read_again(self) -> None:
        """Read what is in sight again."""
        if self.frame.on_patient:
            self.refresh_banner()
            self.pages.refresh()
        elif self.frame.on_list:
            self.refresh_board(keep_order=False)
        else:
            getattr(self.stack.currentWidget(), "refresh", self.show_drafts)()
        self._show_site()

    def back(self) -> None:
        """Go back to the ward list, or let the whole of it be seen again."""
        if not self.frame.on_list:
            self.show_board()
        elif self._search.narrowed:
            self._search.give_up()

    def key_pressed(self) -> None:
        """Do what the key that was pressed stands for."""
        do_act(self, self.sender().objectName())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask before typed text is lost with the window."""
        from bedside.desktop.leave_dialog import may_close

        if not may_close(self):
            event.ignore()
            return
        self.ticking.stop()
        self.drafts.end()
        if self.locking is not None:
            self.locking.end()
        super().closeEvent(event)
