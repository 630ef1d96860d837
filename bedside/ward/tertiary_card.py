"""The card "contact the tertiary team": in the DLT period, a centre that is not tertiary rings first.

Source: AALL15P1 slides: an infant with toxicity symptoms who arrives at another centre during the
evaluation period: contact the tertiary team for guidance and possible transfer. The numbers are the
site's own; where there is none the card says so and invents nothing.
"""

from msgspec.json import encode
from msgspec.structs import replace

from bedside.papers.tertiary_card import CardLine, TertiaryCard
from bedside.store.records import BloodCount
from bedside.units.dates import write_date, write_date_time
from bedside.units.quantities import BodyWeight
from bedside.units.refusal import Refused
from bedside.units.writer import in_words, write_count, write_weight
from bedside.ward.audit_check import check_before_paper
from bedside.ward.dlt import Evaluation, evaluation_of, id_of
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.fever_clock import before_fever
from bedside.ward.infants import SEX_WORDS
from bedside.ward.same_minute import shown_of
from bedside.ward.snapshots import snapshot_mark
from bedside.ward.toxicity_causes import attribution_words
from bedside.ward.toxicity_log import course_on, course_words
from bedside.ward.views.toxicity import LoggedToxicity
from bedside.ward.ward import Ward

UNKNOWN = "unknown"
_ASKED_IN_FEVER = {"blood culture": "blood culture", "antibiotics": "first antibiotic"}
CORRECTED = "its result was corrected since"
NO_NUMBER = "no number entered: an administrator enters it under Site (F9)"


def tertiary_card(ward: Ward, infant_id: int, *, who: str) -> TertiaryCard:
    """The card of one infant, with what is on record now.

    Args:
        ward: the ward.
        infant_id: the infant.
        who: who prints it; "" where it is only shown.

    Raises:
        Refused: the protocol has no DLT period, or it has not begun.
    """
    facts = facts_of(ward, infant_id)
    found = evaluation_of(ward, facts)
    if found is None or found.review.opened is None:
        raise Refused("The card is for an infant whose DLT period has begun.")
    infant, site = facts.infant, ward.site
    card = TertiaryCard(
        site=", ".join(part for part in (site.site_name, site.ward_name) if part) or UNKNOWN,
        infant=f"{infant.family}, {infant.given}",
        born=f"{write_date(infant.born)}, {SEX_WORDS[infant.sex]}",
        hospital_number=infant.hospital_number,
        study_number=facts.enrolment.study_number or UNKNOWN,
        protocol=f"{facts.protocol.title}, {_course(ward, facts)}",
        period=_period(ward, found),
        contacts=_contacts(ward),
        toxicities=_toxicities(ward, found),
        ready=_ready(ward, facts),
        printed_at=ward.now(),
        printed_by=who,
        program=ward.program,
        demonstration=ward.demonstration,
        audit_head=ward.store.audit_head()[:16],
        emergency=ward.emergency,
        ctcae=facts.enrolment.ctcae,
    )
    mark = snapshot_mark(
        ward,
        "T",
        encode(card).decode(),
        f"{write_date(ward.today())} 23:59, or until something of the infant is recorded",
        infant_id=infant_id,
        edition=f"{facts.protocol.title} {facts.protocol.edition}",
    )
    return replace(card, mark=mark)


def draw_tertiary_card(ward: Ward, infant_id: int, *, who: str) -> bytes:
    """The card as a PDF of one page.

    Raises:
        Refused: there is no card, or something on it cannot be printed whole.
    """
    check_before_paper(ward, infant_id)
    return ward.drawing.tertiary_card(tertiary_card(ward, infant_id, who=who))


def _course(ward: Ward, facts: InfantFacts) -> str:
    return course_words(facts, *course_on(facts, ward.today()))


def _period(ward: Ward, found: Evaluation) -> str:
    opened = found.review.opened
    if opened is None:
        raise ValueError("a card is made of a period that has begun")
    if found.review.closed is not None:
        return f"{write_date(opened)} to {write_date(found.review.closed)}, closed"
    day = (ward.today() - opened).days + 1
    return f"open since {write_date(opened)}, day {day}"


def _contacts(ward: Ward) -> tuple[CardLine, ...]:
    lines = tuple(
        CardLine(", ".join(part for part in (role, name) if part), number or NO_NUMBER)
        for role, name, number in ward.site.contacts
    )
    return lines or (CardLine("Tertiary team", NO_NUMBER),)


