"""The address of a ward's server: strict, without a secret, certificates verified by default."""

import pytest

from bedside.store.server_address import is_address, read_address
from bedside.units.refusal import Refused

CANARY = "canary-7391"


def test_an_address_is_read():
    read = read_address("postgresql+psycopg://station3@ward-db.hospital.example:6432/ward7")
    assert (read.host, read.port, read.database, read.user) == (
        "ward-db.hospital.example", 6432, "ward7", "station3",
    )  # fmt: skip
    assert read.shown == "ward7 on ward-db.hospital.example"


@pytest.mark.parametrize(
    "text",
    [
        f"postgresql+psycopg://s:{CANARY}@h/ward",
        f"postgresql+psycopg://s@h/ward?password={CANARY}",
        f"postgresql+psycopg://s@h/ward?sslpassword={CANARY}",
        f"postgresql+psycopg://s@h/ward?colour={CANARY}",
        f"postgresql+psycopg://s@h/ward?sslmode={CANARY}",
        f"postgresql://s@h/{CANARY}",
        f"mysql://s:{CANARY}@h/ward",
        f"postgresql+psycopg://s@h:{CANARY}/ward",
        f"postgresql+psycopg://s@h/ward?sslmode=require&sslmode={CANARY}",
        f"postgresql+psycopg://s@h/ward#{CANARY}",
        f"postgresql+psycopg://{CANARY}@h/",
    ],
)
def test_a_wrong_address_is_refused_and_not_repeated(text):
    """H43: a password in an address is not used, and no refusal shows what was in it."""
    with pytest.raises(Refused) as refused:
        read_address(text)
    assert CANARY not in repr(refused.value) + str(refused.value)


@pytest.mark.parametrize(
    ("address", "mode"),
    [
        ("postgresql+psycopg://s@ward-db.example/ward", "verify-full"),
        ("postgresql+psycopg://s@10.1.2.3/ward", "verify-full"),
        ("postgresql+psycopg://s@localhost.evil.example/ward", "verify-full"),
        ("postgresql+psycopg://s@/ward?host=127.0.0.1,ward-db.example", "verify-full"),
        ("postgresql+psycopg:///?service=ward", "verify-full"),
        ("postgresql+psycopg://s@ward-db.example/ward?sslmode=verify-ca", "verify-ca"),
        ("postgresql+psycopg://s@127.0.0.1/ward", None),
        ("postgresql+psycopg://s@[::1]/ward", None),
        ("postgresql+psycopg://s@localhost/ward", None),
        ("postgresql+psycopg:///ward?host=/run/postgresql", None),
    ],
)
def test_certificates_are_verified_unless_nothing_can_listen(address, mode):
    assert read_address(address).words().get("sslmode") == mode


def test_a_folder_is_no_address():
    assert is_address("postgresql+psycopg://h/w")
    assert not is_address("/home/ward")
    assert not is_address("C:\\ward")
