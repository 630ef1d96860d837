"""Scan to verify: VALID, OUT OF DATE with what changed, or NOT OURS, from the ward's own record (H30, H31)."""

import socket
from datetime import timedelta
from pathlib import Path

import pytest
import zxingcpp
from msgspec.structs import replace
from pypdfium2 import PdfDocument

from bedside.papers.check_signs import ALPHABET, folded
from bedside.papers.label_code import label_code
from bedside.store.keys import Keys
from bedside.store.queries import of_infant
from bedside.store.signature_records import DoseOrder
from bedside.units.refusal import Refused
from bedside.ward.bands import NO_BAND, read_band
from bedside.ward.corrections import strike_out
from bedside.ward.due_papers import to_take_away
from bedside.ward.facts import facts_of
from bedside.ward.identity import correct_identity, identity_form
from bedside.ward.label_check import NO_LABEL, OLD_LABEL
from bedside.ward.printing import make_paper, printed_papers
from bedside.ward.two_identifiers import TwoIdentifiers, check_identifiers
from bedside.ward.verifying import verify_paper
from bedside.ward.void_papers import void_paper
from tests.ward.ordering import AZACITIDINE, measurable, order
from tests.ward.wards import NURSE, Bench

SHEET = "dosing-sheet:epi-1"


def printed(bench: Bench, folder: Path, key: str = SHEET):
    return make_paper(bench.ward, bench.infant, key, folder, who=NURSE, why="lost")


def scanned(path: str, page: int = 0) -> str:
    """What a reader reads from a printed page: the code decoded from its picture."""
    picture = PdfDocument(path)[page].render(scale=300 / 72).to_pil()
    (code,) = [one.text for one in zxingcpp.read_barcodes(picture) if "BEDSIDE" in one.text]
    return str(code)


@pytest.fixture
def sheet(bench: Bench, tmp_path: Path):
    bench.open_epi_1()
    return printed(bench, tmp_path / "out")


def test_a_paper_that_holds_is_valid_typed_and_scanned(bench: Bench, sheet) -> None:
    for typed in (sheet.code, sheet.code.lower().replace(" ", ""), scanned(sheet.path)):
        answer = verify_paper(bench.ward, typed)
        assert answer.verdict == "VALID" and answer.reasons == ()
        told = dict(answer.lines)
        assert told["Paper"] == "Dosing sheet, EPI #1"
        assert told["Infant"] == "MUSTER, Ida; born 14-May-2026; T 001"
        assert sheet.sheet_number in told["Sheet"] and "copy 1" in told["Sheet"]
        assert told["Printed"].endswith(f"by {NURSE}")
        assert told["Valid until"] == "11-Oct-2026 23:59"
        assert answer.infant_id == bench.infant


def test_a_new_weight_makes_it_out_of_date_and_says_so(bench: Bench, sheet) -> None:
    bench.at(2026, 10, 7, 12, 0)
    bench.weigh(6400)
    answer = verify_paper(bench.ward, sheet.code)
    assert answer.verdict == "OUT OF DATE"
    assert "weight 6.2 kg became 6.4 kg" in answer.reasons[0]
    assert "dose 15.5 mg became 16 mg" in answer.reasons[0]
    assert "Take this paper away" in answer.todo


def test_a_corrected_identity_is_said_also_where_the_paper_could_not_be_made_now(
    bench: Bench, sheet
) -> None:
    """The weight is struck out and the number corrected: the first alone would hide whose paper it is."""
    (weight,) = facts_of(bench.ward, bench.infant).measurements
    strike_out(bench.ward, bench.infant, "weight", weight.id, "of a sibling", who=NURSE)
    (refused,) = verify_paper(bench.ward, sheet.code).reasons
    assert "weight" in refused and "hospital number" not in refused
    form = replace(identity_form(bench.ward, bench.infant), hospital_number="T 010")
    correct_identity(bench.ward, bench.infant, form, "misread", who=NURSE)
    (both,) = verify_paper(bench.ward, sheet.code).reasons
    assert both.startswith(refused.removesuffix("."))
    assert both.endswith("changed since: hospital number T 001 became T 010")
    assert printed_papers(bench.ward, facts_of(bench.ward, bench.infant))[0].out_of_date == both


