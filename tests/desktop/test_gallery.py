"""The gallery: every control of the desktop is in it, and each state can be told from the normal one."""

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QTabBar,
    QTabWidget,
    QWidget,
)

from bedside.cli import main
from bedside.desktop.fields import TypedField
from bedside.desktop.gallery_drawings import drawings
from bedside.desktop.gallery_parts import Part, controls
from bedside.desktop.gallery_sheet import GallerySheet
from bedside.desktop.gallery_states import STATES
from bedside.desktop.gallery_window import GalleryWindow, draw_gallery
from bedside.desktop.gallery_words import lines, words
from bedside.desktop.look import Look
from tests.desktop.infant_dialogs import desktop_classes

CONTROLS = (
    QAbstractButton, QAbstractItemView, QComboBox, QLabel, QLineEdit, QMenu, QTabBar, TypedField,
)  # fmt: skip
# tables that cannot be without their page's own model; the page is drawn with the demonstration
OF_ONE_PAGE = {
    "AmountPerKg", "BoardTable", "CodeEdit", "DltTable", "NextInRound", "ProtocolTable", "SidesTable",
}  # fmt: skip
# parts of the design system that are no single control
COMPOSED = {
    "Band", "DltLabel", "Hatched", "Keys", "MarkLabel", "NotSavedBar", "PersonChoice",
    "ReadOnlyStrip", "Segments", "ServerStrip", "SignField", "WordField",
}  # fmt: skip
# drawn by hand from one infant's or the ward's whole record: drawn with the demonstration's pages
WITH_ITS_PAGE = {
    "CohortChart", "CourseStrip", "DelayBands", "DltBar", "IntervalLine",
    "MaintenanceChart",
    "PageView", "TabGround", "TableRow", "TemperatureTrend", "TimelineCloseUp", "TimelineSurface", "TrendChart",
}  # fmt: skip
DRAWN = {
    "AnswerLine", "BannerBand", "DayBox", "ProgressStrip", "TimeBar", "TimelineLegend",
    "VerdictMark", "VialDial",
}  # fmt: skip
QTS_OWN = {"QPushButton", "QPlainTextEdit", "QLabel"}


def parts() -> tuple[Part, ...]:
    return (*controls(), *words(), *lines(), *drawings())


@pytest.fixture(scope="module", params=["light", "dark"])
def sheet(request, qapp) -> GallerySheet:
    made = GallerySheet(Look(request.param))
    yield made
    made.deleteLater()


def test_every_control_of_the_desktop_is_in_it():
    """A new button, field, list, label or tab must be shown here, in each of its states."""
    classes = desktop_classes()
    wanted = {name for name, one in classes.items() if issubclass(one, CONTROLS)} - OF_ONE_PAGE
    shown = {name for part in parts() for name in part.shows}
    assert wanted - shown == set(), "show it in gallery_parts or gallery_words"
    assert COMPOSED - shown == set()
    assert shown - wanted - COMPOSED - DRAWN == QTS_OWN
    assert classes.keys() >= COMPOSED and classes.keys() >= OF_ONE_PAGE


def test_everything_drawn_by_hand_is_in_it_or_on_a_page():
    """A new class that paints itself is shown here, or is named as what draws a whole record."""
    classes = desktop_classes()
    painted = {
        name
        for name, one in classes.items()
        if "paintEvent" in vars(one) and not name.startswith("_")
    }
    shown = {name for part in parts() for name in part.shows}
    assert painted - shown - WITH_ITS_PAGE == set(), "show it in gallery_drawings"
    assert shown >= DRAWN and painted >= WITH_ITS_PAGE and WITH_ITS_PAGE.isdisjoint(shown)


@pytest.mark.parametrize("part", parts(), ids=lambda part: part.name)
def test_a_part_is_of_the_class_that_it_says(qtbot, look, part: Part):
    made = part.make(look)
    qtbot.addWidget(made)
    inside = {type(one).__name__ for one in (made, *made.findChildren(QWidget))}
    assert set(part.shows) <= inside
    assert part.states[0] == "normal" and set(part.states) <= set(STATES)


def test_every_state_can_be_told_from_the_normal_one(sheet: GallerySheet):
    """By more than nothing: a state that looks like the normal one is not shown to anybody."""
    same = []
    for part in parts():
        normal = picture(sheet, part, "normal")
        assert normal.width() > 10 and normal.height() > 10
        same += [
            f"{part.name}: {state}"
            for state in part.states[1:]
            if picture(sheet, part, state) == normal
        ]
    assert same == []


def picture(sheet: GallerySheet, part: Part, state: str):
    cell = sheet.findChild(QLabel, f"{part.name}: {state}")
    assert cell is not None and cell.accessibleName() == f"{part.name}: {state}"
    return cell.pixmap().toImage()


def test_every_colour_of_the_tokens_is_shown(sheet: GallerySheet, look):
    said = " ".join(one.text() for one in sheet.findChildren(QLabel))
    assert all(f"{name} #" in said for name in look.colours())


def test_the_window_has_both_themes(qtbot):
    window = GalleryWindow()
    qtbot.addWidget(window)
    window.show()
    tabs = window.findChild(QTabWidget)
    assert [tabs.tabText(at) for at in range(tabs.count())] == ["light", "dark"]
    light, dark = (one.grab().toImage() for one in window.sheets)
    assert light != dark


def test_it_is_drawn_into_a_folder(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    folder = tmp_path / "pictures"
    assert main(["demo", "--gallery", "--shots", str(folder)]) == 0
    assert sorted(path.name for path in folder.iterdir()) == [
        "gallery-dark.png",
        "gallery-light.png",
    ]
    assert "2 pictures" in capsys.readouterr().out


def test_a_picture_that_cannot_be_written_is_said(tmp_path):
    with pytest.raises(OSError, match=r"gallery-light\.png"):
        draw_gallery(tmp_path / "not there")


@pytest.mark.parametrize("more", [["--no-window"], ["--ward", "somewhere"]])
def test_it_makes_no_ward(more, capsys):
    assert main(["demo", "--gallery", *more]) != 0
    assert "makes no ward" in capsys.readouterr().err
