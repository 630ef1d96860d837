"""`calc grade`: the CTCAE grade of one laboratory value, with its rule and what is missing."""

import argparse
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import cast

from bedside.clinical.count_typed import read_limits
from bedside.clinical.ctcae.grading import propose, questions, terms_of_analyte
from bedside.clinical.ctcae.short_names import term_meant
from bedside.clinical.ctcae.values import VERSIONS, Comparator, Known, Lab, Proposal
from bedside.clinical.laboratory import Analyte, LabUnit
from bedside.clinical.laboratory_plausibility import judge_result
from bedside.clinical.laboratory_reader import read_catalogue
from bedside.clinical.laboratory_typed import Entry
from bedside.commands.answers import Answer, aligned
from bedside.commands.books import Books
from bedside.commands.options import either, read_choice, read_if_given, read_option
from bedside.commands.parser import EachOnce, Once
from bedside.commands.plain import brief
from bedside.places import place
from bedside.units.reader import read_number
from bedside.units.refusal import Refused
from bedside.units.typed_text import BLANKS

OPTIONS_EXAMPLE = "--term 'Neutrophil count decreased' --value '0.48 10^9/L' --ctcae 5.0"
DEFAULT_VERSION = "5.0"
COUNTED = ("white-cells", "neutrophils", "platelets", "haemoglobin")  # of the form of counts
NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)  # any: nothing earlier is compared
SOURCE = "CTCAE {0}, US National Cancer Institute; the rule in our own words"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add --term, --value, --lln, --uln, --baseline, --with and --ctcae."""
    parser.add_argument(
        "--term",
        metavar="TEXT",
        required=True,
        action=Once,
        help="its name in any version, or the ward's (ALT, Hb, plt)",
    )
    parser.add_argument(
        "--value", metavar="Q", required=True, action=Once, help="as '0.48 10^9/L' or '<0.1 10^9/L'"
    )
    parser.add_argument("--lln", metavar="Q", action=Once, help="lower limit of normal")
    parser.add_argument("--uln", metavar="Q", action=Once, help="upper limit of normal")
    parser.add_argument("--baseline", metavar="Q", action=Once, help="the value before treatment")
    parser.add_argument(
        "--with",
        dest="answers",
        metavar="KEY=yes|no",
        action=EachOnce,
        help="what a person has to say, as symptoms=yes; may be repeated",
    )
    parser.add_argument(
        "--ctcae",
        metavar="V",
        action=Once,
        help=f"{either(VERSIONS)}; {DEFAULT_VERSION} if left out",
    )


def answer(args: argparse.Namespace, books: Books) -> Answer:
    """Answer the grade; null while something that could change it is missing.

    Raises:
        Refused: term, version, unit or answer is not known, a number cannot be read, or the limits
            of normal stand the wrong way round.
    """
    version = DEFAULT_VERSION if args.ctcae is None else args.ctcae
    read_choice("--ctcae", version, VERSIONS)
    key = term_meant(args.term, version).key
    value = read_option("--value", read_lab, args.value)
    baseline = read_if_given("--baseline", read_lab, args.baseline)
    for option, typed in (("--value", value), ("--baseline", baseline)):
        if typed is not None:
            check_possible_result(option, typed, key, version, books)
    limits = {option: read_if_given(option, read_lab, typed) for option, typed in _limits(args)}
    for option, limit in limits.items():
        if limit is not None:
            check_possible_limit(option, limit, key, version, books)
    check_order(limits["--lln"], limits["--uln"], key, version, books)
    known = Known(
        limits["--lln"],
        limits["--uln"],
        baseline,
        read_answers(args.answers or {}, questions(key, version)),
    )
    proposal = propose(key, version, value, known)
    return Answer(values_of(proposal), partial(worded, proposal), (SOURCE.format(version),))


def read_lab(typed: str) -> Lab:
    """Read "0.48 10^9/L", with "<" or ">" before it where the laboratory gave a bound.

    The unit is judged by what is graded; a ratio (INR) has none.

    Raises:
        Refused: no plain number before the unit.
    """
    text = typed.strip(BLANKS)
    comparator = text[:1] if text[:1] in {"<", ">"} else ""
    number, _, unit = text[len(comparator) :].strip(BLANKS).partition(" ")
    return Lab(read_number(number, unit=unit), unit.strip(BLANKS), comparator)


def _limits(args: argparse.Namespace) -> tuple[tuple[str, str | None], ...]:
    return ("--lln", args.lln), ("--uln", args.uln)


def check_possible_limit(option: str, typed: Lab, key: str, version: str, books: Books) -> None:
    """Refuse a limit of normal that no laboratory prints, by the screen's own bounds.

    Args:
        option: "--lln" or "--uln".
        typed: as read; a bound is no limit and is left out of the grading, as before.
        key: the term's key.
        version: of CTCAE.
        books: what is read once.

    Raises:
        Refused: an upper limit of nought, or a limit outside what is possible for every analyte of
            the term; of blood counts outside the limits that the form of counts takes.
    """
    if option == "--uln" and typed.value == 0:
        raise Refused(f"{option}: no upper limit of normal is 0: read the slip again.")
    refusals: list[Refused | None] = []
    for analyte, unit in analytes_of(typed, key, version, books):
        try:
            if analyte.key in COUNTED:
                read_limits(analyte, f"{typed.value:f}", "", unit)
            elif typed.value:  # a lower limit of nought is none
                check_possible_result(option, typed, key, version, books)
        except Refused as refused:
            refusals.append(refused)
        else:
            refusals.append(None)
    if refusals and None not in refusals:
        first = str(refusals[0])
        raise Refused(first if first.startswith(option) else f"{option}: {first}")


def check_order(low: Lab | None, high: Lab | None, key: str, version: str, books: Books) -> None:
    """Refuse a lower limit of normal that is not below the upper one, in whichever units.

    Limits in two units that no analyte of the term has in common are left to the grading.

    Raises:
        Refused: they stand the wrong way round, or are the same.
    """
    if low is None or high is None:
        return
    if low.unit == high.unit:
        pairs = [(low.value, high.value)]
    else:
        of_high = {one.key: unit for one, unit in analytes_of(high, key, version, books)}
        pairs = [
            (unit.kept(low.value), of_high[one.key].kept(high.value))
            for one, unit in analytes_of(low, key, version, books)
            if one.key in of_high
        ]
    if pairs and all(lower >= upper for lower, upper in pairs):
        raise Refused(
            "--lln is not below --uln: the lower limit of normal stands before the upper one on "
            "the slip; read it again."
        )


def check_possible_result(option: str, typed: Lab, key: str, version: str, books: Books) -> None:
    """Refuse what the screen refuses: a value beyond the possible, by the laboratory's own bounds.

    Args:
        option: the option it was typed after.
        typed: as read; a unit that the laboratory's list does not take is left to the grading.
        key: the term's key; a term that no analyte proposes has no bounds.
        version: of CTCAE.
        books: what is read once.

    Raises:
        Refused: it is not possible for any analyte of the term; the unit slip is named.
    """
    verdicts = []
    for analyte, unit in analytes_of(typed, key, version, books):
        comparator = cast(Comparator, typed.comparator)
        entry = Entry("done", "", comparator, typed.value, unit.kept(typed.value))
        verdicts.append(judge_result(analyte, entry, unit, (), NO_TIME))
    if verdicts and all(verdict.level == "impossible" for verdict in verdicts):
        raise Refused(f"{option}: {verdicts[0].words}")


def analytes_of(
    typed: Lab, key: str, version: str, books: Books
) -> Iterator[tuple[Analyte, LabUnit]]:
    """Every analyte of a term that is measured in the typed unit, with that unit."""
    file = place("resources", "laboratory", "analytes.toml")
    known = books.once(("analytes",), lambda: read_catalogue(file.read_text(encoding="utf-8")))
    for analyte in known.analytes.values():
        unit = next((each for each in analyte.units if typed.unit in spellings(each)), None)
        if unit is not None and key in terms_of_analyte(analyte.key, version):
            yield analyte, unit


def spellings(unit: LabUnit) -> tuple[str, ...]:
    """Every spelling of a laboratory's unit."""
    return (unit.name, unit.shown, *unit.also)


