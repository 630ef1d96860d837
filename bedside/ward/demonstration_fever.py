"""The fever in the demonstration: a running antibiotic clock, blood culture taken, antibiotics not yet."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bedside.ward.demonstration_today import Maker
from bedside.ward.fever_acts import DrugAnswers, record_act, start_clock
from bedside.ward.fever_signs import NewSign, NewSigns, record_signs


def tell_fever(maker: Maker) -> None:
    """Write the story's temperatures and vital signs, and what was done since the first fever."""
    told = maker.story.get("fever")
    if told is None:
        return
    for fever in (*told.get("before", ()), told):
        _tell_one(maker, fever)
    maker.at(maker.now)


def _tell_one(maker: Maker, told: Mapping[str, Any]) -> None:
    for minutes, degrees, more in told["signs"]:
        at = _ago(maker, int(minutes))
        maker.at(at)
        signs = [NewSign("temperature", str(degrees), "°C", "axillary")]
        signs += [_sign(kind, str(value)) for kind, value in more.items()]
        form = NewSigns(at, tuple(signs))
        record_signs(maker.ward, maker.infant_id, form, who=maker.nurse)
    for minutes, kind, words, *despite in told["acts"]:
        at = _ago(maker, int(minutes))
        maker.at(at)
        if kind == "start":
            start_clock(maker.ward, maker.infant_id, at, words, who=maker.nurse)
            continue
        answers = DrugAnswers(despite="".join(despite))  # of an allergy on record
        record_act(maker.ward, maker.infant_id, kind, at, words, answers, who=maker.nurse)


def _sign(kind: str, value: str) -> NewSign:
    """A value; "unusable movement" is one without, as its key in the form would say."""
    for state in ("not done", "unusable"):
        if value.startswith(f"{state} "):
            reason = value.removeprefix(f"{state} ")
            return NewSign(kind, state=state, reason=reason)  # type: ignore[arg-type]  # one of the two above
    words = kind in ("support", "avpu", "pupils", "unwell")
    return NewSign(kind, word=value) if words else NewSign(kind, value)  # type: ignore[arg-type]  # as the invented ward's file says it


def _ago(maker: Maker, minutes: int) -> datetime:
    return (maker.now - timedelta(minutes=minutes)).replace(second=0, microsecond=0)
