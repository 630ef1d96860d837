"""Why a ward's server is not reached is said whole in German: one cause was put together from scraps."""

import pytest

from bedside.store.server_address import read_address
from bedside.store.server_reaching import not_reached
from bedside.words.languages import speaker_of

ADDRESS = read_address("postgresql+psycopg://a@localhost/ward7")


@pytest.mark.parametrize(
    "said",
    [
        "connection refused", "failed to resolve host", "timeout expired", "too many clients",
        "does not match host name", "server does not support ssl", "certificate verify failed",
        "root certificate file missing", "private key file missing", "no password supplied",
        "password authentication failed", "no pg_hba.conf entry", "not currently accepting",
        "database does not exist", "role does not exist",
    ],
)  # fmt: skip
def test_each_cause_is_said_whole_in_german(said):
    english = not_reached(ADDRESS, OSError(said)).reasons[0]
    german = speaker_of("de").shown(english)
    assert german.startswith("Die Station liegt auf einem Server (ward7 on localhost), der nicht ")
