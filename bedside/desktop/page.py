"""What every page of one infant has in common."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from bedside.desktop.look import Look
from bedside.desktop.session import Session
from bedside.ward.ward import Ward


class Page(QWidget):
    """A page of one infant.

    Signals:
        recorded: something of this infant (by id) was recorded; the frame refreshes itself.
        dirty_changed: typed but unsaved text appeared or went.
    """

    recorded = Signal(int)
    dirty_changed = Signal(bool)
    keeps_typing = (
        False  # what stands in its fields is kept over a crash: `bedside.desktop.kept_typing`
    )

    def __init__(self, ward: Ward, look: Look, session: Session) -> None:
        super().__init__()
        self.ward = ward
        self.look = look
        self.session = session
        self.decimal_mark = ward.decimal_mark  # that its fields take for as long as it stands
        self.infant_id: int | None = None
        self.opened_on: int | None = (
            None  # how far the record reached when she last saw it, untyped
        )

    @property
    def infant(self) -> str:
        """Name, birth and number of the infant, for the dialogs of this page; "" before the first."""
        from bedside.desktop.patient_line import patient_line_of

        return "" if self.infant_id is None else patient_line_of(self.ward, self.infant_id)

    def show_infant(self, infant_id: int) -> None:
        """Bind the page to an infant and show her; never called while the page is dirty."""
        self.infant_id = infant_id
        self.refresh()

    def refresh(self) -> None:
        """Read this infant's facts again and draw them; typed text is left alone."""
        raise TypeError("each page says how it reads its facts again")

    def note_seen(self) -> None:
        """After it was read: what stands here has been seen, unless somebody is typing already."""
        if self.opened_on is None or not self.is_dirty():
            self.opened_on = self.session.position

    def take_focus(self) -> None:
        """Take the keyboard where work begins on this page: its first part, unless a page says otherwise."""
        from bedside.desktop.first_field import first_field

        first = first_field(self)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def is_dirty(self) -> bool:
        """Whether typed text would be lost by leaving."""
        return False

    def asks_before_leaving(self) -> bool:
        """Whether leaving asks what becomes of typed text; not where it was put aside on purpose."""
        return self.is_dirty()
