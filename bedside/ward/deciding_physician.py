"""Whether somebody named as the physician who decides can be one: by her role, or by what she calls herself.

In a ward with people the physician who is signed in decides, and nobody else in her name. In a ward
without people a typed name is all there is: one that says another role is not taken.
"""

from bedside.units.refusal import Refused
from bedside.ward.one_act import one_act
from bedside.ward.people import confirm_secret, has_people, person_key
from bedside.ward.roles import RoleBook, role_book
from bedside.ward.ward import Ward

_ACT = "decide-dlt"


def deciding_physician(ward: Ward) -> str:
    """How the physician who is signed in stands on records; "" where a name is to be typed."""
    signed_in = ward.signed_in
    if signed_in is None or not role_book().may(signed_in.roles, _ACT):
        return ""
    return signed_in.who


def proposed_physician(ward: Ward, who: str) -> str:
    """Who records, where she calls herself a physician and no accounts say who decides; else "".

    Args:
        ward: the ward.
        who: name and role of who records.
    """
    book = role_book()
    return who if not has_people(ward) and _deciding(book) & _said(book, who) else ""


def why_no_physician(ward: Ward, physician: str) -> list[str]:
    """Why this name cannot decide on a DLT, in words; empty where it can.

    Args:
        ward: the ward.
        physician: name and role of who decides, as typed.
    """
    if not physician.strip():
        return ["Which physician decides? Type name and role."]
    book = role_book()
    if has_people(ward) and ward.signed_in is not None:
        why = book.why_not(ward.signed_in.roles, _ACT)
        if why:
            return [why]
        if person_key(physician) != person_key(ward.signed_in.who):
            return [
                f"{ward.signed_in.who} is signed in: nobody decides in the name of another. "
                f"{physician.strip()} signs in to decide."
            ]
        return []
    role = _other_role(book, physician)
    if not role:
        return []
    return [
        f"“{physician.strip()}” says {role}: a physician decides on a DLT. Type the physician's "
        "name and role, for example “I. Halvorsen, physician”."
    ]


def why_not_taken_back(ward: Ward, who: str) -> list[str]:
    """Why somebody cannot take a decision on a DLT back, by the rule for deciding; empty where she can.

    Args:
        ward: the ward.
        who: who records it: nobody takes a decision back in the name of another.
    """
    if not why_no_physician(ward, who):
        return []
    return [
        f"{who.strip() or 'Nobody'} is recording: a decision on a DLT is taken back by a physician. "
        "The decision stands as it was. Let the physician record it under her own name."
    ]


@one_act
def confirm_physician(ward: Ward, secret: str) -> None:
    """Let the physician who is signed in show by her secret that it is she who decides.

    Args:
        ward: the ward; one without people asks for nothing.
        secret: her passphrase, or her PIN.

    Raises:
        Refused: nobody is signed in, or the secret is wrong.
    """
    if not has_people(ward):
        return
    if ward.signed_in is None:
        raise Refused("Nobody is signed in: nothing was recorded. Sign in first.")
    confirm_secret(ward, ward.signed_in.person_id, secret, ward.now())


def why_ordered_by_another(ward: Ward, name: str) -> list[str]:
    """Why a dose cannot have been ordered by whom the form names; empty where it can.

    In a ward with people a physician orders in her own name, and nobody types another's.
    """
    signed_in = ward.signed_in
    if not has_people(ward) or signed_in is None or person_key(name) == person_key(signed_in.who):
        return []
    return [
        f"{signed_in.who} is signed in: nobody orders in the name of another. "
        f"{name.strip() or 'Whoever orders'} signs in to order."
    ]


def _other_role(book: RoleBook, physician: str) -> str:
    """The role that a typed name says and that may not decide; "" for none."""
    said, deciding = _said(book, physician), _deciding(book)
    if deciding & said:
        return ""
    others = (title for title in book.roles.values() if title not in deciding)
    return next((title for title in others if title.split()[-1] in said), "")


def _deciding(book: RoleBook) -> set[str]:
    """The titles of the roles that decide."""
    return {book.roles[role] for role in book.acts[_ACT].roles}


def _said(book: RoleBook, who: str) -> set[str]:
    """The roles that a typed name says, and its other words.

    Behind a comma stands the role; without one each word of the name may be it.
    """
    _, comma, behind = who.partition(",")
    words = [
        "".join(letter for letter in word if letter.isalpha()).casefold()
        for word in (behind if comma else who).split()
    ]
    return {book.said.get(word, word) for word in words}
