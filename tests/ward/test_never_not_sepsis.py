"""Nothing the program can say about fever says that there is no sepsis: every word of it is searched.

Searched are all texts of the whole package (docstrings left out: nobody reads them on a ward), the
files of `resources/fever`, and every answer of every worked case, as the page and `calc` say it.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from bedside.clinical.fever import NOT_EXCLUDED
from bedside.places import place

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "bedside"
DENIES = re.compile(
    r"\b(no|not|none|without|never|nor|isn't|exclude[sd]?|excluding|ruled? out|rules out|"
    r"unlikely|improbable|absent|absence|free of|negative)\b[^.;:]{0,40}\b(sepsis|septic)"
    r"|\b(sepsis|septic shock)\b[^.;]{0,40}\b(no|not|unlikely|excluded|ruled out|absent|negative)\b",
    re.IGNORECASE,
)
ALLOWED = ("does not exclude sepsis", "sepsis at any temperature")


def denials(text: str) -> list[str]:
    """What in a text denies a sepsis; the sentence that says that nothing is excluded may stand."""
    plain = " ".join(text.split())
    for words in ALLOWED:
        plain = re.sub(re.escape(words), "", plain, flags=re.IGNORECASE)
    return [found.group() for found in DENIES.finditer(plain)]


def texts_of(path: Path) -> Iterator[str]:
    """Every text of a module that can be shown; parts of an f-string stand side by side."""
    tree = ast.parse(path.read_text("utf-8"))
    inside: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(
            node
        ):
            inside.add(id(node.body[0].value))  # type: ignore[attr-defined]  # a docstring
        if isinstance(node, ast.JoinedStr):
            inside |= {id(part) for part in node.values}
            yield " ".join(
                str(part.value) if isinstance(part, ast.Constant) else "x" for part in node.values
            )
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in inside
        ):
            yield node.value


@pytest.mark.parametrize("top", sorted(path.name for path in PACKAGE.iterdir() if path.is_dir()))
def test_no_text_of_the_program_denies_a_sepsis(top: str) -> None:
    found = {
        path.name: denied
        for path in sorted((PACKAGE / top).rglob("*.py"))
        for text in texts_of(path)
        if (denied := denials(text))
    }
    assert found == {}


def test_no_file_of_the_fever_rules_denies_one() -> None:
    files = sorted(place("resources", "fever").iterdir())
    assert len(files) >= 3
    for path in files:
        shown = "\n".join(line.partition("#")[0] for line in path.read_text("utf-8").splitlines())
        assert denials(shown) == [], path.name


def test_no_worked_case_makes_calc_deny_one(calc_words) -> None:
    said = list(calc_words)
    assert len(said) >= 120
    for words in said:
        assert denials(words) == []
    unmet = [words for words in said if "Not febrile" in words or "not known yet" in words]
    assert unmet and all(NOT_EXCLUDED in words for words in unmet)


@pytest.fixture
def calc_words(capsys) -> Iterator[str]:
    from bedside.cli import main
    from tests.commands.test_calc_fever import OPTION, fever_words

    cases = ROOT / "tests" / "cases"
    asked = tomllib.loads((cases / "fever.toml").read_text("utf-8"))["case"]
    words = [fever_words(case["given"]) for case in asked if case["ask"] == "fever"]
    scored = tomllib.loads((cases / "phoenix.toml").read_text("utf-8"))["case"]
    for case in scored:
        typed = ["phoenix"]
        for key, value in case["given"].items():
            option, unit = OPTION[key]
            yes_no = {True: "yes", False: "no"}
            typed.append(
                f"{option}={yes_no[value] if isinstance(value, bool) else f'{value}{unit}'}"
            )
        words.append(typed)

    def answers() -> Iterator[str]:
        for one in words:
            main(["calc", *one])
            shown = capsys.readouterr()
            yield shown.out + shown.err

    return answers()


@pytest.mark.parametrize(
    "words",
    [
        "Not sepsis",
        "no sign of sepsis",
        "sepsis is unlikely",
        "Phoenix criteria for sepsis not met",
        "Sepsis: ruled out",
        "excludes sepsis",
        "without septic shock",
    ],
)
def test_the_search_bites(words: str) -> None:
    assert denials(words)


def test_the_one_sentence_may_stand() -> None:
    assert denials(NOT_EXCLUDED) == []
