"""The recovery sheet of a ward, finished and frozen: printed once, locked away."""

from datetime import datetime

from msgspec import Struct


class RecoverySheet(Struct, frozen=True):
    """What opens a ward whose passphrase is lost.

    Args:
        site: hospital and ward.
        code: the recovery code, its groups with blanks or hyphens between them.
        people: the first two people of the ward.
        made_at: when the ward was made (aware).
        program: name and version.
    """

    site: str
    code: str
    people: tuple[str, str]
    made_at: datetime
    program: str
