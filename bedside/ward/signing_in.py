"""Signing in, unlocking and showing that it is oneself: each try is a row, so that counters last.

After a wrong passphrase one waits 1, 2, 4, 8 … seconds, one minute at most; there is no end to the
tries, because a ward must not be locked out of its infants. After a wrong PIN one waits 1, 2, 4 and
8 seconds; after five wrong ones only the passphrase opens the session. What was counted is read from
the ward's file, so a restart changes nothing. While nothing can be recorded (a medium to read only, a
server that is away) tries are counted in memory and recorded with the next one that can be: after a
restart a PIN opens nothing anyhow. A clock that was put back shortens the waiting and never lengthens it.
"""

from datetime import datetime, timedelta

from msgspec import Struct

from bedside.store.people_records import Person, PersonSecret, SecretTry
from bedside.store.queries import all_of
from bedside.store.troubles import NotKnown, NotSaved
from bedside.store.ward_file import Reader
from bedside.units.refusal import Refused
from bedside.ward.one_act import one_act
from bedside.ward.passphrases import is_right
from bedside.ward.people_reading import person_of, who_text
from bedside.ward.ward import SignedIn, Ward
from bedside.ward.wrong_secret import WrongSecret

PROGRAM = "Bedside"
PIN_TRIES = 5
LONGEST_WAIT_S = 60
PASSPHRASE, PIN = "passphrase", "pin"
_STOPPED = (
    "The ward's server did not answer in time while a PIN or passphrase was checked: what it was typed "
    "for was not recorded. Do it again when the server answers."
)


class Counted(Struct, frozen=True):
    """How often a secret of a person was wrong in a row, and when last."""

    wrong: int
    last: datetime | None


@one_act
def begin_session(ward: Ward, person_id: int, passphrase: str, at: datetime) -> Person:
    """Sign a person in by the passphrase; whoever was signed in before is so no more.

    Raises:
        Refused: it is wrong, one has to wait, or the account has ended.
    """
    person = _tried(ward, person_id, PASSPHRASE, passphrase, "sign in", at)
    ward.signed_in = SignedIn(person.id, who_text(person), person.roles)
    return person


@one_act
def unlock(ward: Ward, secret: str, at: datetime) -> Person:
    """Open the running session again, by PIN or passphrase of the person whose session it is.

    Raises:
        Refused: no session runs, the secret is wrong, or one has to wait.
    """
    signed_in = ward.signed_in
    if signed_in is None:
        raise Refused("Nobody is signed in: choose your name and type your passphrase.")
    kind = _kind(ward, signed_in.person_id, secret)
    return _tried(ward, signed_in.person_id, kind, secret, "unlock", at)


@one_act
def confirm(ward: Ward, person_id: int, secret: str, at: datetime) -> Person:
    """Let a person show that it is she, beside whoever is signed in.

    Raises:
        WrongSecret: the secret is wrong, or one has to wait.
        Refused: the account has ended.
    """
    signed_in = ward.signed_in
    running = signed_in is not None and signed_in.person_id == person_id
    kind = _kind(ward, person_id, secret) if running else PASSPHRASE
    return _tried(ward, person_id, kind, secret, "confirm", at)


@one_act
def end_session(ward: Ward, at: datetime) -> None:
    """Sign out: the PIN opens nothing any more."""
    signed_in = ward.signed_in
    if signed_in is None:
        return
    ward.signed_in = None
    _keep(ward, signed_in.person_id, PASSPHRASE, "sign out", "ended", at)


def takes_pin(ward: Ward, person_id: int) -> bool:
    """Whether a PIN opens this person's running session: she has one, and tries are left."""
    with ward.store.reading() as connection:
        return _secret(connection, person_id, PIN) is not None and (
            _counted(ward, connection, person_id, PIN).wrong < PIN_TRIES
        )


def wrong_in_a_row(ward: Ward, person_id: int, kind: str) -> int:
    """How often a secret was wrong since it was last right, at whichever station."""
    with ward.store.reading() as connection:
        return _counted(ward, connection, person_id, kind).wrong


def wait_seconds(ward: Ward, person_id: int, kind: str, at: datetime) -> int:
    """How many seconds must pass before the next try of a secret; 0 when it may be tried now."""
    with ward.store.reading() as connection:
        return _wait(_counted(ward, connection, person_id, kind), at)


def _kind(ward: Ward, person_id: int, secret: str) -> str:
    """What was typed: digits are the PIN of who has one.

    Raises:
        Refused: they are digits, and the PIN was wrong too often; perhaps at another station, so that
            here nobody has been told yet. Nothing is counted: no passphrase was tried.
    """
    if not _looks_like_pin(secret):
        return PASSPHRASE
    with ward.store.reading() as connection:
        person = person_of(connection, person_id)
        if _secret(connection, person_id, PIN) is None:
            return PASSPHRASE
        if _counted(ward, connection, person_id, PIN).wrong >= PIN_TRIES:
            raise WrongSecret(person_id, _used_up(person.name))
    return PIN


def _used_up(name: str) -> str:
    return f"The PIN of {name} was wrong {PIN_TRIES} times: now only the passphrase counts."


