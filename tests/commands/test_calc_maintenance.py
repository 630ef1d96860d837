"""`calc maintenance`: blocked without a rule, the worked example by its name, a site's own rule, each refusal."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bedside.commands.books import Books
from bedside.commands.maintenance import maintenance_of
from bedside.commands.protocols import find_protocol
from bedside.places import place
from bedside.units.refusal import Refused
from tests.protocol.titration_cases import FULL_DOSES, INVENTED

CASES = Path(__file__).resolve().parents[1] / "cases" / "maintenance.toml"
ASKED = ("maintenance", "--protocol", "aall15p1", "--birth", "2025-06-01", "--cycle-1-day-1", "2026-09-01")  # fmt: skip
EXAMPLE = ("--rule", "icicle-all-14")


@pytest.fixture
def so_far(tmp_path: Path) -> Any:
    """Writes counts and doses so far."""

    def write(text: str) -> str:
        file = tmp_path / "so-far.toml"
        file.write_text(text, encoding="utf-8")
        return str(file)

    return write


def file_of_case(given: dict[str, Any]) -> str | None:
    """The case as the command's own file; None where the command takes no such fact."""
    if "surface" in given or "weight" in given:
        return None  # the command works the surface out from weight and length
    lines = [f"on = {given['on']}"]
    for line in given.get("counts", []):
        day, values = line.split(": ")
        anc, platelets = (
            f"{value} /uL" if value.lstrip("<>").isdigit() else value
            for value in values.split(", ")
        )
        day, _, at = day.partition(" ")
        lines += [
            f"[[count]]\nat = {at}:00" if at else "[[count]]",
            f"on = {day}",
            f'anc = "{anc}"',
            f'platelets = "{platelets}"',
        ]
    for line in given.get("doses", FULL_DOSES):
        day, what = line.split(": ")
        drug, value, *unit = what.split()
        lines += ["[[dose]]", f'drug = "{drug}"', f"from = {day}"]
        lines += [f"{'mg' if unit else 'percent'} = {value}"]
    return "\n".join(lines)


def askable() -> list[Any]:
    listed = tomllib.loads(CASES.read_text(encoding="utf-8"))["case"]
    return [
        pytest.param(case, id=case["name"])
        for case in listed
        if case["given"].get("rule") is None and file_of_case(case["given"]) is not None
    ]


@pytest.mark.parametrize("case", askable())
def test_the_worked_cases_come_out_of_the_front_door(
    calc: Any, so_far: Any, case: dict[str, Any]
) -> None:
    given, expect = case["given"], case["expect"]
    text = file_of_case(given)
    born, day_1 = given.get("born", "2025-06-01"), given.get("day-1", "2026-09-01")
    ran = calc(
        "maintenance", "--protocol", "aall15p1", f"--birth={born}", f"--cycle-1-day-1={day_1}",
        *EXAMPLE, so_far(text), "--json",
    )  # fmt: skip
    if "refused" in expect:
        assert (ran.code, ran.out) == (2, "")
        assert expect["refused"] in ran.err
        return
    assert (ran.code, ran.err) == (0, "")
    found = json.loads(ran.out)
    # a missing count leaves it open, where what is known does not hold everything already
    assert found["hold"] is (None if found["missing"] and not expect["hold"] else expect["hold"])
    for drug in found["proposal"]:
        percent = "" if drug["percent"] is None else f" {drug['percent']}"
        assert f"{drug['action']}{percent}" == expect[drug["drug"]]
        assert drug["because"] or drug["missing"]
        if drug["action"] == "unknown":
            assert (drug["hold"], drug["dose"]) == (None, None)
            assert drug["blocked_by"][0].startswith("not known: ")
        if "counts" in expect.get("because", ""):
            assert expect["because"] in " ".join(drug["because"])


def test_most_of_the_cases_were_asked() -> None:
    assert len(askable()) >= 60


