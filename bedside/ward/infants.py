"""The patient banner: who this is, how heavy, on which protocol, and where the DLT period stands."""

from datetime import datetime

from bedside.clinical.age import age_on
from bedside.clinical.body_size import body_surface
from bedside.protocol.dlt import DltFacts, DltPeriod, counts_matter_from, dlt_period
from bedside.store.records import Measurement
from bedside.units.dates import write_date
from bedside.units.quantities import BodyLength, BodySurface, BodyWeight
from bedside.units.writer import write_surface, write_weight
from bedside.ward.count_bounds import anc_of, platelets_of
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.fever_clock import clock_lines, fever_clock
from bedside.ward.gate_facts import gene_words
from bedside.ward.risk_facts import arm_of, group_of, risk_of
from bedside.ward.views.fever import FeverClockView
from bedside.ward.views.marks import Banner, DltLine
from bedside.ward.ward import Ward

SINGLE_ARM = "single arm"
NO_RISK_GROUPS = "no risk groups"
SEX_WORDS = {"f": "female", "m": "male"}


def banner(ward: Ward, infant_id: int) -> Banner:
    """The banner of one infant, read afresh."""
    return banner_of(ward, facts_of(ward, infant_id))


def banner_of(ward: Ward, facts: InfantFacts) -> Banner:
    """The banner from facts already read."""
    infant, enrolment = facts.infant, facts.enrolment
    now = ward.now()
    weight = facts.weight(now)
    surface = surface_of(ward, facts)
    protocol = facts.protocol
    judged = risk_of(facts)
    clock = fever_clock(ward, facts)
    risk = NO_RISK_GROUPS if judged is None else judged.group or "risk group not yet known"
    return Banner(
        infant_id=infant.id,
        family=infant.family,
        given=infant.given,
        born=infant.born,
        age_text=age_on(infant.born, ward.today()).text,
        sex=SEX_WORDS[infant.sex],
        hospital_number=infant.hospital_number,
        weight_text="unknown" if weight is None else write_weight(BodyWeight(weight.weight_g)),
        weight_at=None if weight is None else ward.local(weight.measured_at),
        bsa_text="unknown" if surface is None else write_surface(surface),
        bsa_formula=formula_words(ward.site.bsa_formula),
        protocol_text=", ".join(part for part in (protocol.title, arm_words(facts)) if part),
        risk_text="; ".join(part for part in (gene_words(enrolment.kmt2a), risk) if part),
        allergies=infant.allergies or "unknown",
        dlt=_told(ward, facts),
        fever=None if clock is None else fever_lines(clock, ward.now()),
        fever_clock=clock,
    )


def _told(ward: Ward, facts: InfantFacts) -> DltLine:
    """The DLT period with what was decided in it; only the banner reads the toxicity log for it."""
    if facts.protocol.dlt_window is None:
        return dlt_line(ward, facts)
    from bedside.ward.dlt import state_line

    return state_line(ward, facts)


def fever_lines(clock: FeverClockView, now: datetime) -> tuple[str, str, str]:
    """The open fever for the banner: how long, by when, and their colour."""
    lines = clock_lines(clock, now)
    return lines.second.removeprefix("after "), lines.first, lines.tone


def arm_words(facts: InfantFacts) -> str:
    """The arm for the banner: its title, or that it is not known."""
    arms = facts.protocol.strata.arms
    if not arms:
        return SINGLE_ARM
    recorded, group = arm_of(facts), group_of(facts)
    for arm in arms:
        if recorded == arm.key or (not recorded and group in arm.without_allocation):
            return f"arm {arm.title}"
    return "arm unknown"


def formula_words(formula: str) -> str:
    """A formula's name as written: Mosteller, Haycock, DuBois, Boyd."""
    return {"dubois": "DuBois"}.get(formula, formula.capitalize())


def surface_of(
    ward: Ward, facts: InfantFacts, weight: Measurement | None = None
) -> BodySurface | None:
    """The body surface from the last weight and the last length; None while one is missing."""
    now = ward.now()
    row = facts.weight(now) if weight is None else weight
    length = facts.length(now)
    if row is None or length is None or length.length_mm is None:
        return None
    return body_surface(
        BodyWeight(row.weight_g), BodyLength(length.length_mm), ward.site.bsa_formula
    )


def dlt_of(ward: Ward, facts: InfantFacts) -> DltPeriod | None:
    """The DLT evaluation period, None where the protocol has none."""
    if facts.protocol.dlt_window is None:
        return None
    starts = {row.course_key: row.day_1 for row in facts.starts}
    closing = facts.protocol.dlt_window.closes_when_may_start
    asked = (row.answer for row in facts.answers if row.course_key == closing)
    since = counts_matter_from(facts.protocol, starts) if "yes" in asked else None
    return dlt_period(
        facts.protocol,
        DltFacts(
            starts=starts,
            counts=tuple(
                (
                    ward.local(row.taken_at),
                    anc_of(row),
                    platelets_of(row),
                )
                for row in facts.counts
                if since is not None and row.taken_at.date() >= since  # UTC: a day too many at most
            ),
            answers=tuple(
                (
                    row.course_key,
                    row.question,
                    "yes" if row.answer == "yes" else "no",
                    ward.local(row.answered_at),
                )
                for row in facts.answers
            ),
        ),
    )


def dlt_line(ward: Ward, facts: InfantFacts) -> DltLine:
    """The DLT period in three short lines. No DLT is decided by this program: a physician does."""
    period = dlt_of(ward, facts)
    if period is None or period.state == "not in this protocol":
        return DltLine("not in this protocol", "not in this protocol", ())
    if period.state == "not started":
        if facts.enrolment.kmt2a == "germline":
            return DltLine("not started", "not started", ("germline: no EPI block",))
        return DltLine("not started", "not started", ("opens on EPI #1 day 1",))
    opened = period.opened
    if opened is None:
        raise ValueError("an open DLT period has an opening day")
    if period.state == "open":
        day = (ward.today() - opened).days + 1
        details = (f"since {write_date(opened)}", "until counts allow EPI #4")
        return DltLine("open", f"open, day {day}", details, opened)
    closed = period.closed
    closing = "" if closed is None else f"on {write_date(closed)}"
    return DltLine(
        "closed", f"closed {closing}".strip(), (f"opened {write_date(opened)}",), opened, closed
    )
