"""On a large screen a drawing grows with its room, so that it is read from as far as the screen is large.

Only whole steps: a drawing that grew with every pixel of a window would creep while it is resized.
"""

from PySide6.QtCore import QSize

from bedside.desktop.look import Look

_STEPS = (2.25, 2.0, 1.75, 1.5, 1.25)


def grown(look: Look, room: QSize, needs: tuple[float, float]) -> Look:
    """Return the look that a drawing has in a room: its own, or one that is larger by whole steps.

    Args:
        look: the look of the page.
        room: what the drawing has, in pixels of the screen.
        needs: width and height that it is laid out for, in pixels at 100 %.
    """
    wide, high = room.width() / look.px(needs[0]), room.height() / look.px(needs[1])
    times = next((step for step in _STEPS if step <= min(wide, high)), 1.0)
    return look if times == 1.0 else Look(look.theme, round(look.percent * times))
