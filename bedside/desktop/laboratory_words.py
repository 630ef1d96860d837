"""What is said before and after a result is struck out: what was made of it, line by line."""

from PySide6.QtCore import QCoreApplication

from bedside.ward.count_ending import (
    ends_by_striking_count,
    ends_by_striking_result,
    given_if_count_struck,
    given_if_result_struck,
)
from bedside.ward.ward import Ward

MOST_LINES = 6


def made_since(made: tuple[str, ...]) -> str:
    """The lines that go under the question whether to strike a result out; "" without any."""
    if not made:
        return ""
    head = _t("Made since it was recorded; none of it changes by itself:")
    return "\n".join(["", head, *_lines(made)])


def taken_along(ward: Ward, infant_id: int, count_id: int) -> str:
    """What striking a count out changes at once: doses given or running on it, and signed orders."""
    given = given_if_count_struck(ward, infant_id, count_id)
    return _changed(given, ends_by_striking_count(ward, infant_id, count_id))


def result_taken_along(ward: Ward, infant_id: int, source: str) -> str:
    """The same for a laboratory result, by its source ("lab_result:7")."""
    given = given_if_result_struck(ward, infant_id, source)
    return _changed(given, ends_by_striking_result(ward, infant_id, source))


def _changed(given: tuple[str, ...], orders: tuple[str, ...]) -> str:
    parts: list[str] = []
    if given:
        parts += ["", _t("Doses that rest on it:"), *_lines(given)]
    if orders:
        parts += ["", _t("This makes signed orders VOID:"), *_lines(orders)]
    return "\n".join(parts)


def look_again(made: tuple[str, ...]) -> str:
    """What is said after it was struck out."""
    return "\n".join([_t("Struck out. Look again at what was made of it:"), *_lines(made)])


def _lines(made: tuple[str, ...]) -> list[str]:
    """The newest ones; how many more there are is said."""
    lines = [f"· {one}" for one in made[-MOST_LINES:]]
    more = len(made) - MOST_LINES
    words = _t("1 older one, and") if more == 1 else _t("{0} older ones, and")
    return lines if more <= 0 else [words.format(more), *lines]


def _t(text: str) -> str:
    return QCoreApplication.translate("Laboratory", text)
