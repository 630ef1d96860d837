"""The table of the ward's own files; each row is voided, never changed."""

from sqlalchemy import Table

from bedside.store.columns import clinical, words
from bedside.store.kept_records import KeptFile
from bedside.store.records import Record
from bedside.store.rules import digest, written

KEPT_TABLES: dict[type[Record], Table] = {
    KeptFile: clinical(
        "kept_file",
        words("file"),
        words("digest"),
        words("base64"),
        written("file", "A file has a name."),
        digest("digest"),
        written("base64", "A file is kept with what is in it."),
    ),
}
