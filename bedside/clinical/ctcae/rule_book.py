"""The laboratory rules of the three versions, read once from `resources/ctcae/` and made ready.

Each rule is made ready once for each unit in which CTCAE prints a column of its own, and once for
all other units. A file that does not fit is our own fault and is said so at once (ValueError).
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import tomli
from msgspec import Struct

from bedside.clinical.ctcae.conditions import Condition, columns_of, read_condition
from bedside.clinical.ctcae.unit_table import UnitTable, read_units
from bedside.places import place

FILES = ("laboratory.toml", "bedside.toml")
GRADES = (4, 3, 2, 1)


class Column(Struct, frozen=True):
    """A rule in one unit.

    Args:
        unit: the unit its numbers are in.
        grades: the condition of each grade, the highest first.
        holes: conditions under which a gap in the printed text is met, with what is said then.
        rule: the whole rule in words.
    """

    unit: str
    grades: tuple[tuple[int, Condition], ...]
    holes: tuple[tuple[Condition, str], ...]
    rule: str


class Rule(Struct, frozen=True):
    """How one term is graded from one kind of quantity in one version.

    Args:
        term: the term's key.
        analyte: the analyte whose results propose it; "" where none does by itself.
        table: the units that are taken.
        within: the side of the infant's own limit, "LLN" or "ULN"; "" for neither.
        requires: the question that must be answered yes before anything is graded, or "".
        note: what a reader should know, or "".
        columns: the rule by unit.
    """

    term: str
    analyte: str
    table: UnitTable
    within: str
    requires: str
    note: str
    columns: Mapping[str, Column]

    def column_for(self, unit: str) -> Column:
        """Return the rule in this unit's own printed numbers, else in the first unit's."""
        return self.columns.get(unit) or self.columns[self.table.unit]


class RuleBook(Struct, frozen=True):
    """Every laboratory rule.

    Args:
        rules: by term and version; a term may be graded from more than one quantity.
        questions: what a person may be asked, by key.
    """

    rules: Mapping[tuple[str, str], tuple[Rule, ...]]
    questions: Mapping[str, str]


@cache
def rule_book() -> RuleBook:
    """Return the program's own rules, read once."""
    return read_book(place("resources", "ctcae"))


def read_book(folder: Path) -> RuleBook:
    """Read the rules of a folder.

    Raises:
        ValueError: a rule does not fit; names the file, the term and what is wrong.
    """
    tables = read_units(tomli.loads((folder / "units.toml").read_text(encoding="utf-8")))
    rules: dict[tuple[str, str], list[Rule]] = {}
    questions: dict[str, str] = {}
    for name in FILES:
        book = tomli.loads((folder / name).read_text(encoding="utf-8"))
        questions |= book["question"]
        for row in book["rule"]:
            try:
                read = [*_rules_of(row, tables, book["question"])]
            except (ValueError, KeyError) as error:
                raise ValueError(f"{name}: the rule of {row.get('term')}: {error}") from error
            for version, rule in read:
                rules.setdefault((rule.term, version), []).append(rule)
    return RuleBook({key: tuple(listed) for key, listed in rules.items()}, questions)


def _rules_of(
    row: Mapping[str, Any], tables: Mapping[str, UnitTable], questions: Mapping[str, str]
) -> Iterator[tuple[str, Rule]]:
    """Read one rule of a file: the same conditions may hold for two terms and three versions."""
    table = tables[row["quantity"]]
    texts = {grade: row[str(grade)] for grade in GRADES if str(grade) in row}
    printed = {unit for text in texts.values() for unit in columns_of(text)}
    columns = {
        unit: _column(unit, texts, row.get("hole", ()), questions)
        for unit in sorted({table.unit, *printed})
    }
    terms, analytes = _listed(row["term"]), _listed(row["analyte"])
    for term, analyte in zip(terms, analytes, strict=True):
        rule = Rule(
            term,
            analyte,
            table,
            row["within"],
            row.get("requires", ""),
            row.get("note", ""),
            columns,
        )
        for version in row["versions"]:
            yield version, rule


def _listed(named: str | list[str]) -> list[str]:
    return [named] if isinstance(named, str) else named


def _column(
    unit: str,
    texts: Mapping[int, str],
    holes: tuple[Mapping[str, str], ...],
    questions: Mapping[str, str],
) -> Column:
    grades = tuple((grade, read_condition(text, unit, questions)) for grade, text in texts.items())
    said = "; ".join(f"grade {grade}: {read.words}" for grade, read in reversed(grades))
    return Column(
        unit,
        grades,
        tuple((read_condition(hole["when"], unit, questions), hole["words"]) for hole in holes),
        f"{said[0].upper()}{said[1:]}; the highest that holds counts",
    )
