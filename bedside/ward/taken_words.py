"""The values of a few records in words, as the page Record writes them."""

from bedside.ward.audit_reader import record_of_infant
from bedside.ward.ward import Ward


def words_of_rows(ward: Ward, infant_id: int, rows: tuple[tuple[str, int], ...]) -> tuple[str, ...]:
    """What stands in records that were added, a line each.

    Args:
        ward: the ward.
        infant_id: whose they are.
        rows: table and number of each.
    """
    wanted = {(table.replace("_", " ").casefold(), number) for table, number in rows}
    return tuple(
        f"{line.kind}: {line.summary}"
        for line in record_of_infant(ward, infant_id).lines
        if not line.is_striking and (line.kind.casefold(), line.number) in wanted
    )
