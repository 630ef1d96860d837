"""A station that shows a certificate of its own signs in with it, without any password; no other does."""

import subprocess
from contextlib import closing

import pytest

from bedside.store.server_address import read_address
from bedside.store.server_driver import connect_server
from bedside.store.server_opening import make_on_server, open_station
from bedside.store.troubles import Hindered
from tests.server.postgres import OWNER, STATION, Postgres, programs
from tests.store.samples import NOW

WARD = "ward7"
# As the README has it: one authority of the hospital's, a certificate for the server, one for each station.
_AUTHORITY = (
    "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 "
    "-keyout {0}/{1}.key -out {0}/{1}.crt -subj /CN={1}"
)
_ASKED = (
    "openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes "
    "-keyout {0}/{1}.key -out {0}/{1}.csr -subj /CN={1} -addext subjectAltName=DNS:{1}"
)
_SIGNED = (
    "openssl x509 -req -in {0}/{1}.csr -days 2 -copy_extensions copy "
    "-CA {0}/{2}.crt -CAkey {0}/{2}.key -CAcreateserial -out {0}/{1}.crt"
)


@pytest.fixture(scope="module")
def hospital(tmp_path_factory):
    """A server with a ward that lets stations in by their certificates alone, and the folder of these."""
    pytest.importorskip("psycopg")
    if programs() is None:
        pytest.skip("Debian's package postgresql is not installed here")
    folder = tmp_path_factory.mktemp("own")
    for authority, names in (("hospital", ("localhost", STATION, "station2")), ("stranger", ())):
        _run(_AUTHORITY.format(folder, authority))
        for name in names:
            _run(_ASKED.format(folder, name))
            _run(_SIGNED.format(folder, name, authority))
    _run(_ASKED.format(folder, "forged").replace("CN=forged", f"CN={STATION}"))
    _run(_SIGNED.format(folder, "forged", "stranger"))
    server = Postgres()
    server.make_database(WARD)
    with closing(connect_server(read_address(server.url(WARD, OWNER)))) as driver:
        make_on_server(driver, now=NOW)
    _by_certificate(server, folder)
    yield server, folder
    server.stop()


def _run(line):
    subprocess.run(line.split(), check=True, capture_output=True)


def _by_certificate(server, folder):
    shown = {
        "server.crt": "localhost.crt",
        "server.key": "localhost.key",
        "root.crt": "hospital.crt",
    }
    for name, kept in shown.items():
        target = server.data / name
        target.touch(mode=0o600)
        target.write_bytes((folder / kept).read_bytes())
        if server.user is not None:
            import shutil

            shutil.chown(target, server.user)
    (server.data / "pg_hba.conf").write_text(
        f"host all postgres 127.0.0.1/32 scram-sha-256\nhostssl {WARD} all 127.0.0.1/32 cert\n"
    )
    server.superuser("ALTER SYSTEM SET ssl_ca_file = 'root.crt'")
    server.superuser("ALTER SYSTEM SET ssl = on")
    loaded = "SELECT pg_conf_load_time()"
    before = server.superuser(loaded)
    server.superuser("SELECT pg_reload_conf()")
    while server.superuser(loaded) == before:
        pass  # psql itself takes some time


def _address(hospital, shows):
    server, folder = hospital
    own = f"&sslcert={folder}/{shows}.crt&sslkey={folder}/{shows}.key" if shows else ""
    return (
        f"postgresql+psycopg://{STATION}@localhost:{server.port}/{WARD}"
        f"?sslmode=verify-full&sslrootcert={folder}/hospital.crt{own}"
    )


def test_a_station_opens_the_ward_by_its_own_certificate(hospital, tmp_path, monkeypatch):
    """H43: no password is kept anywhere at such a station."""
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "none"))
    store = open_station(_address(hospital, STATION), tmp_path)
    with store.change("E. Berg, RN", "wrote", NOW):
        pass
    held = hospital[0].superuser(
        "SELECT usename, s.client_dn FROM pg_stat_ssl s JOIN pg_stat_activity a USING (pid) "
        "WHERE a.datname = 'ward7'"
    )
    store.close()
    assert held and set(held) == {f"{STATION}|/CN={STATION}"}


@pytest.mark.parametrize("shows", ["", "station2", "forged"])
def test_no_other_certificate_opens_it(hospital, tmp_path, monkeypatch, shows):
    """H43: none at all, another station's, and one of an authority that is not the hospital's."""
    monkeypatch.setenv("PGPASSFILE", str(hospital[0].passfile))  # the right password helps nobody
    with pytest.raises(Hindered) as refused:
        open_station(_address(hospital, shows), tmp_path)
    assert refused.value.cause == "own certificate", refused.value.reasons
    assert "certificate" in " ".join(refused.value.reasons)
