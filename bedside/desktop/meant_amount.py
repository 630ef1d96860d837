"""What a dose that is recorded is compared with: the amount that was meant, and the most that is known per kg."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLabel

from bedside.desktop.labels import dress, unbroken
from bedside.desktop.look import Look
from bedside.units.quantities import DrugAmount
from bedside.units.writer import write_amount
from bedside.ward.amount_per_kg import above_words, per_kg_words
from bedside.ward.views.given import WHOLE_DAY, DayChoice, GivenForm
from bedside.ward.ward import Ward

_MOST_LINES = 3  # what an amount above every known dose needs


def meant_words(form: GivenForm, chosen: DayChoice | None) -> tuple[str, ...]:
    """What the amount typed is compared with.

    Args:
        form: the planned dose.
        chosen: the dose of the day, of a drug that is given several times; None of all others.
    """
    if form.decided and form.waiting:
        why = _tr("NOT {0}: giving it all the same needs its reason.").format(form.waiting)
        return (form.decided, why)
    if form.decided:
        return (form.decided,)
    one_of_day = chosen is not None and chosen.of != WHOLE_DAY
    if form.worked is not None and chosen is not None and one_of_day:
        said = _tr("Worked out for this one dose, {0}: {1}")
        return (said.format(chosen.words, write_amount(form.worked)),)
    if form.worked is not None:
        whole = form.worked_whole_day or form.worked
        return (_tr("Worked out for this day: {0}").format(write_amount(whole)),)
    said = _tr("It cannot be worked out here: type the amount from the signed order.")
    if one_of_day:
        said = _tr(
            "It cannot be worked out here: type the amount of this one dose, not of the day, from "
            "the signed order."
        )
    if form.compared:
        return (said, _tr("It is compared with the last: {0}.").format(form.compared))
    return (said, _tr("Nothing is there to compare it with: type it a second time."))


class AmountPerKg(QLabel):
    """Before a dose is recorded: its amount per kg, and whether it is above every known dose.

    Its room is kept: a field that slips away under the hand takes the next word typed.

    Args:
        ward: the ward, for its decimal mark.
        look: colours and fonts.
        form: the planned dose, with what an amount per kg is worked by.
    """

    def __init__(self, ward: Ward, look: Look, form: GivenForm) -> None:
        super().__init__()
        self._look, self._bound, self._mark = look, form.bound, ward.decimal_mark
        self.setWordWrap(True)
        dress(self, look)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        lines = 0 if form.bound is None else _MOST_LINES
        self.setMinimumHeight(lines * self.fontMetrics().lineSpacing())

    def tell(self, amount: DrugAmount | None) -> bool:
        """Say an amount per kg; return whether it is above every known dose.

        Args:
            amount: what is typed; None while it cannot be read.
        """
        said, above = "", ""
        if self._bound is not None and amount is not None and amount.value > 0:
            said = per_kg_words(self._bound, amount, self._mark)
            above = above_words(self._bound, amount, self._mark)
        self.setText(unbroken(f"{said} {above}." if above else said))
        dress(self, self._look, "body", "medium", "hold" if above else "ink")
        return bool(above)


def _tr(words: str) -> str:
    return QCoreApplication.translate("GivenDoseDialog", words)
