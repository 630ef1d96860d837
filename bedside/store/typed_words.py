"""Every text that people type and a paper prints: refused before it is kept where no paper could show it.

Each column of words of every table stands in one of the two lists below (a test walks the tables), so
a new field cannot be forgotten. What is on record already may be written again: a bed is changed though
the name beside it could not be typed any more (hazard H32).
"""

from collections.abc import Callable, Mapping
from typing import TypeVar

from bedside.units.paper_letters import bare, paper_faults, unseen_left_out
from bedside.units.refusal import Refused

_NAME, _NUMBER, _WORDS, _LONG = 60, 60, 400, 4000  # letters
_IN_WORDS = {
    "reason": ("The reason", _LONG),
    "unusual_reason": ("The reason", _LONG),
    "laboratory": ("The laboratory", _NAME),
    "name": ("The name", _NAME),
    "role": ("The role", _NAME),
    "physician": ("The physician", _NAME),
    "comment": ("The comment", _LONG),
    "note": ("The note", _LONG),
    "term": ("The toxicity", _WORDS),
}
_WHO_SHE_IS = {
    "family": ("The family name", 120),
    "given": ("The given name", 120),
    "hospital_number": ("The hospital number", 16),
    "bed": ("The bed", _NAME),
    "allergies": ("Allergies", 280),
    "line": ("The line", 100),
}
_OF_MEASURES = {
    f"{measure}_reason": ("Why there is no value", _WORDS)
    for measure in ("wbc", "anc", "platelets", "haemoglobin")
}
# table, column: what it is in the ward's words, and the most letters of it
TYPED: Mapping[str, Mapping[str, tuple[str, int]]] = {
    "infant": _WHO_SHE_IS,
    "identity": _WHO_SHE_IS,
    "enrolment": {"study_number": ("The study number", 16), "diagnosis": ("The diagnosis", 100)},
    "ward_person": {"name": _IN_WORDS["name"], "initials": ("The initials", 4)},
    "arm_allocation": {"allocated_by": ("Who allocated", _WORDS)},
    "blood_count": {
        "unusual_reason": _IN_WORDS["unusual_reason"],
        "laboratory": _IN_WORDS["laboratory"],
        **_OF_MEASURES,
    },
    "lab_result": {
        "laboratory": _IN_WORDS["laboratory"],
        "state_reason": ("Why there is no value", _WORDS),
        "unusual_reason": _IN_WORDS["unusual_reason"],
    },
    "measurement": {"unusual_reason": _IN_WORDS["unusual_reason"]},
    "course_start": {"note": _IN_WORDS["note"]},
    "start_answer": {"answer": ("The answer", _LONG)},
    "answer_basis": {"reason": _IN_WORDS["reason"]},
    "dlt_decision": {name: _IN_WORDS[name] for name in ("physician", "reason")},
    "dlt_not_evaluable": {name: _IN_WORDS[name] for name in ("physician", "reason")},
    "dose_reduction": {"reason": _IN_WORDS["reason"], "ordered_by": ("Ordered by", _WORDS)},
    "dose_shift": {"reason": _IN_WORDS["reason"]},
    "hold": {"reason": _IN_WORDS["reason"]},
    "titration": {"reason": _IN_WORDS["reason"]},
    "rest_decision": {"reason": _IN_WORDS["reason"]},
    "dose_basis": {"reason": _IN_WORDS["reason"]},
    "dose_record": {"note": _IN_WORDS["note"]},
    "dose_giving": {
        "paper_first": ("The first person of the paper check", _NAME),
        "paper_second": ("The second person of the paper check", _NAME),
        "paper_reason": ("Why on paper", _LONG),
    },
    "infusion_event": {"note": _IN_WORDS["note"]},
    "first_count": {name: _IN_WORDS[name] for name in ("name", "role")},
    "second_check": {name: _IN_WORDS[name] for name in ("name", "role")},
    "signature": {name: _IN_WORDS[name] for name in ("name", "role")},
    "restored_settling": {name: _IN_WORDS[name] for name in ("reason", "name", "role")},
    "handover": {
        "left_name": ("Who leaves", _NAME),
        "left_role": ("The role of who leaves", _NAME),
        "came_name": ("Who comes", _NAME),
        "came_role": ("The role of who comes", _NAME),
    },
    "toxicity": {name: _IN_WORDS[name] for name in ("term", "comment")},
    "toxicity_attribution": {"cause": ("Another cause", _WORDS)},
    "toxicity_detail": {
        "serious_why": ("Why it is serious", _WORDS),
        "action": ("Action taken", _WORDS),
        "comment": _IN_WORDS["comment"],
    },
    "vital_sign": {"unusual_reason": _IN_WORDS["unusual_reason"]},
    "fever_episode": {"because": ("Why it is a fever", _LONG)},
    "fever_act": {"words": ("What was done", _LONG)},
    "fever_rule": {
        "title": ("Name of the definition", _WORDS),
        "edition": ("The edition", _NUMBER),
        "source": ("The document", _WORDS),
    },
    "print": {"reprint_reason": ("Why it is printed again", _NAME)},
}
# chosen from a list, made by the program, checked where it is typed (the site's), or on no paper
NOT_TYPED: Mapping[str, str] = {
    "arm_allocation": "arm",
    "answer_basis": "open_terms not_assessed",
    "audit": "who act table_name operation content previous_hash hash",
    "blood_count": "specimen wbc_state anc_state anc_source platelets_state haemoglobin_state wbc_typed "
    "wbc_unit wbc_comparator anc_typed anc_unit anc_comparator platelets_typed platelets_unit "
    "platelets_comparator haemoglobin_typed haemoglobin_unit haemoglobin_comparator",
    "commission_entry": "number_id typed canonical",
    "commission_import": "scope edition person_key file_name file_digest content",
    "commission_pass": "scope edition protocol_digest group_key person_key",
    "commission_value": "scope edition protocol_digest group_key number_id canonical public "
    "first_person first_key second_person second_key reason",
    "course_start": "course_key",
    "dlt_decision": "verdict facts proposal rule",
    "dlt_rule_file": "protocol_key file_name content digest first_person second_person",
    "dose_basis": "unit protocol_edition protocol_digest values_digest",
    "dose_giving": "course_key drug route",
    "dose_order": "course_key drug route unit rule steps protocol_edition protocol_digest values_digest "
    "family given hospital_number",  # as the infant's own row has them
    "dose_record": "course_key drug route state",
    "dose_reduction": "course_key drug of_what",
    "dose_shift": "course_key drug route",
    "enrolment": "protocol_key edition protocol_digest kmt2a arm ctcae",
    "fall_expected": "answer",
    "fever_act": "kind",
    "fever_episode": "definition",
    "fever_rule": "content digest first_person second_person",
    "figures_shown": "course_key drug route",
    "first_count": "unit",
    "given_seen": "told decided",
    "handover": "content digest",
    "handover_taken": "task_key words",
    "hold": "course_key drug",
    "identity": "sex reason",
    "infant": "sex",
    "infusion_event": "course_key drug route event",
    "infusion_part": "went_in unit how",
    "kept_file": "file digest base64",
    "lab_result": "analyte specimen state comparator typed unit kept_unit limits_from fasting",
    "mrd_level": "point state method",
    "opened_on": "measure needed seen unit source result of_table",
    "person_role": "role",
    "person_secret": "kind argon2id",
    "print": "kind course_key sheet_number code facts facts_digest audit_head file_name file_digest "
    "route drug",
    "protocol_edition": "protocol_key edition protocol_digest content below",
    "rest_decision": "decision unit",
    "restored_act": "infant done_by act words kind course_key drug route content",
    "restored_settling": "outcome",
    "risk_fact": "kind word",
    "round_asked": "term_key term answer",
    "second_check": "unit outcome",
    "secret_try": "kind purpose outcome",
    "signature": "table_name seal meaning",
    "site_setting": "key value",
    "start_answer": "course_key question",
    "task": "text",
    "titration": "drug decision proposal rule",
    "toxicity": "ctcae attribution",
    "toxicity_attribution": "kind step",
    "toxicity_detail": "term_key expected serious course_key",
    "toxicity_grade_source": "ctcae origin result measured rule",
    "toxicity_proposal": "term_key result answer measured rule reason answered",
    "toxicity_round": "ctcae",
    "toxicity_round_answer": "term answer reason",
    "vital_sign": "kind state word typed",
    "ward": "ward_id schema_version schema_digest",
    "ward_person": "person_key",
    "ward_restore": "copy_why first second reading",
}
_ELSEWHERE = {"identity": "infant"}  # whose words are written again in another table
_Kept = TypeVar("_Kept")
OnRecord = Callable[[str, str, str], bool]  # whether a table's column holds a text already


