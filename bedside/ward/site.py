"""What this centre is: its name, its kind, its limits, whom to ring. Every value is entered by the site.

Defaults where nothing was entered: a weight may be 7 days old (the program's own default), a count
48 hours [judgement: no public source states a limit; a site enters its own]. The kind of centre has
no default: until somebody enters "tertiary", azacitidine cannot be printed (hazard H13).
"""

from collections.abc import Collection
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Literal, cast

from msgspec import Struct
from msgspec.structs import replace

from bedside.store.queries import all_of, all_of_then
from bedside.store.records import SiteSetting
from bedside.store.ward_file import Reader
from bedside.units.refusal import Refused
from bedside.ward.one_act import one_act

if TYPE_CHECKING:
    from bedside.ward.forms import SiteForm
    from bedside.ward.ward import Ward

DEFAULT_WEIGHT_AGE_DAYS = 7
DEFAULT_COUNT_AGE_HOURS = 48
MOST_WEIGHT_AGE_DAYS = 14
MOST_COUNT_AGE_HOURS = 168
DEFAULT_IDLE_MINUTES = 3  # until the screen is locked: 1 to 10, in a ward with people
MOST_IDLE_MINUTES = 10
BLOCK_DAYS = ("", "later", "left out")  # of an azacitidine block: what is not ruled is ""
MOST_CHECK_HOURS = 24  # of a matched second check; 0 is its own day
# values that hold as shipped until somebody of the site enters or confirms them
SHIPPED = (
    "weight_age_days", "count_age_hours", "bsa_formula", "decimal_mark", "time_zone", "idle_minutes",
    "check_hours", "ctcae",
)  # fmt: skip
# no public source names the version of either protocol [judgement]; the site confirms it
DEFAULT_CTCAE = "5.0"


class SiteSettings(Struct, frozen=True):
    """The settings in force, and which of them a person entered."""

    site_name: str
    ward_name: str
    kind: Literal["tertiary", "shared-care", "unknown"]
    weight_age_days: int
    count_age_hours: int
    bsa_formula: str
    decimal_mark: Literal[".", ","]
    contacts: tuple[tuple[str, str, str], ...]
    entered: frozenset[str]
    time_zone: str = ""  # its name, e.g. "Europe/Berlin"; "" until entered: the workstation's
    idle_minutes: int = DEFAULT_IDLE_MINUTES
    block_days: str = ""  # days lost in an azacitidine block: "later", "left out"; "" not ruled
    block_days_by: tuple[str, datetime] | None = None  # who recorded that ruling, and when
    check_hours: int = 0  # how long a matched second check holds; 0: on its own day
    ctcae: str = DEFAULT_CTCAE  # the version for infants who are enrolled from now on


def read_site(connection: Reader, as_of: datetime | None = None) -> SiteSettings:
    """Read the settings in force, or those that were at a moment."""
    found = {row.key: row for row in all_of_then(connection, SiteSetting, as_of)}
    rows = {key: row.value for key, row in found.items()}
    ruled = found.get("block_days")
    contacts = tuple(
        cast(tuple[str, str, str], tuple(line.split("\t")))
        for line in rows.get("contacts", "").splitlines()
    )
    return SiteSettings(
        site_name=rows.get("site_name", ""),
        ward_name=rows.get("ward_name", ""),
        kind=cast(Literal["tertiary", "shared-care", "unknown"], rows.get("kind", "unknown")),
        weight_age_days=int(rows.get("weight_age_days", DEFAULT_WEIGHT_AGE_DAYS)),
        count_age_hours=int(rows.get("count_age_hours", DEFAULT_COUNT_AGE_HOURS)),
        bsa_formula=rows.get("bsa_formula", "mosteller"),
        decimal_mark=cast(Literal[".", ","], rows.get("decimal_mark", ".")),
        contacts=contacts,
        entered=frozenset(rows),
        time_zone=rows.get("time_zone", ""),
        idle_minutes=int(rows.get("idle_minutes", DEFAULT_IDLE_MINUTES)),
        block_days=rows.get("block_days", ""),
        block_days_by=None if ruled is None else (ruled.recorded_by, ruled.recorded_at),
        check_hours=int(rows.get("check_hours", 0)),
        ctcae=rows.get("ctcae", DEFAULT_CTCAE),
    )


