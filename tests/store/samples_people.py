"""A row of each table of a ward's people."""

from typing import Any

from bedside.store.people_records import PersonRole, PersonSecret, SecretTry, WardPerson
from bedside.store.records import Record

PEOPLE_SAMPLES: dict[type[Record], dict[str, Any]] = {
    WardPerson: {"name": "Erika Berg", "initials": "EB", "person_key": "erikaberg"},
    PersonRole: {"person_id": 1, "role": "nurse"},
    PersonSecret: {
        "person_id": 1,
        "kind": "passphrase",
        "argon2id": "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2g",
    },
    SecretTry: {"person_id": 1, "kind": "passphrase", "purpose": "sign in", "outcome": "right"},
}
