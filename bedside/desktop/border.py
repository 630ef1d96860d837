"""The screen's border: in a language other than English, what goes to Qt as text is translated here.

Everything before the border is English: decisions, records, papers, and every text a page holds. What Qt
is given to show (labels, buttons, cells, painted text, what a screen reader says) is translated as it is
handed over, and what is asked back from Qt is English again. What people type passes as it is.

Decision: Qt's own translators and a type for texts in two languages were both built and rejected. Either
puts words of another language into the program, where code reads them ("not" in a sentence, a key in a
list): then a language can change a decision. Here it cannot (hazard H1). While English is spoken none of
this is loaded; Qt's classes are changed only when another language is chosen on this workstation.
"""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QLibraryInfo,
    QModelIndex,
    QStringListModel,
    Qt,
    QTranslator,
)
from PySide6.QtGui import QAction, QFontMetrics, QFontMetricsF, QPainter, QStandardItem
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QTabBar,
    QTabWidget,
    QToolTip,
    QWidget,
)

from bedside.words.speaker import Speaker

_Any = Any  # Qt's methods take and give whatever they do

# Where text goes to Qt, by class: made with it, or handed over later; every text among the arguments.
_MADE = (QLabel, QPushButton, QCheckBox, QRadioButton, QGroupBox, QAction, QStandardItem)
_HANDED: tuple[tuple[type, tuple[str, ...]], ...] = (
    (QLabel, ("setText",)),
    (QAbstractButton, ("setText",)),
    (QGroupBox, ("setTitle",)),
    (QAction, ("setText", "setToolTip", "setStatusTip")),
    (QStandardItem, ("setText",)),
    *((field, ("setPlaceholderText",)) for field in (QLineEdit, QPlainTextEdit, QComboBox)),
    (QMenu, ("addAction", "addMenu", "addSection", "setTitle")),
    (QTabBar, ("addTab", "setTabText", "setTabToolTip")),
    (QTabWidget, ("addTab", "setTabText", "setTabToolTip")),
    (QStringListModel, ("setStringList",)),
    (
        QWidget,
        ("setToolTip", "setWindowTitle", "setAccessibleName", "setAccessibleDescription"),
    ),
    (QPainter, ("drawText", "boundingRect")),
    *(
        (metrics, ("horizontalAdvance", "elidedText", "boundingRect", "tightBoundingRect", "size"))
        for metrics in (QFontMetrics, QFontMetricsF)
    ),
)
_FIRST_TEXT = ((QComboBox, ("addItem", "insertItem", "setItemText")),)  # what follows is data
# What is asked back from Qt.
_ASKED: tuple[tuple[type, tuple[str, ...]], ...] = (
    (QLabel, ("text",)),
    (QAbstractButton, ("text",)),
    (QGroupBox, ("title",)),
    (QAction, ("text", "toolTip")),
    (QStandardItem, ("text",)),
    *((field, ("placeholderText",)) for field in (QLineEdit, QPlainTextEdit, QComboBox)),
    (QTabBar, ("tabText",)),
    (QTabWidget, ("tabText",)),
    (QComboBox, ("itemText", "currentText")),
    (QModelIndex, ("data",)),
    (
        QWidget,
        ("toolTip", "windowTitle", "accessibleName", "accessibleDescription"),
    ),
)
_TEXT_ROLES = frozenset(
    (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.StatusTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
        Qt.ItemDataRole.AccessibleDescriptionRole,
    )
)
_DIALOGS = ("getOpenFileName", "getSaveFileName", "getExistingDirectory")


class _Border:
    """Who speaks at the border now; nobody while English is spoken again."""

    speaker: Speaker | None = None
    drawn = False  # whether Qt's classes are changed already
    of_qt: QTranslator | None = None


class _Done(str):
    """A text that is translated already, such as one that was cut to its room; so are its pieces."""

    __slots__ = ()

    def __add__(self, other: str, /) -> str:
        return _Done(str.__add__(self, other))

    def rstrip(self, letters: str | None = None, /) -> str:
        """Take blanks off its end."""
        return _Done(str.rstrip(self, letters))


def speaker() -> Speaker | None:
    """Return who speaks on this screen; None for English."""
    return _Border.speaker


