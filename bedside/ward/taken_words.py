"""The values of a few records in words, as the page Record writes them."""

from bedside.ward.audit_reader import record_of_infant
from bedside.ward.ward import Ward


def words_of_rows(ward: Ward, infant_id: int, seqs: frozenset[int]) -> tuple[str, ...]:
    """What stands in records that were added, a line each.

    Args:
        ward: the ward.
        infant_id: whose they are.
        seqs: the numbers of their rows in the trail.
    """
    return tuple(
        f"{line.kind}: {line.summary}"
        for line in record_of_infant(ward, infant_id).lines
        if line.seq in seqs
    )
