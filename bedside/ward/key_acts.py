"""What opens the ward, changed from its window: an administrator and a second person, both shown.

Passphrase, recovery code and keyring are changed while the ward is open. A new key, and the first
encryption of a plain ward, need it closed: they are ordered here, done when the window has closed,
and the window opens again. Each is recorded in the ward with both names; no secret ever is.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from msgspec import Struct

from bedside.papers.recovery_sheet import RecoverySheet
from bedside.store.encrypting import encrypt_ward
from bedside.store.key_doors import (
    change_passphrase,
    is_passphrase,
    new_recovery_code,
    stop_keyring,
    use_keyring,
)
from bedside.store.key_file import read_key_file
from bedside.store.key_marks import beginning, end
from bedside.store.key_ring import ring_words, system_ring
from bedside.store.key_sharing import share_keys
from bedside.store.keys import Keys, has_keys
from bedside.store.old_keys import (
    remove_under_old_keys,
    replaced_under_old_keys,
    under_old_keys,
)
from bedside.store.passphrase import check_new
from bedside.store.plain_left import PlainLeft, plain_left, remove_plain
from bedside.store.queries import all_of
from bedside.store.records import SiteSetting
from bedside.store.rekey import change_keys
from bedside.units.refusal import Refused
from bedside.ward.backup import own_copies
from bedside.ward.backup_settings import backup_settings
from bedside.ward.one_act import one_act
from bedside.ward.passphrases import check_ward_passphrase
from bedside.ward.people import confirm_secret, has_people
from bedside.ward.people_reading import person_of, who_text
from bedside.ward.restored_open import open_acts
from bedside.ward.roles import role_book
from bedside.ward.ward import Ward

ACT = "keys"
SETTING = "ward keys"
Tell = Callable[[str], None]
Shown = tuple[tuple[int, str], tuple[int, str]]
"""Number and secret of the administrator and of the second person."""


class KeyState(Struct, frozen=True):
    """How a ward is opened.

    Args:
        kind: its file is encrypted; plain on a disk stated to be encrypted; or plain.
        stated: who stated so.
        by_keyring: this ward was told to open by a workstation's keyring.
        has_ring: this workstation has a keyring that keeps a secret.
        ring_words: what is to be said of the keyring.
        left: what of the ward lies readable beside it.
        old_copies: names of the copies that older keys open, here and on the second medium.
        why_not: why nothing can be changed here; "" where it can.
    """

    kind: Literal["encrypted", "stated", "plain"]
    stated: str
    by_keyring: bool
    has_ring: bool
    ring_words: str
    left: PlainLeft
    old_copies: tuple[str, ...]
    why_not: str


def _nothing() -> None:
    pass


class NewWays(Struct, frozen=True):
    """What a change of the keys gives: the keys where they are others, and a sheet to print."""

    keys: Keys | None
    code: str
    sheet: bytes
    confirmed: Callable[[], None] = _nothing  # to be called once the sheet was read back

    def __repr__(self) -> str:
        """Say nothing."""
        return "NewWays(…)"


class ClosedWork(Struct, frozen=True):
    """What is to be done to a ward while it is closed.

    Args:
        title: what it is, in words.
        do: does it; told each step.
    """

    title: str
    do: Callable[[Tell], NewWays]

    def __repr__(self) -> str:
        """Say what, and nothing of the secrets in it."""
        return f"ClosedWork({self.title})"


def key_state(ward: Ward) -> KeyState:
    """How the ward is opened, and what lies readable beside it."""
    folder = ward.store.folder
    content = read_key_file(folder) if has_keys(folder) else None
    kind: Literal["encrypted", "stated", "plain"] = "plain"
    if content is not None:
        kind = "encrypted" if content.encrypted else "stated"
    encrypted = kind == "encrypted"
    return KeyState(
        kind=kind,
        stated="" if content is None else content.stated,
        by_keyring=content is not None and content.keyring is not None,
        has_ring=system_ring() is not None,
        ring_words=ring_words(),
        left=plain_left(folder, *_elsewhere(ward)) if encrypted else PlainLeft((), ()),
        old_copies=tuple(path.name for path in old_copies(ward)),
        why_not=_why_not(ward),
    )


@one_act
def new_passphrase(ward: Ward, typed: str, new: tuple[str, str], shown: Shown) -> None:
    """Give the ward another passphrase.

    Args:
        ward: the open ward.
        typed: the passphrase until now, or the recovery code.
        new: the new one, twice.
        shown: the two people.

    Raises:
        Refused: a secret is wrong, a role may not, or the new one will not do.
    """
    _check_new(*new)
    both = _both(ward, shown)
    change_passphrase(ward.store.folder, typed, new[0], ward.now())
    record_keys(ward, "new ward passphrase", both)


@one_act
def new_code(ward: Ward, typed: str, shown: Shown) -> NewWays:
    """Make another recovery code; the sheet printed before opens nothing more."""
    both = _both(ward, shown)
    folder = ward.store.folder
    with beginning(folder, "recovery sheet"):
        code = new_recovery_code(folder, typed, ward.now())
    record_keys(ward, "new recovery code", both)
    return NewWays(None, code, _sheet(ward, code, both), lambda: end(folder, "recovery sheet"))


@one_act
def keyring_on(ward: Ward, typed: str, shown: Shown) -> None:
    """Let this workstation's keyring open the ward, too.

    Raises:
        Refused: there is none that keeps a secret, or as for `new_passphrase`.
    """
    ring = system_ring()
    if ring is None:
        raise Refused(f"{ring_words()} The passphrase opens the ward as before.")
    both = _both(ward, shown)
    if not use_keyring(ward.store.folder, typed, ward.now(), ring):
        raise Refused("The system's keyring did not keep it. The passphrase opens the ward.")
    record_keys(ward, "opens by this workstation's keyring, too", both)


@one_act
def keyring_off(ward: Ward, shown: Shown) -> None:
    """Let the keyring open the ward no more."""
    both = _both(ward, shown)
    stop_keyring(ward.store.folder, system_ring())
    record_keys(ward, "no longer opens by a keyring", both)


@one_act
def order_new_key(ward: Ward, typed: str, new: tuple[str, str], shown: Shown) -> None:
    """Order that the ward is encrypted anew once its window has closed.

    Raises:
        Refused: a secret is wrong, a role may not, or the new passphrase will not do.
    """
    refuse_on_station(ward)
    _check_new(*new)
    both = _both(ward, shown)
    if not is_passphrase(ward.store.folder, typed):
        raise Refused("That is not this ward's passphrase. Nothing was ordered.")
    folder = ward.store.folder
    ring = system_ring() if read_key_file(folder).keyring is not None else None

    def do(tell: Tell) -> NewWays:
        with _changing(folder):
            made = change_keys(folder, typed, new[0], at, ring=ring, tell=tell)
        return _ways(folder, (made.keys, made.recovery_code), sheet)

    sheet, at = _sheet_later(ward, both), ward.now()  # a closed ward tells nothing more
    record_keys(ward, "a new key was ordered", both)
    ward.closed_work = ClosedWork("Another key for this ward", do)


@one_act
def order_encryption(ward: Ward, new: tuple[str, str], shown: Shown) -> None:
    """Order that a plain ward is encrypted once its window has closed; see `order_new_key`."""
    refuse_on_station(ward)
    _check_new(*new)
    if ward.store.key is not None:
        raise Refused("This ward is encrypted already.")
    both = _both(ward, shown)
    folder, keys = ward.store.folder, ward.store.keys

    def do(tell: Tell) -> NewWays:
        with _changing(folder):
            made = encrypt_ward(folder, new[0], who=both[0], now=at, keys=keys, tell=tell)
        return _ways(folder, (made.keys, made.recovery_code), sheet)

    sheet, at = _sheet_later(ward, both), ward.now()  # a closed ward tells nothing more
    record_keys(ward, "the encryption of this ward was ordered", both)
    ward.closed_work = ClosedWork("This ward is encrypted", do)


@contextmanager
def _changing(folder: Path) -> Iterator[None]:
    """A change of the ward's key: whoever ends the program in its midst is told at the next sign-in."""
    with beginning(folder, "recovery sheet"), beginning(folder, "key change"):
        yield
    end(folder, "key change")


