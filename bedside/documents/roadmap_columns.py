"""The columns of the roadmap's grid: as roomy as the number of drugs allows, down to stated limits.

A course has one column for each drug that is not intrathecal, and one column for all intrathecal
drugs together, behind a heavy rule. Few drugs leave room for a column of comments; many make the
other columns narrower, then put both dates into one column, then turn the drugs' names upright.
"""

from msgspec import Struct

from bedside.documents.fonts import Face
from bedside.documents.page import LANDSCAPE
from bedside.documents.wording import dated
from bedside.documents.words import Style, words
from bedside.papers.values import Roadmap, RoadmapDrug
from bedside.units.refusal import Refused

PADDING = 1.2  # millimetres at either side of a cell's text
BOX = 3.7  # a tick box and the blank after it
_COMMENT_FROM = 26.0  # millimetres to spare for which a column of comments is worth while


class Span(Struct, frozen=True):
    """A column's place, in millimetres from the left edge of the page."""

    left: float
    width: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def inside(self) -> float:
        """The room for its text."""
        return self.width - 2 * PADDING


class Setting(Struct, frozen=True):
    """One way of setting the grid: sizes in points, fixed widths in millimetres."""

    size: float
    name: float
    day: float
    due: float
    given: float  # 0: both dates stand in the column of the date due
    anc: float
    platelets: float
    worst: float
    initials: float
    head: float = 7.5  # least size of the words under a drug's name
    upright: bool = False

    @property
    def fixed(self) -> float:
        """The width that is not for drugs."""
        before = self.day + self.due + self.given
        return before + self.anc + self.platelets + self.worst + self.initials


_ROOMY = (15.0, 34.0, 31.0, 15.5, 18.0, 13.0, 21.5)
_TIGHT = (14.5, 30.5, 28.0, 15.0, 16.5, 12.0, 17.0)
_DENSE = (14.5, 30.5, 0.0, 15.0, 16.5, 12.0, 16.0)
_CLOSE = (14.0, 29.0, 0.0, 13.8, 15.5, 10.8, 14.0)
SETTINGS = (
    Setting(9, 9, *_ROOMY),
    Setting(9, 8.5, *_ROOMY),
    Setting(8.25, 8.5, *_TIGHT),
    Setting(8.25, 8, *_TIGHT),
    Setting(8.25, 8.5, *_DENSE),
    Setting(8.25, 8, *_DENSE),
    Setting(8.25, 7.5, *_DENSE),
    Setting(8, 9, *_CLOSE, head=7, upright=True),
)


class Grid(Struct, frozen=True):
    """The columns as they will stand on every page of one roadmap."""

    setting: Setting
    day: Span
    due: Span
    given: Span | None
    drugs: tuple[tuple[int, Span], ...]  # index into the roadmap's drugs
    intrathecal: Span | None
    anc: Span
    platelets: Span
    worst: Span
    initials: Span
    comment: Span | None

    @property
    def edges(self) -> tuple[float, ...]:
        """The left edge of every column but the first."""
        spans = [self.due, *([self.given] if self.given else []), *(s for _, s in self.drugs)]
        spans += [s for s in (self.intrathecal, self.anc, self.platelets, self.worst) if s]
        spans += [s for s in (self.initials, self.comment) if s]
        return tuple(span.left for span in spans)


def in_cell(drug: RoadmapDrug, day: int | None = None) -> str:
    """Return what stands in a cell where the drug is due: its dose, or "due" where none is known.

    How often a day goes with either: one word without it reads as one dose.

    Args:
        drug: the drug.
        day: the course day, of which it may have a dose of its own.
    """
    said = dict(drug.by_day).get(day, drug.dose_words) if day is not None else drug.dose_words
    if said[:1].isdigit():
        return said
    often = dict(drug.often)
    times = often.get(day, "") if day is not None else next(iter(often.values()), "")
    return f"due, {times}" if times else "due"


