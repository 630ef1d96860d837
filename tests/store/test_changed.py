"""Whom a change concerned, read off the audit trail."""

from bedside.store.changed import infants_changed, newest_change
from bedside.store.records import Infant, Measurement, SiteSetting
from tests.store.samples import add, void


def test_only_the_infants_of_later_changes_are_named(store):
    first = 1  # lies there already
    second = add(store, Infant, hospital_number="X 77", bed="7")
    weighed = add(store, Measurement, infant_id=second)
    with store.reading() as connection:
        seen = newest_change(connection)
        assert infants_changed(connection, seen) == frozenset()
        assert infants_changed(connection, 0) == {first, second}
    add(store, SiteSetting)  # about no infant
    void(store, Measurement, weighed)
    with store.reading() as connection:
        assert newest_change(connection) == seen + 2
        assert infants_changed(connection, seen) == {second}
