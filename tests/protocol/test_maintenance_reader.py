"""The reader of titration rules: the worked example is whole, and every fault is named with its place."""

import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bedside.places import place
from bedside.protocol.drugs import drug_names
from bedside.protocol.maintenance_reader import (
    MaintenanceFileError,
    RuleReader,
    read_rule_file,
    read_rule_text,
)
from bedside.protocol.site_value_reader import read_site_values, read_site_values_text
from bedside.protocol.site_values import LaterRule, SiteValuesError
from bedside.protocol.toml_table import read_toml
from bedside.units.refusal import Refused
from tests.protocol.titration_cases import EXAMPLE, INVENTED, example_rule, invented_rule

TEXT = EXAMPLE.read_text(encoding="utf-8")


def test_the_worked_example_says_what_the_source_says() -> None:
    rule = example_rule()
    assert (rule.stop.anc_at_most, rule.stop.platelets_at_most) == (500, 50_000)
    assert rule.reduce is not None
    assert (rule.reduce.anc_at_most, rule.reduce.platelets_at_most) == (750, 75_000)
    assert (rule.reduce.percent, rule.reduce.of) == (50, "start")
    assert (rule.resume.anc_at_least, rule.resume.platelets_at_least) == (750, 75_000)
    assert rule.raising is not None
    assert (rule.raising.anc_at_least, rule.raising.times, rule.raising.checks) == (1500, 2, 3)
    assert (rule.raising.within_days, rule.raising.least_days_apart) == (42, 14)
    mercaptopurine, methotrexate = rule.drugs
    assert [str(step) for step in mercaptopurine.steps] == ["100", "125", "150", "175"]
    assert [band.rate.value for band in mercaptopurine.start] == [Decimal(60)]
    assert [band.rate.value for band in methotrexate.start] == [Decimal(20)]
    assert methotrexate.follows is not None
    assert methotrexate.follows.after_days == (14, 28)
    assert (mercaptopurine.every, methotrexate.every) == ("day", "week")


def test_every_number_of_the_worked_example_is_related_and_names_its_source() -> None:
    rule = example_rule()
    origins = [rule.origin, rule.stop.origin, rule.resume.origin]
    assert rule.reduce is not None
    assert rule.raising is not None
    origins += [rule.reduce.origin, rule.raising.origin]
    for drug in rule.drugs:
        origins += [drug.steps_origin, *(band.origin for band in drug.start)]
        origins += [drug.follows.origin] if drug.follows is not None else []
    assert {origin.evidence for origin in origins} == {"related"}
    assert all(origin.sources and origin.named for origin in origins)
    assert rule.protocol == ""
    assert "not of any protocol here" in rule.words
    assert len(rule.sources) == 3


def test_no_protocol_carries_a_rule_of_its_own() -> None:
    """Nothing is taken for AALL15P1 or Interfant-06 that was not entered for it."""
    for file in place("resources", "protocols").glob("*.toml"):
        assert "[maintenance]" not in file.read_text(encoding="utf-8")


def test_a_sites_rule_says_whose_it_is() -> None:
    rule = invented_rule()
    assert rule.words == (
        "DEMONSTRATION, invented: invented rule (site value, invented 1), not confirmed by two people"
    )
    assert {drug.start[0].origin.evidence for drug in rule.drugs} == {"site"}
    assert rule.drugs[0].start[0].origin.sources == ("invented for tests",)
    assert rule.drug("thioguanine") is None
    assert rule.reduce is None


def test_a_confirmed_rule_names_both_people() -> None:
    top, _ = read_toml(INVENTED.read_text(encoding="utf-8"), "x", Refused)
    table = top.table("maintenance")
    assert table is not None
    rule = RuleReader(table, drug_names()).read(
        protocol="aall15p1", edition="1", confirmed=(("A. One", "B. Two"), None)
    )
    assert rule is not None
    assert rule.words == "invented rule (site value, 1), confirmed by A. One and B. Two"


