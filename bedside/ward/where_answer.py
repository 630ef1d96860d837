"""The answer of the page Where are we: may we go on, and if not, what stands in the way.

What stands against a dose of today comes first: an order that is void, a dose that is blocked, a
signature that is missing. Green is said only where there is a plan, it was recorded, every drug of
the course is planned, and no paper on the ward says something else.
"""

from bedside.protocol.model import Course
from bedside.store.records import BloodCount
from bedside.units.dates import half_of, half_words, write_date, write_time
from bedside.units.writer import write_number
from bedside.ward.due_ahead import coming_holds
from bedside.ward.due_orders import OrdersTold, unrecorded_words
from bedside.ward.due_unplanned import NotPlanned
from bedside.ward.facts import InfantFacts
from bedside.ward.gate_facts import NOT_SAID
from bedside.ward.gates import Gate
from bedside.ward.same_minute import counting, newest_minute
from bedside.ward.standing import Standing
from bedside.ward.vial_clocks import running_clocks
from bedside.ward.vial_told import vial_told
from bedside.ward.views.marks import Mark, VialStanding
from bedside.ward.ward import Ward

Answer = tuple[Mark, str, str]
_VIAL: dict[VialStanding, Mark] = {"too late": "hold", "discard": "stop", "over time": "stop"}
_PLAIN: tuple[Mark, ...] = ("go", "priming")  # nothing stands in the way


def answer_of(ward: Ward, facts: InfantFacts, standing: Standing, told: OrdersTold) -> Answer:
    """The mark, where she is up to, and whether she may go on.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        standing: where she is up to.
        told: what her orders ask for, and what is not planned.
    """
    mark, here, tail = _answer(ward, facts, standing, told)
    far = next((item for item in told.items if item.door == "given"), None)
    if far is not None and mark in _PLAIN and not standing.waiting:
        return "stop", here, f"{far.headline[:1].upper()}{far.headline[1:]}."
    papers = [item for item in told.items if item.door == "papers"]
    if mark in _PLAIN and papers and not standing.waiting:
        return "mend", here, f"{papers[0].headline.partition(':')[0]}."
    if mark == "go" and told.undosed and not standing.waiting:
        return "unknown", here, told.undosed
    return mark, here, tail


def _answer(ward: Ward, facts: InfantFacts, standing: Standing, told: OrdersTold) -> Answer:
    running, following, gate = standing.running, standing.next, standing.gate
    if running is None or standing.day is None:
        return "unknown", "No course has started.", _first_words(ward, facts, following)
    if standing.waiting and following is not None:
        return _waiting_answer(following, gate)
    priming = running.kind == "priming"
    here = f"{running.title}, day {standing.day}."
    if priming:
        length = running.length_days or standing.day
        here = f"{running.title}, day {standing.day} of {length}."
    first = told.headline
    if first is not None and first[0] == "stop":
        return "stop", here, first[1]
    if standing.holds:
        return "hold", here, _hold_words(ward, standing)
    if running_clocks(ward, facts):
        return _clock_mark(ward, facts), here, _clock_words(ward, facts)
    if first is not None:
        return first[0], here, first[1]
    if priming:
        return "priming", here, ""
    mark, tail = _going_on(facts, standing, running, told.not_planned)
    return mark, here, tail


def _first_words(ward: Ward, facts: InfantFacts, first: Course | None) -> str:
    """What is to be done before the first course; nothing recorded never looks like "may go on"."""
    if first is None:
        return "Record day 1 of the first course."
    missing = [
        what
        for what, there in (
            ("a weight", facts.weight(ward.now())),
            ("counts", facts.counts),
        )
        if not there
    ]
    opens = f"open {first.title} with its day 1."
    if missing:
        return f"Record {' and '.join(missing)}, then {opens}"
    return f"{opens[:1].upper()}{opens[1:]}"


def _hold_words(ward: Ward, standing: Standing) -> str:
    """Every hold that is in force, each with its own reason."""
    words = []
    for hold in standing.holds:
        what = ward.drugs.display_name(hold.drug) if hold.drug else "The course is"
        words.append(f"{what} held: {hold.reason}.")
    return " ".join(dict.fromkeys(words))


def _going_on(
    facts: InfantFacts, standing: Standing, running: Course, not_planned: NotPlanned | None
) -> tuple[Mark, str]:
    """Nothing is held: but "as planned" is said only where there is a plan and it was recorded."""
    first = not_planned is not None and not_planned.mark == "mend"
    if not_planned is not None and (first or running.last_dosing_day is None):
        return not_planned.mark, not_planned.words
    projected = standing.projected(running.key)
    planned = () if projected is None else projected.doses
    missing, kinds = unrecorded_words(facts, planned, standing.today)
    if missing:
        are = "is" if missing.endswith("dose") else "are"
        return "unknown", f"{missing} {are} not recorded: {kinds}."
    if not_planned is not None:
        return not_planned.mark, not_planned.words
    return "go", "Going on as planned."