def named_zone(name: str) -> tzinfo:
    """A time zone by its name.

    Raises:
        Refused: there is none of this name.
    """
    from zoneinfo import ZoneInfo  # a ward without a zone of its own starts without the tables

    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError) as unknown:
        raise Refused(
            f"There is no time zone {name!r}: write it as Europe/Berlin or America/Chicago, "
            "with its capitals."
        ) from unknown


def site_form(ward: "Ward") -> "SiteForm":
    """The settings in force as a form to edit."""
    from bedside.ward.forms import SiteForm

    site = ward.site
    return SiteForm(
        site_name=site.site_name,
        ward_name=site.ward_name,
        kind=site.kind,
        weight_age_days=site.weight_age_days,
        count_age_hours=site.count_age_hours,
        bsa_formula=site.bsa_formula,
        decimal_mark=site.decimal_mark,
        contacts=site.contacts,
        time_zone=site.time_zone or getattr(ward.zone, "key", ""),
        idle_minutes=site.idle_minutes,
        block_days=site.block_days,
        check_hours=site.check_hours,
        ctcae=site.ctcae,
    )


def unconfirmed(ward: "Ward") -> tuple[str, ...]:
    """The settings that hold as shipped: nobody of this site entered or confirmed them."""
    values, entered = _values(ward, site_form(ward)), ward.site.entered
    return tuple(key for key in SHIPPED if key not in entered and values[key])


def only_touched(ward: "Ward", opened: "SiteForm", typed: "SiteForm") -> "SiteForm":
    """The settings in force, with those alone that somebody changed in a form.

    What another person recorded while the form was open stays as that person recorded it.

    Args:
        ward: the ward.
        opened: the settings as the form showed them first.
        typed: the settings as they stand in it now.
    """
    changed = {
        field: getattr(typed, field)
        for field in typed.__struct_fields__
        if getattr(typed, field) != getattr(opened, field)
    }
    return replace(site_form(ward), **changed)


@one_act
def save_site(
    ward: "Ward",
    form: "SiteForm",
    *,
    who: str,
    second: tuple[int, str] | None = None,
    confirmed: Collection[str] = (),
) -> None:
    """Record each setting that is changed, which voids the value before it, and each that is confirmed.

    A setting that nobody changed or confirmed stays what it was, and whose it was: as shipped, or entered
    by whoever entered it.

    Args:
        ward: the ward.
        form: the settings as typed.
        who: who records them.
        second: in a ward with people who confirms a looser setting, by number and secret.
        confirmed: keys of `SHIPPED` that this person confirms as they are.

    Raises:
        Refused: a limit is outside what makes sense, the formula is not known, or a setting is
            looser than before and no second person confirmed it.
    """
    from bedside.ward.site_loosening import confirmed_words

    check_site(form)
    if reasons := _unprintable(ward, form):
        raise Refused(*reasons)
    act = f"set the site's settings{confirmed_words(ward, form, second)}"
    values, before = _values(ward, form), _values(ward, site_form(ward))
    changed = {key: value for key, value in values.items() if value != before.get(key)}
    kept = {key: value for key, value in values.items() if key in changed or key in confirmed}
    if kept and not changed:
        act = "confirmed settings as they are"
    _record(ward, kept, act, who)


@one_act
def name_ward(
    ward: "Ward", site_name: str, ward_name: str, *, who: str, decimal_mark: str = ""
) -> None:
    """Record what a new ward is called and how it writes numbers, as far as it was chosen; nothing else.

    Nobody has seen the other settings yet: what nobody of the site entered is told from what somebody
    did (the page People and site).
    """
    from bedside.units.paper_letters import bare

    names = {"site_name": bare(site_name).strip(), "ward_name": bare(ward_name).strip()}
    names["decimal_mark"] = decimal_mark
    given = {key: name for key, name in names.items() if name}
    _record(ward, given, "named the ward", who)


def _record(ward: "Ward", values: dict[str, str], act: str, who: str) -> None:
    """Record each setting that is another than the one on record."""
    with ward.store.change(who, act, ward.now()) as change:
        kept = {row.key: row for row in all_of(change.connection, SiteSetting)}
        for key, value in values.items():
            old = kept.get(key)
            if old is not None and old.value == value:
                continue
            if old is not None:
                change.void(SiteSetting, old.id, "a new value was entered")
            change.add(SiteSetting, key=key, value=value)


