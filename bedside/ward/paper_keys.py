"""Which paper is meant: its kind and course, and of a paper for one administration its day, route and drug.

As text it is "roadmap:induction" or "day-sheet:induction:8:IV:vincristine"; the sheet of every
intrathecal drug of a day names no drug: "day-sheet:induction:15:IT".
"""

from msgspec import Struct

from bedside.protocol.drugs import ROUTE_WORDS, route_words
from bedside.store.records import Print
from bedside.units.refusal import Refused
from bedside.ward.infant_papers import INFANT_PAPERS
from bedside.ward.ward import Ward

SHEET, ROADMAP, DAY_SHEET, LABEL = "dosing-sheet", "roadmap", "day-sheet", "label"
OF_A_DAY = (DAY_SHEET, LABEL)
TITLES = {
    SHEET: "Dosing sheet",
    ROADMAP: "Roadmap",
    DAY_SHEET: "Dosing sheet",
    LABEL: "Label",
    **{kind: paper.title for kind, paper in INFANT_PAPERS.items()},
}
ORDERS = (SHEET, DAY_SHEET, LABEL)  # papers that somebody gives from


class Administration(Struct, frozen=True):
    """What a paper of one day is for; ``drug`` is "" for all intrathecal drugs of the day."""

    day: int
    route: str  # one route: "IV", never "IV or IM"
    drug: str = ""


class PaperKey(Struct, frozen=True):
    """One paper of an infant."""

    kind: str
    course_key: str  # "" for a paper of the whole infant
    of: Administration | None = None

    @property
    def text(self) -> str:
        """The key as text."""
        parts = [self.kind, *([self.course_key] if self.course_key else [])]
        if self.of is not None:
            parts += [str(self.of.day), self.of.route, *([self.of.drug] if self.of.drug else [])]
        return ":".join(parts)

    @property
    def file_stem(self) -> str:
        """The beginning of a file's name; it names no infant."""
        return self.text.replace(":", "-")


def read_key(text: str) -> PaperKey:
    """Read a paper's key.

    Raises:
        Refused: there is no such paper.
    """
    kind, _, rest = text.partition(":")
    if kind not in TITLES:
        raise Refused(f"There is no paper called {kind}.")
    if kind not in OF_A_DAY:
        return PaperKey(kind, "" if kind in INFANT_PAPERS else rest)
    course, *parts = rest.split(":")
    if len(parts) not in (2, 3) or not parts[0].isdecimal() or parts[1] not in ROUTE_WORDS:
        raise Refused(
            f"{text} names no administration: write course, day, route and drug, for instance "
            "day-sheet:induction:8:IV:vincristine."
        )
    return PaperKey(kind, course, Administration(int(parts[0]), *parts[1:]))


def key_of_print(row: Print) -> PaperKey:
    """The key of a paper that was printed."""
    if row.course_day is None or row.route is None:
        return PaperKey(row.kind, row.course_key)
    of = Administration(row.course_day, row.route, row.drug or "")
    return PaperKey(row.kind, row.course_key, of)


def title_of_paper(ward: Ward, key: PaperKey, course_title: str) -> str:
    """A paper's name: "Dosing sheet, vinCRIStine intravenous, Induction day 8"."""
    if not key.course_key:
        return TITLES[key.kind]
    if key.of is None:
        return f"{TITLES[key.kind]}, {course_title}"
    name = [ward.drugs.display_name(key.of.drug)] if key.of.drug else []
    what = " ".join((*name, route_words(key.of.route)))
    return f"{TITLES[key.kind]}, {what}, {course_title} day {key.of.day}"
