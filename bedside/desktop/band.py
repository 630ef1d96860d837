"""The band under the top bar: the patient's banner (the ward list has its summary there)."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from bedside.desktop.direction import apart, forward, named
from bedside.desktop.labels import dress, hint, label
from bedside.desktop.look import Look
from bedside.desktop.marks import DltLabel
from bedside.desktop.plain_band import Band
from bedside.units.dates import write_date, write_time
from bedside.ward.infants import NO_RISK_GROUPS, fever_lines
from bedside.ward.views.marks import Banner

_MOST_NAME = 250
_NAME_TEXT = (("body_strong_banner", 2), ("small", 2), ("caption", 3))
_LEAST_WIDE = 1280  # the narrowest window
_AROUND = 5  # px above and below the rows
_SECOND_ROW = 5  # the first part that stands in the second row
_MOST_PROTOCOL = 240
_MOST_TIGHT = 2  # first that there are no risk groups, then since when the DLT period runs
_ALLERGIES = (116, 190)
_ONE_TEXT = (("body_strong_banner", 2), ("small", 3), ("caption", 3))

Fit = tuple[int, int, Sequence[tuple[str, int]]]


class BannerBand(Band):
    """Who this is: on every page of one infant, first in the tab order, read out as a whole.

    Signals:
        contact_due: the tertiary team has to be rung about this infant, since just now.
        grew: it takes one row or two now, in large text.
    """

    contact_due = Signal(int)
    grew = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.banner: Banner | None = None
        self._tight, self._room = 0, 0  # how many words give way, in how much room
        self._fever_said: tuple[QLabel, QLabel] | None = None  # how long, and by when
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, 3)
        column.setSpacing(0)
        self._rows = [QHBoxLayout(), QHBoxLayout()]
        for row in self._rows:
            row.setSpacing(0)
            column.addLayout(row, 1)
        self._two = False
        self._covered = False

    def cover_identifiers(self, *, covered: bool) -> None:
        """Show neither day of birth nor hospital number while a form asks for both off the band (H25)."""
        if covered == self._covered:
            return
        self._covered = covered
        if self.banner is not None:
            self._tell_hint(self.banner)
            self._fit_in(self.banner)

    def _tell_hint(self, banner: Banner) -> None:
        self.setToolTip("" if self._covered else hint(spoken(banner).replace("; ", "\n")))

    def show_banner(self, banner: Banner) -> None:
        """Show an infant's banner; the same one is not built twice."""
        if banner == self.banner:
            return
        before, self.banner = self.banner, banner
        self._tell_contact(before, banner)
        self.setAccessibleName(spoken(banner))
        self._tell_hint(banner)
        self._fit_in(banner)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A wider or narrower window has room for more or less."""
        super().resizeEvent(event)
        self._fit_anew()

    def showEvent(self, event: QShowEvent) -> None:
        """A band that was filled while hidden was measured for the narrowest window."""
        super().showEvent(event)
        self._fit_anew()

    def _fit_anew(self) -> None:
        if self.banner is not None and self._room != self._room_now():
            self._fit_in(self.banner)

    def _room_now(self) -> int:
        """The window's width; where that is not in sight yet, the narrowest there may be."""
        return self.window().width() if self.window().isVisible() else _LEAST_WIDE

    def _fit_in(self, banner: Banner) -> None:
        """Nothing is cut: what stands on the page as well is left to it where there is little room."""
        self._tight = 0
        room = self._room = self._room_now()
        self._take_rows(two=room < self.look.px(_LEAST_WIDE))
        while self._build(banner) > room and self._tight < _MOST_TIGHT:
            self._tight += 1

    def _take_rows(self, *, two: bool) -> None:
        """In large text one row has no room for anybody: then there are two."""
        if two != self._two:
            self._two = two
            self._stand(self.look.measure("band") * (2 if two else 1))

    def _stand(self, high: int) -> None:
        """Take another height, where it is one."""
        if high != self.minimumHeight():
            self.setFixedHeight(high)
            self.grew.emit()

    def _build(self, banner: Banner) -> int:
        """Build the parts; return how wide the wider row would be, in pixels."""
        for row in self._rows:
            while (item := row.takeAt(0)) is not None:
                if (widget := item.widget()) is not None:
                    widget.hide()
                    widget.deleteLater()
        parts = [self._name(banner), *self._parts(banner)]
        first = _SECOND_ROW if self._two else len(parts)
        held = (parts[:first], parts[first:])
        for row, shown in zip(self._rows, held, strict=True):
            for part in shown:
                row.addWidget(part)
            if shown:
                row.addStretch(1)
        if self._two:  # no higher than its words: the page below is short enough in large text
            rows = (max(part.sizeHint().height() for part in shown) for shown in held)
            self._stand(sum(rows) + _AROUND)
        return max(sum(part.sizeHint().width() for part in shown) for shown in held)

    def _tell_contact(self, before: Banner | None, banner: Banner) -> None:
        """Say, when what was recorded is done with, that the tertiary team is to be rung.

        Once for each toxicity that is new, and for one that became severe: a mild one that has stood
        open for weeks must not keep the card back from the next.
        """
        if before is None or before.infant_id != banner.infant_id or not banner.dlt.contact:
            return
        old, new = before.dlt, banner.dlt
        if not old.contact or new.newest > old.newest or new.severe > old.severe:
            QTimer.singleShot(0, self, self._contact)

    def _contact(self) -> None:
        if self.banner is not None:
            self.contact_due.emit(self.banner.infant_id)

    def _name(self, banner: Banner) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(18, 0, 15, 8)
        row.setSpacing(5)
        family = label(forward(f"{apart(banner.family)},"), self.look, "banner_name", "title")
        given = label(forward(banner.given), self.look, "banner_name")
        if family.sizeHint().width() + given.sizeHint().width() > self.look.px(_MOST_NAME):
            column = QVBoxLayout()
            column.setSpacing(0)
            for part, weight in ((family, "title"), (given, "text")):
                dress(part, self.look, "course_day", weight)
                _fit(part, self.look, 120, _MOST_NAME, _NAME_TEXT, weight)
                column.addWidget(part)
            row.setContentsMargins(18, 2, 15, 2)
            row.addLayout(column)
        else:
            row.addWidget(family)
            row.addWidget(given)
        return holder

    def _parts(self, banner: Banner) -> list[QWidget]:
        measured = banner.weight_at
        weight = (
            self.tr("on {0}").format(write_date(measured.date())) if measured is not None else ""
        )
        formula = banner.bsa_formula if banner.bsa_text != "unknown" else self.tr("body surface")
        part = self._part
        off_band = self.tr("off the band") if self._covered else ""
        allergies = part(
            self.tr("Allergies"), [(banner.allergies, "")], fit=(*_ALLERGIES, _ONE_TEXT)
        )
        return [
            part(
                self.tr("Born (age)"),
                [(off_band or write_date(banner.born), ""), ("", f"({banner.age_text})")],
            ),
            part(self.tr("Sex"), [(banner.sex, "")]),
            part(self.tr("Hospital number"), [(off_band or banner.hospital_number, "")]),
            part(
                self.tr("Weight, measured, BSA"),
                [(banner.weight_text, weight), ("", f"{banner.bsa_text} {formula}")],
            ),
            part(
                self.tr("Protocol, arm, risk group"),
                [(self._protocol(banner), ""), ("", _risk(banner, tight=self._tight >= 1))],
            ),
            allergies,
            self._dlt(banner),
            *self._fever(banner),
        ]

    def _protocol(self, banner: Banner) -> str:
        """Protocol and arm; an arm told in a sentence is read out, and the title stands alone."""
        text = banner.protocol_text
        metrics = QFontMetrics(self.look.font("body_strong_banner", "strong"))
        return (
            text
            if metrics.horizontalAdvance(text) <= self.look.px(_MOST_PROTOCOL)
            else text.split(", ")[0]
        )

    def _part(self, title: str, lines: list[tuple[str, str]], *, fit: Fit | None = None) -> QWidget:
        """Return one part: a caption, then lines of a strong and a plain text."""
        holder = _Part(self.look)
        column = QVBoxLayout(holder)
        column.setContentsMargins(13, 6, 13, 3)
        column.setSpacing(1)
        column.addWidget(label(title, self.look, "caption", colour="quiet"))
        for strong, plain in lines:
            row = QHBoxLayout()
            row.setSpacing(4)
            if strong:
                text = label(strong, self.look, "body_strong_banner", "strong")
                if fit is not None:
                    _fit(text, self.look, *fit)
                row.addWidget(text)
            if plain:
                row.addWidget(label(plain, self.look, "body_strong_banner"))
            row.addStretch(1)
            column.addLayout(row)
        column.addStretch(1)
        return holder

    def _dlt(self, banner: Banner) -> QWidget:
        dlt = banner.dlt
        # whose rule judges is said where it is the site's; by whom and when, on the pages
        own = self.tr("DLT period, site’s rule") if dlt.rule else self.tr("DLT period")
        holder = self._part(own, [])
        column = holder.layout()
        if not isinstance(column, QVBoxLayout):
            raise TypeError("a part of the banner is a column")
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(DltLabel(dlt.state, self.look))
        weight = "text" if dlt.state == "not in this protocol" else "strong"
        row.addWidget(label(dlt.headline, self.look, "body_strong_banner", weight))
        row.addStretch(1)
        column.insertLayout(1, row)
        if dlt.details:
            # the rest is read out, and stands on the page
            weight, colour = ("strong", "hold") if dlt.contact else ("text", "ink")
            # beside a running clock or a long name there is room for the newest part only
            said = dlt.details[0].split(", ")[-1] if self._tight >= _MOST_TIGHT else dlt.details[0]
            column.insertWidget(2, label(said, self.look, "small", weight, colour))
        return holder

    def _fever(self, banner: Banner) -> list[QWidget]:
        """An open fever: the minutes first; nothing where there is none."""
        self._fever_said = None
        if banner.fever is None:
            return []
        strong, plain, colour = banner.fever
        holder = self._part(self.tr("Fever, antibiotics"), [])
        column = holder.layout()
        if not isinstance(column, QVBoxLayout):
            raise TypeError("a part of the banner is a column")
        figure = label(strong, self.look, "course_day", "bold", colour)
        due = label(plain, self.look, "small", "strong")
        column.insertWidget(1, figure)
        column.insertWidget(2, due)
        self._fever_said = (figure, due)
        return [holder]

    def tick(self, now: datetime) -> None:
        """Move the antibiotic clock on, in its own words, as the page Fever does.

        Args:
            now: aware time.
        """
        clock = None if self.banner is None else self.banner.fever_clock
        if clock is None or self._fever_said is None:
            return
        strong, plain, colour = fever_lines(clock, now)
        figure, due = self._fever_said
        if (strong, plain) != (figure.text(), due.text()):
            dress(figure, self.look, "course_day", "bold", colour)
            figure.setText(strong)
            due.setText(plain)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the focus ring inside the band."""
        super().paintEvent(event)
        if self.hasFocus():
            with QPainter(self) as painter:
                painter.setPen(QPen(self.look.colour("accent"), self.look.measure("focus_ring")))
                painter.drawRect(QRect(1, 1, self.width() - 2, self.height() - 3))


class _Part(QWidget):
    """One part of the banner with the hairline to its left."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the hairline."""
        with QPainter(self) as painter:
            painter.fillRect(0, 0, 1, self.height(), self._look.colour("line"))


