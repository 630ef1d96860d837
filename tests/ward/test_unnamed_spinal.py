"""Intrathecal therapy of ADE, of which no source names the drugs: never ordered, printed or given without a name."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bedside.protocol.site_value_reader import read_site_values
from bedside.ward.facts import facts_of
from bedside.ward.printing import make_paper, paper_choices
from tests.ward.day_bench import label_key, printed, sheet_key, sign
from tests.ward.test_day_sheets import words_of
from tests.ward.test_day_sheets_interfant import VALUES
from tests.ward.wards import NURSE, Bench
