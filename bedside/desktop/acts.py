"""Everything that can be done in the window now: what its keys, doors and buttons do, and why one is closed.

Decision: nothing is listed a second time. The keys are those of `window_keys`, the pages those of
`page_door`; doors and buttons are found where they stand, with their own words, keys and reasons. A
button that is new on a page is here by itself, and can be found in the palette.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QAbstractButton, QWidget

from bedside.desktop.act_words import DOOR_WORDS, KEY_WORDS, in_words, place_words
from bedside.desktop.key_button import KeyButton
from bedside.desktop.navigation import Door
from bedside.desktop.permits import BUTTON_ACTS, DOOR_ACTS
from bedside.desktop.window_keys import KEYS, do_act

if TYPE_CHECKING:
    from bedside.desktop.window import BedsideWindow

_ALSO = {"text": "Deutsch, German, Sprache, English, Englisch, larger, smaller"}  # in each language
LOCK_KEY = "Ctrl+L"  # `idle` answers to it in every window of the program


class Act(Struct, frozen=True):
    """Something that can be done.

    Args:
        name: the same for one act, e.g. "key:enrol" or "WherePage.weight_button".
        words: what it does, as on its button.
        keys: its shortcuts as they are printed.
        place: where its door is, e.g. "Counts".
        why_not: why it cannot be done now; "" where it can.
        run: does it; of a page that was not in sight it returns the button to be pressed there.
        also: other plain words that find it.
    """

    name: str
    words: str
    keys: tuple[str, ...]
    place: str
    why_not: str
    run: Callable[[], object]
    also: str = ""


def acts_here(window: "BedsideWindow") -> tuple[Act, ...]:
    """Every act that has a key or a button in the present place: those of the page in sight first."""
    return (*acts_of_page(window), *acts_of_infant(window), *acts_everywhere(window))


def acts_everywhere(window: "BedsideWindow") -> tuple[Act, ...]:
    """What the window's keys, the navigation and the frame do; two doors to one act are one."""
    found: dict[str, Act] = {}
    for act in (*_keys(window), *_doors(window), *_always(window)):
        before = found.get(act.words)
        keys = act.keys if before is None else (*before.keys, *act.keys)
        found[act.words] = replace(before or act, keys=keys)
    return tuple(found.values())


def place_in_sight(window: "BedsideWindow") -> str:
    """What the page in sight is called."""
    frame = window.frame
    if frame.on_patient:
        return window.pages.tabs.tabText(window.pages.index)
    there = window.stack.currentWidget()
    return "" if there is None else there.accessibleName()


def acts_of_infant(window: "BedsideWindow") -> Iterator[Act]:
    """The pages of the infant in sight."""
    on_patient = window.frame.on_patient
    for number, door in enumerate(window.doors):
        title = QCoreApplication.translate("Pages", door.title)
        why = "" if on_patient else place_words("open an infant first")
        if on_patient and number == window.pages.index:
            why = place_words("this page is in sight")
        yield Act(
            name=f"page:{number}",
            words=title,
            keys=(f"Ctrl+{number + 1}",),
            place=place_words("infant"),
            why_not=why,
            run=partial(do_act, window, str(number)),
        )


def _keys(window: "BedsideWindow") -> Iterator[Act]:
    """What the window's own keys do."""
    may = {"enrol": window.session.why_not("enrol"), "back": _why_not_back(window)}
    for name, key in KEYS.items():
        yield Act(
            name=f"key:{name}",
            words=in_words(KEY_WORDS[name]),
            keys=(key,),
            place=place_words("everywhere"),
            why_not=may.get(name, ""),
            run=partial(do_act, window, name),
        )


def _why_not_back(window: "BedsideWindow") -> str:
    there = window.frame.on_list and not window.topbar.search.text()
    return place_words("the whole ward list is in sight") if there else ""


def _doors(window: "BedsideWindow") -> Iterator[Act]:
    """The doors of the navigation."""
    for name, door in vars(window.navigation).items():
        if isinstance(door, Door):
            act = DOOR_ACTS.get(name, "")
            yield Act(
                name=f"door:{name}",
                words=in_words(DOOR_WORDS[name]),
                keys=(door.shortcut().toString(),),
                place=place_words("navigation"),
                why_not=window.session.why_not(act) if act else "",
                run=door.click,
                also=_ALSO.get(name, ""),
            )


def _always(window: "BedsideWindow") -> Iterator[Act]:
    """The two buttons of the frame that are on every page."""
    away, who = window.not_saved.away, window.topbar.who
    there = window.not_saved.isVisible()
    for name, button, why in (
        ("who", who, ""),
        ("put away", away, "" if there else place_words("no NOT SAVED message is in sight")),
    ):
        yield Act(
            name=f"frame:{name}",
            words=in_words(KEY_WORDS[name]),
            keys=(button.shortcut().toString(),),
            place=place_words("everywhere"),
            why_not=why,
            run=button.click,
        )
    lock = window.locking
    yield Act(
        name="frame:lock",
        words=in_words(KEY_WORDS["lock"]),
        keys=(LOCK_KEY,),
        place=place_words("everywhere"),
        why_not=place_words("no accounts") if lock is None else "",
        run=_nothing if lock is None else lock.lock,
    )


def _nothing() -> None:
    """What a key does that has nothing to do here; its line says why."""


def acts_of_page(window: "BedsideWindow") -> Iterator[Act]:
    """The buttons of the page in sight and of its band; a value to choose is no act."""
    place = place_in_sight(window)
    taken = set(KEYS.values())
    seen = (window.stack.currentWidget(), window.bands.currentWidget(), window.frame.restored)
    for root in seen:
        for button in [] if root is None else root.findChildren(QAbstractButton):
            keys = keys_of(button)
            if not button.isVisibleTo(window) or taken & set(keys):
                continue
            words = (button.accessibleName() or button.text().replace("&", "")).strip()
            if not words or (button.isCheckable() and not keys):
                continue
            name = _name_of(button)
            yield Act(name, words, keys, place, _why_not(window, button, name), button.click)


def keys_of(button: QAbstractButton) -> tuple[str, ...]:
    """The keys that a button answers to, as they are printed."""
    named = button.property("key") or button.shortcut().toString()
    key = button.cap if isinstance(button, KeyButton) else named
    return (key,) if key else ()


def why_closed(window: "BedsideWindow", button: QAbstractButton) -> str:
    """Why a button of the page in sight cannot be pressed now; "" where it can."""
    return _why_not(window, button, _name_of(button))


def _why_not(window: "BedsideWindow", button: QAbstractButton, name: str) -> str:
    """Why a button cannot be pressed now: the role, what the button itself says, or that it is closed."""
    act = BUTTON_ACTS.get(name, "")
    why = window.session.why_not(act) if act else ""
    if why:
        return why
    if button.isEnabled() and not button.property("closed"):
        return ""
    said = button.accessibleDescription()
    if isinstance(button, KeyButton) and said == button.key_words():
        said = ""  # that is its key, and no reason
    return said or button.toolTip() or place_words("closed now")


def _name_of(button: QWidget) -> str:
    """Under which name the part that holds a button keeps it: "WherePage.weight_button"."""
    part = button.parent()
    while part is not None:
        for name, value in getattr(part, "__dict__", {}).items():
            if value is button:
                return f"{type(part).__name__}.{name}"
        part = part.parent()
    return ""
