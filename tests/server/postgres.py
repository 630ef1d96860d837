"""A PostgreSQL of the tests' own: Debian's, as an unprivileged user, on a free loopback port.

`initdb` refuses root, so under root it runs as Debian's `postgres` user; the cluster of the machine
itself is never touched. It listens on 127.0.0.1 only, takes passwords by SCRAM, and is gone with the
folder it lies in.
"""

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

PROGRAMS = Path("/usr/lib/postgresql")
OWNER, PROGRAM, STATION = "ward_owner", "bedside_program", "station1"
START_S = 30
_DIES_WITH_US = ("setpriv", "--pdeathsig", "INT") if shutil.which("setpriv") else ()


def programs() -> Path | None:
    """The folder of the newest PostgreSQL on this machine; None where there is none."""
    found = sorted(PROGRAMS.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


class Postgres:
    """One running cluster with the roles that the README tells a hospital to make.

    Args:
        settings: further settings of the server, e.g. "ssl=on".
        on_disk: it lies on a disk: what is measured must be durable.
    """

    def __init__(self, *settings: str, on_disk: bool = False) -> None:
        where = programs()
        assert where is not None, "Debian's package postgresql is not installed"
        self.programs, self.settings = where, settings
        memory = Path("/dev/shm")  # noqa: S108 (a folder of its own below it)
        self.folder = Path(
            tempfile.mkdtemp(
                prefix="bedside-pg-",
                dir=_disk() if on_disk else memory if memory.is_dir() else None,
            )
        )
        self.user = "postgres" if os.geteuid() == 0 else None
        self.data = self.folder / "data"
        self.password = secrets.token_hex(12)
        self.port = _free_port()
        self._make()
        self.start()
        self._roles()

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        said = (self.folder / "log").open("ab")
        options = [
            f"--port={self.port}", "--listen_addresses=127.0.0.1", "--unix_socket_directories=",
            "--shared_buffers=16MB", "--max_connections=120", "--autovacuum=off",
            *(f"--{setting}" for setting in self.settings),
        ]  # fmt: skip
        self.server = subprocess.Popen(
            [*_DIES_WITH_US, self.programs / "postgres", "-D", self.data, *options],
            stdout=said, stderr=said, user=self.user, extra_groups=[] if self.user else None,
        )  # fmt: skip
        said.close()
        deadline = time.monotonic() + START_S
        while time.monotonic() < deadline and self.server.poll() is None:
            try:
                self.superuser("SELECT 1")
            except AssertionError:
                time.sleep(0.05)
            else:
                return
        raise AssertionError((self.folder / "log").read_text())

    def kill(self) -> None:
        """End it as a power cut would: nothing is written any more."""
        self._signal("immediate")

    def standby(self) -> "Postgres":
        """A second server that follows this one by PostgreSQL's own streaming replication."""
        other = Postgres.__new__(Postgres)
        other.programs, other.settings, other.user = self.programs, self.settings, self.user
        other.folder = Path(tempfile.mkdtemp(prefix="bedside-pg-", dir=self.folder.parent))
        other.password, other.port = self.password, _free_port()
        other.data = other.folder / "data"
        other.passfile.write_text(f"127.0.0.1:*:*:*:{self.password}\n")
        other.passfile.chmod(0o600)
        if other.user is not None:
            shutil.chown(other.folder, other.user)
            shutil.chown(other.passfile, other.user)
        done = subprocess.run(
            [self.programs / "pg_basebackup", "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres",
             "-D", other.data, "-R", "-X", "stream", "-c", "fast", "--no-sync"],
            env={**os.environ, "PGPASSFILE": str(other.passfile)}, user=self.user,
            extra_groups=[] if self.user else None, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        other.start()
        if other.user is not None:
            shutil.chown(other.passfile, os.geteuid())
        return other

    def promote(self) -> None:
        """Let a standby take over."""
        self.superuser("SELECT pg_promote(true, 30)")

    def stop(self) -> None:
        """Stop it, and take everything of it away."""
        self._signal("fast")
        shutil.rmtree(self.folder, ignore_errors=True)

    def superuser(self, sql: str, database: str = "postgres") -> list[str]:
        """Run SQL as the cluster's own superuser; each row is a line."""
        done = subprocess.run(
            [self.programs / "psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1",
             "-p", str(self.port), "-U", "postgres", "-d", database, "-c", sql],
            env={**os.environ, "PGPASSFILE": str(self.passfile)},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    def make_database(self, name: str, like: str = "", more: str = "") -> None:
        """An empty database of the ward's owner, or one like another; `more` ends the statement."""
        sql = f'CREATE DATABASE "{name}" OWNER {OWNER} TEMPLATE "{like or "template0"}" {more}'
        deadline = time.monotonic() + START_S
        while True:
            try:
                self.superuser(sql)
            except AssertionError as error:  # who just hung up is still being let go
                if "being accessed" not in str(error) or time.monotonic() > deadline:
                    raise
                time.sleep(0.02)
            else:
                return

    def url(self, database: str, role: str = STATION, more: str = "") -> str:
        """The address of a database, as a station or the command line is given it."""
        return (
            f"postgresql+psycopg://{role}@127.0.0.1:{self.port}/{database}"
            f"?passfile={self.passfile}{more}"
        )

    @property
    def passfile(self) -> Path:
        """PostgreSQL's own password file, readable by its owner alone."""
        return self.folder / "pgpass"

    def _make(self) -> None:
        secret = self.folder / "secret"
        secret.write_text(self.password)
        self.passfile.write_text(f"127.0.0.1:{self.port}:*:*:{self.password}\n")
        self.passfile.chmod(0o600)
        if self.user is not None:
            shutil.chown(self.folder, self.user)
            shutil.chown(secret, self.user)
        done = subprocess.run(
            [self.programs / "initdb", "-D", self.data, "--username=postgres", "--no-sync",
             "--auth=scram-sha-256", f"--pwfile={secret}", "--encoding=UTF8", "--locale=C"],
            user=self.user, extra_groups=[] if self.user else None,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        secret.unlink()

    def _roles(self) -> None:
        self.superuser(
            f"CREATE ROLE {OWNER} LOGIN PASSWORD '{self.password}'; CREATE ROLE {PROGRAM} NOLOGIN; "
            f"CREATE ROLE {STATION} LOGIN PASSWORD '{self.password}' IN ROLE {PROGRAM}"
        )

    def _signal(self, mode: str) -> None:
        if self.server.poll() is None:
            subprocess.run(
                [self.programs / "pg_ctl", "-D", self.data, "-m", mode, "-w", "stop"],
                user=self.user, extra_groups=[] if self.user else None,
                capture_output=True, check=False,
            )  # fmt: skip
        self.server.wait(START_S)


def _disk() -> Path:
    """A folder that lies on a disk: on many machines /tmp is memory, and a save there costs nothing."""
    usual = Path(tempfile.gettempdir()), Path("/var/tmp")  # noqa: S108 (a folder of its own below it)
    found = next((path for path in usual if not _in_memory(path)), None)
    assert found is not None, (
        "no folder for passing files lies on a disk: set TMPDIR to one that does"
    )
    return found


def _in_memory(path: Path) -> bool:
    mounts = Path("/proc/mounts")
    lines = [line.split() for line in mounts.read_text().splitlines()] if mounts.exists() else []
    holding = [
        (len(place), kind) for _, place, kind, *_ in lines if path.resolve().is_relative_to(place)
    ]
    return bool(holding) and max(holding)[1] in {"tmpfs", "ramfs"}


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])
