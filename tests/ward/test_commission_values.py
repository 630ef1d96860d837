"""A real ward doses from what two people recorded, and its papers say whether they may be signed."""

from pathlib import Path

import pytest
from pypdf import PdfReader

from bedside.protocol.site_value_reader import read_site_values_text
from bedside.protocol.site_values import NO_SITE_VALUES
from bedside.store.commission_records import CommissionValue
from bedside.store.queries import all_of
from bedside.ward.commission_compare import withdraw
from bedside.ward.commission_state import scope_state
from bedside.ward.commission_values import trouble_of, values_text
from bedside.ward.commissioning import enter, finish_pass
from bedside.ward.dosing import doses_page
from bedside.ward.infants import banner
from bedside.ward.printing import make_paper
from bedside.ward.site import save_site, site_form
from tests.ward.commissioned import (
    ANSWERS,
    KELLER,
    OKONJO,
    commission,
    commission_course,
    type_all,
)
from tests.ward.wards import DOCTOR, Bench

P, EPI, DRUG = "aall15p1", "epi-1", "formulary/azacitidine"
# what the dose of a 6.2 kg infant needs: 15.5 mg, to 0.5 mg, of 10 mg per mL
FITTING = {
    f"{DRUG.replace('/', '__')}__{key}": text
    for key, text in (
        ("strength", "100 mg"),
        ("concentration", "10 mg/mL"),
        ("syringe-step", "0.05 mL"),
        ("step", "0.5 mg"),
        ("most-percent", "5 %"),
        ("minutes", "30"),
    )
}
EPI_NUMBERS = {
    "epi-1__most__azacitidine__iv": "not stated",
    "epi-1__age-factors__azacitidine__iv": "not stated",
}


def paper(bench: Bench, folder: Path, kind: str = "dosing-sheet") -> str:
    key = f"{kind}:epi-1"
    made = make_paper(bench.ward, bench.infant, key, folder, who=DOCTOR, why="lost")
    return PdfReader(made.path).pages[0].extract_text()


def fit(bench: Bench) -> None:
    for who in (KELLER, OKONJO):
        type_all(bench.ward, "site", DRUG, who, **FITTING)


def test_papers_say_not_commissioned_until_the_last_number_is_in(
    bench: Bench, tmp_path: Path
) -> None:
    bench.open_epi_1(confirmed=False)
    folder = tmp_path / "papers"
    assert "NOT COMMISSIONED" in paper(bench, folder)
    fit(bench)
    type_all(bench.ward, P, EPI, KELLER, **EPI_NUMBERS)
    assert "NOT COMMISSIONED" in paper(bench, folder)
    type_all(bench.ward, P, EPI, OKONJO, **EPI_NUMBERS | {"epi-1__length": "50"})
    text = paper(bench, folder)
    assert "NOT COMMISSIONED" in text and "Not to be signed" in text and "I order this" not in text
    assert "NOT COMMISSIONED" in paper(bench, folder, "roadmap")
    _settle(bench)
    text = paper(bench, folder)
    assert "NOT COMMISSIONED" not in text and "Not to be signed" not in text
    assert "15.5 mg" in text and "1.55 mL" in text and "I order this" in text
    assert "site values 16 numbers of 07" in " ".join(text.split())
    assert "NOT COMMISSIONED" not in paper(bench, folder, "roadmap")
    withdraw(bench.ward, P, "epi-1/length", "read from the old edition", who=DOCTOR)
    assert "NOT COMMISSIONED" in paper(bench, folder)


def _settle(bench: Bench) -> None:
    from bedside.ward.commission_compare import ask_again

    ask_again(bench.ward, P, EPI, ["epi-1/length"], who=KELLER)
    for who in (KELLER, OKONJO):
        enter(bench.ward, P, "epi-1/length", "5", who=who)
        finish_pass(bench.ward, P, EPI, who=who)


def test_the_dose_says_who_commissioned_it(bench: Bench) -> None:
    bench.open_epi_1(confirmed=False)
    assert not doses_page(bench.ward, bench.infant).commissioned
    fit(bench)
    for who in (KELLER, OKONJO):
        type_all(bench.ward, P, EPI, who, **EPI_NUMBERS)
    found = doses_page(bench.ward, bench.infant)
    assert found.commissioned and found.dose_text == "15.5 mg" and found.planned_minutes == 30
    assert any(KELLER in step and OKONJO in step for step in found.steps)
    assert bench.ward.values_for(P, "epi-2").confirmed_by is None


def test_nothing_recorded_is_no_site_value(bench: Bench) -> None:
    assert bench.ward.values_for(P, EPI) is NO_SITE_VALUES
    enter(bench.ward, P, "induction/length", "33", who=KELLER)
    assert bench.ward.values_for(P) is NO_SITE_VALUES


def test_a_length_counts_once_it_is_recorded(bench: Bench) -> None:
    commission(bench.ward, P, "induction")
    assert bench.ward.values_for(P).lengths_for(P) == {"induction": 33}
    assert bench.ward.values_for("interfant06").lengths_for("interfant06") == {}
    assert bench.ward.values_for(P) is bench.ward.values_for(P)
    withdraw(bench.ward, P, "induction/length", "typed from the wrong page", who=KELLER)
    assert bench.ward.values_for(P).lengths_for(P) == {}


def test_values_given_from_a_file_hold(bench: Bench, demonstration_values_of_program) -> None:
    """The demonstration keeps its own file."""
    commission(bench.ward, P, "induction")
    bench.ward.values = demonstration_values_of_program
    assert bench.ward.values_for(P) is demonstration_values_of_program


