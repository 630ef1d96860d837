"""What the store keeps of the ward's own files: whatever every station needs, and no table says."""

from bedside.store.records import Record


class KeptFile(Record, frozen=True, kw_only=True):
    """One file of the ward as it stood; the newest of a name is the one that holds.

    Two kinds: the ward's key file, of which nothing is of use without one of its ways in, and the workbooks
    of toxicity terms. On a workstation of its own the ward's folder holds them; on a server every
    station reads them here.
    """

    file: str
    digest: str
    base64: str
