"""What a start rule is made of: counts, questions to a person, an age, a gene; each with its source.

Two kinds of parts stand side by side. Counts and the questions of the start itself are what a site
enters from its own protocol where they are not public. Conditions are what the protocol asks of the
infant before this course anyway (its entry rules, its transplant rule); the site's rule adds to
them and never replaces them.
"""

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from bedside.protocol.origin import Origin
from bedside.protocol.result_rule import ResultRule

NO_TRANSPLANT = "no-transplant"  # the question before a course that a transplant would replace


class MeasureRule(Struct, frozen=True):
    """A measured part of a start rule, e.g. ANC at least 500 per microlitre."""

    measure: Literal["anc", "platelets"]
    at_least_per_ul: int
    origin: Origin


class ConfirmRule(Struct, frozen=True):
    """A part of a start rule that a person answers, e.g. ``toxicity-resolved``.

    ``passes`` is the answer that meets it. ``about``: the start itself, the infant's entry, or a
    transplant, which the record may answer.
    """

    key: str
    words: str
    origin: Origin
    passes: Literal["yes", "no"] = "yes"
    about: Literal["start", "entry", "transplant"] = "start"


class OlderThanRule(Struct, frozen=True):
    """More than ``days`` days old on day 1 of the course."""

    key: str
    days: int
    words: str
    origin: Origin


class GeneRule(Struct, frozen=True):
    """The KMT2A results with which an infant takes the course."""

    key: str
    accepted: tuple[str, ...]
    words: str
    origin: Origin


class StartRule(Struct, frozen=True):
    """All that must be met before a course may start; an unknown part never passes."""

    measures: tuple[MeasureRule, ...]
    confirmations: tuple[ConfirmRule, ...]
    ages: tuple[OlderThanRule, ...] = ()
    genes: tuple[GeneRule, ...] = ()
    results: tuple[ResultRule, ...] = ()

    @property
    def origins(self) -> tuple[Origin, ...]:
        """Where each part is read."""
        return (
            *(part.origin for part in self.measures),
            *(part.origin for part in self.confirmations),
            *(part.origin for part in self.ages),
            *(part.origin for part in self.genes),
            *(part.origin for part in self.results),
        )

    @property
    def has_conditions(self) -> bool:
        """Whether the protocol asks something of the infant herself before this course."""
        return bool(self.ages or self.genes) or any(
            part.about != "start" for part in self.confirmations
        )

    def of_the_start(self) -> "StartRule | None":
        """Only what a site may enter itself, counts and questions of the start; None where empty."""
        asked = tuple(part for part in self.confirmations if part.about == "start")
        whole = StartRule(self.measures, asked, results=self.results)
        return whole if whole.origins else None

    def with_start(self, rule: "StartRule") -> "StartRule":
        """These conditions, with the counts and questions of a site's own rule before them."""
        kept = tuple(part for part in self.confirmations if part.about != "start")
        asked = (*rule.confirmations, *kept)
        return replace(self, measures=rule.measures, confirmations=asked, results=rule.results)
