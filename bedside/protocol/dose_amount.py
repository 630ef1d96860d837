"""The amount of one dose, step by step: protocol dose × body × age factor × modification, cap, rounding.

Between the steps the amount is an exact fraction: two thirds of a dose, then three quarters of it,
is half of it, and rounds as half of it.
"""

from fractions import Fraction

from bedside.protocol.age_factor import age_factor, band_on, months_words, near_edges
from bedside.protocol.continuous_words import plan_rate_words
from bedside.protocol.day_dose import day_words
from bedside.protocol.dose_bounds import body_faults, rounding_faults
from bedside.protocol.dose_facts import WorkSheet
from bedside.protocol.missing import missing_length, missing_rounding, missing_weight
from bedside.protocol.modification import WHOLE, Modification, modification_faults
from bedside.protocol.preparation import PERCENT_STEP, SHOWN_PLACES, shown, surface_shown
from bedside.units.quantities import BodySurface, BodyWeight, DoseRate, DrugAmount
from bedside.units.registry import Product
from bedside.units.rounding import half_up, to_step
from bedside.units.writer import write_amount, write_number, write_weight


class AmountWork(WorkSheet):
    """The sheet of paper as far as the amount: every step of it, and every reason against it."""

    def say_rate(self) -> None:
        """Say which dose holds and where it comes from, or why none does."""
        self.blocked += self.found.blocked
        self.missing += self.found.missing
        if self.found.words:
            day = "" if self.rate is None else day_words(self.rate, self.found.doses_per_day)
            said = f"{self.found.words}: {day}" if day else self.found.words
            self.steps.append(f"Protocol dose: {said}.")

    def multiply(
        self, weight: BodyWeight | None, surface: BodySurface | None, product: Product
    ) -> None:
        """Protocol dose × body, through the units room; a dose fixed by age takes its band first."""
        if self.found.by_age:
            self._take_age_band()
        if self.rate is None:
            return
        self.blocked.extend(body_faults(self.rate, weight, surface, self.course.weight_range))
        if self.rate.per == "kg" and weight is None:
            self.missing.append(missing_weight())
            return
        if self.rate.per == "m2" and surface is None:
            self.missing.append(missing_length())
            return
        size = {"kg": weight, "m2": surface, "dose": None}[self.rate.per]
        amount = product(self.rate, size)
        if amount.value <= 0:
            self.blocked.append("The dose works out to nothing: weigh and measure again.")
            return
        self.exact, self.unit = Fraction(amount.value), amount.unit
        self.steps.append(self._first_product(amount, size))

    def _first_product(self, amount: DrugAmount, size: BodyWeight | BodySurface | None) -> str:
        if isinstance(size, BodyWeight):
            body = write_weight(size)
        elif isinstance(size, BodySurface):
            body = surface_shown(size)
        else:
            return f"Fixed dose: {write_amount(amount)}."
        rate = self.found.rate or DoseRate(amount.value, amount.unit, "dose")
        return f"{plan_rate_words(self.plan, rate)} × {body} = {shown(amount)}."

    def _take_age_band(self) -> None:
        anchor = self.known_anchor()
        if anchor is None:
            return
        bands = self.found.by_age
        band = band_on(bands, self.birth, anchor.day)
        self.rate = DoseRate(band.amount.value, band.amount.unit, "dose")
        self.words["age"] = f"{write_amount(band.amount)}: {months_words(self.birth, anchor)}"
        self.steps.append(f"Dose by age {self.words['age']}.")
        self.cautions += near_edges([one.from_month for one in bands], self.birth, anchor)
        self.say_edges([(one.from_month, write_amount(one.amount)) for one in bands])

    def take_age_factor(self) -> None:
        """Multiply by the age factor on the anchor day; a drug without one stays as it is."""
        if self.found.by_age:
            return
        rule = self.found.age_rule
        if rule is None:
            own = self.found.evidence == "site"
            known = "this site's values" if own else "the protocol's public sources"
            self.words["age"] = f"none: {known} state none for this drug"
            self.steps.append(f"Age factor: {self.words['age']}.")
            return
        anchor = self.known_anchor()
        if anchor is None:
            return
        words = rule.anchor_words if self.anchor_kind == "course-day-1" else anchor.words
        factor = age_factor(rule, self.birth, anchor.day, words)
        self.factor = str(factor.factor)
        self.words["age"] = factor.words
        self.cautions.extend(factor.cautions)
        self.say_edges([(band.from_month, f"factor {band.factor}") for band in rule.bands])
        before = self.amount
        if before is None or self.exact is None:
            self.steps.append(f"Age factor: {factor.words}.")
            return
        self.exact *= factor.factor
        whose = "" if rule.origin.evidence != "site" else " (site value)"
        self.steps.append(
            f"Age factor{whose} {factor.words}: {shown(before)} × {factor.factor} = {self._so_far()}."
        )

    def _so_far(self) -> str:
        return "" if self.amount is None else shown(self.amount)

    def modify(self, modification: Modification | None) -> None:
        """Change the dose by a physician's decision; none is said too, so that nobody wonders."""
        if modification is None:
            self.words["modified"] = "no: 100 % of the protocol dose"
            self.steps.append("Modification: 100 % of the protocol dose.")
            return
        faults = modification_faults(modification)
        if faults:
            self.blocked += faults
            return
        self.words["modified"] = modification.words
        if self.exact is None:
            self.steps.append(f"Modification: {modification.words}.")
            return
        before = self._so_far()
        self.exact *= Fraction(modification.percent) / Fraction(WHOLE)
        self.steps.append(
            f"Modification: {modification.words}: {before} × "
            f"{write_number(modification.percent)} % = {self._so_far()}."
        )

    def cap(self) -> None:
        """Hold the dose at the site's cap of one dose; no cap is said too."""
        most = self.found.most
        if most is None:
            own = self.confirmed and not self.site.demonstration
            self.words["cap"] = "none in this site's own copy" if own else "none in public sources"
            self.steps.append(f"Cap: {self.words['cap']}.")
            return
        self.words["cap"] = f"at most {write_amount(most)} for one dose (site value)"
        if self.exact is None:
            self.steps.append(f"Cap: {self.words['cap']}.")
        elif most.unit != self.unit:
            self.blocked.append(
                f"The cap of {self.name}, {write_amount(most)}, is not in the unit of its dose: "
                "correct the site's values."
            )
        elif self.exact > Fraction(most.value):
            self.steps.append(
                f"Cap: {self.words['cap']}: {self._so_far()} becomes {write_amount(most)}."
            )
            self.words["cap"] += ", reached"
            self.exact = Fraction(most.value)
        else:
            self.steps.append(f"Cap: {self.words['cap']}: {self._so_far()} is not above it.")

    def round(self) -> None:
        """Round by the site's named rule; no rule, no rounding."""
        amount, exact = self.amount, self.exact
        if amount is None or exact is None:
            return
        rule = self.site.rounding_of(self.plan.drug, self.route)
        if rule is None:
            self.prepared = amount
            self.words["rounding"] = "not rounded: no rounding rule is commissioned"
            self.steps.append(f"Rounding: {self.words['rounding']}.")
            self._stop_if_endless(amount)
            return
        if rule.unit not in (None, self.unit):
            self.blocked.append(
                f"The rounding step of {self.name} is entered in {rule.unit}, its dose is in "
                f"{self.unit}: correct the site's values."
            )
            return
        after = rule.rounded(exact)
        self.prepared = DrugAmount(after, self.unit)
        self.change = to_step((Fraction(after) - exact) / exact * 100, PERCENT_STEP)
        self.blocked += rounding_faults(self.name, amount, self.prepared, rule, exact)
        marked = "site value, demonstration" if self.site.demonstration else "site value"
        self.words["rounding"] = f"{rule.name}: change {write_number(self.change)} % ({marked})"
        self.steps.append(
            f"Rounding {rule.name}, half up ({marked}): {shown(amount)} becomes "
            f"{write_amount(self.prepared)}, change {write_number(self.change)} %."
        )

    def _stop_if_endless(self, amount: DrugAmount) -> None:
        """Block an amount that nobody can prepare as it is, because no rule says how to round it.

        A dose that ends, as 15.5 mg does, is an amount to prepare; one with digits without end is
        none.
        """
        if amount.value == half_up(amount.value, SHOWN_PLACES):
            return
        self.endless = [
            f"{shown(amount)} of {self.name} is not rounded, because no rounding rule is entered, and "
            "has digits without end: enter the site's rule, until then nothing is ready to prepare."
        ]
        self.blocked += self.endless
        self.missing.append(missing_rounding(self.name))
