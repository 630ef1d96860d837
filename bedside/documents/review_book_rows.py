"""The rows of the review book: one fact each, with evidence, source and room for two initials."""

from collections.abc import Sequence

from msgspec import Struct

from bedside.documents.fonts import Face
from bedside.documents.page import FIRM, HAIR, HAIR_GREY, LANDSCAPE, THIN, TINT, Paper
from bedside.documents.wording import no_day_range
from bedside.documents.words import CAPTION, Style, Words, fit, words, wrap
from bedside.papers.protocol_book import (
    EVIDENCE_WORDS,
    ConflictWords,
    CourseWords,
    FactLine,
    ProtocolBook,
)

COLUMNS = (
    44.0,
    119.0,
    21.0,
    49.0,
    22.0,
    22.0,
)  # millimetres: fact, words, evidence, source, 2 × initials
HEADS = ("Fact", "In words", "Evidence", "Source", "Initials 1", "Initials 2")
_PAD, _LEADING, _UP, _LEAST = 1.5, 3.7, 3.9, 7.6
_MOST_LINES = 40
_WIDE = sum(COLUMNS[1:]) - 2 * _PAD
PLAIN = Style(Face.PLAIN, 8.5)
BOLD = Style(Face.BOLD, 8.5)
_STRONG_EVIDENCE = frozenset({"conflict", "absent"})


class Row(Struct, frozen=True):
    """A row of the table: its cells as wrapped lines; ``boxes`` leaves room for two initials."""

    cells: tuple[tuple[Words, ...], ...]
    boxes: bool = True

    @property
    def height(self) -> float:
        """The row's height in millimetres; never too low to write initials in."""
        lines = max((len(cell) for cell in self.cells), default=1)
        return max(_LEAST if self.boxes else 0, _UP + (lines - 1) * _LEADING + 2.0)

    def draw(self, paper: Paper, y: float) -> None:
        """Draw it from its upper edge."""
        x = paper.form.left
        for cell, width in zip(self.cells, COLUMNS, strict=False):
            paper.put_lines(cell, x + _PAD, y + _UP, _LEADING)
            x += width
        below = y + self.height
        paper.rule((paper.form.left, below), (paper.form.right, below), HAIR, HAIR_GREY)
        if self.boxes:
            for at in (4, 5):
                left = paper.form.left + sum(COLUMNS[:at])
                paper.rule((left, y), (left, below), HAIR, HAIR_GREY)


class Band(Struct, frozen=True):
    """A line across the table that names what the rows below it are about."""

    line: Words
    note: tuple[Words, ...] = ()
    large: bool = False

    @property
    def height(self) -> float:
        """The band's height in millimetres."""
        return (8.4 if self.large else 5.6) + len(self.note) * _LEADING

    def draw(self, paper: Paper, y: float) -> None:
        """Draw it from its upper edge."""
        left, room = paper.form.left, paper.form.room
        if self.large:
            paper.rule((left, y + 1.2), (left + room, y + 1.2), FIRM)
        else:
            paper.box((left, y), (room, self.height), 0, TINT)
        base = y + (6.4 if self.large else 4.0)
        paper.put(self.line, left + (0 if self.large else _PAD), base)
        paper.put_lines(self.note, left + (0 if self.large else _PAD), base + _LEADING, _LEADING)


class Heads(Struct, frozen=True):
    """The heads of the columns, repeated on every page of the table."""

    names: tuple[str, ...] = HEADS
    height: float = 5.6

    def draw(self, paper: Paper, y: float) -> None:
        """Draw them from their upper edge."""
        x = paper.form.left
        for head, width in zip(self.names, COLUMNS, strict=False):
            paper.put(words(head, CAPTION), x + _PAD, y + 3.9)
            x += width
        below = y + self.height
        paper.rule((paper.form.left, below), (paper.form.right, below), THIN)


Piece = Row | Band | Heads


class Group(Struct, frozen=True):
    """Pieces that stay together on one page; ``about`` is said again where a page begins with it."""

    pieces: tuple[Piece, ...]
    about: str = ""

    @property
    def height(self) -> float:
        """The height of all of them in millimetres."""
        return sum(piece.height for piece in self.pieces)


class Section(Struct, frozen=True):
    """A part of the book: its band, and groups of pieces; ``title`` is repeated when it goes on."""

    title: str
    note: str
    groups: tuple[Group, ...]
    heads: Heads = Heads()


