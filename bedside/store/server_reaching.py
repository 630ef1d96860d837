"""Why a station does not reach its ward's server, each cause in its own words.

A nurse who reads "check the network" where a password is wrong goes looking in the wrong place. What the
server's library says names roles, hosts and files, so none of it is repeated (hazard H43): it is only looked at.

PostgreSQL does not say whether a password is wrong or the role is not there, so that nobody finds roles by
trying; both are named then. Nor does its library say why a certificate was not taken: that is asked for
once more, by a handshake that ends before anything of the ward is said.
"""

import re
from contextlib import suppress

from bedside.store.server_address import ServerAddress
from bedside.store.troubles import Hindered, Unreached

_NAMES = re.compile(r'"[^"]*"')
_ASK_TLS = b"\x00\x00\x00\x08\x04\xd2\x16\x2f"  # PostgreSQL's own request for TLS
_ASKED_S = 3
_NOT_YET, _EXPIRED = 9, 10  # OpenSSL's numbers for a certificate outside its days
_SAID: tuple[tuple[Unreached, tuple[str, ...]], ...] = (
    ("full", ("connection slots", "too many")),
    (
        "away",
        ("ssl syscall", "closed unexpectedly", "closed the connection", "timeout", "timed out"),
    ),
    ("other name", ("does not match host name",)),
    ("no tls", ("server does not support ssl", "no encryption was required")),
    ("no authorities", ("root certificate file",)),
    ("own certificate", ("private key file", "certificate present", "certificate file")),
    ("untrusted", ("certificate verify failed",)),
    # an alert comes from the other side: the server refuses what this station showed
    ("own certificate", ("alert unknown ca", "alert bad certificate", "alert certificate")),
    ("no password", ("no password supplied",)),
    ("not let in", ("pg_hba", "permission denied for database", "not permitted to log in")),
    ("own certificate", ("certificate authentication failed", "valid client certificate")),
    ("closed", ("not currently accepting",)),
    ("no database", ("database does not exist", "database  does not exist")),
    ("no role", ("role does not exist", "role  does not exist")),
    ("password", ("password authentication", "authentication failed")),
    ("untrusted", ("certificate", "ssl error")),
)
_WHY: dict[Unreached, str] = {
    "away": "it does not answer",
    "full": "it has no place for one more connection",
    "other name": "its certificate is for another name than this station calls it by",
    "no tls": "it does not speak TLS, and without it nothing is sent",
    "untrusted": "its certificate is not one that this computer trusts",
    "no authorities": "the file of authorities that this station trusts is missing",
    "expired": "its certificate is out of date, or this computer's clock is wrong",
    "own certificate": "this station's own certificate or its key is missing, or was not taken",
    "no password": "it asks for a password, and this station has none in its password file",
    "password": "it did not take this station's role: the password is wrong or out of date, or there is no such role",
    "no role": "it has no role of this station's name",
    "no database": "it has no such database",
    "not let in": "it does not let this station's role in from here",
    "closed": "its database takes no connections now",
}
# Also "away", as a network may be the reason, but whoever sets a station up is told where to look first.
_NO_NAME = ("failed to resolve host", "could not translate host name", "name or service not known")
_AWAY_WHY: tuple[tuple[tuple[str, ...], str], ...] = (
    (_NO_NAME, "no computer of that name was found"),
    (("connection refused",), "that computer is there, but nothing answers at this port"),
)
_TRY_AGAIN = (
    "Nothing was changed. Check the network, then try again; if it stays so, call whoever looks "
    "after the server."
)
_FULL = (
    "Nothing was changed. Close Bedside where it is not needed, then try again; if it stays so, call "
    "whoever looks after the server."
)
_SET_RIGHT = (
    "Nothing was changed. The network is not the trouble, and trying again does not help: call whoever "
    "looks after the server."
)


def not_reached(address: ServerAddress, error: Exception) -> Hindered:
    """Say why a server was not reached, without repeating what its library says of it.

    Args:
        address: of the ward.
        error: the library's.
    """
    cause = _cause(
        _NAMES.sub("", str(error).lower())
    )  # a computer or a role may be called anything
    if cause == "untrusted" and _out_of_date(address):
        cause = "expired"
    then = {"away": _TRY_AGAIN, "full": _FULL}.get(cause, _SET_RIGHT)
    fared = "was not reached" if cause in {"away", "full"} else "was not opened"
    first = f"The ward lies on a server ({address.shown}), which {fared}: {_why(cause, address, error)}."
    return Hindered("server", first, then, cause=cause)


def _why(cause: Unreached, address: ServerAddress, error: Exception) -> str:
    if cause != "away" or "," in address.host:  # of several computers each may have its own reason
        return _WHY[cause]
    said = str(error).lower()
    found = (why for words, why in _AWAY_WHY if any(word in said for word in words))
    return next(found, _WHY[cause])


def _cause(said: str) -> Unreached:
    return next((cause for cause, words in _SAID if any(word in said for word in words)), "away")


def _out_of_date(address: ServerAddress) -> bool:
    """Whether the server's certificate is refused for its days alone; asked where it was refused."""
    import socket
    import ssl

    told = address.words()
    roots = str(told.get("sslrootcert") or "")
    host = str(told.get("host", "")).partition(",")[0]
    if not host or host.startswith(("/", "@")):
        return False
    with suppress(OSError, ValueError):
        asking = ssl.create_default_context(cafile=roots or None)
        with socket.create_connection((host, address.port), _ASKED_S) as plain:
            plain.sendall(_ASK_TLS)
            if plain.recv(1) != b"S":
                return False
            try:
                asking.wrap_socket(plain, server_hostname=host).close()
            except ssl.SSLCertVerificationError as refused:
                return refused.verify_code in {_NOT_YET, _EXPIRED}
    return False