def _waiting_answer(following: Course, gate: Gate | None) -> tuple[Mark, str, str]:
    if gate is None and following.follows_directly:
        return "go", f"{following.title} follows.", "No count check of its own is asked."
    if gate is None:
        why = "Its start rule is not public: ask the leukaemia team."
        return "unknown", f"{following.title} comes next.", why
    if gate.open is None:
        return "unknown", f"Waiting for {following.title}.", f"Unknown: {gate.short}."
    if not gate.open:
        return "hold", f"Waiting for {following.title}.", f"Held: {gate.short}."
    if following.start_origin.evidence == "absent":
        why = "Its count rule is not public: ask the leukaemia team."
        return "unknown", f"{following.title}: what is public of its start is met.", why
    over = next((row.seen for row in gate.rows if row.seen.startswith("yes, over")), "")
    other = next((row.over for row in gate.rows if "says otherwise" in row.over), "")
    if other:
        on = "the differential's" if other.startswith("the analyser") else "the analyser's"
        tail = f" Any toxicity resolved: {over}." if over else ""
        head = f"{following.title} may start on {on} count; {other}."
        return "hold", head, f"Two ANCs of one specimen: look at both.{tail}"
    tail = f" Any toxicity resolved: {over}." if over else ""
    return "go", f"{following.title} may start.", f"Every part of its start rule is met.{tail}"


def _clock_words(ward: Ward, facts: InfantFacts) -> str:
    head, told = vial_told(running_clocks(ward, facts)[0], ward.now())
    return f"{head[:1].upper()}{head[1:]}: {told}."


def _clock_mark(ward: Ward, facts: InfantFacts) -> Mark:
    """A lost vial stops; one that only a shorter infusion can use asks to look."""
    return _VIAL.get(running_clocks(ward, facts)[0].standing(ward.now()), "priming")


def why_of(
    ward: Ward, facts: InfantFacts, standing: Standing, not_planned: NotPlanned | None
) -> str:
    """The line below the answer: since when what is not planned, last counts, open toxicities."""
    said = "" if not_planned is None else not_planned.why
    parts = [said] if said else []
    parts += [f"{words}." for _, words in coming_holds(ward, facts)]
    second = None if standing.running is None else standing.running.second_label(standing.day or 0)
    if second is not None and standing.day is not None and not standing.waiting:
        parts.append(f"Day {second} in the paper's numbering.")
    if standing.waiting and standing.running is not None and standing.day is not None:
        parts.append(f"{standing.running.title} day {standing.day}.")
    opened = facts.open_toxicities()
    values = _last_ancs(ward, facts, 2 if opened else 3)  # one line holds no more
    if values:
        parts.append(f"ANC per µL: {', '.join(values)}.")
    if opened:
        parts.append(f"{len(opened)} open " + ("toxicity." if len(opened) == 1 else "toxicities."))
    if standing.next is None and standing.next_words and not said:
        parts.append(standing.next_words)
    return " ".join(parts)


def _last_ancs(ward: Ward, facts: InfantFacts, most: int) -> list[str]:
    """The last ANCs with their dates, newest first; of one minute's the one that counts leads."""
    rows = [row for row in facts.counts if _anc_told(row)]
    values: list[str] = []
    while rows and len(values) < most:
        tied = newest_minute(rows)
        rows = rows[: -len(tied)]
        at, first = ward.local(tied[-1].taken_at), counting(tied, "anc")
        if len({_anc_told(row) for row in tied}) == 1:
            values.append(f"{_anc_told(first)} on {write_date(at.date())}")
            continue
        each = [first, *(row for row in tied if row is not first)]
        told = " and ".join(f"{_anc_told(row)} {row.specimen or NOT_SAID}" for row in each)
        when = (
            f"{write_date(at.date())} {write_time(at)} {half_words(half_of(at, ward.zone))}".strip()
        )
        values.append(f"{told} on {when} (the lower counts)")
        most -= 1  # it is as long as two
    return values


def _anc_told(row: BloodCount) -> str:
    """The ANC of a count, or its bound ("<100"); "" where there is neither."""
    if row.anc_per_ul is not None:
        return write_number(row.anc_per_ul)
    return row.anc_state.removesuffix(" per µL") if row.anc_state[:1] in ("<", ">") else ""
