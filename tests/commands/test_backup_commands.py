"""`bedside backup` and `bedside restore`, through the front door, on a real ward."""

import json
import shutil
from pathlib import Path

import pytest

from bedside.app import open_ward, system_clock
from bedside.cli import main
from bedside.store.opening import FILE

TWO = ("--by", "E. Berg, RN", "--and-by", "M. Keller, physician")


@pytest.fixture(scope="module")
def demo(made_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = shutil.copytree(made_demo, tmp_path_factory.mktemp("demo") / "ward")
    assert main(["backup", "--ward", str(folder)]) == 0
    return folder


@pytest.fixture
def ward(demo: Path, tmp_path: Path) -> Path:
    shutil.copytree(demo, tmp_path / "ward")
    return tmp_path / "ward"


def run_words(capsys, ward: Path, *words: str) -> tuple[int, str, str]:
    code = main([words[0], "--ward", str(ward), *words[1:]])
    caught = capsys.readouterr()
    return code, caught.out, caught.err


def only_copy(ward: Path) -> Path:
    (copy,) = (ward / "backups").iterdir()
    return copy


def spoil(copy: Path) -> None:
    content = bytearray((copy / FILE).read_bytes())
    content[len(content) // 3] ^= 16
    (copy / FILE).write_bytes(content)


def test_a_backup_says_what_it_holds(ward: Path, capsys) -> None:
    code, out, _ = run_words(capsys, ward, "backup", "--json")
    found = json.loads(out)
    assert code == 0 and found["records"] > 1000 and found["second_trouble"] is False
    assert (ward / "backups" / found["name"] / FILE).exists()


def test_the_copies_are_listed(ward: Path, capsys) -> None:
    code, out, _ = run_words(capsys, ward, "restore")
    assert code == 0
    assert only_copy(ward).name in out and "proved when made" in out
    code, out, _ = run_words(capsys, ward, "restore", "--json")
    assert json.loads(out)["copies"][0]["good"] is True


def test_the_drill_changes_nothing(ward: Path, capsys) -> None:
    """P7, H44: restored into a scratch folder, verified, compared, removed."""
    before = {path.name for path in ward.iterdir()}
    code, out, _ = run_words(capsys, ward, "restore", "--drill")
    assert code == 0
    assert "equal to the ward, record for record" in out and "Drill passed" in out
    assert {path.name for path in ward.iterdir()} == before


def test_the_drill_fails_on_one_spoilt_bit(ward: Path, capsys) -> None:
    spoil(only_copy(ward))
    code, out, _ = run_words(capsys, ward, "restore", "--drill", "--json")
    found = json.loads(out)
    assert (code, found["ok"]) == (1, False)
    assert "CANNOT BE RESTORED" in found["lines"][0]


def test_the_drill_fails_without_a_copy(ward: Path, capsys) -> None:
    shutil.rmtree(ward / "backups")
    code, out, _ = run_words(capsys, ward, "restore", "--drill")
    assert code == 1 and "no good copy" in out


def test_the_drill_works_beside_an_open_window(ward: Path, capsys) -> None:
    opened = open_ward(ward, system_clock(), create=False)
    try:
        code, out, _ = run_words(capsys, ward, "restore", "--drill")
    finally:
        opened.store.close()
    assert code == 0 and "not compared" in out


def test_a_restore_says_what_is_lost_and_where_the_old_ward_is(ward: Path, capsys) -> None:
    opened = open_ward(ward, system_clock(), create=False)
    from bedside.ward.site import save_site, site_form

    save_site(opened, site_form(opened), who="E. Berg, RN")  # the same: no new record
    from msgspec.structs import replace

    save_site(opened, replace(site_form(opened), ward_name="Ward 9"), who="E. Berg, RN")
    opened.store.close()
    code, out, _ = run_words(capsys, ward, "restore", "--copy", "newest", *TWO)
    assert code == 0
    assert "not in it: 1," in out and "set the site's settings" in out
    aside = Path(out.rsplit("kept in ", 1)[1].strip().rstrip("."))
    restored, old = (open_ward(path, system_clock(), create=False) for path in (ward, aside))
    assert (restored.site.ward_name, old.site.ward_name) == ("Ward 4 North", "Ward 9")
    restored.store.close()
    old.store.close()


def test_a_damaged_ward_is_restored(ward: Path, capsys) -> None:
    """H44: what cannot be opened is kept aside, too."""
    spoil(ward)
    code, out, _ = run_words(capsys, ward, "restore", "--copy", "newest", "--json", *TWO)
    assert code == 0
    assert Path(json.loads(out)["old_ward"], FILE).exists()
    open_ward(ward, system_clock(), create=False).store.close()


def test_a_dead_disk_is_restored_from_elsewhere(ward: Path, tmp_path: Path, capsys) -> None:
    medium = tmp_path / "stick"
    shutil.copytree(ward / "backups", medium)
    shutil.rmtree(ward)
    words = ("restore", "--from", str(medium), "--copy", "newest", *TWO)
    code, _, _ = run_words(capsys, ward, *words)
    assert code == 0
    open_ward(ward, system_clock(), create=False).store.close()


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (("--copy", "newest"), "two people"),
        (("--copy", "newest", "--by", "A", "--and-by", "a, RN"), "two people"),
        (("--copy", "20200101T000000Z", *TWO), "no copy"),
    ],
)
def test_a_restore_that_is_refused_changes_nothing(ward: Path, capsys, more, says: str) -> None:
    before = (ward / FILE).read_bytes()
    code, out, err = run_words(capsys, ward, "restore", *more)
    assert (code, out) == (2, "")
    assert says in err and err.count("\n") == 1
    assert (ward / FILE).read_bytes() == before


