"""Signing a handover off: who leaves and who comes, each by the own secret or typed name."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bedside.desktop.form_dialog import FormDialog, caption
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.plain_edit import PlainEdit
from bedside.desktop.save import saving
from bedside.desktop.session import Session
from bedside.desktop.two_people import TwoPeople
from bedside.ward.handover import Shown, sign_off
from bedside.ward.people import has_people
from bedside.ward.views.handover import HandoverView
from bedside.ward.ward import Ward


class HandoverDialog(FormDialog):
    """Two people sign the list that both have seen.

    Args:
        ward: the ward.
        look: fonts and colours.
        session: who records.
        view: the list as it is shown.
        parent: the page.
    """

    def __init__(
        self,
        ward: Ward,
        look: Look,
        session: Session,
        view: HandoverView,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            look,
            session,
            self.tr("Sign the handover"),
            self.tr("Sign the &handover"),
            parent,
            infant="",
            about="",
            width=720,
        )
        self._name(view)
        self.ward, self.view = ward, view
        self.two: TwoPeople | None = None
        self.leaves = PlainEdit(self.tr("Who leaves: name and role"), self)
        self.comes = PlainEdit(self.tr("Who comes: name and role"), self)
        self._offered = session.who
        if has_people(ward):
            self.leaves.hide()
            self.comes.hide()
            self.two = TwoPeople(ward, look)
            said = self.tr("The first person leaves, the second comes.")
            self.body.addWidget(label(said, look, "body", "strong"))
            self.body.addWidget(self.two)
        else:
            self.leaves.setText(session.who)
            self.body.addWidget(self._typed(look))
            (self.comes if session.who else self.leaves).setFocus()

    def _name(self, view: HandoverView) -> None:
        """Say what is signed."""
        count, late, free = len(view.tasks), view.late, len(view.tasks) - view.taken
        tasks = self.tr("1 open task") if count == 1 else self.tr("{0} open tasks").format(count)
        words = self.tr(
            "{0}, {1} late, {2} nobody's yet. The list is kept as both have seen it; "
            "what who leaves had taken is given back, so that who comes takes it."
        )
        self.about.setText(words.format(tasks, late, free))
        self.about.show()

    def _typed(self, look: Look) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(20)
        for words, field in (
            (self.tr("Who &leaves: name and role"), self.leaves),
            (self.tr("Who &comes: name and role"), self.comes),
        ):
            field.setMinimumHeight(look.measure("field"))
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(caption(words, field, look))
            column.addWidget(field)
            row.addLayout(column, 1)
        return holder

    def record(self) -> None:
        """Sign, or say why not; what was typed stays."""
        done = saving(self, self._sign, button=self.act_button)
        if done:
            self.accept()

    def _sign(self) -> int:
        if self.two is None:
            return self._kept((self.leaves.text(), ""), (self.comes.text(), ""))
        return self.two.sign(self._kept)

    def _kept(self, left: Shown, came: Shown) -> int:
        who = self.session.who if self.two is not None else str(left[0])
        return sign_off(self.ward, self.view, left, came, who=who)

    def is_dirty(self) -> bool:
        """Whether a name or a secret was typed."""
        if self.two is not None:
            secrets = (self.two.own, self.two.second.secret)
            return any(field.text() for field in secrets)
        return bool(self.comes.text().strip()) or self.leaves.text() != self._offered
