"""Which doses wait until it is settled what a restore lost, and why, in words (hazards H36, H45).

A dose that was given after the copy would be due again: it is neither prescribed, prepared nor given
before somebody has said what is so. What a dose rests on (a hold, a weight, a reduction) stops every
dose of the infant, and so does a time of which nothing is known: unknown never passes.
"""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from bedside.store.queries import standing
from bedside.store.restored_records import RestoredAct
from bedside.units.dates import write_date, write_time
from bedside.ward.facts import InfantFacts
from bedside.ward.views.marks import HeldItem
from bedside.ward.views.restored import Planned
from bedside.ward.ward import Ward

OF_A_DOSE = ("dose", "maybe given")
OF_ALL = ("bearing", "unknown")
_DOOR = "Settle it first: the bar “Restored” above the page, Ctrl+R."


class _Clock(msgspec.Struct, frozen=True):
    """When a vial was made and its infusion started, as the store writes times."""

    reconstituted_at: str | None
    started_at: str | None


class _Kept(msgspec.Struct, frozen=True):
    """What was kept of a dose, as far as it is told here."""

    dose_record: _Clock


def was_restored(ward: Ward) -> bool:
    """Whether a restore of this ward ever lost anything; quick, for every page asks it."""
    with ward.store.reading() as connection:
        return standing(connection, RestoredAct)[0] > 0


def restored_against(ward: Ward, facts: InfantFacts, planned: Planned) -> tuple[str, ...]:
    """Every reason from a restore against a planned dose; () once all is settled.

    Args:
        ward: the ward.
        facts: the infant's facts.
        planned: course key, course day, drug and route.
    """
    if not facts.missing:
        return ()
    own = own_against(ward, facts, planned)
    every = [row for row in facts.missing if row.kind in OF_ALL]
    reasons = list(own)
    if every:
        more = f" (and {len(every) - 1} more)" if len(every) > 1 else ""
        since = _since(ward, every[-1])
        reasons.append(f"{since}: not settled yet: {every[-1].words.rstrip('.')}{more}. {_DOOR}")
    return tuple(reasons)


def own_against(ward: Ward, facts: InfantFacts, planned: Planned) -> tuple[str, ...]:
    """The reason that is about this very dose: it also stops what is done with a vial that runs."""
    own = [row for row in facts.missing if row.kind in OF_A_DOSE and planned_of(row) == planned]
    return (_dose_words(ward, own[-1]),) if own else ()


def restored_short(facts: InfantFacts, planned: Planned) -> str:
    """The same in a few words, for the line of a dose; "" where nothing stands against it."""
    for row in reversed(facts.missing):
        if row.kind in OF_A_DOSE and planned_of(row) == planned:
            return "given in part?" if was_broken(row) else "given already?"
    return "restore not settled" if any(row.kind in OF_ALL for row in facts.missing) else ""


def restored_item(ward: Ward, facts: InfantFacts) -> tuple[HeldItem, ...]:
    """The infant's mark on the ward list; () where nothing of hers is open."""
    if not facts.missing:
        return ()
    first = facts.missing[0]
    details = (missing_words(ward, facts.missing), _waits(facts.missing))
    return (HeldItem("stop", f"Restored {_when(ward, first.recorded_at)}", details),)


def _waits(rows: tuple[RestoredAct, ...]) -> str:
    """What waits, as the list says it line by line."""
    kinds = {row.kind for row in rows}
    if kinds & {*OF_ALL}:
        return "every dose waits until it is settled"
    if kinds & {*OF_A_DOSE}:
        return "this dose waits until it is settled"
    return "no dose waits for it"


