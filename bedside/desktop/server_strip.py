"""The strip on every page while a ward's server does not answer, and for a moment after it is back.

It stands above the page, like the one of a ward that can only be read. What is typed stays
where it is; when the server is back the strip names it and leads there.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.save import RefusalNote
from bedside.ward.away import away_words, note_server

if TYPE_CHECKING:
    from bedside.desktop.frame import Frame
    from bedside.desktop.window import BedsideWindow

_HIGH, _BUTTON_HIGH = 36, 28
_LOOK_MS = 500
_BACK_MS = 20_000  # how long it says that the server is back, where nothing waits


class ServerStrip(QFrame):
    """Which copy is read and since when; or that the server is back, and what waits.

    Args:
        look: colours and fonts.
        away: the server does not answer; else it is back.
    """

    def __init__(self, look: Look, *, away: bool) -> None:
        super().__init__()
        self.setObjectName("server_strip")
        self.setMinimumHeight(look.px(_HIGH))
        ground = look.colour("stop" if away else "go").name()
        fill = look.colour("on_fill").name()
        self.setStyleSheet(
            f"#server_strip {{ background: {ground}; }}"
            f"#server_strip QPushButton {{ background: {ground}; color: {fill};"
            f" border: 1px solid {fill}; padding: 0 10px; min-height: {look.px(_BUTTON_HIGH) - 2}px; }}"
            f"#server_strip QPushButton:focus {{ border: 3px solid {fill}; padding: 0 8px; }}"
        )
        self.headline = label("", look, "body", "bold", "on_fill")
        self.words = label("", look, "body", "medium", "on_fill", wrap=True)
        self.go = QPushButton(self.tr("Go there"))
        self.put_away = QPushButton(self.tr("Put this message away"))
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 4, 16, 4)
        row.setSpacing(16)
        row.addWidget(self.headline)
        row.addWidget(self.words, 1)
        for button in (self.go, self.put_away):
            button.setAutoDefault(False)
            button.setFixedHeight(look.px(_BUTTON_HIGH))
            button.setVisible(False)
            row.addWidget(button)

    def say(self, headline: str, words: str) -> None:
        """Show what happened and what to do."""
        self.headline.setText(headline)
        self.words.setText(words)
        self.words.setToolTip(words)
        self.setAccessibleName(headline)
        self.setAccessibleDescription(words)


class ServerSeen(QObject):
    """Keeps a window's strip as the server is.

    Args:
        window: the window of a ward on a server.
    """

    def __init__(self, window: "BedsideWindow") -> None:
        super().__init__(window)
        self._window = window
        self.strip: ServerStrip | None = None
        self._frame: Frame | None = None  # that it stands in: another theme makes another one
        self._says_away = False
        self._waits: tuple[str, ...] = ()  # what was typed meanwhile, as the strip names it
        self._back = QTimer(self)
        self._back.setSingleShot(True)
        self._back.timeout.connect(self._take_away)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(_LOOK_MS)
        self.look()

    def look(self) -> None:
        """See whether the server answers, and say what changed."""
        window = self._window
        locked = window.locking is not None and window.locking.locked
        changed = note_server(window.ward)
        if window.ward.store.away is not None:
            self._say_away()
        elif changed:
            self._say_back()
        elif self._waits and not locked:
            self._say_what_waits()
        if changed and not locked:
            window.read_anew()

    def _say_away(self) -> None:
        window, away = self._window, self._window.ward.store.away
        if away is None:
            return
        self._back.stop()
        if self._frame is not window.frame or not self._says_away:
            self._show(away=True)
        if self.strip is not None:
            self.strip.say(window.ward.emergency, away_words(window.ward, away))

    def _say_back(self) -> None:
        self._show(away=False)
        # judged on the copy, or for want of the server: it holds no more, but its form waits on
        again = self.tr(
            "Nothing was recorded here: the server did not answer. It does now: try again."
        )
        if self._window.session.unsure:  # of one of the forms it is not known
            again = self.tr(
                "The server did not answer; it does now. Look whether it is recorded before you try again."
            )
        for note in self._refusals():
            note.show_reasons((again,) if note.text() else ())
        strip = self.strip
        if strip is None:
            return
        strip.go.clicked.connect(self._go)
        strip.put_away.clicked.connect(self._take_away)
        self._say_what_waits()
        if not self._waits:
            self._back.start(_BACK_MS)

    def _refusals(self) -> Iterator[RefusalNote]:
        """Each that stands in the window; while it is locked, its frames are not in it."""
        window = self._window
        kept = () if window.locking is None else window.locking.frames_kept()
        for holder in (window, window.frame, *kept):
            yield from holder.findChildren(RefusalNote)

    def _say_what_waits(self) -> None:
        """Name what was typed while the server was away, as long as it waits."""
        window, strip = self._window, self.strip
        if strip is None or self._frame is not window.frame:
            return
        waited = self._waits
        self._waits = tuple(window.drafts.names(window.frame, typed=True))
        if waited and not self._waits:  # recorded, or put away by hand
            self._take_away()
            return
        headline = self.tr("THE SERVER IS BACK: this is the ward again.")
        words = self.tr("Enter what was written on paper meanwhile.")
        if self._waits:
            words = self.tr("Typed and not recorded: {0}. Look, and record it.")
            if window.drafts.unsure(window.frame):
                words = self.tr(
                    "Typed: {0}. Look whether it is recorded before you record it again."
                )
        strip.say(headline, words.format("; ".join(self._waits)))
        strip.go.setVisible(bool(window.frame.drafts(typed=True)))
        strip.put_away.setVisible(bool(self._waits))

    def _show(self, *, away: bool) -> None:
        self._take_away()
        self.strip, self._says_away = ServerStrip(self._window.look, away=away), away
        self._frame = self._window.frame
        self._frame.beside_doors.insertWidget(0, self.strip)  # above the page and other bars
        self.strip.show()

    def _take_away(self) -> None:
        strip, self.strip, self._says_away, self._waits = self.strip, None, False, ()
        if strip is not None and self._frame is self._window.frame:  # else it went with its frame
            strip.hide()
            strip.deleteLater()

    def _go(self) -> None:
        """Open the first draft."""
        window = self._window
        for infant_id, title in window.frame.drafts(typed=True):
            if window.frame.infant_id == infant_id or window.open_infant(infant_id):
                titles = window.pages.titles
                if title in titles:
                    window.show_page(titles.index(title))
            return
