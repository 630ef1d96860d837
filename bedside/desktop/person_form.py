"""The fields of a person: name, initials, roles, and the passphrase that she types herself, twice."""

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from bedside.desktop.fields import PlainEdit
from bedside.desktop.form_dialog import caption
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.secret_edit import SecretEdit
from bedside.desktop.tick_box import tick_box
from bedside.ward.people_acts import NewPerson, initials_of
from bedside.ward.roles import role_book

_CAPTION = 150


class RoleBoxes(QWidget):
    """A box to tick for each role; several may be ticked, none is ticked before a person does it."""

    def __init__(self, look: Look, chosen: Sequence[str] = ()) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Roles"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(18)
        self.boxes: dict[str, QCheckBox] = {}
        for at, (role, title) in enumerate(role_book().roles.items()):
            box = tick_box(title, look, 28)
            box.setChecked(role in chosen)
            self.boxes[role] = box
            grid.addWidget(box, at // 3, at % 3)
        grid.setColumnStretch(3, 1)
        self.setFocusProxy(next(iter(self.boxes.values())))

    def value(self) -> tuple[str, ...]:
        """The roles that are ticked."""
        return tuple(role for role, box in self.boxes.items() if box.isChecked())


class TwiceTyped(QWidget):
    """A secret that is typed twice; ``first`` and ``again`` are its fields.

    Args:
        name: what it is called, e.g. "Passphrase".
        about: one quiet line below.
    """

    def __init__(self, name: str, about: str, look: Look) -> None:
        super().__init__()
        self.first = SecretEdit(name)
        self.again = SecretEdit(self.tr("{0}, second time").format(name))
        self.first.entered.connect(self.again.setFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.again.setPlaceholderText(self.tr("a second time"))
        column.addWidget(self.first)
        column.addWidget(self.again)
        column.addWidget(label(about, look, "small", colour="quiet", wrap=True))
        self.setFocusProxy(self.first)

    def value(self) -> tuple[str, str]:
        """Both as typed."""
        return self.first.text(), self.again.text()

    def clear(self) -> None:
        """Empty both."""
        self.first.clear()
        self.again.clear()


class PersonForm(QWidget):
    """A person to be added."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.name = PlainEdit(self.tr("Name"))
        self.name.setPlaceholderText(self.tr("as it is to stand on records, without the role"))
        self.initials = PlainEdit(self.tr("Initials"))
        self.initials.setFixedWidth(look.px(80))
        self.roles = RoleBoxes(look)
        self.secret = TwiceTyped(
            self.tr("Passphrase"),
            self.tr(
                "At least 15 letters: three or four words are easiest. "
                "It is typed by the person and told to nobody."
            ),
            look,
        )
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(10)
        grid.setColumnMinimumWidth(0, look.px(_CAPTION))
        grid.setColumnStretch(1, 1)
        rows = (
            (self.tr("&Name"), self.name),
            (self.tr("&Initials"), self.initials),
            (self.tr("&Roles"), self.roles),
            (self.tr("&Passphrase"), self.secret),
        )
        for at, (words, field) in enumerate(rows):
            grid.addWidget(caption(words, field, look), at, 0)
            grid.addWidget(field, at, 1)
        grid.setRowStretch(len(rows), 1)
        self.setFocusProxy(self.name)
        self._proposed = ""
        self.name.textEdited.connect(self._propose)

    def value(self) -> NewPerson:
        """The person as typed."""
        first, again = self.secret.value()
        return NewPerson(
            self.name.text().strip(), self.initials.text().strip(), self.roles.value(), first, again
        )

    def is_dirty(self) -> bool:
        """Whether something was typed or ticked."""
        return bool(self.name.text() or self.roles.value() or any(self.secret.value()))

    def _propose(self, name: str) -> None:
        """Initials follow the name until somebody types others."""
        if self.initials.text() == self._proposed:
            self._proposed = initials_of(name)
            self.initials.setText(self._proposed)
