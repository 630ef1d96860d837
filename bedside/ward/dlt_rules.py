"""Which DLT rule is in force: the site's own file, else the screening rule, with the commissioned numbers.

Two people's numbers and the file must say the same; where they do not, the boundary is not drawn
and the page says which of the two to settle. Nothing is chosen silently.
"""

from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from bedside.places import place
from bedside.protocol.dlt_boundary import StoppingRule, percent_words
from bedside.protocol.dlt_own import stopping_of, with_commissioned
from bedside.protocol.dlt_rule import DltRule
from bedside.protocol.dlt_rule_reader import MOST_BYTES, read_dlt_rule, read_dlt_rule_file
from bedside.protocol.model import Protocol
from bedside.store.dlt_records import DltRuleFile
from bedside.store.queries import all_of
from bedside.units.refusal import Refused
from bedside.ward.dlt_commissioned import commissioned_dlt
from bedside.ward.one_act import one_act
from bedside.ward.one_person import why_one_person
from bedside.ward.people import confirm_secret, has_people, named, person_key
from bedside.ward.roles import role_book
from bedside.ward.ward import Ward

_WORDS = {
    "grade": "the lowest grade that is put to the reviewer",
    "infants": "the infants that the stopping rule counts",
    "acceptable": "the acceptable share",
    "chance": "the chance of stopping",
    "opens": "the course that opens the period",
    "closes": "the course whose start rule closes it",
}


class RuleInForce(Struct, frozen=True):
    """The rule in force, who recorded it, and what stands against it."""

    rule: DltRule
    recorded_by: str = ""
    troubles: tuple[str, ...] = ()
    stopping_by: str = ""  # who typed the boundary's numbers and when, where they are commissioned

    @property
    def stopping(self) -> StoppingRule | None:
        """The site's stopping rule; None where there is none, or while something is to be settled."""
        return None if self.troubles else self.rule.stopping


def rule_in_force(ward: Ward, protocol: Protocol) -> RuleInForce:
    """The rule for a protocol that has a DLT period.

    Raises:
        Refused: the program carries no screening rule for it and the site has loaded none.
    """
    found = commissioned_dlt(ward, protocol.key)
    numbers = found.numbers
    with ward.store.reading() as connection:
        files = [row for row in all_of(connection, DltRuleFile) if row.protocol_key == protocol.key]
    if not files:
        rule = with_commissioned(shipped_rule(protocol), found)
        troubles = _window_troubles(protocol, numbers)
        return RuleInForce(rule, "", troubles, found.by if rule.stopping else "")
    rule = read_dlt_rule(files[-1].content, files[-1].file_name, protocol)
    troubles = (*contradictions(rule, numbers), *_window_troubles(protocol, numbers))
    if rule.stopping:
        return RuleInForce(rule, files[-1].recorded_by, troubles)
    rule = replace(rule, stopping=stopping_of(numbers))
    return RuleInForce(rule, files[-1].recorded_by, troubles, found.by if rule.stopping else "")


def shipped_rule(protocol: Protocol) -> DltRule:
    """The program's own screening rule, read once.

    Raises:
        Refused: it carries none for this protocol.
    """
    path = place("resources", "dlt") / f"{protocol.key}.toml"
    if not path.is_file():
        raise Refused(
            f"There is no DLT rule for {protocol.title} here: put the site's own in force."
        )
    return read_dlt_rule_file(path, protocol)


def contradictions(rule: DltRule, numbers: dict[str, str]) -> tuple[str, ...]:
    """Where a rule file and the commissioned numbers say different things, in words."""
    said: dict[str, str] = {}
    grades = [part.least_grade for part in rule.parts if part.least_grade is not None]
    if grades:
        said["grade"] = f"{min(grades)} grade"
    stopping = rule.stopping
    if stopping is not None:
        said["infants"] = f"{stopping.infants} infants"
        said["acceptable"] = percent_words(stopping.acceptable)
        said["chance"] = percent_words(stopping.chance)
    return tuple(
        f"The rule file says {_shown(said[key])} for {_WORDS[key]}, the commissioned number is "
        f"{_shown(numbers[key])}: settle which holds."
        for key in said
        if key in numbers and numbers[key] != said[key]
    )


def _shown(canonical: str) -> str:
    """A canonical text as people say it: "grade 4"."""
    number, _, unit = canonical.partition(" ")
    return f"{unit} {number}" if unit == "grade" else canonical


class OfferedRule(Struct, frozen=True):
    """A site's rule file, read and found fit, before it is put in force."""

    rule: DltRule
    content: str
    first: str
    second: str

    def other_than(self, who: str) -> str:
        """The name of the other person who confirmed it, as it stands in the file."""
        return self.second if person_key(who) == person_key(self.first) else self.first


