"""What the counts page shows: every count, the start rule that waits, the courses behind the curve."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from msgspec.structs import replace

from bedside.protocol.model import Course
from bedside.store.queries import of_infant
from bedside.store.records import BloodCount
from bedside.units.bounds import Bound
from bedside.units.quantities import Anc, Platelets
from bedside.units.writer import write_count, write_number
from bedside.ward.anc_both import start_limits
from bedside.ward.count_bounds import NO_BOUNDS, exact_only, is_bound, state_words, with_bounds
from bedside.ward.count_values import all_entered, all_limits, entered_words
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.forms import State
from bedside.ward.gates import TITLES, judge_gate
from bedside.ward.infants import banner_of
from bedside.ward.same_minute import minute_of
from bedside.ward.standing import Standing, standing_of
from bedside.ward.views.pages import CountRow, CountsView
from bedside.ward.views.where import RuleRow
from bedside.ward.ward import Ward

NO_STATES: Mapping[str, State] = {}
TYPED = "typed, not recorded"  # where a value of the rule comes from that is not kept yet


def counts_page(ward: Ward, infant_id: int) -> CountsView:
    """The counts page of one infant; struck-out counts are listed too."""
    facts = facts_of(ward, infant_id)
    standing = standing_of(ward, facts)
    with ward.store.reading() as connection:
        every = of_infant(connection, BloodCount, infant_id, include_void=True)
    rule = ruled_course(standing)
    limits = (
        {}
        if rule is None or rule.start_rule is None
        else {part.measure: part.at_least_per_ul for part in rule.start_rule.measures}
    )
    return CountsView(
        banner=banner_of(ward, facts),
        rows=tuple(_row(ward, row) for row in sorted(every, key=lambda row: row.taken_at)),
        rule_course="" if rule is None else rule.title,
        anc_at_least=limits.get("anc"),
        platelets_at_least=limits.get("platelets"),
        bands=_bands(ward, facts),
        now=ward.now(),
        anc_limits=start_limits(facts),
    )


def preview_start(
    ward: Ward,
    infant_id: int,
    anc: Anc | None,
    platelets: Platelets | None,
    bounds: Mapping[str, Bound[int]] = NO_BOUNDS,
    taken_at: datetime | None = None,
    states: Mapping[str, State] = NO_STATES,
) -> tuple[RuleRow, ...]:
    """Would the next course open once this count is recorded? The rule's lines, as they would stand then.

    Args:
        ward: the open ward.
        infant_id: whose count is typed.
        anc: the ANC; None where none is typed.
        platelets: the platelets; None where none are typed.
        bounds: values typed with a comparator, by "anc" and "platelets", per µL; they decide where
            they lie wholly on one side of the rule's limit.
        taken_at: as typed: a newer count still decides, and one of that minute counts beside it. None
            while it is not typed, and what lies in the future is refused: both are judged as of now.
        states: what is said in the place of a value, by "anc" and "platelets".

    Returns:
        The lines; with ``typed_at`` where a measure is typed and a newer count decides it.
    """
    facts = facts_of(ward, infant_id)
    course = ruled_course(standing_of(ward, facts))
    if course is None or course.start_rule is None:
        return ()
    as_of = ward.now() + timedelta(minutes=1)  # a minute in which nothing is recorded yet
    at = as_of if taken_at is None or taken_at > ward.now() else taken_at
    imagined = _imagined(ward, at, anc, platelets, states)
    if bounds:
        imagined = with_bounds(imagined, bounds)
    counts = sorted((*facts.counts, imagined), key=lambda row: row.taken_at)
    gate = judge_gate(ward, replace(facts, counts=tuple(counts)), course, as_of)
    titles = {
        TITLES[measure] for measure in TITLES if _newer_stands(facts.counts, imagined, measure)
    }
    return tuple(
        replace(row, typed_at=ward.local(at)) if row.measure in titles else row
        for row in gate.rows
        if row.main
    )


def _newer_stands(rows: Iterable[BloodCount], typed: BloodCount, measure: str) -> bool:
    """Whether a measure is typed that a later count than the typed one decides."""
    asked, minute = f"{measure}_state", minute_of(typed.taken_at)
    return getattr(typed, asked) != "not done" and any(
        getattr(row, asked) != "not done" and minute_of(row.taken_at) > minute for row in rows
    )


def ruled_course(standing: Standing) -> Course | None:
    """The next course in the protocol that has a start rule of its own, if it is the next one."""
    following = standing.next
    if following is None or following.start_rule is None:
        return None
    return following


def _imagined(
    ward: Ward,
    at: datetime,
    anc: Anc | None,
    platelets: Platelets | None,
    states: Mapping[str, State],
) -> BloodCount:
    def state(measure: str, value: Anc | Platelets | None) -> State:
        said = states.get(measure, "done")
        return "done" if value is not None else "not done" if said == "done" else said

    nothing = dict.fromkeys(
        (
            "wbc_per_ul",
            "neutrophils_percent",
            "bands_percent",
            "lymphocytes_percent",
            "monocytes_percent",
            "other_percent",
            "blasts_percent",
            "haemoglobin_tenths_g_per_l",
        )
    )
    return BloodCount(
        id=0,
        recorded_at=ward.now(),
        recorded_by="",
        infant_id=0,
        taken_at=at,
        specimen=TYPED,
        wbc_state="not done",
        anc_state=state("anc", anc),
        anc_per_ul=None if anc is None else anc.per_ul,
        anc_source="",
        platelets_state=state("platelets", platelets),
        platelets_per_ul=None if platelets is None else platelets.per_ul,
        haemoglobin_state="not done",
        unusual_reason="",
        **nothing,
    )


def _row(ward: Ward, kept: BloodCount) -> CountRow:
    row = exact_only(kept)
    tenths = row.haemoglobin_tenths_g_per_l
    limits = all_limits(kept, ward.decimal_mark)
    return CountRow(
        count_id=row.id,
        taken_at=ward.local(row.taken_at),
        wbc_per_ul=row.wbc_per_ul,
        neutrophils_percent=row.neutrophils_percent,
        bands_percent=row.bands_percent,
        anc_per_ul=row.anc_per_ul,
        anc_source=_anc_words(kept),
        platelets_per_ul=row.platelets_per_ul,
        haemoglobin_g_per_l=None if tenths is None else Decimal(tenths) / 10,
        specimen=row.specimen,
        recorded_at=ward.local(row.recorded_at),
        recorded_by=row.recorded_by,
        voided=row.void_reason or "",
        anc_state=state_words(kept, "anc"),
        wbc_state=state_words(kept, "wbc"),
        platelets_state=state_words(kept, "platelets"),
        haemoglobin_state=state_words(kept, "haemoglobin"),
        wbc_entered=entered_words(kept, "wbc"),
        anc_entered=entered_words(kept, "anc"),
        platelets_entered=entered_words(kept, "platelets"),
        haemoglobin_entered=entered_words(kept, "haemoglobin"),
        entered=all_entered(kept),
        limits=f"{limits} ({kept.laboratory})" if limits and kept.laboratory else limits,
        laboratory=kept.laboratory or "",
        anc_bound_per_ul=kept.anc_per_ul if is_bound(kept, "anc") else None,
        platelets_bound_per_ul=kept.platelets_per_ul if is_bound(kept, "platelets") else None,
        lymphocytes_percent=row.lymphocytes_percent,
        monocytes_percent=row.monocytes_percent,
        other_percent=row.other_percent,
        blasts_percent=row.blasts_percent,
    )


def _anc_words(row: BloodCount) -> str:
    if row.anc_state != "done":
        return state_words(row, "anc")
    if row.anc_source != "worked out" or row.wbc_per_ul is None:
        return f"from the analyser{_set_aside(row)}"
    parts = [row.neutrophils_percent, row.bands_percent]
    share = " + ".join(f"{write_number(part)} %" for part in parts if part is not None)
    return f"worked out: {write_number(row.wbc_per_ul)} × ({share}){_set_aside(row)}"


def _set_aside(row: BloodCount) -> str:
    """The other ANC of the specimen, where a person said which counts."""
    from bedside.ward.anc_ruling import answered_other

    other = answered_other(row.unusual_reason)
    return "" if other is None else f"; {other[0]} says {write_count(other[1])}, set aside"


def _bands(ward: Ward, facts: InfantFacts) -> tuple[tuple[str, date, date, bool], ...]:
    bands = []
    starts = sorted(facts.starts, key=lambda row: row.day_1)
    for index, start in enumerate(starts):
        course = facts.protocol.course(start.course_key)
        last = ward.today()
        if index + 1 < len(starts):
            last = starts[index + 1].day_1 - timedelta(days=1)
        bands.append((course.title, start.day_1, max(last, start.day_1), course.kind == "priming"))
    return tuple(bands)
