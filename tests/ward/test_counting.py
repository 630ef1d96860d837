"""Blood counts: zero is a value, not done is not zero, twice is once, corrections in the open."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from bedside.store.queries import of_infant
from bedside.store.records import BloodCount
from bedside.units.quantities import Anc, Platelets, WhiteCells
from bedside.units.refusal import Refused
from bedside.ward.anc_both import contradiction
from bedside.ward.anc_ruling import ruling_anc
from bedside.ward.count_judging import judge_count, judge_worked_out
from bedside.ward.counting import void_counts, work_out_anc
from bedside.ward.counts_page import counts_page, preview_start
from bedside.ward.facts import facts_of
from bedside.ward.forms import EnteredCount, NewCounts
from bedside.ward.gate_facts import Seen, newest
from bedside.ward.where import where_are_we
from tests.ward.wards import BERLIN, NURSE, Bench


@pytest.fixture
def ward(bench: Bench) -> Bench:
    bench.site()
    bench.enrol()
    bench.at(2026, 10, 7, 8, 0)
    return bench


def test_anc_is_worked_out_and_kept(ward: Bench) -> None:
    ward.count(
        None,
        41_000,
        wbc=WhiteCells(2000),
        wbc_state="done",
        neutrophils_percent=Decimal(28),
        bands_percent=Decimal(3),
        anc_state="done",
    )
    row = facts_of(ward.ward, ward.infant).counts[-1]
    assert row.anc_per_ul == 620
    assert row.anc_source == "worked out"
    assert work_out_anc(WhiteCells(2000), Decimal(28), Decimal(3))[0] == Anc(620)


def test_zero_is_a_value(ward: Bench) -> None:
    """H21: an ANC of 0 is kept as 0, not as missing."""
    ward.count(0, 0)
    row = facts_of(ward.ward, ward.infant).counts[-1]
    assert (row.anc_per_ul, row.platelets_per_ul) == (0, 0)
    assert counts_page(ward.ward, ward.infant).rows[-1].anc_per_ul == 0


@pytest.mark.parametrize("state", ["not done", "pending", "unusable"])
def test_a_state_is_not_a_number(ward: Bench, state: str) -> None:
    """H22: not done, pending and unusable keep no number."""
    ward.count(None, 50_000, anc_state=state)
    row = facts_of(ward.ward, ward.infant).counts[-1]
    assert row.anc_per_ul is None
    assert row.anc_state == state


@pytest.mark.parametrize(
    "changes",
    [
        {"anc": None, "anc_state": "done"},
        {"anc": 500, "anc_state": "pending"},
        {"anc": None, "platelets": None, "platelets_state": "not done"},
    ],
)
def test_value_and_state_must_agree(ward: Bench, changes: dict) -> None:
    with pytest.raises(Refused):
        ward.count(**({"platelets": 50_000} | changes))
    assert facts_of(ward.ward, ward.infant).counts == ()


def test_a_differential_over_100_is_refused(ward: Bench) -> None:
    with pytest.raises(Refused, match="100 %"):
        ward.count(
            None,
            None,
            wbc=WhiteCells(2000),
            wbc_state="done",
            neutrophils_percent=Decimal(60),
            lymphocytes_percent=Decimal(41),
            anc_state="done",
        )


def test_more_neutrophils_than_white_cells_is_refused(ward: Bench) -> None:
    with pytest.raises(Refused, match="white cells of the same sample"):
        ward.count(2500, None, wbc=WhiteCells(2000), wbc_state="done")


def test_the_same_specimen_twice_is_refused(ward: Bench) -> None:
    """H24: a double click or the same slip typed twice is one record."""
    ward.count(500, 50_000)
    with pytest.raises(Refused):
        ward.count(500, 50_000)
    assert len(facts_of(ward.ward, ward.infant).counts) == 1


def test_a_struck_out_count_stays_readable_and_can_be_typed_again(ward: Bench) -> None:
    """H29: the first value stays, with reason and name."""
    wrong = ward.count(5000, 50_000)
    with pytest.raises(Refused, match="reason"):
        void_counts(ward.ward, wrong, " ", who=NURSE)
    void_counts(ward.ward, wrong, "other infant's slip", who=NURSE)
    ward.count(500, 50_000)
    rows = counts_page(ward.ward, ward.infant).rows
    assert [(row.anc_per_ul, row.voided) for row in rows] == [
        (5000, "other infant's slip"),
        (500, ""),
    ]
    with ward.ward.store.reading() as connection:
        kept = of_infant(connection, BloodCount, ward.infant, include_void=True)
    assert len(kept) == 2


def test_ten_times_is_named(ward: Bench) -> None:
    """H1: the platelets of yesterday, times ten, are named before they are kept."""
    ward.count(500, 41_000)
    ward.at(2026, 10, 8, 6, 0)
    judged = judge_count(ward.ward, ward.infant, Platelets(410_000))
    assert judged.level == "unusual"
    assert "ten times" in judged.words
    with pytest.raises(Refused, match="second time"):
        ward.count(560, 410_000, unusual_reason="")


def test_ten_times_that_would_open_a_block_is_named(ward: Bench) -> None:
    """H1, H14: 5 000 to 50 000 could be a transfusion, but it would open EPI #1: typed twice."""
    ward.count(700, 5_000)
    ward.at(2026, 10, 8, 6, 0)
    judged = judge_count(ward.ward, ward.infant, Platelets(50_000))
    assert judged.level == "unusual"
    assert "EPI #1" in judged.words
    assert judge_count(ward.ward, ward.infant, Platelets(49_000)).level == "usual"


