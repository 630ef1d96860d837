"""A real ward in a folder, with a clock that the test moves, and one infant on AALL15P1."""

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bedside.app import assemble
from bedside.store.keys import Keys
from bedside.store.opening import open_store
from bedside.units.quantities import Anc, BodyLength, BodyWeight, Platelets
from bedside.ward.counting import record_counts
from bedside.ward.courses import open_course
from bedside.ward.demonstration_today import MovableClock
from bedside.ward.enrolling import enrol
from bedside.ward.forms import NewCounts, NewInfant, NewSize
from bedside.ward.site import SHIPPED, save_site, site_form
from bedside.ward.toxicities import answer_resolved
from bedside.ward.ward import Ward
from bedside.ward.weighing import record_size
from tests.ward.commissioned import confirm

BERLIN = ZoneInfo("Europe/Berlin")
NURSE = "Test Nurse, RN"
DOCTOR = "Test Physician"
INDUCTION = date(2026, 9, 1)


class Bench:
    """A ward with one infant on AALL15P1, and short ways to do what the tests do often."""

    def __init__(self, folder: Path, keys: Keys | None = None) -> None:
        self.folder = folder
        self.clock = MovableClock(datetime(2026, 9, 1, 9, 0, tzinfo=BERLIN))
        store = open_store(folder, now=self.clock(), create=True, demonstration=False, keys=keys)
        self.ward: Ward = assemble(store, self.clock)
        self.infant = 0

    def site(self, kind: str = "tertiary", **changes: object) -> None:
        form = replace(site_form(self.ward), kind=kind, ward_name="Ward 4", **changes)
        save_site(self.ward, form, who=DOCTOR, confirmed=SHIPPED)

    def enrol(self, kmt2a: str = "rearranged", elsewhere: str = "", **changes: object) -> int:
        form = NewInfant(
            family="MUSTER",
            given="Ida",
            sex="f",
            born=date(2026, 5, 14),
            gestation_days=None,
            hospital_number="T 001",
            bed="1",
            allergies="No known allergies",
            line="2-lumen",
            protocol_key="aall15p1",
            study_number="15P1-T001",
            diagnosed_on=date(2026, 8, 31),
            diagnosis="B-ALL",
            kmt2a=kmt2a,
            consent="yes",
            induction_day_1=INDUCTION,
        )
        self.infant = enrol(
            self.ward, replace(form, **changes), who=DOCTOR, registered_elsewhere=elsewhere
        )
        return self.infant

    def at(self, *parts: int) -> None:
        self.clock.now = datetime(*parts, tzinfo=BERLIN)

    def weigh(self, grams: int = 6200, days_ago: int = 0) -> int:
        return record_size(
            self.ward,
            self.infant,
            NewSize(
                BodyWeight(grams),
                BodyLength(620),
                self.clock() - timedelta(days=days_ago),
                "typed a second time",
            ),
            who=NURSE,
        )

    def count(self, anc: int | None, platelets: int | None, **changes: object) -> int:
        form = NewCounts(
            taken_at=self.clock(),
            specimen="central line",
            wbc=None,
            wbc_state="not done",
            neutrophils_percent=None,
            bands_percent=None,
            lymphocytes_percent=None,
            monocytes_percent=None,
            other_percent=None,
            blasts_percent=None,
            anc=None if anc is None else Anc(anc),
            anc_state="not done" if anc is None else "done",
            platelets=None if platelets is None else Platelets(platelets),
            platelets_state="not done" if platelets is None else "done",
            haemoglobin=None,
            haemoglobin_state="not done",
            unusual_reason="typed a second time",
        )
        return record_counts(self.ward, self.infant, replace(form, **changes), who=NURSE)

    def ready_for_epi_1(
        self, anc: int = 640, platelets: int = 86_000, *, answer: bool = True
    ) -> None:
        """Induction over, counts and answer there: EPI #1 may start on 07-Oct-2026."""
        self.site()
        self.enrol()
        self.at(2026, 10, 7, 8, 0)
        self.weigh()
        self.count(anc, platelets)
        if answer:
            answer_resolved(self.ward, self.infant, "yes", who=DOCTOR)

    def open_epi_1(self, *, confirmed: bool = True) -> None:
        """EPI #1 opened on 07-Oct-2026, its numbers confirmed at this site by two people."""
        self.ready_for_epi_1()
        if confirmed:
            confirm(self.ward, "aall15p1", "epi-1")
        open_course(self.ward, self.infant, "epi-1", date(2026, 10, 7), who=DOCTOR)
