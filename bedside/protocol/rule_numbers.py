"""The numbers of a protocol's rules: when the DLT period runs and stops, how Maintenance is titrated."""

from collections.abc import Iterator, Sequence

from bedside.protocol.drugs import ROUTE_NOT_PUBLIC, display_name, route_atoms
from bedside.protocol.model import Protocol
from bedside.protocol.number_shape import Number, NumberGroup

DLT = "dlt"
MAINTENANCE_RULE = "maintenance-rule"
OWN_CHECKS = "own"  # of a drug whose raise follows no other one


def dlt_group(protocol: Protocol) -> NumberGroup | None:
    """The DLT rule of a protocol that has a DLT period."""
    window = protocol.dlt_window
    if window is None:
        return None
    titles = {course.key: course.title for course in protocol.courses}
    opens = Number(
        f"{DLT}/opens",
        "DLT period",
        "Opens on day 1 of",
        "answer",
        choices=titles,
        evidence=window.origin.evidence,
        public=(window.opens_on_day_1_of,),
        source=window.origin.named,
    )
    closes = Number(
        f"{DLT}/closes",
        "DLT period",
        "Closes when the counts allow",
        "answer",
        choices=titles,
        evidence=window.origin.evidence,
        public=(window.closes_when_may_start,),
        source=window.origin.named,
    )
    asked = (
        ("grade", "Lowest grade that is put to the reviewer", "grade"),
        ("infants", "Infants that the stopping rule counts at most", "infants"),
        ("acceptable", "Share of infants with a DLT that is held acceptable", "percent"),
        ("chance", "Chance of stopping at that share", "percent"),
    )
    numbers = tuple(
        Number(f"{DLT}/{key}", "DLT review and stopping rule", words, kind)
        for key, words, kind in asked
    )
    return NumberGroup(DLT, "DLT rule", (opens, closes, *numbers))


_RULE = (
    ("check-every", "Checks of the counts", "Days between two checks", "weeks or days"),
    ("stop/anc", "Stop", "Stop at neutrophils (ANC) of at most", "anc"),
    ("stop/platelets", "Stop", "Stop at platelets of at most", "platelets"),
    ("reduce/anc", "Reduce", "Reduce at neutrophils (ANC) of at most", "anc"),
    ("reduce/platelets", "Reduce", "Reduce at platelets of at most", "platelets"),
    ("reduce/percent", "Reduce", "Reduce to", "percent"),
    ("reduce/of", "Reduce", "Of which dose", "share"),
    ("resume/anc", "Resume", "Resume at neutrophils (ANC) of at least", "anc"),
    ("resume/platelets", "Resume", "Resume at platelets of at least", "platelets"),
    ("resume/percent", "Resume", "Resume at", "percent"),
    ("resume/of", "Resume", "Of which dose", "share"),
    ("raise/anc", "Raise", "Raise at neutrophils (ANC) of at least", "anc"),
    ("raise/times", "Raise", "So many times", "times"),
    ("raise/checks", "Raise", "Of so many checks, newest first", "times"),
    ("raise/within", "Raise", "These checks lie within", "weeks or days"),
    ("raise/same-dose", "Raise", "The dose has been the same for", "weeks or days"),
)


def maintenance_group(protocol: Protocol) -> NumberGroup | None:
    """The titration rule of a protocol that has Maintenance."""
    drugs = dict.fromkeys(
        (plan.drug, plan.route)
        for course in protocol.courses
        if course.kind == "maintenance"
        for plan in course.drugs
        if {"PO", ROUTE_NOT_PUBLIC} & set(route_atoms(plan.route))
    )
    if not drugs:
        return None
    numbers = [
        Number(f"{MAINTENANCE_RULE}/{key}", section, words, kind)
        for key, section, words, kind in _RULE
    ]
    for drug, route in drugs:
        numbers += _oral(drug, route, [other for other, _ in drugs if other != drug])
    return NumberGroup(MAINTENANCE_RULE, "Maintenance: titration rule", tuple(numbers))


def _oral(drug: str, route: str, others: Sequence[str]) -> Iterator[Number]:
    asked = (
        ("start", "Starting dose by age on day 1 of cycle 1", "start dose"),
        ("steps", "Steps in per cent of the starting dose", "percents"),
        ("every", "Given", "rhythm"),
    )
    for key, words, kind in asked:
        yield Number(
            f"{MAINTENANCE_RULE}/{key}/{drug}",
            f"{display_name(drug)}, by mouth",
            words,
            kind,
            drug=drug,
            route=route,
        )
    if others:
        yield from _follows(drug, route, others)


def _follows(drug: str, route: str, others: Sequence[str]) -> Iterator[Number]:
    """Which raise this drug's own raise follows, and after how many days."""
    name = display_name(drug)
    choices = {other: f"after a raise of {display_name(other)}" for other in others}
    yield Number(
        f"{MAINTENANCE_RULE}/follows/{drug}",
        f"{name}, by mouth",
        "Raised",
        "answer",
        drug=drug,
        route=route,
        choices={OWN_CHECKS: "by its own checks of the counts", **choices},
    )
    yield Number(
        f"{MAINTENANCE_RULE}/follows-after/{drug}",
        f"{name}, by mouth",
        "Where it follows: so many days after that raise",
        "waits",
        drug=drug,
        route=route,
    )
