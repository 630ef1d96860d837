"""Labels of preparations: a code for each, a copy counted, FINISH BY only from a vial whose clock runs (H16, H25)."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from bedside.papers.label_code import read_label_code
from bedside.places import place
from bedside.protocol.site_value_reader import read_site_values
from bedside.protocol.site_values import Strength
from bedside.units.quantities import DrugAmount
from bedside.units.refusal import Refused
from bedside.ward.courses import open_course
from bedside.ward.due_papers import papers_to_take_away
from bedside.ward.facts import facts_of
from bedside.ward.giving import start_infusion, start_vial
from bedside.ward.label_check import label_answer
from bedside.ward.orders import order_state
from bedside.ward.printing import paper_choices, printed_papers
from bedside.ward.taking_back import last_recorded
from bedside.ward.toxicities import answer_resolved
from bedside.ward.two_identifiers import TwoIdentifiers
from bedside.ward.verifying import verify_paper
from bedside.ward.weighing import void_size
from tests.documents.reading import codes_in, pages_of, picture
from tests.ward.commissioned import confirm
from tests.ward.day_bench import (
    CYTARABINE_IT,
    PREDNISOLONE,
    VINCRISTINE,
    in_induction,
    label_key,
    printed,
    sign,
)
from tests.ward.ordering import by, ready
from tests.ward.wards import BERLIN, DOCTOR, Bench

VIAL = "label:epi-1:1:IV:azacitidine"


def bytes_of(bench: Bench, key: str, folder: Path) -> bytes:
    return Path(printed(bench, key, folder).path).read_bytes()


def test_the_square_code_leads_to_infant_sheet_and_order(bench, tmp_path) -> None:
    in_induction(bench, 15)
    sign(bench, VINCRISTINE)
    pdf = bytes_of(bench, label_key(VINCRISTINE), tmp_path)
    found = codes_in(picture(pdf, 0, 300))
    code = next(filter(None, map(read_label_code, found)))
    assert code.study_number == "15P1-T001" and code.sheet_number == "BS-2026-00001"
    order = order_state(bench.ward, bench.infant, *VINCRISTINE)
    assert code.dose_id == order.order_id
    assert "2600001001" in found
    (text,) = pages_of(pdf)
    assert "vinCRIStine 25 mL bag 0.3 mg intravenous" in text
    assert "FOR INTRAVENOUS USE ONLY" in text


def test_a_preparation_each(bench, tmp_path) -> None:
    """Three doses a day are three syringes: three labels, numbered."""
    in_induction(bench, 3)
    sign(bench, PREDNISOLONE)
    pages = pages_of(bytes_of(bench, label_key(PREDNISOLONE, "PO"), tmp_path))
    assert [f"{number} of 3" in text for number, text in enumerate(pages, start=1)] == [True] * 3
    assert all("6.5 mg by mouth" in text and "in 1.3 mL" in text for text in pages)


def test_a_second_print_is_a_copy_and_both_are_on_record(bench, tmp_path) -> None:
    in_induction(bench, 15)
    sign(bench, CYTARABINE_IT)
    first, second = (printed(bench, label_key(CYTARABINE_IT), tmp_path / at) for at in "ab")
    assert (first.copy, second.copy) == (1, 2) and first.sheet_number == second.sheet_number
    assert "copy 2" in pages_of(Path(second.path).read_bytes())[0]
    titles = [one.title for one in printed_papers(bench.ward, facts_of(bench.ward, bench.infant))]
    assert titles == ["Label, cytarabine intrathecal, Induction day 15"] * 2


def test_a_label_of_an_order_written_anew_is_taken_away(bench, tmp_path) -> None:
    """The same dose, prescribed again after the weight was struck out and taken anew: another order."""
    in_induction(bench, 15)
    sign(bench, VINCRISTINE)
    printed(bench, label_key(VINCRISTINE), tmp_path)
    weight = facts_of(bench.ward, bench.infant).measurements[-1]
    void_size(bench.ward, weight.id, "another infant's scale slip", who="Test Nurse, RN")
    bench.clock.now += timedelta(minutes=5)
    bench.weigh()
    sign(bench, VINCRISTINE)
    (old,) = papers_to_take_away(bench.ward, facts_of(bench.ward, bench.infant))
    assert old.out_of_date == "changed since: the order"


def test_a_label_of_another_concentration_is_out_of_date(bench, tmp_path) -> None:
    """The bag was drawn up at one concentration; the pharmacy's is another now: it is not to be given."""
    in_induction(bench, 15)
    sign(bench, VINCRISTINE)
    code = next(
        filter(
            None,
            map(
                read_label_code,
                codes_in(picture(bytes_of(bench, label_key(VINCRISTINE), tmp_path), 0, 300)),
            ),
        )
    )
    ward, infant = bench.ward, bench.infant
    assert label_answer(ward, code).verdict == "VALID"
    values = ward.values_for("interfant06", VINCRISTINE[0])
    strengths = {**values.strengths, "vincristine": Strength(DrugAmount(Decimal("0.5")))}
    ward.values = replace(values, strengths=strengths)
    answer = label_answer(ward, code)
    assert answer.verdict == "OUT OF DATE"
    assert any("0.5 mg/mL" in reason for reason in answer.reasons), answer.reasons
    (gone,) = papers_to_take_away(ward, facts_of(ward, infant))
    assert gone.out_of_date


