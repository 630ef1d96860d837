"""Every dialog that is about one infant, made as its page makes it; and those that are about none."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from unittest import mock

from PySide6.QtWidgets import QDialog, QWidget

import bedside.desktop
from bedside.desktop.key_sections import key_sections
from bedside.desktop.window import BedsideWindow
from bedside.units.quantities import DrugAmount
from bedside.ward.board import board
from bedside.ward.both_sides import Both, BothLine
from bedside.ward.break_off_asked import RunningVial
from bedside.ward.dlt_page import dlt_page
from bedside.ward.facts import facts_of
from bedside.ward.far_given import FarGiven
from bedside.ward.given_doses import GivenForm
from bedside.ward.giving_paper import paper_days
from bedside.ward.infants import banner
from bedside.ward.laboratory_page import laboratory_page
from bedside.ward.orders import order_board
from bedside.ward.titration import in_maintenance
from bedside.ward.toxicities import toxicities_page
from bedside.ward.vial_clocks import running_clocks
from bedside.ward.views.continuous import ContinuousRun
from bedside.ward.views.not_given import NotGivenForm
from bedside.ward.views.reductions import ReductionRow
from bedside.ward.views.rest import RestForm
from bedside.ward.where import where_are_we

OF_NO_INFANT = {
    "AcceptDialog",
    "AskedDialog",
    "BackupSettingsDialog",
    "ClosedWorkDialog",
    "CtcaeDialog",
    "EmergencyDialog",
    "DltRuleDialog",
    "EnrolDialog",  # she is not on the ward yet: the form itself says who
    "FeverRuleDialog",
    "FormDialog",
    "FoundingDialog",
    "HandoverDialog",
    "HandoverPastDialog",
    "KeyActDialog",
    "KeysDialog",
    "LeaveDialog",
    "LongWorkDialog",
    "OpeningDialog",
    "OrderDialog",  # what the three forms that sign orders have in common
    "OwnSecretDialog",
    "PaletteDialog",
    "PersonDialog",
    "RecoveryDialog",
    "ResetDialog",
    "RestoreDialog",
    "RestoredPaperDialog",  # of the whole ward, or the infant's own list, who is named on it
    "RolesDialog",
    "RoundListDialog",
    "ScanNote",
    "SecondPersonDialog",
    "SignedFileDialog",
    "SiteDialog",
    "StayingDialog",
    "UnlockDialog",
    "VerifyPaperDialog",  # she is named in its answer
    "WardKeysDialog",
    "WhoDialog",
    "WhyNotDialog",
}


def dialog_classes() -> dict[str, type[QDialog]]:
    """Every class of a dialog that the desktop has, by name."""
    return {name: one for name, one in desktop_classes().items() if issubclass(one, QDialog)}


def desktop_classes() -> dict[str, type]:
    """Every class that the desktop has, by name."""
    found: dict[str, type] = {}
    for module in pkgutil.iter_modules(bedside.desktop.__path__, "bedside.desktop."):
        members = inspect.getmembers(importlib.import_module(module.name), inspect.isclass)
        found |= {name: one for name, one in members if one.__module__ == module.name}
    return found


class InfantDialogs:
    """Makes them on the window of a demonstration ward.

    Args:
        window: the window; an infant's page is opened where a dialog takes her from it.
    """

    def __init__(self, window: BedsideWindow) -> None:
        self.window, self.ward = window, window.ward
        self.ids = [row.infant_id for row in board(self.ward).rows]
        self.infant = next(one for one in self.ids if laboratory_page(self.ward, one).rows)

    def make(self, name: str) -> tuple[QDialog, int]:
        """Return the dialog of this class, and the infant whom it is about."""
        made = getattr(self, f"_{name}", None)
        return self._plain(name) if made is None else made(dialog_classes()[name])

    def _plain(self, name: str) -> tuple[QDialog, int]:
        """A dialog made from what its arguments are called."""
        made = dialog_classes()[name]
        given = {key: self._argument(key) for key in _wanted(made)}
        return made(**given), self.infant

    def _argument(self, key: str) -> object:
        window, ward = self.window, self.ward
        return {
            "ward": ward,
            "look": window.look,
            "session": window.session,
            "parent": window,
            "infant_id": self.infant,
            "banner": banner(ward, self.infant),
            "name": "LINDGREN",
            "view": where_are_we(ward, self.infant),
            "sections": key_sections(window),
        }[key]

    def _logged(self) -> tuple[int, object]:
        for one in self.ids:
            for row in toxicities_page(self.ward, one).rows:
                if row.log is not None and not row.voided:
                    return one, row
        raise AssertionError("the demonstration has no toxicity")

    def _on_page(self, number: int) -> QWidget:
        self.window.open_infant(self.infant)
        self.window.show_page(number)
        return self.window.pages.page

    def _of_log(self, made: Callable[..., QDialog]) -> tuple[QDialog, int]:
        infant, row = self._logged()
        return made(self.ward, row.log, self.window.look, self.window.session, self.window), infant

    _ToxicityJudgeDialog = _ToxicityCorrectDialog = _of_log

    def _ToxicityChangeDialog(self, made: Callable[..., QDialog]) -> tuple[QDialog, int]:
        infant, row = self._logged()
        look, session = self.window.look, self.window.session
        return made(
            self.ward, row, gone=False, look=look, session=session, parent=self.window
        ), infant

    def _ToxicityDialog(self, made: Callable[..., QDialog]) -> tuple[QDialog, int]:
        infant, _ = self._logged()
        view = toxicities_page(self.ward, infant)
        look, session = self.window.look, self.window.session
        return made(self.ward, infant, view, look, session, self.window), infant

    def _DecideDialog(self, made: Callable[..., QDialog]) -> tuple[QDialog, int]:
        look, session = self.window.look, self.window.session
        for one in self.ids:
            for row in dlt_page(self.ward, one).rows:
                return made(self.ward, one, row, look, session, self.window), one
        raise AssertionError("the demonstration has no toxicity in a DLT period")

    def _BothDialog(self, made: Callable[..., QDialog]) -> tuple[QDialog, int]:
        line = BothLine("Platelets", "41 000 per µL", "45 000 per µL", differs=True)
        sides = (Both("Blood count, M. Castellano, 22-Nov-2026 10:40", (line,), alone=False),)
        return made(self.window.look, sides, self._on_page(2)), self.infant

    def _TakeBackLastDialog(self, made: Callable[..., QDialog]) -> tuple[QDialog, int]:
        from bedside.ward.taking_back import last_recorded

        shown = last_recorded(self.ward, "E. Sørensen, RN")
        parts = (self.ward, self.window.look, self.window.session, shown, self.window)
        return made(*parts), shown.infant_id

    def _VialFull(self, made: Callable[..., QDialog]) -> tuple[QDialog, int]:
        from bedside.ward.clock_full import clocks_shown

        shown = clocks_shown(self.ward)[0]
        return made(self.ward, self.window.look, shown, self.window), shown.infant_id

    def _TakeBackDialog(self, made: Callable[..., QDialog]) -> tuple[QDialog, int]:
        look, session = self.window.look, self.window.session
        for one in self.ids:
            for row in dlt_page(self.ward, one).rows:
                for line in row.decisions:
                    parts = (self.ward, one, line, look, session)
                    return made(*parts, lambda *_: None, self.window), one
        raise AssertionError("the demonstration has no DLT decision")

    def _CountLimitsDialog(self, made: Callable[..., QDialog]) -> tuple[QDialog, int]:
        from bedside.ward.count_normal import usual_set

        look, session = self.window.look, self.window.session
        now = usual_set(self.ward)
        return made(self.ward, look, session, self.infant, now, self.window), self.infant

    def _EndReductionDialog(self, made: Callable[..., QDialog]) -> tuple[QDialog, int]:
        row = ReductionRow(1, "cytarabine to 75 %", "")
        look, session = self.window.look, self.window.session
        return made(self.ward, look, session, self.infant, row, self.window), self.infant

    def _LabCorrectDialog(self, made: Callable[..., QDialog]) -> tuple[QDialog, int]:
        row = next(row for row in laboratory_page(self.ward, self.infant).rows if not row.voided)
        look, session = self.window.look, self.window.session
        return made(self.ward, look, session, self.infant, row, self.window), self.infant

    def _MaintenanceDialog(self, made: Callable[..., QDialog]) -> tuple[QDialog, int]:
        infant = next(one for one in self.ids if in_maintenance(self.ward, one))
        return made(self.ward, self.window.look, self.window.session, infant, self.window), infant

    def _PaperInfusionDialog(self, made: Callable[..., QDialog]) -> tuple[QDialog, int]:
        look, session = self.window.look, self.window.session
        infant = next(one for one in self.ids if paper_days(self.ward, one))
        return made(self.ward, look, session, infant, self.window), infant

    def _WithdrawDialog(self, made: Callable[..., QDialog]) -> tuple[QDialog, int]:
        look, session = self.window.look, self.window.session
        infant = next(one for one in self.ids if order_board(self.ward, one).at("released"))
        return made(self.ward, look, session, infant, self.window), infant

    def _FeverActDialog(self, made: Callable[..., QDialog]) -> tuple[QDialog, int]:
        page, now, wall = self._on_page(5), self.ward.now(), self.ward.wall_clock
        words = ("First antibiotic started", "&Which", "&Record")
        look, session = self.window.look, self.window.session
        return made(look, session, *words, now, wall, lambda *_: None, parent=page), self.infant

    def _NotGivenDialog(self, made: Callable[..., QDialog]) -> tuple[QDialog, int]:
        from bedside.ward.not_given import COUNTS_NOWHERE

        form = NotGivenForm("vincristine, day 8", self.ward.today(), (COUNTS_NOWHERE,))
        days = [(("induction", 8, "vincristine", "IV"), "")]
        look, session = self.window.look, self.window.session
        with mock.patch("bedside.desktop.not_given_dialog.not_given_form", return_value=form):
            return made(self.ward, look, session, self.infant, days, self.window), self.infant

    def _GivenDoseDialog(self, made: Callable[..., QDialog]) -> tuple[QDialog, int]:
        form = GivenForm("vincristine, day 8", None, (), self.ward.today())
        planned = ("induction", 8, "vincristine", "iv")
        look, session = self.window.look, self.window.session
        with mock.patch("bedside.desktop.given_dose_dialog.given_form", return_value=form):
            return made(self.ward, look, session, self.infant, planned, self.window), self.infant

    def _StartInfusionDialog(self, made: Callable[..., QDialog]) -> tuple[QDialog, int]:
        look, session = self.window.look, self.window.session
        planned = ("epi-2", 3, "azacitidine", "IV")
        for one in self.ids:
            for clock in running_clocks(self.ward, facts_of(self.ward, one)):
                return made(self.ward, look, session, one, planned, clock, self.window), one
        raise AssertionError("the demonstration has no running vial")

    def _RestoredDialog(self, made: Callable[..., QDialog]) -> tuple[QDialog, int]:
        look, session = self.window.look, self.window.session
        return made(self.ward, look, session, self.infant, self.window), self.infant

    def _ReasonDialog(self, made: Callable[..., QDialog]) -> tuple[QDialog, int]:
        page = self._on_page(3)
        return made(self.window.look, "Strike it out?", "&Strike out", page), self.infant

    def _ReprintDialog(self, made: Callable[..., QDialog]) -> tuple[QDialog, int]:
        return made(self.window.look, "BS-2026-00001", 2, self._on_page(3)), self.infant

    def _BreakOffDialog(self, made: Callable[..., QDialog]) -> tuple[QDialog, int]:
        vial, look = RunningVial(None, None, None), self.window.look
        page = self._on_page(3)
        return made(look, ".", vial, self.ward.now, lambda *_: (True, ()), page), self.infant

    def _RestDialog(self, made: Callable[..., QDialog]) -> tuple[QDialog, int]:
        whole, given, rest = (DrugAmount(Decimal(one)) for one in ("15.5", "7", "8.5"))
        told = "infusion broken off at 10:05, 7 mg of 15.5 mg given"
        key = ("epi-1", 1, "azacitidine", "IV")
        form = RestForm(1, key, "azaCITIDine, EPI #1 day 1", told, whole, given, rest)
        look, session = self.window.look, self.window.session
        return made(self.ward, look, session, self.infant, form, self.window), self.infant

    def _ContinuousDialog(self, made: Callable[..., QDialog]) -> tuple[QDialog, int]:
        line = ("blinatumomab", "blinatumomab", "IV", "blinatumomab intravenous")
        run = ContinuousRun(*line, "not recorded", None, None, "Not recorded.", (), (), None)
        look, session = self.window.look, self.window.session
        return made(self.ward, look, session, self.infant, run, self.window), self.infant

    def _SeenGivenDialog(self, made: Callable[..., QDialog]) -> tuple[QDialog, int]:
        shown = FarGiven(1, "mercaptopurine day 8", "given 170 mg, decided 17 mg", "recorded by X")
        look, session = self.window.look, self.window.session
        return made(self.ward, look, session, self.infant, shown, self.window), self.infant

    def _ResolvedDialog(self, made: Callable[..., QDialog]) -> tuple[QDialog, int]:
        return made(self.window.look, "EPI #1", (), self._on_page(3)), self.infant

    def _DeathDialog(self, made: Callable[..., QDialog]) -> tuple[QDialog, int]:
        return made(self.window.look, "Sepsis", self._on_page(3)), self.infant

    def _ExposureDialog(self, made: Callable[..., QDialog]) -> tuple[QDialog, int]:
        from bedside.ward.exposure import cumulative_doses

        page = self._on_page(0)
        view = cumulative_doses(self.ward, self.infant)
        return made(self.window.look, view, page), self.infant


def _wanted(made: type[QDialog]) -> Iterator[str]:
    for key, one in inspect.signature(made.__init__).parameters.items():
        if key == "parent" or (one.default is inspect.Parameter.empty and key != "self"):
            yield key


@contextmanager
def shown(dialog: QDialog) -> Iterator[QDialog]:
    """Show a dialog without waiting for its answer; let it go without a question."""
    dialog.is_dirty = lambda: False
    dialog.setModal(False)
    try:
        dialog.show()
        dialog.activateWindow()
        yield dialog
    finally:
        dialog.hide()
        dialog.deleteLater()
