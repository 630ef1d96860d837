"""Who a dialog is about, in one line with two identifiers (hazard H25)."""

from PySide6.QtWidgets import QLabel, QWidget

from bedside.desktop.direction import forward, named
from bedside.desktop.labels import dress, unbroken
from bedside.desktop.look import Look
from bedside.units.dates import write_date
from bedside.ward.views.marks import Banner
from bedside.ward.ward import Ward


def patient_line(banner: Banner) -> str:
    """Return name, day of birth, age and hospital number."""
    return (
        f"{named(banner.family, banner.given)}; born {write_date(banner.born)} ({banner.age_text}); "
        f"{banner.hospital_number}"
    )


def patient_line_of(ward: Ward, infant_id: int) -> str:
    """Return the same line for an infant of the ward, read afresh."""
    from bedside.ward.infants import banner

    return patient_line(banner(ward, infant_id))


def band_line(banner: Banner) -> str:
    """Return who it is without the two identifiers: they are read off the infant's band (H25)."""
    return f"{named(banner.family, banner.given)} ({banner.age_text})"


def band_line_of(ward: Ward, infant_id: int) -> str:
    """Return the same line for an infant of the ward, read afresh."""
    from bedside.ward.infants import banner

    return band_line(banner(ward, infant_id))


def whose(widget: QWidget | None) -> str:
    """Return the line of the infant whom a page or dialog, or what it stands on, is about; "" for none.

    Args:
        widget: a page or dialog, or a part of one; those about one infant have `infant`.
    """
    while widget is not None:
        words = getattr(widget, "infant", "")
        if isinstance(words, str) and words:
            return words
        widget = widget.parentWidget()
    return ""


class PatientLine(QLabel):
    """The line at the top of every dialog that records something about one infant.

    Args:
        words: as `patient_line` gives them.
        look: fonts and colours.
    """

    def __init__(self, words: str, look: Look) -> None:
        super().__init__(unbroken(forward(words)))
        dress(self, look, "body_strong_banner", "strong")
        self.setWordWrap(True)
        self.setAccessibleName(self.tr("Infant"))
        self.setAccessibleDescription(words)
        if not words:  # shown before it has its place it would flash up as a window
            self.hide()
