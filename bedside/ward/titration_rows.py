"""The decisions on doses by mouth as they are kept, without what works out the next one."""

from bedside.store.queries import of_infant
from bedside.store.records import Titration
from bedside.ward.ward import Ward


def titrations_of(
    ward: Ward, infant_id: int, *, include_void: bool = False
) -> tuple[Titration, ...]:
    """The decisions about an infant, in the order of their days."""
    with ward.store.reading() as connection:
        rows = of_infant(connection, Titration, infant_id, include_void=include_void)
    return tuple(sorted(rows, key=lambda row: (row.from_on, row.id)))
