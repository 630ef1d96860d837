"""Where a label was printed here it is read before giving; the birthday does not stand in for it (H25)."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from bedside.papers.label_code import label_code
from bedside.papers.label_digits import label_digits
from bedside.places import place
from bedside.protocol.site_value_reader import read_site_values
from bedside.store.queries import of_infant
from bedside.store.records import DoseRecord
from bedside.units.refusal import Refused
from bedside.ward.given_doses import record_given
from bedside.ward.giving import start_infusion, start_vial
from bedside.ward.label_before_giving import label_printed
from bedside.ward.printing import make_paper
from bedside.ward.two_identifiers import TwoIdentifiers
from bedside.ward.views.pages import PrintedPaper
from bedside.ward.void_papers import void_paper
from tests.ward.day_bench import VINCRISTINE, in_induction, label_key, printed, sign
from tests.ward.ordering import AZACITIDINE, PAPER, band, by, check, ready
from tests.ward.wards import NURSE, Bench

KEY = "label:epi-1:1:IV:azacitidine"
WHY = "wet, all codes are smudged"


@pytest.fixture
def vial(bench: Bench) -> int:
    """The vial of day 1 of EPI #1 runs; no label of it yet."""
    bench.open_epi_1()
    bench.ward.values = read_site_values(place("resources", "demo", "site_values.toml"))
    ready(bench.ward, bench.infant)
    return start_vial(bench.ward, bench.infant, "epi-1", 1, bench.clock(), 30, who=NURSE)


def a_label(bench: Bench, folder: Path, reason: str = "") -> PrintedPaper:
    return make_paper(bench.ward, bench.infant, KEY, folder, who=NURSE, why=reason)


def figures(label: PrintedPaper) -> str:
    return label_digits(label.sheet_number, label.copy)


def start(bench: Bench, vial: int, **typed: object) -> None:
    identifiers = replace(band(bench.ward, bench.infant), **typed)
    giver = by(bench.ward, bench.infant, identifiers=identifiers)
    start_infusion(bench.ward, vial, bench.clock(), giver, who=NURSE)


def kept(bench: Bench) -> DoseRecord:
    with bench.ward.store.reading() as connection:
        return of_infant(connection, DoseRecord, bench.infant)[-1]


def test_without_a_label_of_this_ward_the_birthday_is_enough(bench: Bench, vial: int) -> None:
    assert not label_printed(bench.ward, bench.infant, AZACITIDINE)
    start(bench, vial)
    assert kept(bench).started_at is not None and kept(bench).note == ""


def test_a_printed_label_is_asked_for_even_if_it_is_void(bench: Bench, vial: int, tmp_path) -> None:
    label = a_label(bench, tmp_path)
    with pytest.raises(Refused, match="birthday does not stand in for it"):
        start(bench, vial)
    void_paper(bench.ward, label.print_id, "wrong syringe", who=NURSE)
    with pytest.raises(Refused, match="birthday does not stand in for it"):
        start(bench, vial)
    assert kept(bench).started_at is None


def test_a_void_label_is_not_given_from_by_being_called_unreadable(
    bench: Bench, vial: int, tmp_path
) -> None:
    label = a_label(bench, tmp_path)
    void_paper(bench.ward, label.print_id, "wrong syringe", who=NURSE)
    with pytest.raises(Refused, match="was declared void: nothing is given from it"):
        start(bench, vial, unread=WHY)
    a_label(bench, tmp_path, "wrong syringe before")
    start(bench, vial, unread=WHY)  # a fresh one is there, and cannot be read
    assert kept(bench).started_at is not None


@pytest.mark.parametrize("way", ["figures", "words", "words in small letters"])
def test_a_label_that_holds_starts_it_without_the_birthday(
    bench: Bench, vial: int, tmp_path, way: str
) -> None:
    label = a_label(bench, tmp_path)
    typed = figures(label) if way == "figures" else label.code
    start(bench, vial, born=None, label=typed.lower() if "small" in way else typed)
    assert kept(bench).started_at is not None and kept(bench).note == ""


@pytest.mark.parametrize("unread", ["", " ", "x", "smudged", "- . 1 2", "asdf Asdf"])
def test_the_way_out_needs_some_words(bench: Bench, vial: int, tmp_path, unread: str) -> None:
    a_label(bench, tmp_path)
    with pytest.raises(Refused, match=r"some words|say why"):
        start(bench, vial, unread=unread)


