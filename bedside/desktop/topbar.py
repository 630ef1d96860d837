"""The top bar: which ward this is, the search, who records, the day and the clock."""

from datetime import datetime

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from bedside.desktop.icons import paint_icon
from bedside.desktop.key_cap import KeyCap
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.session import Session
from bedside.units.dates import write_time, write_weekday_date

_SEARCH_WIDE, _SEARCH_HIGH = 296, 28


class SearchField(QLineEdit):
    """Finds an infant by name, hospital number or bed.

    Signals:
        left: Return or Down was pressed; the list takes over.
        given_up: Esc was pressed; the whole list is wanted again.
    """

    left = Signal()
    given_up = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setPlaceholderText(self.tr("Find infant or hospital number"))
        self.setAccessibleName(self.tr("Find infant or hospital number"))
        self.setAccessibleDescription(self.tr("Ctrl+F; the list shows whom it finds as you type"))
        self.setFixedSize(_SEARCH_WIDE, _SEARCH_HIGH)
        self.setFont(look.font("body"))
        self.setStyleSheet(
            "QLineEdit { padding: 0 60px 0 30px; min-height: 26px; }"
            "QLineEdit:focus { padding: 0 59px 0 29px; min-height: 24px; }"
        )
        cap = KeyCap("Ctrl+F", look, self)
        cap.adjustSize()
        cap.move(_SEARCH_WIDE - cap.width() - 6, (_SEARCH_HIGH - cap.height()) // 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return and Down go to the list, Esc empties the field."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
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
            paint_icon(painter, "search", QRectF(8, _SEARCH_HIGH / 2 - 8, 16, 16), colour)


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
        self.who = QPushButton()
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
        self.who.setFixedHeight(28)
        self.who.setStyleSheet(
            "QPushButton { padding: 0 8px; min-height: 26px; }"
            "QPushButton:focus { padding: 0 6px; min-height: 22px; }"
        )
        row.addWidget(label(self.tr("recording"), look, "caption", colour="quiet"))
        row.addWidget(self.who)
        row.addWidget(KeyCap("F2", look))
        row.addWidget(self.day)
        row.addWidget(self.clock)

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
            f"{box.styleSheet()} QLabel {{ border: 2px solid {look.colour('ink').name()};"
            " padding: 1px 8px; letter-spacing: 1px; }"
        )
        words = QVBoxLayout()
        words.setSpacing(1)
        words.setContentsMargins(0, 0, 0, 0)
        for text in lines:
            line = label(text, look, "caption", colour="quiet")
            line.setFixedHeight(14)
            words.addWidget(line)
        box.setFixedHeight(24)
        holder = QWidget()
        holder.setFixedHeight(30)
        holder.setAccessibleName(name)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(box)
        row.addLayout(words)
        return holder

    def show_site(self, ward_name: str, kind: str) -> None:
        """Show the ward's name and the kind of centre."""
        self.ward_name.setText(ward_name)
        self.kind.setText(kind)

    def show_who(self, who: str) -> None:
        """Show who records."""
        words = who or self.tr("nobody yet")
        self.who.setText(self.who.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, 210))
        self.who.setAccessibleName(self.tr("Recording: {0}. Change").format(words))
        self.who.setToolTip(self.tr("{0}: change who records (F2)").format(words))
        # a text set anew takes the mnemonic's place
        self.who.setShortcut("F2")

    def show_time(self, now: datetime) -> None:
        """Show the day and the time."""
        self.day.setText(write_weekday_date(now.date()))
        self.clock.setText(write_time(now))
        self.clock.setAccessibleName(self.tr("time {0}").format(write_time(now)))
