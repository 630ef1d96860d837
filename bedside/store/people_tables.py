"""The tables of the people of a ward; each row is voided, never changed."""

from sqlalchemy import ForeignKeyConstraint, Index, Table
from sqlalchemy.schema import SchemaItem

from bedside.store.columns import clinical, once, whole, words
from bedside.store.people_records import PersonRole, PersonSecret, SecretTry, WardPerson
from bedside.store.records import Record
from bedside.store.rules import one_of, rule, written

ROLES = ("nurse", "pharmacist", "physician", "coordinator", "administrator")
SECRETS = ("passphrase", "pin")


def _person() -> tuple[SchemaItem, ...]:
    return (
        whole("person_id"),
        ForeignKeyConstraint(["person_id"], ["ward_person.id"]),
    )


PEOPLE_TABLES: dict[type[Record], Table] = {
    WardPerson: clinical(
        "ward_person",
        words("name"),
        words("initials"),
        words("person_key"),
        written("name", "A person needs a name."),
        written("initials", "A person needs initials."),
        written("person_key", "A name needs letters."),
        once("ward_person", "person_key"),
    ),
    PersonRole: clinical(
        "person_role",
        *_person(),
        words("role"),
        one_of("role", *ROLES),
        once("person_role", "person_id", "role"),
    ),
    PersonSecret: clinical(
        "person_secret",
        *_person(),
        words("kind"),
        words("argon2id"),
        one_of("kind", *SECRETS),
        rule(
            "argon2id_text",
            "argon2id GLOB '$argon2id$v=19$*' AND length(argon2id) <= 200",
            "A secret is kept as argon2id's text, never as it was typed.",
        ),
        once("person_secret", "person_id", "kind"),
    ),
    SecretTry: clinical(
        "secret_try",
        *_person(),
        words("kind"),
        words("purpose"),
        words("outcome"),
        one_of("kind", *SECRETS),
        one_of("purpose", "sign in", "unlock", "confirm", "sign out"),
        one_of("outcome", "right", "wrong", "ended"),
    ),
}
Index("ix_secret_try_person_id", PEOPLE_TABLES[SecretTry].c.person_id)
