"""What a signed dose is drawn up from: kept with the order as it was signed, compared with what holds now.

A signature holds for the volume, vials or tablets that the signer saw, not only for the dose: another
concentration gives another volume of the same dose, and nobody signed that (hazards H1, H30, H40).
What a dose is drawn up from stands as the last line of the order's working: so the signer reads it, and
the seal of the signature covers it. The site's other values are no part of it.
"""

from msgspec import Struct

from bedside.protocol.dose_working import DoseWorking
from bedside.protocol.site_values import SiteValues
from bedside.protocol.strengths import strength_of
from bedside.units.writer import write_amount, write_number

LEAD = "Signed with: "
BEFORE = "it was signed before Bedside kept concentration and volume with an order"
_PARTS = {1: "whole", 2: "in halves", 4: "in quarters"}
_ABSENT = "not entered"
_BETWEEN = "; "


class Drawn(Struct, frozen=True):
    """What a dose is drawn up from and what comes of it, each in words; "" where there is none.

    Args:
        concentration: "10 mg/mL".
        syringe_step: one mark of the syringe, "0.01 mL".
        vial: what one vial holds, "100 mg".
        tablet: "50 mg, in halves".
        volume: "1.59 mL".
        vials: how many, "1".
        tablets: how many, "1.5".
    """

    concentration: str = ""
    syringe_step: str = ""
    vial: str = ""
    tablet: str = ""
    volume: str = ""
    vials: str = ""
    tablets: str = ""


_NAMES = {name: name.replace("_", " ") for name in Drawn.__struct_fields__}
_SOURCES = ("concentration", "syringe_step", "vial", "tablet")
_RESULTS = {"volume": "{}", "vials": "{} vials", "tablets": "{} tablets"}


def drawn_of(working: DoseWorking, values: SiteValues) -> Drawn:
    """What a dose as it is worked out now is drawn up from, by the route that holds.

    Args:
        working: the dose.
        values: the site's values that it was worked out with.
    """
    strength = strength_of(values, working.drug, working.route)
    step = values.syringe_step_of(working.drug, working.route)
    volume, tablet = working.volume_ml, strength.tablet
    return Drawn(
        concentration=""
        if strength.concentration is None
        else f"{write_amount(strength.concentration)}/mL",
        syringe_step="" if step is None else f"{write_number(step)} mL",
        vial="" if strength.vial is None else write_amount(strength.vial),
        tablet="" if tablet is None else f"{write_amount(tablet.amount)}, {_PARTS[tablet.parts]}",
        volume="" if volume is None else f"{write_number(volume)} mL",
        vials="" if working.vials is None else str(working.vials),
        tablets="" if working.tablets is None else write_number(working.tablets),
    )


def drawn_line(drawn: Drawn) -> str:
    """The line that is signed: "Signed with: concentration 10 mg/mL; syringe step 0.01 mL; volume 1.59 mL"."""
    told = [f"{_NAMES[name]} {words}" for name in _NAMES if (words := getattr(drawn, name))]
    return f"{LEAD}{_BETWEEN.join(told) or 'no concentration, no volume'}"


def read_on_screen(line: str) -> str:
    """A line of the working as it is read: "10 mg per mL" in the line that is kept as "10 mg/mL".

    What is signed, sealed and compared stays letter by letter as it is; only its reading is as
    everywhere else.
    """
    return line.replace("/mL", " per mL") if line.startswith(LEAD) else line


def signed_drawn(steps: str) -> Drawn | None:
    """What an order was signed with; None where it was signed before that was kept.

    Args:
        steps: the order's working, a line each.
    """
    last = steps.rsplit("\n", 1)[-1]
    if not last.startswith(LEAD):
        return None
    told = last.removeprefix(LEAD).split(_BETWEEN)
    return Drawn(
        **{
            name: one.removeprefix(f"{words} ")
            for one in told
            for name, words in _NAMES.items()
            if one.startswith(f"{words} ")
        }
    )


def why_other(signed: Drawn | None, now: Drawn) -> tuple[str, ...]:
    """Why a signature does not hold for what would be drawn up now; empty where all is the very same.

    Args:
        signed: what was signed, None where it was not kept.
        now: what holds now.

    Returns:
        One reason, such as "concentration 10 mg/mL became 4 mg/mL: 1.59 mL would be 3.98 mL".
    """
    if signed is None:
        return (BEFORE,)
    if signed == now:
        return ()
    changed = [
        _changed(_NAMES[name], getattr(signed, name), getattr(now, name))
        for name in _SOURCES
        if getattr(signed, name) != getattr(now, name)
    ]
    results = [
        words
        for name in _RESULTS
        if (words := _result(name, getattr(signed, name), getattr(now, name), told=bool(changed)))
    ]
    return (": ".join(part for part in ("; ".join(changed), ", ".join(results)) if part),)


def _changed(name: str, then: str, now: str) -> str:
    if not then:
        return f"{name} was {_ABSENT} when it was signed, it is {now} now"
    return f"{name} {then} became {now}" if now else f"{name} was {then}, it is {_ABSENT} now"


def _result(name: str, then: str, now: str, *, told: bool) -> str:
    """What becomes of volume, vials or tablets; ``told``: what they rest on has changed."""
    before, after = (_counted(name, words) for words in (then, now))
    if then == now:
        return f"the volume stays {after}" if told and then and name == "volume" else ""
    if not then:
        return f"no {name.replace('_', ' ')} was signed, it would be {after}"
    return f"{before} would be {after}" if now else f"{before} cannot be worked out any more"


def _counted(name: str, words: str) -> str:
    return f"{words} {name[:-1]}" if words == "1" else _RESULTS[name].format(words)
