"""What a form of a dose given asks its ward about the label: whether one was printed, and whether it holds."""

from collections.abc import Callable

from msgspec import Struct

from bedside.ward.label_before_giving import label_faults, label_printed, read_label, refused_before
from bedside.ward.label_check import NOT_MADE, why_not_label
from bedside.ward.two_identifiers import TwoIdentifiers, why_not_number
from bedside.ward.views.check_state import Planned
from bedside.ward.views.given import OfDay
from bedside.ward.ward import Ward


class LabelAsk(Struct, frozen=True):
    """The dose whose label is read.

    Args:
        ward: the ward.
        infant_id: the infant.
        planned: course key, course day, drug and route.
        on_paper: it is recorded from paper: no label is asked for.
        of: which dose of the day is chosen now, of a drug given several times a day.
    """

    ward: Ward
    infant_id: int
    planned: Planned
    on_paper: bool = False
    of: Callable[[], OfDay | None] = lambda: None

    def is_printed(self) -> bool:
        """Whether a label of this dose was ever printed here, and must be read now."""
        return not self.on_paper and label_printed(self.ward, self.infant_id, self.planned)

    def read(self, scanned: str) -> tuple[str, ...]:
        """Why a label that was read is not that of this dose; () where it is."""
        return read_label(self.ward, self.infant_id, self.planned, scanned, self.of())

    def faults(self, typed: TwoIdentifiers) -> tuple[str, ...]:
        """What is wrong with the label, or with giving without it; () where nothing is."""
        of_dose = (self.ward, self.infant_id, self.planned)
        return label_faults(*of_dose, typed, on_paper=self.on_paper, of=self.of())

    def refused_before(self) -> tuple[str, ...]:
        """Why the label that was read last was refused; () where none was."""
        return refused_before(self.ward, self.infant_id, self.planned, self.of())

    def is_of_a_label(self, figures: str) -> bool:
        """Whether ten figures stand on a label of this ward, of whomever."""
        return NOT_MADE not in why_not_label(self.ward, self.infant_id, self.planned, figures)

    def why_not_number(self, typed: str) -> tuple[str, ...]:
        """Why a number off a band is not this infant's; () where it is, and for none."""
        return why_not_number(self.ward, self.infant_id, typed)