def _fit(
    text: QLabel,
    look: Look,
    least: int,
    most: int,
    sizes: Sequence[tuple[str, int]],
    weight: str = "strong",
) -> None:
    """Set a long text smaller and in lines, as narrow as they allow; a short one stays as it is.

    Args:
        text: the label.
        look: fonts.
        least: the narrowest it may become, in pixels.
        most: the widest.
        sizes: font sizes to try, each with the lines there is room for.
        weight: how strong it stands.
    """
    text.ensurePolished()
    least, most = look.px(least), look.px(most)
    if text.fontMetrics().horizontalAdvance(text.text()) <= most:
        text.setWordWrap(False)
        return
    text.setWordWrap(True)
    for size, lines in sizes:
        dress(text, look, size, weight)
        metrics = QFontMetrics(look.font(size, weight))
        for room in range(least, most + 1, 8):
            flags = int(Qt.TextFlag.TextWordWrap)
            box = metrics.boundingRect(QRect(0, 0, room, 999), flags, text.text())
            if box.width() <= room and box.height() <= lines * metrics.lineSpacing():
                text.setFixedWidth(room + 2)
                return
    text.setFixedWidth(most)


def _risk(banner: Banner, *, tight: bool) -> str:
    """Gene and risk group; where there is little room not that the protocol has no groups."""
    parts = banner.risk_text.split("; ")
    if tight and NO_RISK_GROUPS in parts and len(parts) > 1:
        parts.remove(NO_RISK_GROUPS)
    return "; ".join(parts)


def spoken(banner: Banner) -> str:
    """The whole banner as one sentence for those who hear it."""
    measured = banner.weight_at
    on = (
        f" on {write_date(measured.date())} at {write_time(measured)}"
        if measured is not None
        else ""
    )
    parts = (
        named(banner.family, banner.given),
        f"born {write_date(banner.born)}, age {banner.age_text}",
        banner.sex,
        f"hospital number {banner.hospital_number}",
        f"weight {banner.weight_text}{on}",
        f"body surface {banner.bsa_text}, {banner.bsa_formula}",
        banner.protocol_text,
        banner.risk_text,
        f"allergies: {banner.allergies}",
        "DLT period " + ", ".join((banner.dlt.headline, *banner.dlt.details)),
        banner.dlt.rule,
        "" if banner.fever is None else f"fever, antibiotics: {banner.fever[0]}, {banner.fever[1]}",
    )
    return "; ".join(part for part in parts if part)