def lay_columns(roadmap: Roadmap) -> Grid:
    """Choose the roomiest setting in which every drug has its column.

    Raises:
        Refused: more drugs than a page is wide.
    """
    for setting in SETTINGS:
        drugs = [
            (at, _drug_width(roadmap, at, setting))
            for at, drug in enumerate(roadmap.drugs)
            if not drug.intrathecal
        ]
        intrathecal = _intrathecal_width(roadmap, setting)
        spare = LANDSCAPE.room - setting.fixed - sum(w for _, w in drugs) - intrathecal
        if spare >= 0:
            return _share_out(setting, drugs, intrathecal, spare)
    raise Refused(
        f"Not printed: {len(roadmap.drugs)} drugs have no room side by side on one roadmap. "
        "Print the roadmap of each part of the course by itself."
    )


def _width(text: str, size: float, *, bold: bool, field: str) -> float:
    return words(text, Style(Face.BOLD if bold else Face.PLAIN, size), field).width


def _longest_word(text: str, size: float, *, bold: bool, field: str) -> float:
    return max(_width(part, size, bold=bold, field=field) for part in text.split(" "))


def _drug_width(roadmap: Roadmap, at: int, setting: Setting) -> float:
    """Return the least width of a drug's column: name, longest word of its head, dose, what was given."""
    drug = roadmap.drugs[at]
    name = 6.0 if setting.upright else _width(drug.drug, setting.name, bold=True, field="drug")
    head = max(
        _longest_word(drug.dose_words, setting.name, bold=True, field="dose"),
        _longest_word(drug.route, setting.head, bold=False, field="route"),
        _longest_word(drug.rule_words, setting.head, bold=False, field="dose rule"),
    )
    cells = {in_cell(drug), *(in_cell(drug, day) for day, _ in (*drug.by_day, *drug.often))}
    planned = max(_given_width(dated(text), setting) for text in cells)
    said = [text for day in roadmap.days for index, text in day.given if index == at]
    given = max((_given_width(text, setting) for text in set(said)), default=0.0)
    return max(name, head, planned, given + BOX, 11.0) + 2 * PADDING


def _given_width(text: str, setting: Setting) -> float:
    """Whole where it is short; where it is long it will be broken between words."""
    whole = _width(text, setting.size, bold=True, field="dose given")
    longest = _longest_word(text, setting.size, bold=True, field="dose given")
    return whole if whole <= 17 else max(longest, 17.0)


def _intrathecal_width(roadmap: Roadmap, setting: Setting) -> float:
    drugs = [drug for drug in roadmap.drugs if drug.intrathecal]
    if not drugs:
        return 0.0
    names = max(_width(_named(drug, setting), 8, bold=True, field="drug") for drug in drugs)
    title = _width("INTRATHECAL", 9, bold=True, field="INTRATHECAL")
    return max(names + BOX, title, 26.0) + 2 * PADDING


def _named(drug: RoadmapDrug, setting: Setting) -> str:
    """What an intrathecal cell says on one line: name and dose, or the name where room is short."""
    return f"{drug.drug} {in_cell(drug)}" if setting.given else drug.drug


def _share_out(
    setting: Setting, drugs: list[tuple[int, float]], intrathecal: float, spare: float
) -> Grid:
    """Give spare width to the drugs, and the rest to comments where it is worth a column."""
    wanted = sum(max(0.0, 29.0 - width) for _, width in drugs)
    wanted_beside = max(0.0, 46.0 - intrathecal) if intrathecal else 0.0
    share = min(1.0, spare / (wanted + wanted_beside)) if wanted + wanted_beside else 0.0
    spare -= share * (wanted + wanted_beside)
    comment = spare if spare >= _COMMENT_FROM else 0.0
    more = 0.0 if comment else spare
    left = LANDSCAPE.left

    def take(width: float) -> Span:
        nonlocal left
        left += width
        return Span(left - width, width)

    return Grid(
        setting,
        take(setting.day),
        take(setting.due),
        take(setting.given) if setting.given else None,
        tuple((at, take(w + share * max(0.0, 29.0 - w))) for at, w in drugs),
        take(intrathecal + share * wanted_beside) if intrathecal else None,
        take(setting.anc),
        take(setting.platelets),
        take(setting.worst),
        take(setting.initials + more),
        take(comment) if comment else None,
    )
