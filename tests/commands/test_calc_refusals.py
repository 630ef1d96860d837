"""No command guesses a number: every refusal of the strict reader reaches every option (H1)."""

from typing import Any

import pytest

BAD_NUMBERS = (
    "3,5", "1,000", "1.000,5", "1'000", "1 000", "1\u202f000", "1\u00a0000",
    "1e3", "1E3", "10e-4", "3_5", "1_000", "nan", "NaN", "inf", "Infinity", "-3.5", "+3.5",
    ".5", "5.", "\u0663.\u0665", "\uff13", "\u00bd", "<0.1", ">3", "3.5.1", "", "03.5", "0x10", "3..5",
    "3.5\u200b", "\u202e3.5", "3\u0000", "9" * 41, "three",
)  # fmt: skip
# a laboratory's bound is an answer to a start rule (tests/cases/start_rules.toml)
BOUNDED = {("gate", "--anc"), ("gate", "--platelets")}
BAD_DATES = (
    "03/04/2026", "20.11.2026", "2026-13-01", "2026-02-30", "26-11-20", "today", "20-11-2026",
    "2026-11-20T10:00", "\u0662\u0660\u0662\u0666-11-20", "", "31-Feb-2026", "2026-1-2", "20-Nov-26",
    "0001-01-01", "9999-12-31", "20-nov", "2026-11-20\u0000",
)  # fmt: skip

AGE = {"--birth": "2026-05-01", "--on": "2026-11-20"}
BSA = {"--weight": "6.2 kg", "--length": "63 cm"}
ZSCORE = {"--sex": "f", "--age-days": "203", "--weight": "6.2 kg", "--length": "63 cm"}
ANC = {"--wbc": "1.4 10^9/L", "--neutrophils": "32 %", "--bands": "3 %"}
GATE = {
    "--protocol": "aall15p1",
    "--course": "epi-1",
    "--anc": "500 /uL",
    "--platelets": "50000 /uL",
}
DOSE = {
    "--protocol": "aall15p1",
    "--course": "epi-1",
    "--day": "1",
    "--birth": "2026-05-01",
    "--course-day-1": "2026-11-20",
    "--weight": "6.2 kg",
    "--length": "63 cm",
}
SCHEDULE = {"--protocol": "aall15p1", "--start": "2026-09-01"}
INFUSION = {"--reconstituted": "2026-10-25T02:40+02:00", "--minutes": "30"}
COMMANDS = {
    "age": AGE,
    "bsa": BSA,
    "zscore": ZSCORE,
    "anc": ANC,
    "gate": GATE,
    "dose": DOSE,
    "schedule": SCHEDULE,
    "infusion": INFUSION,
}
OPTIONAL = {
    ("anc", "--bands"),
    ("gate", "--anc"),
    ("gate", "--platelets"),
    ("zscore", "--weight"),
    ("zscore", "--length"),
    ("dose", "--length"),
}
QUANTITIES = (
    ("bsa", "--weight", " kg"),
    ("bsa", "--length", " cm"),
    ("zscore", "--weight", " kg"),
    ("zscore", "--length", " cm"),
    ("zscore", "--age-days", ""),
    ("anc", "--wbc", " 10^9/L"),
    ("anc", "--neutrophils", " %"),
    ("anc", "--neutrophils", " /uL"),
    ("anc", "--bands", " %"),
    ("gate", "--anc", " /uL"),
    ("gate", "--platelets", " 10^9/L"),
    ("dose", "--weight", " kg"),
    ("dose", "--length", " cm"),
    ("dose", "--day", ""),
    ("infusion", "--minutes", ""),
)
DATES = (
    ("age", "--birth"),
    ("age", "--on"),
    ("dose", "--birth"),
    ("dose", "--course-day-1"),
    ("schedule", "--start"),
)
WRONG_UNITS = {
    "--weight": (
        "6.2",
        "6.2kg",
        "6.2 KG",
        "13.7 lb",
        "6.2 lbs",
        "6.2 mg",
        "6.2 cm",
        "kg",
        "6.2 m2",
    ),
    "--length": ("63", "63cm", "25 in", '25 "', "0.63 m", "63 kg", "cm"),
    "--wbc": ("1.4", "1400 /mL", "1.4 10^6/L", "1.4 g/L", "1400"),
    "--neutrophils": ("32", "480", "0.32", "32 percent", "32%%", "480 /mL"),
    "--bands": ("3", "3 /uL", "0.03", "3%%"),
    "--anc": ("500", "0.5", "500 /L", "500 %", "0.5 10^6/L", "500 cells"),
    "--platelets": ("50000", "50", "50 /L", "50 %", "50 k", "50 10^6/L"),
}


