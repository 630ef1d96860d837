"""Limits of normal by age: a labelled fall-back for results that came without their laboratory's own."""

from datetime import date
from decimal import Decimal

from msgspec import Struct

from bedside.clinical.age import completed_months


class AgeLimit(Struct, frozen=True):
    """The limits of one analyte for one band of completed months, in its kept unit."""

    analyte: str
    from_months: int
    until_months: int  # the first month that does not count any more
    low: Decimal
    high: Decimal
    age: str  # "3 to 6 months", "at 2 months"
    source: str


class AgeLimits(Struct, frozen=True):
    """Every band of the file."""

    version: str
    bands: tuple[AgeLimit, ...]

    def at(self, analyte: str, born: date, on: date) -> AgeLimit | None:
        """The limits for an infant's age on a day, or None: then there are none, not nought.

        Args:
            analyte: the analyte's key.
            born: the day of birth; age is chronological.
            on: the day the specimen was taken, not before birth.
        """
        months = completed_months(born, on)
        for band in self.bands:
            if band.analyte == analyte and band.from_months <= months < band.until_months:
                return band
        return None
