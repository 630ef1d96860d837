"""A ward with an infant in Maintenance, with or without a rule of the site."""

from datetime import date

from bedside.places import place
from bedside.protocol.site_value_reader import read_site_values
from bedside.store.records import CourseStart
from tests.ward.wards import DOCTOR, Bench

DAY_1 = date(2026, 10, 1)


def in_maintenance(bench: Bench, *, rule: bool = True) -> Bench:
    """Enrol an infant of 12 months, in Maintenance since 01-Oct-2026; today is that day, 09:00."""
    bench.site()
    if rule:
        bench.ward.values = read_site_values(place("resources", "demo", "site_values.toml"))
    bench.enrol(born=date(2025, 9, 20), induction_day_1=date(2026, 9, 1))
    bench.at(2026, 10, 1, 9, 0)
    with bench.ward.store.change(DOCTOR, "wrote a test", bench.ward.now()) as change:
        change.add(
            CourseStart, infant_id=bench.infant, course_key="maintenance", day_1=DAY_1, note=""
        )
    return bench
