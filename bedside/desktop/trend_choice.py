"""Which further analytes the trend draws: chosen from a list by letter or arrow, taken away the same way."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction

from bedside.desktop.key_button import KeyButton
from bedside.desktop.look import Look
from bedside.desktop.trend import MOST_ADDED
from bedside.desktop.word_menu import WordMenu
from bedside.ward.laboratory_trend import LabSeries


class TrendChoice(KeyButton):
    """The button "Add…" over the trend, with its list; the choice stays while the infant does.

    Signals:
        chosen: other analytes are to be drawn (a tuple of `LabSeries`).
    """

    chosen = Signal(tuple)

    def __init__(self, look: Look) -> None:
        super().__init__(self.tr("Add analyte"), "Alt+D", look)
        self._series: tuple[LabSeries, ...] = ()
        self._keys: tuple[str, ...] = ()
        self.menu_of = WordMenu(look, self.tr("Analytes of the trend"), self)
        self.clicked.connect(self.open_list)

    def show_series(self, series: tuple[LabSeries, ...]) -> None:
        """Take what this infant has results of; what was chosen stays chosen where it is there."""
        self._series = series
        self._keys = tuple(key for key in self._keys if key in {one.key for one in series})
        self.setEnabled(bool(series))
        self._fill()
        self._tell()

    def forget(self) -> None:
        """Choose nothing: another infant is shown."""
        self._keys = ()

    def open_list(self) -> None:
        """Open the list under the button."""
        self.menu_of.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _fill(self) -> None:
        self.menu_of.clear()
        for series in self._series:
            action = QAction(f"{series.title}, {series.unit}", self.menu_of)
            action.setCheckable(True)
            action.setChecked(series.key in self._keys)
            action.setData(series.key)
            self.menu_of.addAction(action)
            action.triggered.connect(self._toggled)

    def _toggled(self) -> None:
        action = self.sender()
        key = str(action.data()) if isinstance(action, QAction) else ""
        if key in self._keys:
            self._keys = tuple(other for other in self._keys if other != key)
        else:
            # with every place taken the oldest choice makes room
            self._keys = (*self._keys, key)[-MOST_ADDED:]
        self._fill()
        self._tell()

    def _tell(self) -> None:
        by_key = {series.key: series for series in self._series}
        self.chosen.emit(tuple(by_key[key] for key in self._keys))
