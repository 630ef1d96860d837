"""The versions of CTCAE as they are chosen from, on Site and when an infant is enrolled."""

from bedside.clinical.ctcae.values import VERSIONS


def ctcae_choices() -> tuple[tuple[str, str], ...]:
    """Each version with the words shown, which no language changes, oldest first."""
    return tuple((version, f"CTCAE {version}") for version in VERSIONS)


def ctcae_faults(version: str) -> list[str]:
    """Why this is no version that grades can be by; empty for one that is."""
    if version in VERSIONS:
        return []
    return [f"Grades are by CTCAE {', '.join(VERSIONS)}; {version[:20]!r} was chosen."]