def test_without_a_rule_it_is_blocked_and_says_who_can_supply_it(calc: Any) -> None:
    for protocol in ("aall15p1", "interfant06", "interfant06-blinatumomab"):
        ran = calc(*ASKED[:2], protocol, *ASKED[3:], "--json")
        assert (ran.code, ran.err) == (0, "")
        found = json.loads(ran.out)
        assert (found["status"], found["proposal"], found["hold"]) == ("blocked", [], None)
        assert "is not public" in found["blocked_by"][0]
        assert "Two people of this site enter it" in found["blocked_by"][1]
        assert "[maintenance]" in found["blocked_by"][1]
    said = calc(*ASKED).out
    assert "BLOCKED, no dose is proposed" in said
    assert " mg" not in said


def test_the_demonstration_has_no_say_for_another_protocol(calc: Any) -> None:
    """Site values of one protocol never answer for another."""
    site = str(place("resources", "demo", "site_values.toml"))
    ran = calc(*ASKED[:2], "interfant06", *ASKED[3:], "--site-values", site)
    assert ran.code == 2
    assert "not for interfant06" in ran.err


def test_the_worked_example_says_each_time_whose_it_is(calc: Any, so_far: Any) -> None:
    history = so_far(
        'on = 2026-09-01\nweight = "9 kg"\nlength = "72 cm"\n'
        '[[count]]\non = 2026-09-01\nanc = "1.2 10^9/L"\nplatelets = "120 10^9/L"\n'
    )
    ran = calc(*ASKED, *EXAMPLE, history)
    assert ran.code == 0
    assert "a rule of another trial, not of any protocol here; not for treatment" in ran.out
    assert "A proposal, not a decision" in ran.out
    assert "Source: ICiCLe-ALL-14 maintenance rules" in ran.out
    # Mosteller: the root of 72 × 9 / 3600 is 0.424264…; 60 times that is 25.455844…
    assert "mercaptopurine: START  100 %, about 25.455844 mg each day" in ran.out
    found = json.loads(calc(*ASKED, *EXAMPLE, history, "--json").out)
    assert (found["evidence"], found["bsa_m2"]) == ("related", "0.4243")
    assert found["proposal"][0]["dose_by_body"] == "60 mg/m2"
    assert found["proposal"][0]["dose"].startswith("25.4558")


def test_without_a_body_the_dose_is_per_square_metre(calc: Any) -> None:
    found = json.loads(calc(*ASKED, *EXAMPLE, "--json").out)
    assert [drug["dose"] for drug in found["proposal"]] == ["60 mg/m2", "20 mg/m2"]
    assert "record weight and length" in found["proposal"][0]["blocked_by"][-1]
    assert [drug["hold"] for drug in found["proposal"]] == [None, None]
    assert "No count is recorded" in found["missing"][0]


def test_a_site_rule_answers_and_is_marked(calc: Any, tmp_path: Path, so_far: Any) -> None:
    site = tmp_path / "site.toml"
    site.write_text(INVENTED.read_text(encoding="utf-8"), encoding="utf-8")
    ran = calc(*ASKED, "--site-values", str(site), "--json")
    found = json.loads(ran.out)
    assert (found["evidence"], found["demonstration"]) == ("site", True)
    assert "not confirmed by two people" in found["rule"]
    both = calc(*ASKED, "--site-values", str(site), *EXAMPLE)
    assert both.code == 2
    assert "are two rules" in both.err
    stopped = so_far('on = 2026-09-02\n[[count]]\non = 2026-09-02\nanc = "100 /uL"\n')
    held = calc(*ASKED, "--site-values", str(site), stopped)
    assert "HOLD: every drug is or stays stopped." in held.out
    assert "DO NOT START" in held.out


