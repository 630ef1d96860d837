"""Whatever is typed, the command answers or refuses: never a traceback, never exit code 1."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

NAMES = (
    "age", "bsa", "zscore", "anc", "gate", "dose", "schedule", "infusion", "maintenance", "dlt",
    "fever", "phoenix",
)  # fmt: skip
OPTIONS = {
    "age": ("--birth", "--on"),
    "bsa": ("--weight", "--length", "--formula"),
    "zscore": ("--sex", "--age-days", "--weight", "--length"),
    "anc": ("--wbc", "--neutrophils", "--bands"),
    "gate": ("--protocol", "--course", "--anc", "--platelets", "--confirm"),
    "dose": (
        "--protocol", "--course", "--day", "--birth", "--course-day-1", "--weight", "--length",
        "--site-values",
    ),
    "schedule": ("--protocol", "--start", "--arm", "--risk", "--actual", "--site-values"),
    "dlt": ("--protocol", "--rule"),
    "infusion": ("--reconstituted", "--minutes"),
    "maintenance": ("--protocol", "--birth", "--cycle-1-day-1", "--rule", "--site-values"),
    "fever": (
        "--temperatures", "--anc", "--now", "--definition", "--rules", "--expected-low",
        "--steroids", "--unwell", "--antibiotics",
    ),
    "phoenix": (
        "--infection", "--age-months", "--pf", "--sf", "--spo2", "--fio2", "--map", "--lactate",
        "--vasoactives", "--platelets", "--inr", "--d-dimer", "--fibrinogen", "--gcs",
    ),
}  # fmt: skip
RIGHT = (
    "interfant06", "ib", "ade=2026-12-01", "standard", "LR", "aall15p1", "epi-1", "induction", "maintenance", "toxicity-resolved=yes", "epi-1=2026-11-20",
    "2026-05-01", "2026-11-20", "1900-01-01", "2199-12-31", "29-Feb-2024", "6.2 kg", "500 g",
    "30 kg", "63 cm", "110 cm", "0 /uL", "999999999 /uL", "50 10^9/L", "0 %", "100 %", "f", "1",
    "0", "5", "730", "999999999", "30", "2026-10-25T02:40+02:00", "2199-12-31T23:59-14:00",
    "1900-01-01T00:00+14:00", "mosteller", "boyd", "yes", "unknown", "none", "2026-11-20T10:00Z 38.6 C axillary", "-", ".", "/dev/null", "/", "",
)  # fmt: skip
anything = st.one_of(
    st.sampled_from(RIGHT),
    st.text(st.characters(categories=None), max_size=40),
    st.text("0123456789.,-+eE kgcmu/L%^*×µ²⁹TZ:", max_size=24),
    st.sampled_from(["9" * 10_000, "\x00", "\udcff", "--", "-", "--help", "%s", "{0}", "'", '"']),
)
SLOW_IS_FINE = settings(
    max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def assert_answered_or_refused(ran: Any) -> None:
    """0 with an answer and silence, or 2 with silence and one line; never our own fault."""
    assert ran.code in (0, 2)
    if ran.code == 0:
        assert ran.err == "" and ran.out != ""
    else:
        assert ran.out == ""
        assert len(ran.err.splitlines()) == 1
        assert "fault of Bedside" not in ran.err
    assert "Traceback" not in ran.err


@SLOW_IS_FINE
@given(
    st.sampled_from(NAMES).flatmap(
        lambda name: st.tuples(
            st.just(name),
            st.fixed_dictionaries({}, optional=dict.fromkeys(OPTIONS[name], anything)),
        )
    ),
    st.booleans(),
)
def test_any_text_as_any_option(
    calc_run: Any, asked: tuple[str, dict[str, str]], as_json: bool
) -> None:
    name, options = asked
    words = [f"{option}={value}" for option, value in options.items()]
    ran = calc_run(name, *words, *(["--json"] if as_json else []))
    assert_answered_or_refused(ran)
    if ran.code == 0 and as_json:
        assert isinstance(json.loads(ran.out), dict)


@SLOW_IS_FINE
@given(st.lists(st.one_of(st.sampled_from((*NAMES, "--json", "--lines", "--birth")), anything)))
def test_any_words_in_any_order(calc_run: Any, words: list[str]) -> None:
    ran = calc_run(*words)
    if "--lines" not in words:  # of an empty table there is nothing to answer
        assert_answered_or_refused(ran)
    assert ran.code in (0, 2)


@SLOW_IS_FINE
@given(st.binary(max_size=400))
def test_any_bytes_as_a_table(calc_run: Any, table: bytes) -> None:
    ran = calc_run("--lines", "-", stdin=table)
    if table.startswith((b"\xff\xfe", b"\xfe\xff")):
        assert (ran.code, ran.out) == (2, "")
        return
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert len(lines) == len(in_lines(table.removeprefix(b"\xef\xbb\xbf")))
    assert all(isinstance(json.loads(line), dict) for line in lines)


def in_lines(table: bytes) -> list[bytes]:
    """The lines of a table as every editor counts them."""
    parts = table.split(b"\n")
    return parts[:-1] if parts[-1] == b"" else parts


@SLOW_IS_FINE
@given(
    st.lists(
        st.tuples(st.sampled_from(NAMES), st.lists(anything, max_size=6)), min_size=1, max_size=8
    )
)
def test_any_lines_are_answered_one_for_one(
    calc_run: Any, cases: list[tuple[str, list[str]]]
) -> None:
    lines = [
        " ".join([name, *words]).replace("\n", " ").replace("\r", " ") for name, words in cases
    ]
    table = "\n".join(lines).encode("utf-8", "surrogatepass")
    ran = calc_run("--lines", "-", stdin=table)
    assert (ran.code, ran.err) == (0, "")
    found = [json.loads(line) for line in ran.out.splitlines()]
    assert len(found) == len(lines)
    assert not any("fault of Bedside" in answer.get("error", "") for answer in found)


@pytest.mark.parametrize("name", NAMES)
def test_the_longest_texts_are_refused_shortly(calc: Any, name: str) -> None:
    for option in OPTIONS[name]:
        ran = calc(name, f"{option}={'9' * 1_000_000}")
        assert (ran.code, ran.out) == (2, "")
        assert len(ran.err) < 2_000
