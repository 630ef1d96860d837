"""What a nurse reads and does where the ward's server is there, but this station is not let in.

Each cause has its own words: where the network is not the trouble, nobody is sent to look at it. Pressing
Try again stays on each page, for the moment when whoever looks after the server has set it right.
"""

from bedside.store.troubles import Unreached

_NOT_TRUSTED = "The ward's server is not trusted by this computer"
_NOT_LET_IN = "The ward's server does not let this station in"
_TITLES: dict[Unreached, str] = {
    "full": "The ward's server has no place for this station",
    "other name": _NOT_TRUSTED,
    "no tls": _NOT_TRUSTED,
    "untrusted": _NOT_TRUSTED,
    "no authorities": _NOT_TRUSTED,
    "expired": _NOT_TRUSTED,
    "no database": "The ward's database is not on the server",
    "closed": "The ward's database is closed",
    "older": "The ward's server is of an older Bedside",
}
_CALL = "Call whoever looks after the ward's server, and read this page to them."
_TODO: dict[Unreached, tuple[str, ...]] = {
    "full": (
        "Close Bedside on a computer where nobody needs it, then press Try again. Whoever looks after the server can make more places (max_connections).",
    ),
    "other name": (
        _CALL,
        "The address of this station and the name in the server's certificate must be the same.",
    ),
    "no tls": (
        _CALL,
        "TLS has to be switched on there.",
    ),
    "untrusted": (
        _CALL,
        "Either another computer answers in the server's place, or its certificate is new and this computer does not know who issued it.",
    ),
    "no authorities": (
        _CALL,
        "The file that is named as sslrootcert has to be put on this computer.",
    ),
    "expired": (
        "Compare this computer's clock and day with another one. If they are right, call whoever looks after the ward's server: it needs a new certificate.",
    ),
    "own certificate": (
        _CALL,
        "This station's own certificate and its key have to be put on this computer.",
    ),
    "no password": (
        _CALL,
        "The password of this station's role belongs into the password file of whoever is signed in on this computer.",
    ),
    "password": (
        _CALL,
        "The password file of this computer needs this station's role with its password of today.",
    ),
    "no role": (
        _CALL,
        "This station needs a role of its own there.",
    ),
    "no database": (
        _CALL,
        "Either this station's address names another database, or it was taken away.",
    ),
    "not let in": (
        _CALL,
        "This station's role has to be let in from this computer (pg_hba.conf).",
    ),
    "closed": ("Somebody is looking after it now. Press Try again in a while.",),
    "older": (
        "Whoever looks after the server brings the ward up to this Bedside (bedside move --to … --bring-up); then press Try again. A station with the older Bedside still opens it.",
    ),
}


def unreached_page(cause: Unreached) -> tuple[str, str]:
    """The title of the page, and what is to be done.

    Args:
        cause: why the server is not worked with; not that it is away.
    """
    return _TITLES.get(cause, _NOT_LET_IN), " ".join(_TODO[cause])
