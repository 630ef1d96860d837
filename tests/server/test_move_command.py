"""`bedside move`, through the front door."""

import io
import json
import sys

import pytest

from bedside.cli import main
from bedside.store.opening import BACKUPS, open_store
from tests.server.postgres import OWNER
from tests.store.samples import NOW, contents, new_store
from tests.ward.peopled import BERG, KELLER, SECRETS, peopled
from tests.ward.wards import Bench


@pytest.fixture
def folder(tmp_path):
    bench = Bench(tmp_path / "ward")
    bench.ready_for_epi_1()
    bench.ward.store.close()
    return tmp_path / "ward"


def test_a_ward_is_moved_from_a_terminal(postgres, database, folder, capsys):
    assert (
        main(
            [
                "move",
                "--ward",
                str(folder),
                "--to",
                postgres.url(database, OWNER),
                "--by",
                "E. Berg, RN",
            ]
        )
        == 0
    )
    said = capsys.readouterr().out
    assert "every field was compared" in said and "  blood count\n" in said
    assert postgres.password not in said
    assert len(list((folder / BACKUPS).iterdir())) == 1
    store = open_store(folder, now=NOW, create=False, server=postgres.url(database))
    assert len(contents(store)["Infant"]) == 1
    store.close()
    assert (
        main(
            [
                "move",
                "--ward",
                str(folder),
                "--to",
                postgres.url(database, OWNER),
                "--by",
                "E. Berg",
            ]
        )
        == 2
    )
    assert "moved already" in capsys.readouterr().err
    assert (
        main(["move", "--ward", str(folder), "--to", postgres.url(database, OWNER), "--bring-up"])
        == 0
    )
    assert "is of this Bedside already" in capsys.readouterr().out


def test_in_a_ward_with_people_an_administrator_and_another(
    postgres, database, tmp_path, monkeypatch, capsys
):
    bench = Bench(tmp_path / "ward")
    peopled(bench.ward)
    bench.ward.store.close()
    told = [
        "move",
        "--ward",
        str(tmp_path / "ward"),
        "--to",
        postgres.url(database, OWNER),
        "--json",
    ]
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    assert main([*told, "--by", BERG]) == 2
    capsys.readouterr()
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{SECRETS[KELLER]}\n{SECRETS[BERG]}\n"))
    code = main([*told, "--by", KELLER, "--and-by", BERG])
    answer = capsys.readouterr()
    assert (code, answer.err) == (0, "")
    assert json.loads(answer.out)["to"] == f"{database} on 127.0.0.1"


@pytest.mark.parametrize(
    ("to", "said"),
    [("/srv/ward", "moved to a server"), ("postgresql+psycopg://a:secret@h/w", "holds a password")],
)
def test_a_wrong_address_changes_nothing(tmp_path, capsys, to, said):
    new_store(tmp_path / "ward").close()
    assert main(["move", "--ward", str(tmp_path / "ward"), "--to", to, "--by", "E. Berg"]) == 2
    told = capsys.readouterr().err
    assert said in told and "secret" not in told
    new_store(tmp_path / "ward", create=False).close()
