"""What a paper is that does not come from the living ward: an emergency copy, or a replaced ward."""

REPLACED = "REPLACED WARD"
_COPY = "EMERGENCY COPY"


def stamp_of(emergency: str) -> tuple[str, str]:
    """The two words of the stamp on such a paper.

    Args:
        emergency: which copy, or which replaced ward, it was printed from.
    """
    first, _, second = (REPLACED if emergency.startswith(REPLACED) else _COPY).partition(" ")
    return first, second
