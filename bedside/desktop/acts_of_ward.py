"""What can be done on the pages of the ward that are not in sight: found in the palette, which goes there.

As with an infant's pages (`bedside.desktop.acts_elsewhere`) the palette goes to the page and does it, or says
in the status line why it is closed there. A test goes to every one of them, and finds every button of
these pages in here.
"""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtWidgets import QAbstractButton

from bedside.desktop.act_words import DOOR_WORDS, KEY_WORDS, in_words, place_words
from bedside.desktop.acts import Act
from bedside.desktop.acts_elsewhere import plain_words
from bedside.desktop.acts_there import button_there, stand_on
from bedside.desktop.permits import DOOR_ACTS
from bedside.desktop.window_keys import do_act

if TYPE_CHECKING:
    from bedside.desktop.window import BedsideWindow

HANDOVER = "handover"  # behind a key, not a door
_A_COPY = str(QT_TRANSLATE_NOOP("acts", "no copy that holds is chosen in the list"))
_SITE = {"site", "people"}  # two doors to one page


class OfWard(Struct, frozen=True):
    """A button of a page of the ward.

    Args:
        door: the door of the navigation that leads there, or `HANDOVER`.
        words: as on the button.
        also: other plain words that find it.
        accounts: it is there only where the ward has people.
        waits: for what, while the page does not show it or closes it without a word; "" where it never does.
        at_once: it records without a form.
    """

    door: str
    words: str
    also: str = ""
    accounts: bool = False
    waits: str = ""
    at_once: bool = False


OF_WARD = (
    OfWard("people", str(QT_TRANSLATE_NOOP("acts", "My P&IN…")), "code, unlock", accounts=True),
    OfWard("people", str(QT_TRANSLATE_NOOP("acts", "&My passphrase…")), "", accounts=True),
    OfWard("people", str(QT_TRANSLATE_NOOP("acts", "&Add a person…")), "account", accounts=True),
    OfWard("people", str(QT_TRANSLATE_NOOP("acts", "&Roles…")), "", accounts=True),
    OfWard(
        "people", str(QT_TRANSLATE_NOOP("acts", "New &passphrase…")), "forgotten", accounts=True
    ),
    OfWard("people", str(QT_TRANSLATE_NOOP("acts", "&End the account…")), "", accounts=True),
    OfWard("people", str(QT_TRANSLATE_NOOP("acts", "What opens this &ward…")), "", accounts=True),
    OfWard(
        "site", str(QT_TRANSLATE_NOOP("acts", "Change the &settings…")), "decimal mark, hospital"
    ),
    OfWard("site", str(QT_TRANSLATE_NOOP("acts", "&Toxicity terms…")), "CTCAE"),
    OfWard("site", str(QT_TRANSLATE_NOOP("acts", "Terms of the r&ound…"))),
    OfWard("site", str(QT_TRANSLATE_NOOP("acts", "&Definition of fever…"))),
    OfWard("backup", str(QT_TRANSLATE_NOOP("acts", "&Back up now")), "copy"),
    OfWard("backup", str(QT_TRANSLATE_NOOP("acts", "&Where copies go…")), "folder, disk"),
    OfWard("backup", str(QT_TRANSLATE_NOOP("acts", "&Downtime sheets now")), "power cut, print"),
    OfWard("backup", str(QT_TRANSLATE_NOOP("acts", "&Restore…")), "copy", waits=_A_COPY),
    OfWard("backup", str(QT_TRANSLATE_NOOP("acts", "&Check this copy")), waits=_A_COPY),
    OfWard(
        "backup",
        str(QT_TRANSLATE_NOOP("acts", "Remove copies that &older keys open…")),
        waits=str(QT_TRANSLATE_NOOP("acts", "no copy is there that an older key opens")),
    ),
    OfWard("cohort", str(QT_TRANSLATE_NOOP("acts", "DLT rule…")), "dose-limiting toxicity"),
    OfWard("cohort", str(QT_TRANSLATE_NOOP("acts", "As table"))),
    OfWard("protocols", str(QT_TRANSLATE_NOOP("acts", "&Side by side")), "compare protocols"),
    OfWard("protocols", str(QT_TRANSLATE_NOOP("acts", "Review &book")), "print"),
    OfWard("protocols", str(QT_TRANSLATE_NOOP("acts", "&Commission…"))),
    OfWard(
        "commission",
        str(QT_TRANSLATE_NOOP("acts", "&Signed file")),
        waits=str(QT_TRANSLATE_NOOP("acts", "it is a protocol's: choose one there first")),
    ),
    OfWard(
        "commission",
        str(QT_TRANSLATE_NOOP("acts", "Begin the &first pass")),
        "blind, numbers of this site",
        waits=str(QT_TRANSLATE_NOOP("acts", "somebody has begun this course's first pass")),
        at_once=True,
    ),
    OfWard(
        "commission",
        str(QT_TRANSLATE_NOOP("acts", "Continue &my pass")),
        waits=str(QT_TRANSLATE_NOOP("acts", "you have no pass of this course open")),
    ),
    OfWard(
        "commission",
        str(QT_TRANSLATE_NOOP("acts", "Begin the second pass as an&other person")),
        waits=str(QT_TRANSLATE_NOOP("acts", "it waits for another person's first pass")),
        at_once=True,
    ),
    OfWard(
        "commission",
        str(QT_TRANSLATE_NOOP("acts", "&Compare both passes")),
        waits=str(QT_TRANSLATE_NOOP("acts", "both passes of this course are not complete")),
    ),
    OfWard(
        "commission",
        str(QT_TRANSLATE_NOOP("acts", "&Give a pass up")),
        waits=str(QT_TRANSLATE_NOOP("acts", "no pass of this course is open")),
    ),
    OfWard("record", str(QT_TRANSLATE_NOOP("acts", "Show")), "as of a day, earlier"),
    OfWard("record", str(QT_TRANSLATE_NOOP("acts", "Find")), "who, when, audit"),
    OfWard(HANDOVER, str(QT_TRANSLATE_NOOP("acts", "Take")), "tasks", at_once=True),
    OfWard(
        HANDOVER, str(QT_TRANSLATE_NOOP("acts", "Take all of this infant")), "tasks", at_once=True
    ),
    OfWard(HANDOVER, str(QT_TRANSLATE_NOOP("acts", "Give back")), "tasks", at_once=True),
    OfWard(HANDOVER, str(QT_TRANSLATE_NOOP("acts", "Open the infant"))),
    OfWard(HANDOVER, str(QT_TRANSLATE_NOOP("acts", "Earlier handovers…"))),
    OfWard(HANDOVER, str(QT_TRANSLATE_NOOP("acts", "Sign the handover…")), "shift change"),
)


