"""Intrathecal therapy of ADE and MAE: no drug is named in public, so nothing of it is worked out or planned."""

from datetime import date

import pytest

from bedside.places import place
from bedside.protocol.doses import work_dose
from bedside.protocol.model import Course, Protocol
from bedside.protocol.numbers import protocol_inventory, site_inventory
from bedside.protocol.reader import ProtocolFileError, read_protocol
from bedside.protocol.site_plan import with_site_values
from bedside.protocol.site_text import SiteHead, site_values_text
from bedside.protocol.site_value_reader import read_site_values_text
from bedside.protocol.site_values import NO_SITE_VALUES, SiteValues, SiteValuesError
from bedside.units.quantities import BodyWeight

UNNAMED = "intrathecal-therapy"
MAY_BE = ["methotrexate", "cytarabine", "hydrocortisone", "prednisolone"]
HEAD = 'protocol = "interfant06"\nedition = "invented 1"\n'
OWN = """
[[days]]
course = "ade"
drug = "{0}"
route = "IT"
days = [3]

[[dose]]
course = "ade"
drug = "{0}"
route = "IT"
by-age = [{{ from-month = 0, value = 7, unit = "mg" }}]
"""


def values(text: str, protocol: Protocol) -> SiteValues:
    return read_site_values_text(HEAD + text, "own", protocol=protocol)


def spinal(course: Course) -> list[str]:
    return [plan.drug for plan in course.drugs if plan.route == "IT"]


@pytest.mark.parametrize("protocol_key", ["interfant06", "interfant06-blinatumomab"])
@pytest.mark.parametrize("course_key", ["ade", "mae"])
def test_it_is_asked_by_each_drug_and_never_without_one(
    shelf: dict[str, Protocol], protocol_key: str, course_key: str
) -> None:
    numbers = protocol_inventory(shelf[protocol_key]).group(course_key).numbers
    asked = [one.id for one in numbers if one.route == "IT"]
    parts = ("days", "dose", "most", "age-factors")
    assert asked == [f"{course_key}/{part}/{drug}/it" for drug in MAY_BE for part in parts]
    assert all("if your copy has it here" in one.section for one in numbers if one.route == "IT")
    groups = [group.key for group in site_inventory(shelf.values()).groups]
    assert f"formulary/{UNNAMED}" not in groups and "formulary/prednisolone" in groups


def test_no_dose_is_worked_out_of_what_has_no_name(interfant06: Protocol) -> None:
    course = interfant06.course("ade")
    (plan,) = [one for one in course.drugs if one.drug == UNNAMED]
    day = date(2026, 9, 1)
    worked = work_dose(
        plan, course, birth=date(2026, 1, 1), course_day_1=day, on=day,
        weight=BodyWeight(6200), surface=None, site=NO_SITE_VALUES,
    )  # fmt: skip
    assert worked.status == "blocked" and worked.prepared is None
    (reason,) = worked.blocked_by
    assert "No public source names the drugs of the intrathecal therapy of ADE" in reason
    assert "methotrexate, cytarabine, hydrocortisone, prednisoLONE" in reason
    (missing,) = worked.missing
    assert "which drugs the intrathecal therapy of ADE is" in missing.words
    assert "two people of this site" in missing.who and "Commission (F7), ADE" in missing.where


@pytest.mark.parametrize("table", ["days = [1]", "value = 3\nunit = 'mg per dose'"])
def test_a_file_that_gives_days_or_a_dose_of_no_drug_is_refused(
    interfant06: Protocol, table: str
) -> None:
    kind = "days" if "days" in table else "dose"
    text = f'[[{kind}]]\ncourse = "mae"\ndrug = "{UNNAMED}"\nroute = "IT"\n{table}\n'
    with pytest.raises(SiteValuesError, match="names no drug: write each drug of your copy, of"):
        values(text, interfant06)


def test_the_drugs_that_the_site_names_stand_in_its_place(interfant06: Protocol) -> None:
    own = values(OWN.format("methotrexate") + OWN.format("hydrocortisone"), interfant06)
    filled = with_site_values(interfant06, own)
    assert spinal(filled.course("ade")) == ["methotrexate", "hydrocortisone"]
    assert spinal(filled.course("mae")) == [UNNAMED]  # nobody named any there
    plan = next(one for one in filled.course("ade").drugs if one.drug == "hydrocortisone")
    assert plan.days.scheduled == (3,) and plan.days.origin.evidence == "site"
    assert plan.given_origin.evidence == "site" and not plan.may_be
    assert "drug named by this site" in plan.given_origin.named


def test_values_of_another_protocol_name_nothing(
    interfant06: Protocol, shelf: dict[str, Protocol]
) -> None:
    own = values(OWN.format("methotrexate"), interfant06)
    assert with_site_values(shelf["aall15p1"], own) == shelf["aall15p1"]


def test_what_two_people_recorded_is_written_and_read_back(interfant06: Protocol) -> None:
    recorded = {
        "ade/days/prednisolone/it": "3, 10",
        "ade/dose/prednisolone/it": "from 0 months 5 mg; from 12 months 6 mg",
        "ade/days/cytarabine/it": "not stated",
        "ade/dose/cytarabine/it": "not stated",
    }
    inventory = protocol_inventory(interfant06)
    head = SiteHead("invented 1", False, (), None, "", "")
    text = site_values_text(interfant06, inventory, recorded, {}, head)
    filled = with_site_values(interfant06, read_site_values_text(text, "", protocol=interfant06))
    assert spinal(filled.course("ade")) == ["prednisolone"]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('may-be = ["methotrexate", "nothing"]', "'nothing' is not in the drug list"),
        ('may-be = ["methotrexate"]\n  dose = DOSE', "of no named drug"),
    ],
)
def test_a_protocol_file_cannot_dose_what_it_does_not_name(tmp_path, line: str, found: str) -> None:
    text = place("resources", "protocols", "interfant06.toml").read_text(encoding="utf-8")
    before, after = text.split("  may-be", 1)
    rest = after.split("\n", 1)[1]
    dose = '{ value = 3, unit = "mg per dose", evidence = "stated", source = ["S1"] }'
    if "DOSE" in line:
        rest = rest.replace('  dose    = { evidence = "absent" }\n', "", 1)
    file = tmp_path / "interfant06.toml"
    file.write_text(f"{before}  {line.replace('DOSE', dose)}\n{rest}", encoding="utf-8")
    with pytest.raises(ProtocolFileError, match=found):
        read_protocol(file)


@pytest.mark.parametrize("also", ["", "IV"])
def test_the_named_intrathecal_dose_is_never_taken_for_the_same_drug_whose_route_is_open(
    interfant06: Protocol, also: str
) -> None:
    """H19: ADE names cytarabine by a route that is not public, and may name it by this one, too."""
    vein = f'[[days]]\ncourse = "ade"\ndrug = "cytarabine"\nroute = "{also}"\ndays = [2]\n'
    own = values(OWN.format("cytarabine") + (vein if also else ""), interfant06)
    course = with_site_values(interfant06, own).course("ade")
    routes = {plan.route: plan.days.scheduled for plan in course.drugs if plan.drug == "cytarabine"}
    assert routes == ({"IV": (2,), "IT": (3,)} if also else {"not public": (), "IT": (3,)})
