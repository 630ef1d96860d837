"""Reads the counts of a planned dose: every try of every order of it, and the order that stands."""

from collections.abc import Sequence

from msgspec import Struct

from bedside.store.check_records import FirstCount, SecondCheck
from bedside.store.queries import of_infant
from bedside.store.signature_records import DoseOrder
from bedside.store.ward_file import Reader
from bedside.ward.signatures import state_from
from bedside.ward.views.check_state import CountedBy, Planned
from bedside.ward.ward import Ward


class CheckRows(Struct, frozen=True):
    """What is on record of one planned dose.

    ``order`` is the one that stands, None where none does; ``former`` the ones struck out since,
    oldest first. ``firsts`` and ``seconds`` belong to the standing order; ``former_seconds`` to
    the former ones.
    """

    order: DoseOrder | None
    former: tuple[DoseOrder, ...]
    firsts: tuple[FirstCount, ...]
    seconds: tuple[SecondCheck, ...]
    former_seconds: tuple[SecondCheck, ...]

    @property
    def waiting(self) -> FirstCount | None:
        """The newest count that nobody has been compared with, or None."""
        compared = {row.first_id for row in self.seconds}
        open_ones = [row for row in self.firsts if row.id not in compared]
        return open_ones[-1] if open_ones else None

    @property
    def last(self) -> SecondCheck | None:
        """The newest comparison on the standing order, or None."""
        return self.seconds[-1] if self.seconds else None


def read_checks(connection: Reader, infant_id: int, planned: Planned) -> CheckRows:
    """Read every order and count of one planned dose."""
    orders = [
        row
        for row in of_infant(connection, DoseOrder, infant_id, include_void=True)
        if (row.course_key, row.course_day, row.drug, row.route) == planned
    ]
    standing = [row for row in orders if row.voided_at is None]
    order = standing[-1] if standing else None
    former = [row for row in orders if row.voided_at is not None]
    firsts = of_infant(connection, FirstCount, infant_id)
    seconds = of_infant(connection, SecondCheck, infant_id)
    now = {order.id} if order is not None else set()
    before = {row.id for row in former}
    return CheckRows(
        order=order,
        former=tuple(former),
        firsts=tuple(row for row in firsts if row.order_id in now),
        seconds=tuple(row for row in seconds if row.order_id in now),
        former_seconds=tuple(row for row in seconds if row.order_id in before),
    )


def rows_of(ward: Ward, infant_id: int, planned: Planned) -> CheckRows:
    """As `read_checks`, from the ward."""
    with ward.store.reading() as connection:
        return read_checks(connection, infant_id, planned)


def counted_by(ward: Ward, row: FirstCount | SecondCheck) -> CountedBy:
    """Who counted, and when, in the ward's zone."""
    return CountedBy(row.name, row.role, ward.local(row.counted_at), row.person_id)


def unsigned(ward: Ward, connection: Reader, rows: Sequence[FirstCount | SecondCheck]) -> str:
    """Why the signatures of two counts do not stand, "" where both do."""
    for row in rows:
        table = "first_count" if isinstance(row, FirstCount) else "second_check"
        state = state_from(ward, connection, table, row.id)
        if not state.of("checked"):
            return state.why or f"the count of {row.name} is not signed"
    return ""