def _ways(folder: Path, made: tuple[Keys, str], sheet: Callable[[str], bytes]) -> NewWays:
    keys, code = made
    return NewWays(keys, code, sheet(code), lambda: end(folder, "recovery sheet"))


@one_act
def remove_readable(ward: Ward, shown: Shown) -> PlainLeft:
    """Remove the plain ward that was kept aside, and plain copies; returns what was removed."""
    both = _both(ward, shown)
    removed = remove_plain(ward.store.folder, *_elsewhere(ward))
    count = len(removed.everything)
    record_keys(
        ward, f"removed {count} plain {'copy' if count == 1 else 'copies'} of this ward", both
    )
    return removed


@one_act
def remove_old_copies(ward: Ward, shown: Shown) -> int:
    """Remove every copy that older keys open, here and on the second medium; returns how many.

    Raises:
        Refused: a secret is wrong, a role may not, the last good copy would go, or something that a
            restore lost is not settled: those copies may be all that holds it.
    """
    return remove_old_copies_by(ward, _both(ward, shown))


@one_act
def remove_old_copies_by(ward: Ward, both: tuple[str, str]) -> int:
    """The same for two who have shown already that it is they; the second is "" without people."""
    _check_settled(ward)
    count = len(remove_under_old_keys(ward.store.folder, *_elsewhere(ward)))
    what = "copy" if count == 1 else "copies"
    record_keys(ward, f"removed {count} {what} that older keys open", both)
    return count


