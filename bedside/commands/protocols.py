"""Finds the protocol and the course that a command names."""

from pathlib import Path

from msgspec.structs import replace

from bedside.commands.books import Books
from bedside.commands.options import either
from bedside.commands.plain import brief
from bedside.places import place
from bedside.protocol.model import Course, Protocol
from bedside.protocol.reader import read_protocol
from bedside.protocol.site_value_checks import check_site_values
from bedside.protocol.site_value_reader import read_site_values
from bedside.protocol.site_values import NO_SITE_VALUES, SiteValues
from bedside.units.refusal import Refused

LARGEST_FILE = 1_000_000


def find_protocol(key: str, books: Books) -> Protocol:
    """Return the protocol of this key, read from its file on first use.

    Raises:
        Refused: there is no such protocol, or its file has a fault.
    """
    files = books.once(("protocol files",), protocol_files)
    if key not in files:
        raise Refused(f"There is no protocol “{brief(key)}” here: write {either(sorted(files))}.")
    return books.once(("protocol", key), lambda: read_protocol(files[key]))


def protocol_files() -> dict[str, Path]:
    """Return the program's protocol files by protocol key (the file's name)."""
    return {path.stem: path for path in place("resources", "protocols").glob("*.toml")}


def find_course(protocol: Protocol, key: str) -> Course:
    """Return the course of this key; of a course now in parts, the whole's key means its first part.

    Raises:
        Refused: the protocol has no such course; the sentence lists its courses.
    """
    for course in protocol.courses:
        if course.key == protocol.renamed.get(key, key):
            return course
    known = either([course.key for course in protocol.courses])
    raise Refused(f"{protocol.title} has no course “{brief(key)}”: write {known}.")


def parts_note(protocol: Protocol, key: str) -> tuple[str, ...]:
    """Return that a whole course's key means its first part, and how the others are asked for."""
    first = protocol.renamed.get(key)
    parts = [course for course in protocol.courses if course.key.startswith(f"{key}-")]
    if first is None or not parts:
        return ()
    asked = ", ".join(f"{course.key} for {course.title}" for course in parts[1:])
    title = next(course.title for course in protocol.courses if course.key == first)
    return (f"{key} is in parts here, and means {title}; write {asked}.",)


def cited(protocol: Protocol, *keys: str) -> tuple[str, ...]:
    """Return the protocol's edition and its sources of these keys, each once, in order."""
    named = [protocol.sources[key] for key in dict.fromkeys(keys)]
    return (f"{protocol.title}, {protocol.edition}", *named)


def find_site_values(name: str | None, protocol: Protocol, books: Books) -> SiteValues:
    """Return the site's values from the named file; none when no file is named.

    Raises:
        Refused: the file cannot be read, has a fault, or was written for another protocol.
    """
    if name is None:
        return NO_SITE_VALUES
    values = books.once(("site values", name), lambda: read_site_file(name))
    if values.protocol != protocol.key:
        raise Refused(
            f"--site-values: “{brief(name)}” holds values for {brief(values.protocol)}, "
            f"not for {protocol.key}: name the file written for {protocol.key}."
        )
    check_site_values(values, protocol, Path(name).name)
    return values


def read_site_file(name: str) -> SiteValues:
    """Read a file of site values that is a small text file.

    Raises:
        Refused: it is not there, no plain file, far too large, has a fault, or was changed after
            it was signed.
    """
    right = "name the TOML file with this site's values"
    try:
        path = Path(name)
        if not path.is_file():
            raise Refused(f"--site-values: there is no file “{brief(name)}”: {right}.")
        if path.stat().st_size > LARGEST_FILE:
            raise Refused(f"--site-values: “{brief(name)}” is far too large: {right}.")
        return replace(read_site_values(path), signed_by=signed_by(path))
    except (OSError, ValueError) as fault:
        if isinstance(fault, Refused):
            raise
        raise Refused(f"--site-values: “{brief(name)}” cannot be read: {right}.") from fault


def signed_by(path: Path) -> tuple[str, str] | None:
    """Return who signed a file of site values; None for a file written by hand, which has no seal.

    Raises:
        Refused: it was signed, and a byte of it was changed since.
    """
    from bedside.ward.signed_values import claims_a_signature, read_signed

    content = path.read_bytes()
    if not claims_a_signature(content):
        return None
    return read_signed(content, f"--site-values: “{brief(path.name)}”").signed_by


def site_sources(site: SiteValues) -> tuple[str, ...]:
    """Return the edition of the site's values with who signed them, or that nobody did."""
    if not site.edition:
        return ()
    signed = (
        "not signed, written by hand"
        if site.signed_by is None
        else f"signed by {' and '.join(site.signed_by)}"
    )
    return (f"site values, {site.edition} ({signed})",)
