"""What a dose still waits for: which fact is missing, who can supply it, and where it is entered."""

from collections.abc import Sequence

from msgspec import Struct

TWO_PEOPLE = "two people of this site, each from its controlled copy of the protocol"
NURSE = "whoever weighs and measures the infant"
REGISTRAR = "whoever entered the infant"


class Missing(Struct, frozen=True):
    """A fact that is missing, in words, without full stops."""

    fact: str
    who: str
    where: str

    @property
    def words(self) -> str:
        """One line: fact, who, where."""
        return f"{self.fact}. Who: {self.who}. Where: {self.where}."


def missing_value(fact: str, table: str) -> Missing:
    """Something that the site commissions; ``table`` is its name in the site values file."""
    return Missing(fact, TWO_PEOPLE, f"Commissioning, or “{table}” in the site values file")


def missing_rounding(name: str) -> Missing:
    """The rule by which the site rounds a drug; ``name`` as it is written."""
    return Missing(
        f"the rounding rule of {name}",
        "two people of this site",
        "Commissioning, or rounding of the drug in the site values file",
    )


def missing_volume(name: str, facts: Sequence[str]) -> Missing:
    """What a volume is worked out from: ``facts`` of "concentration" and "syringe step"."""
    return Missing(
        f"the {' and the '.join(facts)} of {name}",
        "two people of this site",
        "Commission (F7), This site, Formulary",
    )


def missing_weight() -> Missing:
    """A weight of the infant."""
    return Missing("a weight", NURSE, "Record weight on the infant's page, or --weight")


def missing_length() -> Missing:
    """A body length, for a dose per square metre."""
    return Missing(
        "a body length (with the weight it gives the body surface)",
        NURSE,
        "Record weight on the infant's page, or --length",
    )


def missing_diagnosis() -> Missing:
    """The day of diagnosis, where the site takes the age on it."""
    return Missing(
        "the day of diagnosis, on which this site takes the age",
        REGISTRAR,
        "the infant's enrolment, or --diagnosed",
    )
