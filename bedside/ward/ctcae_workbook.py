"""Reads the official NCI workbook of CTCAE 5.0 or 6.0 as it is: every term with its own wording.

Only names, grades, definition and note are taken; the MedDRA codes beside them are not. Decision:
python-calamine reads the file (openpyxl has had no release since 2024 and takes ten times as
long); it is loaded only when a workbook is read.
"""

import re
import zipfile
from collections.abc import Mapping, Sequence
from hashlib import sha256
from io import BytesIO

from msgspec import Struct

from bedside.units.refusal import Refused

MOST_BYTES = 8_000_000  # NCI's own have 0.12 and 0.45 MB
MOST_UNPACKED = 120_000_000
MOST_TERMS = 5000
_SHEET = re.compile(r"CTCAE v([0-9.]+) Clean Copy")
_TAKEN = ("5.0", "6.0")
_NOTHING = {"", "-", "–"}
_RIGHT = (
    "Choose the workbook of CTCAE 5.0 or 6.0 as the US National Cancer Institute gives it out "
    "(xlsx, with a sheet “CTCAE v5.0 Clean Copy” or “CTCAE v6.0 Clean Copy”)."
)


class OfficialTerm(Struct, frozen=True):
    """One term in the wording of the National Cancer Institute.

    Args:
        name: the term.
        group: its system organ class.
        grades: the wording of each grade that exists, 1 to 5.
        definition: what the term means; "" where none is given.
        note: the navigational note; "" where there is none.
    """

    name: str
    group: str
    grades: Mapping[int, str]
    definition: str
    note: str


class Official(Struct, frozen=True):
    """A workbook: its version, the digest of its file, its terms by name."""

    version: str
    digest: str
    terms: Mapping[str, OfficialTerm]


def read_workbook(content: bytes) -> Official:
    """Read a workbook.

    Args:
        content: the file as it is.

    Raises:
        Refused: no workbook, another workbook, or one that is damaged; says which.
    """
    _check_file(content)
    version, rows = _clean_copy(content)
    if not rows:
        raise Refused(f"The sheet of CTCAE {version} is empty.", _RIGHT)
    columns = _columns(rows[0], version)
    terms: dict[str, OfficialTerm] = {}
    for row in rows[1:]:
        term = _term(row, columns)
        if term.name and term.name in terms:
            raise Refused(f"The workbook has “{term.name[:80]}” twice: it was changed.", _RIGHT)
        if term.name and term.grades:
            terms[term.name] = term
    if not terms:
        raise Refused(f"The sheet of CTCAE {version} holds no term with a grade.", _RIGHT)
    return Official(version, sha256(content).hexdigest(), terms)


def _check_file(content: bytes) -> None:
    if len(content) > MOST_BYTES:
        raise Refused(f"A file of {len(content)} bytes is too large for the NCI workbook.", _RIGHT)
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
    except (zipfile.BadZipFile, ValueError) as fault:
        raise Refused("This file is no xlsx workbook.", _RIGHT) from fault
    if unpacked > MOST_UNPACKED:
        raise Refused("This file unpacks to far more than the NCI workbook does.", _RIGHT)


def _clean_copy(content: bytes) -> tuple[str, Sequence[Sequence[object]]]:
    """Return the version and the rows of the sheet that holds the terms."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(content))
        found = [match for name in workbook.sheet_names if (match := _SHEET.fullmatch(name))]
        if len(found) != 1 or found[0][1] not in _TAKEN:
            raise Refused(f"{_other(workbook.sheet_names)}", _RIGHT)
        sheet = workbook.get_sheet_by_name(found[0].string)
        if sheet.total_height > MOST_TERMS:
            raise Refused(f"{sheet.total_height} rows are too many for the NCI workbook.", _RIGHT)
        return found[0][1], sheet.to_python()
    except (CalamineError, OSError) as fault:
        raise Refused("This xlsx workbook cannot be read: it is damaged.", _RIGHT) from fault


def _other(names: Sequence[str]) -> str:
    shown = ", ".join(f"“{name[:40]}”" for name in names[:4]) or "none"
    return f"This is another workbook: its sheets are {shown}."


def _columns(head: Sequence[object], version: str) -> Mapping[str, int]:
    """Return where each part of a term stands; every part must be there once."""
    titles = [_text(title) for title in head]
    columns: dict[str, int] = {}
    for part, ends in (
        ("group", "SOC"),
        ("name", "Term"),
        *((f"grade {grade}", f"Grade {grade}") for grade in range(1, 6)),
        ("definition", "Definition"),
        ("note", "Navigational Note"),
    ):
        found = [at for at, title in enumerate(titles) if title.endswith(ends)]
        if len(found) != 1:
            raise Refused(f"The sheet of CTCAE {version} lacks the column “{ends}”.", _RIGHT)
        columns[part] = found[0]
    return columns


def _term(row: Sequence[object], columns: Mapping[str, int]) -> OfficialTerm:
    words = {part: _text(row[at]) for part, at in columns.items()}
    grades = {grade: words[f"grade {grade}"] for grade in range(1, 6)}
    return OfficialTerm(
        words["name"],
        words["group"],
        {grade: said for grade, said in grades.items() if said not in _NOTHING},
        "" if words["definition"] in _NOTHING else words["definition"],
        "" if words["note"] in _NOTHING else words["note"],
    )


def _text(cell: object) -> str:
    """Return a cell's text with its blanks (no-break ones too) made single."""
    return " ".join(str(cell).split())
