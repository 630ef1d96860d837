"""An infant in Induction of AALL15P1 whose site has entered doses of its own: every figure is invented."""

from pathlib import Path

from bedside.protocol.site_value_reader import read_site_values
from bedside.ward.order_acts import prescribe, release, verify
from bedside.ward.printing import make_paper
from bedside.ward.views.check_state import Planned
from bedside.ward.views.orders import OrderRow
from bedside.ward.views.pages import PrintedPaper
from tests.ward.ordering import EXPRESSLY, PHARMACIST, PRESCRIBER, band, row_of, signer
from tests.ward.wards import NURSE, Bench

VINCRISTINE: Planned = ("induction", 15, "vincristine", "IV")
CYTARABINE_IT: Planned = ("induction", 15, "cytarabine", "IT")
HYDROCORTISONE_IT: Planned = ("induction", 15, "hydrocortisone", "IT")
PEGASPARGASE: Planned = ("induction", 12, "pegaspargase", "IV or IM")
PREDNISOLONE: Planned = ("induction", 3, "prednisolone", "PO or NG")
DEXAMETHASONE: Planned = ("induction", 15, "dexamethasone", "PO, NG or IV")
DAUNORUBICIN: Planned = ("induction", 8, "daunorubicin", "IV")
VALUES = """
protocol = "aall15p1"
edition  = "invented 1 of 01-Sep-2026"

[confirmed]
by = ["A. One", "B. Two"]
on = 2026-09-01

[site]
name = "Hospital"
ward = "Ward 4"
place = "tertiary"
weight-age-days = 2

[[contact]]
role = "Pharmacy"
number = "1"

[[drug]]
drug = "vincristine"
rounding = { name = "to 0.05 mg", step = 0.05, most-percent = 10 }
concentration = { value = 1, unit = "mg" }
syringe-step-ml = 0.01

[[drug]]
drug = "cytarabine"
route = "IT"
concentration = { value = 20, unit = "mg" }
syringe-step-ml = 0.01

[[drug]]
drug = "hydrocortisone"
route = "IT"
concentration = { value = 10, unit = "mg" }
syringe-step-ml = 0.01

[[drug]]
drug = "prednisolone"
rounding = { name = "to 0.5 mg", step = 0.5, most-percent = 10 }
concentration = { value = 5, unit = "mg" }

[[drug]]
drug = "dexamethasone"
rounding = { name = "to 0.05 mg", step = 0.05, most-percent = 10 }

[[drug]]
drug = "pegaspargase"
rounding = { name = "to 25 units", step = 25, most-percent = 10, unit = "units" }
concentration = { value = 750, unit = "units" }
syringe-step-ml = 0.01

[[drug]]
drug = "daunorubicin"
planned-minutes = 15
concentration = { value = 2, unit = "mg" }
syringe-step-ml = 0.01

[[dose]]
course = "induction"
drug = "vincristine"
route = "IV"
value = 0.05
unit = "mg per kg"
most = { value = 2, unit = "mg" }

[[dose]]
course = "induction"
drug = "daunorubicin"
route = "IV"
value = 1
unit = "mg per kg"

[[dose]]
course = "induction"
drug = "pegaspargase"
route = "IV or IM"
value = 2500
unit = "units per m2"

[[dose]]
course = "induction"
drug = "prednisolone"
route = "PO or NG"
value = 20
unit = "mg per m2"

[[dose]]
course = "induction"
drug = "dexamethasone"
route = "PO, NG or IV"
value = 2
unit = "mg per m2"
no-taper = true

[[dose]]
course = "induction"
drug = "cytarabine"
route = "IT"
by-age = [{ from-month = 0, value = 15, unit = "mg" }, { from-month = 12, value = 20, unit = "mg" }]

[[dose]]
course = "induction"
drug = "hydrocortisone"
route = "IT"
by-age = [{ from-month = 0, value = 8, unit = "mg" }, { from-month = 12, value = 10, unit = "mg" }]
"""


def in_induction(bench: Bench, day: int, values: str = VALUES, **enrolled: object) -> Bench:
    """A day of Induction (day 1 is 01-Sep-2026), 6.2 kg and 62 cm that morning, the site's values in force."""
    bench.site()
    bench.enrol(**enrolled)
    bench.at(2026, 9, day, 9, 0)
    bench.weigh()
    bench.count(640, 86_000)
    file = bench.folder.parent / "values.toml"
    file.write_text(values, encoding="utf-8")
    bench.ward.values = read_site_values(file)
    return bench


def sign(bench: Bench, planned: Planned, *acts: object) -> OrderRow:
    """Sign an order as far as wanted: `prescribe`, `verify`, `release` in turn; all of them by default."""
    ward, infant = bench.ward, bench.infant
    doctor, pharmacist = signer(ward, PRESCRIBER), signer(ward, PHARMACIST)
    for act in acts or (prescribe, verify, release):
        rows = [row_of(ward, infant, planned)]
        if act is prescribe:
            prescribe(ward, infant, rows, band(ward, infant), doctor, who=PRESCRIBER)
        elif act is verify:
            verify(ward, infant, rows, pharmacist, who=PHARMACIST)
        else:
            release(ward, infant, rows, pharmacist, who=PHARMACIST, said=EXPRESSLY)
    return row_of(ward, infant, planned)


def sheet_key(planned: Planned, route: str = "", drug: str | None = None) -> str:
    """The key of a dose's sheet: by one of its routes, of all intrathecal drugs with ``drug=""``."""
    course, day, own, by = planned
    named = own if drug is None else drug
    return ":".join(part for part in ("day-sheet", course, str(day), route or by, named) if part)


def label_key(planned: Planned, route: str = "") -> str:
    """The key of a dose's labels."""
    return sheet_key(planned, route).replace("day-sheet", "label", 1)


def printed(bench: Bench, key: str, folder: Path) -> PrintedPaper:
    """A paper, made and kept."""
    return make_paper(bench.ward, bench.infant, key, folder, who=NURSE, why="jammed in the printer")
