"""The frame of every page: top bar, band, navigation, the page itself, status line; the same everywhere."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from bedside.desktop.board_page import BoardPage
from bedside.desktop.look import Look
from bedside.desktop.navigation import Door, Navigation
from bedside.desktop.not_saved import NotSavedBar
from bedside.desktop.page_door import PageDoor
from bedside.desktop.session import Session
from bedside.desktop.status_line import StatusLine
from bedside.desktop.summary import Summary
from bedside.desktop.topbar import TopBar
from bedside.ward.restored_blocks import was_restored
from bedside.ward.ward import Ward

if TYPE_CHECKING:
    from bedside.desktop.backup_page import BackupPage
    from bedside.desktop.blind_band import BlindBand
    from bedside.desktop.blind_cover import BlindCover
    from bedside.desktop.commission_band import CommissionBand
    from bedside.desktop.commissioning_page import CommissioningPage
    from bedside.desktop.patient_pages import PatientPages
    from bedside.desktop.restored_bar import RestoredBar
    from bedside.desktop.ward_record_page import WardRecordPage
    from bedside.ward.views.check_state import Planned


class Frame(QWidget):
    """Every part of the window in its place, in one look; the window tells them what to show.

    Decision: the banner and the pages of an infant are made after the first paint, or when the
    first infant is opened if that is sooner: the ward list does not wait for them.

    Signals:
        infant_parts_made: the banner and the pages of an infant are there now.
    """

    infant_parts_made = Signal()

    def __init__(self, ward: Ward, look: Look, session: Session, doors: Sequence[PageDoor]) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Bedside"))
        self._given = (ward, look, session)
        self.commissioning: CommissioningPage | None = None
        self.backup: BackupPage | None = None
        self.blind: BlindCover | None = None  # while a second check is open
        self.record: WardRecordPage | None = None
        self.commission_band: CommissionBand | None = None
        self.topbar = TopBar(
            look,
            session,
            demonstration=ward.demonstration,
            read_only=ward.read_only and ward.store.away is None,
        )
        self.not_saved = NotSavedBar(look, session)
        self.summary = Summary(look)
        self.bands = QStackedWidget()
        self._fit_band()
        self.navigation = Navigation(look)
        self.board_page = BoardPage(look)
        self._doors = doors
        self._band: BlindBand | None = None
        self._pages: PatientPages | None = None
        self.stack = QStackedWidget()
        self.room = self._room(look)
        self.status = StatusLine(look, ward.protection)
        self.restored: RestoredBar | None = None  # while a restore is not settled
        self.bands.addWidget(self.summary)
        self.stack.addWidget(self.board_page)
        self._lay_out()
        self._order_tabs()
        self.navigation.backup_asked.connect(self.show_backup)
        self.navigation.record_asked.connect(self.show_record)
        self.bands.currentChanged.connect(self.show_restored)
        self.bands.currentChanged.connect(self._fit_band)
        session.copies_seen.connect(self.status.show_copies)
        self.status.show_copies(session.copies)

    @property
    def band(self) -> "BlindBand":
        """The banner of an infant."""
        return self._infant_parts()[0]

    @property
    def pages(self) -> "PatientPages":
        """The pages of an infant."""
        return self._infant_parts()[1]

    @property
    def infant_id(self) -> int | None:
        """Whose pages were last in sight; None before the first."""
        return None if self._pages is None else self._pages.infant_id

    def make_infant_parts(self) -> None:
        """Make the banner and the pages of an infant, if they are not there yet."""
        self._infant_parts()

    def drafts(self, *, typed: bool = False) -> list[tuple[int, str]]:
        """Which infants have typed, unrecorded text, and on which page.

        Args:
            typed: name an open blind check only once a figure is typed; else it counts from its
                beginning, since it is not handed to another person.
        """
        found = [] if self._pages is None else self._pages.drafts()
        blind = None if self.blind is None else self.blind.page
        if blind is not None and (blind.is_dirty() if typed else blind.is_counting):
            found = [*found, (blind.infant_id, self.tr("Second check, blind"))]
        return found

    def other_drafts(self) -> list[str]:
        """What is typed and not recorded on pages that are of no infant."""
        return [] if self.commissioning is None else self.commissioning.drafts()

    def may_leave(self) -> bool:
        """Whether the page in sight may be left; asks where typed text of an infant is on it."""
        if self.blind is not None:
            self.blind.page.say_stay()
            return False
        return not self.on_patient or self.pages.may_leave_page()

    def _infant_parts(self) -> "tuple[BlindBand, PatientPages]":
        if self._band is None or self._pages is None:
            from bedside.desktop.blind_band import BlindBand
            from bedside.desktop.patient_pages import PatientPages

            ward, look, session = self._given
            self._band, self._pages = (
                BlindBand(look),
                PatientPages(ward, look, session, self._doors),
            )
            self.bands.addWidget(self._band)
            self.stack.addWidget(self._pages)
            self._band.contact_due.connect(self._show_card)
            self._band.grew.connect(self._fit_band)
            self._pages.figures_hidden.connect(self._band.hide_size)
            self._pages.check_asked.connect(self.begin_check)
            self._pages.commission_asked.connect(self.navigation.commission_asked)
            self._order_tabs()
            self.infant_parts_made.emit()
        return self._band, self._pages

    @property
    def on_patient(self) -> bool:
        """Whether an infant's page is in sight."""
        return (
            self.blind is None
            and self._pages is not None
            and self.stack.currentWidget() is self._pages
        )

    @property
    def on_list(self) -> bool:
        """Whether the ward list is in sight."""
        return self.stack.currentWidget() is self.board_page

    def show_list(self) -> None:
        """Bring the ward list into sight, with its summary and the key to the marks."""
        self.bands.setCurrentWidget(self.summary)
        self.stack.setCurrentWidget(self.board_page)
        self.status.legend.show()
        self.navigation.show_where()
        self.show_restored()

    def bring(self, page: QWidget, band: QWidget, **door: bool | str) -> None:
        """Bring a page of the ward into sight under its own band.

        Args:
            page: the page, one of the stack.
            band: its band, one of the bands.
            door: what the navigation marks, as `Navigation.show_where` takes it.
        """
        self.bands.setCurrentWidget(band)
        self.stack.setCurrentWidget(page)
        self.status.legend.hide()
        self.navigation.show_where(**door)  # type: ignore[arg-type]  # its own names

    def show_commissioning(self) -> "CommissioningPage":
        """Bring the commissioning of protocols into sight; it is made when it is first wanted."""
        page, band = self.commissioning, self.commission_band
        if page is None or band is None:
            from bedside.desktop.commissioning_page import CommissioningPage

            page = CommissioningPage(*self._given)
            band = self.take_commissioning(page)
        self.bring(page, band, commissioning=True)
        page.refresh()
        return page

    def take_commissioning(self, page: "CommissioningPage") -> "CommissionBand":
        """Take the page of commissioning, with what is typed in it; returns the band made for it."""
        from bedside.desktop.commission_band import CommissionBand

        self.commissioning = page
        self.commission_band = band = CommissionBand(self._given[1])
        page.titled.connect(band.show_title)
        self.stack.addWidget(page)
        self.bands.addWidget(band)
        return band

    def show_backup(self) -> bool:
        """Bring the copies of the ward into sight; False when the person stays where she is."""
        if not self.may_leave():
            return False
        if self.backup is None:
            from bedside.desktop.backup_page import BackupPage

            self.backup = BackupPage(*self._given)
            self.stack.addWidget(self.backup)
            self.bands.addWidget(self.backup.band)
        self.bring(self.backup, self.backup.band, backup=True)
        self.backup.refresh()
        self.backup.take_focus()
        return True

    def show_restored(self) -> None:
        """Say over the page what a restore lost of the ward, or of the infant in sight."""
        if self.restored is None and not was_restored(self._given[0]):
            return
        from bedside.desktop.restored_door import refresh_bar

        refresh_bar(self, self._given)

    def begin_check(self, infant_id: int, planned: "Planned") -> tuple[str, ...]:
        """Open the blind second check of a dose over everything; returns why not, () when it is."""
        from bedside.desktop.blind_cover import begin_check

        return begin_check(self, self._given, infant_id, planned) if self.may_leave() else ()

    def end_check(self) -> None:
        """Close the second check; what was typed and not kept is gone."""
        blind, self.blind = self.blind, None
        if blind is not None:
            blind.uncover()
            self.pages.refresh()
            self.show_restored()
            self.pages.drafts_changed.emit()
            if self.pages.page is not None:
                self.pages.page.take_focus()

    def show_record(self) -> bool:
        """Bring the record of the ward into sight; False when the person stays where she is."""
        if not self.may_leave():
            return False
        if self.record is None:
            from bedside.desktop.ward_record_page import WardRecordPage

            self.record = WardRecordPage(*self._given)
            self.stack.addWidget(self.record)
            self.bands.addWidget(self.record.band)
        self.bring(self.record, self.record.band, record=True)
        self.record.refresh()
        self.record.take_focus()
        return True

    def show_patient(self) -> None:
        """Bring the pages of an infant into sight, under the banner."""
        self.bands.setCurrentWidget(self.band)
        self.stack.setCurrentWidget(self.pages)
        self.status.legend.hide()
        self.navigation.show_where()
        self.show_restored()  # another infant under the same banner

    def _show_card(self, infant_id: int) -> None:
        """Show whom to ring at the tertiary centre, at the moment when it becomes due."""
        from bedside.desktop.tertiary_card_dialog import TertiaryCardDialog

        dialog = TertiaryCardDialog(self._given[0], infant_id, *self._given[1:], self)
        dialog.exec()
        dialog.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key that nothing took: Return presses the button in hand, one of an infant's pages says why."""
        from bedside.desktop.page_keys import press_by_return, say_why_nothing

        if not (press_by_return(self, event) or say_why_nothing(self, event)):
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """An open check closes the window's keys again when the frame comes back from the lock."""
        super().showEvent(event)
        if self.blind is not None:
            self.blind.close_again()

    def _room(self, look: Look) -> QWidget:
        """The pages, in large text in a room that scrolls them."""
        if look.percent == 100:
            return self.stack
        from bedside.desktop.page_room import in_room

        return in_room(self.stack, look)

    def _fit_band(self) -> None:
        """As high as the band in sight: a banner in large text has two rows."""
        there = self.bands.currentWidget()
        least = self._given[1].measure("band")
        self.bands.setFixedHeight(least if there is None else max(least, there.minimumHeight()))

    def _lay_out(self) -> None:
        ward = self._given[0]
        right = self.beside_doors = QVBoxLayout()  # a bar here takes no room from the navigation
        right.setSpacing(0)
        if ward.store.read_only and ward.store.away is None:
            from bedside.desktop.read_only_strip import ReadOnlyStrip

            right.addWidget(ReadOnlyStrip(self._given[1], ward.emergency))
        right.addWidget(self.not_saved)
        right.addWidget(self.room, 1)
        right.addWidget(self.status)
        below = QHBoxLayout()
        below.setSpacing(0)
        below.addWidget(self.navigation)
        below.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.topbar)
        column.addWidget(self.bands)
        column.addLayout(below, 1)

    def _order_tabs(self) -> None:
        """Banner, tabs, page, navigation, top bar."""
        infant: tuple[QWidget, ...] = ()
        if self._band is not None and self._pages is not None:
            infant = (self._band, self._pages.tabs, self._pages.stack)
        order: tuple[QWidget, ...] = (
            *infant,
            self.summary.enrol_button,
            self.summary.sort_button,
            self.board_page.table,
            *self.navigation.findChildren(Door),  # made in their order
            self.topbar.search,
            self.topbar.who,
        )
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
