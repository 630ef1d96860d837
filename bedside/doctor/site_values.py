"""Do the site's values agree with what the public sources state? What contradicts them is blocked."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from bedside.doctor.finding import Finding, fit, look

if TYPE_CHECKING:
    from bedside.protocol.site_values import SiteValues

SITE_VALUES = "site values"


def site_values(file: Path | None) -> Finding:
    """Hold the site's values against the protocol they were entered for.

    Args:
        file: the site's own values file; None looks at the demonstration's, which the program
            brings with it.
    """
    from bedside.places import place
    from bedside.protocol.site_plan import filled_plan
    from bedside.protocol.site_value_checks import check_site_values
    from bedside.protocol.site_value_reader import read_site_values
    from bedside.ward.references import protocols

    where = place("resources", "demo", "site_values.toml") if file is None else file
    values = read_site_values(where)
    protocol = protocols().get(values.protocol)
    if protocol is None:
        return look(SITE_VALUES, f"They are for {values.protocol}, which is no protocol here.")
    check_site_values(values, protocol, where.name)
    words = [clash.words for clash in filled_plan(protocol, values)[1]]
    return contradictions(values, words, "demonstration" if file is None else where.name)


def contradictions(values: "SiteValues", words: Iterable[str], name: str) -> Finding:
    """What was found: every value that contradicts its source, by name, or that all agree."""
    found = tuple(words)
    if not found:
        return fit(SITE_VALUES, f"Those of {name} ({values.edition}) contradict no public source.")
    return look(SITE_VALUES, " ".join((*found, "Until then nothing of it is used.")))
