"""`calc phoenix`: the points of Phoenix 2024, by organ system, with what was not measured."""

import argparse
import re
from collections.abc import Callable
from decimal import Decimal
from functools import partial

from bedside.clinical.phoenix import PhoenixScore, score_phoenix
from bedside.clinical.phoenix_facts import PhoenixFacts, points_words
from bedside.clinical.phoenix_rules import shipped_phoenix_book
from bedside.commands.answers import Answer
from bedside.commands.blood_counts import or_bound, read_possible_platelets
from bedside.commands.books import Books
from bedside.commands.options import read_choice, read_if_given
from bedside.commands.parser import Once
from bedside.units.bounds import per_ul
from bedside.units.reader import read_number, read_whole
from bedside.units.refusal import Refused

OPTIONS_EXAMPLE = (
    "--infection yes --age-months 5 --map '36 mmHg' --platelets '26 10^9/L' --gcs 14 "
    "--spo2 '95 %' --fio2 '21 %' --support no"
)
ANSWERS = ("yes", "no", "unknown")
_NUMBERS = (
    ("--pf", "pf_ratio", "", "PaO2 in mmHg by FiO2 as a fraction"),
    ("--sf", "sf_ratio", "", "SpO2 in %% by FiO2 as a fraction"),
    ("--spo2", "spo2_percent", "%", "oxygen saturation, as '95 %%'"),
    ("--fio2", "fio2_percent", "%", "inspired oxygen, as '40 %%'"),
    ("--map", "mean_mmhg", "mmHg", "mean arterial pressure, as '52 mmHg'"),
    ("--systolic", "systolic_mmhg", "mmHg", "systolic pressure, as '80 mmHg'"),
    ("--diastolic", "diastolic_mmhg", "mmHg", "diastolic pressure, as '45 mmHg'"),
    ("--lactate", "lactate_mmol_l", "mmol/L", "lactate, as '2.9 mmol/L'"),
    ("--inr", "inr", "", "INR"),
    ("--d-dimer", "d_dimer_mg_l", "mg/L", "D-dimer (FEU), as '4.4 mg/L'"),
    ("--fibrinogen", "fibrinogen_mg_dl", "mg/dL", "fibrinogen, as '120 mg/dL' or '1.2 g/L'"),
)
_BOUNDED = ("--pf", "--lactate", "--inr", "--d-dimer", "--fibrinogen")  # a laboratory's: "<0.3"
_WHOLE = (
    ("--age-months", "age_months", "completed calendar months"),
    ("--vasoactives", "vasoactives", "vasoactive drugs running"),
    ("--gcs", "gcs", "Glasgow coma scale, 3 to 15"),
)
_YES_NO = (
    ("--infection", "infection", "an infection is suspected or confirmed"),
    ("--support", "support", "any respiratory support"),
    ("--invasive", "invasive", "invasive ventilation"),
    ("--pupils-fixed", "pupils_fixed", "pupils fixed on both sides"),
)
_G_PER_L = Decimal(100)  # 1 g/L is 100 mg/dL


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add an option for each thing that is measured; all of them may be left out."""
    for option, _, unit, words in _NUMBERS:
        parser.add_argument(option, metavar="Q" if unit else "N", action=Once, help=words)
    for option, _, words in _WHOLE:
        parser.add_argument(option, metavar="N", action=Once, help=words)
    parser.add_argument(
        "--platelets", metavar="Q", action=Once, help="as '26 10^9/L' or '<5 10^9/L'"
    )
    for option, _, words in _YES_NO:
        parser.add_argument(option, metavar="A", action=Once, help=f"{words}: yes, no or unknown")


def answer(args: argparse.Namespace, books: Books) -> Answer:
    """Answer the points, what gave them and what was not measured.

    Raises:
        Refused: a value cannot be read or cannot be.
    """
    facts: dict[str, object] = {}
    for option, name, unit, _ in _NUMBERS:
        read = or_bound(_reader(unit)) if option in _BOUNDED else _reader(unit)
        facts[name] = read_if_given(option, read, _typed(args, option))
    for option, name, _ in _WHOLE:
        facts[name] = read_if_given(option, read_whole, _typed(args, option))
    for option, name, _ in _YES_NO:
        typed = _typed(args, option)
        word = "unknown" if typed is None else read_choice(option, typed, ANSWERS)
        facts[name] = {"yes": True, "no": False}.get(word)
    platelets = read_if_given("--platelets", or_bound(read_possible_platelets), args.platelets)
    facts["platelets_per_ul"] = None if platelets is None else per_ul(platelets)
    found = PhoenixFacts(**facts)  # type: ignore[arg-type]  # each read as its field says
    _check(found)
    book = shipped_phoenix_book()
    scored = score_phoenix(book, found)
    return Answer(values_of(scored), partial(worded, scored), (book.cited,))


def values_of(scored: PhoenixScore) -> dict[str, object]:
    """Return the answer for a program; ``criteria`` is true or null, never false."""
    return {
        **{
            part.name: {
                "points": part.points,
                "points_most": part.most,
                "because": list(part.because),
                "missing": list(part.missing),
                "undecided": list(part.undecided),
            }
            for part in scored.parts
        },
        "total": scored.total,
        "total_most": scored.total_most,
        "total_without_platelets": scored.total_without_platelets,
        "most_without_platelets": scored.most_without_platelets,
        "criteria": scored.criteria,
        "criteria_without_platelets": scored.criteria_without_platelets,
        "shock": scored.shock,
        "words": scored.words,
    }


def worded(scored: PhoenixScore) -> tuple[str, ...]:
    """Return the answer for a person: the points of each system, then what they come to."""
    lines = []
    for part in scored.parts:
        because = "; ".join(part.because) or "nothing scored"
        lines.append(f"{part.name:<16}{points_words(part.points, part.most)}  {because}")
        if part.undecided:
            lines.append(f"{'':<19}not decided: {'; '.join(part.undecided)}")
        if part.missing:
            lines.append(f"{'':<19}not measured, counts 0: {', '.join(part.missing)}")
    return (*lines, scored.words)


def _typed(args: argparse.Namespace, option: str) -> str | None:
    typed: str | None = getattr(args, option.removeprefix("--").replace("-", "_"))
    return typed


def _reader(unit: str) -> Callable[[str], Decimal]:
    return partial(_with_unit, unit=unit) if unit else read_number


def _with_unit(text: str, unit: str) -> Decimal:
    """Read a number with its unit; fibrinogen also in g/L."""
    number, _, found = re.sub(r"\s+", " ", text.strip()).rpartition(" ")
    factor = _G_PER_L if (unit, found) == ("mg/dL", "g/L") else Decimal(1)
    if not number or (found != unit and factor == 1):
        raise Refused(f"write number, blank and unit, as in 50 {unit}.")
    return read_number(number, unit=found) * factor


def _check(facts: PhoenixFacts) -> None:
    faults = []
    if facts.gcs is not None and not 3 <= facts.gcs <= 15:
        faults.append("--gcs: the Glasgow coma scale goes from 3 to 15.")
    if facts.fio2_percent is not None and not 21 <= facts.fio2_percent <= 100:
        faults.append("--fio2: inspired oxygen is from 21 % to 100 %.")
    if facts.spo2_percent is not None and facts.spo2_percent > 100:
        faults.append("--spo2: a saturation is at most 100 %.")
    if facts.invasive and facts.support is False:
        faults.append("--support: invasive ventilation is respiratory support.")
    if faults:
        raise Refused(*faults)
