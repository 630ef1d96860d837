"""The system's own keyring, where there is one: a workstation opens its ward without the passphrase.

It holds one random key, which opens nothing but this ward's master key in the key file. It is never
required: whatever goes wrong with it is no trouble of the nurse's, she types the passphrase; the
doctor says what was wrong.
"""

from typing import Any, Protocol

SERVICE = "Bedside ward"
_LEAST_PRIORITY = 1  # below it the backend is none, or one that keeps secrets in the open


class Ring(Protocol):
    """What is asked of a keyring."""

    def get_password(self, service: str, username: str) -> str | None:
        """The secret kept under a name, or None."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a secret under a name."""

    def delete_password(self, service: str, username: str) -> None:
        """Forget it."""


def system_ring() -> Ring | None:
    """This system's keyring; None where there is none that keeps a secret."""
    return _look()[0]


def ring_words() -> str:
    """What the doctor says of it."""
    ring, words = _look()
    return f"{type(ring).__module__}.{type(ring).__name__}" if ring is not None else words


def kept_key(ring: Ring | None, ward: str) -> bytes | None:
    """The key that the keyring holds for a ward; None where it holds none, or does not say."""
    if ring is None:
        return None
    try:
        text = ring.get_password(SERVICE, ward)
        key = bytes.fromhex(text or "")
    except Exception:  # noqa: BLE001 (a keyring raises what it likes; it is never required)
        return None
    return key if len(key) == 32 else None


def keep_key(ring: Ring | None, ward: str, key: bytes) -> bool:
    """Put a key into the keyring; whether it is kept there now."""
    if ring is None:
        return False
    try:
        ring.set_password(SERVICE, ward, key.hex())
    except Exception:  # noqa: BLE001 (as above)
        return False
    return kept_key(ring, ward) == key


def forget_key(ring: Ring | None, ward: str) -> None:
    """Take a ward's key out of the keyring."""
    if ring is not None:
        try:
            ring.delete_password(SERVICE, ward)
        except Exception:  # noqa: BLE001 (as above)
            return


def _look() -> tuple[Ring | None, str]:
    try:
        import keyring

        ring: Any = keyring.get_keyring()
        if not getattr(ring, "priority", 0) >= _LEAST_PRIORITY:
            return None, "This system has no keyring that keeps a secret."
    except Exception as error:  # noqa: BLE001 (as above)
        return None, f"The system's keyring does not answer ({type(error).__name__})."
    return ring, ""
