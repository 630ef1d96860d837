"""How old is the last good copy of the ward, is one damaged, and does one lie readable beside a secret?"""

from datetime import datetime, timedelta
from pathlib import Path

from bedside.doctor.finding import Finding, fit, look

COPIES = "copies"
_OLD = timedelta(days=1)  # a ward in use makes one every few minutes


def copies(folder: Path, now: datetime, *, station: bool = False) -> Finding:
    """Look at the copies in a ward's folder; their notes can be read without a passphrase.

    Args:
        folder: the ward's folder.
        now: aware.
        station: its ward lies on a server; the copies are made here all the same.
    """
    from bedside.store.copy_folders import copies_in
    from bedside.store.keys import has_keys, mark_in
    from bedside.store.opening import BACKUPS, FILE
    from bedside.store.plain_left import plain_left
    from bedside.units.dates import age_words, write_date, write_date_time

    if not station and not (folder / FILE).exists():
        return fit(COPIES, "There is no ward yet.")
    found = copies_in(folder / BACKUPS)
    good = [copy for copy in found if copy.note is not None]
    if not good or good[0].note is None:
        return look(
            COPIES,
            "There is no good copy of the ward. Make one: bedside backup, or the page Backup.",
        )
    made = good[0].note.made_at.astimezone(now.tzinfo)
    words = f"{len(good)} good copies; the last was made on {write_date_time(made)}."
    words += " Each was read back and held against the record before it counted."
    checked = good[0].note.checked_at
    if checked is not None:  # of a large ward; of every other SQLite checks each copy
        day = write_date(checked.astimezone(now.tzinfo).date())
        words += f" SQLite last checked all its pages on {day}."
    troubles = []
    if now - made > _OLD:
        troubles.append(f"It is {age_words(now - made)} old: make one if the ward was used since.")
    if len(good) < len(found):
        count = len(found) - len(good)
        troubles.append(f"{count} cannot be read or {'is' if count == 1 else 'are'} damaged.")
    encrypted = has_keys(folder) and not mark_in(folder / FILE).startswith(b"SQLite")
    if encrypted and (left := plain_left(folder).everything):
        troubles.append(
            f"{len(left)} lie readable beside the encrypted ward: bedside ward remove-plain."
        )
    if troubles:
        return look(COPIES, " ".join((words, *troubles)))
    return fit(COPIES, words)
