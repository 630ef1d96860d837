"""Power cuts while keys change: the ward's key, its passphrase, a plain ward encrypted (P2, P21)."""

from datetime import timedelta
from pathlib import Path

from bedside.store.encrypting import encrypt_ward
from bedside.store.key_doors import WrongKey, change_passphrase, make_keys, open_by_passphrase
from bedside.store.keys import KeyNeeded, Keys
from bedside.store.passphrase import FLOOR
from bedside.store.rekey import change_keys
from bedside.store.tries import forget
from bedside.units.refusal import Refused
from tests.faults.power_found import Found, heard, judged, reopened, say
from tests.faults.scene import NOW, WHO, make_ward, opened, save

BEFORE = "heron lantern gravel sixteen plum"
AFTER = "anvil pepper comet drawer violin"
LATER = NOW + timedelta(hours=1)
FEW = 5


# ---- keys and passphrase changed


def keyed_base(folder: Path, _keys: Keys | None) -> None:
    """An encrypted ward with some saves, and its key file."""
    keys = make_keys(folder, BEFORE, slowness=FLOOR).keys
    make_ward(folder, saves=FEW, keys=keys)


def rekeyed(folder: Path, _keys: Keys | None) -> None:
    """Change the key of the file."""
    made = change_keys(folder, BEFORE, AFTER, NOW, slowness=FLOOR)
    say("changed")
    store = opened(folder, keys=made.keys)
    say("saved", save(store, FEW))
    store.close()


def passphrase_changed(folder: Path, _keys: Keys | None) -> None:
    """Change the passphrase only."""
    change_passphrase(folder, BEFORE, AFTER, NOW, slowness=FLOOR)
    say("changed")


def keyed_look(folder: Path, _keys: Keys | None, said: list[str]) -> Found:
    """The new passphrase opens it; until the change was confirmed the old one may."""
    confirmed = {*range(1, FEW + 1), *heard(said, "saved")}
    words = "no passphrase opens it"
    for passphrase in (AFTER, BEFORE)[: 1 if heard(said, "changed") else 2]:
        forget(folder)
        try:
            return reopened(folder, open_by_passphrase(folder, passphrase, LATER), confirmed)
        except (WrongKey, Refused) as refused:
            words = str(refused)
    return Found(shut_out=1, words=words)


# ---- a plain ward encrypted


def plain_base(folder: Path, _keys: Keys | None) -> None:
    """A plain ward with some saves."""
    make_ward(folder, saves=FEW)


def encrypting(folder: Path, _keys: Keys | None) -> None:
    """Encrypt it, open it, and save in it."""
    made = encrypt_ward(folder, AFTER, who=WHO, now=NOW, slowness=FLOOR)
    say("encrypted")
    store = opened(folder, keys=made.keys)
    say("saved", save(store, FEW))
    store.close()


def encrypting_look(folder: Path, _keys: Keys | None, said: list[str]) -> Found:
    """The plain ward or the encrypted one, whole; once confirmed the encrypted, the plain kept aside."""
    confirmed = {*range(1, FEW + 1), *heard(said, "saved")}
    try:
        store = opened(folder)
    except KeyNeeded:
        pass
    except Refused as refused:
        return Found(shut_out=1, words=str(refused))
    else:
        found = judged(store, confirmed)
        return found._replace(lost=found.lost + bool(heard(said, "encrypted")))
    try:
        found = reopened(folder, open_by_passphrase(folder, AFTER, LATER), confirmed)
    except (WrongKey, Refused) as refused:
        return Found(shut_out=1, words=str(refused))
    asides = list(folder.glob("replaced-*"))
    for aside in asides:
        old = reopened(aside, None, set(range(1, FEW + 1)))
        found = Found(*(a + b for a, b in zip(found[:3], old[:3], strict=True)), old.words)
    return found._replace(lost=found.lost + (len(asides) != 1))
