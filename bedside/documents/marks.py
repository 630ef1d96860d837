"""The marks that stand beside a word: tick, held, stop, unknown, today. Drawn, so that no font can lack them."""

from math import cos, pi, sin

from bedside.documents.page import FIRM, THIN, Paper
from bedside.documents.words import BLACK, WHITE, Colour


def tick_disc(paper: Paper, x: float, y: float, radius: float = 1.75) -> None:
    """A black disc with a white tick, centred at a point: met."""
    paper.disc((x, y), radius)
    paper.stroke(
        [
            (x - 0.5 * radius, y + 0.02 * radius),
            (x - 0.12 * radius, y + 0.42 * radius),
            (x + 0.52 * radius, y - 0.4 * radius),
        ],
        FIRM * radius / 1.75,
        WHITE,
    )


def tick_box(paper: Paper, x: float, y: float, side: float = 2.7) -> None:
    """A ticked square with its upper left corner at a point: recorded as given."""
    paper.box((x, y), (side, side), THIN)
    paper.stroke(
        [
            (x + 0.2 * side, y + 0.52 * side),
            (x + 0.42 * side, y + 0.76 * side),
            (x + 0.8 * side, y + 0.22 * side),
        ],
        FIRM,
    )


def held_square(paper: Paper, x: float, y: float, side: float = 3.8) -> None:
    """A hollow square with a bar, its upper left corner at a point: held."""
    paper.box((x, y), (side, side), FIRM)
    paper.box((x + side * 0.25, y + side * 0.4), (side * 0.5, side * 0.2), 0, BLACK)


def stop_octagon(
    paper: Paper,
    x: float,
    y: float,
    radius: float = 3.1,
    colours: tuple[Colour, Colour] = (BLACK, WHITE),
) -> None:
    """An octagon with a bar, centred at a point: stop; black with a white bar, but on a dark ground."""
    corners = [(pi / 8 + turn * pi / 4) for turn in range(8)]
    paper.polygon([(x + radius * cos(at), y + radius * sin(at)) for at in corners], colours[0])
    paper.box((x - radius * 0.55, y - radius * 0.17), (radius * 1.1, radius * 0.34), 0, colours[1])


def unknown_ring(paper: Paper, x: float, y: float, radius: float = 1.75) -> None:
    """A dashed ring, centred at a point: not known."""
    paper.disc((x, y), radius, None, 1, (1.6, 1.2))


def pointer(paper: Paper, x: float, y: float, height: float = 6.6) -> None:
    """A black triangle pointing right, its tip at a point: today's row."""
    paper.polygon([(x - 3.4, y - height / 2), (x, y), (x - 3.4, y + height / 2)])


def clock_colon(paper: Paper, x: float, y: float) -> None:
    """The printed colon of a box for a time of day, centred at a point."""
    for dot in (y - 1.6, y + 0.9):
        paper.box((x - 0.35, dot), (0.7, 0.7), 0, (0.35, 0.35, 0.35))
