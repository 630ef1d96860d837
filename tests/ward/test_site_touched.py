"""H13: only the settings that somebody changed or confirmed are hers; the others stay as shipped."""

import pytest
from msgspec.structs import replace

from bedside.units.refusal import Refused
from bedside.ward.site import SHIPPED, name_ward, only_touched, save_site, site_form, unconfirmed
from bedside.ward.site_overview import site_lines
from tests.ward.wards import DOCTOR, NURSE, Bench


@pytest.fixture
def ward(tmp_path):
    made = Bench(tmp_path / "ward").ward
    name_ward(made, "North Quay", "Ward 4", who=NURSE)
    yield made
    made.store.close()


def entered_by(ward, who):
    return {line.key for line in site_lines(ward) if line.by == who}


def test_what_was_not_touched_stays_as_shipped(ward):
    save_site(ward, replace(site_form(ward), kind="shared-care", weight_age_days=3), who=DOCTOR)
    assert entered_by(ward, DOCTOR) == {"kind", "weight_age_days"}
    assert entered_by(ward, NURSE) == {"site_name", "ward_name"}
    assert set(SHIPPED) - set(unconfirmed(ward)) <= {"weight_age_days", "time_zone"}
    assert ward.site.entered == {"kind", "weight_age_days", "site_name", "ward_name"}


def test_a_value_is_confirmed_as_it_is_on_purpose(ward):
    save_site(ward, site_form(ward), who=DOCTOR)
    assert entered_by(ward, DOCTOR) == set(), "reading the form confirms nothing"
    save_site(ward, site_form(ward), who=DOCTOR, confirmed=("count_age_hours", "ctcae"))
    assert entered_by(ward, DOCTOR) == {"count_age_hours", "ctcae"}
    with ward.store.reading() as reader:
        acts = reader.exec_driver_sql("SELECT act FROM audit ORDER BY seq DESC LIMIT 2").fetchall()
    assert [act for (act,) in acts] == ["confirmed settings as they are"] * 2
    save_site(ward, site_form(ward), who=NURSE, confirmed=("ctcae",))
    assert "ctcae" in entered_by(ward, DOCTOR), "what somebody confirmed stays that person's"


def test_what_another_person_recorded_meanwhile_is_not_put_back(ward):
    opened = site_form(ward)
    save_site(ward, replace(opened, count_age_hours=24), who=NURSE)
    mine = only_touched(ward, opened, replace(opened, idle_minutes=5))
    save_site(ward, mine, who=DOCTOR)
    assert (ward.site.count_age_hours, ward.site.idle_minutes) == (24, 5)
    assert entered_by(ward, DOCTOR) == {"idle_minutes"}


def test_a_contact_that_no_paper_shows_is_refused_and_one_on_record_stays(ward, monkeypatch):
    """H32: one contact stands on every infant's downtime sheet."""
    form = site_form(ward)
    for name in ("王医生", "Dr Halvorsen, and her deputy " * 5):
        with pytest.raises(Refused, match="Whom to ring: "):
            save_site(ward, replace(form, contacts=(("On call", name, "4417"),)), who=DOCTOR)
    with pytest.raises(Refused, match="The ward's name: no paper can show U\\+738B"):
        save_site(ward, replace(form, ward_name="王"), who=DOCTOR)
    monkeypatch.setattr("bedside.ward.paper_letters.paper_faults", lambda *_: [])  # as it was once
    save_site(ward, replace(form, contacts=(("On call", "王医生", "4417"),)), who=DOCTOR)
    monkeypatch.undo()
    save_site(ward, replace(site_form(ward), count_age_hours=24), who=DOCTOR)
    assert ward.site.contacts == (("On call", "王医生", "4417"),)