@pytest.fixture
def demonstration_values_of_program():
    from bedside.ward.references import demonstration_values

    return demonstration_values()


def test_contradicting_values_are_not_used_and_said(bench: Bench) -> None:
    """Two groups can contradict each other only behind the program's back: then nothing is used."""
    commission(bench.ward, P, "induction")
    with bench.ward.store.reading() as connection:
        row = next(
            r
            for r in all_of(connection, CommissionValue)
            if r.number_id.endswith("most/daunorubicin/iv")
        )
    kept = {name: getattr(row, name) for name in row.__struct_fields__[3:] if "void" not in name}
    with bench.ward.store.change(DOCTOR, "wrote a test", bench.ward.now()) as change:
        change.void(CommissionValue, row.id, "for a test")
        kept = {
            key: value
            for key, value in kept.items()
            if key not in ("recorded_at", "recorded_by", "id")
        }
        change.add(CommissionValue, **kept | {"canonical": "3 units"})
    assert bench.ward.values_for(P) is NO_SITE_VALUES
    assert any("cap in mg" in words for words in trouble_of(bench.ward, P))


def test_the_titration_rule_is_the_wards_own(bench: Bench) -> None:
    assert bench.ward.values_for(P).maintenance_for(P) is None
    commission(bench.ward, P, "maintenance-rule")
    rule = bench.ward.values_for(P).maintenance_for(P)
    assert rule is not None
    assert (rule.stop.anc_at_most, rule.resume.anc_at_least) == (333, 555)
    assert [drug.drug for drug in rule.drugs] == ["mercaptopurine", "methotrexate"]


# ---- settings --------------------------------------------------------------------------------


def test_settings_that_two_people_recorded_are_in_force(bench: Bench) -> None:
    bench.site(kind="shared-care", contacts=(("Ward clerk", "Ada", "1"),))
    commission(bench.ward, "site", "settings")
    site = bench.ward.site
    assert (site.kind, site.weight_age_days, site.count_age_hours) == ("tertiary", 3, 33)
    assert site.bsa_formula == "haycock"
    assert site.contacts[0] == ("Ward clerk", "Ada", "1")
    assert ("Cytotoxic pharmacy", "", "0407741") in site.contacts
    state = {group.key: group for group in scope_state(bench.ward, "site").groups}["settings"]
    assert state.complete


def test_a_setting_changed_by_one_person_is_commissioned_no_more(bench: Bench) -> None:
    from msgspec.structs import replace

    commission(bench.ward, "site", "settings")
    save_site(bench.ward, replace(site_form(bench.ward), weight_age_days=9), who=DOCTOR)
    state = {group.key: group for group in scope_state(bench.ward, "site").groups}["settings"]
    assert (state.done, state.total) == (7, 8)
    from bedside.ward.commission_compare import ask_again, comparison

    (row,) = comparison(bench.ward, "site", "settings", who="A. Looker, physician").to_type_again
    assert row.state == "changed since"
    ask_again(bench.ward, "site", "settings", [row.number_id], who=KELLER)
    for who in (KELLER, OKONJO):
        enter(bench.ward, "site", row.number_id, "4", who=who)
        finish_pass(bench.ward, "site", "settings", who=who)
    assert bench.ward.site.weight_age_days == 4


def test_a_setting_that_the_copy_lacks_changes_nothing(bench: Bench) -> None:
    bench.site()
    for who in (KELLER, OKONJO):
        type_all(bench.ward, "site", "settings", who, settings__place="not stated")
    assert bench.ward.site.kind == "tertiary"
    assert ANSWERS["place"] not in values_text(bench.ward, P).split("[site]")[1].split("[")[0]
    commission_again = {line[0]: line[2] for line in bench.ward.site.contacts}
    assert commission_again["Trial coordinator"] == "0407741"


def test_nothing_passes_the_recorded_values_by() -> None:
    """A real ward's values are asked for by protocol; ``ward.values`` are a file's alone."""
    rooms = Path(__file__).parents[2] / "bedside"
    allowed = {"demonstration.py"}
    found = [
        path.name
        for path in rooms.rglob("*.py")
        if "ward.values." in (text := path.read_text(encoding="utf-8")) or "ward.values," in text
        if path.name not in allowed
    ]
    assert found == []


def test_ward_and_calc_take_the_body_surface_by_the_commissioned_formula(bench: Bench) -> None:
    """The ward's banner and the exported values, which calc reads, name the same formula."""
    bench.open_epi_1()
    assert banner(bench.ward, bench.infant).bsa_formula == "Mosteller"
    commission(bench.ward, "site", "settings")
    assert banner(bench.ward, bench.infant).bsa_formula == "Haycock"
    text = values_text(bench.ward, P)
    calc = read_site_values_text(text, "exported.toml", protocol=bench.ward.protocols[P])
    assert calc.bsa_formula == bench.ward.values_for(P).bsa_formula == "haycock"


def test_a_file_that_leaves_the_ward_names_the_courses_that_are_whole(bench: Bench) -> None:
    """EPI #1 is commissioned with its formulary, EPI #2 is not: of it the file claims nothing."""
    commission_course(bench.ward, P, "epi-1")
    text = values_text(bench.ward, P, to_keep=True)
    assert 'courses = ["epi-1"]' in text
    values = read_site_values_text(text, "x", protocol=bench.ward.protocols[P])
    courses = bench.ward.protocols[P].courses
    assert [course.key for course in courses if values.confirms(course)] == ["epi-1"]
