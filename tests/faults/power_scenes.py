"""What the power is cut in: the program's own acts, and what must hold of a ward found afterwards (P2).

    python -m tests.faults.power_scenes saves FOLDER plain

runs one scene, saying what it confirmed as it goes; `tests.faults.power` records it. Each scene has a
ward to begin with, an act, and a look at what is on the disk after a cut, which returns what is wrong.
"""

import functools
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from bedside.store import engine
from bedside.store.bookmark import read_bookmark
from bedside.store.copies import make_copy
from bedside.store.copy_folders import carry, check_copy, copies_in
from bedside.store.driver import reading_errors
from bedside.store.key_doors import WrongKey, make_keys, open_by_passphrase
from bedside.store.keys import Keys
from bedside.store.opening import BACKUPS, FILE
from bedside.store.passphrase import FLOOR
from bedside.store.restoring import order_restore, prepare
from bedside.store.store import Store
from bedside.store.troubles import Damaged, NotSaved
from bedside.units.refusal import Refused
from tests.faults.kept_wards import Rows, copies_before, differences, kept_steps, lay_down, rows_in
from tests.faults.power_found import (
    Found,
    Written,
    heard,
    judged,
    not_as_written,
    reopened,
    rows_of,
    say,
)
from tests.faults.power_keys import (
    BEFORE,
    FEW,
    LATER,
    encrypting,
    encrypting_look,
    keyed_base,
    keyed_look,
    passphrase_changed,
    plain_base,
    rekeyed,
)
from tests.faults.scene import KEYS, NOW, WHO, make_ward, number_of, opened, save

ROUNDS = (6, 4, 130)  # saves before a copy, after it, and after the ward was closed and opened


def glance(folder: Path, keys: Keys | None, said: list[str], written: Written) -> Found:
    """The same without the whole opening: the program's own connection, and every row as it was written.

    A ward that only grew holds, of each table, the first rows that were written and no others; its trail
    tells of each of them once. That is more than a trail that agrees with itself.
    """
    key = None if keys is None else keys.database
    marked = read_bookmark(folder)
    try:
        with closing(engine.connect(folder / FILE, key)) as driver:
            held = {table: rows_of(driver, table) for table in written}
    except (Refused, *reading_errors()) as refused:
        return Found(shut_out=1, words=str(refused))
    lost = set(heard(said, "saved")) - {row[0] for row in held["blood_count"]}
    return Found(len(lost), len(not_as_written(held, written, marked and marked.seal)))


# ---- saving, copying, closing, opening again


def saves_base(folder: Path, keys: Keys | None) -> None:
    """A new ward with one infant."""
    make_ward(folder, keys=keys)


def saves(folder: Path, keys: Keys | None) -> None:
    """Save; copy; save; close; open; save beyond the point where SQLite empties its log."""
    store, number = opened(folder, keys=keys), 0
    for many in ROUNDS:
        for _ in range(many):
            number += 1
            say("saved", save(store, number))
        if many == ROUNDS[0]:
            say("copied", make_copy(store, NOW, "fault").note.number)
        else:
            store.close()
            say("closed")
            store = opened(folder, keys=keys)
    store.close()


def brief(folder: Path, keys: Keys | None) -> None:
    """Save, copy to two media, save, close, open, save; a save that is refused is said, and on."""
    store = opened(folder, keys=keys)
    medium = folder.with_name("medium")
    medium.mkdir(exist_ok=True)
    for number in range(1, FEW):
        if number == FEW - 1:
            store.close()
            store = opened(folder, keys=keys)
        try:
            if number == 2:
                copy = make_copy(store, NOW + timedelta(hours=number), "fault")
                say("copied", copy.note.number)
                carry(copy, medium)
            say("saved", save(store, number))
        except NotSaved as refused:
            sys.stdout.write(f"refused {refused}\n")
    store.close()


def saves_look(folder: Path, keys: Keys | None, said: list[str]) -> Found:
    """Every confirmed save is there, none by half; a confirmed copy can be restored."""
    copies = copies_in(folder / BACKUPS)
    spoilt = 0
    for copy in copies:
        try:
            check_copy(copy)
        except Damaged:
            spoilt += 1
    lost = len(heard(said, "copied")) > len(copies) - spoilt
    found = reopened(folder, keys, set(heard(said, "saved")))
    return found._replace(lost=found.lost + lost, half=found.half + spoilt)


# ---- a new ward, with its keys


def founded_base(folder: Path, keys: Keys | None) -> None:
    """Nothing but the folder."""
    folder.mkdir(parents=True)


def founded(folder: Path, keys: Keys | None) -> None:
    """Make keys and a ward, enrol, save."""
    made = None if keys is None else make_keys(folder, BEFORE, slowness=FLOOR).keys
    say("keys")
    store = opened(folder, create=True, keys=made)
    say("made")
    _enrol(store)
    for number in range(FEW):
        say("saved", save(store, number))
    store.close()


def founded_look(folder: Path, keys: Keys | None, said: list[str]) -> Found:
    """The ward is there, or can simply be made anew."""
    confirmed = set(heard(said, "saved"))
    made = None
    try:
        if keys is not None and heard(said, "keys"):
            made = open_by_passphrase(folder, BEFORE, LATER)
        elif keys is not None:
            return Found()  # nobody was told a passphrase yet
        store = opened(folder, create=not heard(said, "made"), keys=made)
    except (Refused, WrongKey) as refused:
        return Found(shut_out=1, words=str(refused))
    return judged(store, confirmed)


