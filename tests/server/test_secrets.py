"""No secret of the server's and no infant's name gets out: not in errors, logs or process lists."""

import os
import ssl
import subprocess
import sys
import time
import traceback
from pathlib import Path
from types import SimpleNamespace

import pytest

from bedside.store.records import Infant, Measurement
from bedside.store.server_address import read_address
from bedside.store.server_driver import connect_server
from bedside.store.server_reaching import not_reached
from bedside.units.refusal import Refused
from tests.server.postgres import STATION
from tests.store.samples import add

NAME = "CANARY" + "LING"
CANARY = "canary-5519-secret"
AUTHORITY = (
    "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 "
    "-keyout {0}/{1}.key -out {0}/{1}.crt -subj /CN={2} -addext subjectAltName=DNS:{2}"
)


def test_a_wrong_password_is_not_repeated(postgres, ward, tmp_path, caplog):
    """H43."""
    passfile = tmp_path / "pgpass"
    passfile.write_text(f"*:*:*:*:{CANARY}\n")
    passfile.chmod(0o600)
    url = f"postgresql+psycopg://{STATION}@127.0.0.1:{postgres.port}/{ward}?passfile={passfile}"
    with pytest.raises(Refused, match="did not take this station's role") as refused:
        connect_server(read_address(url))
    assert "trying again does not help" in " ".join(refused.value.reasons)
    told = "".join(traceback.format_exception(refused.value)) + caplog.text
    assert CANARY not in told and str(passfile) not in told and STATION not in told


@pytest.mark.parametrize(
    ("said", "why", "again"),
    [
        ('at "role-ssl-db" failed: Connection refused', "nothing answers at this port", True),
        ("failed to resolve host 'a': [Errno -2] Name", "no computer of that name", True),
        ('at "db" failed: timeout expired', "it does not answer", True),
        ('at "db" failed: SSL SYSCALL error: EOF detected', "it does not answer", True),
        ('at "db" failed: FATAL: the database system is starting up', "it does not answer", True),
        ('at "db" failed: FATAL: too many connections for role "a"', "no place", True),
        ("remaining connection slots are reserved for roles with", "no place", True),
        ("connection requires a valid client certificate", "own certificate", False),
        (
            'at "db" failed: SSL error: certificate verify failed',
            "not one that this computer trusts",
            False,
        ),
        ('server certificate for "a" does not match host name', "for another name", False),
        ("server does not support SSL, but SSL was required", "does not speak TLS", False),
        ('FATAL: database "ward-certificate" does not exist', "no such database", False),
        ('FATAL: role "certificate" does not exist', "no role of this station's name", False),
        ("FATAL: no pg_hba.conf entry for host", "does not let this station's role in", False),
    ],
)
def test_why_a_server_is_not_reached_is_told_with_what_to_do(said, why, again):
    """Trying again is said where it can help, and only there; a name in the error is no reason."""
    refused = not_reached(read_address("postgresql+psycopg://a@localhost/ward"), OSError(said))
    first, then = refused.reasons
    assert why in first
    assert ("then try again" in then) == again
    assert ("does not help" in then) != again


