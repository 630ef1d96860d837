"""The pages of a paper as pictures, to compare with what a screen or a printer shows."""

from PySide6.QtGui import QImage

from bedside.desktop.paper_pages import opened, page_image


def page_images(pdf: bytes, dots_per_inch: float) -> list[QImage]:
    """Draw every page of a PDF whole."""
    with opened(pdf) as document:
        return [page_image(document, number, dots_per_inch) for number in range(len(document))]
