"""The README's picture of one to forty stations, drawn as SVG: no library, the same letters each time."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.bench.on_server import Load

_WIDE, _HIGH = 860, 330
_LEFT, _TOP, _PANEL, _DOWN, _APART = 60, 62, 330, 200, 100
_INK, _QUIET, _LINE, _ONE, _OTHER = "#1b2733", "#5b6b7b", "#d7dee6", "#1457a8", "#b3541e"
_FONT = 'font-family="Inter, Helvetica, Arial, sans-serif"'


def draw(loads: "Sequence[Load]") -> str:
    """Two panels: how long a save takes, and what it costs the server."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {_HIGH}" width="{_WIDE}" '
        f'height="{_HIGH}" role="img" {_FONT}>',
        f"<title>A save on a ward that 1 to {loads[-1].stations} stations share</title>",
        f'<rect width="{_WIDE}" height="{_HIGH}" fill="#ffffff"/>',
        _text(_LEFT, 26, "A ward on a server, shared by 1 to 40 stations", 16, _INK, weight=600),
        _text(
            _LEFT, 44, "each station saves every two seconds; server and stations on the same two cores",
            12, _QUIET,
        ),
    ]  # fmt: skip
    parts += _panel(_LEFT, loads, "a durable save, milliseconds", (
        ("usual (median)", _ONE, lambda load: load.usual_ms),
        ("19 of 20 are quicker", _OTHER, lambda load: load.slow_ms),
    ))  # fmt: skip
    parts += _panel(_LEFT + _PANEL + _APART, loads, "server's processor time for a save, milliseconds", (
        ("for each save", _ONE, lambda load: load.cpu_ms),
    ))  # fmt: skip
    return "\n".join((*parts, "</svg>", ""))


_Line = tuple[str, str, "Callable[[Load], float]"]


def _panel(left: float, loads: "Sequence[Load]", title: str, lines: tuple[_Line, ...]) -> list[str]:
    top = _TOP + 22
    most = _round_up(max(value(load) for _, _, value in lines for load in loads))
    widest = max(load.stations for load in loads)

    def x(stations: float) -> float:
        return left + _PANEL * stations / widest

    def y(value: float) -> float:
        return top + _DOWN * (1 - value / most)

    parts = [_text(left, _TOP + 8, title, 12, _INK, weight=600)]
    for step in range(5):
        value = most * step / 4
        parts.append(
            f'<line x1="{left}" x2="{left + _PANEL}" y1="{y(value):.1f}" y2="{y(value):.1f}" stroke="{_LINE}"/>'
        )
        parts.append(_text(left - 8, y(value) + 4, f"{value:g}", 11, _QUIET, anchor="end"))
    parts += [
        _text(x(load.stations), top + _DOWN + 17, str(load.stations), 11, _QUIET, anchor="middle")
        for load in loads
    ]
    parts.append(_text(left + _PANEL, top + _DOWN + 34, "stations", 11, _QUIET, anchor="end"))
    for number, (name, colour, value) in enumerate(lines):
        points = " ".join(f"{x(load.stations):.1f},{y(value(load)):.1f}" for load in loads)
        parts.append(
            f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>'
        )
        for load in loads:
            at = f'cx="{x(load.stations):.1f}" cy="{y(value(load)):.1f}"'
            parts.append(f'<circle {at} r="3.5" fill="{colour}"/>')
        parts.append(_text(left + 150 * number, top + _DOWN + 34, f"● {name}", 11, colour))
    return parts


def _round_up(value: float) -> float:
    for most in (1, 2, 4, 8, 12, 16, 20, 24, 32, 40, 60, 80, 120, 160, 200, 400, 800):
        if value <= most:
            return float(most)
    return value


def _text(
    x: float,
    y: float,
    words: str,
    size: int,
    colour: str,
    *,
    weight: int = 400,
    anchor: str = "start",
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{weight}" fill="{colour}" '
        f'text-anchor="{anchor}">{words}</text>'
    )
