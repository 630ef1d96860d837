"""The recorded numbers of a site by what they are, for the writer of its file of site values."""

from collections.abc import Iterator, Mapping, Sequence

from bedside.protocol.number_shape import Number
from bedside.protocol.numbers import Inventory
from bedside.protocol.toml_words import quoted
from bedside.protocol.typed_choices import NOT_STATED

Recorded = Mapping[str, str]  # canonical text by number id
_START = ("anc", "platelets", "toxicity-resolved", "others")
# several numbers that are one fact of the file
WHOLE = {
    "cycles-from": "cycles",
    "cycles-length": "cycles",
    "therapy-length": "therapy",
    "therapy-from": "therapy",
    "hours-first": "hours",
    "hours-every": "hours",
    "hours-until": "hours",
}


class Needed:
    """The recorded numbers by what they are, and whether the protocol file holds them already."""

    def __init__(
        self, numbers: Inventory, recorded: Recorded, reasoned: frozenset[str] = frozenset()
    ) -> None:
        self._recorded, self._reasoned = recorded, reasoned
        self._by_id: dict[str, Number] = {}
        self._numbers: dict[tuple[str, str, str, str], Number] = {}
        for group in numbers.groups:
            for number in group.numbers:
                self._by_id[number.id] = number
                what = number.id.split("/")[1]
                key = (number.course, what, number.drug, number.route)
                self._numbers.setdefault(key, number)

    def ids(self) -> Iterator[str]:
        """The ids of every number."""
        return iter(self._by_id)

    def text(self, course: str, what: str, drug: str = "", route: str = "") -> str:
        """The recorded text; "" where nothing is recorded or the copy states none."""
        number = self._numbers.get((course, what, drug, route))
        text = "" if number is None else self._recorded.get(number.id, "")
        return "" if text == NOT_STATED else text

    def is_public(self, course: str, what: str, drug: str = "", route: str = "") -> bool:
        """Whether nothing is recorded that the protocol file does not state already."""
        text = self.text(course, what, drug, route)
        number = self._numbers.get((course, what, drug, route))
        return not text or (
            number is not None and number.evidence == "stated" and number.public == (text,)
        )

    def reasoned(self, course: str, what: str, drug: str, route: str) -> bool:
        """Whether the two gave a reason why their copy has it so."""
        number = self._numbers.get((course, what, drug, route))
        return number is not None and number.id in self._reasoned

    def denies(self, course: str, what: str, drug: str, route: str) -> bool:
        """Whether two people recorded that the copy states none."""
        number = self._numbers.get((course, what, drug, route))
        return number is not None and self._recorded.get(number.id) == NOT_STATED

    def is_open(self, course: str, what: str, drug: str, route: str) -> bool:
        """Whether a number is asked for and not recorded, not even as "not stated"."""
        number = self._numbers.get((course, what, drug, route))
        return number is not None and number.id not in self._recorded

    def denied(self) -> Iterator[Number]:
        """The numbers of courses that a public source states and the controlled copy does not."""
        for number in self._by_id.values():
            stated = bool(number.public) and not number.disputed
            if number.course and stated and self._recorded.get(number.id) == NOT_STATED:
                yield number

    def start(self, course: str) -> tuple[str, str, str, str, bool]:
        """ANC, platelets, the confirmation, other conditions, and whether all of it is public.

        A rule of which a part is not recorded yet is no rule: all are empty.
        """
        if any(f"{course}/start/{part}" not in self._recorded for part in _START):
            return "", "", "", "", True
        texts = []
        public = True
        for part in _START:
            text = self._recorded.get(f"{course}/start/{part}", NOT_STATED)
            texts.append("" if text == NOT_STATED else text)
            if texts[-1]:
                public = public and self._by_id[f"{course}/start/{part}"].public == (text,)
        return texts[0], texts[1], texts[2], texts[3], public


def hour_lines(
    course: str, where: tuple[str, str], head: Sequence[str], needed: Needed
) -> Iterator[str]:
    """The hours of a drug after another one, where no source states them.

    Args:
        course: the course.
        where: drug and route as the protocol file has them.
        head: course, drug and route as the file of site values names them.
        needed: what is recorded.
    """
    parts = ("hours-first", "hours-every", "hours-until")
    if all(needed.is_public(course, part, *where) for part in parts):
        return
    first, every, until = (needed.text(course, part, *where).split(" ")[0] for part in parts)
    if first:
        yield from ("", "[[hours]]", *head, f"first-hour = {first}")
        yield from (f"every-hours = {every}",) if every else ()
        yield from (f"until-umol-per-l = {until}",) if until else ()


def cycles_of(course: str, needed: Needed) -> tuple[str, str] | None:
    """First day and length of the later cycles of a course; None unless both are recorded."""
    since, every = needed.text(course, "cycles-from"), needed.text(course, "cycles-length")
    return (since.split(" ")[0], every.split(" ")[0]) if since and every else None


def cycle_lines(course: str, needed: Needed) -> Iterator[str]:
    """The later cycles of a course, where no source states them."""
    found = cycles_of(course, needed)
    if found is None or all(
        needed.is_public(course, what) for what in ("cycles-from", "cycles-length")
    ):
        return
    yield from ("", "[[later-cycles]]", f"course = {quoted(course)}")
    yield from (f"from-day = {found[0]}", f"every-days = {found[1]}")


def therapy_lines(course: str, needed: Needed) -> Iterator[str]:
    """When therapy ends, where no source states it; nothing unless its length and its day are there.

    Args:
        course: the last course, with which these numbers are commissioned.
        needed: what is recorded.
    """
    length, since = needed.text(course, "therapy-length"), needed.text(course, "therapy-from")
    told = (needed.is_public(course, what) for what in ("therapy-length", "therapy-from"))
    if not (length and since) or all(told):
        return
    number, unit = length.split(" ")
    yield from ("", "[therapy]", f"length = {number}")
    yield from (f"unit = {quoted(unit)}", f"from = {quoted(since)}")