def test_a_specimen_of_the_future_is_refused(ward: Bench) -> None:
    with pytest.raises(Refused, match="future"):
        ward.count(500, 50_000, taken_at=ward.clock() + timedelta(minutes=10))


def test_preview_says_what_a_typed_count_would_open(ward: Bench) -> None:
    rows = preview_start(ward.ward, ward.infant, Anc(620), Platelets(49_999))
    assert [(row.measure, row.result) for row in rows] == [
        ("Neutrophils, ANC", "met"),
        ("Platelets", "not met"),
        ("Any toxicity resolved", "unknown"),
    ]


def test_two_ancs_of_one_specimen_are_asked_and_the_lower_one_rules(bench: Bench) -> None:
    """White cells 1.9, neutrophils 15 %, analyser 0.60: EPI #1 was opened on the 600."""
    bench.site()
    bench.enrol()
    bench.at(2026, 10, 7, 9, 0)
    slip = {
        "wbc": WhiteCells(1900), "wbc_state": "done", "neutrophils_percent": Decimal(15),
        "entered": {
            "wbc": EnteredCount("1.9", "10*9/L"), "anc": EnteredCount("0.60", "10*9/L"),
        },
    }  # fmt: skip
    with pytest.raises(Refused, match="600 typed, 285 worked out: on two sides of the 500"):
        bench.count(600, 90_000, **slip)
    with pytest.raises(Refused, match="say which counts"):
        bench.count(600, 90_000, **slip, anc_counts="analyser")

    def read() -> Seen:
        return newest(bench.ward, facts_of(bench.ward, bench.infant), "anc", bench.clock())

    bench.count(600, 90_000, **slip, anc_counts="analyser", anc_because="smear repeated; by hand")
    assert read().value == 600
    assert "600 by the analyser, 285 worked out), smear repeated, by hand" in read().source
    bench.at(2026, 10, 7, 9, 30)
    bench.count(600, 90_000, **slip, anc_counts="worked out", anc_because="analyser flagged")
    row = facts_of(bench.ward, bench.infant).counts[-1]
    assert (row.anc_per_ul, row.anc_source, row.anc_typed) == (285, "worked out", None)
    assert "the one worked out (600 by the analyser" in row.unusual_reason
    unsaid = replace(row, anc_per_ul=600, anc_source="analyser", unusual_reason="")
    assert ruling_anc(unsaid)[0] == 285
    assert "nobody has said which counts" in ruling_anc(unsaid)[1]
    assert ruling_anc(replace(unsaid, anc_per_ul=280)) == (280, "")
    facts = replace(facts_of(bench.ward, bench.infant), counts=(unsaid,))
    seen = newest(bench.ward, facts, "anc", bench.clock())
    assert seen.value == 285 and "600 by the analyser, worked out 285" in seen.source


def test_what_rounding_explains_is_not_asked() -> None:
    entered = {"wbc": EnteredCount("1.9", "10*9/L"), "anc": EnteredCount("0.30", "10*9/L")}
    nothing = dict.fromkeys(
        ("bands_percent", "lymphocytes_percent", "monocytes_percent", "other_percent",
         "blasts_percent", "platelets", "haemoglobin"),
    )  # fmt: skip
    form = NewCounts(
        taken_at=datetime(2026, 10, 7, 9, tzinfo=BERLIN), specimen="", wbc=WhiteCells(1900),
        wbc_state="done", neutrophils_percent=Decimal(15), anc=Anc(300), anc_state="done",
        platelets_state="not done", haemoglobin_state="not done", entered=entered, **nothing,
    )  # fmt: skip
    # 1.85 to 1.95 times 14.5 to 15.5 % is 268 to 302
    assert contradiction(form, (500,)) is None
    assert contradiction(form, (290,)) is not None
    assert "rounding" in contradiction(replace(form, anc=Anc(340)), (500,)).words
    bound = {**entered, "anc": EnteredCount("0.6", "10*9/L", "<")}
    assert contradiction(replace(form, anc=Anc(600), entered=bound), (500,)) is None


