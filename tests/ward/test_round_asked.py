"""What a round asks for by name: absent with who and when, present in the log, not assessed when unsaid."""

from datetime import date, timedelta

import pytest

from bedside.store.queries import of_infant
from bedside.store.toxicity_records import RoundAsked
from bedside.units.refusal import Refused
from bedside.ward import asked_terms
from bedside.ward.asked_terms import asked_in, asked_list, save_asked
from bedside.ward.forms import NewToxicity
from bedside.ward.toxicities import record_toxicity, toxicities_page
from bedside.ward.toxicity_round import finish_round, round_of
from bedside.ward.views.round import AskedAnswer, OpenAnswer, RoundAnswers
from tests.ward.wards import DOCTOR, NURSE, Bench


@pytest.fixture
def ward(bench: Bench) -> Bench:
    bench.site()
    bench.enrol()
    bench.at(2026, 10, 20, 8, 0)
    return bench


def finish(bench: Bench, *asked: tuple[str, str], opens: tuple[OpenAnswer, ...] = ()) -> int:
    answers = RoundAnswers(
        began_at=bench.clock() - timedelta(seconds=20),
        opens=opens,
        asked=tuple(AskedAnswer(*one) for one in asked),
    )
    return finish_round(bench.ward, bench.infant, answers, who=NURSE)


def kept(bench: Bench) -> dict[str, tuple[str, str]]:
    with bench.ward.store.reading() as connection:
        rows = of_infant(connection, RoundAsked, bench.infant)
    return {row.term: (row.answer, row.recorded_by) for row in rows}


def enter(bench: Bench, term: str, grade: int = 2) -> int:
    toxicity = NewToxicity(term, grade, date(2026, 10, 20), "", "")
    return record_toxicity(bench.ward, bench.infant, toxicity, who=NURSE)


def test_absent_is_said_by_a_person_and_the_rest_is_not_assessed(ward: Bench) -> None:
    """A round with nothing open is a round, too: somebody looked."""
    assert [one.before for one in round_of(ward.ward, ward.infant).asked] == [""] * 8
    finish(ward, ("mucositis-oral", "absent"), ("vomiting", "absent"), ("pain", "not assessed"))
    found = kept(ward)
    assert found["Mucositis oral"] == ("absent", NURSE)
    assert found["Pain"] == found["Diarrhea"] == ("not assessed", NURSE)
    page = toxicities_page(ward.ward, ward.infant)
    assert page.absent == ("Mucositis oral", "Vomiting")
    assert page.not_assessed[:2] == ("Diarrhea", "Constipation") and len(page.not_assessed) == 6
    assert page.last_round == f"last round 08:00 by {NURSE}; 6 not assessed"


def test_what_was_said_last_stands_beside_the_question_on_the_next_day(ward: Bench) -> None:
    finish(ward, ("mucositis-oral", "absent"))
    ward.at(2026, 10, 21, 9, 0)
    finish(ward, ("vomiting", "absent"))
    before = {one.term_key: one.before for one in round_of(ward.ward, ward.infant).asked}
    assert before["mucositis-oral"] == f"absent 20-Oct-2026 08:00 by {NURSE}"
    assert before["vomiting"] == f"absent 09:00 by {NURSE}"
    assert before["pain"] == ""  # not assessed is nothing that somebody saw
    assert "Mucositis oral" in toxicities_page(ward.ward, ward.infant).not_assessed


def test_one_in_the_log_is_asked_there_and_not_by_name_again(ward: Bench) -> None:
    mucositis = enter(ward, "Mucositis oral")
    assert "mucositis-oral" not in {one.term_key for one in round_of(ward.ward, ward.infant).asked}
    finish(ward, ("vomiting", "absent"), opens=(OpenAnswer(mucositis, "same"),))
    assert "Mucositis oral" not in kept(ward)


def test_present_is_in_the_log_or_refused(ward: Bench) -> None:
    with pytest.raises(Refused, match="present, but not in the log yet"):
        finish(ward, ("diarrhea", "present"))
    assert kept(ward) == {}
    diarrhea = enter(ward, "Diarrhea")
    finish(ward, ("diarrhea", "present"), opens=(OpenAnswer(diarrhea, "same", 2),))
    assert kept(ward)["Diarrhea"] == ("present", NURSE)
    with pytest.raises(Refused, match="absent, but open in the log"):
        finish(ward, ("diarrhea", "absent"))


def test_the_site_enters_its_own_list_and_the_shipped_one_names_its_source(ward: Bench) -> None:
    shipped = asked_list(ward.ward)
    assert (shipped.own, len(shipped.names)) == (False, 8)
    assert "[judgement]" in shipped.source
    save_asked(ward.ward, ["Nausea", "", " diarrhoea "], who=DOCTOR)
    own = asked_list(ward.ward)
    assert (own.names, own.own) == (("Nausea", "Diarrhea"), True)
    assert own.source == f"entered by {DOCTOR} on 20-Oct-2026"
    assert [one.term for one in round_of(ward.ward, ward.infant).asked] == ["Nausea", "Diarrhea"]
    with pytest.raises(Refused, match="list of terms to ask was changed"):
        finish(ward, ("pain", "absent"))
    save_asked(ward.ward, ["Nausea", "Diarrhea"], who=NURSE)  # the same again records nothing
    assert asked_list(ward.ward).source == own.source
    save_asked(ward.ward, [], who=DOCTOR)
    assert asked_in(ward.ward, "5.0") == ()


def test_a_line_that_is_no_term_is_refused_with_near_names(ward: Bench) -> None:
    with pytest.raises(Refused) as refused:
        save_asked(
            ward.ward, ["Mucositis orl", "zzz", "Pain", "pain", *["Nausea"] * 10], who=DOCTOR
        )
    reasons = refused.value.reasons
    assert reasons[0].startswith("“Mucositis orl” is no term of the ward's list: near to it: ")
    assert "Mucositis oral" in reasons[0]
    assert "choose one of the list" in reasons[1]
    assert (
        "Nausea stands in the list twice." in reasons
        and "Pain stands in the list twice." in reasons
    )
    assert "14 terms are too many" in reasons[-1]
    assert not asked_list(ward.ward).own


def test_the_shipped_list_holds_terms_that_every_version_has() -> None:
    for version in ("4.03", "5.0", "6.0"):
        keys, _ = asked_terms._shipped()
        assert set(keys) <= set(asked_terms.names_in(version)), version