def test_an_infant_without_a_study_number_has_no_label(bench, tmp_path) -> None:
    in_induction(bench, 15, study_number="")
    sign(bench, VINCRISTINE)
    with pytest.raises(Refused, match="names the infant by her study number"):
        printed(bench, label_key(VINCRISTINE), tmp_path)


@pytest.fixture
def vial(bench: Bench) -> Bench:
    """Azacitidine of EPI #1 on 07-Oct-2026, checked by two, at 10:00; no vial yet."""
    bench.open_epi_1()
    bench.ward.values = read_site_values(place("resources", "demo", "site_values.toml"))
    bench.at(2026, 10, 7, 10, 0)
    ready(bench.ward, bench.infant)
    return bench


@pytest.mark.parametrize(
    ("made", "finish"),
    [
        ("2026-10-25T02:40:00+02:00", "02:25"),  # the clocks go back at 03:00
        ("2027-03-28T01:40:00+01:00", "03:25"),  # on at 02:00
    ],
)
def test_the_label_says_what_the_wall_clock_will_show_when_all_of_it_is_in(
    bench: Bench, tmp_path: Path, made: str, finish: str
) -> None:
    """45 minutes after it was made, on a label that is read after the clocks have changed (H16, H45)."""
    at = datetime.fromisoformat(made)
    bench.site()
    bench.enrol()
    bench.at(at.year, at.month, at.day, 0, 30)
    bench.weigh()
    bench.count(640, 86_000)
    answer_resolved(bench.ward, bench.infant, "yes", who=DOCTOR)
    confirm(bench.ward, "aall15p1", "epi-1")
    open_course(bench.ward, bench.infant, "epi-1", at.date(), who=DOCTOR)
    bench.ward.values = read_site_values(place("resources", "demo", "site_values.toml"))
    bench.clock.now = at.astimezone(BERLIN)
    ready(bench.ward, bench.infant)
    start_vial(bench.ward, bench.infant, "epi-1", 1, bench.clock(), 30, who="Test Nurse, RN")
    (text,) = pages_of(bytes_of(bench, VIAL, tmp_path / "out"))
    assert f"FINISH BY {finish}" in text and f"made {at:%d-%b %H:%M}, over 30 min" in text


def test_no_label_of_a_timed_vial_before_its_clock_runs(vial, tmp_path) -> None:
    with pytest.raises(Refused, match="No vial of azaCITIDine is running for day 1"):
        printed(vial, VIAL, tmp_path)
    choices = {one.key: one for one in paper_choices(vial.ward, facts_of(vial.ward, vial.infant))}
    assert "start its clock" in choices[VIAL].refused[0]


