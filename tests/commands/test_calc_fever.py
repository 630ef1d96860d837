"""`calc fever` and `calc phoenix`: the cases through the front door, the contract of their keys, refusals."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from bedside.places import place

FOLDER = Path(__file__).parents[1] / "cases"
FEVER = [
    case
    for case in tomllib.loads((FOLDER / "fever.toml").read_text("utf-8"))["case"]
    if case["ask"] == "fever" and len(case["given"]["temperatures"]) < 4
]
FUTURE = "reading of the future"
PHOENIX = tomllib.loads((FOLDER / "phoenix.toml").read_text("utf-8"))["case"]
OPTION = {
    "infection": ("--infection", ""), "age_months": ("--age-months", ""), "pf_ratio": ("--pf", ""),
    "sf_ratio": ("--sf", ""), "spo2_percent": ("--spo2", " %"), "fio2_percent": ("--fio2", " %"),
    "support": ("--support", ""), "invasive": ("--invasive", ""), "mean_mmhg": ("--map", " mmHg"),
    "systolic_mmhg": ("--systolic", " mmHg"), "diastolic_mmhg": ("--diastolic", " mmHg"),
    "lactate_mmol_l": ("--lactate", " mmol/L"), "vasoactives": ("--vasoactives", ""),
    "platelets_per_ul": ("--platelets", " /uL"), "inr": ("--inr", ""),
    "d_dimer_mg_l": ("--d-dimer", " mg/L"), "fibrinogen_mg_dl": ("--fibrinogen", " mg/dL"),
    "gcs": ("--gcs", ""), "pupils_fixed": ("--pupils-fixed", ""),
}  # fmt: skip


def moment(text: str) -> str:
    return text if "T" in text else f"2026-11-20T{text}Z"


def fever_words(given: dict[str, Any]) -> list[str]:
    readings = [text.split() for text in given["temperatures"]]
    listed = "; ".join(f"{moment(at)} {degrees} C {site}" for at, degrees, site in readings)
    words = ["fever", f"--temperatures={listed or 'none'}", f"--anc={given['anc']}"]
    words += [f"--now={moment(given['now'])}", f"--definition={given['definition']}"]
    more = ("expected_low", "steroids", "unwell")
    return words + [f"--{key.replace('_', '-')}={given[key]}" for key in more if key in given]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in FEVER])
def test_every_fever_case_through_the_front_door(case: dict[str, Any], calc: Any) -> None:
    ran = calc(*fever_words(case["given"]), "--json")
    if (
        case["name"] == FUTURE
    ):  # inside, a reading of the future is passed over; typed, it is refused
        assert (ran.code, ran.out) == (2, "")
        return
    expect, found = case["expect"], json.loads(ran.out)
    assert ran.code == 0
    assert (found["site"]["verdict"], found["ctcae"]["verdict"]) == (
        expect["site"],
        expect["ctcae"],
    )
    assert found["starts_clock"] == expect.get("clock", found["starts_clock"])
    assert (found["clock"] is not None) == found["starts_clock"]
    if "since" in expect:
        assert f"T{expect['since']}:00" in found["since"]


def _undecided(part: Any) -> list[str]:
    return part["undecided"] if isinstance(part, dict) else []


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in PHOENIX])
def test_every_phoenix_case_through_the_front_door(case: dict[str, Any], calc: Any) -> None:
    words = []
    for key, value in case["given"].items():
        option, unit = OPTION[key]
        told = {True: "yes", False: "no"}[value] if isinstance(value, bool) else f"{value}{unit}"
        words.append(f"{option}={told}")
    ran = calc("phoenix", *words, "--json")
    expect, found = case["expect"], json.loads(ran.out)
    for part in ("respiratory", "cardiovascular", "coagulation", "neurological"):
        assert found[part]["points"] == expect[part]
    assert found["total"] == expect["total"]
    assert found["total_most"] == expect.get("most", expect["total"])
    undecided = [words for key in found for words in _undecided(found[key])]
    assert undecided == expect.get("undecided", [])
    assert found["total_without_platelets"] == expect["without"]
    assert found["criteria"] is (True if expect.get("sepsis") else None)
    assert found["shock"] is (True if expect.get("shock") else None)


def test_words_for_a_person(calc: Any) -> None:
    case = next(case for case in FEVER if case["name"] == "CCLG ANC 499")
    ran = calc(*fever_words(case["given"]))
    assert "Febrile neutropenia by CCLG (United Kingdom)" in ran.out
    assert "First antibiotic due by 20-Nov-2026 11:00: passed." in ran.out
    assert "Source: CCLG outreach" in ran.out
    told = calc("phoenix", "--platelets", "26 10^9/L").out
    assert "not measured, counts 0: mean blood pressure, lactate, vasoactive drugs" in told
    assert "does not exclude sepsis" in told


def test_a_bound_that_does_not_decide_is_said_to_a_person(calc: Any) -> None:
    told = calc("phoenix", "--lactate", "> 5 mmol/L").out
    assert "cardiovascular  1 or 2  lactate >5 mmol/L" in told
    assert "not decided: lactate >5 mmol/L counts 1 or 2" in told
    assert "Nothing is less than 0" in calc("phoenix", "--lactate", "<0.0 mmol/L").err
    assert 'Only "<" and ">" are kept' in calc("phoenix", "--inr", ">=2").err


def test_a_quiet_infant_has_no_clock(calc: Any) -> None:
    ran = calc("fever", "--temperatures", "none", "--anc", "unknown", "--now", "2026-11-20T12:00Z")
    assert "no temperature of the last 24 h" in ran.out
    assert "First antibiotic" not in ran.out


def test_a_sites_own_file(calc: Any, tmp_path: Path) -> None:
    text = place("resources", "fever", "definitions.toml").read_text("utf-8")
    own = tmp_path / "ours.toml"
    own.write_text(text.replace("within-minutes = 60", "within-minutes = 30"), encoding="utf-8")
    asked = (
        "fever", "--temperatures", "2026-11-20T10:00Z 38.5 C oral", "--anc", "100 /uL",
        "--now", "2026-11-20T10:10Z", "--antibiotics", "2026-11-20T10:40Z", "--rules", str(own),
    )  # fmt: skip
    assert json.loads(calc(*asked, "--json").out)["clock"] == {
        "state": "given late",
        "due": "2026-11-20T10:30:00+00:00",
        "seconds_left": -600,
        "minutes_taken": 40,
    }
    own.write_text("edition = 1", encoding="utf-8")
    assert "ours.toml" in calc(*asked).err
    assert "cannot be read" in calc(*asked[:-1], str(tmp_path / "none.toml")).err
    own.write_bytes(b"\xff\xfe")
    assert "cannot be read" in calc(*asked).err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("fever", "--temperatures", "38.6 C axillary", "--anc", "unknown", "--now", "2026-11-20T12:00Z"), "is not time, degrees, unit and site"),
        (("fever", "--temperatures", "2026-11-20T10:00Z 386 C oral", "--anc", "unknown", "--now", "2026-11-20T12:00Z"), "decimal mark is missing"),
        (("fever", "--temperatures", "2026-11-20T10:00Z 38.6 C nose", "--anc", "unknown", "--now", "2026-11-20T12:00Z"), "axillary, oral, tympanic or rectal"),
        (("fever", "--temperatures", "none", "--anc", "unknown", "--now", "2026-11-20T12:00Z", "--definition", "ours"), "choose one of cclg"),
        (("fever", "--temperatures", "2026-11-20T11:06+01:00 38.6 C axillary", "--anc", "88 /uL", "--now", "2026-11-20T10:42+01:00"), "2026-11-20T11:06+01:00 lies after --now (2026-11-20T10:42+01:00)"),
        (("phoenix", "--gcs", "2"), "from 3 to 15"),
        (("phoenix", "--fio2", "0.4 %"), "from 21 % to 100 %"),
        (("phoenix", "--spo2", "101 %"), "at most 100 %"),
        (("phoenix", "--invasive", "yes", "--support", "no"), "is respiratory support"),
        (("phoenix", "--map", "50"), "as in 50 mmHg"),
        (("phoenix", "--map", "50 kPa"), "as in 50 mmHg"),
        (("phoenix", "--infection", "perhaps"), "yes, no or unknown"),
    ],
)  # fmt: skip
def test_refusals(words: tuple[str, ...], said: str, calc: Any) -> None:
    ran = calc(*words)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_fibrinogen_in_grams_per_litre(calc: Any) -> None:
    assert (
        json.loads(calc("phoenix", "--fibrinogen", "0.9 g/L", "--json").out)["coagulation"][
            "points"
        ]
        == 1
    )
    assert (
        json.loads(calc("phoenix", "--fibrinogen", "1 g/L", "--json").out)["coagulation"]["points"]
        == 0
    )
