"""The navigation at the left: the ward, the protocols, the site, the keys, the theme."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QToolButton, QVBoxLayout

from bedside.desktop.icons import paint_icon
from bedside.desktop.look import Look

_LOW, _WORDS_ONLY = 40, 26  # heights of a door without its icon, and without its key
_SLIM_FROM = 56  # a door as low as this still has room for icon, words and key
_ICON, _ALL = 20, 61  # an icon's side, and how high icon, words and key are together


class Door(QToolButton):
    """A door with its key written below; the letters with Alt belong to the pages alone.

    It draws its icon itself: Qt's own icons cost the start some milliseconds.
    """

    def __init__(self, name: str, key: str, look: Look) -> None:
        super().__init__()
        self._name, self._key, self._look = name, key, look
        self._icon, self._room = True, "all"  # the style sheet asks by "room" where it is not all

    def set_high(self, high: int) -> None:
        """Be so high, with as much of icon, words and key as there is room for."""
        if high == self.height():
            return
        look = self._look
        self._icon = high >= look.px(_SLIM_FROM)
        low = high < look.px(_LOW)
        self.setToolTip(f"{self.text()} ({self._key})" if low else "")
        self.setFixedHeight(high)
        room = "words" if low else "all" if self._icon else "key"
        if room == self._room:
            return
        self._room = room
        self.setProperty("room", room)
        self.style().unpolish(self)
        self.style().polish(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the door, its icon and its key."""
        super().paintEvent(event)
        px = self._look.px
        if self.height() < px(_LOW):
            return
        with QPainter(self) as painter:
            if self._icon:
                top = px(3) + (self.height() - px(_ALL)) / 2
                box = QRectF((self.width() + 4 - px(_ICON)) / 2, top, px(_ICON), px(_ICON))
                tone = "quiet" if self.isEnabled() else "edge"
                paint_icon(painter, self._name, box, self._look.colour(tone))
            painter.setFont(self._look.font("caption"))
            painter.setPen(self._look.colour("quiet"))
            below = self.rect().adjusted(4, self.height() - px(19), 0, -3)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self._key)