def test_the_label_of_a_running_vial_says_by_when_all_of_it_is_in(vial, tmp_path) -> None:
    """Made at 10:02 for 30 minutes: 45 minutes after 10:02 are 10:47."""
    vial.at(2026, 10, 7, 10, 3)
    made = vial.clock().replace(minute=2)
    dose = start_vial(vial.ward, vial.infant, "epi-1", 1, made, 30, who="Test Nurse, RN")
    pdf = bytes_of(vial, VIAL, tmp_path / "out")
    (text,) = pages_of(pdf)
    assert "made 07-Oct 10:02, over 30 min" in text and "FINISH BY 10:47" in text
    assert "azaCITIDine" in text and "15.5 mg intravenous" in text
    assert any(read_label_code(one) for one in codes_in(picture(pdf, 0, 300)))
    facts = facts_of(vial.ward, vial.infant)
    assert printed_papers(vial.ward, facts)[0].out_of_date == ""
    code = printed_papers(vial.ward, facts)[0].code
    giver = by(vial.ward, vial.infant, identifiers=TwoIdentifiers("T 001", None, code))
    start_infusion(vial.ward, dose, vial.clock(), giver, who="Test Nurse, RN")
    last = last_recorded(vial.ward, "Test Nurse, RN")
    assert last is not None and last.why_not[0].startswith("It was a step of a dose")
    facts = facts_of(vial.ward, vial.infant)
    assert printed_papers(vial.ward, facts)[0].out_of_date == ""  # on the bag that rightly runs
    assert papers_to_take_away(vial.ward, facts) == ()
    label = next(filter(None, map(read_label_code, codes_in(picture(pdf, 0, 300)))))
    code = printed_papers(vial.ward, facts)[0].code
    for answer in (verify_paper(vial.ward, code), label_answer(vial.ward, label)):
        assert answer.verdict == "VALID"
        assert "running: started at 10:03, all of it is in by 10:47" in answer.todo
    told = dict(verify_paper(vial.ward, code).lines)
    assert told["Valid until"] == "07-Oct-2026 10:47"
    vial.at(2026, 10, 7, 10, 48)
    for answer in (verify_paper(vial.ward, code), label_answer(vial.ward, label)):
        assert (answer.verdict, answer.reasons) == (
            "OUT OF DATE",
            ("its time to finish was 10:47",),
        )
    with pytest.raises(Refused, match="No vial"):
        printed(vial, VIAL, tmp_path / "again")


def test_no_label_after_the_latest_start_and_the_printed_one_ends_with_its_time(
    vial, tmp_path
) -> None:
    """Made at 10:02 over 30 minutes, all in by 10:47: the latest start is 10:17."""
    vial.at(2026, 10, 7, 10, 3)
    made = vial.clock().replace(minute=2)
    start_vial(vial.ward, vial.infant, "epi-1", 1, made, 30, who="Test Nurse, RN")
    label = printed(vial, VIAL, tmp_path)
    assert verify_paper(vial.ward, label.code).verdict == "VALID"
    vial.at(2026, 10, 7, 10, 18)
    with pytest.raises(Refused, match="latest start of this vial over 30 min was 10:17"):
        printed(vial, VIAL, tmp_path / "late")
    assert "latest start" in verify_paper(vial.ward, label.code).reasons[0]
    for day, hour in ((7, 10), (7, 15)):
        vial.at(2026, 10, day, hour, 48)
        answer = verify_paper(vial.ward, label.code)
        assert (answer.verdict, answer.reasons) == (
            "OUT OF DATE",
            ("its time to finish was 10:47",),
        )


@pytest.mark.parametrize(
    ("day", "made", "finish", "hour"),
    [
        (date(2026, 10, 25), (2, 40), "02:25", "winter time"),  # 45 min, and an hour put back
        (date(2026, 10, 25), (2, 5), "02:50", "summer time"),
        (date(2026, 10, 25), (4, 0), "04:45", ""),
        (date(2027, 3, 28), (1, 40), "03:25", ""),  # 45 min, and an hour put on
    ],
)
def test_finish_by_is_right_in_the_night_the_clock_changes(
    bench: Bench, tmp_path, day, made, finish, hour
) -> None:
    """H16: the label says what the clock on the wall will show, and which of two like hours it is."""
    bench.site()
    bench.enrol()
    bench.at(day.year, day.month, day.day, 1, 0)
    bench.weigh()
    bench.count(640, 86_000)
    answer_resolved(bench.ward, bench.infant, "yes", who="Test Doctor, physician")
    confirm(bench.ward, "aall15p1", "epi-1")
    open_course(bench.ward, bench.infant, "epi-1", day, who="Test Doctor, physician")
    bench.ward.values = read_site_values(place("resources", "demo", "site_values.toml"))
    ready(bench.ward, bench.infant)
    bench.at(day.year, day.month, day.day, *made)
    start_vial(bench.ward, bench.infant, "epi-1", 1, bench.clock(), 10, who="Test Nurse, RN")
    (text,) = pages_of(bytes_of(bench, VIAL, tmp_path))
    assert f"FINISH BY {finish}" in text
    assert [one for one in ("summer time", "winter time") if one in text] == (
        [hour] if hour else []
    )
    (paper,) = printed_papers(bench.ward, facts_of(bench.ward, bench.infant))
    assert paper.out_of_date == ""