def test_a_rounding_too_coarse_prints_no_dose(calc: Any, tmp_path: Path, so_far: Any) -> None:
    site = tmp_path / "site.toml"
    coarse = '\n[[drug]]\ndrug = "methotrexate"\nrounding = { name = "to 10 mg", step = 10, most-percent = 5 }\n'
    site.write_text(INVENTED.read_text(encoding="utf-8") + coarse, encoding="utf-8")
    history = so_far('on = 2026-09-02\nweight = "9 kg"\nlength = "72 cm"\n[[count]]\non = 2026-09-02\nanc = "1200 /uL"\nplatelets = "120000 /uL"\n')  # fmt: skip
    found = json.loads(calc(*ASKED, "--site-values", str(site), history, "--json").out)
    second = found["proposal"][1]
    assert second["dose"] is None  # 1.5 × 9 = 13.5 mg, to 10 mg is 26 % less
    assert "the site allows 5 %" in second["blocked_by"][0]
    said = calc(*ASKED, "--site-values", str(site), history).out
    assert "methotrexate: START  100 %\n" in said


REFUSED = (
    ("[[count]]\non = 2026-09-15\nanc = 400\n", "a text in quotes is needed"),
    ('[[count]]\non = 2026-09-15\nanc = "400"\n', "anc:"),
    ('[[count]]\nanc = "400 /uL"\n', "a day is missing"),
    ('[[count]]\non = 2026-09-15\nat = "02:10"\n', "a time of day is needed, as 02:10:00"),
    ('[[count]]\non = "2026-09-15"\n', "a day is needed, as 2026-11-20 without quotes"),
    ('[[dose]]\ndrug = "mercaptopurine"\nfrom = 2026-09-01\n', "one of the two, 0 stops"),
    ('[[dose]]\ndrug = "mercaptopurine"\nfrom = 2026-09-01\npercent = 100\nmg = 20\n', "one of the two"),
    ('[[dose]]\ndrug = "mercaptopurin"\nfrom = 2026-09-01\npercent = 100\n', "is not in the drug list"),
    ('[[dose]]\ndrug = "mercaptopurine"\nfrom = 2026-09-01\npercent = -5\n', "a number above 0"),
    ('[[dose]]\ndrug = "mercaptopurine"\nfrom = 2026-09-01\npercent = true\n', "a number above 0"),
    ('weight = "9,3 kg"\n', "write 9.3 kg"),
    ("wieght = 9\n", "is weight meant?"),
    ("on = 2026-08-31\n", "before day 1 of cycle 1"),
    ("on = 9999-12-31\n", "the year 9999 cannot be meant"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "words"), REFUSED)
def test_a_faulty_file_is_refused_in_one_line(
    calc: Any, so_far: Any, text: str, words: str
) -> None:
    ran = calc(*ASKED, *EXAMPLE, so_far(text))
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err
    assert ran.err.count("\n") == 1


def test_files_that_are_not_there_or_not_text_are_refused(calc: Any, tmp_path: Path) -> None:
    for words in (("nowhere.toml",), ("--rule", "nowhere.toml")):
        ran = calc(*ASKED, *words)
        if words[0] == "nowhere.toml":
            assert "FILE: there is no file" in ran.err
        else:
            assert "or write icicle-all-14" in ran.err
    odd = tmp_path / "odd.toml"
    odd.write_bytes(b"\xff\xfe")
    assert "cannot be read as UTF-8" in calc(*ASKED, *EXAMPLE, str(odd)).err
    odd.write_text("x" * 1_000_001, encoding="utf-8")
    assert "far too large" in calc(*ASKED, *EXAMPLE, str(odd)).err


def test_a_protocol_without_maintenance_titrates_nothing() -> None:
    protocol = find_protocol("aall15p1", Books())
    bare = replace(protocol, courses=protocol.courses[:2])
    with pytest.raises(Refused, match="has no Maintenance of its own"):
        maintenance_of(bare)


