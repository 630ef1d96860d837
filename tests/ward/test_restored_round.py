"""A toxicity round that a restore lost is one act, told with every answer."""

from datetime import date, timedelta

import pytest

from bedside.store.opening import BACKUPS
from bedside.units.refusal import Refused
from bedside.ward.forms import NewToxicity
from bedside.ward.restored_missing import missing_acts
from bedside.ward.restored_settling import entered_again
from bedside.ward.restoring import preview
from bedside.ward.toxicities import record_toxicity
from bedside.ward.toxicity_round import finish_round
from bedside.ward.views.round import OpenAnswer, RoundAnswers
from tests.ward.ordering import FIRST, signer
from tests.ward.restored_wards import acts, copied, minutes, restore
from tests.ward.wards import NURSE, Bench

TERMS = ("Mucositis oral", "Vomiting", "Diarrhea", "Pain", "Nausea", "Fatigue", "Anemia", "Fever")


def test_a_lost_round_is_told_whole_in_the_form_and_after_the_restore(bench: Bench) -> None:
    bench.site()
    bench.enrol()
    bench.at(2026, 10, 20, 8, 0)
    ward, infant = bench.ward, bench.infant
    day = date(2026, 10, 10)
    logged = [
        record_toxicity(ward, infant, NewToxicity(term, 2, day, "", ""), who=NURSE)
        for term in TERMS
    ]
    name = copied(bench)
    answers = [OpenAnswer(row, "same") for row in logged[2:]]
    answers += [OpenAnswer(logged[0], "worse", 3), OpenAnswer(logged[1], "gone")]
    began = bench.clock() - timedelta(seconds=25)
    finish_round(ward, infant, RoundAnswers(began_at=began, opens=tuple(answers)), who=NURSE)
    minutes(bench, 1)
    told = (
        "Toxicity round, 12 answers: worse: Mucositis oral grade 3; gone: Vomiting; "
        "same: Diarrhea grade 2, Pain grade 2, Nausea grade 2, Fatigue grade 2, Anemia grade 2, "
        "Fever grade 2; not assessed: Constipation, Rash maculo-papular, "
        "Catheter related infection, Peripheral motor neuropathy"
    )
    seen = preview(ward, bench.folder / BACKUPS / name)
    (form,) = missing_acts(ward, seen, ward.now())
    assert (form.words, form.act) == (told, "finished a toxicity round")
    restore(bench, name)
    (kept,) = acts(bench, "record")
    assert kept.words == told
    nurse = signer(ward, FIRST)
    with pytest.raises(Refused, match="nothing like it has been recorded since the restore"):
        entered_again(ward, [kept.act_id], nurse, who=FIRST)
    assert acts(bench, "record") == [kept]
    few = RoundAnswers(began_at=bench.clock(), opens=tuple(answers[:3]))
    finish_round(ward, infant, few, who=NURSE)
    with pytest.raises(Refused, match="nothing like it"):
        entered_again(ward, [kept.act_id], nurse, who=FIRST)
    minutes(bench, 1)
    whole = RoundAnswers(began_at=bench.clock(), opens=tuple(answers))
    finish_round(ward, infant, whole, who=NURSE)
    entered_again(ward, [kept.act_id], nurse, who=FIRST)
    assert acts(bench, "record") == []
