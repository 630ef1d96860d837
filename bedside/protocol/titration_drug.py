"""The proposal for one drug: start, stop, reduce, resume, rise by one step, or stay as it is."""

from datetime import date, timedelta
from decimal import Decimal

from bedside.protocol.drugs import display_name
from bedside.protocol.maintenance import (
    FULL,
    FollowRule,
    MaintenanceDrug,
    MaintenanceRule,
    RaiseRule,
    ReduceRule,
    ShareOf,
)
from bedside.protocol.titration_dose import near_edge, no_band_words, start_band, work_percent
from bedside.protocol.titration_facts import (
    Action,
    Checks,
    DrugProposal,
    History,
    TitrationFacts,
    checks_until,
)
from bedside.protocol.titration_spacing import SpacedCheck, spaced_checks
from bedside.protocol.titration_unanswered import unanswered_stop
from bedside.protocol.titration_zone import Zone, zone_of
from bedside.units.counted import so_many
from bedside.units.dates import write_date
from bedside.units.writer import write_count, write_number

NOTHING = Decimal(0)


def steps_of(rule: MaintenanceRule, drug: MaintenanceDrug) -> tuple[Decimal, ...]:
    """Every per cent that the rule can come to for a drug: its steps, and their reductions."""
    shares = set(drug.steps)
    for part in (rule.reduce, rule.resume):
        if part is not None:
            shares |= {_share(part.percent, part.of, step) for step in drug.steps}
    return tuple(sorted(shares))


def _share(percent: int, of: ShareOf, before: Decimal) -> Decimal:
    return Decimal(percent) if of == "start" else percent * before / FULL


