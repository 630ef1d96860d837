"""What of the ward's keys was begun and not ended: said at every sign-in until somebody sees to it."""

from bedside.store.key_marks import Begun, end, unended
from bedside.ward.ward import Ward

DOOR = "People (F3), What opens this ward"
_WORDS: dict[Begun, tuple[str, str]] = {
    "recovery sheet": (
        "Recovery sheet not confirmed",
        "The recovery code of this ward was made, but its printed sheet was never read back: perhaps "
        f"nobody has it. An administrator makes a new code and prints its sheet: {DOOR}.",
    ),
    "key change": (
        "Key change broken off",
        "A change of this ward's key was broken off before its end. The passphrase that opened the "
        f"ward now is the one that holds. An administrator orders the change again: {DOOR}.",
    ),
}


def key_warnings(ward: Ward) -> list[tuple[str, str]]:
    """What was begun and not ended, each short and in full; empty where nothing was."""
    return [_WORDS[what] for what in unended(ward.store.folder)]


def seen_to(ward: Ward) -> None:
    """Somebody who may change the keys has read that a change was broken off: it is told no more."""
    end(ward.store.folder, "key change")


def older_wards(ward: Ward) -> tuple[str, ...]:
    """Names of the wards that restores replaced, kept in the ward's folder, and that older keys open."""
    from bedside.store.old_keys import replaced_under_old_keys

    return tuple(each.name for each in replaced_under_old_keys(ward.store.folder))
