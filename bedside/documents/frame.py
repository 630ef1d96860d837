"""What frames every paper: the colour bar with its name in white, and what says that it is not real or not confirmed."""

from collections.abc import Sequence

from bedside.documents.fonts import Face
from bedside.documents.marks import stop_octagon
from bedside.documents.page import HEAVY, Paper, Particulars
from bedside.documents.wording import dated, typed_days
from bedside.documents.words import (
    CAPTION,
    MM,
    STRONG,
    WHITE,
    Colour,
    Style,
    Words,
    fit,
    fitting,
    too_long,
    words,
    wrapped,
)
from bedside.papers.standing import stamp_of
from bedside.papers.values import PaperHead, PaperInfant

PURPLE: Colour = (107 / 255, 63 / 255, 160 / 255)  # azacitidine
ORANGE: Colour = (179 / 255, 84 / 255, 0)  # downtime
BLUE: Colour = (11 / 255, 92 / 255, 173 / 255)  # roadmap
_DASHES = (3.0, 2.0)
OUTLINE: Colour = (0.86, 0.86, 0.86)  # captions over it still have 7 to 1

INVENTED = "DEMONSTRATION: invented infant, invented site values. Not for treatment."
UNRECORDED = "READ-ONLY: printed where nothing can be recorded. This paper is not on record."
LATER_MISSING = "What was recorded later is missing: compare with the paper record."
AGAIN = "COPY {0}: take earlier copies away."
REPRINTED = "COPY {0}, printed again ({1}): take earlier copies away."
UNCONFIRMED = "NOT COMMISSIONED: two people of this site have not confirmed these values."


def particulars(head: PaperHead, kind: str, subject: str) -> Particulars:
    """Return what the file says about itself; it names no infant, as titles show in lists."""
    return Particulars(
        title=f"{kind} {head.sheet_number}, copy {head.copy}",
        author=head.site,
        subject=subject,
        keywords=f"facts sha256 {head.facts_digest}",
        program=head.program,
    )


def full_name(infant: PaperInfant) -> str:
    """Return the name as it stands on every paper, letter for letter as it was handed in."""
    return f"{infant.family}, {infant.given}"


def draw_bar(
    paper: Paper,
    colour: Colour,
    height: float,
    title: tuple[str, str, float],
    subtitle: tuple[str, str],
    right: tuple[str, str],
    *,
    stop: bool = False,
) -> float:
    """Draw the bar at the head of a page and return its lower edge.

    Args:
        paper: the page.
        colour: the paper's colour; in grey all look alike, so the bar says its name.
        height: millimetres.
        title: the large word, what it is (for a refusal), its size in points.
        subtitle: the words after it, and what they are.
        right: the words at the right end, and what they are.
        stop: an octagon stands before the words.
    """
    top, left, edge = 8.0, paper.form.left, paper.form.right
    paper.box((left, top), (paper.form.room, height), 0, colour)
    inset = height + 2.5 if stop else 0.0
    if stop:
        middle = top + height / 2
        stop_octagon(paper, left + 3 + height / 2, middle, height * 0.38, (WHITE, colour))
    name, rest, end = _bar_words(title, subtitle, right, paper.form.room - inset)
    base = top + height / 2 + 0.36 * name.style.size / MM
    after = paper.put(name, left + 3 + inset, base) + 6.7 * title[2] / 18.5
    leading = rest[0].style.size * 0.42
    middle = top + height / 2 + 0.36 * rest[0].style.size / MM
    first = base if len(rest) == 1 else middle - leading * (len(rest) - 1) / 2
    paper.put_lines(rest, after, first, leading)
    paper.put(end, edge - 3, base, "right")
    return top + height


def _bar_words(
    title: tuple[str, str, float], subtitle: tuple[str, str], right: tuple[str, str], room: float
) -> tuple[Words, tuple[Words, ...], Words]:
    """Set the three parts of a bar as large as they fit beside one another, the middle in lines last."""
    bold = Style(Face.BOLD, title[2], WHITE)
    small = min(title[2] * 0.62, 11.5)
    for most in (1, 2, 3):
        for part in (1, 0.94, 0.88, 0.82, 0.76, 0.7, 0.64):
            name = words(title[0], bold.at(title[2] * part), title[1])
            end = words(right[0], bold.at(small * max(part, 0.9)), right[1])
            left = room - name.width - end.width - 16.5
            rest = _beside(subtitle, bold.at(small), left, most, 8.5 if part > 0.64 else 7.5)
            if rest is not None:
                return name, rest, end
    raise too_long(f"{title[0]} {subtitle[0]}", f"{title[1]} with {subtitle[1]}")


def _beside(
    said: tuple[str, str], style: Style, room: float, most: int, least: float
) -> tuple[Words, ...] | None:
    """What stands beside the name of a bar: on one line, else on so many; None where it has no room."""
    one = fitting(said[0], style, said[1], room, least)
    if one is not None:
        return (one,)
    sizes = (9.5, 9.0, least) if most == 2 else (7.5,) if most == 3 else ()
    tries = (wrapped(said[0], style.at(size), said[1], room, most) for size in sizes)
    return next((lines for lines in tries if lines is not None), None)