def test_the_headline_says_that_the_other_anc_would_not_open_the_course(bench: Bench) -> None:
    """S2-12: one nurse settled two ANCs, and the headline was plain green. 1900 × 15 % = 285."""
    bench.ready_for_epi_1()
    slip = {
        "wbc": WhiteCells(1900), "wbc_state": "done", "neutrophils_percent": Decimal(15),
        "anc_counts": "analyser", "anc_because": "smear late",
    }  # fmt: skip
    bench.at(2026, 10, 7, 9, 30)
    bench.count(600, 90_000, **slip)
    page = where_are_we(bench.ward, bench.infant)
    assert page.mark == "hold"
    assert "EPI #1 may start on the analyser's count" in page.answer
    assert "the differential says otherwise: 285 per µL, below 500 per µL" in page.answer
    shown = counts_page(bench.ward, bench.infant).rows
    assert any("the differential says 285 per µL, set aside" in row.anc_source for row in shown)


WORKED_OUT = {
    "wbc": WhiteCells(4000),
    "wbc_state": "done",
    "neutrophils_percent": Decimal(20),
    "bands_percent": Decimal(2),
    "anc_state": "done",
}


def test_a_worked_out_anc_that_would_open_a_block_by_ten_is_named(ward: Bench) -> None:
    """H1, H14: 0.40 white cells read as 4.0 make an ANC of 88 one of 880, though nobody typed it."""
    ward.count(88, 60_000, wbc=WhiteCells(400), wbc_state="done")
    ward.at(2026, 10, 8, 6, 0)
    with pytest.raises(Refused, match=r"ANC worked out: .*ten times.*second time"):
        ward.count(None, 60_000, unusual_reason="", **WORKED_OUT)
    ward.count(None, 60_000, unusual_reason="White cells typed twice: 4.0 ×10⁹/L", **WORKED_OUT)
    assert facts_of(ward.ward, ward.infant).counts[-1].anc_per_ul == 880


@pytest.mark.parametrize(
    ("white", "neutrophils", "named"),
    [
        (4000, 15, True),  # 600: not ten times 88, but out of white cells that are
        (4000, 42, True),  # 1 680: nineteen times the ANC itself
        (3200, 16, True),  # eight times, 512
        (4000, 12, False),  # 480 would open nothing
        (3100, 20, False),
        (4900, 12, True),  # more than twelve times: the true count rises, too
    ],
)
def test_white_cells_by_ten_are_named_whatever_the_share(
    ward: Bench, white: int, neutrophils: int, named: bool
) -> None:
    """H1, H14: 0.40 read as 4.0 opens EPI #1 with any share of neutrophils; last ones 0.40, 88."""
    ward.count(88, 60_000, wbc=WhiteCells(400), wbc_state="done")
    ward.at(2026, 10, 8, 6, 0)
    typed = {
        **WORKED_OUT,
        "wbc": WhiteCells(white),
        "neutrophils_percent": Decimal(neutrophils),
        "bands_percent": None,
        "unusual_reason": "",
    }
    if named:
        with pytest.raises(
            Refused,
            match=r"(start rule of EPI #1.*white cells are \d+ times.*400|19 times the last value)",
        ):
            ward.count(None, 60_000, **typed)
        typed["unusual_reason"] = "White cells typed twice"
    ward.count(None, 60_000, **typed)
    assert facts_of(ward.ward, ward.infant).counts[-1].anc_per_ul == white * neutrophils // 100


def test_white_cells_by_ten_are_not_asked_where_the_anc_was_met_already(ward: Bench) -> None:
    ward.count(520, 60_000, wbc=WhiteCells(600), wbc_state="done")
    ward.at(2026, 10, 8, 6, 0)
    judged = judge_worked_out(ward.ward, ward.infant, Anc(600), WhiteCells(6000))
    assert judged.level == "usual"


