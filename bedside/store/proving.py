"""Verifying what an open ward recorded since an earlier proof, beside work that goes on.

A few rows at a time, one table at a time: whoever wants to save waits for some milliseconds at most.
"""

from time import sleep

from bedside.store.audit import answered_for
from bedside.store.audit_recent import check_count, verify_some
from bedside.store.audit_walk import Proof
from bedside.store.proven import PAUSE_S
from bedside.store.store import Store

_ROWS = 300  # verified in some milliseconds


def verify_since(store: Store, proof: Proof) -> Proof:
    """Verify every row of the trail since a proof, and each record that they tell of.

    Args:
        store: the open ward.
        proof: of its trail up to some earlier save.

    Returns:
        The proof of the trail as it ends now.

    Raises:
        AuditBroken: a record or the trail was changed outside Bedside; the ward takes nothing more.
    """
    while True:
        with store.proving() as driver:
            fresh = verify_some(driver, proof, store.seal_key, _ROWS)
        if fresh.head == proof.head:
            return fresh
        proof = fresh
        sleep(PAUSE_S)


def verify_counts(store: Store, proof: Proof) -> Proof:
    """The same, and every table has as many rows as the trail tells of.

    Args, returns, raises: as `verify_since`.
    """
    proof = verify_since(store, proof)
    with store.proving() as driver:
        tables = ("audit", *answered_for(driver))
    for table in tables:
        with store.proving() as driver:
            proof = verify_since(store, proof)
            check_count(driver, proof, table)
        sleep(PAUSE_S)
    return proof
