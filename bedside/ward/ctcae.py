"""Which CTCAE terms this ward can log: its own list, and the official workbook where one is loaded.

The version is fixed for each infant at enrolment. A loaded workbook lies as it came in the ward's
folder (`ctcae/ctcae-5.0-….xlsx`), and every copy of the ward takes it along; the record keeps its
digest, its file's name, who loaded it and when. A file that no longer fits its digest is not used.
A ward on a server keeps the workbook itself, too, so that every station grades by it.
"""

import os
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from bedside.clinical.ctcae.catalogue import criteria_of, search, term_named, terms
from bedside.store.kept_files import keep_file, kept_files
from bedside.store.queries import all_of
from bedside.store.records import SiteSetting
from bedside.store.workbooks import workbook_at
from bedside.units.refusal import Refused
from bedside.ward.ctcae_workbook import MOST_BYTES, Official, OfficialTerm, read_workbook
from bedside.ward.one_act import one_act
from bedside.ward.people import named
from bedside.ward.ward import Ward

_KEY = "ctcae_workbook_"
_READ: dict[tuple[Path, str], Official] = {}


class Loaded(Struct, frozen=True):
    """A workbook as the record has it.

    Args:
        version: its version of CTCAE.
        digest: sha256 of the file.
        name: the file's name when it was loaded.
    """

    version: str
    digest: str
    name: str


class FoundTerm(Struct, frozen=True):
    """A term to choose: its name, what each grade asks for, and whose words these are."""

    name: str
    group: str
    criteria: Mapping[int, str]
    official: bool


@one_act
def load_workbook(ward: Ward, path: Path, *, who: str) -> Loaded:
    """Take the NCI workbook into the ward, in the place of one of the same version.

    Raises:
        Refused: the file cannot be read or is another workbook; nothing was changed.
    """
    from bedside.ward.backup import back_up_newer  # the ward list never loads a workbook

    who = named(who)
    content = _bytes_of(path)
    official = read_workbook(content)
    loaded = Loaded(official.version, official.digest, path.name[:200])
    back_up_newer(ward, "before an import")
    kept = _place(ward, loaded)
    _write(kept, content)
    with ward.store.change(who, "loaded the NCI workbook", ward.now()) as change:
        key, value = workbook_key(loaded.version), f"{loaded.digest} {loaded.name}"
        for row in all_of(change.connection, SiteSetting):
            if row.key == key:
                change.void(SiteSetting, row.id, "a workbook was loaded anew")
        change.add(SiteSetting, key=key, value=value)
        if ward.store.shared:
            keep_file(change, kept.name, content)
    _READ[kept, loaded.digest] = official
    return loaded


def workbook_key(version: str) -> str:
    """Return the setting of the site under which the loaded workbook of a version is kept."""
    return _KEY + version


def loaded_workbooks(ward: Ward) -> tuple[Loaded, ...]:
    """Return the workbooks that were loaded, the oldest version first."""
    with ward.store.reading() as connection:
        rows = [row for row in all_of(connection, SiteSetting) if row.key.startswith(_KEY)]
    found = []
    for row in rows:
        digest, _, name = row.value.partition(" ")
        found.append(Loaded(row.key.removeprefix(_KEY), digest, name))
    return tuple(sorted(found, key=lambda loaded: loaded.version))


def official_terms(ward: Ward, version: str) -> Mapping[str, OfficialTerm]:
    """Return the official terms of a version by name; empty where no workbook is loaded.

    Raises:
        Refused: the loaded file is gone or was changed; says to load it again.
    """
    loaded = next((one for one in loaded_workbooks(ward) if one.version == version), None)
    if loaded is None:
        return {}
    kept = _place(ward, loaded)
    official = _READ.get((kept, loaded.digest))
    if official is None:
        official = _READ[kept, loaded.digest] = read_workbook(workbook_bytes(ward, loaded))
    return official.terms


def workbook_bytes(ward: Ward, loaded: Loaded) -> bytes:
    """Return a loaded workbook as it was loaded: from the ward's folder, else as the ward itself keeps it.

    Raises:
        Refused: it is gone or was changed; says to load it again.
    """
    again = f"Load the workbook of CTCAE {loaded.version} again; the ward's own list still works."
    kept = _place(ward, loaded)
    there = kept.is_file()
    content = _bytes_of(kept) if there else b""
    if sha256(content).hexdigest() == loaded.digest:
        return content
    with ward.store.reading() as connection:  # another station loaded it
        shared = next(iter(kept_files(connection, kept.name)), b"")
    if sha256(shared).hexdigest() == loaded.digest:
        return shared
    if there:
        raise Refused(f"{kept.name} in the ward's folder is not the file that was loaded.", again)
    raise Refused(f"The loaded workbook {kept.name} is gone from the ward's folder.", again)


def workbook_name(loaded: Loaded) -> str:
    """Return the name under which a workbook is kept."""
    return f"ctcae-{loaded.version}-{loaded.digest[:12]}.xlsx"


def trouble_with(ward: Ward, version: str) -> str:
    """Say why the loaded workbook of a version cannot be used; "" when all is well."""
    try:
        official_terms(ward, version)
    except Refused as refusal:
        return str(refusal)
    return ""


def term_names(ward: Ward, version: str) -> tuple[str, ...]:
    """Return every name that can be logged in a version, in the order of the alphabet."""
    names = {term.names[version] for term in terms(version)}
    return tuple(sorted({*names, *_usable(ward, version)}, key=str.casefold))


def find_terms(ward: Ward, text: str, version: str) -> tuple[FoundTerm, ...]:
    """Return the terms whose name holds each typed part of a word, the ward's own ones first."""
    official = _usable(ward, version)
    found = {term.names[version]: None for term in search(text, version)}
    parts = text.casefold().split()
    for name in official:
        if all(part in name.casefold() for part in parts):
            found.setdefault(name)
    listed = (_found(name, version, official) for name in found)
    return tuple(term for term in listed if term is not None)


def criteria_in(ward: Ward, name: str, version: str) -> FoundTerm | None:
    """Return what each grade of a term asks for: official wording if loaded, else ours; or None."""
    return _found(name, version, _usable(ward, version))


def _found(name: str, version: str, official: Mapping[str, OfficialTerm]) -> FoundTerm | None:
    own = term_named(name, version)
    kept = official.get(name if own is None else own.names[version])
    if kept is not None:
        return FoundTerm(kept.name, kept.group, kept.grades, official=True)
    if own is None:
        return None
    criteria = criteria_of(own.key, version)
    return FoundTerm(own.names[version], own.group, criteria, official=False)


def _usable(ward: Ward, version: str) -> Mapping[str, OfficialTerm]:
    """Return the official terms, or none where the file is in trouble: the ward's list still works."""
    try:
        return official_terms(ward, version)
    except Refused:
        return {}


def _place(ward: Ward, loaded: Loaded) -> Path:
    return workbook_at(ward.store.folder, workbook_name(loaded))


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as fault:
        words = fault.strerror or "it cannot be opened"
        raise Refused(
            f"{path.name} cannot be read: {words}. Choose the xlsx file itself."
        ) from fault


def _write(kept: Path, content: bytes) -> None:
    """Write the whole file or nothing: a broken-off copy never takes the place of a good one."""
    beside = kept.with_suffix(".part")
    try:
        kept.parent.mkdir(mode=0o700, exist_ok=True)
        beside.touch(mode=0o600)
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(kept)
    except OSError as fault:
        with suppress(OSError):
            beside.unlink()
        words = fault.strerror or "the disk refused it"
        raise Refused(f"The workbook could not be kept in the ward's folder: {words}.") from fault
