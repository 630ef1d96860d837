"""On a large screen a drawing grows with its room, so that it is read from as far as the screen is large.

Only whole steps: a drawing that grew with every pixel of a window would creep while it is resized.
"""

from collections.abc import Iterator

from PySide6.QtCore import QSize

from bedside.desktop.look import Look

_STEPS = (2.25, 2.0, 1.75, 1.5, 1.25)


def grown_sizes(look: Look, room: QSize, needs: tuple[float, float]) -> Iterator[Look]:
    """Yield the looks that a drawing may have in a room, the largest first, its own last.

    Args:
        look: the look of the page.
        room: what the drawing has, in pixels of the screen.
        needs: width and height that it is laid out for, in pixels at 100 %.
    """
    wide, high = room.width() / look.px(needs[0]), room.height() / look.px(needs[1])
    for step in _STEPS:
        if step <= min(wide, high):
            yield Look(look.theme, round(look.percent * step))
    yield look


def grown(look: Look, room: QSize, needs: tuple[float, float]) -> Look:
    """Return the largest of these looks (`grown_sizes`)."""
    return next(grown_sizes(look, room, needs))