def old_copies(ward: Ward) -> tuple[Path, ...]:
    """Where the copies and replaced wards lie that older keys open, here and on the second medium."""
    folder = ward.store.folder
    copies = (copy.folder for copy in under_old_keys(folder, *_elsewhere(ward)))
    return (*copies, *replaced_under_old_keys(folder))


def refuse_on_station(ward: Ward) -> None:
    """New keys are made where the ward's own file lies.

    Raises:
        Refused: the ward lies on a server.
    """
    if ward.store.shared:
        raise Refused(
            "This ward lies on a server: a station cannot give it other keys, for its other stations "
            "would no longer open it. Nothing was changed.",
            "Move it to one workstation (bedside move --to FOLDER), change the keys there and move it "
            "back: each station takes them over with its next start. The passphrase can be changed here.",
        )


def _check_settled(ward: Ward) -> None:
    with ward.store.reading() as connection:
        count = len(open_acts(connection))
    if count:
        acts = "1 act" if count == 1 else f"{count} acts"
        raise Refused(
            f"{acts} that a restore lost {'is' if count == 1 else 'are'} not settled, and these "
            "copies may be all that holds them: nothing was removed. Settle them first, Ctrl+R."
        )


def _why_not(ward: Ward) -> str:
    if not has_people(ward):
        return (
            "What opens a ward is changed by an administrator and a second person: "
            "give this ward its people first."
        )
    if ward.store.read_only:
        return "This ward can only be read: nothing is changed here."
    signed_in = ward.signed_in
    return "" if signed_in is None else role_book().why_not(signed_in.roles, ACT)


def _check_new(new: str, again: str) -> None:
    check_ward_passphrase(new, again)
    check_new(new)


def _both(ward: Ward, shown: Shown) -> tuple[str, str]:
    """How the two stand on records, once both have shown that it is they.

    Raises:
        Refused: nobody may here, they are one, or a secret is wrong.
    """
    why = _why_not(ward)
    if why:
        raise Refused(why)
    first, second = shown
    if first[0] == second[0]:
        raise Refused("The second person is another than the administrator.")
    with ward.store.reading() as connection:
        why = role_book().why_not(person_of(connection, first[0]).roles, ACT)
    if why:
        raise Refused(why)
    who, other = (who_text(confirm_secret(ward, *one, ward.now())) for one in shown)
    return who, other


@one_act
def record_keys(ward: Ward, words: str, both: tuple[str, str]) -> None:
    """Record what was changed and by whom; the second is "" in a ward without people."""
    who, second = both
    named = f"{who}, with {second}" if second else who
    with ward.store.change(who, f"changed what opens this ward: {words}", ward.now()) as change:
        for row in all_of(change.connection, SiteSetting):
            if row.key == SETTING:
                change.void(SiteSetting, row.id, "changed again")
        change.add(SiteSetting, key=SETTING, value=f"{words}; {named}")
        if ward.store.shared:  # the next station joins by what opens the ward now
            share_keys(change, ward.store.folder)


def _sheet(ward: Ward, code: str, both: tuple[str, str]) -> bytes:
    return _sheet_later(ward, both)(code)


def _sheet_later(ward: Ward, both: tuple[str, str]) -> Callable[[str], bytes]:
    """How the recovery sheet is drawn, also when the ward is closed and can tell nothing more."""
    names = (ward.site.site_name, ward.site.ward_name)
    site = ", ".join(name for name in names if name) or "Ward not named yet"
    drawing, at, program = ward.drawing, ward.now(), ward.program

    def draw(code: str) -> bytes:
        return drawing.recovery_sheet(RecoverySheet(site, code, both, at, program))

    return draw


def _elsewhere(ward: Ward) -> tuple[Path, ...]:
    above = own_copies(ward, backup_settings(ward))
    return () if above is None else (above,)