@pytest.mark.parametrize(("white", "neutrophils"), [(6500, 14), (900, 100)])
def test_a_slip_after_a_count_of_nought_is_named_too(
    ward: Bench, white: int, neutrophils: int
) -> None:
    """H1, H14, H21: nought is a value; 0.91 typed for 0.091 after it would open EPI #1."""
    ward.count(0, 0, wbc=WhiteCells(900), wbc_state="done")
    ward.at(2026, 10, 8, 6, 0)
    anc = Anc(white * neutrophils // 100)
    for judged in (
        judge_worked_out(ward.ward, ward.infant, anc, WhiteCells(white)),
        judge_count(ward.ward, ward.infant, anc),
        judge_count(ward.ward, ward.infant, Platelets(60_000)),
    ):
        assert judged.level == "unusual" and "start rule of EPI #1" in judged.words
    assert judge_count(ward.ward, ward.infant, Anc(450)).level == "usual"
    assert judge_count(ward.ward, ward.infant, Anc(0)).level == "usual"


@pytest.mark.parametrize(
    ("white", "neutrophils", "anc", "words"),
    [(6500, 14, 910, "15"), (9000, 20, 1800, "30"), (26_000, 14, 3640, "60")],
)
def test_a_slip_on_top_of_a_true_rise_is_named_too(
    ward: Bench, white: int, neutrophils: int, anc: int, words: str
) -> None:
    """H1, H14: 6.5 typed for 0.65 after 0.40 is sixteen times, and its ANC fifteen times 60."""
    ward.count(60, 60_000, wbc=WhiteCells(400), wbc_state="done")
    ward.at(2026, 10, 8, 6, 0)
    typed = {
        **WORKED_OUT,
        "wbc": WhiteCells(white),
        "neutrophils_percent": Decimal(neutrophils),
        "bands_percent": None,
        "entered": {"wbc": EnteredCount(str(Decimal(white) / 1000), "10*9/L")},
    }
    judged = judge_worked_out(ward.ward, ward.infant, Anc(anc), WhiteCells(white))
    assert judged.level == "unusual" and f"{words} times" in judged.words
    with pytest.raises(Refused, match="second time"):
        ward.count(None, 60_000, **{**typed, "unusual_reason": ""})


@pytest.mark.parametrize(
    ("neutrophils", "words"), [(22, "ten times"), (15, "start rule of EPI #1")]
)
def test_more_than_ten_times_the_white_cells_is_named_too(
    ward: Bench, neutrophils: int, words: str
) -> None:
    """H1, H14: ">4.0" for 0.40 makes an ANC of more than 880, which opens EPI #1 as 880 would."""
    ward.count(88, 60_000, wbc=WhiteCells(400), wbc_state="done")
    ward.at(2026, 10, 8, 6, 0)
    typed = {
        **WORKED_OUT,
        "neutrophils_percent": Decimal(neutrophils),
        "bands_percent": None,
        "entered": {"wbc": EnteredCount("4.0", "10*9/L", ">")},
    }
    with pytest.raises(Refused, match=rf"ANC worked out: .*>{40 * neutrophils}.*{words}"):
        ward.count(None, 60_000, **{**typed, "unusual_reason": ""})
    ward.count(None, 60_000, **{**typed, "unusual_reason": "White cells typed twice: >4.0"})


@pytest.mark.parametrize("white", [4000, 40])
def test_fewer_white_cells_than_a_figure_prove_no_rise_and_name_no_fall(
    ward: Bench, white: int
) -> None:
    ward.count(1880, 60_000, wbc=WhiteCells(2000), wbc_state="done")
    ward.at(2026, 10, 8, 6, 0)
    anc = Anc(white * 22 // 100)
    judged = judge_worked_out(ward.ward, ward.infant, anc, WhiteCells(white), "<")
    assert judged.level == "usual"


def test_a_specimen_is_counted_once_by_the_minute_on_its_slip(ward: Bench) -> None:
    at = datetime(2026, 10, 7, 5, 57, 31, tzinfo=BERLIN)
    ward.count(500, 50_000, taken_at=at, specimen="central line")
    slip = at.replace(second=0)
    with pytest.raises(Refused, match="recorded already by"):
        ward.count(500, 50_000, taken_at=slip, specimen="Central line")
    for unsaid in ("", "not said"):
        with pytest.raises(Refused, match="both must say from where"):
            ward.count(500, 50_000, taken_at=slip, specimen=unsaid)
    ward.count(480, 50_000, taken_at=slip, specimen="heel")
    ward.count(510, 50_000, taken_at=slip + timedelta(minutes=1), specimen="central line")
    assert len(facts_of(ward.ward, ward.infant).counts) == 3


def test_not_said_and_left_open_are_the_same_specimen(ward: Bench) -> None:
    at = datetime(2026, 10, 7, 5, 57, tzinfo=BERLIN)
    ward.count(500, 50_000, taken_at=at, specimen="not said")
    with pytest.raises(Refused, match="from where not said, is recorded already by"):
        ward.count(500, 50_000, taken_at=at, specimen="")
    with pytest.raises(Refused, match="both must say from where"):
        ward.count(500, 50_000, taken_at=at, specimen="vein")


def test_a_struck_out_count_stands_against_nothing(ward: Bench) -> None:
    at = datetime(2026, 10, 7, 5, 57, tzinfo=BERLIN)
    wrong = ward.count(5000, 50_000, taken_at=at, specimen="central line")
    void_counts(ward.ward, wrong, "another infant's slip", who=NURSE)
    assert ward.count(500, 50_000, taken_at=at, specimen="") > wrong
