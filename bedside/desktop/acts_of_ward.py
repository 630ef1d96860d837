"""What can be done on the pages of the ward that are not in sight: found in the palette, which goes there.

As with an infant's pages (`bedside.desktop.acts_elsewhere`) none of these buttons is pressed: the palette
goes to the page and stands on the button. A test goes to every one of them.
"""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt
from PySide6.QtWidgets import QAbstractButton

from bedside.desktop.act_words import DOOR_WORDS, KEY_WORDS, in_words, place_words
from bedside.desktop.acts import Act
from bedside.desktop.acts_elsewhere import plain_words
from bedside.desktop.permits import DOOR_ACTS
from bedside.desktop.spoken import spoken
from bedside.desktop.window_keys import do_act

if TYPE_CHECKING:
    from bedside.desktop.window import BedsideWindow

HANDOVER = "handover"  # behind a key, not a door
_SITE = {"site", "people"}  # two doors to one page


class OfWard(Struct, frozen=True):
    """A button of a page of the ward.

    Args:
        door: the door of the navigation that leads there, or `HANDOVER`.
        words: as on the button.
        also: other plain words that find it.
        accounts: it is there only where the ward has people.
    """

    door: str
    words: str
    also: str = ""
    accounts: bool = False


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
    OfWard("backup", str(QT_TRANSLATE_NOOP("acts", "&Restore…")), "copy"),
    OfWard("cohort", str(QT_TRANSLATE_NOOP("acts", "DLT rule…")), "dose-limiting toxicity"),
    OfWard(HANDOVER, str(QT_TRANSLATE_NOOP("acts", "Take all of this infant")), "tasks"),
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
    names = ("site", "people", "backup", "cohort")
    found = {name for name in names if getattr(window.navigation, name).isChecked()}
    return found | _SITE if found & _SITE else found


def _go(window: "BedsideWindow", each: OfWard) -> None:
    """Go to the page and stand on the button; it is not pressed."""
    if each.door == HANDOVER:
        do_act(window, HANDOVER)
    else:
        getattr(window.navigation, each.door).click()
    page = window.stack.currentWidget()
    if page is None or each.door not in _doors_in_sight(window):
        return  # she stays with what she typed
    wanted = spoken(plain_words(each.words))
    for button in page.findChildren(QAbstractButton):
        if button.isVisibleTo(window) and spoken(button.text().replace("&", "")) == wanted:
            button.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
