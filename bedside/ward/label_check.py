"""The label of a preparation, scanned: whose it is, and whether its order and its sheet still stand.

Before giving, band and label are scanned, and both must be this infant's and this dose's (hazard H25).
"""

import json

from msgspec import Struct

from bedside.papers.label_code import LabelCode, read_label_code
from bedside.store.queries import all_of, of_infant
from bedside.store.records import DoseRecord, Enrolment, Infant, Print
from bedside.store.signature_records import DoseOrder
from bedside.units.dates import write_date
from bedside.ward.audit_check import check_before_paper
from bedside.ward.bands import same_family, whose_words
from bedside.ward.doses_on_papers import (
    LabelPart,
    is_of_dose,
    part_code,
    part_read,
    parts_of,
    why_not_part,
)
from bedside.ward.facts import facts_of
from bedside.ward.identity import infants_of
from bedside.ward.label_lines import is_label_figures, is_label_words, printed_label
from bedside.ward.label_time import over_words, runs_words
from bedside.ward.orders import order_state
from bedside.ward.paper_keys import LABEL
from bedside.ward.views.check_state import Planned
from bedside.ward.views.given import OfDay
from bedside.ward.views.verified import PaperAnswer
from bedside.ward.void_papers import struck_words
from bedside.ward.ward import Ward

_STANDS = ("verified", "released")
NOT_MADE = "This ward has made no such label: do not give what it stands on."
NO_LABEL = (
    "That is no label of a preparation, or the reader did not read it as it was printed: scan the "
    "square code of the label again, or type its ten figures or its words."
)
OLD_LABEL = "OLD LABEL: it does not hold any more. Do not give what it stands on."


class _Found(Struct, frozen=True):
    """What a label leads to in the record; None where there is nothing."""

    infant: Infant | None
    order: DoseOrder | None
    sheet: Print | None

    @property
    def label(self) -> Print | None:
        """The label's own record; None for one that names the dosing sheet it was made by."""
        return self.sheet if self.sheet is not None and self.sheet.kind == LABEL else None


def why_not_label(
    ward: Ward, infant_id: int, planned: Planned, scanned: str, of: OfDay | None = None
) -> tuple[str, ...]:
    """Why a scanned label is not that of this dose; () where it is.

    Args:
        ward: the ward.
        infant_id: the infant whose dose it is.
        planned: course key, course day, drug and route.
        scanned: as the reader read it.
        of: which dose of the day is given; None for a drug given once a day.
    """
    if not scanned.strip():
        return ("Scan the label of the preparation.",)
    label = read_label_code(scanned)
    if label is None:
        return _why_not_typed(ward, infant_id, planned, scanned, of)
    found = _find(ward, label)
    if found.infant is None or found.order is None:
        return (NOT_MADE,)
    if found.infant.id != infant_id:
        return (f"WRONG LABEL: it is of {whose_words(found.infant)}. Do not give it here.",)
    if _key(found.order) != planned:
        return (f"WRONG LABEL: it is of {_dose_words(ward, found.order)}, not of this dose.",)
    if found.label is not None:
        return _why_not_row(ward, found.label, _part(found.label, label), of)
    return _ended(_why_not_now(ward, label, found))


def _ended(reasons: tuple[str, ...]) -> tuple[str, ...]:
    """Why a label ended, behind what is not to be done with it; () for one that holds."""
    return (OLD_LABEL, *reasons) if reasons else ()


def _why_not_typed(
    ward: Ward, infant_id: int, planned: Planned, scanned: str, of: OfDay | None
) -> tuple[str, ...]:
    """The same for the ten figures of a line code, and for the words below the square code."""
    if not is_label_figures(scanned) and not is_label_words(scanned):
        return (NO_LABEL,)
    row = printed_label(ward, scanned)
    if row is None:
        return (NOT_MADE,)
    with ward.store.reading() as connection:
        infant = next(one for one in infants_of(connection) if one.id == row.infant_id)
    if infant.id != infant_id:
        return (f"WRONG LABEL: it is of {whose_words(infant)}. Do not give it here.",)
    if not is_of_dose(row, planned):
        return ("WRONG LABEL: it is of another dose, not of this one.",)
    return _why_not_row(ward, row, part_read(row, scanned), of)


def _part(row: Print, label: LabelCode) -> LabelPart | None:
    """Which dose of the day a square code names; None of a drug given once a day."""
    return next((one for one in parts_of(row) if part_code(one.of) == label.part), None)


def _why_not_row(
    ward: Ward, row: Print, part: LabelPart | None, of: OfDay | None
) -> tuple[str, ...]:
    """Why nothing is started with a label that is on record; () where it may be."""
    from bedside.ward.verifying import recorded_answer  # which reads labels with this module

    runs = runs_words(ward, facts_of(ward, row.infant_id), row)
    reasons = recorded_answer(ward, row, part).reasons
    return _ended(reasons) or why_not_part(row, part, of) or ((runs,) if runs else ())


