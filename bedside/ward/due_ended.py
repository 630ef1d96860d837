"""How the orders of an infant are told that do not stand any more: what to stop, discard and decide."""

from collections import defaultdict
from collections.abc import Iterable

from msgspec import Struct

from bedside.protocol.schedule import ProjectedDose
from bedside.ward.broken_off import DECIDE_FIRST, broken_off, broken_words
from bedside.ward.facts import InfantFacts
from bedside.ward.orders import TYPED_ANEW
from bedside.ward.rest import key_of_record, rest_state, rest_words
from bedside.ward.said_once import Ended, said_once
from bedside.ward.standing import Standing
from bedside.ward.views.marks import HeldItem, Mark
from bedside.ward.views.orders import ENDED, Stage
from bedside.ward.ward import Ward

NOTES: dict[Stage, tuple[Mark, str]] = {
    "void": ("stop", "order VOID: prescribe anew"),
    "sent back": ("stop", "order sent back: prescribe anew"),
    "not ordered": ("due", "not prescribed"),
    "prescribed": ("due", "not verified"),
    "verified": ("due", "not released"),
}
NOT_NOW = "it cannot be prescribed now"
STOP_IT = "STOP the infusion, ask the physician now, write down how much went in"
DO_NOT_GIVE = "do not give it: discard the vial, or ask the physician now"


class OrderOf(Struct, frozen=True):
    """One dose by needle that asks for something.

    Args:
        dose: the planned dose.
        name: its drug as written, with "intrathecal" where it is.
        stage: how far its order is.
        why: why it is void or was sent back.
        blocked: why it cannot be ordered or given now; empty where it can.
        running: its vial clock runs.
        infusing: its infusion runs.
        broken: how much of its infusion went in before it was broken off; "" where none was.
        rest: what a physician decided about it, or is to decide.
    """

    dose: ProjectedDose
    name: str
    stage: Stage
    why: tuple[str, ...]
    blocked: tuple[str, ...]
    running: bool = False
    infusing: bool = False
    broken: str = ""
    rest: str = ""

    @property
    def ended(self) -> bool:
        """Whether there was an order that does not stand any more."""
        return self.stage in ENDED


def ended_items(found: Iterable[OrderOf]) -> list[HeldItem]:
    """Orders that do not stand any more, a line for each drug and reason, with every day."""
    days: dict[tuple[str, Stage, tuple[str, ...], bool], list[str]] = defaultdict(list)
    running: list[Ended] = []
    for one in found:
        name, day = one.name, str(one.dose.course_day)
        if one.ended and one.infusing:
            words = f"order VOID, {name} day {day}: its infusion runs"
            running.append(Ended(name, day, words, (*one.why, STOP_IT)))
        elif one.ended and one.running:
            words = f"order VOID, {name} day {day}: its vial clock runs"
            running.append(Ended(name, day, words, (*one.why, DO_NOT_GIVE)))
        elif one.ended and one.broken:
            words = f"{name} day {day}: {one.broken}: {one.rest}"
            others = tuple(why for why in one.why if one.broken not in why)
            running.append(Ended(name, day, words, (*others, DECIDE_FIRST)))
        elif one.ended:
            said = " ".join(one.why)
            more = (
                why if why == TYPED_ANEW else f"not now: {why}"
                for why in one.blocked
                if why.rstrip(".") not in said
            )
            days[name, one.stage, (*one.why, *more), bool(one.blocked)].append(day)
    void = [
        Ended(
            name,
            of_days[0],
            ended_words(stage, f"{name} day {', '.join(of_days)}", blocked=blocked),
            why,
        )
        for (name, stage, why, blocked), of_days in days.items()
    ]
    return said_once([*running, *void], always=(STOP_IT, DO_NOT_GIVE, DECIDE_FIRST))


def broken_items(ward: Ward, facts: InfantFacts, standing: Standing) -> list[HeldItem]:
    """Broken-off infusions of the running course: told until the day is recorded, whatever was ordered."""
    course = "" if standing.running is None else standing.running.key
    return [
        HeldItem(
            "hold",
            f"{ward.drugs.display_name(row.drug)} day {row.course_day}: {broken_words(row)}",
            (rest_words(facts, row),),
            "orders",
        )
        for row in facts.doses
        if row.course_key == course and broken_off(row)
        if (state := rest_state(facts, key_of_record(row))) is not None and not state.closed
    ]


def ended_words(stage: Stage, what: str, *, blocked: bool = False) -> str:
    """The words of an order that does not stand, about a dose; "" for the only one of the day."""
    ended, _, then = NOTES[stage][1].partition(": ")
    then = NOT_NOW if blocked else then
    return f"{ended}, {what}: {then}" if what else f"{ended}: {then}"
