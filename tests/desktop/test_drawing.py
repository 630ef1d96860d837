"""Marks, icons, the course strip and the pictures for the demonstration: what is drawn is there to see."""

from itertools import pairwise
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QIcon, QImage, QPainter

from bedside.desktop.course_strip import CourseStrip
from bedside.desktop.icons import application_icon, icon_path
from bedside.desktop.look import Look
from bedside.desktop.marks import MARK_WORDS, paint_dlt, paint_mark, paint_ring
from bedside.desktop.shots import SIZE, draw_pages
from bedside.places import place
from bedside.ward.demonstration import MovableClock
from bedside.ward.ward import Ward
from tests.desktop import samples


def drawn(look: Look, act, px: int = 40) -> QImage:
    image = QImage(px, px, QImage.Format.Format_ARGB32)
    image.fill(look.colour("surface"))
    with QPainter(image) as painter:
        act(painter, QRectF(0, 0, px, px))
    return image


def pixels(image: QImage) -> bytes:
    return bytes(image.constBits())


@pytest.mark.parametrize("px", [13, 16, 40])
def test_every_mark_has_a_shape_of_its_own(qtbot, look: Look, px: int):
    """Colour never speaks alone: with every colour made the same, the shapes still differ."""

    class OneInk(Look):
        def colour(self, name: str):
            return super().colour("surface" if name in ("on_fill", "line") else "ink")

    grey = OneInk()
    seen = {
        pixels(
            drawn(look, lambda painter, box, mark=mark: paint_mark(painter, mark, box, grey), px)
        )
        for mark in MARK_WORDS
    }
    assert len(seen) == len(MARK_WORDS)


def test_the_dlt_line_differs_by_state(qtbot, look: Look):
    states = ("not in this protocol", "not started", "open", "closed")
    seen = {
        pixels(drawn(look, lambda painter, box, state=state: paint_dlt(painter, state, box, look)))
        for state in states
    }
    assert len(seen) == len(states)


def test_the_ring_shows_the_share_that_is_left(qtbot, look: Look):
    """H16: the arc that is left runs clockwise up to twelve."""

    def share_of(colour: str, left: float) -> float:
        image = drawn(look, lambda painter, box: paint_ring(painter, box, look, left), 80)
        wanted = look.colour(colour).rgb()
        whole = look.colour("line").rgb()
        full = sum(image.pixel(x, y) == wanted for x in range(80) for y in range(80))
        rest = sum(image.pixel(x, y) == whole for x in range(80) for y in range(80))
        return full / (full + rest)

    assert share_of("priming", 0.25) == pytest.approx(0.25, abs=0.02)
    assert share_of("priming", 1.0) == pytest.approx(1.0, abs=0.02)
    assert share_of("priming", -3.0) == pytest.approx(0.0, abs=0.02)
    quarter = drawn(look, lambda painter, box: paint_ring(painter, box, look, 0.25), 80)
    assert quarter.pixel(20, 20) == look.colour("priming").rgb()  # the last quarter before twelve


def test_every_icon_is_read(qtbot, look: Look):
    names = [path.stem for path in place("resources", "icons").glob("*.svg")]
    assert {"ward", "site", "keys", "dark", "light", "search", "bedside"} <= set(names)
    for name in names:
        if name == "bedside":
            continue
        assert not icon_path(name).isEmpty()
        assert icon_path(name).boundingRect().width() <= 20


def test_the_applications_icon_is_the_drawing_in_its_file(qtbot):
    ours, file = (
        icon.pixmap(128, 128).toImage()
        for icon in (application_icon(), QIcon(str(place("resources", "icons", "bedside.svg"))))
    )
    for x in range(2, 128, 4):
        for y in range(2, 128, 4):
            one, other = (QColor(image.pixel(x, y)) for image in (ours, file))
            apart = max(abs(a - b) for a, b in zip(one.getRgb(), other.getRgb(), strict=True))
            assert apart <= 24, (x, y)  # edges are smoothed in two ways


@pytest.mark.parametrize("width", [1242, 1226, 1100, 1800])
@pytest.mark.parametrize("now", ["induction", "consolidation", "di-part-1", "maintenance"])
def test_the_strip_fits_every_course_name(qtbot, look: Look, width: int, now: str):
    strip = CourseStrip(look)
    qtbot.addWidget(strip)
    course = "di-part-2" if now == "maintenance" else now
    view = replace(samples.where(), strip=samples.courses(course))
    strip.show_view(view)
    placed = strip.placed(float(width))
    assert len(placed) == 10
    assert placed[-1].rect.right() <= width
    for before, after in pairwise(placed):
        assert before.rect.right() < after.rect.left()
    for each in placed:
        least = strip._two_lines(each.box, each.words)
        assert each.rect.width() >= least - 0.5


def test_the_gate_stands_before_the_held_course(qtbot, look: Look):
    strip = CourseStrip(look)
    qtbot.addWidget(strip)
    strip.resize(1242, 74)
    strip.show_view(samples.where())
    held = strip.grab().toImage()
    strip.show_view(replace(samples.where(), gate_before=""))
    free = strip.grab().toImage()
    assert pixels(held) != pixels(free)
    colour = look.colour("hold").rgb()
    left = next(each.rect.left() for each in strip.placed(1242.0) if each.box.key == "epi-1")
    column = range(round(left) - 16, round(left) + 6)
    assert any(held.pixel(x, y) == colour for x in column for y in range(70))
    assert not any(free.pixel(x, y) == colour for x in column for y in range(70))


def test_every_page_of_a_ward_is_drawn(
    qtbot, look: Look, empty_ward: Ward, clock: MovableClock, tmp_path: Path
):
    """The pictures of the demonstration: each page, each form, light and dark, at full size."""
    from datetime import date

    from bedside.ward.enrolling import enrol
    from bedside.ward.forms import NewInfant

    infant = NewInfant(
        "MUSTER", "Ida", "f", date(2026, 5, 14), None, "T 001", "1", "", "", "aall15p1", "",
        date(2026, 11, 1), "B-ALL", "rearranged", "yes", date(2026, 11, 2),
    )  # fmt: skip
    enrol(empty_ward, infant, who="A, RN")
    folder = tmp_path / "shots"
    folder.mkdir()
    count = draw_pages(empty_ward, folder, who="A, RN")
    files = sorted(folder.glob("*.png"))
    assert count == len(files) == 116
    for path in files:
        image = QImage(str(path))
        assert not image.isNull(), path.name
        if not path.name.startswith(("form-", "bar-")):  # a part drawn by itself
            assert (image.width(), image.height()) == SIZE
    light, dark = (QImage(str(folder / f"ward-list-{theme}.png")) for theme in ("light", "dark"))
    assert light.pixelColor(700, 700).lightness() > 200
    assert dark.pixelColor(700, 700).lightness() < 80
