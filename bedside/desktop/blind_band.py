"""The banner while somebody counts: who the infant is, and neither weight nor body surface."""

from msgspec.structs import replace
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bedside.desktop.band import BannerBand
from bedside.desktop.hatched import Hatched
from bedside.desktop.look import Look
from bedside.ward.views.marks import Banner

_WEIGHT = 3  # its place among the parts
_SIZE = (166, 30)


class BlindBand(BannerBand):
    """The banner without what would give the first person's count away (hazards H25, H42).

    Args:
        look: colours and fonts.
        full: the infant's banner; weight and surface are shown only while nobody counts. None
            for the banner of the pages, which hides them only when a page asks for it.
    """

    def __init__(self, look: Look, full: Banner | None = None) -> None:
        super().__init__(look)
        self._full, self._hides = full, full is not None
        self._counting = full is not None
        if full is not None:
            self.show_banner(full)

    def hide_size(self, hides: bool) -> None:
        """Hide weight and surface while somebody counts; show them when the two are compared."""
        if hides == self._hides:
            return
        self._hides, self.banner = hides, None
        if self._full is not None:
            self.show_banner(self._full)

    def show_banner(self, banner: Banner) -> None:
        """Show an infant's banner; weight and surface are taken out before anything is made of it."""
        self._full = banner
        if not self._hides:
            super().show_banner(banner)
            return
        hidden = self._words()
        super().show_banner(
            replace(banner, weight_text=hidden, weight_at=None, bsa_text=hidden, bsa_formula="")
        )

    def _words(self) -> str:
        if self._counting:
            return self.tr("hidden while you count")
        return self.tr("hidden: a check waits")

    def _parts(self, banner: Banner) -> list[QWidget]:
        parts = super()._parts(banner)
        if not self._hides:
            return parts
        parts[_WEIGHT].deleteLater()
        name = self.tr("Weight, measured, BSA")
        holder = self._part(name, [])
        column = holder.layout()
        if not isinstance(column, QVBoxLayout):
            raise TypeError("a part of the banner is a column")
        column.insertWidget(1, Hatched(self._words(), self.look, name, _SIZE))
        parts[_WEIGHT] = holder
        return parts
