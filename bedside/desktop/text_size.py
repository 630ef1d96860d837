"""How large the text is on this workstation, and its language; kept across restarts."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtWidgets import QToolTip

from bedside.desktop.look import TEXT_SIZES, Look
from bedside.desktop.start import USUAL_PERCENT, station

if TYPE_CHECKING:
    from bedside.desktop.window import BedsideWindow


def change_text_size(window: "BedsideWindow", step: int) -> None:
    """Take the next size of text; what is typed is carried over.

    Args:
        window: the window.
        step: 1 for larger, -1 for smaller, 0 for 100 %.
    """
    now = TEXT_SIZES.index(window.look.percent)
    wanted = TEXT_SIZES[min(max(now + step, 0), len(TEXT_SIZES) - 1)] if step else USUAL_PERCENT
    if wanted == window.look.percent:
        words = QCoreApplication.translate("TextSize", "The text is at {0} % already.")
        at = window.mapToGlobal(QPoint(window.width() // 2, window.topbar.height()))
        QToolTip.showText(at, words.format(wanted), window)
        return
    take_text_size(window, wanted)


def take_text_size(window: "BedsideWindow", percent: int) -> None:
    """Take a size of text, and keep it for the next start."""
    window.set_theme(Look(window.look.theme, percent))
    if window.look.percent != percent:
        return  # something is open that may not be made anew, and says so
    kept = station()
    kept.setValue("text_percent", percent)
    kept.sync()


def _take_other(window: "BedsideWindow", percent: int) -> None:
    """Take a size that is not in force already."""
    if percent != window.look.percent:
        take_text_size(window, percent)


def show_sizes(window: "BedsideWindow") -> None:
    """Show sizes and languages beside their door; the size in force is marked and has the keyboard."""
    from bedside.desktop.language_menu import add_languages
    from bedside.desktop.word_menu import WordMenu

    name = QCoreApplication.translate("TextSize", "Text size and language")
    menu = WordMenu(window.look, name, window)
    group = menu.one_of()
    for percent in TEXT_SIZES:
        chosen = percent == window.look.percent
        take = partial(_take_other, window, percent)
        action = menu.add_choice(f"{percent} %", take, chosen=chosen, group=group)
        if chosen:
            menu.setActiveAction(action)
    menu.addSeparator()
    add_languages(window, menu)
    menu.aboutToHide.connect(menu.deleteLater)
    door = window.navigation.text
    menu.popup(door.mapToGlobal(door.rect().topRight()))