class DrugJudgement:
    """Judges one drug; each method that ends the judgement says why.

    Args:
        rule, drug: what is asked for.
        facts: age, body, day.
        checks, zone: the counts, and what they say by themselves.
        history: this drug's doses so far.
        leader: those of the drug that this one follows, None where it rises by its own checks.
    """

    def __init__(
        self,
        rule: MaintenanceRule,
        drug: MaintenanceDrug,
        facts: TitrationFacts,
        checks: Checks,
        zone: Zone,
        history: History,
        leader: History | None,
    ) -> None:
        self.rule, self.drug, self.facts = rule, drug, facts
        self.checks, self.zone = checks, zone
        self.history, self.leader = history, leader
        self.name = display_name(drug.drug)
        self.because: list[str] = []
        self.missing: list[str] = []
        self.cautions: list[str] = []
        self.used: set[date] = set(zone.used)

    def judged(self) -> DrugProposal:
        """The proposal."""
        action, percent = self._if_known(*self._decide())
        for dose in self.history.later:
            said = "a dose" if dose.percent is None else f"{write_number(dose.percent)} %"
            self.cautions.append(f"Decided already: {said} from {write_date(dose.from_on)}.")
        band = start_band(self.drug, self.facts)
        worked = None
        if band is None:
            self.missing.append(no_band_words(self.drug, self.facts))
            if percent != NOTHING:
                action, percent = "ask", None
        elif percent is not None:
            worked = work_percent(self.drug, band, percent, self.facts)
        return DrugProposal(
            drug=self.drug.drug,
            route=self.drug.route,
            every=self.drug.every,
            action=action,
            before=self.history.now if self.history.begun else None,
            percent=percent,
            dose=worked,
            because=tuple(self.because),
            counts=tuple(sorted(self.used)),
            missing=tuple(self.missing),
            cautions=tuple(self.cautions),
        )

    def _if_known(self, action: Action, percent: Decimal | None) -> tuple[Action, Decimal | None]:
        """No dose above 0 on a count that is unknown or too old: it may ask for a stop (H21, H22).

        Where nothing is begun and no count is recorded at all, the dose to begin with is named.
        """
        begins_uncounted = self.checks.newest is None and not self.history.begun
        if not percent or not self.zone.missing or begins_uncounted:
            return action, percent
        self.missing = list(dict.fromkeys((*self.zone.missing, *self.missing)))
        what = "is stopped, reduced or stays" if self.history.begun else "may begin"
        self.because.append(f"Not known: whether {self.name} {what}.")
        return "unknown", None

    def _decide(self) -> tuple[Action, Decimal | None]:
        if not self.history.begun:
            return self._begin()
        now = self.history.now
        if self.zone.stop:
            self.because.extend(self.zone.stop)
            return ("stay stopped" if now == NOTHING else "stop"), NOTHING
        if now == NOTHING:
            return self._resume()
        if missed := unanswered_stop(self.rule, self.checks, self.history):
            self.cautions.append(missed)
        if now is None:
            self.missing.append(
                f"The dose of {self.name} in force is not known in per cent: enter its step."
            )
            return "ask", None
        reduce = self.rule.reduce
        if reduce is not None and self.zone.low:
            return self._reduce(reduce, now)
        if now < self.drug.steps[0]:
            return self._end_reduction(now)
        return self._rise(now)

    def _begin(self) -> tuple[Action, Decimal | None]:
        if self.zone.stop:
            self.because.extend(self.zone.stop)
            return "do not start", NOTHING
        self.because.append(
            f"No dose of {self.name} so far: the dose by age on day 1 of cycle 1, "
            f"{write_date(self.facts.cycle_1_day_1)}."
        )
        self.missing.extend(self.zone.missing)
        self.cautions.extend(near_edge(self.drug, self.facts))
        if self.zone.low and self.rule.reduce is not None:
            self.because.extend(self.zone.low)
            return "start", _share(self.rule.reduce.percent, self.rule.reduce.of, FULL)
        return "start", FULL

    def _resume(self) -> tuple[Action, Decimal | None]:
        if not self.zone.may_resume:
            self.because.append(f"{self.name} is stopped since {write_date(self.history.since)}.")
            self.because.extend(self.zone.short)
            self.missing.extend(self.zone.missing)
            return "stay stopped", NOTHING
        resume, before = self.rule.resume, self.history.full
        self.because.append(
            f"{self.zone.newest_words} At least {write_count(resume.anc_at_least)} and "
            f"{write_count(resume.platelets_at_least)}: {self.name} is resumed."
        )
        if before is None:
            before = FULL
            self.cautions.append(f"No full dose of {self.name} came before: 100 % is taken.")
        self._ask_why_stopped()
        percent = _share(resume.percent, resume.of, before)
        if self.zone.low and self.rule.reduce is not None:
            self.because.extend(self.zone.low)
            percent = min(percent, _share(self.rule.reduce.percent, self.rule.reduce.of, before))
        elif resume.of == "before":
            self.because.append(
                f"Before the stop {write_number(before)} %: {resume.percent} % of it."
            )
        return "resume", percent

    def _ask_why_stopped(self) -> None:
        """A stop that no count asked for was decided for another reason, which the rule knows not."""
        since = self.history.since
        then = zone_of(self.rule, checks_until(self.facts.counts, since), since)
        if not then.stop:
            self.cautions.append(
                f"No count up to {write_date(since)} asked for the stop of {self.name}: where it was "
                "stopped for another reason, that reason decides."
            )

    def _reduce(self, reduce: ReduceRule, now: Decimal) -> tuple[Action, Decimal | None]:
        self.because.extend(self.zone.low)
        before = self.history.full or FULL
        percent = _share(reduce.percent, reduce.of, before)
        self.missing.extend(self.zone.missing)
        if now <= percent:
            self.because.append(f"{write_number(now)} % is in force already.")
            return "keep", now
        return "reduce", percent

    def _end_reduction(self, now: Decimal) -> tuple[Action, Decimal | None]:
        """A dose below the first step: the rule's own reduction ends, a person's own dose stays."""
        before = self.history.full
        shares = set() if before is None else self._reductions(before)
        if before is None or now not in shares:
            self.because.append(
                f"{write_number(now)} % is none of the rule's steps: a person decided it, the rule "
                "proposes no other."
            )
            return "keep", now
        newest, since = self.checks.newest, self.history.since
        if newest is not None and newest.on <= since:
            self.missing.append(f"No count since this dose began on {write_date(since)}.")
        if self.missing or not self.zone.may_resume:
            self.because.extend(self.zone.short)
            self.missing.extend(self.zone.missing)
            self.because.append(f"{write_number(now)} % stays.")
            return "keep", now
        self.because.append(
            f"{self.zone.newest_words} Above the counts of the reduced dose: back to "
            f"{write_number(before)} %, the dose before it."
        )
        return "resume", before

    def _reductions(self, before: Decimal) -> set[Decimal]:
        parts = [part for part in (self.rule.reduce, self.rule.resume) if part is not None]
        return {_share(part.percent, part.of, before) for part in parts}

    def _rise(self, now: Decimal) -> tuple[Action, Decimal | None]:
        higher = [step for step in self.drug.steps if step > now]
        if not higher:
            top = write_number(self.drug.steps[-1])
            self.because.append(f"{write_number(now)} %: the rule's highest step is {top} %.")
            return "keep", now
        follows, leader = self.drug.follows, self.leader
        if follows is None or leader is None:
            allowed = self._own_checks()
        else:
            allowed = self._after_leader(follows, leader, higher[0])
        self.missing.extend(self.zone.missing)
        if not allowed or self.zone.missing:
            return "keep", now
        return "raise", higher[0]

    def _own_checks(self) -> bool:
        """Whether enough of the newest checks on this dose reach the ANC of the rule."""
        rule, apart = self.rule.raising, self.rule.apart_days
        if rule is None:
            self.because.append("The rule raises no dose.")
            return False
        if apart is None:
            self.missing.append(
                "The rule does not say how many days lie between two checks: no dose is raised by "
                "it. Enter the days between two checks from the controlled copy of the protocol."
            )
            return False
        found = spaced_checks(self.checks, self.history.since, apart)
        checks = found[-rule.checks :]
        self.used |= {day for check in checks for day in check.days}
        if any(len(check.days) > 1 for check in checks):
            self.because.append(
                f"Counts less than {apart} days apart are one check, with the lowest of them."
            )
        reached = self._reached(rule, checks)
        return self._same_long_enough(rule) and reached

    def _reached(self, rule: RaiseRule, checks: tuple[SpacedCheck, ...]) -> bool:
        """Whether there are so many checks, near enough together, and enough of them reach the ANC."""
        reached = sum(1 for check in checks if check.reaches(rule.anc_at_least))
        asked = (
            f"needed to raise it: {rule.times} of {rule.checks} checks within {rule.within_days} days "
            f"with an ANC of at least {write_count(rule.anc_at_least)}"
        )
        if len(checks) < rule.checks:
            self.because.append(
                f"{len(checks)} of {rule.checks} checks with a known ANC since this dose began on "
                f"{write_date(self.history.since)}; {asked}."
            )
            return False
        said = ", ".join(check.words for check in checks)
        self.because.append(f"ANC {said}: {reached} reached; {asked}.")
        span = (checks[-1].on - checks[0].on).days
        if span > rule.within_days:
            self.because.append(f"These checks lie {span} days apart.")
        return reached >= rule.times and span <= rule.within_days

    def _same_long_enough(self, rule: RaiseRule) -> bool:
        """Whether the dose has been the same as long as the rule asks."""
        since = self.history.since
        same = (self.facts.on - since).days
        if rule.same_dose_days is None or same >= rule.same_dose_days:
            return True
        self.because.append(
            f"The same dose since {write_date(since)}, {so_many(same, 'day')}: {rule.same_dose_days} are needed."
        )
        return False

    def _after_leader(self, follows: FollowRule, leader: History, step: Decimal) -> bool:
        """Whether the drug that this one follows was raised long enough ago."""
        other = display_name(follows.drug)
        raised, full = leader.raised_on, leader.full
        if raised is None or full is None or full < step or leader.now != full:
            at = "not begun" if not leader.begun else _percent(leader.now)
            self.because.append(
                f"{self.name} rises after {other}, which stands at {at}: no raise to follow."
            )
            return False
        own = self.history.raised_on
        if own is not None and own >= raised:
            self.because.append(
                f"{self.name} has followed the raise of {other} already, on {write_date(own)}."
            )
            return False
        days = [(after, raised + timedelta(days=after)) for after in follows.after_days]
        told = " or ".join(f"{so_many(after, 'day')} later, {write_date(on)}" for after, on in days)
        self.because.append(
            f"{other} was raised to {write_number(full)} % on {write_date(raised)}; {self.name} "
            f"follows {told}."
        )
        return self.facts.on >= days[0][1]


def _percent(value: Decimal | None) -> str:
    return "a dose not known in per cent" if value is None else f"{write_number(value)} %"