# each: a piece of the example, what stands there instead, words of the fault
SPOILT = (
    ("anc-at-most-per-ul = 500,", "", "maintenance > stop > anc-at-most-per-ul: this is missing"),
    ("anc-at-most-per-ul = 500,", "anc-at-most-per-ul = 750,", "reduce: its counts must lie above"),
    ("platelets-at-most-per-ul = 50000", "platelets-at-most-per-ul = 75000", "must lie above those of the stop"),
    ("platelets-at-least-per-ul = 75000", "platelets-at-least-per-ul = 50000", "resume: its counts must lie above"),
    ("anc-at-least-per-ul = 750,", "", "resume > anc-at-least-per-ul: this is missing"),
    ("platelets-at-most-per-ul = 75000,", "", "reduce > platelets-at-most-per-ul: this is missing"),
    ("anc-at-least-per-ul = 1500,", "anc-at-least-per-ul = 750,", "its ANC must lie above 750"),
    ("anc-at-least-per-ul = 1500,", "", "raise > anc-at-least-per-ul: this is missing"),
    ("times = 2", "times = 4", "4 of 3 checks cannot be"),
    ("percent = 50, of", "percent = 100, of", "100 per cent is too much here: at most 99"),
    ("percent = 100, of", "percent = 101, of", "101 per cent is too much here: at most 100"),
    ('of = "start"', 'of = "beginning"', "write one of start, before"),
    ('drug  = "mercaptopurine"', 'drug  = "mercaptopurin"', "is not in the drug list"),
    ('drug  = "methotrexate"', 'drug  = "mercaptopurine"', "stands there twice"),
    ('route = "PO"\n  every = "day"', 'route = "IV"\n  every = "day"', "'IV' is not by mouth"),
    ('route = "PO"\n  every = "day"', 'route = ""\n  every = "day"', "a text in quotes is needed"),
    ('every = "week"', 'every = "month"', "write one of day, week"),
    ('percent = [100, 125, 150, 175], evidence = "related", source = ["T1"] }', 'percent = [125, 150], evidence = "related", source = ["T1"] }', "the first step is 100"),
    ('percent = [100, 125, 150, 175], evidence = "related", source = ["T1"] }', 'percent = [100, 150], evidence = "related", source = ["T1"] }', "each must be a step of mercaptopurine"),
    ('follows = { drug = "mercaptopurine"', 'follows = { drug = "methotrexate"', "must be another drug of this rule"),
    ("value = 60,", "", "value: this is missing"),
    ('value = 60, unit = "mg per m2", ', "", "a starting dose needs its value and unit"),
    ("from-month = 12, value = 60", "from-month = -1, value = 60", "a whole number from 1 is needed"),
    ('title    = "ICiCLe-ALL-14, worked example"', "", "maintenance > title: this is missing"),
    ('evidence = "related"\nsource   = ["T1"]', 'evidence = "site"\nsource   = ["T1"]', "only 'related' fits in this file"),
    ('stop = { anc-at-most-per-ul = 500, platelets-at-most-per-ul = 50000, evidence = "related", source = ["T1"] }', "", "stop: this is missing"),
    ("resume = {", "resumed = {", "this key is not known: is resume meant?"),
    ('source = ["T2"] }', 'source = ["T9"] }', "'T9' is not in [sources]"),
    ('check-every = { days = 14, evidence = "related", source = ["T2"] }', 'check-every = { days = 14, evidence = "related" }', "check-every > source: this is missing"),
    ("check-every = { days = 14,", "check-every = {", "check-every > days: this is missing"),
    ("least-days-apart = 14", "least-days-apart = 22", "3 checks 22 days apart do not fit into 42 days"),
    ("within-days = 42", "within-weeks = 6", "within-days: this is missing"),
    ("\n[maintenance]\n", "\n[maintenence]\n", "is maintenance meant?"),
    ('steps = { percent = [100, 125, 150, 175], evidence = "related", source = ["T1"], note = "read as the steps of mercaptopurine" }', "", "steps: this is missing"),
)  # fmt: skip


@pytest.mark.parametrize(("there", "instead", "words"), SPOILT)
def test_a_spoilt_rule_is_refused_with_its_place(there: str, instead: str, words: str) -> None:
    assert there in TEXT
    with pytest.raises(MaintenanceFileError) as refused:
        read_rule_text(TEXT.replace(there, instead, 1), "rule.toml")
    assert any(words in reason for reason in refused.value.reasons), refused.value.reasons
    assert all(reason.startswith("rule.toml: ") for reason in refused.value.reasons)


