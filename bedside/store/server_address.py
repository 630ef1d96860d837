"""Where a ward lies when it lies on a database server, and how a station reaches it safely.

`BEDSIDE_STORE=postgresql+psycopg://station3@ward-db.hospital.example/ward7` names host, database and
role; it never holds a secret. A password comes from PostgreSQL's own password file, a service file,
or not at all, where the station shows a certificate. An address with a password in it is refused,
because whatever is in an address ends in logs, in process lists and on screens.

Over a network the server's certificate and its name are verified unless the site says otherwise in
the address (`?sslmode=…`). On this computer itself (a socket, or a loopback address) nothing can
listen in between.
"""

import os
import sys
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from msgspec import Struct

from bedside.units.refusal import Refused

SCHEME = "postgresql+psycopg"
PORT = 5432
VERIFIED = "verify-full"
SYSTEM = "system"  # PostgreSQL's word for the authorities that this computer trusts
_OPTIONS = frozenset({
    "connect_timeout", "host", "passfile", "port", "service", "sslcert", "sslcrl", "sslkey",
    "sslmode", "sslrootcert", "target_session_attrs",
})  # fmt: skip
_SECRETS = frozenset({"password", "sslpassword"})
_MODES = ("disable", "allow", "prefer", "require", "verify-ca", VERIFIED)
_SECRET_WORDS = (
    "The address of the server holds a password. It was not used: an address is seen by others.",
    "Take the password out of it, and put it into PostgreSQL's password file (~/.pgpass, readable by "
    "you alone) or into a service file. If others have seen it, have it changed.",
)


class ServerAddress(Struct, frozen=True):
    """A ward's database on a server; none of it is secret.

    Attributes:
        host: name or number; a path for a socket; "" where a service file says it.
        port: of the server.
        database: its name; "" where a service file says it.
        user: the database role of this station; "" for the system's own.
        options: PostgreSQL's own further words, by name.
    """

    host: str
    port: int
    database: str
    user: str
    options: tuple[tuple[str, str], ...] = ()

    @property
    def shown(self) -> str:
        """The address as a person reads it."""
        place = self.host or dict(self.options).get("service", "this computer")
        return f"{self.database or 'the ward'} on {place}"

    @property
    def local(self) -> bool:
        """Whether it is on this computer itself."""
        hosts = [host.strip() for host in self.host.split(",")]
        return "service" not in dict(self.options) and all(map(_is_local, hosts))

    def words(self) -> dict[str, str | int]:
        """What PostgreSQL's library is told; the checking of certificates is never left to chance."""
        told: dict[str, str | int] = {"application_name": "Bedside"}
        if self.host:
            told |= {"host": self.host, "port": self.port}
        if self.database:
            told["dbname"] = self.database
        if self.user:
            told["user"] = self.user
        told |= dict(self.options)
        if "sslmode" not in told and not self.local:
            told["sslmode"] = VERIFIED
        if told.get("sslmode") == VERIFIED:
            asked = told.get("sslrootcert")
            known = _known_authorities() if asked in {None, SYSTEM} else ""
            if known and (asked == SYSTEM or not _own_root().exists()):
                told["sslrootcert"] = known
        return told


def is_address(text: str) -> bool:
    """Whether a text names a server, not a folder."""
    return text.partition("://")[0].partition("+")[0] in {"postgresql", "postgres"}


def read_address(text: str) -> ServerAddress:
    """Read an address as it is set in BEDSIDE_STORE or given on a line; no word of it is repeated.

    Args:
        text: e.g. postgresql+psycopg://station3@ward-db.hospital.example/ward7.

    Raises:
        Refused: it holds a password, an unknown word, or is no address of PostgreSQL.
    """
    try:
        parts = urlsplit(text.strip())
        port = parts.port or PORT
    except ValueError:
        raise _unreadable("its port is no number") from None
    if parts.scheme != SCHEME:
        raise _unreadable(f"it has to begin with {SCHEME}://")
    query = parse_qsl(parts.query, keep_blank_values=True)
    options = dict(query)
    if parts.password is not None or _SECRETS & options.keys():
        raise Refused(*_SECRET_WORDS)
    unknown = sorted(options.keys() - _OPTIONS)
    if unknown or len(options) != len(query) or parts.fragment:
        raise _unreadable(f"after the ? it may say {', '.join(sorted(_OPTIONS))}, each once")
    if options.get("sslmode", VERIFIED) not in _MODES:
        raise _unreadable(f"sslmode is one of {', '.join(_MODES)}")
    host = options.pop("host", "") or unquote(parts.hostname or "")
    if "port" in options:
        port = _whole(options.pop("port"))
    database = unquote(parts.path.removeprefix("/"))
    if not database and "service" not in options:
        raise _unreadable("it names the database after the last /")
    return ServerAddress(
        host, port, database, unquote(parts.username or ""), tuple(sorted(options.items()))
    )


def _unreadable(right: str) -> Refused:
    return Refused(
        f"The address of the server cannot be read: {right}.",
        f"Write it like {SCHEME}://station3@ward-db.hospital.example/ward7, without a password.",
    )


def _whole(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise _unreadable("its port is a number")
    return int(text)


def _is_local(host: str) -> bool:
    if not host or host.startswith(("/", "@")) or host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _own_root() -> Path:
    """Where PostgreSQL's library itself looks for the authorities that this user trusts."""
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA", ""), "postgresql", "root.crt")
    return Path.home() / ".postgresql" / "root.crt"


def _known_authorities() -> str:
    """The file of certificate authorities that this computer trusts; "" leaves it to PostgreSQL.

    PostgreSQL's own `sslrootcert=system` finds none of them: the library that comes with psycopg looks in a
    folder of the machine that it was built on.
    """
    import ssl

    return ssl.get_default_verify_paths().cafile or ""