def _tried(
    ward: Ward, person_id: int, kind: str, secret: str, purpose: str, at: datetime
) -> Person:
    with ward.store.reading() as connection:
        person = person_of(connection, person_id)
        kept = _secret(connection, person_id, kind)
        counted = _counted(ward, connection, person_id, kind)
    if kept is None:
        raise Refused(f"{person.name} has no {_title(kind)} yet: an administrator makes one.")
    wait = _wait(counted, at)
    if wait:
        raise WrongSecret(
            person_id,
            f"Wait {wait} s, then try again: the last {_title(kind)} of {person.name} was wrong.",
        )
    if not secret:
        raise WrongSecret(person_id, f"Type the {_title(kind)} of {person.name}.")
    right = is_right(secret, kept.argon2id)
    _keep(ward, person_id, kind, purpose, "right" if right else "wrong", at)
    if not right:
        raise WrongSecret(person_id, _wrong(person.name, kind, counted.wrong + 1))
    return person


def _wrong(name: str, kind: str, times: int) -> str:
    """What is said of a wrong secret; two people sign one form, so it says whose it was."""
    if kind == PIN:
        left = PIN_TRIES - times
        if left <= 0:
            return f"Wrong {PIN_TRIES} times: now only the passphrase opens this session."
        tries = "1 try is" if left == 1 else f"{left} tries are"
        return f"This is not the PIN of {name}. {tries} left; next one in {_delay(times)} s."
    return f"This is not the passphrase of {name}. Try again in {_delay(times)} s."


def _keep(ward: Ward, person_id: int, kind: str, purpose: str, outcome: str, at: datetime) -> None:
    if ward.store.read_only:
        if outcome != "ended":
            ward.uncounted.append((person_id, kind, outcome, at))
        return
    act = {"right": purpose, "wrong": f"{purpose}: wrong {_title(kind)}", "ended": "sign out"}
    try:
        with ward.store.change(PROGRAM, act[outcome], at) as change:
            for who, what, before, _ in ward.uncounted:  # now they can be recorded
                change.add(SecretTry, person_id=who, kind=what, purpose="unlock", outcome=before)
            change.add(SecretTry, person_id=person_id, kind=kind, purpose=purpose, outcome=outcome)
    except NotKnown as unknown:  # the try alone is perhaps counted: what it was for was not begun
        if outcome == "ended":
            raise
        raise NotSaved(_STOPPED) from unknown
    ward.uncounted.clear()


def _secret(connection: Reader, person_id: int, kind: str) -> PersonSecret | None:
    for row in all_of(connection, PersonSecret):
        if row.person_id == person_id and row.kind == kind:
            return row
    return None


def _counted(ward: Ward, connection: Reader, person_id: int, kind: str) -> Counted:
    """Wrong tries in a row; the right passphrase clears the PIN's, too, and so does a new secret."""
    rows = connection.exec_driver_sql(
        "SELECT kind, outcome, recorded_at, (SELECT seq FROM audit WHERE table_name = 'secret_try' "
        "AND row_id = secret_try.id AND operation = 'add') FROM secret_try WHERE person_id = ? "
        "AND outcome <> 'ended' ORDER BY id DESC LIMIT 200",
        (person_id,),
    ).fetchall()
    kept = _secret(connection, person_id, kind)
    since = 0 if kept is None else _place(connection, kept)
    wrong, last = 0, None
    # What was not recorded yet will be, after all that is.
    own = [(*one[1:], None) for one in reversed(ward.uncounted) if one[0] == person_id]
    recorded = [(what, how, datetime.fromisoformat(str(at)), seq) for what, how, at, seq in rows]
    for tried, outcome, at, seq in own + recorded:
        if seq is not None and int(str(seq)) < since:
            break
        if outcome == "right" and tried in {kind, PASSPHRASE}:
            break
        if outcome == "wrong" and tried == kind:
            wrong += 1
            last = last or at
    return Counted(wrong, last)


def _place(connection: Reader, secret: PersonSecret) -> int:
    """Where the trail has a secret: what came before it is told by that, not by two stations' clocks."""
    rows = connection.exec_driver_sql(
        "SELECT seq FROM audit WHERE table_name = 'person_secret' AND row_id = ? "
        "AND operation = 'add'",
        (secret.id,),
    ).fetchall()
    return int(str(rows[0][0])) if rows else 0


def _wait(counted: Counted, at: datetime) -> int:
    if counted.last is None or at < counted.last:
        return 0
    left = counted.last + timedelta(seconds=_delay(counted.wrong)) - at
    return max(0, -(-left // timedelta(seconds=1)))


def _delay(wrong: int) -> int:
    """Seconds to wait after so many wrong ones: 1, 2, 4, 8 …, a minute at most."""
    return min(1 << min(wrong - 1, 10), LONGEST_WAIT_S)


def _title(kind: str) -> str:
    return "PIN" if kind == PIN else PASSPHRASE


def _looks_like_pin(secret: str) -> bool:
    return secret.isascii() and secret.isdigit() and len(secret) <= 8
