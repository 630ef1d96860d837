"""Lets one protocol file take over courses, sources and rulings of another, so that nothing is copied.

The pilot of blinatumomab is one course on the backbone of Interfant-06. Its file names that
protocol under ``[backbone]`` and each course it takes over by ``key`` and ``from``; everything
else in it is its own. Decision: whole tables are taken over as they stand, never changed on the
way, so that a course reads the same in both protocols. A copy was rejected, because a correction
would reach one of the two only.
"""

from pathlib import Path
from typing import Any

from bedside.protocol.toml_table import FileTable

LISTS = ("conflict", "ruling", "threshold", "risk-group", "arm", "mrd-point", "partner", "outcome")
TABLES = ("weights", "transplant")


def backbone_file(values: dict[str, Any], folder: Path) -> Path | None:
    """The file that a protocol's tables take courses from; None where it stands alone."""
    named = values.get("backbone")
    key = named.get("protocol") if isinstance(named, dict) else None
    plain = isinstance(key, str) and key.replace("-", "").isalnum()
    return folder / f"{key}.toml" if plain else None


def take_over(top: FileTable, base: dict[str, Any] | None) -> str:
    """Fill the tables of a file with what it takes over.

    Args:
        top: the file's own tables, changed in place.
        base: the tables of the protocol that ``[backbone]`` names; None where there is none.

    Returns:
        The key of the backbone's protocol, "" for a protocol that stands alone.
    """
    table = top.table("backbone")
    if table is None:
        return ""
    key, takes = table.text("protocol"), table.texts("takes")
    table.done()
    if base is None or base.get("protocol", {}).get("key") != key:
        table.fault("protocol", f"the file {key}.toml does not lie beside this one.")
        return key
    _sources(top, base)
    for name in takes:
        if name in TABLES and name in base:
            top.values.setdefault(name, base[name])
        elif name in LISTS and name in base:
            top.values[name] = [*base[name], *top.values.get(name, [])]
        else:
            table.fault("takes", f"{name!r} cannot be taken over from {key}.")
    _courses(top, base, key)
    return key


def _sources(top: FileTable, base: dict[str, Any]) -> None:
    own = top.values.get("sources", {})
    for name in own:
        if name in base["sources"] and own[name] != base["sources"][name]:
            top.fault(f"sources > {name}", "this key is another source in the backbone: rename it.")
    top.values["sources"] = {**base["sources"], **own}


def _courses(top: FileTable, base: dict[str, Any], key: str) -> None:
    known = {course["key"]: course for course in base["course"]}
    courses = []
    for number, course in enumerate(top.values.get("course", []), start=1):
        if "from" not in course:
            courses.append(course)
        elif course["from"] != key or course.get("key") not in known or len(course) != 2:
            top.fault(
                f"course {number}",
                f'a course taken over has its key and from = "{key}" only: '
                f"its courses are {', '.join(known)}.",
            )
        else:
            courses.append(known[course["key"]])
    top.values["course"] = courses