def _toxicities(ward: Ward, found: Evaluation) -> tuple[CardLine, ...]:
    """The open ones, the worst first; of one grade, what waits for a DLT decision first."""
    due = {id_of(each.toxicity.key) for each in found.review.due}
    lines = [
        CardLine(
            row.term,
            f"{_grade(row)}{_worst(row)}{_version(found, row)}, since {write_date(row.onset)}, {row.course_text}; "
            f"{attribution_words(ward, found.facts, row.causes) or 'attribution not assessed'}",
        )
        for row in sorted(
            found.log,
            key=lambda row: (-row.grade, row.toxicity_id not in due, -row.worst, row.onset),
        )
        if row.is_open
    ]
    return tuple(lines) or (CardLine("No open toxicity", "in the log: say what is seen now"),)


def _version(found: Evaluation, row: LoggedToxicity) -> str:
    """The CTCAE version of a grade that is by another than the rest of this infant's."""
    return "" if row.ctcae == found.facts.enrolment.ctcae else f", CTCAE {row.ctcae}"


def _grade(row: LoggedToxicity) -> str:
    """The grade in force; one that may be higher, or whose result was corrected since, says so."""
    corrected = row.steps[-1].corrected
    return f"{row.grade_words}{f' ({CORRECTED}: say it as not certain)' if corrected else ''}"


def _worst(row: LoggedToxicity) -> str:
    """The worst grade where it was another, and whether a result under an earlier one was corrected."""
    earlier = any(step.corrected for step in row.steps[:-1])
    said = [
        *([f"worst {row.worst}"] if row.worst != row.grade else []),
        *([f"earlier: {CORRECTED}"] if earlier else []),
    ]
    return f" ({', '.join(said)})" if said else ""


def _ready(ward: Ward, facts: InfantFacts) -> tuple[CardLine, ...]:
    """What is asked on the telephone; what has to be measured now is left to be written in."""
    return (
        CardLine("Weight", _weight(ward, facts)),
        CardLine("Last count", _count(ward, facts)),
        CardLine("Last azacitidine", _azacitidine(facts)),
        *_fever(ward, facts),
        CardLine("Allergies", facts.infant.allergies or UNKNOWN),
        CardLine("Central line", facts.infant.line or UNKNOWN),
    )


def _weight(ward: Ward, facts: InfantFacts) -> str:
    row = facts.weight(ward.now())
    if row is None:
        return UNKNOWN
    return (
        f"{write_weight(BodyWeight(row.weight_g))}, {write_date_time(ward.local(row.measured_at))}"
    )


def _count(ward: Ward, facts: InfantFacts) -> str:
    rows = [row for row in facts.counts if row.taken_at <= ward.now()]
    if not rows:
        return UNKNOWN
    taken = write_date_time(ward.local(rows[-1].taken_at))
    anc = _value("ANC", shown_of(rows, "anc"), "anc")
    return f"{anc}, {_value('platelets', shown_of(rows, 'platelets'), 'platelets')}, {taken}"


def _value(words: str, row: BloodCount, name: str) -> str:
    per_ul: int | None = getattr(row, f"{name}_per_ul")
    state: str = getattr(row, f"{name}_state")
    return f"{words} {in_words(state if per_ul is None else write_count(per_ul))}"


def _fever(ward: Ward, facts: InfantFacts) -> tuple[CardLine, ...]:
    """What was done in a fever that is not closed; nothing of a fever that is over."""
    closed = {act.episode_id for act in facts.fever_acts if act.kind == "closed"}
    running = [row for row in facts.fevers if row.id not in closed]
    if not running:
        return ()
    episode = running[-1]
    began = write_date_time(ward.local(episode.first_fever_at))
    done = {
        act.kind: f"{write_date_time(ward.local(act.at))}, {act.words}"
        for act in reversed(facts.fever_acts)
        if act.episode_id == episode.id
        and act.kind in _ASKED_IN_FEVER
        and not (act.kind == "antibiotics" and before_fever(episode, act.at))
    }
    words = (f"{name}: {done.get(kind, 'not recorded')}" for kind, name in _ASKED_IN_FEVER.items())
    return (CardLine("Fever", f"since {began}, {episode.because}; {'; '.join(words)}"),)


def _azacitidine(facts: InfantFacts) -> str:
    given = [row for row in facts.doses if row.drug == "azacitidine" and row.state == "given"]
    if not given:
        return "none recorded as given"
    last = given[-1]
    title = facts.protocol.course(last.course_key).title
    return f"{title} day {last.course_day}, {write_date(last.due_on)}"
