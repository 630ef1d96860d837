"""What a server refused or could not do, in the ward's words: the same ones as for a ward's file."""

from bedside.store.refusals import once_words, rule_words, unknown_words
from bedside.store.server_fault import ServerFault
from bedside.store.troubles import NotSaved, Twice
from bedside.units.refusal import Refused

_UNIQUE, _CHECK, _REFERENCE, _TOO_LONG = "23505", "23514", "23503", "54000"
_SAVE_WORDS = {
    "53100": "The server's disk is full. Tell whoever looks after the server, then save again.",
    "55P03": "Other stations are saving, and it took too long. Save again.",
    "40P01": "Two stations were at the same place at once. Nothing of this was kept: save again.",
    "57014": "The server gave this up, since it took too long. Nothing of this was kept: save again.",
    "40001": "Another station saved in between. Nothing of this was kept: look again, then save again.",
    "25006": "The server takes no records now: it is a copy, or is being looked after. Save again soon.",
    "42501": "The ward on the server takes no records from this station: it was moved, or the station's "
    "role is not in the program's. Call whoever looks after the server.",
}
_BROKEN = (
    "The connection to the ward's server broke. Nothing of this was kept: save again when the server "
    "answers."
)
_UNKNOWN = "Something went wrong while saving. Try once more; if it stays so, call for help."


def server_refusal_of(error: ServerFault) -> Refused | None:
    """Say why the server refused a row; None when the error is not about what the row holds."""
    if error.state == _UNIQUE:
        return Twice(once_words(error.table))
    if error.state == _CHECK:
        return Refused(rule_words(error.rule))
    if error.state == _REFERENCE:
        return Refused(unknown_words())
    if error.state == _TOO_LONG:
        return Refused("A text of this record is too long to be kept: write it shorter.")
    return None


def not_saved_on_server(error: ServerFault) -> NotSaved:
    """Say in words why a save on a server failed."""
    return NotSaved(_BROKEN if error.broken else _SAVE_WORDS.get(error.state, _UNKNOWN))
