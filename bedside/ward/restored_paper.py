"""The list of what a restore loses or has lost, as paper."""

from collections.abc import Iterable

from msgspec.json import encode
from msgspec.structs import replace

from bedside.papers.restored import RestoredLine, RestoredList
from bedside.units.dates import write_date_time
from bedside.units.refusal import Refused
from bedside.ward.audit_check import check_before_paper
from bedside.ward.infants import banner
from bedside.ward.restored_blocks import OF_A_DOSE, OF_ALL
from bedside.ward.restored_state import restored_view
from bedside.ward.snapshots import snapshot_mark
from bedside.ward.views.backup import Preview
from bedside.ward.views.restored import MissingAct
from bedside.ward.ward import Ward


def draw_open(ward: Ward, infant_id: int | None = None, *, who: str) -> bytes:
    """What is not settled yet, of one infant or of the whole ward.

    Raises:
        Refused: nothing is open, or something cannot be printed whole.
    """
    check_before_paper(ward, infant_id)
    view = restored_view(ward, infant_id)
    if view is None:
        raise Refused("Everything is settled: there is no list to print.")
    whose = ""
    if infant_id is not None:
        shown = banner(ward, infant_id)
        whose = f"{shown.family}, {shown.given}, {shown.hospital_number}"
    lines = (
        RestoredLine(
            "not known" if act.asks else write_date_time(act.at),
            act.infant or "The ward",
            act.words,
            act.who,
            act.blocks,
        )
        for act in view.acts
    )
    about = (
        f"{view.by}. Each line was done after the copy and is not recorded any more: ask who did it, "
        "then settle it in Bedside as entered again, or as not so and why."
    )
    return _drawn(ward, f"Not in this ward: {view.headline}", about, whose, lines, who)


def draw_before(ward: Ward, seen: Preview, missing: Iterable[MissingAct], *, who: str) -> bytes:
    """What a copy does not hold, before it takes the ward's place.

    Args:
        ward: the open ward, or the prepared copy of a closed one.
        seen: the copy.
        missing: from `bedside.ward.restored_missing.missing_acts`.
        who: who prints.

    Raises:
        Refused: something cannot be printed whole.
    """
    check_before_paper(ward, None)
    lines = (
        RestoredLine(
            "not known" if act.kind in ("unknown", "maybe given") else write_date_time(act.at),
            act.infant or "The ward",
            act.words,
            act.who,
            _stops(act),
        )
        for act in missing
    )
    about = (
        "Print this before the restore. Each line has to be entered again afterwards, or is settled "
        "as not so and why; Bedside lists them until then."
    )
    title = f"Not in the copy of {write_date_time(seen.made_at)}"
    return _drawn(ward, title, about, "", lines, who)


def _stops(act: MissingAct) -> str:
    if act.infant_id is None:
        return ""
    return "this dose" if act.kind in OF_A_DOSE else "every dose" if act.kind in OF_ALL else ""


def _drawn(
    ward: Ward, title: str, about: str, infant: str, lines: Iterable[RestoredLine], who: str
) -> bytes:
    site = ward.site
    whole = RestoredList(
        site=", ".join(part for part in (site.site_name, site.ward_name) if part)
        or "Ward not named yet",
        title=title,
        about=f"{ward.emergency}. {about}" if ward.emergency else about,
        infant=infant,
        lines=tuple(lines),
        printed_at=ward.now(),
        printed_by=who,
        program=ward.program,
        demonstration=ward.demonstration,
        emergency=ward.emergency,
    )
    mark = snapshot_mark(ward, "R", encode(whole).decode(), "every line is settled")
    return ward.drawing.restored_list(replace(whole, mark=mark))