def test_its_dates_pass(bench: Bench, sheet) -> None:
    bench.at(2026, 10, 12, 0, 30)
    answer = verify_paper(bench.ward, sheet.code)
    assert (answer.verdict, answer.reasons) == ("OUT OF DATE", ("its dates are over",))


def test_a_second_copy_takes_the_place_of_the_first(bench: Bench, sheet, tmp_path: Path) -> None:
    again = printed(bench, tmp_path / "again")
    assert again.sheet_number == sheet.sheet_number and again.copy == 2
    assert again.code != sheet.code
    first = verify_paper(bench.ward, sheet.code)
    assert first.verdict == "OUT OF DATE" and first.reasons[0].startswith("copy 2 has taken")
    assert verify_paper(bench.ward, again.code).verdict == "VALID"
    new, old = printed_papers(bench.ward, facts_of(bench.ward, bench.infant))
    assert (new.out_of_date, old.out_of_date) == ("", first.reasons[0])  # the list says the same


def test_every_reason_is_named_the_weightiest_first(bench: Bench, sheet, tmp_path: Path) -> None:
    """A copy that was replaced, of a weight that is not the infant's any more, and then torn up."""
    printed(bench, tmp_path / "again")
    bench.at(2026, 10, 7, 12, 0)
    bench.weigh(6400)
    taken, changed = verify_paper(bench.ward, sheet.code).reasons
    assert taken.startswith("copy 2 has taken") and "weight 6.2 kg became 6.4 kg" in changed
    _, old = printed_papers(bench.ward, facts_of(bench.ward, bench.infant))
    assert (old.out_of_date, old.also) == (taken, changed)  # the list says the same

    void_paper(bench.ward, sheet.print_id, "torn", who=NURSE)
    reasons = verify_paper(bench.ward, sheet.code).reasons
    assert len(reasons) == 3 and "VOID" in reasons[1] and reasons[2] == changed


def test_a_copy_that_was_replaced_stays_out_of_date_when_the_later_one_is_struck_out(
    bench: Bench, sheet, tmp_path: Path
) -> None:
    again = printed(bench, tmp_path / "again")
    void_paper(bench.ward, again.print_id, "wrong tray; torn up", who=NURSE)
    first = verify_paper(bench.ward, sheet.code)
    assert first.verdict == "OUT OF DATE" and first.reasons[0].startswith("copy 2 has taken")
    assert "VOID" in verify_paper(bench.ward, again.code).reasons[0]
    _, old = papers = printed_papers(bench.ward, facts_of(bench.ward, bench.infant))
    assert old.out_of_date == first.reasons[0]
    assert [one.copy for one in to_take_away(papers)] == [1]
    third = printed(bench, tmp_path / "third")
    assert third.copy == 3 and verify_paper(bench.ward, third.code).verdict == "VALID"


