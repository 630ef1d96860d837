"""What opens this ward: how it stands, and the doors to change it."""

from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bedside.desktop.buttons import FIELD_HIGH, make_tall
from bedside.desktop.key_act_dialog import KeyAct, KeyActDialog
from bedside.desktop.labels import dress, label
from bedside.desktop.look import Look
from bedside.desktop.recovery_dialog import RecoveryDialog
from bedside.desktop.save import RefusalNote
from bedside.desktop.session import Session
from bedside.desktop.staying_dialog import StayingDialog
from bedside.ward.key_acts import KeyState, key_state
from bedside.ward.key_open import key_warnings, seen_to
from bedside.ward.ward import Ward

_WIDE = 760
_NAMED = 3  # so many copies are named; F11 lists every one


class WardKeysDialog(StayingDialog):
    """Passphrase, recovery code, key and keyring of the ward; whoever may not reads how it stands.

    Args:
        ward: the open ward.
        look: fonts and colours.
        session: who is signed in.
        parent: the window.
    """

    def __init__(
        self, ward: Ward, look: Look, session: Session, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.ward, self.look, self.session = ward, look, session
        self.setWindowTitle(self.tr("What opens this ward"))
        self.setAccessibleName(self.tr("What opens this ward"))
        self.state = label("", look, "body", "strong", wrap=True)
        self.left = label("", look, "body", "strong", "hold", wrap=True)
        self.refusals = RefusalNote(look)
        self.buttons: dict[KeyAct, QPushButton] = {
            "encrypt": QPushButton(self.tr("&Encrypt this ward…")),
            "remove": QPushButton(self.tr("&Remove what is readable…")),
            "passphrase": QPushButton(self.tr("New &passphrase…")),
            "code": QPushButton(self.tr("New recovery &code…")),
            "key": QPushButton(self.tr("&Another key…")),
            "ring on": QPushButton(self.tr("Use the &keyring…")),
            "ring off": QPushButton(self.tr("&Leave the keyring…")),
            "old copies": QPushButton(self.tr("Remove &old copies…")),
        }
        self._rows: dict[KeyAct, QWidget] = {}
        self.back = QPushButton(self.tr("&Go back"))
        self._build()
        self.refresh()
        self.back.setFocus()

    def refresh(self) -> None:
        """Read again how the ward stands."""
        state = key_state(self.ward)
        self.state.setText(self._state_words(state))
        plain = state.kind == "plain"
        dress(self.state, self.look, "body", "strong", "stop" if plain else "ink")
        if state.old_copies:
            count, names = len(state.old_copies), ", ".join(state.old_copies[:_NAMED])
            more = self.tr(" and {0} more").format(count - _NAMED) if count > _NAMED else ""
            said = self.tr("Older keys still open {0} copies or replaced wards: {1}{2}.")
            if count == 1:
                said = self.tr("Older keys still open {0} copy or replaced ward: {1}{2}.")
            old = said.format(count, names, more)
        else:
            old = ""
        begun = [full for _, full in key_warnings(self.ward)]
        self.left.setText(
            "\n".join(part for part in (*begun, old, self._left_words(state)) if part)
        )
        self.left.setVisible(bool(self.left.text()))
        self.refusals.show_reasons((state.why_not,) if state.why_not else ())
        encrypted = state.kind == "encrypted"
        offered: dict[KeyAct, bool] = {
            "encrypt": not encrypted,
            "remove": bool(state.left.everything),
            "passphrase": not plain,
            "code": not plain,
            "key": encrypted,
            "ring on": not plain and state.has_ring and not state.by_keyring,
            "ring off": state.by_keyring,
            "old copies": bool(state.old_copies),
        }
        for act, button in self.buttons.items():
            button.setVisible(offered[act])
            self._rows[act].setVisible(offered[act])
            button.setEnabled(not state.why_not)

    def _leave(self) -> None:
        """Who may change the keys has read here that a change was broken off: it is told no more."""
        if not key_state(self.ward).why_not:
            seen_to(self.ward)
        self.reject()

    def _open(self, act: KeyAct) -> None:
        dialog = KeyActDialog(self.ward, self.look, self.session, act, self)
        done = dialog.exec() == QDialog.DialogCode.Accepted
        made = dialog.made
        dialog.deleteLater()
        if made is not None:
            sheet = RecoveryDialog(self.look, made.code, made.sheet, self.session, self)
            if sheet.exec() == QDialog.DialogCode.Accepted:
                made.confirmed()
            sheet.deleteLater()
        if done and self.ward.closed_work is not None:
            self.accept()
        else:
            self.refresh()

    # ---- words ----------------------------------------------------------------------------------
    def _state_words(self, state: KeyState) -> str:
        if state.kind == "plain":
            return self.tr(
                "This ward's file is NOT encrypted: whoever takes this disk can read every infant's "
                "record in it."
            )
        if state.kind == "stated":
            return self.tr(
                "This ward's file is plain: {0}. Bedside cannot see whether it is so."
            ).format(state.stated)
        words = self.tr(
            "This ward's file is encrypted. Its passphrase or its recovery code opens it. A copy is "
            "opened by what opened the ward when the copy was made: what was changed since still "
            "opens every older copy, on this disk and on the second medium (F11 lists them)."
        )
        if state.by_keyring:
            return f"{words} {self.tr('A workstation’s keyring opens it, too.')}"
        ring = "" if state.has_ring else state.ring_words
        return f"{words} {ring}".strip()

    def _left_words(self, state: KeyState) -> str:
        wards, copies = len(state.left.wards), len(state.left.copies)
        if not wards + copies:
            return ""
        parts = []
        if wards:
            one = self.tr("the plain ward kept aside")
            parts.append(one if wards == 1 else self.tr("{0} plain wards kept aside").format(wards))
        if copies:
            one = self.tr("1 plain copy")
            parts.append(one if copies == 1 else self.tr("{0} plain copies").format(copies))
        return self.tr(
            "Readable still: {0}. Remove this when you have seen that everything is in the "
            "encrypted ward."
        ).format(self.tr(" and ").join(parts))

    def _about(self, act: KeyAct) -> str:
        return {
            "encrypt": self.tr("the window closes and opens again; the plain ward is kept aside"),
            "remove": self.tr("the plain ward kept aside, and plain copies, for good"),
            "passphrase": self.tr("the old one opens older copies only"),
            "code": self.tr("its sheet is printed; the old sheet opens older copies only"),
            "key": self.tr(
                "where others may have seen what opens it; older copies keep the old key: "
                "remove them afterwards"
            ),
            "ring on": self.tr("this computer opens the ward without asking for the passphrase"),
            "ring off": self.tr("the passphrase is asked for at each start"),
            "old copies": self.tr(
                "what a passphrase, sheet or key of before still opens, for good"
            ),
        }[act]

    # ---- building -------------------------------------------------------------------------------
    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(label(self.tr("What opens this ward"), self.look, "page_title", "title"))
        for widget in (self.state, self.left):
            column.addWidget(widget)
        note = self.tr("Each change is made by an administrator and a second person together.")
        column.addWidget(label(note, self.look, "small", colour="quiet", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for at, (act, button) in enumerate(self.buttons.items()):
            make_tall(button, self.look, 40)
            button.setMinimumWidth(self.look.px(230))
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, act=act: self._open(act))
            self._rows[act] = label(self._about(act), self.look, "body", colour="quiet", wrap=True)
            grid.addWidget(button, at, 0)
            grid.addWidget(self._rows[act], at, 1)
        column.addLayout(grid)
        column.addWidget(self.refusals)
        row = QHBoxLayout()
        make_tall(self.back, self.look, FIELD_HIGH)
        self.back.setDefault(True)
        self.back.clicked.connect(self._leave)
        row.addWidget(self.back)
        row.addStretch(1)
        column.addLayout(row)
        self.setFixedWidth(self.look.px(_WIDE))
