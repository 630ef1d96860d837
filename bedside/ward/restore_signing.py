"""The two people of a restore: typed names, or in a ward with people two of them with their secrets."""

from collections.abc import Callable
from datetime import datetime

from bedside.store.keys import Keys, has_keys
from bedside.units.refusal import Refused
from bedside.ward.copy_keys import keys_for
from bedside.ward.one_person import why_one_person
from bedside.ward.people import confirm_secret, has_people
from bedside.ward.people_reading import person_of, who_text
from bedside.ward.restoring import confirm
from bedside.ward.roles import role_book
from bedside.ward.views.backup import Preview
from bedside.ward.ward import Ward

OLDER = "restore-older"


class Signing:
    """Asks two people, and records in the prepared ward who they are.

    Args:
        seen: what both have seen.
        ward: whose people confirm: the open ward, or the prepared copy of one that is closed.
        keys: of the prepared ward, None where it is plain.
        now: gives the time.
    """

    def __init__(
        self, seen: Preview, ward: Ward, keys: Keys | None, now: Callable[[], datetime]
    ) -> None:
        self.seen, self.ward = seen, ward
        self._keys, self._now = keys, now
        self.by_people = has_people(ward)
        # a copy from before the ward was encrypted
        self.becomes_plain = keys is None and has_keys(seen.prepared.parent)

    def now(self) -> datetime:
        """The time now, in the ward's zone."""
        return self.ward.local(self._now())

    def roles_words(self) -> str:
        """Which roles the two people need, to be said before anything is typed; "" without people."""
        if not self.by_people:
            return ""
        book = role_book()
        first, second = book.who_may("restore"), book.who_may("second-restore")
        words = f"First person: {first}. Second person: {second}."
        if self.seen.newest:
            return words
        return f"{words} There is a newer good copy: one of the two is {book.who_may(OLDER)}."

    def sign_by_name(self, who: str, second: str) -> None:
        """Two typed names, in a ward without people.

        Raises:
            Refused: they are not two people, or the ward has people: then these confirm.
        """
        if self.by_people:
            raise Refused("In this ward people confirm a restore by their own passphrases.")
        if why := why_one_person(who, second):
            raise Refused(
                "A restore needs two people: the second name may be the first one's.", why
            )
        confirm(self.seen, self.ward, self._now(), who=who, second=second, keys=self._keys)

    def sign_by_secret(self, first: tuple[int, str], second: tuple[int, str]) -> None:
        """Two people of the ward, each by number and secret.

        Raises:
            Refused: they are one, a role may not, or a secret is wrong; nothing was recorded in
                the copy.
        """
        if first[0] == second[0]:
            raise Refused("A restore needs two people: the second is the first one.")
        self._refuse_roles((first[0], "restore"), (second[0], "second-restore"))
        if not self.seen.newest:
            self._refuse_older(first[0], second[0])
        who, other = (
            who_text(confirm_secret(self.ward, person, secret, self._now()))
            for person, secret in (first, second)
        )
        confirm(self.seen, self.ward, self._now(), who=who, second=other, keys=self._keys)

    def _refuse_older(self, *people: int) -> None:
        """A copy that is not the last good one loses more than it must: one of the two answers for it."""
        book = role_book()
        with self.ward.store.reading() as connection:
            roles = [person_of(connection, number).roles for number in people]
        if not any(book.may(mine, OLDER) for mine in roles):
            raise Refused(
                "There is a newer good copy of this ward: restore that one, or let one of the two be "
                f"{book.who_may(OLDER)}. Nothing was changed."
            )

    def _refuse_roles(self, *acts: tuple[int, str]) -> None:
        """Ask for the roles before the secrets: a try is counted only of who may."""
        with self.ward.store.reading() as connection:
            roles = {number: person_of(connection, number).roles for number, _ in acts}
        why = [role_book().why_not(roles[number], act) for number, act in acts]
        if any(why):
            raise Refused(*(words for words in why if words))


def signing_of(ward: Ward, seen: Preview) -> Signing:
    """The signing of a restore in an open ward."""
    return Signing(seen, ward, keys_for(ward.store.keys, seen.prepared).keys, ward.now)
