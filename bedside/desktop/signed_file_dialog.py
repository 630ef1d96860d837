"""Site values leave and enter a ward in one signed file; each way needs two people."""

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from bedside.desktop.buttons import make_tall
from bedside.desktop.choice import Choice
from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.plain_edit import PlainEdit
from bedside.desktop.reason_dialog import ask_reason
from bedside.desktop.save import saving
from bedside.desktop.session import Session
from bedside.units.dates import write_date_time
from bedside.units.refusal import Refused
from bedside.ward.commission_export import export_values, read_file
from bedside.ward.commission_import import (
    begin_import,
    confirm_import,
    drop_import,
    waiting_imports,
)
from bedside.ward.people import has_people
from bedside.ward.ward import Ward


class SignedFileDialog(FormDialog):
    """Writes a protocol's values, reads a file in as the first person, or confirms it as the second.

    A file that waits is named in it and may be dropped, with the reason: nothing of it is taken.

    Args:
        ward: the ward.
        look: fonts and colours.
        session: who records.
        scope: the protocol.
        title: its title.
        parent: the window.
    """

    def __init__(
        self,
        ward: Ward,
        look: Look,
        session: Session,
        scope: str,
        title: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            look,
            session,
            self.tr("Signed file of site values: {0}").format(title),
            self.tr("&Do this"),
            parent,
            about=self.tr(
                "A file is signed by two people. Where it is read in, a second person retypes its "
                "twelve letters, told by those who signed it; until then nothing of it counts."
            ),
        )
        self.ward, self.scope = ward, scope
        ways = (
            ("write", self.tr("write what is commissioned here")),
            ("read", self.tr("read a file in, as the first person")),
            ("confirm", self.tr("confirm the file read in, as the second person")),
        )
        self.way = Choice(self.tr("What to do"), ways, look)
        self.file = PlainEdit(self.tr("File"))
        self.second = PlainEdit(self.tr("Second person who signs"))
        self.letters = PlainEdit(self.tr("Twelve letters"))
        self.said = self._room_for_words()
        self._fields = {
            "write": (self.file,) if has_people(ward) else (self.file, self.second),
            "read": (self.file,),
            "confirm": (self.letters,),
        }
        self._lay_out()
        self.way.edited.connect(self._show_fields)
        self._show_fields()
        self.way.setFocus()

    def _field_for_the_reason(self) -> PlainEdit:
        field = PlainEdit(self.tr("Why it is taken again"))
        field.setPlaceholderText(self.tr("only for numbers that were withdrawn here"))
        return field

    def _room_for_words(self) -> PlainEdit:
        """Where it says what was done; nothing moves when the words come."""
        said = PlainEdit(self.tr("What was done"))
        said.setReadOnly(True)
        room = said.sizePolicy()
        room.setRetainSizeWhenHidden(True)
        said.setSizePolicy(room)
        said.hide()
        return said

    def _lay_out(self) -> None:
        self.reason = self._field_for_the_reason()
        for words, field in (
            (self.tr("&What"), self.way),
            (self.tr("&File"), self.file),
            (self.tr("&Second person"), self.second),
            (self.tr("Twelve &letters"), self.letters),
            (self.tr("W&hy again"), self.reason),
        ):
            self.body.addLayout(self.line(words, field))
        self.body.addLayout(self._line_of_waiting())
        self.body.addWidget(self.said)
        self.body.addStretch(1)
        self._show_waiting()

    def _line_of_waiting(self) -> QHBoxLayout:
        """The file that waits and the button that drops it; nothing moves when they come."""
        self.waiting = label("", self.look, "body", wrap=True)
        self.drop_button = QPushButton(self.tr("D&rop this file…"))
        make_tall(self.drop_button, self.look)
        self.drop_button.clicked.connect(self.drop)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.waiting, 1)
        row.addWidget(self.drop_button)
        for part in (self.waiting, self.drop_button):
            room = part.sizePolicy()
            room.setRetainSizeWhenHidden(True)
            part.setSizePolicy(room)
        return row

    def _show_waiting(self) -> None:
        found = [one for one in waiting_imports(self.ward) if one.scope == self.scope]
        for one in found:
            words = self.tr("{0}, read in by {1} on {2}, waits for its second person.")
            self.waiting.setText(
                words.format(one.file_name, one.person, write_date_time(one.read_in_at))
            )
        self.waiting.setVisible(bool(found))
        self.drop_button.setVisible(bool(found))

    def drop(self) -> None:
        """Ask why, then drop the file that waits; without a reason nothing happens."""
        question = self.tr("{0} Drop it? Nothing of it is taken, and another can be read in.")
        asked = question.format(self.waiting.text())
        reason = ask_reason(self, self.look, asked, self.tr("&Drop this file"))
        if not reason:
            return
        if saving(
            self,
            lambda: drop_import(self.ward, self.scope, reason, who=self.session.who),
            button=self.drop_button,
        ):
            self._tell(self.tr("Dropped: nothing of it was taken, and another can be read in."))

    def _tell(self, words: str) -> None:
        """Say what was done, with the keyboard there."""
        self._show_waiting()
        self.said.setText(words)
        self.said.show()
        self.said.setFocus()

    def is_dirty(self) -> bool:
        """A path and a name are quickly typed again."""
        return False

    def record(self) -> None:
        """Do what was chosen, and say what was done."""
        way = self.way.value()
        missing = [
            self.tr("{0}: missing.").format(field.accessibleName())
            for field in self._fields.get(way or "", ())
            if not field.text().strip()
        ]
        if way is None:
            missing = [self.tr("Choose what to do.")]
        self.refusals.show_reasons(tuple(missing))
        if missing:
            return
        self._withdrawn: tuple[str, ...] = ()
        acts = {"write": self._write, "read": self._read_in, "confirm": self._confirm}
        done = saving(self, acts[str(way)], button=self.act_button)
        if done and done.value:
            self.refusals.show_reasons(self._withdrawn)
            self._tell(done.value)

    def _show_fields(self) -> None:
        wanted = self._fields.get(self.way.value() or "", ())
        for field in (self.file, self.second, self.letters):
            field.setEnabled(field in wanted)
        self.reason.setEnabled(self.letters in wanted)

    def _second_who(self) -> str:
        """Who signs as the second: typed, or, in a ward with people, shown by the passphrase."""
        if not has_people(self.ward):
            return self.second.text()
        from bedside.desktop.second_person import SecondPersonDialog

        act = self.tr("Two people sign the file of site values.")
        dialog = SecondPersonDialog(self.ward, self.look, self.session, act, self)
        dialog.exec()
        dialog.deleteLater()
        if not dialog.who:
            raise Refused(self.tr("Nobody signed as the second person: nothing was written."))
        return dialog.who

    def _write(self) -> str:
        second = self._second_who()
        letters = export_values(
            self.ward,
            self.scope,
            Path(self.file.text().strip()).expanduser(),
            who=self.session.who,
            and_who=second,
        )
        return self.tr("Written. Its letters: {0}").format(letters)

    def _read_in(self) -> str:
        path = Path(self.file.text().strip()).expanduser()
        plan = begin_import(self.ward, read_file(path), path.name, who=self.session.who)
        words = self.tr("{0} numbers wait for the second person; {1} are here already.")
        if len(plan.take) == 1:
            words = self.tr("{0} number waits for the second person; {1} are here already.")
        self._withdrawn = plan.withdrawn
        return words.format(len(plan.take), plan.same)

    def _confirm(self) -> str:
        taken = confirm_import(
            self.ward,
            self.scope,
            self.letters.text(),
            who=self.session.who,
            reason=self.reason.text(),
        )
        words = self.tr("{0} numbers are commissioned.")
        if taken == 1:
            words = self.tr("{0} number is commissioned.")
        return words.format(taken)
