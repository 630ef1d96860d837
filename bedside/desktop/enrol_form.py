"""The fields of enrolling an infant: who she is, and the protocol she enters."""

from collections.abc import Sequence
from decimal import Decimal

from bedside.desktop.fields import Choice, DateField, NumberField, PlainEdit, TypedField
from bedside.desktop.identity_fields import IdentityFields
from bedside.desktop.look import Look
from bedside.ward.ctcae_choices import ctcae_choices

# the words of the protocol files; a test holds the two together
DIAGNOSES = (
    "B-ALL",
    "ambiguous lineage",
    "mixed phenotype",
    "biphenotypic",
    "T-ALL",
    "unknown",
)


class EnrolForm(IdentityFields):
    """Every field of the form, made and named; laid out by the dialog."""

    def __init__(
        self, look: Look, mark: str, protocols: Sequence[tuple[str, str, str]], ctcae: str
    ) -> None:
        super().__init__(look, mark)
        self._mark, self._of_site = mark, ctcae
        self.share_asked = False  # the diagnosis enters its protocol only with a share
        self.closed = {key: closed for key, _, closed in protocols}
        self._make_protocol(protocols, look)

    def _make_protocol(self, protocols: Sequence[tuple[str, str, str]], look: Look) -> None:
        tr = self.tr
        titles = [
            (key, tr("{0} (closed to entry)").format(title) if closed else title)
            for key, title, closed in protocols
        ]
        self.protocol = Choice(tr("Protocol"), titles, look)
        self.protocol.setSizeAdjustPolicy(
            Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )  # both columns stay as wide as each other; the open list shows whole titles
        self.study_number = PlainEdit(tr("Study number"))
        self.diagnosed_on = DateField(tr("Diagnosed on"), look)
        self.diagnosis = Choice(tr("Diagnosis"), [(key, key) for key in DIAGNOSES], look)
        genes = (
            ("rearranged", tr("rearranged")),
            ("germline", tr("germline")),
            ("not-evaluable", tr("not evaluable")),
            ("unknown", tr("unknown, not reported yet")),
        )
        self.b_share = NumberField("percent", "%", look, self._mark, name=tr("B lymphoblasts"))
        self.b_share.echo.hide()
        self.kmt2a = Choice(tr("KMT2A"), genes, look)
        answers = (("yes", tr("yes")), ("no", tr("no")), ("unknown", tr("unknown")))
        self.consent = Choice(tr("Consent"), answers, look)
        self.induction_day_1 = DateField(tr("Induction day 1"), look)
        self.ctcae = Choice(tr("Toxicities graded by"), ctcae_choices(), look)
        self.ctcae.choose(self._of_site)
        self.elsewhere = PlainEdit(tr("Enrolled before at"))
        self.elsewhere.setPlaceholderText(tr("another centre, and since when"))

    def everything(self) -> tuple[PlainEdit | TypedField | Choice, ...]:
        """All fields in their order."""
        return (
            self.family,
            self.given,
            self.sex,
            self.born,
            self.weeks,
            self.days,
            self.hospital_number,
            self.bed,
            self.allergies,
            self.allergic_to,
            self.line,
            self.protocol,
            self.study_number,
            self.diagnosed_on,
            self.diagnosis,
            self.b_share,
            self.kmt2a,
            self.consent,
            self.induction_day_1,
            self.ctcae,
            self.elsewhere,
        )

    def is_empty(self) -> bool:
        """Whether nothing was typed or chosen."""
        return not any(
            field.value() is not None if isinstance(field, Choice) else field.text().strip()
            for field in self.everything()
            if field is not self.ctcae or field.value() != self._of_site
        )

    def b_percent(self) -> Decimal | None:
        """The share of B lymphoblasts in per cent; None while it is not (or not readably) typed."""
        share = self.b_share.value() if self.share_asked else None
        return share if isinstance(share, Decimal) else None

    def unreadable(self) -> list[str]:
        """Why the form cannot be handed in yet: what cannot be read, what must be chosen."""
        typed = [field for field in self.everything() if isinstance(field, TypedField)]
        if not self.share_asked:
            typed.remove(self.b_share)  # not in sight: what was typed there waits
        reasons = [f"{field.name}: {field.refusal()}" for field in typed if field.refusal()]
        reasons += [
            self.tr("{0}: the day is missing.").format(day.name)
            for day in (self.born, self.diagnosed_on)
            if day.is_empty()
        ]
        choices = (
            self.sex,
            self.allergies,
            self.protocol,
            self.diagnosis,
            self.kmt2a,
            self.consent,
        )
        reasons += [
            self._choose_words(choice).format(choice.accessibleName())
            for choice in choices
            if choice.value() is None
        ]
        return reasons + self.whole_reasons()

    def _choose_words(self, choice: Choice) -> str:
        """Unknown is offered only where it can be chosen."""
        # an unknown allergy is kept as an empty text
        if choice.findData("unknown") < 0 and choice.findData("") < 0:
            return self.tr("{0}: choose one.")
        return self.tr("{0}: choose one; unknown is an answer.")
