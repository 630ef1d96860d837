"""`bedside commission` through the front door, on a real ward."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from bedside.app import open_ward, system_clock
from bedside.cli import main
from bedside.protocol.site_values import Tablet
from bedside.protocol.strengths import strength_of
from bedside.units.quantities import DrugAmount
from tests.ward.commissioned import KELLER, OKONJO, answers_of

P = ("--protocol", "aall15p1")
EPI = (*P, "--group", "epi-1")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "ward"
    open_ward(made, system_clock(), create=True).store.close()
    return made


@pytest.fixture
def say(folder: Path, capsys):
    """Run an action; what it printed, or what it refused."""

    def run(action: str, *words: str, fails: bool = False) -> str:
        code = main(["commission", action, "--ward", str(folder), *words])
        said = capsys.readouterr()
        assert code == (2 if fails else 0), said.err
        assert (said.out == "" and said.err.count("\n") == 1) if fails else said.err == ""
        return said.err if fails else said.out

    return run


def answers(folder: Path) -> dict[str, str]:
    ward = open_ward(folder, system_clock(), create=False)
    try:
        return answers_of(ward, "aall15p1", "epi-1")
    finally:
        ward.store.close()


def type_pass(say, folder: Path, who: str, **changed: str) -> str:
    for number, text in (answers(folder) | changed).items():
        say("enter", *P, "--number", number, "--value", text, "--by", who)
    return say("finish", *EPI, "--by", who)


def test_from_nothing_to_a_signed_file(say, folder: Path, tmp_path: Path) -> None:
    assert "epi-1: 0 of 10 numbers commissioned" in say("status")
    listed = say("numbers", *EPI)
    assert listed.count("\n") == 10 and "2.5" not in listed and "500" not in listed
    told = type_pass(say, folder, KELLER)
    assert "comparison opens" in told
    assert "nothing of either is shown" in say("compare", *EPI, "--by", KELLER, fails=True)
    said = type_pass(say, folder, OKONJO, **{"epi-1/length": "50"})
    assert "9 of 10 numbers commissioned" in said and "epi-1/length" in said
    assert "ten times" in said and "public: 5 days" in said
    found = json.loads(say("compare", *EPI, "--json", "--by", KELLER))
    assert found["first"] == KELLER and len(found["rows"]) == 10
    assert "epi-1/length" in say("again", *EPI, "--by", KELLER)
    for who in (OKONJO, KELLER):
        say("enter", *P, "--number", "epi-1/length", "--value", "6 days", "--by", who)
        last = say("finish", *EPI, "--by", who)
    assert "needs reason" in last
    reason = ("--number", "epi-1/length", "--reason", "as amendment 4 says", "--by", KELLER)
    assert "both who typed it" in say("accept", *P, *reason, "--and", KELLER, fails=True).lower()
    assert "It is blocked" in say("accept", *P, *reason, "--and", OKONJO)
    told = json.loads(say("status", *P, "--json"))["aall15p1"]["epi-1"]
    assert told == {"commissioned": 9, "of": 10, "stage": "blocked", "blocked": 1}
    assert "withdrawn" in say("withdraw", *P, *reason)
    target = tmp_path / "site.toml"
    signed = say("export", *P, "--by", KELLER, "--and", OKONJO, "-o", str(target))
    assert signed.rstrip().endswith(target.read_text().rstrip()[-14:])


def test_nobody_compares_in_a_terminal_during_her_own_blind_pass(say, folder: Path) -> None:
    """Eyes 10: the page refused it, the terminal did not ask who looks."""
    for who in (KELLER, OKONJO):
        type_pass(say, folder, who)
    other = ("--number", "epi-2/length", "--value", "5 days", "--by", KELLER)
    say("enter", *P, *other)
    said = say("compare", *EPI, "--by", KELLER, fails=True)
    assert "Your own blind pass of" in said and "5 days" not in said
    assert "Nobody is named" in say("compare", *EPI, fails=True)
    assert "10 of 10 numbers commissioned" in say("compare", *EPI, "--by", OKONJO)


def test_a_tablet_is_commissioned_by_two(say, folder: Path) -> None:
    """A strength of 77 mg in quarters, typed by each alone, is what doses by mouth are made from."""
    drug = "formulary/mercaptopurine"
    site = ("--protocol", "site", "--group", drug)
    listed = say("numbers", *site)
    assert "Strength of one tablet" in listed and "Into what a tablet may be cut" in listed
    typed = {"tablet": "77 mg", "tablet-parts": "quarters", "step": "77 mg", "most-percent": "7 %"}
    for who in (KELLER, OKONJO):
        for line in listed.splitlines():
            number = line.split("  ")[0]
            value = typed.get(number.rsplit("/", 1)[1], "not stated")
            say("enter", "--protocol", "site", "--number", number, "--value", value, "--by", who)
        said = say("finish", *site, "--by", who)
    assert "8 of 8 numbers commissioned" in said
    ward = open_ward(folder, system_clock(), create=False)
    try:
        tablet = strength_of(ward.values_for("aall15p1"), "mercaptopurine", "PO").tablet
    finally:
        ward.store.close()
    assert tablet == Tablet(DrugAmount(Decimal(77), "mg"), 4)


def test_a_pass_begun_is_given_up_with_its_reason(say, folder: Path) -> None:
    number = ("--number", "epi-1/length", "--value", "5 days", "--by", KELLER)
    say("enter", *P, *number)
    why = ("--reason", "begun by mistake", "--by")
    assert "no pass of epi-1" in say("give-up", *EPI, *why, OKONJO, fails=True)
    assert "first pass begun" in say("status", *P)
    assert "stays readable" in say("give-up", *EPI, *why, KELLER)
    assert "first pass begun" not in say("status", *P)


def test_a_file_is_taken_in_by_two(say, folder: Path, tmp_path: Path, capsys) -> None:
    for who in (KELLER, OKONJO):
        type_pass(say, folder, who)
    target = tmp_path / "site.toml"
    letters = say("export", *P, "--by", KELLER, "--and", OKONJO, "-o", str(target)).strip()[-14:]
    other = tmp_path / "other"
    open_ward(other, system_clock(), create=True).store.close()

    def there(*words: str) -> tuple[int, str]:
        before = [] if words[0] == "import" else ["commission"]  # a command of its own, too
        code = main([*before, *words[:1], "--ward", str(other), *words[1:]])
        said = capsys.readouterr()
        return code, said.out + said.err

    assert there("import", "--file", str(target), "--by", "B. Novak, RN")[0] == 0
    assert "waits for a second person" in there("status")[1]
    wrong = ("drop", *P, "--reason", "the wrong file", "--by", "C. Weiss, physician")
    code, said = there(*wrong)
    assert code == 0 and "nothing of it was taken" in said
    assert "waits for a second person" not in there("status")[1]
    code, said = there(*wrong)
    assert code == 2 and "No file of aall15p1 waits" in said
    assert there("import", "--file", str(target), "--by", "B. Novak, RN")[0] == 0
    assert (
        "second person confirms" in there("import", *P, "--letters", letters, "--by", "b. novak")[1]
    )
    code, said = there("import", *P, "--letters", letters, "--by", "C. Weiss, physician")
    assert code == 0 and "10 numbers" in said
    assert "10 of 10" in there("status", *P)[1]


def test_refusals_are_one_line(say, tmp_path: Path) -> None:
    assert "write 3.5" in say(
        "enter", *P, "--number", "epi-1/dose/azacitidine/iv", "--value", "3,5 mg/kg",
        "--by", KELLER, fails=True,
    )  # fmt: skip
    assert "expected one" in say("import", "--file", "--by", KELLER, fails=True)
    assert "cannot be read" in say(
        "import", "--file", str(tmp_path / "no"), "--by", KELLER, fails=True
    )
    assert "first person gives" in say("import", "--by", KELLER, fails=True)
    assert "second person gives" in say("import", "--letters", "0000", "--by", KELLER, fails=True)


@pytest.mark.parametrize(
    "action",
    [
        "status",
        "numbers",
        "enter",
        "finish",
        "compare",
        "again",
        "accept",
        "withdraw",
        "export",
        "import",
        "drop",
    ],
)
def test_each_action_has_its_help_with_one_example(action: str, capsys) -> None:
    assert main(["commission", action, "--help"]) == 0
    said = capsys.readouterr().out
    assert f"bedside commission {action} --ward" in said.split("Example:")[1]
    # a signed file is of one protocol: what is refused is not offered
    assert ("or site for formulary" in said) == (action not in ("export", "import"))


@pytest.mark.parametrize("command", ["export", "import"])
def test_the_signed_file_has_commands_of_its_own(command: str, folder: Path, capsys) -> None:
    """The contract of the command line names them without `commission`."""
    assert main([command, "--help"]) == 0
    assert f"bedside {command} --ward" in capsys.readouterr().out.split("Example:")[1]
    words = {
        "export": [*P, "--by", KELLER, "--and", OKONJO, "-o", str(folder / "site.toml")],
        "import": ["--by", KELLER],
    }
    told = []
    for before in ([], ["commission"]):
        assert main([*before, command, "--ward", str(folder), *words[command]]) == 2
        told.append(capsys.readouterr().err)
    assert told[0] == told[1] != ""


def test_a_pass_is_completed_though_its_comparison_waits(say, folder: Path) -> None:
    """It said no (exit 2), and the pass was complete and ten numbers commissioned."""
    type_pass(say, folder, KELLER)
    say("enter", *P, "--number", "epi-2/length", "--value", "5 days", "--by", OKONJO)
    said = type_pass(say, folder, OKONJO)  # exit 0: `say` asserts it
    assert said.startswith("Both passes are complete.\nThe comparison waits:")
    assert "“EPI #2”" in said and "public" not in said and "5 days" not in said
    assert "10 of 10 numbers commissioned" in say("compare", *EPI, "--by", KELLER)


def test_a_reason_is_recorded_though_its_comparison_waits(say, folder: Path) -> None:
    type_pass(say, folder, KELLER, **{"epi-1/length": "50"})
    type_pass(say, folder, OKONJO, **{"epi-1/length": "50"})
    say("enter", *P, "--number", "epi-2/length", "--value", "5 days", "--by", OKONJO)
    why = ("--reason", "the copy of this site says fifty", "--and", KELLER)
    said = say("accept", *P, "--number", "epi-1/length", *why, "--by", OKONJO)
    assert "is recorded with the reason of both" in said and "The comparison waits:" in said


def test_public_values_of_related_protocols_are_closed_during_a_pass(
    say, folder: Path, tmp_path: Path, capsys
) -> None:
    """AALL15P1 Consolidation shows the related values of Interfant-06 IB, and the other way."""
    type_pass(say, folder, KELLER)
    type_pass(say, folder, OKONJO)
    ib = ("--protocol", "interfant06", "--number", "ib/length", "--value", "29 days")
    say("enter", *ib, "--by", OKONJO)
    refused = say("compare", *EPI, "--by", OKONJO, fails=True)
    assert "“Interfant-06: IB”" in refused
    assert "10 of 10" in say("compare", *EPI, "--by", KELLER)
    book = tmp_path / "book.pdf"
    for key in ("aall15p1", "interfant06", "interfant06-blinatumomab"):
        review = ["protocol", "review", key, "-o", str(book), "--ward", str(folder)]
        diff = ["protocol", "diff", key, key, "--ward", str(folder)]
        for words in (review, diff):
            assert main([*words, "--by", OKONJO]) == 2
            assert "nothing that is public" in capsys.readouterr().err and not book.exists()
            assert main(words) == 2  # nobody is named: it may be she
            assert "say who you are with --by" in capsys.readouterr().err and not book.exists()
            assert main([*words, "--by", KELLER]) == 0
            capsys.readouterr()
            book.unlink(missing_ok=True)
    say(
        "give-up", "--protocol", "interfant06", "--group", "ib", "--by", OKONJO, "--reason", "later"
    )
    assert main(["protocol", "review", "aall15p1", "-o", str(book), "--ward", str(folder)]) == 0
