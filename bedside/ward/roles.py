"""What each role may do, read from `resources/people/roles.toml`, and why not in plain words."""

from collections.abc import Iterable
from functools import cache

import msgspec
import tomli

from bedside.places import place


class Act(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something that a person does.

    Args:
        words: finish the sentence "… may …".
        roles: who may do it.
        kinds: names of the kinds of record that it writes.
        voids: names of further kinds that it strikes out, because they rested on what it changes.
        signs: meanings of the signatures that it gives.
        never_after: meanings; who signed one of them on a record does not do this act on it.
        asked_after: meanings; who signed one of them says expressly that nobody else can.
    """

    words: str
    roles: tuple[str, ...]
    kinds: tuple[str, ...]
    voids: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    never_after: tuple[str, ...] = ()
    asked_after: tuple[str, ...] = ()


class OrderSteps(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a dose of a route needs before it is given.

    Args:
        steps: the signatures, in their order; "checked" is the blind second check.
        days: how many days ahead it is ordered, today included; None: the whole running course.
    """

    steps: tuple[str, ...]
    days: int | None = None


class NameParts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of a typed name that tell no two people apart, in small plain letters.

    Args:
        titles: titles, degrees and roles.
        particles: small words before a family name.
    """

    titles: frozenset[str]
    particles: frozenset[str]


class RoleBook(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every role with its title, in the order in which a person's first one is named; every act.

    ``said`` are other words that stand for a role behind a typed name, in small letters; ``names``
    are the words of a name that tell nobody apart; ``order`` says which steps a route needs.
    """

    source: str
    roles: dict[str, str]
    said: dict[str, str]
    names: NameParts
    order: dict[str, OrderSteps]
    acts: dict[str, Act]

    def role_said(self, words: str) -> str:
        """The role that words behind a typed name stand for; "" for none that is known."""
        typed = words.casefold().strip().rstrip(".")
        titles = {title: role for role, title in self.roles.items()}
        return self.said.get(typed) or titles.get(typed, "")

    def may(self, roles: Iterable[str], act: str) -> bool:
        """Whether somebody with these roles may do an act."""
        return bool(set(roles) & set(self.acts[act].roles))

    def why_not(self, roles: Iterable[str], act: str) -> str:
        """Why somebody with these roles may not do an act, in words; "" where she may."""
        mine = tuple(roles)
        if self.may(mine, act):
            return ""
        return self._refusal(mine, self.acts[act].words, self.acts[act].roles)

    def who_may(self, act: str) -> str:
        """The titles of the roles that may do an act: "physician or pharmacist"."""
        return _listed(
            [title for role, title in self.roles.items() if role in self.acts[act].roles], "or"
        )

    def may_write(self, roles: Iterable[str], kind: str) -> bool:
        """Whether somebody with these roles may do any act that writes a kind of record."""
        mine = set(roles)
        return any(kind in act.kinds and mine & set(act.roles) for act in self.acts.values())

    def may_void(self, roles: Iterable[str], kind: str) -> bool:
        """Whether somebody with these roles may do any act that strikes a kind of record out."""
        mine = set(roles)
        return any(kind in act.voids and mine & set(act.roles) for act in self.acts.values())

    def signing_role(self, roles: Iterable[str], meaning: str) -> str:
        """The title in which somebody with these roles signs a meaning; "" where she may not."""
        mine = set(roles)
        return next(
            (
                title
                for role, title in self.roles.items()
                if role in mine
                and any(meaning in act.signs and role in act.roles for act in self.acts.values())
            ),
            "",
        )

    def why_not_sign(self, roles: Iterable[str], meaning: str) -> str:
        """Why somebody with these roles may not sign a meaning, in words; "" where she may."""
        mine = tuple(roles)
        if self.signing_role(mine, meaning):
            return ""
        acts = [act for act in self.acts.values() if meaning in act.signs]
        among = tuple(role for role in self.roles if any(role in act.roles for act in acts))
        return self._refusal(mine, f"sign “{meaning}”", among)

    def why_not_write(self, roles: Iterable[str], kind: str) -> str:
        """Why somebody with these roles may not write a kind of record; "" where she may."""
        if self.may_write(roles, kind):
            return ""
        acts = [act for act in self.acts.values() if kind in act.kinds]
        if not acts:
            return f"No role may write {kind}: it is missing in the file of roles."
        among = tuple(role for role in self.roles if any(role in act.roles for act in acts))
        return self._refusal(tuple(roles), acts[0].words, among)

    def titles(self, roles: Iterable[str]) -> str:
        """The titles of roles, in the book's order: "physician and administrator"."""
        mine = set(roles)
        return _listed([title for role, title in self.roles.items() if role in mine], "and")

    def first_title(self, roles: Iterable[str]) -> str:
        """The title that stands beside a name on records: the first of the book's order."""
        mine = set(roles)
        return next((title for role, title in self.roles.items() if role in mine), "no role")

    def _refusal(self, mine: tuple[str, ...], words: str, among: tuple[str, ...]) -> str:
        may = _listed([title for role, title in self.roles.items() if role in among], "or")
        return f"Not with the role {self.titles(mine) or 'none'}: to {words} is for {may}."


def _listed(titles: list[str], last: str) -> str:
    if len(titles) < 2:
        return "".join(titles)
    return f"{', '.join(titles[:-1])} {last} {titles[-1]}"


@cache
def role_book() -> RoleBook:
    """The roles and acts of this program, read once."""
    text = place("resources", "people", "roles.toml").read_text("utf-8")
    return msgspec.convert(tomli.loads(text), RoleBook)