def cell(text: str, style: Style, field: str, column: int) -> tuple[Words, ...]:
    """Wrap a text into a column of the table; nothing of it is lost."""
    if not text:
        return ()
    safe = no_day_range(text, field)
    return wrap(safe, style, field, COLUMNS[column] - 2 * _PAD, _MOST_LINES)


def fact_row(fact: FactLine) -> Row:
    """One fact with its evidence, its sources and its note."""
    said = cell(fact.words, PLAIN, f"{fact.about}, {fact.aspect}", 1)
    note = cell(fact.note, CAPTION, f"note to {fact.about}, {fact.aspect}", 1)
    evidence = BOLD if fact.evidence in _STRONG_EVIDENCE else PLAIN
    return Row(
        (
            cell(fact.aspect, PLAIN, "fact", 0),
            (*said, *note),
            cell(EVIDENCE_WORDS[fact.evidence], evidence, "evidence", 2),
            cell(fact.named, CAPTION, "source", 3),
        )
    )


def about_band(about: str) -> Band:
    """The band over the rows that are about one thing."""
    return Band(fit(about, BOLD, "what a fact is about", LANDSCAPE.room - 2 * _PAD, 7))


def fact_groups(facts: Sequence[FactLine]) -> tuple[Group, ...]:
    """Rows under a band for each thing they are about; the band stays with its first row."""
    groups: list[Group] = []
    about = None
    for fact in facts:
        row = fact_row(fact)
        if fact.about != about:
            about = fact.about
            groups.append(Group((about_band(about), row)))
        else:
            groups.append(Group((row,), about))
    return tuple(groups)


_TOTALS = "Totals per drug, counted from the days above"


def course_section(course: CourseWords) -> Section:
    """One course: its facts, then its totals per drug."""
    rows = [
        Row((cell("total", PLAIN, "fact", 0), cell(total, PLAIN, "total of a drug", 1)))
        for total in course.totals
    ]
    totals = [Group((row,), _TOTALS) for row in rows[1:]]
    first = Group((about_band(_TOTALS), *rows[:1]))
    also = f"Also called {course.also}." if course.also else ""
    note = " ".join(part for part in (also, course.note) if part)
    return Section(course.title, note, (*fact_groups(course.facts), first, *totals))


def conflict_section(conflicts: Sequence[ConflictWords]) -> Section:
    """Every contradiction of the sources with all its readings and the ruling."""
    return Section(
        "Conflicts",
        "Nothing in conflict is planned before this site has entered it.",
        tuple(_conflict(conflict) for conflict in conflicts),
    )


def _conflict(conflict: ConflictWords) -> Group:
    rows = [_conflict_row("question", conflict.question, BOLD)]
    for number, reading in enumerate(conflict.readings, start=1):
        rows.append(
            Row(
                (
                    cell(f"reading {number}", PLAIN, "fact", 0),
                    cell(reading, PLAIN, "reading", 1),
                    cell("conflict", BOLD, "evidence", 2),
                    cell(conflict.named, CAPTION, "source", 3),
                )
            )
        )
    rows.append(_conflict_row("ruling", conflict.ruling, PLAIN))
    rows.append(Row((cell("our protocol says", BOLD, "fact", 0),)))
    return Group((about_band(f"Conflict {conflict.number}"), *rows))


def _conflict_row(aspect: str, text: str, style: Style) -> Row:
    return Row((cell(aspect, PLAIN, "fact", 0), cell(text, style, aspect, 1)))


def source_section(book: ProtocolBook) -> Section:
    """Every source of the file, with its full name."""
    rows = tuple(
        Group(
            (
                Row(
                    (
                        cell(f"{key}  {short}", PLAIN, "short name of a source", 0),
                        wrap(full, PLAIN, "full name of a source", _WIDE, _MOST_LINES),
                    ),
                    boxes=False,
                ),
            )
        )
        for key, short, full in book.sources
    )
    return Section("Sources", "", rows, Heads(("Source", "In full")))


def band_of(section: Section, room: float, *, again: bool) -> Band:
    """The heading of a section; where it goes on it says so and leaves the note out."""
    title = f"{section.title}, continued" if again else section.title
    note: tuple[Words, ...] = ()
    if section.note and not again:
        note = wrap(
            no_day_range(section.note, "remark of a course"), CAPTION, "remark of a course", room, 6
        )
    line = fit(title, Style(Face.BOLD, 11), "title of a course", room, 8)
    return Band(line, note, large=True)
