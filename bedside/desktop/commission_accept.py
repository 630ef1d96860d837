"""Recording a value against the public sources: the reason of one, confirmed by the other of the two."""

from PySide6.QtWidgets import QPushButton, QWidget

from bedside.desktop.buttons import FIELD_HIGH, make_tall
from bedside.desktop.fields import PlainEdit
from bedside.desktop.flowing import whole
from bedside.desktop.form_dialog import FormDialog, caption
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.plain_edit import PlainText
from bedside.desktop.save import saving
from bedside.desktop.second_person import SecondPerson
from bedside.desktop.session import Session
from bedside.units.refusal import Refused
from bedside.ward.commission_compare import accept, confirming, reason_of_substance
from bedside.ward.people import has_people, people, person_key
from bedside.ward.views.commissioning import ComparedRow, Comparison
from bedside.ward.ward import Ward


class AcceptDialog(FormDialog):
    """Both who typed a value stand for it, or ask for it to be typed again; ``again`` says so.

    Args:
        found: both passes.
        row: the number on which both agree against the public sources.
    """

    def __init__(
        self,
        ward: Ward,
        look: Look,
        session: Session,
        found: Comparison,
        row: ComparedRow,
        parent: QWidget | None,
    ) -> None:
        super().__init__(
            look,
            session,
            self.tr("Record it against the public source"),
            self.tr("&Record it"),
            parent,
            infant="",
            about=f"{row.section}: {row.words}",
            width=680,
        )
        self.ward, self.found, self.row = ward, found, row
        self.again = False
        self.person: SecondPerson | None = None
        self.name: PlainEdit | None = None
        self.reason = PlainText()
        self.again_button = QPushButton(self.tr("&Ask both to type it again instead"))
        self.again_button.setAutoDefault(False)
        self.again_button.clicked.connect(self._ask_again)
        self._fill()

    def _fill(self) -> None:
        row, look = self.row, self.look
        values = self.tr("Both typed {0}; public: {1}. {2}.").format(
            row.first, " / ".join(row.public), row.public_words[:1].upper() + row.public_words[1:]
        )
        self.body.addWidget(label(whole(values), look, "body_strong_banner", "strong", wrap=True))
        if row.would_block:
            said = self.tr(
                "Recorded, it is blocked: no dose is worked out from either value until two people "
                "settle which holds."
            )
            self.body.addWidget(label(said, look, "body", "strong", "stop", wrap=True))
        make_tall(self.again_button, look, FIELD_HIGH)
        self.body.addWidget(self.again_button)
        self.reason.setAccessibleName(self.tr("Reason"))
        self.reason.setFont(look.font("body"))
        self.reason.setFixedHeight(look.px(64))
        words = self.tr("Wh&y does the site hold another value? Three words at least.")
        self.body.addWidget(caption(words, self.reason, look))
        self.body.addWidget(self.reason)
        self._ask_other()
        self.reason.setFocus()

    def _ask_other(self) -> None:
        """The other of the two: by passphrase; by a typed name where the ward has no accounts."""
        look = self.look
        names = (self.found.first_person, self.found.second_person)
        own = person_key(self.session.who)
        self.other = next((name for name in names if person_key(name) != own), names[0])
        said = self.tr("{0}, who typed it, too, confirms here.").format(self.other)
        self.body.addWidget(label(said, look, "body", "strong", wrap=True))
        if has_people(self.ward):
            key = person_key(self.other)
            others = [one.id for one in people(self.ward) if person_key(one.name) != key]
            self.person = SecondPerson(self.ward, look, others)
            self.body.addWidget(self.person)
            self.person.secret.entered.connect(self.record)
        else:
            self.name = PlainEdit(self.tr("Name and role of who confirms"))
            self.name.setFont(look.font("body"))
            self.name.setMinimumHeight(look.measure("field"))
            self.body.addWidget(caption(self.tr("&Name and role of who confirms"), self.name, look))
            self.body.addWidget(self.name)

    def is_dirty(self) -> bool:
        """Whether a reason or a name was typed."""
        name = "" if self.name is None else self.name.text()
        return bool(self.reason.toPlainText().strip() or name.strip())

    def record(self) -> None:
        """Record it, or say why not; what was typed stays."""
        if saving(self, self._accept, button=self.act_button):
            self.accept()

    def _accept(self) -> None:
        who, found = self.session.who, self.found
        confirming(self.ward, found.scope, found.group_key, who=who)
        reason = reason_of_substance(self.reason.toPlainText())
        other = self._confirmed()
        if not other.strip():
            raise Refused(self.tr("{0} confirms by name. Nothing was recorded.").format(self.other))
        accept(self.ward, found.scope, self.row.number_id, reason, who=who, other=other)

    def _confirmed(self) -> str:
        """The other of the two as typed; in a ward with people shown by her own passphrase."""
        if self.person is not None:
            return self.person.confirm()
        return "" if self.name is None else self.name.text()

    def _ask_again(self) -> None:
        self.again = True
        self.accept()
