"""Two plans of one infant beside each other: everything that a hold, a delay or a shift would move."""

from datetime import date, timedelta

from bedside.protocol.plan_change import age_bands, band_changes, plan_change, without_held
from bedside.protocol.projection import Projection
from bedside.ward.delay_words import Line, also_words, moves, summary_words
from bedside.ward.facts import InfantFacts
from bedside.ward.standing import drug_holds, lengths_of, projection_of
from bedside.ward.timeline_open import length_known
from bedside.ward.views.delay import CourseBand, DelayView
from bedside.ward.ward import Ward


def delay_view(
    ward: Ward,
    facts: InfantFacts,
    after_facts: InfantFacts,
    *,
    why_gone: str = "",
    line: Line | None = None,
) -> DelayView:
    """The plan as it stands and as it would be, with nothing said against it yet.

    Args:
        ward: the ward.
        facts: the infant's facts as recorded.
        after_facts: the same facts with the hold, delay or shift that is looked at.
        why_gone: why a planned dose falls away; "" for the usual reasons.
        line: the drug whose doses are shifted: they have a row each.
    """
    before, after = plan_to_give(ward, facts), plan_to_give(ward, after_facts)
    change = plan_change(facts.protocol, before, after, ward.drugs)
    values = ward.values_for(facts.protocol.key)
    bands = band_changes(
        before, after, facts.infant.born, age_bands(facts.protocol, values), values.age_anchor
    )
    return DelayView(
        before=_bands(ward, facts, before),
        after=_bands(ward, facts, after),
        today=ward.today(),
        change=change,
        bands=bands,
        summary=summary_words(change, ward.drugs),
        moves=moves(ward, facts, change, why_gone, (before, after), line),
        also=also_words(ward, facts, (before, after), change, bands),
        against=(),
    )


def plan_to_give(ward: Ward, facts: InfantFacts) -> Projection:
    """The plan without the doses that a hold of their drug keeps from being given."""
    return without_held(projection_of(ward, facts), drug_holds(facts))


def _bands(ward: Ward, facts: InfantFacts, plan: Projection) -> tuple[CourseBand, ...]:
    lengths = lengths_of(ward, facts)
    dated = [(course, course.start) for course in plan.courses if course.start is not None]
    found = []
    for number, (course, start) in enumerate(dated):
        end, until = course.end or start, date.max
        if number + 1 < len(dated):
            until = dated[number + 1][1] - timedelta(days=1)
            end = max(start, min(end, until))
        priming = facts.protocol.course(course.key).kind == "priming"
        known = length_known(facts, plan, course.key, lengths) or until <= end
        found.append(CourseBand(course.title, start, end, priming, None if known else until))
    return tuple(found)
