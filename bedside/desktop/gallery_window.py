"""The window of the gallery: both themes, one beside the other on a tab; and its pictures as files."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QMainWindow, QScrollArea, QTabWidget

from bedside.desktop.gallery_sheet import GallerySheet
from bedside.desktop.look import Look, Theme
from bedside.desktop.start import dress, make_application

_SIZE = (1366, 768)
_THEMES: tuple[Theme, ...] = ("light", "dark")


class GalleryWindow(QMainWindow):
    """Both sheets, to scroll through."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("Bedside: every widget in every state"))
        self.setAccessibleName(self.windowTitle())
        tabs = QTabWidget()
        tabs.setAccessibleName(self.tr("Themes"))
        self.sheets: list[GallerySheet] = []
        for theme in _THEMES:
            sheet = _sheet(theme)
            area = QScrollArea()
            area.setWidget(sheet)
            area.setAccessibleName(sheet.accessibleName())
            tabs.addTab(area, theme)
            self.sheets.append(sheet)
        self.setCentralWidget(tabs)
        self.resize(*_SIZE)


def _sheet(theme: Theme) -> GallerySheet:
    """A sheet whose pictures are taken while the application wears its theme."""
    application, look = make_application(["bedside"])
    worn = Look(theme)
    dress(application, worn)
    try:
        return GallerySheet(worn)
    finally:
        dress(application, look)


def run_gallery(arguments: Sequence[str]) -> int:
    """Open the gallery and stay until it is closed."""
    application, look = make_application(arguments)
    dress(application, look)
    window = GalleryWindow()
    window.show()
    return application.exec()


def draw_gallery(folder: Path) -> int:
    """Draw both sheets as PNG files; Qt must run off screen.

    Args:
        folder: an existing folder.

    Returns:
        How many pictures were drawn.

    Raises:
        OSError: a picture could not be written.
    """
    for theme in _THEMES:
        sheet = _sheet(theme)
        sheet.adjustSize()
        path = folder / f"gallery-{theme}.png"
        if not sheet.grab().save(str(path)):
            raise OSError(f"the picture {path.name} could not be written")
        sheet.deleteLater()
    return len(_THEMES)
