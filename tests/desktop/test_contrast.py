"""Colours are measured: text at least 4.5 to 1, edges and marks at least 3 to 1, in both themes."""

import json
import re

import pytest

from bedside.places import place

TOKENS = json.loads(place("resources", "style", "tokens.json").read_text("utf-8"))
GROUNDS = ("ground", "surface", "band", "sunk")
TINTS = ("accent_tint", "stop_tint", "hold_tint", "priming_tint")
TEXT = [
    *((ink, ground) for ink in ("ink", "quiet") for ground in (*GROUNDS, *TINTS)),
    *(
        (tone, ground)
        for tone in ("accent", "go", "hold", "stop", "priming", "it")
        for ground in ("ground", "surface", "band")
    ),
    # the chosen row of the board may be late or held; a held rule is tinted
    ("hold", "accent_tint"),
    ("stop", "accent_tint"),
    ("priming", "accent_tint"),
    ("accent", "accent_tint"),
    ("hold", "hold_tint"),
    ("hold", "stop_tint"),
    ("stop", "stop_tint"),
    ("priming", "priming_tint"),
    ("it", "it_tint"),
    ("on_accent", "accent"),
    ("surface", "ink"),  # a chosen segment, and what records while it is pressed
    ("on_fill", "go"),
    ("on_fill", "stop"),
    ("on_fill", "it"),
    ("on_fill", "priming"),
]
SHAPES = [
    *(("edge", ground) for ground in (*GROUNDS, "accent_tint", "stop_tint")),
    *(("accent", ground) for ground in (*GROUNDS, "accent_tint", "stop_tint")),
    *((tone, "surface") for tone in ("go", "hold", "stop", "priming", "it", "quiet")),
    ("priming", "line"),
    ("accent", "line"),
]


def luminance(code: str) -> float:
    """WCAG 2's relative luminance of "#RRGGBB"."""
    parts = [int(code[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """WCAG 2's contrast ratio of two colours."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_measure_itself_is_right():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_is_read_easily(theme: str, text: str, ground: str):
    colours = TOKENS["colour"][theme]
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_shapes_are_seen_easily(theme: str, shape: str, ground: str):
    colours = TOKENS["colour"][theme]
    assert contrast(colours[shape], colours[ground]) >= 3


def test_both_themes_name_the_same_colours():
    assert TOKENS["colour"]["light"].keys() == TOKENS["colour"]["dark"].keys()


def test_the_style_sheet_uses_no_colour_but_the_tokens():
    sheet = place("resources", "style", "bedside.qss").read_text("utf-8")
    assert not re.search(r"#[0-9A-Fa-f]{3,8}\b", sheet)
    assert set(re.findall(r"\$([a-z_]+)", sheet)) <= TOKENS["colour"]["light"].keys()


RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_each_rule_of_the_style_sheet_is_read_easily(theme: str):
    """Whoever adds a rule with a ground and an ink adds no pair by hand: it is measured here."""
    sheet = place("resources", "style", "bedside.qss").read_text("utf-8")
    colours, measured = TOKENS["colour"][theme], 0
    for selector, rule in RULE.findall(sheet):
        ground = re.search(r"(?<![a-z-])background: \$([a-z_]+)", rule)
        ink = re.search(r"(?<![a-z-])color: \$([a-z_]+)", rule)
        if ground and ink:
            measured += 1
            pair = contrast(colours[ink[1]], colours[ground[1]])
            assert pair >= 4.5, (selector.strip(), ink[1], ground[1])
    assert measured >= 8


POPUPS = ("QMenu", "QToolTip", "QComboBox QAbstractItemView")


@pytest.mark.parametrize("popup", POPUPS)
def test_what_pops_up_has_a_ground_and_an_ink_of_the_tokens(popup: str):
    """A popup without a rule takes the ink of the theme on the ground of the system: white on white."""
    sheet = place("resources", "style", "bedside.qss").read_text("utf-8")
    rules = {selector.strip(): rule for selector, rule in RULE.findall(sheet)}
    assert re.search(r"(?<![a-z-])background: \$", rules[popup])
    assert re.search(r"(?<![a-z-])color: \$", rules[popup])


def test_every_menu_is_the_design_systems():
    """Not Qt's bare one: letters choose in it, and a one-of choice is round."""
    bare = [
        path.name
        for path in place("bedside", "desktop").glob("*.py")
        if re.search(r"\bQMenu\(", path.read_text("utf-8"))
    ]
    assert bare == []


def test_every_name_in_the_style_sheet_is_filled_in(look, dark):
    for theme in (look, dark):
        assert "$" not in theme.style_sheet()
        assert theme.colour("accent_tint").name() in theme.style_sheet()