def test_steps_without_a_rule_for_rising_are_refused() -> None:
    start = TEXT.index("raise = {")
    spoilt = TEXT[:start] + TEXT[TEXT.index("\n", start) :]
    with pytest.raises(MaintenanceFileError, match="nothing says when a dose rises"):
        read_rule_text(spoilt, "rule.toml", drug_names())


def test_bands_of_age_stand_in_order() -> None:
    text = INVENTED.read_text(encoding="utf-8").replace("from-month = 12", "from-month = 6")
    top, faults = read_toml(text, "site.toml", Refused)
    table = top.table("maintenance")
    assert table is not None
    RuleReader(table, drug_names()).read(protocol="aall15p1", edition="1")
    assert any("bands stand in rising order" in fault for fault in faults.found)


@pytest.mark.parametrize(
    ("there", "instead", "words"),
    [
        ('evidence = "site"', 'evidence = "related"', "only 'site' fits in this file"),
        ('source   = ["invented for tests"]', 'source   = [" "]', "say where this is read"),
        (
            "check-every = { days = 14 }",
            'check-every = { days = 14, evidence = "related" }',
            "only",
        ),
    ],
)
def test_a_sites_own_table_is_as_strict(there: str, instead: str, words: str) -> None:
    text = INVENTED.read_text(encoding="utf-8")
    assert there in text
    top, faults = read_toml(text.replace(there, instead), "site.toml", Refused)
    table = top.table("maintenance")
    assert table is not None
    RuleReader(table, drug_names()).read(protocol="aall15p1", edition="1")
    assert any(words in fault for fault in faults.found), faults.found


def test_a_rule_without_check_every_reads() -> None:
    text = INVENTED.read_text(encoding="utf-8").replace("check-every = { days = 14 }\n", "")
    assert invented_rule(text).check_every_days is None


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "rule.toml"
    file.write_bytes(b"key = '\xff'")
    with pytest.raises(MaintenanceFileError, match="byte 7 is not UTF-8"):
        read_rule_file(file)


def test_a_file_without_a_rule_is_refused() -> None:
    text = TEXT[: TEXT.index("\n[maintenance]")]
    with pytest.raises(MaintenanceFileError, match="maintenance: this is missing"):
        read_rule_text(text, "rule.toml")


def test_site_values_carry_the_rule_for_their_own_protocol_only() -> None:
    text = INVENTED.read_text(encoding="utf-8")
    confirmed = text.replace(
        "demonstration = true", '[confirmed]\nby = ["A. One", "B. Two"]\non = 2026-10-01', 1
    )
    values = read_site_values_text(confirmed, "site.toml")
    rule = values.maintenance_for("aall15p1")
    assert rule is not None
    assert (rule.protocol, rule.confirmed_by) == ("aall15p1", ("A. One", "B. Two"))
    assert rule.confirmed_on == date(2026, 10, 1)
    assert values.maintenance_for("interfant06") is None
    with pytest.raises(SiteValuesError, match="maintenance > stop: this is missing"):
        read_site_values_text(confirmed.replace("stop   =", "halt   ="), "site.toml")


def test_the_demonstrations_rule_is_read_when_it_is_asked_for() -> None:
    """The first screen needs no titration rule: it is neither imported nor read for it."""
    path = place("resources", "demo", "site_values.toml")
    now, later = read_site_values(path), read_site_values(path, rule_later=True)
    assert isinstance(later.maintenance, LaterRule)
    assert later.maintenance_for("aall15p1") == now.maintenance_for("aall15p1") is not None
    assert later.maintenance_for("interfant06") is None
    code = (
        "import sys; from bedside.ward.references import demonstration_values; demonstration_values(); "
        "print([name for name in sys.modules if 'maintenance' in name or 'titration' in name])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_a_file_without_a_rule_has_none_later_either(tmp_path: Path) -> None:
    file = tmp_path / "site.toml"
    file.write_text('protocol = "aall15p1"\nedition = "1"\n', encoding="utf-8")
    assert read_site_values(file, rule_later=True).maintenance_for("aall15p1") is None
