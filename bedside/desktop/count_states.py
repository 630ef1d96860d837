"""Why a count has no value, as the slip says it: one choice gives the state and its reason."""

from PySide6.QtCore import QCoreApplication

from bedside.ward.forms import State

# what is chosen: the state, and its reason where the choice says it already
_STATES: dict[str, tuple[State, str]] = {
    "done": ("done", ""),
    "pending": ("pending", ""),
    "not asked": ("not done", "not asked for"),
    "no sample": ("not done", "no sample taken"),
    "not done": ("not done", ""),
    "haemolysed": ("unusable", "haemolysed"),
    "clotted": ("unusable", "clotted"),
    "too small": ("unusable", "sample too small"),
    "unusable": ("unusable", ""),
}


# in the empty value field, the same letters as in the laboratory's form
_LETTERS = {
    "p": "pending",
    "n": "not done",
    "h": "haemolysed",
    "c": "clotted",
    "s": "too small",
    "u": "unusable",
}


def state_of_letter(letter: str) -> str | None:
    """The choice that a letter in an empty value field stands for; None for any other letter."""
    return _LETTERS.get(letter.casefold())


def state_keys() -> str:
    """Which letter in an empty value field says which state."""
    return _t(
        "In an empty value field: p pending, h haemolysed, c clotted, s sample too small, "
        "n not done and why, u unusable and why; Backspace takes it back."
    )


def state_options() -> tuple[tuple[str, str], ...]:
    """The choices with their words."""
    words = {
        "done": _t("done"),
        "pending": _t("pending"),
        "not asked": _t("not asked"),
        "no sample": _t("no sample"),
        "not done": _t("not done"),
        "haemolysed": _t("haemolysed"),
        "clotted": _t("clotted"),
        "too small": _t("too small"),
        "unusable": _t("unusable"),
    }
    return tuple(words.items())


def state_of(chosen: str | None) -> State:
    """The state of a choice; "done" while nothing is chosen."""
    return _STATES[chosen or "done"][0]


def reason_of(chosen: str | None) -> str:
    """The reason that a choice says; "" where it says none."""
    return _STATES[chosen or "done"][1]


def asks_why(chosen: str | None) -> bool:
    """Whether a choice needs its reason typed: "not done" and "unusable" by themselves."""
    return chosen in ("not done", "unusable")


def _t(text: str) -> str:
    return QCoreApplication.translate("MeasureLine", text)