class Navigation(QFrame):
    """Doors that stand on every page.

    Signals:
        ward_asked: the ward list.
        cohort_asked: the cohort.
        protocols_asked: the written protocols.
        commission_asked: the commissioning of protocols.
        site_asked: the site's settings.
        people_asked: the people of the ward.
        backup_asked: the copies of the ward.
        record_asked: the record of the ward.
        keys_asked: the page of shortcuts.
        theme_asked: the other theme.
        text_asked: another size of text.
    """

    ward_asked = Signal()
    cohort_asked = Signal()
    protocols_asked = Signal()
    commission_asked = Signal()
    site_asked = Signal()
    people_asked = Signal()
    backup_asked = Signal()
    record_asked = Signal()
    keys_asked = Signal()
    theme_asked = Signal()
    text_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._where: dict[str, bool] = {}
        self._site = ""  # which door of People and site, where that page is in sight
        self.setObjectName("navigation")
        self.setAccessibleName(self.tr("Navigation"))
        self.setFixedWidth(look.measure("nav_width"))
        self.setStyleSheet(door_style(look))
        self.ward = self._door("ward", self.tr("Ward"), "Ctrl+0")
        self.cohort = self._door("cohort", self.tr("Cohort"), "F8")
        self.protocols = self._door("protocols", self.tr("Protocols"), "F6")
        self.commission = self._door("commission", self.tr("Commission"), "F7")
        self.site = self._door("site", self.tr("Site"), "F9")
        self.people = self._door("people", self.tr("People"), "F3")
        self.backup = self._door("backup", self.tr("Backup"), "F11")
        self.record = self._door("record", self.tr("Record"), "Ctrl+9")
        self.text = self._door("text", self.tr("Text size"), "Ctrl+T")
        self.theme = self._theme_door()
        self.keys = self._door("keys", self.tr("Keys"), "F1")
        self._lay_out()
        self._connect()

    def minimumSizeHint(self) -> QSize:
        """Doors of words alone: a low window takes the room from the doors, not from a banner."""
        doors = len(self.findChildren(Door))
        return QSize(self._look.measure("nav_width"), doors * self._look.px(_WORDS_ONLY) + 16)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window every door stays whole: first the icons go, then the keys (F1 has them)."""
        super().resizeEvent(event)
        look, doors = self._look, self.findChildren(Door)
        each = (self.height() - 16) // len(doors)
        high = look.measure("nav_item")
        if each < high:
            steps = (each, look.px(_LOW), look.px(_WORDS_ONLY))
            high = next((one for one in steps if look.px(_SLIM_FROM) <= one <= each), 0)
            high = high or (steps[1] if steps[1] <= each else steps[2])
        for door in doors:
            door.set_high(high)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(0)
        for door, _ in self._pages():
            column.addWidget(door)
            door.setCheckable(True)
        column.addStretch(1)
        column.addWidget(self.text)
        column.addWidget(self.theme)
        column.addWidget(self.keys)
        self.ward.setChecked(True)

    def _pages(self) -> tuple[tuple[QToolButton, SignalInstance], ...]:
        """The doors behind which a page lies, from above, each with what it asks for."""
        return (
            (self.ward, self.ward_asked),
            (self.cohort, self.cohort_asked),
            (self.protocols, self.protocols_asked),
            (self.commission, self.commission_asked),
            (self.site, self.site_asked),
            (self.people, self.people_asked),
            (self.backup, self.backup_asked),
            (self.record, self.record_asked),
        )

    def _connect(self) -> None:
        for door, asked in self._pages():
            door.clicked.connect(self._still_here)  # first: a click checks its door by itself
            door.clicked.connect(asked)
        self.keys.clicked.connect(self.keys_asked)
        self.theme.clicked.connect(self.theme_asked)
        self.text.clicked.connect(self.text_asked)

    def _theme_door(self) -> QToolButton:
        if self._look.theme == "dark":
            return self._door("light", self.tr("Light"), "F10")
        return self._door("dark", self.tr("Dark"), "F10")

    def _door(self, name: str, words: str, key: str) -> QToolButton:
        door = Door(name, key, self._look)
        door.setText(words)
        door.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        door.setFixedSize(self._look.measure("nav_width") - 1, self._look.measure("nav_item"))
        door.setFont(self._look.font("body", "medium"))
        door.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        door.setShortcut(QKeySequence(key))
        door.setAccessibleName(words)
        door.setAccessibleDescription(self.tr("key {0}").format(key))
        return door

    def show_where(
        self,
        *,
        commissioning: bool = False,
        cohort: bool = False,
        backup: bool = False,
        record: bool = False,
        protocols: bool = False,
        site: str = "",
    ) -> None:
        """Mark the door behind which the page in sight lies; ``site`` names which of its two doors."""
        self._site = site
        self._where = {
            "commissioning": commissioning,
            "cohort": cohort,
            "backup": backup,
            "record": record,
            "protocols": protocols,
        }
        self.commission.setChecked(commissioning)
        self.cohort.setChecked(cohort)
        self.backup.setChecked(backup)
        self.record.setChecked(record)
        self.protocols.setChecked(protocols)
        self.site.setChecked(site == "site")
        self.people.setChecked(site == "people")
        self.ward.setChecked(not site and not any(self._where.values()))

    def _still_here(self) -> None:
        """Mark where we are, until the window has gone to where a door leads."""
        self.show_where(**self._where, site=self._site)


def door_style(look: Look) -> str:
    """The style sheet of the doors, for whatever is called "navigation"."""
    surface, line = look.colour("surface").name(), look.colour("line").name()
    quiet, accent = look.colour("quiet").name(), look.colour("accent").name()
    tint = look.colour("accent_tint").name()
    return (
        f"#navigation {{ background: {surface}; border-right: 1px solid {line}; }}"
        f"QToolButton {{ background: transparent; border: 0; border-left: 4px solid transparent;"
        f" color: {quiet}; padding: {look.px(23)}px 0 {look.px(15)}px 0; }}"
        f'QToolButton[room="key"] {{ padding: 1px 0 {look.px(15)}px 0; }}'
        'QToolButton[room="words"] { padding: 0; }'
        f"QToolButton:disabled {{ color: {look.colour('edge').name()}; }}"
        f"QToolButton:hover {{ background: {look.colour('sunk').name()}; }}"
        f"QToolButton:pressed {{ background: {look.colour('band').name()}; }}"
        f"QToolButton:checked {{ background: {tint}; border-left-color: {accent};"
        f" color: {accent}; font-weight: 700; }}"
        f"QToolButton:focus {{ border: 2px solid {accent}; border-left: 4px solid {accent}; }}"
    )
