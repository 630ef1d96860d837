"""The page People and site: who has an account and what each role may do, and every setting of the site."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from bedside.desktop.labels import label, rule
from bedside.desktop.look import Look
from bedside.desktop.people_panel import PeoplePanel
from bedside.desktop.plain_band import Band
from bedside.desktop.plain_table import HEAD_HIGH, ROW_HIGH, PlainTable
from bedside.desktop.session import Session
from bedside.desktop.site_panel import SitePanel
from bedside.desktop.text_table import TextTable
from bedside.ward.site_overview import role_lines
from bedside.ward.ward import SITE_KINDS, Ward

_LEFT = 480  # pixels at 100 %
_ROLE_WIDTHS = (252,)
_PEOPLE_ROOM, _ACTS_ROOM = 3, 2  # how they share what is left
_TALL_ROLES = 5  # rows of what the roles may do that are always in sight
_HIGH = 1180  # of the page in large text, where one part stands below the other, at 100 %


class SitePage(QWidget):
    """People at the left, the site at the right; in large text one below the other.

    Args:
        ward: the open ward.
        look: fonts and colours.
        session: who is here.
    """

    def __init__(self, ward: Ward, look: Look, session: Session) -> None:
        super().__init__()
        self.ward, self.look = ward, look
        self.setAccessibleName(self.tr("People and site"))
        self.band = SiteBand(look)
        self.people = PeoplePanel(ward, look, session)
        self.site = SitePanel(ward, look, session)
        self.acts_title = label("", look, "body_strong_banner", "bold", wrap=True)
        self.acts_model = TextTable((self.tr("Act"), self.tr("Roles")), self)
        self.acts = PlainTable(self.tr("What each role may do"), look)
        self.acts.setModel(self.acts_model)
        self.acts.set_widths(_ROLE_WIDTHS)
        self.acts.grow_rows(ROW_HIGH)
        self.acts.when_empty(self.tr("This role may do nothing that is recorded."))
        self.acts.setMinimumHeight(look.px(HEAD_HIGH + _TALL_ROLES * ROW_HIGH))
        self.people.chosen.connect(self._show_acts)
        self.people.begin_asked.connect(self._begin)
        self.people.closed_work.connect(self._close)
        self._lay_out()
        self._show_acts()

    def refresh(self) -> None:
        """Read people and settings again."""
        self.people.refresh()
        self._column.setStretch(0, _PEOPLE_ROOM if self.people.people else 0)
        self.site.refresh()
        self.band.show_site(self.ward.site_title[0], SITE_KINDS[self.ward.site.kind])

    def take_focus(self, *, people: bool = False) -> None:
        """The settings take the keyboard, or the people."""
        if people and self.people.begin.isVisible():
            self.people.begin.setFocus(Qt.FocusReason.OtherFocusReason)
        elif people:  # also where nobody is in it: it says why
            self.people.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.site.take_focus()

    def _begin(self) -> None:
        from bedside.desktop.people_door import begin
        from bedside.desktop.window import BedsideWindow

        window = self.window()
        if isinstance(window, BedsideWindow):
            begin(window)
            self.refresh()

    def _close(self) -> None:
        from bedside.desktop.people_door import close_for_work
        from bedside.desktop.window import BedsideWindow

        window = self.window()
        if isinstance(window, BedsideWindow):
            close_for_work(window)

    def _show_acts(self) -> None:
        """What the person of the chosen row may do; while there is none, what each role may."""
        lines, everybody = role_lines(), self.people.people
        row = self.people.table.currentIndex().row()
        if not 0 <= row < len(everybody):
            self.acts_title.setText(self.tr("What each role may do"))
        else:
            person = everybody[row]
            words = self.tr("What {0} may do") if person.active else self.tr("What {0} might do")
            self.acts_title.setText(words.format(person.name))
            lines = tuple(line for line in lines if set(person.roles) & set(line.roles))
        self.acts_model.show_rows([(line.words, line.who) for line in lines])
        if lines:
            self.acts.setCurrentIndex(self.acts_model.index(0, 0))
        self.acts.resizeRowsToContents()

    def _lay_out(self) -> None:
        large = self.look.percent > 100
        ways = QBoxLayout.Direction
        row = QBoxLayout(ways.TopToBottom if large else ways.LeftToRight, self)
        row.setContentsMargins(20, 14, 16, 12)
        row.setSpacing(20)
        left = QWidget()
        self._column = column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.people)
        column.addWidget(self.acts_title)
        column.addWidget(self.acts, _ACTS_ROOM)
        if large:
            self.least_size = (1, _HIGH)
        else:
            left.setFixedWidth(self.look.px(_LEFT))
        row.addWidget(left)
        row.addWidget(rule(self.look, upright=not large))
        row.addWidget(self.site, 1)


class SiteBand(Band):
    """Says whose settings these are."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.setAccessibleName(self.tr("Whose people and settings"))
        about = self.tr(
            "Who has an account and what each role may do; every setting of the site, by whom and when."
        )
        self.title = label("", look, "list_title", "bold")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 8, 16, 8)
        column.setSpacing(2)
        column.addWidget(label(about, look, "body", colour="quiet"))
        column.addWidget(self.title)

    def show_site(self, name: str, kind: str) -> None:
        """Name the ward and its kind."""
        self.title.setText(self.tr("People and site: {0}, {1}").format(name, kind))
