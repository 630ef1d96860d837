"""What the ward shows of signatures: each in words, standing or void with the reason."""

from datetime import datetime

from msgspec import Struct


class Signer(Struct, frozen=True):
    """Who signs: confirmed by her secret, or in a ward without people by her typed name.

    Args:
        person_id: number of the person; None for a typed name.
        name: as it stands on the signature.
        role: title of the first of her roles, or as typed after the name.
    """

    person_id: int | None
    name: str
    role: str


class SignedAs(Struct, frozen=True):
    """One signature on a record; ``why`` says why it does not stand, "" while it does."""

    signature_id: int
    meaning: str
    name: str
    role: str
    at: datetime
    why: str
    person_id: int | None = None


class SignatureState(Struct, frozen=True):
    """The signatures on one record, oldest first."""

    signed: tuple[SignedAs, ...]

    @property
    def standing(self) -> bool:
        """Whether the record is signed and every signature on it stands."""
        return bool(self.signed) and not self.why

    @property
    def why(self) -> str:
        """Why not every signature stands; "" where each does."""
        return next((one.why for one in self.signed if one.why), "")

    def of(self, meaning: str) -> tuple[SignedAs, ...]:
        """The signatures of one meaning that stand."""
        return tuple(one for one in self.signed if one.meaning == meaning and not one.why)