def missing_words(ward: Ward, rows: tuple[RestoredAct, ...]) -> str:
    """What is not in the ward, in one line: how many acts, and each dose that was given.

    Args:
        ward: the ward.
        rows: acts that are not settled.
    """
    asked = [row for row in rows if row.kind in ("unknown", "maybe given")]
    acts = [row for row in rows if row.kind not in ("unknown", "maybe given")]
    parts = []
    if acts:
        counted = "1 act is" if len(acts) == 1 else f"{len(acts)} acts are"
        parts.append(f"{counted} not in it")
    every = _told_once(row for row in acts if row.kind == "dose")
    running = _running_words(ward, filter(runs, every))
    broken = [row for row in every if was_broken(row)]
    doses = [row for row in every if not runs(row) and not was_broken(row)]
    if doses:
        many = "one dose" if len(doses) == 1 else f"{len(doses)} doses"
        given = all(_is_given(row) for row in doses)
        many += " given" if given else " given or begun"
        parts.append(f"{many}: " + "; ".join(short_dose(ward, row) for row in doses))
    if broken:
        many = "a part of a dose" if len(broken) == 1 else f"parts of {len(broken)} infusions"
        parts.append(f"{many} given: " + "; ".join(_broken_words(row) for row in broken))
    if asked:
        doses_asked = sum(row.kind == "maybe given" for row in asked)
        question = f", was a dose given? ({doses_asked} planned)" if doses_asked else ""
        parts.append(f"what was done meanwhile is not known{question}")
    return "; ".join((*running, ", ".join(parts)))


def _told_once(rows: Iterable[RestoredAct]) -> list[RestoredAct]:
    """One line for each infusion; an older program told each of its steps."""
    return list({(row.infant_id, row.content or row.id): row for row in rows}.values())


def _broken_words(row: RestoredAct) -> str:
    """As "azaCITIDine 15.5 mg, infusion broken off at 00:38, 7 mg of 15.5 mg given"."""
    name = row.words.partition(",")[0].removesuffix(" intravenous")
    return f"{name}, {row.words.rpartition(': ')[2].partition(';')[0]}"


def short_dose(ward: Ward, row: RestoredAct) -> str:
    """As "azaCITIDine 15.5 mg, 17:57"."""
    name = row.words.partition(",")[0]
    for route in (" intravenous", " intrathecal", " by mouth"):
        name = name.removesuffix(route)
    return f"{name}, {_when(ward, row.done_at)}"


def _running_words(ward: Ward, doses: Iterable[RestoredAct]) -> list[str]:
    """As "RUNNING: azaCITIDine 15.5 mg, vial made 09:05, infusion started 09:07"."""
    found = []
    for row in doses:
        kept = msgspec.json.decode(row.content, type=_Kept).dose_record
        times = [("vial made", kept.reconstituted_at), ("infusion started", kept.started_at)]
        said = ", ".join(
            f"{what} {_when(ward, datetime.fromisoformat(at))}" for what, at in times if at
        )
        name = short_dose(ward, row).rpartition(",")[0]
        found.append(f"{row.infant.partition(',')[0]} {name}, {said}")
    return [f"RUNNING when it was put back: {'; '.join(found)}"] if found else []


def runs(row: RestoredAct) -> bool:
    """Whether a vial or an infusion ran when the ward was put back."""
    return row.kind == "dose" and '"state":"vial running"' in row.content


def was_broken(row: RestoredAct) -> bool:
    """Whether an infusion was started and broken off: a part of the dose may be in."""
    return row.kind == "dose" and '"state":"vial lost"' in row.content


def _is_given(row: RestoredAct) -> bool:
    """Whether a dose ran to its end; words and state stand beside each other in the record."""
    return '"state":"given"' in row.content


def planned_of(row: RestoredAct) -> Planned | None:
    """The planned dose that an act is about."""
    if row.course_day is None:
        return None
    return row.course_key, row.course_day, row.drug, row.route


def _dose_words(ward: Ward, row: RestoredAct) -> str:
    since = _since(ward, row)
    if row.kind == "maybe given":
        return f"{since}: {row.words} {_DOOR}"
    who = f" ({row.done_by})" if row.done_by else ""
    return f"{since}: it lost {row.words}{who}. {_DOOR}"


def _since(ward: Ward, row: RestoredAct) -> str:
    return f"This ward was restored {_when(ward, row.recorded_at)}"


def _when(ward: Ward, moment: datetime) -> str:
    local = ward.local(moment)
    if local.date() == ward.today():
        return write_time(local)
    return f"{write_date(local.date())} {write_time(local)}"