def speak(application: QApplication, speaker: Speaker | None) -> None:
    """Show every text that is handed to Qt from now on in a language.

    Numbers do not change with it (hazard H1): fields and papers write them by the site's decimal mark.

    Args:
        application: for Qt's own words, such as the buttons of its dialogs.
        speaker: who speaks it; None for English.
    """
    if _Border.of_qt is not None:
        application.removeTranslator(_Border.of_qt)
        _Border.of_qt = None
    _Border.speaker = speaker
    if speaker is None:
        return
    _draw()
    of_qt = QTranslator(application)
    folder = QLibraryInfo.path(vars(QLibraryInfo)["LibraryPath"].TranslationsPath)
    if of_qt.load(f"qtbase_{speaker.language}", folder):
        application.installTranslator(of_qt)
        _Border.of_qt = of_qt


def shown(text: str) -> str:
    """Return a text in the language of the screen; one that is shown already stays."""
    if _Border.speaker is None or isinstance(text, _Done):
        return text
    return _Border.speaker.shown(text)


def done(text: str) -> str:
    """Return a text in the language of the screen that is not translated again, nor are its words."""
    return _Done(shown(text))


def _english(value: _Any) -> _Any:
    if _Border.speaker is None or not isinstance(value, str):
        return value
    return _Border.speaker.english(value)


def _draw() -> None:
    """Change Qt's classes, once."""
    if _Border.drawn:
        return
    _Border.drawn = True
    for made in _MADE:
        _change(made, "__init__", _handing)
    for changed, names in _HANDED:
        for name in names:
            _change(changed, name, _handing)
    for changed, names in _FIRST_TEXT:
        for name in names:
            _change(changed, name, _handing_first)
    for changed, names in _ASKED:
        for name in names:
            _change(changed, name, _asking)
    for name in _DIALOGS:
        setattr(QFileDialog, name, staticmethod(_naming(getattr(QFileDialog, name))))
    setattr(QToolTip, "showText", staticmethod(_handing(QToolTip.showText)))  # noqa: B010 (a method of Qt's)
    _watch_models()


def _change(changed: type, name: str, how: Callable[[_Any], _Any]) -> None:
    setattr(changed, name, how(getattr(changed, name)))


def _handing(old: Callable[..., _Any]) -> Callable[..., _Any]:
    @wraps(old)
    def handing(*args: _Any, **named: _Any) -> _Any:
        given = old(*map(_handed, args), **{key: _handed(each) for key, each in named.items()})
        return _Done(given) if type(given) is str and _Border.speaker is not None else given

    return handing


def _handing_first(old: Callable[..., _Any]) -> Callable[..., _Any]:
    @wraps(old)
    def handing(*args: _Any, **named: _Any) -> _Any:
        given = list(args)
        at = next((at for at, each in enumerate(given) if isinstance(each, str)), None)
        if at is not None:
            given[at] = shown(given[at])
        return old(*given, **named)

    return handing


def _handed(value: _Any) -> _Any:
    if isinstance(value, str):
        return shown(value)
    if type(value) is list and value and isinstance(value[0], str):
        return [shown(each) for each in value]
    return value


def _asking(old: Callable[..., _Any]) -> Callable[..., _Any]:
    @wraps(old)
    def asking(*args: _Any, **named: _Any) -> _Any:
        return _english(old(*args, **named))

    return asking


def _naming(old: Callable[..., _Any]) -> Callable[..., _Any]:
    """A dialog for a file: its title and kinds are texts, its folder and file are not."""

    @wraps(old)
    def naming(parent: _Any, title: str, folder: str = "", kinds: str = "", *more: _Any) -> _Any:
        rest = (shown(kinds), *more) if kinds else more
        return old(parent, shown(title), folder, *rest)

    return naming


def _watch_models() -> None:
    """Translate what models say of themselves: those there are, and each that is loaded later."""

    def loaded(cls: type, /, **_named: _Any) -> None:
        _change_model(cls)

    setattr(QAbstractItemModel, "__init_subclass__", classmethod(loaded))  # noqa: B010 (as above)
    for model in _all_below(QAbstractItemModel):
        if model.__module__.partition(".")[0] != "PySide6":
            _change_model(model)


def _change_model(model: type) -> None:
    for name in ("data", "headerData"):
        if name in vars(model):
            setattr(model, name, _saying(vars(model)[name], name == "data"))


def _saying(old: Callable[..., _Any], cells: bool) -> Callable[..., _Any]:
    role_at = 1 if cells else 2

    @wraps(old)
    def saying(self: _Any, *args: _Any) -> _Any:
        said = old(self, *args)
        if not isinstance(said, str):
            return said
        role = args[role_at] if len(args) > role_at else Qt.ItemDataRole.DisplayRole
        return shown(said) if role in _TEXT_ROLES else said

    return saying


def _all_below(top: type) -> Iterator[type]:
    below: type
    for below in top.__subclasses__():
        yield below
        yield from _all_below(below)