def label_answer(ward: Ward, label: LabelCode) -> PaperAnswer:
    """What a label answers where papers are verified."""
    check_before_paper(ward, None)
    found = _find(ward, label)
    if found.infant is None or found.order is None or found.sheet is None:
        return PaperAnswer(
            "NOT OURS",
            "This is no label of this ward.",
            ("This ward has no such infant, dose and sheet together.",),
            "Do not give what it stands on. Ask the pharmacy.",
        )
    if found.label is not None:
        from bedside.ward.verifying import recorded_answer  # which reads labels with this module

        return recorded_answer(ward, found.label, _part(found.label, label))
    with ward.store.reading() as connection:
        everyone = infants_of(connection)
    reasons = _why_not_now(ward, label, found)
    holds = runs_words(ward, facts_of(ward, found.infant.id), found.sheet)
    holds = holds or "Scan band and label when the infusion is started."
    dose = _dose_words(ward, found.order)
    return PaperAnswer(
        verdict="OUT OF DATE" if reasons else "VALID",
        words=f"The label of {dose} " + ("does not hold any more." if reasons else "holds."),
        reasons=reasons,
        todo="Do not give what it stands on. Ring the pharmacy." if reasons else holds,
        lines=(
            ("Label", dose),
            ("Infant", whose_words(found.infant)),
            ("Sheet", label.sheet_number),
        ),
        infant_id=found.infant.id,
        alike=same_family(found.infant, everyone),
    )


def _find(ward: Ward, label: LabelCode) -> _Found:
    with ward.store.reading() as connection:
        study = {
            row.infant_id
            for row in all_of(connection, Enrolment)
            if row.study_number.strip().upper() == label.study_number
        }
        mine = [one for one in infants_of(connection) if one.id in study]
        orders = all_of(connection, DoseOrder, include_void=True)
        prints = all_of(connection, Print, include_void=True)
    infant = mine[0] if len(mine) == 1 else None
    number = None if infant is None else infant.id
    order = next((one for one in orders if one.id == label.dose_id), None)
    sheets = [one for one in prints if one.sheet_number.upper() == label.sheet_number]
    copies = [one for one in sheets if one.copy == label.copy and one.infant_id == number]
    return _Found(
        infant,
        order if order is not None and order.infant_id == number else None,
        next((one for one in reversed(copies) if _goes_with(one, label)), None),
    )


def _goes_with(sheet: Print, label: LabelCode) -> bool:
    """Whether a print is of the order that a label names; a dosing sheet may be of several."""
    if sheet.kind != LABEL:
        return not label.part
    parts = [part_code(one.of) for one in parts_of(sheet)] or [""]
    return json.loads(sheet.facts).get("dose_id") == label.dose_id and label.part in parts


def _why_not_now(ward: Ward, label: LabelCode, found: _Found) -> tuple[str, ...]:
    """What has become of the order and the sheet that a label was printed from."""
    order, sheet = found.order, found.sheet
    if order is None or sheet is None or order.voided_at is not None:
        return (f"its order or its sheet {label.sheet_number} was struck out, or is not on record",)
    void = struck_words(ward, sheet) or over_words(ward, facts_of(ward, order.infant_id), sheet)
    if void:
        return (void,)
    state = order_state(ward, order.infant_id, *_key(order))
    if state.order_id == order.id and state.stage in _STANDS:
        return ()
    if state.stage == "given":
        return ("its dose is recorded as given",)
    return state.why or state.blocks_giving or ("its order does not stand any more",)


def _key(order: DoseOrder) -> Planned:
    return (order.course_key, order.course_day, order.drug, order.route)


def _dose_words(ward: Ward, order: DoseOrder) -> str:
    name = ward.drugs.display_name(order.drug)
    return f"{name}, day {order.course_day}, {write_date(order.due_on)}"


def given_words(ward: Ward, row: Print) -> str:
    """That the dose of a label is recorded as given; "" where it is not."""
    if row.course_day is None or row.drug is None or row.route is None:
        return ""  # no label is of less than one dose
    with ward.store.reading() as connection:
        orders = of_infant(connection, DoseOrder, row.infant_id, include_void=True)
    key = next((_key(one) for one in reversed(orders) if is_of_dose(row, _key(one))), None)
    if key is None:
        return ""
    if order_state(ward, row.infant_id, *key).stage != "given":
        return ""
    told = facts_of(ward, row.infant_id).recorded
    states = {one.state for one in told.values() if is_of_dose(row, _planned(one))}
    return f"its dose is recorded as {'not given' if states == {'not given'} else 'given'}"


def _planned(row: DoseRecord) -> Planned:
    return (row.course_key, row.course_day, row.drug, row.route)
