"""`bedside verify`: the same answer as on the screen; a mistyped code is refused and nothing is said."""

import json
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument
from zxingcpp import read_barcodes

from bedside.cli import main
from bedside.papers.check_signs import check_signs, folded

INFANT = "DEM 004 118"


@pytest.fixture(scope="module")
def printed(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """The ward's folder, and the code of its printed sheet."""
    ward, target = str(demo), tmp_path_factory.mktemp("verify") / "sheet.pdf"
    words = ["sheet", "--ward", ward, "--infant", INFANT, "--by", "E. Berg, RN", "-o", str(target)]
    assert main(words) == 0
    picture = PdfDocument(target)[0].render(scale=300 / 72).to_pil()
    code = next(one.text for one in read_barcodes(picture)).split("/")[3]
    return ward, code


def test_valid_with_and_without_blanks(printed: tuple[str, str], capsys) -> None:
    ward, code = printed
    for words in (code.split(), [folded(code).lower()], [code]):
        assert main(["verify", "--ward", ward, *words]) == 0
        said = capsys.readouterr().out
        assert said.startswith("VALID.") and "Dosing sheet, EPI #2" in said and INFANT in said


def test_one_json_object(printed: tuple[str, str], capsys) -> None:
    ward, code = printed
    assert main(["--ward", ward, "verify", "--json", code]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["verdict"] == "VALID" and told["reasons"] == [] and told["valid_until"]
    assert told["infant"].startswith("LINDGREN, Saga")


def test_a_foreign_code_is_exit_1(printed: tuple[str, str], capsys) -> None:
    ward, _ = printed
    foreign = "412K7Q2M9T" + check_signs("412K7Q2M9T")
    assert main(["verify", "--ward", ward, foreign]) == 1
    assert capsys.readouterr().out.startswith("NOT OURS.")


def test_a_mistyped_code_is_refused_in_one_line(printed: tuple[str, str], capsys) -> None:
    ward, code = printed
    wrong = code[:-1] + ("7" if code[-1] != "7" else "8")
    assert main(["verify", "--ward", ward, wrong]) == 2
    caught = capsys.readouterr()
    assert caught.out == "" and caught.err.count("\n") == 1
    assert "a sign is not as it was printed" in caught.err


def test_a_ward_that_is_not_there_is_refused(tmp_path: Path, capsys) -> None:
    assert main(["verify", "--ward", str(tmp_path / "none"), "412K 7Q2M 9TXR"]) == 2
    assert capsys.readouterr().out == "" and not (tmp_path / "none").exists()
