"""One change of what opens the ward: what is needed for it, and the two people who make it."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.look import Look
from bedside.desktop.person_form import TwiceTyped
from bedside.desktop.save import saving
from bedside.desktop.secret_edit import SecretEdit
from bedside.desktop.session import Session
from bedside.desktop.two_people import Shown, TwoPeople
from bedside.ward.key_acts import (
    NewWays,
    keyring_off,
    keyring_on,
    new_code,
    new_passphrase,
    order_encryption,
    order_new_key,
    remove_old_copies,
    remove_readable,
)
from bedside.ward.key_open import older_wards
from bedside.ward.ward import Ward

KeyAct = Literal[
    "passphrase", "code", "key", "encrypt", "ring on", "ring off", "remove", "old copies"
]
_LAST_FIELD = 36  # the form's area never ends within the last field
_WIDE = 170
_WITH_OLD = ("passphrase", "code", "key", "ring on")
_WITH_NEW = ("passphrase", "key", "encrypt")


class KeyActDialog(FormDialog):
    """Asks the administrator and a second person, and does it; ``made`` holds a new code.

    Args:
        ward: the open ward, with its people.
        look: colours and fonts.
        session: who is signed in.
        act: what is to be done.
        parent: the window.
    """

    def __init__(
        self, ward: Ward, look: Look, session: Session, act: KeyAct, parent: QWidget | None = None
    ) -> None:
        title, verb, about = self._words(act)
        if act == "old copies":
            about = f"{about}{self._old_wards(ward)}"
        super().__init__(look, session, title, verb, parent, about=about, width=700)
        self.ward, self.act = ward, act
        self.made: NewWays | None = None
        self.old = SecretEdit(self.tr("Ward passphrase until now"))
        self.new = TwiceTyped(
            self.tr("New ward passphrase"),
            self.tr("At least five words that do not belong together; typed twice."),
            look,
        )
        self.people = TwoPeople(ward, look)
        rows = (
            (self.tr("Ward passphrase &until now"), self.old, act in _WITH_OLD),
            (self.tr("&New ward passphrase"), self.new, act in _WITH_NEW),
        )
        for words, field, asked in rows:
            if asked:
                self.body.addLayout(self.line(words, field, wide=_WIDE))
            else:
                field.setParent(self)
                field.hide()
        self.body.addWidget(self.people)
        self.body.addSpacing(_LAST_FIELD)
        self.body.addStretch(1)
        self.old.entered.connect(self._after_old)
        self.new.again.entered.connect(self.people.setFocus)
        first = self.old if act in _WITH_OLD else self.new if act in _WITH_NEW else self.people
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def record(self) -> None:
        """Do it, or say why not; a person's wrong secret is typed anew, those of the ward stay."""
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            done = saving(self, self._do, button=self.act_button)
        finally:
            QApplication.restoreOverrideCursor()
        if done:
            self.old.clear()
            self.new.clear()
            self.accept()

    def _old_wards(self, ward: Ward) -> str:
        names = older_wards(ward)
        return self.tr(" Replaced wards: {0}.").format(", ".join(names)) if names else ""

    def _after_old(self) -> None:
        (self.new if self.act in _WITH_NEW else self.people).setFocus()

    def _do(self) -> None:
        self.people.sign(self._signed)

    def _signed(self, first: Shown, second: Shown) -> None:
        shown, ward = (first, second), self.ward
        old, new = self.old.text(), self.new.value()
        acts: dict[KeyAct, Callable[[], object]] = {
            "passphrase": lambda: new_passphrase(ward, old, new, shown),
            "key": lambda: order_new_key(ward, old, new, shown),
            "encrypt": lambda: order_encryption(ward, new, shown),
            "ring on": lambda: keyring_on(ward, old, shown),
            "ring off": lambda: keyring_off(ward, shown),
            "remove": lambda: remove_readable(ward, shown),
            "old copies": lambda: remove_old_copies(ward, shown),
        }
        if self.act == "code":
            self.made = new_code(ward, old, shown)
        else:
            acts[self.act]()

    def _words(self, act: KeyAct) -> tuple[str, str, str]:
        """Title, verb and what it is for."""
        tr = self.tr
        titles = {
            "passphrase": (tr("New ward passphrase"), tr("&Change the passphrase")),
            "code": (tr("New recovery code"), tr("&Make the code")),
            "key": (tr("Another key for this ward"), tr("&Change the key")),
            "encrypt": (tr("Encrypt this ward"), tr("&Encrypt the ward")),
            "ring on": (tr("Open by this computer's keyring"), tr("Use the &keyring")),
            "ring off": (tr("No longer open by the keyring"), tr("Leave the &keyring")),
            "remove": (tr("Remove what is readable"), tr("&Remove it for good")),
            "old copies": (
                tr("Remove the copies that older keys open"),
                tr("&Remove them for good"),
            ),
        }
        return (*titles[act], self._about_act(act))

    def _about_act(self, act: KeyAct) -> str:
        tr = self.tr
        return {
            "passphrase": tr(
                "The old one opens this ward no more, but still opens every copy made before. The "
                "recovery code may be typed in its place."
            ),
            "code": tr(
                "For when the sheet was opened, used or lost. The old sheet opens this ward no more, "
                "but still opens every copy made before."
            ),
            "key": tr(
                "For when a passphrase, a sheet or a key file may have been seen by others. The "
                "window closes, the ward is written anew with another key and verified, a new "
                "sheet is printed, and the window opens again. Copies made before, on this disk and on "
                "the second medium, still open with the old passphrase and the old sheet: whoever "
                "has seen those reads them. Lock these media away."
            ),
            "encrypt": tr(
                "A copy is made first. The window closes, the ward is written out encrypted and "
                "held against the plain one field by field, its recovery sheet is printed, and "
                "the window opens again. The plain ward is kept aside until you remove it."
            ),
            "ring on": tr(
                "Whoever is signed in to this computer then opens the ward without passphrase."
            ),
            "ring off": tr("From the next start on the ward's passphrase is asked for."),
            "remove": tr(
                "The plain ward kept aside and plain copies are removed; the encrypted ward and "
                "its copies stay. A disk may hold what was removed for a while: only encrypting "
                "or wiping the whole disk is certain."
            ),
            "old copies": tr(
                "Every copy that a passphrase, sheet or key of before opens is removed, here and on "
                "the second medium, and every ward that a restore replaced (replaced-…) and they "
                "open; what was recorded up to then stays in the ward and in the copies "
                "of today's keys. The last good copy is never removed. A medium that is not plugged "
                "in keeps its old copies."
            ),
        }[act]
