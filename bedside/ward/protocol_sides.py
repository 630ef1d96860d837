"""Two protocols side by side, course by course, as the page shows them; nothing during one's own blind pass."""

from collections.abc import Iterator

from bedside.protocol.comparison import Comparison, CourseDifference, Difference, compare
from bedside.ward.commission_blind import keep_blind
from bedside.ward.views.protocols import SideBySide, SideLine, SidePart, SideState
from bedside.ward.ward import Ward

_NOT_PUBLIC = "not public"
_WHOLE, _EXPOSURE = "whole", "exposure"  # keys of the parts that are no course


def side_by_side(ward: Ward, a: str, b: str, *, who: str) -> SideBySide:
    """Two protocols of the ward beside each other.

    Args:
        ward: the ward.
        a: key of the first protocol.
        b: key of the second protocol.
        who: the person's name and role.

    Raises:
        Refused: she has a pass of either, or of a related one, begun and not complete.
        KeyError: the ward has no such protocol.
    """
    for key in (a, b):
        keep_blind(ward, key, who=who)
    # `compare` keeps the order of its second: whoever reads the first one finds hers unchanged
    found = compare(ward.protocols[b], ward.protocols[a])
    return SideBySide(found.b.title, found.a.title, tuple(_parts(found)))


def _parts(found: Comparison) -> Iterator[SidePart]:
    whole = tuple(_line(found, line) for line in found.whole)
    yield SidePart(_WHOLE, "The whole protocol", "", "", whole)
    for course in found.courses:
        yield _course(found, course)
    counted = tuple(_line(found, line) for line in found.exposure)
    note = "Counted over the whole protocol, all arms together."
    yield SidePart(_EXPOSURE, "Dose days per drug", _state(counted), note, counted)


def _course(found: Comparison, course: CourseDifference) -> SidePart:
    said = [f"Side by side: {course.why}."] if course.why else []
    said += [f"A source says: {line.a}." for line in course.lines if _is_said(line)]
    lines = tuple(_line(found, line, course) for line in course.lines if not _is_said(line))
    title = course.title.partition(": only in ")[0]
    state: SideState
    if course.keys_a and course.keys_b:
        other, _, one = (words.strip() for words in course.title.partition(" beside "))
        one = one.removesuffix(f" ({found.b.title})")
        other = other.removesuffix(f" ({found.a.title})")
        title = one if one == other else f"{one} beside {other}"
        state = _state(lines)
    else:
        state = "only a" if course.keys_b else "only b"
    key = " ".join(("course", *course.keys_b, "beside", *course.keys_a))
    return SidePart(key, title, state, " ".join(said), lines, course.keys_b)


def _is_said(line: Difference) -> bool:
    """A sentence of a source about both: it stands above the lines, on neither side."""
    return line.change == "remark" and bool(line.b)


def _line(found: Comparison, line: Difference, course: CourseDifference | None = None) -> SideLine:
    subject = f"{line.subject}: {line.aspect}" if line.aspect else line.subject
    a, b = line.b.removeprefix(f"{found.b.title}: "), line.a.removeprefix(f"{found.a.title}: ")
    if line.change == "alone" and course is not None:
        a, b = (a, "") if course.keys_b else ("", b)
    elif line.change in ("same", "remark"):
        a = a or b
    same = line.change == "same" and _NOT_PUBLIC not in line.a  # nobody knows what both keep back
    return SideLine(subject, a, b, same=same)


def _state(lines: tuple[SideLine, ...]) -> SideState:
    return "same" if lines and all(line.same for line in lines) else ""
