"""Each cause for which a station does not get at its ward's server has its own words, on the page, too."""

import subprocess
import time
from datetime import timedelta

import pytest

from bedside.store.server_address import read_address
from bedside.store.server_driver import connect_server
from bedside.store.server_opening import open_station
from bedside.store.troubles import Hindered
from bedside.ward.opening_pages import page_of
from bedside.ward.unreached import unreached_page
from tests.server.postgres import STATION, Postgres
from tests.store.samples import NOW

CERTIFICATES = {
    "right": ("localhost", 2), "other": ("localhost", 2), "elsewhere": ("else.where", 2),
    "expired": ("localhost", -1),
}  # fmt: skip
_KEY = "openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout {0}.key -out {0}.csr -subj /CN={1}"
_SIGN = "openssl x509 -req -in {0}.csr -signkey {0}.key -days {2} -out {0}.crt"


class _Asked:
    """A server of its own, and what a station reads of it."""

    def __init__(self, server, folder):
        self.server, self.folder = server, folder
        self.passfile = folder / "pgpass"
        self.password(server.password)

    def password(self, words):
        self.passfile.write_text(f"*:*:*:*:{words}\n")
        self.passfile.chmod(0o600)

    def address(self, database="postgres", role=STATION, more=""):
        return (
            f"postgresql+psycopg://{role}@localhost:{self.server.port}/{database}"
            f"?passfile={self.passfile}{more}"
        )

    def shows(self, name):
        for end in ("crt", "key"):
            target = self.server.data / f"server.{end}"
            target.write_bytes((self.folder / f"{name}.{end}").read_bytes())
        self.set("ssl", "on")

    def set(self, name, value):
        self.server.superuser(f"ALTER SYSTEM SET {name} = '{value}'")
        self.reload()

    def lets_in(self, lines):
        (self.server.data / "pg_hba.conf").write_text(lines)
        self.reload()

    def reload(self):
        loaded = "SELECT pg_conf_load_time()"
        before = self.server.superuser(loaded)
        self.server.superuser("SELECT pg_reload_conf()")
        while self.server.superuser(loaded) == before:
            time.sleep(0.02)


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    pytest.importorskip("psycopg")
    folder = tmp_path_factory.mktemp("asked")
    for name, (host, days) in CERTIFICATES.items():
        for line in (_KEY, _SIGN):
            words = line.format(folder / name, host, days).split()
            subprocess.run(words, check=True, capture_output=True)
    server = Postgres()
    for end in ("crt", "key"):  # of the server's own user, and for it alone
        target = server.data / f"server.{end}"
        target.touch(mode=0o600)
        if server.user is not None:
            import shutil

            shutil.chown(target, server.user)
    yield _Asked(server, folder)
    server.stop()


def _why(asked, **where):
    """What a station is told, and its page; nothing of any secret is in either."""
    with pytest.raises(Hindered) as refused:
        connect_server(read_address(asked.address(**where)))
    page = page_of(refused.value, asked.folder / "none", NOW)
    told = " ".join((*refused.value.reasons, page.title, page.happened, *page.todo))
    assert (
        asked.server.password not in told and STATION not in told and str(asked.folder) not in told
    )
    assert ("network" in " ".join(page.todo)) == (refused.value.cause == "away")
    return refused.value.cause, page


def test_each_cause_is_told_apart_on_a_real_server(asked):
    """A wrong password and a certificate were called a matter of the network."""
    server, trusts = asked.server, f"&sslmode=verify-full&sslrootcert={asked.folder}/"
    connect_server(read_address(asked.address())).close()
    asked.password("wrong")
    cause, page = _why(asked)
    assert (cause, page.title) == ("password", "The ward's server does not let this station in")
    assert "password file" in page.todo[0]
    assert _why(asked, role="nobody")[0] == "password"  # the server does not say which of the two
    asked.passfile.write_text("")
    assert _why(asked)[0] == "no password"
    asked.password(server.password)
    assert _why(asked, database="ward9")[0] == "no database"
    assert _why(asked, more="&sslmode=require")[0] == "no tls"
    server.superuser(f"ALTER ROLE {STATION} CONNECTION LIMIT 0")
    assert _why(asked)[0] == "full"
    server.superuser(f"ALTER ROLE {STATION} CONNECTION LIMIT -1 NOLOGIN")
    assert _why(asked)[0] == "not let in"
    server.superuser(f"ALTER ROLE {STATION} LOGIN")
    server.make_database("shut", more="ALLOW_CONNECTIONS false")
    assert _why(asked, database="shut")[0] == "closed"
    asked.shows("right")
    connect_server(read_address(asked.address(more=f"{trusts}right.crt"))).close()
    cause, page = _why(asked, more=f"{trusts}other.crt")
    assert (cause, page.title) == ("untrusted", "The ward's server is not trusted by this computer")
    assert _why(asked, more=f"{trusts}none.crt")[0] == "no authorities"
    assert _why(asked, more=f"&sslmode=require&sslcert={asked.folder}/right.crt&sslkey=/none")[0] == (
        "own certificate"
    )  # fmt: skip
    asked.shows("elsewhere")
    assert _why(asked, more=f"{trusts}elsewhere.crt")[0] == "other name"
    asked.shows("expired")
    cause, page = _why(asked, more=f"{trusts}expired.crt")
    assert cause == "expired"
    assert "clock" in page.todo[0]
    asked.set("ssl", "off")
    asked.lets_in("host all all 127.0.0.1/32 trust\n")
    assert _why(asked, role="nobody")[0] == "no role"
    asked.lets_in("host all postgres 127.0.0.1/32 scram-sha-256\n")
    assert _why(asked)[0] == "not let in"


def test_a_server_that_is_not_there_is_a_matter_of_the_network(tmp_path):
    with pytest.raises(Hindered) as refused:
        connect_server(read_address("postgresql+psycopg://s@127.0.0.1:1/ward"))
    page = page_of(refused.value, tmp_path, NOW)
    assert "network" in page.todo[0]


def test_a_ward_of_an_older_bedside_on_the_server_is_no_matter_of_the_network(
    connected, postgres, ward, tmp_path
):
    connected(ward).plain("UPDATE alembic_version SET version_num = '0001'")
    with pytest.raises(Hindered) as refused:
        open_station(postgres.url(ward), tmp_path / "s")
    page = page_of(refused.value, tmp_path / "s", NOW + timedelta(hours=1))
    assert page.title == "The ward's server is of an older Bedside"
    assert "--bring-up" in page.todo[0]
    assert "network" not in " ".join(page.todo)


def test_every_cause_has_something_to_do():
    from typing import get_args

    from bedside.store.troubles import Unreached

    pages = [unreached_page(cause) for cause in get_args(Unreached) if cause != "away"]
    assert len({todo for _, todo in pages}) == len(pages) > 12