def test_without_a_count_it_is_not_said_that_nothing_is_held(calc: Any) -> None:
    """Unknown never passes: no count leaves the hold open, in words and in JSON."""
    words = " ".join([*ASKED, *EXAMPLE])
    ran = calc("--lines", "-", stdin=f"{words}\n".encode())
    found = json.loads(ran.out)
    assert found["missing"] and found["hold"] is None
    assert "NOT KNOWN" in calc(*ASKED, *EXAMPLE).out


def test_a_share_that_cannot_be_meant_is_refused(calc: Any, so_far: Any) -> None:
    text = '[[dose]]\ndrug = "mercaptopurine"\nfrom = 2026-09-01\npercent = {}\n'
    assert "cannot be meant" in calc(*ASKED, *EXAMPLE, so_far(text.format(1000))).err
    assert calc(*ASKED, *EXAMPLE, so_far(text.format(500))).code == 0


KNOWN = (
    'on = 2026-09-01\nweight = "9 kg"\nlength = "72 cm"\n'
    '[[count]]\non = 2026-09-01\nanc = "1600 /uL"\nplatelets = "90 10^9/L"\n'
)


def test_nothing_known_is_blocked_and_says_by_what(calc: Any, so_far: Any) -> None:
    found = json.loads(calc(*ASKED, *EXAMPLE, "--json").out)
    assert found["status"] == "blocked"
    assert found["blocked_by"] == [
        "No count is recorded: record ANC and platelets.",
        "There is no body surface: record weight and length, this dose is per m².",
    ]
    found = json.loads(calc(*ASKED, *EXAMPLE, so_far(KNOWN), "--json").out)
    assert (found["status"], found["blocked_by"]) == ("proposed", [])


def test_a_stop_is_proposed_whatever_the_body(calc: Any, so_far: Any) -> None:
    low = KNOWN.replace("1600", "100").replace('weight = "9 kg"\nlength = "72 cm"\n', "")
    dosed = low + "".join(
        f'[[dose]]\ndrug = "{drug}"\nfrom = 2026-09-01\npercent = 100\n'
        for drug in ("mercaptopurine", "methotrexate")
    )
    found = json.loads(calc(*ASKED, *EXAMPLE, so_far(dosed), "--json").out)
    assert {row["action"] for row in found["proposal"]} == {"stop"}
    assert found["status"] == "proposed"


def test_lines_answer_it_too(calc: Any, so_far: Any) -> None:
    words = " ".join([*ASKED, *EXAMPLE, so_far(KNOWN)])
    ran = calc("--lines", "-", stdin=f"{words}\n{' '.join(ASKED)}\n".encode())
    first, second = (json.loads(line) for line in ran.out.splitlines())
    assert first["status"] == "proposed"
    assert second["status"] == "blocked"


LINES = (
    "[[count]]", "[[dose]]", "[count]", "on = 2026-09-01", "on = 2026-10-13", "on = 2199-12-31",
    "on = 1", 'anc = "0 /uL"', 'anc = "1600 /uL"', 'anc = "pending"', "anc = 5",
    'platelets = "90 10^9/L"', 'platelets = ""', 'drug = "mercaptopurine"',
    'drug = "methotrexate"', 'drug = "azacitidine"', "from = 2026-09-01", "from = 2026-09-15",
    "percent = 0", "percent = 100", "percent = 1000000000000000000000000000001", "percent = 0.1",
    "mg = 20", "mg = 0", 'mg = "20"', 'weight = "9 kg"', 'length = "72 cm"', "weight = {}",
    "x = [", "= 3", "\x00",
)  # fmt: skip


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=12)), max_size=14))
def test_any_file_is_answered_or_refused(
    calc_run: Any, tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.toml"
    file.write_text("\n".join(lines), encoding="utf-8", errors="replace")
    ran = calc_run(*ASKED, *EXAMPLE, str(file), "--json")
    assert ran.code in (0, 2)
    assert "fault of Bedside" not in ran.err
    if ran.code == 0:
        assert json.loads(ran.out)["status"] in ("proposed", "blocked")
    else:
        assert len(ran.err.splitlines()) == 1
