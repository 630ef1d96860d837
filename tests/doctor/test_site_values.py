"""The doctor names each site value that contradicts what a public source states."""

from pathlib import Path

from bedside.doctor.site_values import site_values

HEAD = 'protocol = "aall15p1"\nedition = "7"\n'


def test_the_values_of_the_demonstration_contradict_nothing() -> None:
    found = site_values(None)
    assert found.verdict == "fit"
    assert "contradict no public source" in found.sentence


def test_value_and_source_stand_side_by_side(tmp_path: Path) -> None:
    file = tmp_path / "site.toml"
    file.write_text(
        HEAD + '[[days]]\ncourse = "epi-1"\ndrug = "azacitidine"\nroute = "IV"\ndays = [1, 2, 3]\n'
        '[[dose]]\ncourse = "epi-1"\ndrug = "azacitidine"\nroute = "IV"\nvalue = 3\nunit = "mg/kg"\n'
        '[[start]]\ncourse = "epi-1"\nanc-at-least-per-ul = 400\n',
        encoding="utf-8",
    )
    found = site_values(file)
    assert found.verdict == "look"
    for words in ("days 1, 2, 3", "states 1, 2, 3, 4, 5", "3 mg per kg", "2.5 mg per kg",
                  "at least 400 per µL", "at least 500 per µL", "two people settle"):  # fmt: skip
        assert words in found.sentence, words


def test_a_protocol_that_is_not_here(tmp_path: Path) -> None:
    file = tmp_path / "site.toml"
    file.write_text('protocol = "other"\nedition = "7"\n', encoding="utf-8")
    assert "no protocol here" in site_values(file).sentence
