"""Takes out of the page Doses what would give a dose away while its blind second check waits.

Decision (hazards H1, H42): a check is opened beside the very figures that it is to count anew, so
nobody would count, she would copy. While a check waits, weight, dose and volume stand nowhere on the
page; they are shown by an act that can be seen, and are folded again when the check is opened.
What hides them is here, before anything is drawn: no hint, no name that is read out, keeps them.
"""

import re

from msgspec.structs import replace

from bedside.units.refusal import Refused
from bedside.ward.check_standing import check_state
from bedside.ward.second_check import check_sheet
from bedside.ward.views.check_state import CheckState, Planned
from bedside.ward.views.marks import Banner
from bedside.ward.views.orders import OrderBoard, OrderRow
from bedside.ward.views.pages import DosesView
from bedside.ward.views.where import RuleRow
from bedside.ward.ward import Ward

HIDDEN = "hidden"
_DOSE = "dose hidden"
# a figure begins no time and no other figure: in "at 10:05, 7 mg" it is the 7 alone
_FIGURE = re.compile(
    r"(?<![\d:])\d+(?:[\s\u00a0\u202f]\d{3})*(?:[.,]\d+)*(?=[\s\u00a0\u202f]*(?:kg|g|mg|mcg|µg|micrograms?|units?|mL|m²|m2)\b)"
)
_PART = re.compile(
    rf"{HIDDEN}[\s\u00a0]mg of {HIDDEN}[\s\u00a0]mg given"
    rf"(?: \({HIDDEN}[\s\u00a0]mL of {HIDDEN}[\s\u00a0]mL ran\))?"
)
_PART_HIDDEN = "how much went in is hidden"
_BEGUN = ("given", "vial running", "infusion running")  # what began is counted by nobody any more
_MEASURES = ("kg", "g", "mg", "mL", "m²")
_ONLY = re.compile(rf"{HIDDEN}[\s\u00a0\u202f](?:{'|'.join(_MEASURES)})")


def veil(text: str) -> str:
    """A text in which every weight, dose, volume and surface is hidden: "on hidden kg"."""
    return _PART.sub(_PART_HIDDEN, _FIGURE.sub(HIDDEN, text))


def veiled_check(
    state: CheckState | None, against: tuple[str, ...]
) -> tuple[CheckState | None, tuple[str, ...]]:
    """Where a check stands, and what is against the dose, without a figure of it.

    Args:
        state: of the dose that is next; None where there is none.
        against: why that dose may not be given now.
    """
    if state is not None:
        blocks = tuple(veil(words) for words in state.blocks_giving)
        state = replace(state, words=veil(state.words), blocks_giving=blocks)
    return state, tuple(veil(words) for words in against)


def waiting_checks(ward: Ward, infant_id: int, board: OrderBoard | None) -> tuple[Planned, ...]:
    """The doses whose blind second check waits now.

    A dose waits when it is released, due by today or counted once, not matched, and when the site
    has entered what it is counted with. What cannot be checked here hides nothing.

    Args:
        ward: the ward.
        infant_id: the infant.
        board: her orders.
    """
    if board is None:
        return ()
    return tuple(row.key for row in board.at("released") if _waits(ward, infant_id, row))


def _waits(ward: Ward, infant_id: int, row: OrderRow) -> bool:
    if row.checked_by_two or row.state.blocks_giving or row.given.startswith(_BEGUN):
        return False
    early = row.on > ward.today()
    if early and check_state(ward, infant_id, *row.key).stage != "first counted":
        return False
    try:
        return not check_sheet(ward, infant_id, row.key).cannot
    except Refused:
        return False


def what_waits(ward: Ward, waiting: tuple[Planned, ...]) -> str:
    """The doses that wait in words: "azaCITIDine day 2"."""
    names = (f"{ward.drugs.display_name(drug)} day {day}" for _, day, drug, _ in waiting)
    return ", ".join(dict.fromkeys(names))


def without_figures(view: DosesView, waiting: tuple[Planned, ...], drug: str) -> DosesView:
    """The page without the figures of the doses that wait, and of the same drug's other days.

    Args:
        view: the page as it is.
        waiting: from `waiting_checks`.
        drug: the drug whose working stands on the page.
    """
    if not waiting:
        return view
    same = {(course, name) for course, _, name, _ in waiting}
    board = view.orders
    if board is not None:
        rows = tuple(_row(row) if (row.key[0], row.key[2]) in same else row for row in board.rows)
        rests = tuple(veil(words) for words in board.rests)
        board = replace(board, rows=rows, banner=_banner(board.banner), rests=rests)
    worked = (view.course_key, drug) in same
    return replace(
        view,
        banner=_banner(view.banner),
        dose_text=HIDDEN if worked and view.dose_text else view.dose_text,
        steps=() if worked else view.steps,
        rules=tuple(_rule(row) for row in view.rules),
        days=tuple(replace(day, words=veil(day.words)) for day in view.days),
        orders=board,
        printed=tuple(
            replace(paper, out_of_date=veil(paper.out_of_date), pdf=b"") for paper in view.printed
        ),
    )


def _row(row: OrderRow) -> OrderRow:
    state = row.state
    hidden = replace(
        state,
        amount=None,
        dose_words=_DOSE if state.dose_words else "",
        weight_g=None,
        steps=(),
        signed=tuple(replace(one, why=veil(one.why)) for one in state.signed),
        why=tuple(veil(words) for words in state.why),
        blocks_giving=tuple(veil(words) for words in state.blocks_giving),
    )
    return replace(
        row,
        dose_words=_DOSE if row.dose_words else "",
        steps=(),
        why_not=tuple(veil(words) for words in row.why_not),
        state=hidden,
        given=veil(row.given),
        before=tuple(veil(words) for words in row.before),
        since_short=veil(row.since_short),
        since=veil(row.since),
    )


def _rule(row: RuleRow) -> RuleRow:
    """A row whose whole figure is hidden has no unit: "hidden kg" would read as a weight."""
    seen, unit = veil(row.seen), row.unit
    if unit in _MEASURES or _ONLY.fullmatch(seen):
        seen, unit = HIDDEN, ""
    return replace(row, seen=seen, unit=unit, source=veil(row.source))


def _banner(banner: Banner) -> Banner:
    return replace(banner, weight_text=HIDDEN, weight_at=None, bsa_text=HIDDEN)
