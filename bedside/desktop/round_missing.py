"""What a round still has no answer for, in one line beside the button that finishes it."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication


def missing_words(
    without: tuple[int, int], left: Sequence[str], asked: str, *, done: int, total: int
) -> str:
    """What has no answer yet, and what becomes of it when the round is finished so.

    Args:
        without: how many open ones and how many proposals have no answer.
        left: the terms asked for by name that have none.
        asked: the toxicity whose grade must be chosen first; "" for none.
        done: how many lines are answered.
        total: how many there are.
    """
    if asked:
        return _t("Choose the grade of {0} first.").format(asked)
    opens, proposals = without
    parts = [_t("{0} open").format(opens)] if opens else []
    if proposals:
        parts.append(_t("{0} of the laboratory").format(proposals))
    if left:
        parts.append(", ".join(left))
    if parts and done:
        words = _t("No answer yet: {0}. Finished so, they are recorded as not assessed.")
        return words.format(", ".join(parts))
    return "" if total else _t("Nothing is open and no result asks.")


def _t(text: str) -> str:
    return QCoreApplication.translate("RoundPanel", text)