def test_every_mistyped_sign_is_refused_and_not_answered(bench: Bench, sheet) -> None:
    code = folded(sheet.code)
    for at, sign in enumerate(code):
        other = ALPHABET[(ALPHABET.index(sign) + 7) % 32]
        with pytest.raises(Refused, match="a sign is not as it was printed"):
            verify_paper(bench.ward, code[:at] + other + code[at + 1 :])


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Type the code"),
        ("   ", "Type the code"),
        ("412K 7Q2M", "it has 8 signs"),
        ("412K 7Q2M 9TXU", "U is no sign"),
        ("MUSTER", "no sign of a code"),
        ("BEDSIDE 1-A-1-B-C", "another keyboard"),
        ("bedside l1/15P1/BS/1/AA", "did not read the label"),
        ("A" * 500, "too long"),
        ("\u202e412K 7Q2M 9TXR", r"printed: U\+202E is no sign"),  # what nobody sees has its number
        ("412K\u200b 7Q2M\x00 9TXR", r"U\+0000 U\+200B is no sign"),
        ("412K 7Q\u03012M 9TXR", r"U\+0301 is no sign"),
    ],
)
def test_what_is_no_code_is_refused(bench: Bench, typed: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        verify_paper(bench.ward, typed)


def test_no_network_is_asked(bench: Bench, sheet, monkeypatch: pytest.MonkeyPatch) -> None:
    """H30: each of the three answers comes from the ward's own record."""

    def none(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, none)
    assert verify_paper(bench.ward, sheet.code).verdict == "VALID"
    assert (
        verify_paper(bench.ward, label_code("15P1-T001", "BS-2026-00001", 999)).verdict
        == "NOT OURS"
    )
    bench.clock.now += timedelta(minutes=20)
    bench.weigh(6350)
    assert verify_paper(bench.ward, sheet.code).verdict == "OUT OF DATE"


def test_a_paper_of_another_ward_is_not_ours(bench: Bench, sheet, tmp_path: Path) -> None:
    other = Bench(tmp_path / "other ward")
    other.site()
    try:
        for typed in (sheet.code, scanned(sheet.path)):
            answer = verify_paper(other.ward, typed)
            assert answer.verdict == "NOT OURS" and answer.infant_id is None
    finally:
        other.ward.store.close()


def test_a_square_code_put_on_another_sheet_is_not_ours(bench: Bench, sheet) -> None:
    said = scanned(sheet.path)
    parts = said.split("/")
    for at, other in ((1, "BS-2026-99999"), (2, "7"), (4, "0" * 16)):
        changed = "/".join([*parts[:at], other, *parts[at + 1 :]])
        assert verify_paper(bench.ward, changed).verdict == "NOT OURS"


def test_a_paper_that_is_not_on_record_is_known_by_its_square_code(
    bench: Bench, sheet, tmp_path: Path
) -> None:
    """Printed READ-ONLY, or after the copy that the ward was restored from: ours, but it holds nothing."""
    bench.ward.store.read_only = True
    paper = printed(bench, tmp_path / "read only", "roadmap:epi-1")
    bench.ward.store.read_only = False
    answer = verify_paper(bench.ward, scanned(paper.path))
    assert answer.verdict == "OUT OF DATE" and "not on its record" in answer.words
    assert verify_paper(bench.ward, paper.code).verdict == "NOT OURS"


def test_a_code_is_bound_to_the_key_and_to_the_facts(tmp_path: Path) -> None:
    """Two wards alike in everything but their keys give one sheet two codes; other facts, another code."""
    from bedside.ward.paper_codes import recorded_code

    codes = set()
    for key in (b"1" * 32, b"2" * 32):
        bench = Bench(tmp_path / key.decode(), Keys(None, key))
        codes.add(recorded_code(bench.ward, "BS-2026-00001", 1, "ab" * 32))
        codes.add(recorded_code(bench.ward, "BS-2026-00001", 1, "ac" + "ab" * 31))
        codes.add(recorded_code(bench.ward, "BS-2026-00001", 2, "ab" * 32))
        codes.add(recorded_code(bench.ward, "BS-2026-00002", 1, "ab" * 32))
        bench.ward.store.close()
    assert len(codes) == 8


@pytest.mark.parametrize("band", ["T 001", "t001", "]C1T 001", " T 001\n", "15P1-T001"])
def test_a_band_is_its_infants(bench: Bench, band: str) -> None:
    bench.site()
    infant = bench.enrol()
    answer = read_band(bench.ward, band)
    assert answer.infant_id == infant and answer.words.startswith("MUSTER, Ida; born 14-May-2026")


@pytest.mark.parametrize("band", ["T 002", "]C1x999", "15P1-T009"])
def test_a_band_of_nobody_says_so(bench: Bench, band: str) -> None:
    bench.site()
    bench.enrol()
    answer = read_band(bench.ward, band)
    assert answer.infant_id is None and f"{band} is the band of nobody on this ward" in answer.words


@pytest.mark.parametrize(
    "read", ["T 0011", "T 00", "", "001", "MUSTER", "seven lamps in the hall", "739251"]
)
def test_what_is_built_unlike_a_number_of_this_ward_is_not_repeated(
    bench: Bench, read: str
) -> None:
    """A quick hand types a passphrase like a reader: it must not stand on the screen in clear."""
    bench.site()
    bench.enrol()
    answer = read_band(bench.ward, read)
    assert answer.infant_id is None and answer.words == NO_BAND and "Nobody was opened" in NO_BAND


def test_siblings_stay_marked_and_a_number_of_two_opens_nobody(bench: Bench) -> None:
    bench.site()
    bench.enrol()
    bench.enrol(given="Ada", hospital_number="T 002", bed="2", study_number="15P1-T002")
    assert read_band(bench.ward, "T 001").alike == "same family name: bed 2"
    bench.enrol(
        family="ANDERS", given="Bo", hospital_number="15P1-T001", bed="3", study_number="15P1-T003"
    )
    answer = read_band(bench.ward, "15P1-T001")
    assert answer.infant_id is None and "look at both bands" in answer.words


def give(bench: Bench, infant: int, planned, band: str, label: str) -> None:
    """Band and label as a reader read them before giving."""
    check_identifiers(bench.ward, infant, TwoIdentifiers(band, None, label), planned)


def label_of(bench: Bench, sheet_number: str) -> str:
    with bench.ward.store.reading() as connection:
        newest = of_infant(connection, DoseOrder, bench.infant)[-1]
    return label_code("15P1-T001", sheet_number, newest.id)


@pytest.fixture
def labelled(bench: Bench, tmp_path: Path) -> str:
    """A released order of day 1, its sheet printed, and the label's code."""
    bench.open_epi_1()
    measurable(bench.ward)
    order(bench.ward, bench.infant)
    return label_of(bench, printed(bench, tmp_path / "out").sheet_number)


def test_band_and_label_of_this_dose_match(bench: Bench, labelled: str) -> None:
    give(bench, bench.infant, AZACITIDINE, "T 001", labelled)
    answer = verify_paper(bench.ward, labelled)
    assert answer.verdict == "VALID" and answer.infant_id == bench.infant


@pytest.mark.parametrize(
    ("band", "label", "words"),
    [
        ("", None, "Type the hospital number"),
        ("T 009", None, "is not the hospital number of MUSTER, Ida"),
        ("T 001", "", "Type the day of birth"),
        ("T 001", "T 001", NO_LABEL[:30]),
    ],
)
def test_what_does_not_match_is_refused(
    bench: Bench, labelled: str, band: str, label: str | None, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        give(bench, bench.infant, AZACITIDINE, band, labelled if label is None else label)


def test_another_childs_band_and_label_are_named_as_hers(bench: Bench, labelled: str) -> None:
    mine = bench.infant
    other = bench.enrol(given="Ada", hospital_number="T 002", bed="2", study_number="15P1-T002")
    with pytest.raises(Refused, match=r"T 002 is not the hospital number of MUSTER, Ida"):
        give(bench, mine, AZACITIDINE, "T 002", labelled)
    with pytest.raises(Refused, match=r"WRONG LABEL: it is of MUSTER, Ida"):
        give(bench, other, AZACITIDINE, "T 002", labelled)


def test_a_label_of_another_day_or_of_no_record_is_refused(bench: Bench, labelled: str) -> None:
    day_2 = ("epi-1", 2, "azacitidine", "IV")
    with pytest.raises(Refused, match=r"WRONG LABEL: it is of azaCITIDine, day 1"):
        give(bench, bench.infant, day_2, "T 001", labelled)
    made_up = label_code("15P1-T001", "BS-2026-00001", 999)
    with pytest.raises(Refused, match="made no such label"):
        give(bench, bench.infant, AZACITIDINE, "T 001", made_up)
    assert verify_paper(bench.ward, made_up).verdict == "NOT OURS"


def test_a_label_falls_with_its_order(bench: Bench, labelled: str) -> None:
    bench.at(2026, 10, 7, 12, 0)
    bench.weigh(7400)
    answer = verify_paper(bench.ward, labelled)
    assert answer.verdict == "OUT OF DATE" and answer.reasons
    with pytest.raises(Refused) as refused:
        give(bench, bench.infant, AZACITIDINE, "T 001", labelled)
    said = refused.value.reasons  # first what is not to be done, then why
    assert said == (OLD_LABEL, *answer.reasons) and said[0].endswith(
        "Do not give what it stands on."
    )