def test_the_password_is_in_no_process_list_and_no_environment(postgres, ward, tmp_path):
    """A whole session in a process of its own, with what others on the computer see of it."""
    body = (
        "import sys, pathlib, datetime\n"
        "from bedside.store.opening import open_store\n"
        "at = datetime.datetime(2026, 11, 20, 12, 0, tzinfo=datetime.UTC)\n"
        f"store = open_store(pathlib.Path({str(tmp_path / 's')!r}), now=at, create=False)\n"
        "print(pathlib.Path('/proc/self/cmdline').read_bytes(), dict(__import__('os').environ))\n"
        "print(store, store._ward.driver.connection, vars(store))\n"
        "store.close()\n"
    )
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "ward.server").write_text(postgres.url(ward))
    done = subprocess.run(
        [sys.executable, "-c", body], capture_output=True, text=True, check=True, timeout=60,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert postgres.password not in done.stdout + done.stderr
    for path in (tmp_path / "s").rglob("*"):
        assert postgres.password.encode() not in path.read_bytes()
    seen = postgres.superuser("SELECT query, application_name FROM pg_stat_activity")
    assert postgres.password not in "".join(seen)


def test_an_error_of_the_server_names_nobody(station):
    """H43: PostgreSQL's own errors repeat the whole row that was refused."""
    store = station()
    add(store, Infant)
    with pytest.raises(Refused) as refused:
        add(store, Infant, family=NAME)
    assert NAME not in "".join(traceback.format_exception(refused.value))
    with pytest.raises(Refused) as refused:
        add(store, Measurement, weight_g=1, unusual_reason=NAME)
    assert NAME not in "".join(traceback.format_exception(refused.value))


@pytest.mark.parametrize(
    ("shown", "trusted", "right"),
    [("right", "right", True), ("right", "other", False), ("elsewhere", "elsewhere", False)],
)
def test_a_certificate_is_verified_with_its_name(secured, tmp_path, shown, trusted, right):
    """H43: over a network the station talks to the ward's server and to no other."""
    folder = secured(shown)
    address = read_address(
        f"postgresql+psycopg://{STATION}@localhost:{secured.port}/postgres"
        f"?passfile={folder}/pgpass&sslmode=verify-full&sslrootcert={folder}/{trusted}.crt"
    )
    if not right:
        with pytest.raises(Refused, match="certificate"):
            connect_server(address)
        return
    driver = connect_server(address)
    asked = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
    assert driver.plain(asked).fetchone() == (True,)
    driver.close()


@pytest.mark.parametrize("asked", ["", "&sslrootcert=system"])
@pytest.mark.parametrize(("shown", "right"), [("right", True), ("elsewhere", False)])
def test_the_authorities_that_this_computer_trusts_are_enough(
    secured, tmp_path, monkeypatch, asked, shown, right
):
    """H43: a certificate of a public authority needs no file of the ward's own; its name is verified too."""
    folder = secured(shown)
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)  # whoever gave psycopg its roots by hand
    monkeypatch.setattr(
        ssl, "get_default_verify_paths", lambda: SimpleNamespace(cafile=f"{folder}/{shown}.crt")
    )
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    address = read_address(
        f"postgresql+psycopg://{STATION}@localhost:{secured.port}/postgres"
        f"?passfile={folder}/pgpass&sslmode=verify-full{asked}"
    )
    if right:
        connect_server(address).close()
        return
    with pytest.raises(Refused, match="certificate"):
        connect_server(address)


@pytest.fixture
def secured(postgres, tmp_path):
    """Lets the server show one of three certificates; as before at the end."""
    for name, host in (("right", "localhost"), ("other", "localhost"), ("elsewhere", "else.where")):
        _certificate(tmp_path, name, host)
    passfile = tmp_path / "pgpass"
    passfile.write_text(f"localhost:*:*:*:{postgres.password}\n")
    passfile.chmod(0o600)

    def show(name):
        for end in ("crt", "key"):
            target = postgres.data / f"server.{end}"
            target.write_bytes((tmp_path / f"{name}.{end}").read_bytes())
            target.chmod(0o600)
            if postgres.user is not None:
                os.chown(target, *_owner(postgres.data))
        postgres.superuser("ALTER SYSTEM SET ssl = on")
        _reload(postgres, "on")
        return tmp_path

    show.port = postgres.port
    yield show
    postgres.superuser("ALTER SYSTEM RESET ssl")
    _reload(postgres, "off")


def _reload(postgres, wanted):
    postgres.superuser("SELECT pg_reload_conf()")
    deadline = time.monotonic() + 10
    while postgres.superuser("SHOW ssl") != [wanted] and time.monotonic() < deadline:
        time.sleep(0.05)


def _owner(path: Path) -> tuple[int, int]:
    return path.stat().st_uid, path.stat().st_gid


def _certificate(folder, name, host):
    subprocess.run(AUTHORITY.format(folder, name, host).split(), check=True, capture_output=True)


def test_psycopg_is_loaded_only_where_a_server_is_set(tmp_path):
    body = (
        "import sys, pathlib, datetime\n"
        "from bedside.store.opening import open_store\n"
        "at = datetime.datetime(2026, 11, 20, 12, 0, tzinfo=datetime.UTC)\n"
        f"store = open_store(pathlib.Path({str(tmp_path / 'w')!r}), now=at, create=True)\n"
        "with store.change('E. Berg, RN', 'wrote', at): pass\n"
        "store.close()\n"
        "print([n for n in sys.modules if n.startswith(('psycopg', 'bedside.store.server_'))])\n"
    )
    done = subprocess.run([sys.executable, "-c", body], capture_output=True, text=True, check=True)
    assert set(eval(done.stdout)) <= {"bedside.store.server_fault"}  # noqa: S307 (our own child's)
