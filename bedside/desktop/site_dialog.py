"""The site's settings: what this centre is, its limits, and whom to ring."""

from decimal import Decimal
from typing import Literal, cast

from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QPushButton, QWidget

from bedside.desktop.fields import Choice, NumberField, PlainEdit
from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.save import saving
from bedside.desktop.second_person import ask_second
from bedside.desktop.session import Session
from bedside.desktop.tick_box import tick_box
from bedside.units.refusal import Refused
from bedside.ward.ctcae_choices import ctcae_choices
from bedside.ward.forms import SiteForm
from bedside.ward.site import check_site, only_touched, save_site, site_form, unconfirmed
from bedside.ward.site_loosening import needs_second
from bedside.ward.ward import Ward

_FIRST_CONTACTS = 3


class SiteDialog(FormDialog):
    """A form of the site's settings as they are now."""

    like_a_page = True

    def __init__(
        self, ward: Ward, look: Look, session: Session, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            look,
            session,
            self.tr("Site settings"),
            self.tr("&Record settings"),
            parent,
            about=self.tr(
                "Only what you change or tick is recorded under your name. "
                "azaCITIDine is prepared in a tertiary centre only."
            ),
            width=720,
        )
        self.ward = ward
        self.site_name = PlainEdit(self.tr("Hospital"))
        self.ward_name = PlainEdit(self.tr("Ward"))
        kinds = (
            ("tertiary", self.tr("tertiary centre")),
            ("shared-care", self.tr("shared-care centre")),
        )
        self.kind = Choice(self.tr("Kind of centre"), kinds, look, self.tr("not entered"))
        mark = ward.decimal_mark
        self.weight_age = NumberField(
            "number", self.tr("days"), look, mark, name=self.tr("Oldest weight for a dose")
        )
        self.count_age = NumberField(
            "number", self.tr("hours"), look, mark, name=self.tr("Oldest count for a start rule")
        )
        self._make_choices(look)
        self.confirm: dict[str, QCheckBox] = {}
        self.contacts: list[tuple[PlainEdit, PlainEdit, PlainEdit]] = []
        self._grid = QGridLayout()
        self._make_doors()
        self._fill_form()
        self._opened = site_form(ward)
        self._show(self._opened)
        self._before = self._typed()
        self.site_name.setFocus()

    def stand_on(self, key: str) -> None:
        """Begin at the field of a setting.

        Args:
            key: as the setting is kept, e.g. "weight_age_days"; any other leaves the first field.
        """
        fields: dict[str, QWidget] = {
            "site_name": self.site_name,
            "ward_name": self.ward_name,
            "kind": self.kind,
            "weight_age_days": self.weight_age,
            "count_age_hours": self.count_age,
            "block_days": self.block_days,
            "bsa_formula": self.formula,
            "decimal_mark": self.decimal_mark,
            "time_zone": self.time_zone,
            "idle_minutes": self.idle,
            "check_hours": self.check_hours,
            "ctcae": self.ctcae,
            "contacts": self.contacts[0][0],
        }
        fields.get(key, self.site_name).setFocus()

    def _make_doors(self) -> None:
        self.add_button = QPushButton(self.tr("&Add a line"))
        self.terms_button = QPushButton(self.tr("&Toxicity terms of the NCI…"))
        self.asked_button = QPushButton(self.tr("Terms asked in each r&ound…"))
        self.add_button.clicked.connect(self._add_empty)
        self.terms_button.clicked.connect(self._open_terms)
        self.asked_button.clicked.connect(self._open_asked)

    def _make_choices(self, look: Look) -> None:
        formulas = (
            ("mosteller", "Mosteller"),
            ("haycock", "Haycock"),
            ("dubois", "DuBois"),
            ("boyd", "Boyd"),
        )
        self.formula = Choice(self.tr("Body surface formula"), formulas, look)
        marks = ((".", self.tr("point: 6.2 kg")), (",", self.tr("comma: 6,2 kg")))
        self.decimal_mark = Choice(self.tr("Decimal mark"), marks, look)
        self.decimal_mark.only_return = True  # who leaves the list has not chosen another
        ruled = (
            ("", self.tr("not ruled: the public sources do not say")),
            ("later", self.tr("given later: the rest of the block moves")),
            ("left out", self.tr("left out: not given later")),
        )
        self.block_days = Choice(self.tr("Days lost in an azacitidine block"), ruled, look)
        self.time_zone = PlainEdit(self.tr("Time zone of the ward"))
        self.idle = NumberField(
            "number",
            self.tr("minutes"),
            look,
            self.ward.decimal_mark,
            name=self.tr("Lock the screen after"),
        )
        self.check_hours = NumberField(
            "number",
            self.tr("hours"),
            look,
            self.ward.decimal_mark,
            name=self.tr("A matched second check holds"),
        )
        self.ctcae = Choice(self.tr("Toxicities of new infants graded by"), ctcae_choices(), look)

    def _fill_form(self) -> None:
        rows: tuple[tuple[str, str, QWidget], ...] = (
            ("site_name", self.tr("&Hospital"), self.site_name),
            ("ward_name", self.tr("&Ward"), self.ward_name),
            ("kind", self.tr("&Kind of centre"), self.kind),
            ("weight_age_days", self.tr("Oldest w&eight for a dose"), self.weight_age),
            ("count_age_hours", self.tr("Oldest &count for a start rule"), self.count_age),
            ("block_days", self.tr("Days lost in an a&zacitidine block"), self.block_days),
            ("bsa_formula", self.tr("&Body surface formula"), self.formula),
            ("decimal_mark", self.tr("&Decimal mark"), self.decimal_mark),
            ("time_zone", self.tr("T&ime zone of the ward"), self.time_zone),
            ("idle_minutes", self.tr("&Lock the screen after"), self.idle),
            ("check_hours", self.tr("A &matched check holds (0: its day)"), self.check_hours),
            ("ctcae", self.tr("Toxicities of &new infants by"), self.ctcae),
        )
        shipped = unconfirmed(self.ward)
        for key, text, field in rows:
            row = self.line(text, field, wide=240)
            if key in shipped:
                row.addWidget(self._confirm_box(key, text))
            self.body.addLayout(row)
        self.body.addWidget(label(self.tr("Whom to ring"), self.look, "body", "bold"))
        self._grid.setSpacing(8)
        for column, title in enumerate((self.tr("Role"), self.tr("Name"), self.tr("Number"))):
            self._grid.addWidget(label(title, self.look, "caption", colour="quiet"), 0, column)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 2)
        self._grid.setColumnStretch(2, 2)
        self.body.addLayout(self._grid)
        doors = QHBoxLayout()
        for button in (self.add_button, self.terms_button, self.asked_button):
            button.setAutoDefault(False)
            doors.addWidget(button)
        self.body.addLayout(doors)
        self.body.addStretch(1)

    def _confirm_box(self, key: str, text: str) -> QCheckBox:
        """A value as shipped is confirmed as it is by ticking it, never by looking at it."""
        box = tick_box(self.tr("as shipped: confirm"), self.look, 32)
        name = text.replace("&", "")
        box.setAccessibleName(self.tr("{0}: as shipped; confirm as it is").format(name))
        self.confirm[key] = box
        return box

    def _show(self, form: SiteForm) -> None:
        self.site_name.setText(form.site_name)
        self.ward_name.setText(form.ward_name)
        self.kind.choose(None if form.kind == "unknown" else form.kind)
        self.weight_age.set_text(str(form.weight_age_days))
        self.count_age.set_text(str(form.count_age_hours))
        self.idle.set_text(str(form.idle_minutes))
        self.check_hours.set_text(str(form.check_hours))
        self.ctcae.choose(form.ctcae)
        self.formula.choose(form.bsa_formula)
        self.block_days.choose(form.block_days)
        self.decimal_mark.choose(form.decimal_mark)
        self.time_zone.setText(form.time_zone)
        for line in form.contacts:
            self._add_contact(*line)
        while len(self.contacts) < _FIRST_CONTACTS:
            self._add_contact("", "", "")

    def _add_empty(self) -> None:
        self._add_contact("", "", "")
        self.contacts[-1][0].setFocus()

    def _open_terms(self) -> None:
        from bedside.desktop.ctcae_dialog import CtcaeDialog

        CtcaeDialog(self.ward, self.look, self.session, self).exec()

    def _open_asked(self) -> None:
        from bedside.desktop.asked_dialog import AskedDialog

        AskedDialog(self.ward, self.look, self.session, self).exec()

    def _add_contact(self, role: str, name: str, number: str) -> None:
        place = len(self.contacts) + 1
        edits = (
            PlainEdit(self.tr("Role of contact {0}").format(place)),
            PlainEdit(self.tr("Name of contact {0}").format(place)),
            PlainEdit(self.tr("Number of contact {0}").format(place)),
        )
        for column, (edit, text) in enumerate(zip(edits, (role, name, number), strict=True)):
            edit.setText(text)
            self._grid.addWidget(edit, place, column)
        self.contacts.append(edits)

    def is_dirty(self) -> bool:
        """Whether something differs from what was recorded."""
        return self._typed() != self._before

    def _typed(self) -> tuple[object, ...]:
        """Everything as it stands on the screen."""
        return (
            self.site_name.text(),
            self.ward_name.text(),
            self.kind.value(),
            self.weight_age.text(),
            self.count_age.text(),
            self.idle.text(),
            self.check_hours.text(),
            self.ctcae.value(),
            self.formula.value(),
            self.block_days.value(),
            self.decimal_mark.value(),
            self.time_zone.text(),
            tuple(box.isChecked() for box in self.confirm.values()),
            tuple(tuple(edit.text() for edit in line) for line in self.contacts),
        )

    def record(self) -> None:
        """Record the settings, or say what is wrong."""
        reasons = [
            *self._whole(self.weight_age),
            *self._whole(self.count_age),
            *self._whole(self.idle),
            *self._whole(self.check_hours),
        ]
        self.refusals.show_reasons(tuple(reasons))
        if not reasons and saving(self, self._keep, button=self.act_button):
            self.accept()

    def _whole(self, field: NumberField) -> list[str]:
        value = field.value()
        if field.refusal():
            return [f"{field.name}: {field.refusal()}"]
        if not isinstance(value, Decimal):
            return [self.tr("{0} is missing.").format(field.name)]
        if value != value.to_integral_value():
            return [self.tr("{0}: write whole {1}.").format(field.name, field.unit)]
        return []

    def _keep(self) -> None:
        lines = tuple(
            (role.text().strip(), name.text().strip(), number.text().strip())
            for role, name, number in self.contacts
        )
        kind = cast(Literal["tertiary", "shared-care", "unknown"], self.kind.value() or "unknown")
        form = SiteForm(
            site_name=self.site_name.text().strip(),
            ward_name=self.ward_name.text().strip(),
            kind=kind,
            weight_age_days=_number(self.weight_age),
            count_age_hours=_number(self.count_age),
            bsa_formula=self.formula.value() or "",
            decimal_mark=cast(Literal[".", ","], self.decimal_mark.value() or "."),
            contacts=tuple(line for line in lines if any(line)),
            time_zone=self.time_zone.text().strip(),
            idle_minutes=_number(self.idle),
            block_days=self.block_days.value() or "",
            check_hours=_number(self.check_hours),
            ctcae=self.ctcae.value() or "",
        )
        form = only_touched(self.ward, self._opened, form)
        second = None
        if what := needs_second(self.ward, form):
            check_site(form)  # nobody is asked to confirm what will not do
            second = self._second(what)
        ticked = tuple(key for key, box in self.confirm.items() if box.isChecked())
        save_site(self.ward, form, who=self.session.who, second=second, confirmed=ticked)

    def _second(self, what: tuple[str, ...]) -> tuple[int, str]:
        """Who confirms a looser setting, by number and secret.

        Raises:
            Refused: nobody confirmed.
        """
        about = self.tr("A second person confirms with the own passphrase: {0}.")
        words = about.format("; ".join(what))
        shown = ask_second(self, self.ward, words, of_act="site-second")
        if shown is None:
            raise Refused(self.tr("Nobody confirmed: the settings before hold, this form stays."))
        return shown


def _number(field: NumberField) -> int:
    value = field.value()
    if not isinstance(value, Decimal):
        raise TypeError("the number was checked before")
    return int(value)