def draw_standing(paper: Paper, head: PaperHead) -> None:
    """Say in the right margin, down the page, that the paper is invented or not confirmed."""
    said = [f"{head.emergency}. {LATER_MISSING}"] if head.emergency else []
    if head.demonstration:
        said.append(INVENTED)
    if not head.commissioned:
        said.append(UNCONFIRMED)
    if head.copy > 1:  # never two papers at one bedside (hazard H31)
        again = REPRINTED if head.reprinted else AGAIN
        said.append(again.format(head.copy, _typed_reason(head.reprinted)))
    if head.read_only and not head.emergency:
        said.insert(0, UNRECORDED)
    draw_margin(paper, _packed(paper, said))


def _typed_reason(text: str) -> str:
    """Why it was printed again; a dash between days stands on no sheet, whoever typed it (H18)."""
    return text if typed_days(text) == dated(text) else "reason on record"


def _packed(paper: Paper, said: Sequence[str]) -> list[str]:
    """Sentences for the margin, two on one line where they have room beside one another."""
    room, style = paper.form.height - 30, Style(Face.BOLD, _MARGIN_LEAST, CAPTION.colour)
    lines: list[str] = []
    for text in said:
        longer = f"{lines[-1]}  {text}" if lines else ""
        if len(lines) > 1 and words(longer, style).width <= room:
            lines[-1] = longer
        else:
            lines.append(text)
    return lines


_MARGIN_LEAST = 6.5  # points


def draw_margin(paper: Paper, said: Sequence[str]) -> None:
    """Write lines in the right margin, down the page."""
    style = Style(Face.BOLD, 8, CAPTION.colour)
    for at, text in enumerate(said):
        line = fit(text, style, "line in the margin", paper.form.height - 30, _MARGIN_LEAST)
        first, step = {1: (3.0, 0.0), 2: (1.6, 3.0)}.get(len(said), (1.5, 2.6))
        x, middle = paper.form.right + first + step * at, paper.form.height / 2
        paper.put_turned(line, x, middle - line.width / 2, -90)


def draw_uncommissioned(paper: Paper, head: PaperHead) -> None:
    """Lay NOT COMMISSIONED across the page as a pale outline, under everything that is printed."""
    if head.commissioned:
        return
    form = paper.form
    size = 66.0 if form.height > form.width else 78.0
    line = words("NOT COMMISSIONED", Style(Face.BOLD, size), "outline across the page")
    degrees = 52 if form.height > form.width else 33
    paper.outline(line, form.width / 2, form.height / 2, degrees, OUTLINE)


def _stamps(head: PaperHead, height: float) -> list[tuple[tuple[Words, ...], bool]]:
    """The boxes a paper needs, from the right: their lines, and whether the edge is dashed."""
    style = STRONG.at(9 if height > 7 else 8)
    stamps: list[tuple[tuple[str, ...], bool]] = []
    if head.emergency:
        stamp = stamp_of(head.emergency)
        stamps.append((stamp if height > 7 else (" ".join(stamp),), False))
    dashed = ["DEMONSTRATION"] if head.demonstration else []
    dashed += ["READ-ONLY"] if head.read_only and not head.emergency else []
    if dashed:
        stamps.append((tuple(dashed) if height > 7 else (", ".join(dashed),), True))
    if not head.commissioned:
        stamps.append((("NOT", "COMMISSIONED") if height > 7 else ("NOT COMMISSIONED",), False))
    return [(tuple(words(line, style) for line in text), dashed) for text, dashed in stamps]


def _stamp_width(lines: tuple[Words, ...]) -> float:
    return max(line.width for line in lines) + 4


def stamps_width(head: PaperHead, height: float) -> float:
    """Return the width that the boxes (NOT COMMISSIONED, DEMONSTRATION, READ-ONLY) take, in millimetres."""
    return sum(_stamp_width(lines) + 2 for lines, _ in _stamps(head, height))


def draw_stamps(paper: Paper, head: PaperHead, right: float, top: float, height: float) -> float:
    """Draw the boxes NOT COMMISSIONED and DEMONSTRATION from the right; return their left edge."""
    for lines, dashed in _stamps(head, height):
        width = _stamp_width(lines)
        left = right - width
        if dashed:
            paper.box((left, top), (width, height), 1.4, None, _DASHES)
        else:
            paper.box((left, top), (width, height), HEAVY)
        base = top + height / 2 + 1.15 - 3.9 * (len(lines) - 1) / 2
        for at, line in enumerate(lines):
            paper.put(line, left + width / 2, base + at * 3.9, "centre")
        right = left - 2
    return right


def draw_head(paper: Paper, y: float, number: str, title: str, note: str) -> None:
    """Draw the head of a numbered block: a firm rule, the title, and one quiet note at the right.

    Raises:
        Refused: the note does not fit beside the title.
    """
    form = paper.form
    paper.rule((form.left, y), (form.right, y), 1.4)
    name = words(f"{number}  {title}" if number else title, Style(Face.BOLD, 9.5))
    end = paper.put(name, form.left, y + 4)
    if note:
        room = form.right - end - 3
        paper.put(fit(note, CAPTION, f"note to {title}", room, 7), form.right, y + 4, "right")


def note_fits(paper: Paper, title: str, note: str) -> bool:
    """Say whether a note has room beside a block's title."""
    used = words(f"0  {title}", Style(Face.BOLD, 9.5)).width + 3
    return words(note, CAPTION.at(7), f"note to {title}").width <= paper.form.room - used