def ask(calc: Any, name: str, option: str, value: str) -> Any:
    """Run a command that is right but for one option."""
    options = {**COMMANDS[name], option: value}
    return calc(name, *(f"{key}={text}" for key, text in options.items()))


def assert_refused(ran: Any, option: str) -> None:
    """Nothing answered, one line that names the option and says something, no fault of ours."""
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1
    assert option in ran.err
    assert "fault of Bedside" not in ran.err
    assert ran.err.isprintable() or ran.err[:-1].replace("\u202f", " ").isprintable()


@pytest.mark.parametrize("name", COMMANDS)
def test_the_untouched_command_is_answered(calc: Any, name: str) -> None:
    ran = calc(name, *(f"{key}={text}" for key, text in COMMANDS[name].items()))
    assert (ran.code, ran.err) == (0, "")


@pytest.mark.parametrize(("name", "option", "unit"), QUANTITIES)
def test_no_number_is_guessed(calc: Any, name: str, option: str, unit: str) -> None:
    """H1: marks, grouping, exponents, underscores, nan and foreign digits are refused, not read."""
    for number in BAD_NUMBERS:
        if number in ("<0.1", ">3") and (name, option) in BOUNDED:
            continue
        assert_refused(ask(calc, name, option, number + unit), option)


@pytest.mark.parametrize(
    ("name", "option"),
    [(name, option) for name, option, _ in dict.fromkeys(QUANTITIES) if option in WRONG_UNITS],
)
def test_no_unit_is_guessed(calc: Any, name: str, option: str) -> None:
    """H3, H4, H14: a missing, glued or foreign unit is refused, never supplied."""
    for quantity in WRONG_UNITS[option]:
        assert_refused(ask(calc, name, option, quantity), option)


@pytest.mark.parametrize(("name", "option"), DATES)
def test_no_date_is_guessed(calc: Any, name: str, option: str) -> None:
    """H26: a date of figures that two readers read differently is refused."""
    for day in BAD_DATES:
        assert_refused(ask(calc, name, option, day), option)


@pytest.mark.parametrize("name", ["bsa", "zscore", "dose"])
def test_the_comma_is_answered_with_the_point(calc: Any, name: str) -> None:
    """H1: 3,5 kg is refused with what would be right, never read as 35."""
    ran = ask(calc, name, "--weight", "3,5 kg")
    assert "write 3.5 kg" in ran.err


@pytest.mark.parametrize("name", ["zscore", "dose"])
@pytest.mark.parametrize("weight", ["3500 kg", "35 kg", "499 g", "0 kg", "31 kg"])
def test_no_infant_weighs_that(calc: Any, name: str, weight: str) -> None:
    """H4: grams typed as kilograms, and most tenfold slips, are refused."""
    assert_refused(ask(calc, name, "--weight", weight), "weigh")


@pytest.mark.parametrize("name", COMMANDS)
def test_each_option_may_stand_once(calc: Any, name: str) -> None:
    words = [word for pair in COMMANDS[name].items() for word in pair]
    for option, value in COMMANDS[name].items():
        ran = calc(name, *words, option, value)
        assert (ran.code, ran.out) == (2, "")
        assert f"{option} is given twice" in ran.err


@pytest.mark.parametrize("name", COMMANDS)
def test_options_are_never_shortened(calc: Any, name: str) -> None:
    options = COMMANDS[name]
    for option in options:
        others = [word for key, text in options.items() if key != option for word in (key, text)]
        ran = calc(name, *others, option[:-1], options[option])
        assert (ran.code, ran.out) == (2, "")
        assert option[:-1] in ran.err


@pytest.mark.parametrize("name", COMMANDS)
def test_each_needed_option_is_asked_for(calc: Any, name: str) -> None:
    for option in COMMANDS[name]:
        if (name, option) in OPTIONAL:
            continue
        others = [f"{key}={text}" for key, text in COMMANDS[name].items() if key != option]
        assert_refused(calc(name, *others), option)