def acts_of_ward(window: "BedsideWindow") -> Iterator[Act]:
    """What stands on the pages of the ward that are not in sight, and why one is closed."""
    here = _doors_in_sight(window)
    for number, each in enumerate(OF_WARD):
        if each.door in here:
            continue
        why = place_words("no accounts") if each.accounts and window.locking is None else ""
        act = DOOR_ACTS.get(each.door, "")
        yield Act(
            name=f"ward:{number}",
            words=plain_words(each.words),
            keys=(),
            place=_place(each.door),
            why_not=why or (window.session.why_not(act) if act else ""),
            run=partial(_go, window, each),
            also=QCoreApplication.translate("acts", each.also),
        )


def _place(door: str) -> str:
    return in_words(KEY_WORDS[door] if door == HANDOVER else DOOR_WORDS[door])


def _doors_in_sight(window: "BedsideWindow") -> set[str]:
    """The doors behind which the page in sight lies: its own buttons are listed by themselves."""
    if type(window.stack.currentWidget()).__name__ == "HandoverPage":
        return {HANDOVER}
    names = {each.door for each in OF_WARD} - {HANDOVER}
    found = {name for name in names if getattr(window.navigation, name).isChecked()}
    return found | _SITE if found & _SITE else found


def _go(window: "BedsideWindow", each: OfWard) -> QAbstractButton | None:
    """Go to the page and stand on the button, or say why it is closed; returns it, to be pressed."""
    if each.door == HANDOVER:
        do_act(window, HANDOVER)
    else:
        getattr(window.navigation, each.door).click()
    page = window.stack.currentWidget()
    if page is None or each.door not in _doors_in_sight(window):
        return None  # she stays with what she typed
    words, waits = plain_words(each.words), plain_words(each.waits) if each.waits else ""
    button = button_there(window, page, words)
    return stand_on(window, button, words, waits=waits, at_once=each.at_once)
