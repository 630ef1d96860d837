"""A new account whose name is spelt nearly as another's: somebody else says that they are two."""

import pytest

from bedside.units.refusal import Refused
from bedside.ward.people import people
from bedside.ward.people_acts import add_person
from tests.ward.peopled import BERG, KELLER, OKONJO, SECRETS, enter, new
from tests.ward.test_people import ids  # noqa: F401 (a fixture)


def reasons(act, *typed, **more):
    with pytest.raises(Refused) as refused:
        act(*typed, **more)
    return " ".join(refused.value.reasons)


def test_a_name_spelt_nearly_as_anothers_is_told_apart_by_name_and_by_somebody_else(bench, ids):  # noqa: F811
    """Erica Berg beside Erika Berg: one person twice would be two people everywhere (H26)."""
    ward = bench.ward
    who = enter(ward, KELLER)
    near = new("Erica Berg", "nurse")
    herself = (ids[BERG], SECRETS[BERG])
    assert "somebody else who knows both" in reasons(
        add_person, ward, near, who=who, second=herself
    )
    assert "Erica Berg" not in [one.name for one in people(ward)]
    add_person(ward, near, who=who, second=(ids[OKONJO], SECRETS[OKONJO]))
    with ward.store.reading() as connection:
        (act,) = connection.exec_driver_sql(
            "SELECT act FROM audit ORDER BY seq DESC LIMIT 1"
        ).fetchone()
    said = f"added Erica Berg, with {OKONJO}, who says that this is another person than Erika Berg"
    assert act == said
    mixed = new("\u0415rika Lind", "nurse")
    assert "two scripts" in reasons(add_person, ward, mixed, who=who, second=herself)
