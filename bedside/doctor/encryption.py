"""Is the ward's file encrypted, is its key file whole, and is there a keyring to open it?"""

from pathlib import Path

from bedside.doctor.finding import Finding, fit, look, not_fit
from bedside.units.refusal import Refused

ENCRYPTION = "encryption"
FILE = "ward.sqlite3"


def encryption(folder: Path) -> Finding:
    """Look at a ward's key file, without opening it."""
    from bedside.store.key_file import read_key_file
    from bedside.store.key_ring import ring_words
    from bedside.store.keys import has_keys, looks_encrypted

    file = folder / FILE
    if not has_keys(folder):
        if looks_encrypted(file):
            return not_fit(
                ENCRYPTION,
                "The ward's key file (ward.keys) is missing, or the ward's file is damaged. Put the "
                "key file back: one lies in every copy of the ward.",
            )
        if not file.exists():
            return fit(ENCRYPTION, "There is no ward yet.")
        return look(
            ENCRYPTION,
            "The ward's file is not encrypted: whoever takes this disk can read it. "
            "Encrypt it: page People (F3), What opens this ward; or bedside ward encrypt.",
        )
    try:
        content = read_key_file(folder)
    except Refused as refusal:
        return not_fit(ENCRYPTION, " ".join(refusal.reasons))
    if not content.encrypted:
        return look(
            ENCRYPTION,
            f"The ward's file is plain: {content.stated}. Bedside cannot see whether it is so.",
        )
    words = "The ward's file is encrypted, and its key file is whole."
    if content.keyring is None:
        return fit(ENCRYPTION, f"{words} Its passphrase or its recovery code opens it.")
    return fit(ENCRYPTION, f"{words} The system's keyring is to open it, too: {ring_words()}")