def _values(ward: "Ward", form: "SiteForm") -> dict[str, str]:
    """The settings as they are kept, by key."""
    from bedside.units.paper_letters import bare

    return {
        "site_name": bare(form.site_name).strip(),
        "ward_name": bare(form.ward_name).strip(),
        "kind": form.kind,
        "weight_age_days": str(form.weight_age_days),
        "count_age_hours": str(form.count_age_hours),
        "bsa_formula": form.bsa_formula,
        "decimal_mark": form.decimal_mark,
        "time_zone": form.time_zone.strip(),
        "idle_minutes": str(form.idle_minutes),
        **({"block_days": form.block_days} if form.block_days or ward.site.block_days else {}),
        "check_hours": str(form.check_hours),
        "ctcae": form.ctcae,
        "contacts": "\n".join("\t".join(part.strip() for part in line) for line in form.contacts),
    }


def check_site(form: "SiteForm") -> None:
    """Refuse settings that cannot be right, with every reason at once."""
    reasons = _limits(form)
    from bedside.clinical.body_size import FORMULAS  # no formula is used on the way to the list

    if form.bsa_formula not in FORMULAS:
        reasons.append(f"The body surface formula must be one of {', '.join(FORMULAS)}.")
    if form.time_zone.strip():
        try:
            named_zone(form.time_zone.strip())
        except Refused as refused:
            reasons.extend(refused.reasons)
    reasons += _contact_faults(form)
    from bedside.ward.ctcae_choices import ctcae_faults

    reasons += ctcae_faults(form.ctcae)
    if reasons:
        raise Refused(*reasons)


def _limits(form: "SiteForm") -> list[str]:
    """Every number that lies outside what makes sense."""
    reasons = []
    if not 0 <= form.weight_age_days <= MOST_WEIGHT_AGE_DAYS:
        reasons.append(
            f"A weight may be 0 to {MOST_WEIGHT_AGE_DAYS} days old for a dose; "
            f"{form.weight_age_days} was typed."
        )
    if not 1 <= form.count_age_hours <= MOST_COUNT_AGE_HOURS:
        reasons.append(
            f"A count may be 1 to {MOST_COUNT_AGE_HOURS} hours old for a start rule; "
            f"{form.count_age_hours} was typed."
        )
    if form.block_days not in BLOCK_DAYS:
        reasons.append("Days lost in an azacitidine block are given later, left out, or not ruled.")
    if not 1 <= form.idle_minutes <= MOST_IDLE_MINUTES:
        reasons.append(
            f"The screen is locked after 1 to {MOST_IDLE_MINUTES} minutes; "
            f"{form.idle_minutes} was typed."
        )
    if not 0 <= form.check_hours <= MOST_CHECK_HOURS:
        reasons.append(
            f"A matched second check holds for 1 to {MOST_CHECK_HOURS} hours, or for its own day "
            f"(0); {form.check_hours} was typed."
        )
    return reasons


def _contact_faults(form: "SiteForm") -> list[str]:
    reasons = []
    if any(not line[0].strip() for line in form.contacts):
        reasons.append("Each contact needs a role, a name and a number; the role is missing.")
    if any("\t" in part or "\n" in part for line in form.contacts for part in line):
        reasons.append("A contact is one line of text: take the line break out.")
    return reasons


def _unprintable(ward: "Ward", form: "SiteForm") -> list[str]:
    """What is newly typed and could not stand on paper; what is on record already stays."""
    from bedside.ward.paper_letters import LONGEST_CONTACT, LONGEST_NUMBER, paper_faults

    site, reasons = ward.site, []
    for line in form.contacts:
        if line in site.contacts:
            continue
        reasons += paper_faults("Whom to ring", ", ".join(line[:-1]), LONGEST_CONTACT)
        reasons += paper_faults("The telephone number", line[-1], LONGEST_NUMBER)
    for name, text, old in (
        ("The hospital's name", form.site_name, site.site_name),
        ("The ward's name", form.ward_name, site.ward_name),
    ):
        if text.strip() != old:
            reasons += paper_faults(name, text.strip(), LONGEST_CONTACT)
    return reasons
