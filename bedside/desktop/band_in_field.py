"""Names an infant's band that was scanned into a field for a number: it is no value, and whose it is.

A reader types wherever the keyboard is. "DEM 004 136 is no weight" does not tell a tired eye that
the band of another infant has just been read at this bed (hazard H25).
"""

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QWidget

from bedside.ward.ward import Ward

LEAST = 5  # signs: no band has fewer


def band_words(field: QWidget, text: str) -> str:
    """Whose band the text in a field is; "" where it is nobody's.

    The day of birth is not said: it is read off the band where two identifiers are compared.

    Args:
        field: in a form or page of a ward.
        text: as typed or scanned.
    """
    ward = _ward_of(field)
    if ward is None or len("".join(text.split())) < LEAST:
        return ""
    from bedside.ward.bands import read_band  # not before something is typed that is no number

    found = read_band(ward, text)
    if found.infant_id is None:
        return ""
    said = QCoreApplication.translate(
        "band_words",
        "That is the band of {0}, and no value: look at the band, then clear this field.",
    )
    return said.format(found.words.partition(";")[0])


def _ward_of(field: QWidget) -> Ward | None:
    at: QObject | None = field
    while at is not None:
        ward = getattr(at, "ward", None)
        if isinstance(ward, Ward):
            return ward
        at = at.parent()
    return None
