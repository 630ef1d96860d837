"""The top bar: which ward this is, the search, who records, the day and the clock."""

from datetime import datetime

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from bedside.desktop.icons import paint_icon
from bedside.desktop.key_cap import KeyCap
from bedside.desktop.labels import give_way, label
from bedside.desktop.look import Look
from bedside.desktop.session import Session
from bedside.units.dates import write_time, write_weekday_date

_SEARCH_WIDE, _SEARCH_NARROW, _SEARCH_HIGH = 296, 216, 40
_LOCK_LEFT, _LOCK_SIDE = 8, 14  # where the padlock stands on its button, and its side
_ROOMY_TO = 110  # per cent of text: above it the search is shorter
_ROOMY_FROM = 1240  # pixels at 100 %: a bar as wide as this has room for it in any text


class SearchField(QLineEdit):
    """Finds an infant by name, hospital number or bed.

    Signals:
        entered: Return was pressed; who alone is found is opened, else the list takes over.
        left: Down was pressed; the list takes over.
        given_up: Esc was pressed; the whole list is wanted again.
    """

    entered = Signal()
    left = Signal()
    given_up = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._roomy: bool | None = None
        self.setAccessibleName(self.tr("Find infant or hospital number"))
        self.setAccessibleDescription(self.tr("Ctrl+F; the list shows whom it finds as you type"))
        self.setFont(look.font("body"))
        self._cap = KeyCap("Ctrl+F", look, self)
        self._cap.adjustSize()
        self.take_room(roomy=look.percent <= _ROOMY_TO)

    def take_room(self, *, roomy: bool) -> None:
        """Say in full what is searched, and by which key; or in short, in large text on a small screen."""
        if roomy == self._roomy:
            return
        self._roomy = roomy
        look, cap = self._look, self._cap
        wide, high = look.px(_SEARCH_WIDE if roomy else _SEARCH_NARROW), look.px(_SEARCH_HIGH)
        self.setFixedSize(wide, high)
        cap.move(wide - cap.width() - 6, (high - cap.height()) // 2)
        cap.setVisible(roomy)
        left, right = look.px(30), cap.width() + 14 if roomy else 6
        self.setStyleSheet(
            f"QLineEdit {{ padding: 0 {right}px 0 {left}px; min-height: {high - 2}px; }}"
            f"QLineEdit:focus {{ padding: 0 {right - 1}px 0 {left - 1}px;"
            f" min-height: {high - 4}px; }}"
        )
        self.setPlaceholderText(
            self.tr("Find infant or hospital number") if roomy else self.tr("Find infant (Ctrl+F)")
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return and Down go to the list, Esc empties the field."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif key == Qt.Key.Key_Down:
            self.left.emit()
        elif key == Qt.Key.Key_Escape:
            self.clear()
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field and its glass."""
        super().paintEvent(event)
        with QPainter(self) as painter:
            colour = self._look.colour("quiet")
            side = self._look.px(16)
            box = QRectF(self._look.px(8), (self.height() - side) / 2, side, side)
            paint_icon(painter, "search", box, colour)


class LockButton(QPushButton):
    """The door that hides everything, with a padlock before its word."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setText(self.tr("Lock"))
        self.setAutoDefault(False)
        self.setFont(look.font("body", "strong"))
        high = look.px(28)
        self.setFixedHeight(high)
        left = look.px(_LOCK_LEFT + _LOCK_SIDE + 6)
        self.setStyleSheet(
            f"QPushButton {{ padding: 0 8px 0 {left}px; min-height: {high - 2}px; }}"
            f"QPushButton:focus {{ padding: 0 6px 0 {left - 2}px; min-height: {high - 6}px; }}"
        )
        self.setToolTip(self.tr("Lock the screen (Ctrl+L)"))
        self.setAccessibleName(self.tr("Lock the screen (Ctrl+L)"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button and its padlock."""
        super().paintEvent(event)
        with QPainter(self) as painter:
            side = self._look.px(_LOCK_SIDE)
            box = QRectF(self._look.px(_LOCK_LEFT), (self.height() - side) / 2, side, side)
            paint_icon(painter, "lock", box, self._look.colour("ink"))


class TopBar(QFrame):
    """The bar at the top of every page.

    Signals:
        who_asked: the person who records wants to be another one.
    """

    who_asked = Signal()

    def __init__(
        self, look: Look, session: Session, *, demonstration: bool, read_only: bool = False
    ) -> None:
        super().__init__()
        self._look = look
        self._first_to_go: list[QWidget] = []
        self.setObjectName("topbar")
        self.setFixedHeight(look.measure("top_bar"))
        self.setStyleSheet(
            f"#topbar {{ background: {look.colour('surface').name()};"
            f" border-bottom: 1px solid {look.colour('line').name()}; }}"
        )
        self.setAccessibleName(self.tr("Top bar"))
        self.ward_name = label("", look, "body_strong_banner", "bold")
        self.kind = label("", look, "body", colour="quiet")
        self.search = SearchField(look)
        self.who, self.lock = QPushButton(), LockButton(look)
        self.recording = label("", look, "caption", colour="quiet")
        self._session = session
        self.day = label("", look, "body", colour="quiet")
        self.clock = label("", look, "banner_name", "bold")
        self._arrange(look, demonstration=demonstration, read_only=read_only)
        self.show_who(session.who)
        session.who_changed.connect(self.show_who)
        self.who.clicked.connect(self.who_asked)

    def _arrange(self, look: Look, *, demonstration: bool, read_only: bool) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 16, 0)
        row.setSpacing(16)
        row.addWidget(self.ward_name)
        row.addWidget(self.kind)
        row.addWidget(self.search)
        row.addStretch(1)
        if demonstration:
            row.addWidget(self._demonstration(look, read_only=read_only))
            row.addStretch(1)
        elif read_only:
            row.addWidget(self._read_only(look))
            row.addStretch(1)
        self.who.setShortcut("F2")
        self.who.setAutoDefault(False)
        self.who.setFont(look.font("body", "strong"))
        high = look.px(28)
        self.who.setFixedHeight(high)
        self.who.setStyleSheet(
            f"QPushButton {{ padding: 0 8px; min-height: {high - 2}px; }}"
            f"QPushButton:focus {{ padding: 0 6px; min-height: {high - 6}px; }}"
        )
        self.lock.clicked.connect(self._lock)  # Ctrl+L is heard by `idle`, also above an open form
        cap = KeyCap("F2", look)
        row.addWidget(self.recording)
        row.addWidget(self.who)
        row.addWidget(cap)
        row.addWidget(self.lock)
        row.addWidget(self.day)
        row.addWidget(self.clock)
        self._first_to_go = [self.recording, self.kind, *self._first_to_go, cap, self.day]

    def _lock(self) -> None:
        from bedside.desktop.window import BedsideWindow

        window = self.window()
        if isinstance(window, BedsideWindow) and window.locking is not None:
            window.locking.lock()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for more or fewer parts."""
        super().resizeEvent(event)
        self._fit_in()

    def showEvent(self, event: QShowEvent) -> None:
        """Its words have their own width only once they are styled, which is when they are shown."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._fit_in)

    def _fit_in(self) -> None:
        """Ward, search, who records and the time stay, whatever the room; no word is cut."""
        look = self._look
        self.search.take_room(
            roomy=look.percent <= _ROOMY_TO or self.width() >= look.px(_ROOMY_FROM)
        )
        give_way(self, self._first_to_go, self.width())

    def _demonstration(self, look: Look, *, read_only: bool) -> QWidget:
        """Return the box that says that all of this is invented."""
        lines = (self.tr("invented infants,"), self.tr("site values made up"))
        if read_only:
            lines = (self.tr("invented infants;"), self.tr("READ-ONLY here"))
        name = self.tr("Demonstration: invented infants, site values made up")
        return self._boxed(look, self.tr("DEMONSTRATION"), lines, name)

    def _read_only(self, look: Look) -> QWidget:
        """Return the box that says that nothing can be recorded here."""
        lines = (self.tr("nothing can be recorded,"), self.tr("papers are not on record"))
        name = self.tr("Read-only: nothing can be recorded, papers are not on record")
        return self._boxed(look, self.tr("READ-ONLY"), lines, name)

    def _boxed(self, look: Look, title: str, lines: tuple[str, str], name: str) -> QWidget:
        box = label(title, look, "body", "title")
        box.setStyleSheet(
            f"QLabel {{ border: 2px solid {look.colour('ink').name()};"
            " padding: 1px 8px; letter-spacing: 1px; }"
        )
        beside = QWidget()
        words = QVBoxLayout(beside)
        words.setSpacing(1)
        words.setContentsMargins(0, 0, 0, 0)
        self._first_to_go.append(beside)
        for text in lines:
            line = label(text, look, "caption", colour="quiet")
            line.setFixedHeight(look.px(14))
            words.addWidget(line)
        box.setFixedHeight(look.px(24))
        holder = QWidget()
        holder.setFixedHeight(look.px(30))
        holder.setAccessibleName(name)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(box)
        row.addWidget(beside)
        return holder

    def show_site(self, ward_name: str, kind: str) -> None:
        """Show the ward's name and the kind of centre."""
        self.ward_name.setText(ward_name)
        self.kind.setText(kind)
        self._fit_in()

    def show_who(self, who: str) -> None:
        """Show who records; who signed in can lock the screen."""
        ward = self._session.ward
        signed_in = ward is not None and ward.signed_in is not None
        self.recording.setText(self.tr("signed in") if signed_in else self.tr("recording"))
        self.lock.setVisible(signed_in)
        words = who or self.tr("nobody yet")
        shown = self.who.fontMetrics().elidedText(
            words, Qt.TextElideMode.ElideRight, self._look.px(210)
        )
        self.who.setText(shown.replace("&", "&&"))  # a name's own sign, no mnemonic
        self.who.setAccessibleName(self.tr("Recording: {0}. Change").format(words))
        self.who.setToolTip(self.tr("{0}: change who records (F2)").format(words))
        # a text set anew takes the mnemonic's place
        self.who.setShortcut("F2")
        self._fit_in()

    def show_time(self, now: datetime) -> None:
        """Show the day and the time."""
        self.day.setText(write_weekday_date(now.date()))
        self.clock.setText(write_time(now))
        self.clock.setAccessibleName(self.tr("time {0}").format(write_time(now)))
