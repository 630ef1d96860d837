"""The bench's children really open a window, paint it, say when, and end; and load only what it takes."""

import os
import subprocess
import sys

import pytest

from tests.bench.start import ROOT, prepare, start

# What was loaded when the list was painted, and when the window has come to rest.
LOADED = """
import os, sys
import tests.bench.child as child
def tell():
    from PySide6.QtCore import QTimer
    print(*sys.modules, flush=True)
    QTimer.singleShot(child.SETTLE_MS, lambda: (print(*sys.modules, flush=True), os._exit(0)))
child.note_and_quit = tell
child.ward(sys.argv[1])
"""
NEVER = {
    "sqlalchemy",
    "alembic",
    "reportlab",
    "pypdfium2",
    "pint",
    "numpy",
    "openpyxl",
    "bedside.words",  # another language than English
    "bedside.desktop.border",
    "bedside.desktop.language",
    "bedside.protocol.numbers",  # every number of a protocol
    "bedside.protocol.typed_kinds",  # what reads them
    "bedside.ward.commission_facts",
    "bedside.protocol.site_value_reader",
}
NOT_BEFORE_THE_PAINT = {
    "tomllib",
    "tomli",
    "bedside.clinical.laboratory",
    "bedside.papers.infant_papers",
    "bedside.protocol.doses",
    "bedside.ward.day_doses",  # only drugs that are given at hours
    "bedside.ward.forms",
    "bedside.ward.dlt",
    # what only the pages of an infant need, which are made while nobody waits
    "bedside.ward.printing",
    "bedside.clinical.ctcae.rule_book",
}


@pytest.fixture(scope="module")
def ward(tmp_path_factory):
    folder = tmp_path_factory.mktemp("start") / "ward"
    prepare(folder)
    return str(folder)


def test_a_bare_window_reports_its_first_paint():
    found = start("bare")
    assert found["first_paint_ms"] > 0
    assert found["rss_mib"] > 10


def test_a_ward_reports_the_first_paint_of_its_list(ward):
    assert start("ward", ward)["first_paint_ms"] > 0


def test_the_list_is_painted_and_rests_without_what_it_does_not_need(ward):
    start("ward", ward)  # protocols are kept as they were read
    told = subprocess.run(
        [sys.executable, "-c", LOADED, ward],
        env={**os.environ, "PYTHONPATH": str(ROOT), "BENCH_BEGAN": "0"},
        check=True,
        capture_output=True,
        text=True,
    ).stdout.splitlines()
    painted, resting = (set(line.split()) for line in told)
    assert "bedside.ward.board" in painted and "bedside.ward.dlt" in resting
    assert painted & (NEVER | NOT_BEFORE_THE_PAINT) == set()
    assert resting & NEVER == set()