def read_answers(given: Mapping[str, str], asked: Mapping[str, str]) -> Mapping[str, bool]:
    """Return what a person said, by key.

    Raises:
        Refused: the term asks no such thing, or the answer is neither yes nor no.
    """
    for key, said in given.items():
        if key not in asked:
            right = f"it asks {either(asked)}" if asked else "it asks nothing"
            raise Refused(f"--with: this term does not ask “{brief(key)}”: {right}.")
        read_choice(f"--with {key}", said, ("yes", "no"))
    return {key: said == "yes" for key, said in given.items()}


def values_of(proposal: Proposal) -> Mapping[str, object]:
    """Return the proposal with the keys of the contract."""
    return {
        "version": proposal.version,
        "term": proposal.term,
        "name": proposal.name,
        "grade": proposal.grade,
        "least": proposal.least,
        "rule": proposal.rule,
        "needs": list(proposal.needs),
        "asks": list(proposal.asks),
        "against_age": proposal.against_age,
        "words": proposal.words,
    }


def worded(proposal: Proposal) -> tuple[str, ...]:
    """Return the answer for a person."""
    least = f"not known; at least {proposal.least}"
    rows = [
        ("term", proposal.name),
        ("CTCAE", proposal.version),
        ("grade", least if proposal.grade is None else str(proposal.grade)),
    ]
    rows += [("missing", need) for need in proposal.needs]
    rows += [("say it with", f"--with {key}=yes or --with {key}=no") for key in proposal.asks]
    if proposal.against_age is not None:
        rows.append(("own limit", f"grade {proposal.against_age}: within this infant's own limit"))
    return (*aligned(rows), "", proposal.rule)
