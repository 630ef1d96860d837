"""What changed of a paper since it was printed, in words: from the facts that stood on it and those of now."""

import json

from bedside.ward.paper_keys import OF_A_DAY

# what changes on a roadmap because it is a diary
DIARY = ("what was given, counted or planned", "toxicities", "the DLT period", "dlt state")
_CHANGED = {
    "infant": "weight, length or patient details",
    "whose": "patient details",
    "rules": "the counts or the toxicity answer",
    "starts": "the counts or the toxicity answer",
    "dates": "the dates",
    **dict.fromkeys(("road", "cycles", "undated", "maintenance_words", "ends_on"), "the dates"),
    **dict.fromkeys(("strip", "next_words"), "where the infant is up to"),
    "final": "the dose",
    "calculated": "the dose",
    "dose_words": "what is said of the doses",
    "drugs": "the doses",
    "undosed": "what is missing of a dose",
    "rings": "whom to ring",
    "must_not": "what must not be given",
    **dict.fromkeys(("days", "given", "given_note", "counts", "so_far", "bands"), DIARY[0]),
    **dict.fromkeys(("spinal", "cumulative", "notes", "events"), DIARY[0]),
    "worst": DIARY[1],
    **dict.fromkeys(("dlt_words", "dlt", "dlt_open", "dlt_lines", "dlt_note"), DIARY[2]),
    "edition": "the protocol's edition or the site values",
    "order_signed": "the signatures on the order",
    "warnings": "a hold, or what is warned of",
    "since": "what a given dose was worked out with",
}
_OF_A_DAY = {
    "drugs": "the dose, its order or how it is prepared",
    "counts": "the counts",
    "on": "the date",
    "dose_id": "the order",
    **dict.fromkeys(("made_at", "finish_by", "minutes"), "the vial"),
    **dict.fromkeys(("family", "given", "hospital_number", "born"), "who the infant is"),
    "apart": "what else is due that day",
}


def changed_words(kind: str, printed: str, now: str) -> str:
    """What changed, as "changed since: the dose, the dates"; "" where nothing did that matters.

    Args:
        kind: of the paper.
        printed: its facts as they are kept, as JSON.
        now: the same as they would be printed now.
    """
    before, after = json.loads(printed), json.loads(now)
    changed = sorted(key for key in before if before.get(key) != after.get(key))
    if not before.get("order_signed"):  # a sheet with boxes holds also when it is signed on screen
        changed = [key for key in changed if key != "order_signed"]
    if not changed:
        return ""  # printed before papers kept their edition
    words = _CHANGED | (_OF_A_DAY if kind in OF_A_DAY else {})
    named = dict.fromkeys(words.get(key, key.replace("_", " ")) for key in changed)
    return "changed since: " + ", ".join(named)
