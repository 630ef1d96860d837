"""What the acts of the window are called: one wording for the palette and the page of shortcuts."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

# the keys of the whole window, by the names of `window_keys.KEYS`, and the two buttons of the frame
KEY_WORDS = {
    "palette": QT_TRANSLATE_NOOP("acts", "Find anything that can be done, or an infant"),
    "search": QT_TRANSLATE_NOOP("acts", "Find an infant on the ward list"),
    "filter": QT_TRANSLATE_NOOP("acts", "Filter the ward list by protocol, course or open checks"),
    "enrol": QT_TRANSLATE_NOOP("acts", "Enrol an infant"),
    "read again": QT_TRANSLATE_NOOP("acts", "Read what is in sight again; the ward list in order"),
    "back": QT_TRANSLATE_NOOP("acts", "Back to the same row of the ward list"),
    "keys": QT_TRANSLATE_NOOP("acts", "Keys: the page of shortcuts"),
    "ward round": QT_TRANSLATE_NOOP("acts", "The ward's toxicity round"),
    "handover": QT_TRANSLATE_NOOP("acts", "Handover: open tasks, who took them"),
    "verify paper": QT_TRANSLATE_NOOP("acts", "Does a paper still hold? Scan or type its code"),
    "vial clock": QT_TRANSLATE_NOOP("acts", "The running vial's clock over the whole screen"),
    "take back": QT_TRANSLATE_NOOP(
        "acts", "Take back what you recorded last, while nothing rests on it"
    ),
    "text larger": QT_TRANSLATE_NOOP("acts", "Text larger, up to 150 %"),
    "text smaller": QT_TRANSLATE_NOOP("acts", "Text smaller"),
    "text usual": QT_TRANSLATE_NOOP("acts", "Text at 100 %"),
    "lock": QT_TRANSLATE_NOOP("acts", "Lock the screen"),
    "who": QT_TRANSLATE_NOOP("acts", "Who records: another person"),
    "put away": QT_TRANSLATE_NOOP("acts", "Put a NOT SAVED message away"),
}
# the doors of the navigation, by the names under which it keeps them
DOOR_WORDS = {
    "ward": QT_TRANSLATE_NOOP("acts", "Ward list"),
    "cohort": QT_TRANSLATE_NOOP("acts", "Cohort: DLT of all infants"),
    "protocols": QT_TRANSLATE_NOOP("acts", "Protocols, written out"),
    "commission": QT_TRANSLATE_NOOP("acts", "Commissioning of protocols"),
    "site": QT_TRANSLATE_NOOP("acts", "Site settings, and people"),
    "people": QT_TRANSLATE_NOOP("acts", "People of the ward, and what each role may do"),
    "backup": QT_TRANSLATE_NOOP("acts", "Backup, restore, downtime sheets"),
    "record": QT_TRANSLATE_NOOP("acts", "Record of the ward"),
    "theme": QT_TRANSLATE_NOOP("acts", "Dark or light theme"),
    "text": QT_TRANSLATE_NOOP("acts", "Text size and language: choose one"),
    "keys": QT_TRANSLATE_NOOP("acts", "Keys: the page of shortcuts"),
}
# keys that a part of a page answers to by itself, by place: what they do, and the keys
LOCAL_KEYS = (
    (
        QT_TRANSLATE_NOOP("acts", "In every list"),
        (
            (QT_TRANSLATE_NOOP("acts", "Move the row"), ("↑", "↓")),
            (QT_TRANSLATE_NOOP("acts", "Open what the row is about"), ("Enter",)),
        ),
    ),
    (
        QT_TRANSLATE_NOOP("acts", "While typing"),
        (
            (QT_TRANSLATE_NOOP("acts", "Next and previous part"), ("Tab", "Shift+Tab")),
            (QT_TRANSLATE_NOOP("acts", "Next field (a scanner's Return, too)"), ("Return",)),
            (QT_TRANSLATE_NOOP("acts", "Open a list of choices"), ("Space",)),
            (QT_TRANSLATE_NOOP("acts", "The button in hand"), ("Return", "Space")),
            (QT_TRANSLATE_NOOP("acts", "The button with the underlined letter"), ("Alt+…",)),
        ),
    ),
    (
        QT_TRANSLATE_NOOP("acts", "In the toxicity round"),
        (
            (
                QT_TRANSLATE_NOOP("acts", "Take an answer back, this one or the last"),
                ("Backspace", "Ctrl+Z"),
            ),
        ),
    ),
    (
        QT_TRANSLATE_NOOP("acts", "Among the orders"),
        ((QT_TRANSLATE_NOOP("acts", "Second check of the order in focus"), ("Alt+K",)),),
    ),
    (
        QT_TRANSLATE_NOOP("acts", "Among the protocols"),
        (
            (QT_TRANSLATE_NOOP("acts", "On to the parts, then to what they say"), ("Enter",)),
            (QT_TRANSLATE_NOOP("acts", "Back to the facts, then to where you were"), ("Esc",)),
        ),
    ),
    (
        QT_TRANSLATE_NOOP("acts", "On the timeline"),
        (
            (QT_TRANSLATE_NOOP("acts", "Dose before, dose after"), ("←", "→")),
            (QT_TRANSLATE_NOOP("acts", "Lane above, lane below"), ("↑", "↓")),
            (QT_TRANSLATE_NOOP("acts", "Zoom in, zoom out"), ("+", "−")),
            (QT_TRANSLATE_NOOP("acts", "Next fever"), ("F",)),
            (QT_TRANSLATE_NOOP("acts", "Next MRD time point or transplant"), ("M",)),
            (QT_TRANSLATE_NOOP("acts", "Next course, course before"), ("C", "Shift+C")),
            (QT_TRANSLATE_NOOP("acts", "Take the dose or course, to give it later"), ("D",)),
            (QT_TRANSLATE_NOOP("acts", "Hold it over another day, another week"), ("→", "PgDown")),
            (QT_TRANSLATE_NOOP("acts", "See what would move, give it back"), ("Enter", "Esc")),
        ),
    ),
)
_PLACES = {
    "everywhere": QT_TRANSLATE_NOOP("acts", "everywhere"),
    "navigation": QT_TRANSLATE_NOOP("acts", "navigation, left"),
    "infant": QT_TRANSLATE_NOOP("acts", "page of this infant"),
    "open an infant first": QT_TRANSLATE_NOOP("acts", "open an infant first"),
    "this page is in sight": QT_TRANSLATE_NOOP("acts", "this page is in sight"),
    "the whole ward list is in sight": QT_TRANSLATE_NOOP(
        "acts", "the whole ward list is in sight already"
    ),
    "no NOT SAVED message is in sight": QT_TRANSLATE_NOOP(
        "acts", "no NOT SAVED message is in sight"
    ),
    "no accounts": QT_TRANSLATE_NOOP("acts", "this ward has no accounts: it is never locked"),
    "closed now": QT_TRANSLATE_NOOP("acts", "closed now; its page says what it waits for"),
}


def in_words(words: object) -> str:
    """A wording of the tables above in the reader's language."""
    return QCoreApplication.translate("acts", str(words))


def place_words(name: str) -> str:
    """Where a door is, or why it is closed, in the reader's language.

    Raises:
        KeyError: there is no such wording.
    """
    return in_words(_PLACES[name])
