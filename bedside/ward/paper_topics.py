"""Which kinds of change put a paper out of date: from what is printed on it, so that its foot says just these.

Every field of a paper belongs to one topic; what changed is said by topic, and the foot names the
topics of all its fields (hazard H30).
"""

from functools import cache
from typing import get_type_hints

from msgspec import Struct
from msgspec.structs import fields

from bedside.papers.day_sheet import DaySheet, Label
from bedside.papers.reports import CountsForm, DltReport, MaintenanceChart, ToxicityReport
from bedside.papers.transfer import TransferSummary
from bedside.papers.values import DosingSheet, Roadmap
from bedside.papers.whole_treatment import WholeTreatment
from bedside.ward.infant_papers import CHART, COUNTS, DLT, TOXICITIES, TRANSFER, WHOLE
from bedside.ward.paper_content import BY_ITSELF
from bedside.ward.paper_keys import DAY_SHEET, LABEL, ROADMAP, SHEET

PATIENT, WEIGHT, ORDER, DOSE, DATES = "patient data", "weight, length", "order", "dose", "dates"
START, COUNT, TOXICITY, DLT_PERIOD = "start rule", "counts", "toxicities", "DLT period"
GIVEN, PLACE, RING, MUST_NOT = "doses given", "course", "telephones", "what must not be given"
FEVER, VIAL, EDITION, LAST = "fever rule", "vial", "edition, site values", "last count"
RULE, DIARY_DAYS, HOLD = "rule of the doses by mouth", "doses given, counts", "holds"
DIARY = (GIVEN, DIARY_DAYS, COUNT, TOXICITY, DLT_PERIOD)  # what changes because it is a diary

_PAPERS: dict[str, type[Struct]] = {
    SHEET: DosingSheet,
    ROADMAP: Roadmap,
    DAY_SHEET: DaySheet,
    LABEL: Label,
    WHOLE: WholeTreatment,
    TRANSFER: TransferSummary,
    TOXICITIES: ToxicityReport,
    DLT: DltReport,
    CHART: MaintenanceChart,
    COUNTS: CountsForm,
}
# in the order in which they are said
_FIELDS: dict[str, tuple[str, ...]] = {
    PATIENT: ("whose", "infant"),
    WEIGHT: ("as_of", "weight_words"),
    DOSE: (
        *("drug", "route", "rate_words", "calculated", "final", "source_words", "age_factor_words"),
        *("cap_words", "rounding_words", "modified_words", "volume_words", "formula", "age_factor"),
        *("infusion_minutes", "infusion_range", "finish_within_minutes", "planned_time", "drugs"),
        *(
            "volume",
            "count",
            "rhythm",
            "often",
            "lasts",
            "minibag_ml",
            "minibag_source",
            "kind",
            "dose_words",
            "undosed",
        ),
        *("second_figure", "in_force", "doses"),
    ),
    ORDER: ("order_signed", "route_choice", "route_signed", "dose_id"),
    START: ("rules", "rules_note", "starts", "held"),
    COUNT: ("counts",),
    TOXICITY: ("worst", "toxicities", "waiting", "rows", "first", "last"),
    DLT_PERIOD: (
        *("dlt_words", "dlt_state", "dlt", "dlt_open", "dlt_note", "dlt_lines", "state"),
        *("headline", "period", "rule_title", "rule_lines", "not_evaluable", "gone"),
    ),
    DATES: (
        *("dates", "decision", "decided_by", "day", "on", "day_1", "day_1_is", "delays", "road"),
        *("undated", "cycles", "maintenance_words", "ends_on", "end_words", "next_words", "apart"),
        *("asks", "next_days", "plan_words", "courses", "begins", "planned_hours"),
    ),
    GIVEN: (
        *("settled", "days", "since", "events", "spinal", "cumulative", "notes", "given"),
        *("given_note", "decisions", "so_far", "bands"),
    ),
    HOLD: ("warnings",),
    PLACE: ("strip",),
    MUST_NOT: ("must_not",),
    FEVER: ("fever", "fever_words"),
    RING: ("rings",),
    VIAL: ("finish_by", "made_at", "minutes"),
    RULE: ("rule", "anc_limits", "platelet_limits"),
    EDITION: (
        *("edition", "protocol", "course", "course_also", "ctcae", "place_words"),
        *("overrun_words", "counts_note", "second_label_words", "unscheduled", "never"),
        *("anc_limit", "platelets_limit", "lengths_words", "mark", "hours"),
    ),
}
_COMMON = {field: topic for topic, named in _FIELDS.items() for field in named}
_OF_KIND = {
    LABEL: {
        **dict.fromkeys(("family", "given", "hospital_number", "born", "study_number"), PATIENT),
        "hours": DATES,
        "parts": DATES,
        "settled": DOSE,
    },
    COUNTS: dict.fromkeys(("last", "last_at"), LAST),
    ROADMAP: {"days": DIARY_DAYS},
    DAY_SHEET: {"hours": DATES, "settled": DOSE},  # a dose given does not end the sheet
    CHART: {"decisions": DOSE},
    DLT: {"rows": TOXICITY, "counts": DLT_PERIOD},
}
_LAST_SAID = (DIARY_DAYS, LAST, EDITION)
ORDERED = (*(topic for topic in _FIELDS if topic != EDITION), *_LAST_SAID)


def topic_of(kind: str, field: str) -> str:
    """The topic of a field of a paper; "" of one that nothing but time changes.

    Args:
        kind: of the paper.
        field: its name at the top of the paper.

    Raises:
        KeyError: the field has no topic yet: give it one.
    """
    if field in BY_ITSELF:
        return ""
    named = _OF_KIND.get(kind, {})
    return named[field] if field in named else _COMMON[field]


def topics_of(kind: str) -> tuple[str, ...]:
    """The topics of a paper, in the order in which they are said."""
    found = {topic_of(kind, field.name) for field in fields(_PAPERS[kind])} | {EDITION}
    hints = get_type_hints(_PAPERS[kind])
    if "infant" in hints or "as_of" in hints:
        found |= {PATIENT, WEIGHT}
    return tuple(topic for topic in ORDERED if topic in found)


@cache
def lapse_words(kind: str) -> str:
    """What puts a paper out of date besides its day, for its foot."""
    said = dict.fromkeys(one for topic in topics_of(kind) for one in topic.split(", "))
    return f"or a change of {', '.join(said)}."