def _enrol(store: Store) -> None:
    from bedside.store.records import Infant

    with store.change(WHO, "enrolled an infant", NOW) as change:
        change.add(
            Infant, family="TESTLING", given="Ida", sex="f", born=NOW.date() - timedelta(days=90),
            gestation_days=273, hospital_number="T 1", bed="1", allergies="none known", line="",
        )  # fmt: skip


# ---- a copy put in the ward's place


def restored_base(folder: Path, keys: Keys | None) -> None:
    """A ward with a copy, and a save after it."""
    make_ward(folder, FEW, keys)
    store = opened(folder, keys=keys)
    make_copy(store, NOW, "first")
    save(store, FEW)
    store.close()


def restored(folder: Path, keys: Keys | None) -> None:
    """Prepare the copy, order it, open, and save in it."""
    copies = copies_in(folder / BACKUPS)
    if not copies:  # the note could not be read: as `bedside.ward.backup.copy_at`
        raise Refused("There is no copy of a ward here.")
    prepared = prepare(copies[0], folder, NOW)
    opened(prepared, keys=keys).close()
    order_restore(folder, prepared, NOW)
    say("ordered")
    store = opened(folder, keys=keys)
    say("opened", number_of(store))
    say("saved", save(store, FEW + 7))
    store.close()


def restored_look(folder: Path, keys: Keys | None, said: list[str]) -> Found:
    """The old ward or the copy, whole; the copy once it was ordered; the old one kept aside."""
    try:
        store = opened(folder, keys=keys)
    except Refused as refused:
        return Found(shut_out=1, words=str(refused))
    held = number_of(store)
    is_copy = bool(list(folder.glob("replaced-*")))
    wanted = FEW + (not is_copy) + len(heard(said, "saved"))
    wrong = held < wanted or (heard(said, "ordered") and not is_copy)
    found = judged(store, set(heard(said, "saved")) if is_copy else set(range(1, FEW + 2)))
    for aside in folder.glob("replaced-*"):
        old = reopened(aside, keys, set(range(1, FEW + 2)))
        found = Found(*(a + b for a, b in zip(found[:3], old[:3], strict=True)), old.words)
    return found._replace(lost=found.lost + bool(wrong))


# ---- an older ward brought up to this program


def migrated_base(folder: Path, _keys: Keys | None) -> None:
    """The oldest ward that is kept."""
    lay_down(kept_steps()[0], folder)


def migrated(folder: Path, keys: Keys | None) -> None:
    """Open it, which brings it up; and again."""
    store = opened(folder, keys=keys)
    say("brought")
    store.close()
    opened(folder, keys=keys).close()


@functools.cache
def rows_of_kept() -> Rows:
    """Every field of the kept ward."""
    with tempfile.TemporaryDirectory() as above:
        return rows_in(lay_down(kept_steps()[0], Path(above) / "kept") / FILE)


def migrated_look(folder: Path, keys: Keys | None, said: list[str]) -> Found:
    """It is of its old step or of this one, whole; and it opens, with every field as it was."""
    before = rows_of_kept()
    try:
        store = opened(folder, keys=keys)
        store.verify_audit()
        store.close()
    except Refused as refused:
        return Found(shut_out=1, words=str(refused))
    wrong = differences(before, rows_in(folder / FILE))
    spoilt = 0
    for copy in copies_before(folder):
        try:
            spoilt += rows_in(copy) != before
        except reading_errors():
            spoilt += 1
    return Found(lost=len(wrong), half=spoilt, words=" ".join(wrong[:3]))


class Scene(NamedTuple):
    """A scene: the ward before, the act that is recorded, the look at what is found."""

    base: Callable[[Path, Keys | None], None]
    act: Callable[[Path, Keys | None], None]
    look: Callable[[Path, Keys | None, list[str]], Found]
    kinds: tuple[str, ...] = ("plain", "encrypted")
    glance: Callable[[Path, Keys | None, list[str], Written], Found] | None = None


SCENES = {
    "saves": Scene(saves_base, saves, saves_look, glance=glance),
    "migrated": Scene(migrated_base, migrated, migrated_look, ("plain",)),
    "brief": Scene(saves_base, brief, saves_look),
    "founded": Scene(founded_base, founded, founded_look),
    "rekeyed": Scene(keyed_base, rekeyed, keyed_look, ("encrypted",)),
    "passphrase": Scene(keyed_base, passphrase_changed, keyed_look, ("encrypted",)),
    "encrypting": Scene(plain_base, encrypting, encrypting_look, ("plain",)),
    "restored": Scene(restored_base, restored, restored_look),
}


def weaken(value: str) -> None:
    """For a positive control only: open files with a weaker setting than the program's own."""
    settings = {name: (text, expected) for name, text, expected in engine._SETTINGS}
    settings["synchronous"] = (value, {"OFF": 0, "NORMAL": 1}[value])
    engine._SETTINGS = tuple((name, *rest) for name, rest in settings.items())


def main() -> int:
    """Run one scene's act."""
    name, folder, kind, *weaker = sys.argv[1:]
    if weaker:
        weaken(weaker[0])
    SCENES[name].act(Path(folder), KEYS if kind == "encrypted" else None)
    return 0


if __name__ == "__main__":
    sys.exit(main())
