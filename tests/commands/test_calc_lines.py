"""`calc --lines`: a table of cases in, one JSON object a line out, always in step."""

import json
from pathlib import Path
from typing import Any

import pytest

from bedside.commands.lines import LONGEST_LINE_BYTES

AGE = "age --birth 2026-05-01 --on 2026-11-20"
BSA = "bsa --weight '6.2 kg' --length '63 cm'"


def answers(ran: Any) -> list[dict[str, Any]]:
    """Each line of the answer, read as JSON."""
    assert ran.err == ""
    assert ran.code == 0
    return [json.loads(line) for line in ran.out.splitlines()]


def test_each_line_is_answered_in_order(calc: Any) -> None:
    table = f"{AGE}\n{BSA}\n{AGE}\n".encode()
    first, second, third = answers(calc("--lines", "-", stdin=table))
    assert first["days"] == third["days"] == 203
    assert second["bsa_m2"] == "0.3294"


def test_a_line_answers_the_same_as_the_command(calc: Any) -> None:
    (in_table,) = answers(calc("--lines", "-", stdin=BSA.encode()))
    alone = calc("bsa", "--weight", "6.2 kg", "--length", "63 cm", "--json")
    assert in_table == json.loads(alone.out)


def test_empty_lines_and_comments_keep_the_answers_in_step(calc: Any) -> None:
    table = f"# ages\n{AGE}\n\n   \n{AGE}\n  # the end\n".encode()
    found = answers(calc("--lines", "-", stdin=table))
    assert [bool(answer) for answer in found] == [False, True, False, False, True, False]
    assert found[0] == found[2] == {}


def test_a_refused_line_is_an_error_of_that_line_only(calc: Any) -> None:
    table = f"bsa --weight '3,5 kg' --length '50 cm'\n{AGE}\n".encode()
    refused, answered = answers(calc("--lines", "-", stdin=table))
    assert list(refused) == ["error"]
    assert "write 3.5 kg" in refused["error"]
    assert answered["days"] == 203


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("calc age", "Leave out the word calc"),
        ("age --birth 2026-05-01", "--on"),
        ("age --bir 2026-05-01 --on 2026-11-20", "--bir"),
        ("age --birth 2026-05-01 --on 2026-11-20 extra", "extra"),
        ("nonsense", "nonsense"),
        ("age --help", "--help is for the command line"),
        ("-h", "--help is for the command line"),
        ("age --birth '2026-05-01 --on 2026-11-20", "quotation mark"),
        ("--lines other.txt", "other.txt"),
        ("--json", "“--json” is not known here"),
        ("''", "invalid choice"),
        ("age --birth 2026-05-01 --on", "expected one argument"),
    ],
)
def test_what_argparse_would_end_the_program_for_is_an_error_of_its_line(
    calc: Any, line: str, said: str
) -> None:
    refused, answered = answers(calc("--lines", "-", stdin=f"{line}\n{AGE}\n".encode()))
    assert list(refused) == ["error"]
    assert answered["days"] == 203
    assert said in refused["error"]


def test_a_line_may_ask_for_json_and_gets_what_it_gets_anyway(calc: Any) -> None:
    with_json, without = answers(calc("--lines", "-", stdin=f"{AGE} --json\n{AGE}\n".encode()))
    assert with_json == without


def test_crlf_and_a_byte_order_mark_change_nothing(calc: Any) -> None:
    table = b"\xef\xbb\xbf" + f"{AGE}\r\n\r\n{BSA}\r\n".encode()
    first, empty, last = answers(calc("--lines", "-", stdin=table))
    assert first["days"] == 203
    assert empty == {}
    assert last["bsa_m2"] == "0.3294"


def test_the_last_line_needs_no_line_end(calc: Any) -> None:
    assert len(answers(calc("--lines", "-", stdin=AGE.encode()))) == 1
    assert answers(calc("--lines", "-", stdin=b"")) == []


def test_units_beyond_ascii_are_read_as_utf_8(calc: Any) -> None:
    table = "anc --wbc '1.4 ×10⁹/L' --neutrophils '480 /µL'\n".encode()
    (answer,) = answers(calc("--lines", "-", stdin=table))
    assert answer["anc_per_ul"] == 480


def test_bytes_that_are_no_text_spoil_only_their_line(calc: Any) -> None:
    table = b"\xff\xfe\x00garbage \x80\n"[2:] + AGE.encode() + b"\nage\x00 --birth\n"
    binary, answered, nul = answers(calc("--lines", "-", stdin=table))
    assert "UTF-8" in binary["error"]
    assert answered["days"] == 203
    assert "error" in nul and "\x00" not in nul["error"]


def test_a_utf_16_table_is_refused_whole(calc: Any) -> None:
    ran = calc("--lines", "-", stdin=AGE.encode("utf-16"))
    assert (ran.code, ran.out) == (2, "")
    assert "save it as UTF-8" in ran.err


def test_an_endless_line_is_refused_without_being_kept(calc: Any) -> None:
    table = b"age " + b"9" * 3_000_000 + b"\n" + AGE.encode() + b"\n"
    endless, answered = answers(calc("--lines", "-", stdin=table))
    assert "longer than" in endless["error"]
    assert answered["days"] == 203


def test_a_line_of_exactly_the_longest_length_is_not_split_in_two(calc: Any) -> None:
    for length in range(LONGEST_LINE_BYTES - 3, LONGEST_LINE_BYTES + 3):
        table = b"#" * length + b"\n" + AGE.encode() + b"\n"
        assert len(answers(calc("--lines", "-", stdin=table))) == 2
        assert len(answers(calc("--lines", "-", stdin=b"#" * length))) == 1


def test_the_table_can_be_a_file(calc: Any, tmp_path: Path) -> None:
    table = tmp_path / "cases of the ward.txt"
    table.write_text(f"{AGE}\n", encoding="utf-8")
    assert answers(calc("--lines", str(table)))[0]["days"] == 203


@pytest.mark.parametrize("name", ["absent.txt", "", ".", "nul\x00byte", "x" * 3000])
def test_a_table_that_cannot_be_read_is_refused_in_one_line(
    calc: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = calc("--lines", name)
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1
    assert "name a text file" in ran.err


def test_a_table_and_a_command_at_once_are_refused(calc: Any) -> None:
    ran = calc("--lines", "-", "age", "--birth", "2026-05-01", "--on", "2026-11-20")
    assert (ran.code, ran.out) == (2, "")
    assert "leave out" in ran.err


def test_two_thousand_lines_are_all_answered_in_step(calc: Any) -> None:
    days = range(2000)
    lines = [
        f"age --birth 2026-01-01 --on 2026-01-{1 + day % 31:02d}"
        if day % 5
        else f"bsa --weight '{2 + day % 10}.{day % 7 + 1} kg' --length '{48 + day % 30} cm'"
        for day in days
    ]
    lines[1000] = "bsa --weight '3,5 kg' --length '50 cm'"
    found = answers(calc("--lines", "-", stdin="\n".join(lines).encode()))
    assert len(found) == 2000
    assert all(found[day]["days"] == day % 31 for day in days if day % 5)
    assert all("bsa_m2" in found[day] for day in days if day % 5 == 0 and day != 1000)
    assert list(found[1000]) == ["error"]
