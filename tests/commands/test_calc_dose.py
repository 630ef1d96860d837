"""`calc dose`: every drug of the day, every step, and no number where a dose is blocked."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedside.places import place

SITE = str(place("resources", "demo", "site_values.toml"))
RIGHT = {
    "--protocol": "aall15p1",
    "--course": "epi-1",
    "--day": "1",
    "--birth": "2026-05-01",
    "--course-day-1": "2026-11-20",
    "--weight": "6.2 kg",
}


def words_of(**changed: str) -> list[str]:
    """The options, some of them changed."""
    named = {f"--{key.replace('_', '-')}": value for key, value in changed.items()}
    return [f"{key}={value}" for key, value in {**RIGHT, **named}.items()]


def dose(calc: Any, **changed: str) -> dict[str, Any]:
    """The JSON answer."""
    ran = calc("dose", *words_of(**changed), "--json")
    assert (ran.code, ran.err) == (0, ""), ran.err
    return json.loads(ran.out)


def refused(calc: Any, **changed: str) -> str:
    """The one line of a refusal."""
    ran = calc("dose", *words_of(**changed))
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1
    return ran.err


@pytest.mark.parametrize(
    ("weight", "amount"),
    [
        ("6.2 kg", "15.5 mg"),
        ("6.85 kg", "17.125 mg"),
        ("6850 g", "17.125 mg"),
        ("3 kg", "7.5 mg"),
        ("1.501 kg", "3.7525 mg"),
        ("10 kg", "25 mg"),
    ],
)
def test_azacitidine_before_rounding(calc: Any, weight: str, amount: str) -> None:
    (azacitidine,) = dose(calc, weight=weight)["doses"]
    assert azacitidine["drug"] == "azacitidine"
    assert azacitidine["protocol_dose"] == "2.5 mg/kg"
    assert azacitidine["evidence"] == "stated"
    assert azacitidine["unrounded"] == amount
    assert azacitidine["status"] == "ready"
    assert azacitidine["blocked_by"] == []


def test_the_steps_show_the_arithmetic(calc: Any) -> None:
    (azacitidine,) = dose(calc)["doses"]
    assert any("2.5 mg per kg × 6.2 kg = 15.5 mg" in step for step in azacitidine["steps"])


def test_site_values_round_and_give_a_volume(calc: Any) -> None:
    """H40: unrounded, rounded and the change stand side by side."""
    found = dose(calc, weight="6.85 kg", site_values=SITE)
    (azacitidine,) = found["doses"]
    assert (azacitidine["unrounded"], azacitidine["prepared"]) == ("17.125 mg", "17.1 mg")
    assert azacitidine["change_percent"] == "-0.15"
    assert azacitidine["volume"] == "1.7 mL"  # on the marks of the syringe, 0.05 mL apart
    assert found["demonstration"] is True


def test_without_site_values_nothing_is_rounded_or_drawn_up(calc: Any) -> None:
    (azacitidine,) = dose(calc)["doses"]
    assert azacitidine["change_percent"] is None
    assert azacitidine["volume"] is None


@pytest.mark.parametrize("weight", ["25 kg", "20.5 kg", "1 kg", "0.5 kg", "12 kg"])
def test_a_blocked_dose_carries_no_number_to_copy(calc: Any, weight: str) -> None:
    """H2: an infant's stop, not an adult's cap; blocked means no prepared amount."""
    (azacitidine,) = dose(calc, weight=weight, site_values=SITE)["doses"]
    assert azacitidine["status"] == "blocked"
    assert azacitidine["prepared"] is None
    assert azacitidine["volume"] is None
    assert azacitidine["blocked_by"]


@pytest.mark.parametrize("day", ["1", "2", "3", "4", "5"])
def test_each_day_of_the_block_is_dosed_alike(calc: Any, day: str) -> None:
    found = dose(calc, day=day)
    assert [one["unrounded"] for one in found["doses"]] == ["15.5 mg"]
    assert found["date"] == f"2026-11-{19 + int(day)}"


def test_a_dose_that_is_not_public_is_listed_and_blocked(calc: Any) -> None:
    found = dose(calc, course="induction", day="8")
    drugs = {(one["drug"], one["route"]) for one in found["doses"]}
    assert {("daunorubicin", "IV"), ("vincristine", "IV"), ("cytarabine", "IV")} <= drugs
    for one in found["doses"]:
        assert one["status"] == "blocked"
        assert one["protocol_dose"] is None
        assert one["unrounded"] is None and one["prepared"] is None
        assert any("not in public sources" in reason for reason in one["blocked_by"])


@pytest.mark.parametrize(
    ("course", "day", "drug", "says"),
    [
        ("induction", "1", "hydrocortisone", "lists none there"),
        ("maintenance", "92", "methotrexate", "contradicts itself"),
        ("maintenance", "99", "hydrocortisone", "contradicts itself"),
        ("maintenance", "98", "methotrexate", "two rhythms"),
    ],
)
def test_a_disputed_day_is_listed_and_blocked(
    calc: Any, course: str, day: str, drug: str, says: str
) -> None:
    found = [one for one in dose(calc, course=course, day=day)["doses"] if one["drug"] == drug]
    reasons = [reason for one in found for reason in one["blocked_by"]]
    assert any(says in reason for reason in reasons)
    assert {one["status"] for one in found} == {"blocked"}


def test_what_no_source_dates_stands_apart(calc: Any) -> None:
    found = dose(calc, course="maintenance", day="300")
    assert {one["drug"] for one in found["doses"]} == {"mercaptopurine"}
    assert [(one["drug"], one["route"]) for one in found["left_open"]] == [("methotrexate", "PO")]


@pytest.mark.parametrize(("course", "day"), [("interim-maintenance", "20"), ("di-part-2", "14")])
def test_a_day_without_drugs_says_so(calc: Any, course: str, day: str) -> None:
    found = dose(calc, course=course, day=day)
    if course == "interim-maintenance":
        assert found["doses"] == []
        assert "Nothing is scheduled on day 20" in found["words"]
        assert "Nothing is scheduled" in calc("dose", *words_of(course=course, day=day)).out
    else:
        assert found["doses"]


@pytest.mark.parametrize(
    ("course", "day", "said"),
    [
        ("epi-1", "6", "1 to 5"),
        ("epi-1", "0", "day 1"),
        ("epi-1", "999999999", "1 to 5"),
        ("induction", "30", "1 to 29"),
        ("maintenance", "733", "2 years"),
    ],
)
def test_a_day_outside_the_course_is_refused(calc: Any, course: str, day: str, said: str) -> None:
    assert said in refused(calc, course=course, day=day)


def test_the_site_s_own_length_opens_the_days_after_the_last_dose(calc: Any) -> None:
    assert dose(calc, course="induction", day="35", site_values=SITE)["doses"] == []
    assert "1 to 35" in refused(calc, course="induction", day="36", site_values=SITE)


@pytest.mark.parametrize(
    ("birth", "said"),
    [("2026-11-21", "before the birth"), ("2016-05-01", "10 years"), ("1926-05-01", "100 years")],
)
def test_a_birth_that_cannot_be_is_refused(calc: Any, birth: str, said: str) -> None:
    """H26: the age on day 1 is worked out and looked at."""
    assert said in refused(calc, birth=birth)


def test_day_1_may_be_the_day_of_birth(calc: Any) -> None:
    assert dose(calc, birth="2026-11-20")["age"] == "0h"


def test_the_age_is_that_of_the_day_and_the_months_those_of_day_1(calc: Any) -> None:
    """H8: the anchor is day 1 of the course, in completed calendar months."""
    found = dose(calc, birth="2026-05-22", day="5")
    assert found["age_completed_months_on_day_1"] == 5
    assert found["age"] == "26w 4d"
    assert dose(calc, birth="2026-05-20", day="5")["age_completed_months_on_day_1"] == 6


@pytest.mark.parametrize(
    ("name", "said"),
    [("absent.toml", "there is no file"), (".", "there is no file"), ("/dev/zero", "no file"),
     ("", "no file"), ("x" * 3000, "--site-values"), ("a\x00b", "--site-values")],
)  # fmt: skip
def test_site_values_that_cannot_be_read_are_refused(calc: Any, name: str, said: str) -> None:
    assert said in refused(calc, site_values=name)


@pytest.mark.parametrize(
    "written",
    [b"", b"\xff\xfe", b"nonsense", b'protocol = "aall15p1"\nunknown = 1', b"\x00" * 40,
     b"[" * 5000, b'protocol = "interfant06"\nedition = "1"\n'],
)  # fmt: skip
def test_site_values_with_a_fault_are_refused_with_the_file(
    calc: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: bytes
) -> None:
    """H12, H39: no value of another protocol, no key that nobody knows."""
    monkeypatch.chdir(tmp_path)  # a long path is shortened in the one line of a refusal
    Path("values.toml").write_bytes(written)
    assert "values.toml" in refused(calc, site_values="values.toml")


def test_site_values_as_long_as_a_book_are_refused_unread(calc: Any, tmp_path: Path) -> None:
    file = tmp_path / "values.toml"
    file.write_bytes(b"#" * 2_000_000)
    assert "too large" in refused(calc, site_values=str(file))


def test_words_and_json_say_the_same(calc: Any) -> None:
    words = calc("dose", *words_of(site_values=SITE)).out
    assert "azaCITIDine, intravenous: READY  15.5 mg" in words
    assert words.startswith("DEMONSTRATION")
    assert "Source: AALL15P1" in words


@settings(max_examples=80, deadline=None)
@given(st.integers(1500, 10_000))
def test_the_dose_agrees_with_plain_fractions(calc_run: Any, grams: int) -> None:
    """H1, H40: a second way of working it out, to the last digit."""
    (azacitidine,) = dose(calc_run, weight=f"{grams} g")["doses"]
    number, _, unit = azacitidine["unrounded"].partition(" ")
    assert unit == "mg"
    assert Fraction(Decimal(number)) == Fraction(5, 2) * Fraction(grams, 1000)


ENDLESS = (
    "--protocol=interfant06", "--course=induction", "--day=15", "--birth=2026-07-14",
    "--course-day-1=2026-10-14", "--weight=6.17 kg", "--length=62 cm",
)  # fmt: skip


def test_a_dose_with_digits_without_end_is_never_ready(calc: Any) -> None:
    """H40: without a rounding rule 2173.181… units is no amount that anybody can draw up."""
    (one,) = json.loads(calc("dose", *ENDLESS, "--json").out)["doses"]
    assert one["unrounded"].startswith("2173.18")
    assert (one["status"], one["prepared"]) == ("blocked", None)
    assert any("no rounding rule is entered" in reason for reason in one["blocked_by"])
    assert [item["fact"] for item in one["missing"]] == [
        "the rounding rule of asparaginase (native E. coli)"
    ]
    told = calc("dose", *ENDLESS).out
    assert "BLOCKED" in told and "READY" not in told and "about 2" in told


def test_a_dose_that_ends_is_ready_without_a_rule(calc: Any) -> None:
    (one,) = dose(calc, weight="6.85 kg")["doses"]
    assert (one["status"], one["prepared"]) == ("ready", "17.125 mg")


def test_a_ready_dose_says_aloud_that_it_is_not_rounded_and_not_confirmed(calc: Any) -> None:
    """H40: ready and blocked have one reason, no rounding rule; the words say what makes them two."""
    told = calc("dose", *words_of(weight="6.237 kg")).out
    assert "READY  15.5925 mg, NOT ROUNDED and NOT CONFIRMED" in told
    assert "No rounding rule is entered for azaCITIDine" in told
    (one,) = dose(calc, weight="6.237 kg")["doses"]
    assert one["rounded"] is False
    assert "digits without end would be blocked" in one["cautions"][0]
    (own,) = dose(calc, weight="6.237 kg", site_values=SITE)["doses"]
    assert (own["rounded"], own["cautions"]) == (True, [])
    (blocked,) = json.loads(calc("dose", *ENDLESS, "--json").out)["doses"]
    assert blocked["rounded"] is None
    assert "has digits without end" in blocked["blocked_by"][0]


@pytest.mark.parametrize(
    ("weight", "noted"), [("6.2 kg", False), ("25 kg", True), ("0.6 kg", True)]
)
def test_a_weight_hard_to_believe_is_noted_beside_the_dose(
    calc: Any, weight: str, noted: bool
) -> None:
    """H4: the sex is not asked for, so both tables must call for a second look."""
    notes = dose(calc, weight=weight)["notes"]
    assert bool(notes) is noted
    assert all(note.startswith("--weight: ") and "boys" in note for note in notes)
    assert ("Note: --weight" in calc("dose", *words_of(weight=weight)).out) is noted


def test_a_course_in_parts_says_which_part_its_whole_key_means(calc: Any) -> None:
    """The contract's key stays: it answers for the first part, and says how the other is asked for."""
    whole = ("--protocol", "interfant06", "--course", "octadad")
    said = "octadad is in parts here, and means OCTADAD part 1; write octadad-2 for OCTADAD part 2."
    found = json.loads(
        calc("dose", *words_of(protocol="interfant06", course="octadad"), "--json").out
    )
    assert (found["course"], found["notes"][0]) == ("octadad-1", said)
    assert json.loads(calc("gate", *whole, "--json").out)["notes"] == [said]
    part = json.loads(
        calc("dose", *words_of(protocol="interfant06", course="octadad-2"), "--json").out
    )
    assert said not in part["notes"]