def test_an_open_ward_is_not_restored_under_its_window(ward: Path, capsys) -> None:
    """P8."""
    opened = open_ward(ward, system_clock(), create=False)
    code, _, err = run_words(capsys, ward, "restore", "--copy", "newest", *TWO)
    opened.store.close()
    assert code == 2 and "open already" in err


def test_a_spoilt_copy_is_never_restored(ward: Path, capsys) -> None:
    """P6: set aside, and the ward stays."""
    spoil(only_copy(ward))
    before = (ward / FILE).read_bytes()
    code, _, err = run_words(capsys, ward, "restore", "--copy", "newest", *TWO)
    assert code == 2 and "not as it was" in err
    assert (ward / FILE).read_bytes() == before
    assert only_copy(ward).name.startswith("damaged-")


def test_a_copy_is_opened_to_read(ward: Path, capsys, monkeypatch) -> None:
    """H44: the last good one, or the one named; nothing is changed."""
    from bedside.commands import backup

    said: list[str] = []

    def run(opened, **_: object) -> int:
        said.append(opened.emergency)
        opened.store.close()
        return 0

    monkeypatch.setattr(backup, "run_desktop", run)
    name = only_copy(ward).name
    assert run_words(capsys, ward, "restore", "--read-only")[0] == 0
    assert run_words(capsys, ward, "restore", "--read-only", "--copy", name)[0] == 0
    assert len(said) == 2 and all(words.startswith("EMERGENCY COPY of") for words in said)
    shutil.rmtree(ward / "backups")
    code, _, err = run_words(capsys, ward, "restore", "--read-only")
    assert code == 2 and "no good copy" in err


def test_the_downtime_sheets_are_printed(ward: Path, tmp_path: Path, capsys) -> None:
    target = tmp_path / "down.pdf"
    code, out, _ = run_words(capsys, ward, "downtime", "-o", str(target))
    assert code == 0 and str(target) in out
    assert target.read_bytes().startswith(b"%PDF")
    code, _, err = run_words(capsys, ward, "downtime", "-o", str(target))
    assert code == 2 and "there already" in err


def test_no_copy_to_list_is_said(ward: Path, capsys) -> None:
    shutil.rmtree(ward / "backups")
    code, _, err = run_words(capsys, ward, "restore")
    assert code == 2 and "--from" in err
