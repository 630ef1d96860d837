"""`bedside ctcae`: the workbook is loaded, shown and searched from the command line too."""

import shutil
from pathlib import Path

import pytest

from bedside.cli import main
from tests.ward.workbooks import ROWS, workbook


@pytest.fixture
def demo(made_demo: Path, tmp_path: Path) -> str:
    return str(shutil.copytree(made_demo, tmp_path / "ward"))


def test_load_status_and_find(demo: str, tmp_path: Path, capsys) -> None:
    path = tmp_path / "six.xlsx"
    many = [("1", "Organ", f"Invented itch {at}", "a little", *[""] * 7) for at in range(30)]
    path.write_bytes(workbook("6.0", rows=(*ROWS, *many)))
    assert main(["ctcae", "status", "--ward", demo]) == 0
    assert "No NCI workbook is loaded" in capsys.readouterr().out
    assert main(["ctcae", "load", str(path), "--ward", demo, "--by", "M. Keller"]) == 0
    assert "CTCAE 6.0: 32 terms loaded from six.xlsx." in capsys.readouterr().out
    assert main(["ctcae", "status", "--ward", demo]) == 0
    assert "CTCAE 6.0: 32 terms from six.xlsx" in capsys.readouterr().out
    assert main(["ctcae", "find", "ache", "--ctcae", "6.0", "--ward", demo]) == 0
    said = capsys.readouterr().out
    assert "Invented ache (Organ one; official wording)" in said and "  3  much" in said
    assert main(["ctcae", "find", "itch", "--ctcae", "6.0", "--ward", demo]) == 0
    assert "10 more: write more of the word." in capsys.readouterr().out
    next(Path(demo).glob("ctcae/*.xlsx")).unlink()
    assert main(["ctcae", "find", "mucos", "--ward", demo]) == 0
    assert "Mucositis oral (mouth, stomach and bowel; in our words)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["find", "xyzzy"], "No term of CTCAE 5.0 holds “xyzzy”"),
        (["find", "pain", "--ctcae", "7"], "write 4.03, 5.0 or 6.0"),
        (["load", "nowhere.xlsx", "--by", "M. Keller"], "cannot be read"),
    ],
)
def test_refusals_are_one_line(demo: str, capsys, words: list[str], why: str) -> None:
    capsys.readouterr()
    assert main(["ctcae", *words, "--ward", demo]) == 2
    caught = capsys.readouterr()
    assert caught.out == "" and why in caught.err and caught.err.count("\n") == 1