@pytest.mark.parametrize("unread", ["it is wet " * 30, "it is\nwet all over"])
def test_the_reason_is_one_line(bench: Bench, vial: int, tmp_path, unread: str) -> None:
    a_label(bench, tmp_path)
    with pytest.raises(Refused, match="one line"):
        start(bench, vial, unread=unread)


def test_a_label_that_cannot_be_read_is_said_and_kept_with_the_start(
    bench: Bench, vial: int, tmp_path
) -> None:
    a_label(bench, tmp_path)
    with pytest.raises(Refused, match="Type the day of birth"):
        start(bench, vial, born=None, unread=WHY)
    start(bench, vial, unread=WHY)
    assert kept(bench).started_at is not None and kept(bench).note == f"label not read: {WHY}"


def test_a_label_that_was_refused_has_no_way_out_but_a_fresh_one(
    bench: Bench, vial: int, tmp_path
) -> None:
    void = a_label(bench, tmp_path / "first")
    void_paper(bench.ward, void.print_id, "wrong syringe", who=NURSE)
    with pytest.raises(Refused, match="wrong syringe"):
        start(bench, vial, label=figures(void), unread=WHY)
    for unread in ("", WHY):  # as if it had never been scanned
        with pytest.raises(Refused, match=r"read and refused: .*wrong syringe.*fresh label"):
            start(bench, vial, unread=unread)
    with pytest.raises(Refused, match="made no such label"):  # a slip of the finger
        start(bench, vial, label="2699999001")
    with pytest.raises(Refused, match="read and refused"):
        start(bench, vial, unread=WHY)
    assert kept(bench).started_at is None
    fresh = a_label(bench, tmp_path / "second", "wrong syringe")
    start(bench, vial, born=None, label=figures(fresh))
    assert kept(bench).started_at is not None


def test_a_slip_of_the_finger_leaves_the_way_out(bench: Bench, vial: int, tmp_path) -> None:
    a_label(bench, tmp_path)
    for slip in ("2699999001", "260000100", "T 001"):
        with pytest.raises(Refused):
            start(bench, vial, label=slip)
    start(bench, vial, unread=WHY)
    assert kept(bench).started_at is not None


def test_a_square_code_of_another_ward_was_read(bench: Bench, vial: int, tmp_path) -> None:
    a_label(bench, tmp_path)
    with pytest.raises(Refused, match="made no such label"):
        start(bench, vial, label=label_code("15P1-T099", "XX-2026-00001", 9))
    with pytest.raises(Refused, match="read and refused"):
        start(bench, vial, unread=WHY)


def test_any_other_dose_given_asks_for_its_label_too(bench: Bench, tmp_path) -> None:
    in_induction(bench, 15)
    sign(bench, VINCRISTINE)
    check(bench.ward, bench.infant, VINCRISTINE)
    label = printed(bench, label_key(VINCRISTINE), tmp_path)
    giver = by(bench.ward, bench.infant)
    with pytest.raises(Refused, match="birthday does not stand in for it"):
        record_given(bench.ward, bench.infant, *VINCRISTINE, giver, who=NURSE)
    scanned = TwoIdentifiers("T 001", None, label.code)
    record_given(
        bench.ward, bench.infant, *VINCRISTINE, replace(giver, identifiers=scanned), who=NURSE
    )
    assert kept(bench).state == "given" and kept(bench).note == ""


def test_a_label_that_cannot_be_read_is_kept_with_any_other_dose(bench: Bench, tmp_path) -> None:
    in_induction(bench, 15)
    sign(bench, VINCRISTINE)
    check(bench.ward, bench.infant, VINCRISTINE)
    printed(bench, label_key(VINCRISTINE), tmp_path)
    unread = replace(band(bench.ward, bench.infant), unread=WHY)
    giver = by(bench.ward, bench.infant, identifiers=unread)
    record_given(bench.ward, bench.infant, *VINCRISTINE, giver, who=NURSE)
    assert kept(bench).note == f"label not read: {WHY}"


def test_a_dose_of_paper_hours_needs_no_label(bench: Bench, tmp_path) -> None:
    """Nothing could be scanned then, and a label of a dose that is over holds no more."""
    in_induction(bench, 15)
    sign(bench, VINCRISTINE)
    printed(bench, label_key(VINCRISTINE), tmp_path)
    giver = by(bench.ward, bench.infant, paper=PAPER)
    record_given(bench.ward, bench.infant, *VINCRISTINE, giver, who=NURSE)
    assert kept(bench).state == "given"