def offered_rule(ward: Ward, protocol: Protocol, path: Path, *, who: str) -> OfferedRule:
    """Read a site's own rule file, so that people read in words what it says before it holds.

    Args:
        ward: the ward.
        protocol: the protocol that it is for.
        path: the file.
        who: who would put it in force; one of the two people who confirmed it.

    Raises:
        Refused: the file has a fault, is no definition confirmed by two people, was confirmed by
            others than ``who``, or contradicts the commissioned numbers.
    """
    rule = read_dlt_rule_file(path, protocol)
    content = path.read_bytes()[:MOST_BYTES].decode("utf-8")
    first, other = _confirmed(rule, path, named(who))
    if rule.demonstration and not ward.demonstration:
        raise Refused(f"{path.name} is a demonstration's rule: it is not for treatment.")
    reasons = contradictions(rule, commissioned_dlt(ward, protocol.key).numbers)
    if reasons:
        raise Refused(*reasons)
    return OfferedRule(rule, content, first, other)


@one_act
def load_rule(
    ward: Ward,
    protocol: Protocol,
    path: Path,
    *,
    who: str,
    second: tuple[int, str] | None = None,
    read: OfferedRule | None = None,
) -> DltRule:
    """Put a site's own rule file in force; the one before it is voided, never erased.

    Args:
        ward: the ward.
        protocol: the protocol that it is for.
        path: the file.
        who: who puts it in force; one of the two people who confirmed it.
        second: in a ward with people the other of the two, by number and secret.
        read: the rule as it was read in words before; None where nobody was shown it.

    Raises:
        Refused: the file will not do (see ``offered_rule``) or is not as it was read any more, or
            the other of the two has not shown that it is she.
    """
    offered = offered_rule(ward, protocol, path, who=who)
    if read is not None and read.rule.digest != offered.rule.digest:
        raise Refused(f"{path.name} was changed since it was read here: choose it again.")
    if has_people(ward):
        _confirm_other(ward, offered.other_than(who), second)
    with ward.store.change(named(who), "put a DLT rule in force", ward.now()) as change:
        for row in all_of(change.connection, DltRuleFile):
            if row.protocol_key == protocol.key:
                change.void(DltRuleFile, row.id, "another rule was put in force")
        change.add(
            DltRuleFile,
            protocol_key=protocol.key,
            file_name=path.name,
            content=offered.content,
            digest=offered.rule.digest,
            first_person=offered.first,
            second_person=offered.second,
            confirmed_on=offered.rule.confirmed_on,
        )
    return offered.rule


def _confirmed(rule: DltRule, path: Path, who: str) -> tuple[str, str]:
    """The two who confirmed a rule file; one of them puts it in force."""
    if rule.confirmed_by is None or rule.confirmed_on is None:
        raise Refused(
            f"{path.name} is a screening rule, confirmed by nobody: a site's own rule is a "
            "definition with the names of the two people who checked it."
        )
    first, second = rule.confirmed_by
    if why := why_one_person(first, second):
        raise Refused(f"Two different people confirm a rule. {why}")
    if person_key(who) not in {person_key(first), person_key(second)}:
        raise Refused(
            f"{who} is neither of the two who confirmed the rule, {first} and {second}: one of them "
            "puts it in force."
        )
    return first, second


def _confirm_other(ward: Ward, name: str, shown: tuple[int, str] | None) -> None:
    """In a ward with people the other of the two is a person of it, and shows that it is she."""
    from bedside.ward.people_reading import person_of

    if shown is None:
        raise Refused(f"{name} confirms with the own passphrase that the rule was checked by both.")
    with ward.store.reading() as connection:
        person = person_of(connection, shown[0])
    if person_key(person.name) != person_key(name):
        raise Refused(f"The file names {name} as the other who checked it, not {person.name}.")
    why = role_book().why_not(person.roles, "dlt-rule")
    if why:
        raise Refused(why)
    confirm_secret(ward, person.id, shown[1], ward.now())


@one_act
def withdraw_rule(ward: Ward, protocol: Protocol, reason: str, *, who: str) -> None:
    """Take the site's rule out of force, with the reason; the screening rule holds again.

    Raises:
        Refused: no reason is given, or no rule of the site's is in force.
    """
    if not reason.strip():
        raise Refused("Say why the rule is taken out of force.")
    with ward.store.change(named(who), "took a DLT rule out of force", ward.now()) as change:
        rows = [
            row
            for row in all_of(change.connection, DltRuleFile)
            if row.protocol_key == protocol.key
        ]
        if not rows:
            raise Refused("No rule of the site's own is in force.")
        for row in rows:
            change.void(DltRuleFile, row.id, reason.strip())


def _window_troubles(protocol: Protocol, numbers: dict[str, str]) -> tuple[str, ...]:
    """Where the commissioned opening or closing is not the one that this program follows."""
    window = protocol.dlt_window
    if window is None:
        return ()
    own = {"opens": window.opens_on_day_1_of, "closes": window.closes_when_may_start}
    return tuple(
        f"Commissioned for {_WORDS[key]}: {protocol.course(numbers[key]).title}. This program "
        f"follows the public source, {protocol.course(value).title}: settle which holds."
        for key, value in own.items()
        if key in numbers and numbers[key] != value
    )
