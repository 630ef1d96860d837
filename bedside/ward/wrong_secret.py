"""A secret that was refused, and whose it was: of two people who sign one form, only one types again."""

from bedside.units.refusal import Refused


class WrongSecret(Refused):
    """The secret of one person is wrong, missing, or may not be tried yet; nothing was changed.

    Args:
        person_id: whose it is.
        reasons: one sentence each, as of every refusal.
    """

    def __init__(self, person_id: int, *reasons: str) -> None:
        self.person_id = person_id
        super().__init__(*reasons)