def check_typed(table: str, columns: Mapping[str, object], who: str, on_record: OnRecord) -> None:
    """Refuse a row with a typed text that no paper could show or hold.

    Args:
        table: the row's table.
        columns: the row as it is to be kept.
        who: the person who records.
        on_record: asked of a faulty text only.

    Raises:
        Refused: with every fault.
    """
    reasons: list[str] = []
    for column, (name, most) in TYPED.get(table, {}).items():
        text = columns.get(column)
        if not isinstance(text, str) or (
            text.isascii() and text.isprintable() and len(text) <= most
        ):
            continue
        # in a box of several lines: papers print a blank in the place of the break
        said = " ".join(text.splitlines()) if most == _LONG else text
        faults = paper_faults(name, said, most)
        tables = (table, _ELSEWHERE.get(table, table))
        if faults and not any(on_record(each, column, text) for each in tables):
            reasons += faults
    if not who.isascii():
        names = {who.partition(",")[0].strip(), who.rpartition(",")[0].strip()}
        faults = paper_faults("Who records", who, len(who))
        known = table == "ward_person" or any(
            on_record("ward_person", "name", name) for name in sorted(names)
        )
        if faults and not known:
            reasons += faults
    if reasons:
        raise Refused(*dict.fromkeys(reasons))


def as_kept(table: str, columns: Mapping[str, _Kept]) -> dict[str, _Kept | str]:
    """The row as it is to be kept: without the signs that nobody sees and that came along with a copy.

    Only who somebody is loses fixed blanks too: in words they hold a number and its unit on one line.
    """
    typed = TYPED.get(table, {})
    names = table in ("infant", "identity", "ward_person")
    told = bare if names else unseen_left_out
    return {
        name: told(value) if name in typed and isinstance(value, str) else value
        for name, value in columns.items()
    }


def check_void_reason(reason: str, who: str) -> None:
    """Refuse to strike out for a reason that no report could show; lines of it may break.

    Args:
        reason: as typed, or in the program's words with the name of who strikes out.
        who: that person, whose name may be on record from before.

    Raises:
        Refused: with the letters that no paper can show.
    """
    faults = paper_faults("The reason", " ".join(reason.replace(who, "").splitlines()), _LONG)
    if faults:
        raise Refused(*faults)
