"""Nothing moves under the hand: reasons and results come and go, and fields, buttons and form stay."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from bedside.desktop.asked_dialog import AskedDialog
from bedside.desktop.dlt_off_dialog import NotEvaluableDialog
from bedside.desktop.enrol_dialog import EnrolDialog
from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.maintenance_dialog import MaintenanceDialog
from bedside.desktop.risk_dialog import RiskDialog
from bedside.desktop.site_dialog import SiteDialog
from bedside.desktop.weight_dialog import WeightDialog
from bedside.desktop.who_dialog import WhoDialog
from bedside.ward.infants import banner
from tests.ward.maintenance_bench import in_maintenance
from tests.ward.wards import Bench

REASON = "This is one long reason why nothing was recorded, with what was kept and what to do now."
_BAR = 12
FORMS: dict[str, Callable[..., FormDialog]] = {
    "weight": lambda bench, look, session: WeightDialog(
        bench.ward, look, session, banner(bench.ward, bench.infant)
    ),
    "risk": lambda bench, look, session: RiskDialog(
        bench.ward, look, session, banner(bench.ward, bench.infant)
    ),
    "who": lambda _bench, look, session: WhoDialog(look, session),
    "site": lambda bench, look, session: SiteDialog(bench.ward, look, session),
    "enrol": lambda bench, look, session: EnrolDialog(bench.ward, look, session),
    "terms": lambda bench, look, session: AskedDialog(bench.ward, look, session),
    "not evaluable": lambda bench, look, session: NotEvaluableDialog(
        bench.ward, bench.infant, "MUSTER, Ida", look, session
    ),
}


def places(form: FormDialog) -> dict[str, tuple[int, int]]:
    """Where everything stands on the screen that a hand may be over, and how large the form is."""
    parts: list[QWidget] = [*form.findChildren(QLineEdit), *form.findChildren(QPushButton)]
    found = {
        f"{number} {type(part).__name__} {part.accessibleName()}": part.mapToGlobal(QPoint(0, 0))
        for number, part in enumerate(parts)
        if part.isVisible()
    }
    return {name: (point.x(), point.y()) for name, point in found.items()} | {
        "form": (form.x(), form.y()),
        "size": (form.width(), form.height()),
    }


def moved(before: dict[str, tuple[int, int]], form: FormDialog) -> dict[str, object]:
    """What moved up or down, or aside by more than a scroll bar is wide."""
    now = places(form)
    return {
        name: (was, now[name])
        for name, was in before.items()
        if now[name][1] != was[1] or abs(now[name][0] - was[0]) > _BAR
    }


def opened(qtbot, form: FormDialog) -> FormDialog:
    qtbot.addWidget(form, before_close_func=lambda shown: setattr(shown, "is_dirty", lambda: False))
    form.show()
    qtbot.waitExposed(form)
    QTest.qWait(30)
    return form


@pytest.mark.parametrize("name", FORMS)
def test_reasons_come_and_go_and_nothing_moves(qtbot, bench, look, session, name: str) -> None:
    bench.enrol()
    form = opened(qtbot, FORMS[name](bench, look, session))
    before = places(form)
    for reasons in (1, 2, 6):
        form.refusals.show_reasons((REASON,) * reasons)
        QTest.qWait(20)
        assert form.refusals.isVisible()
        assert moved(before, form) == {}
        form.refusals.show_reasons(())
        QTest.qWait(20)
        assert moved(before, form) == {}


@pytest.fixture
def doses(qtbot, bench: Bench, look, session) -> MaintenanceDialog:
    in_maintenance(bench)
    bench.weigh(9000)
    bench.count(1200, 150_000)
    form = MaintenanceDialog(bench.ward, look, session, bench.infant)
    form.signer.name.setText("A. Lind, physician")
    return opened(qtbot, form)


def click(part: QWidget) -> None:
    QTest.mouseClick(part, Qt.MouseButton.LeftButton)
    QTest.qWait(20)


def test_doses_by_mouth_stay_where_they_are_through_a_whole_decision(doses) -> None:
    """Finding: each refusal and each RECORDED made the form jump, and a click hit "Accept"."""
    form, buttons = doses.form, (*doses.form.drug.buttons, *doses.form.decision.buttons)
    watched = {part.accessibleName(): part for part in (*buttons, form.reason, doses.act_button)}

    def stand() -> dict[str, tuple[int, int]]:
        return {
            name: part.mapToGlobal(QPoint(0, 0)).toTuple() for name, part in watched.items()
        } | {"form": (doses.y(), doses.height())}

    before = stand()

    def stands() -> bool:  # a field that was typed in may be two pixels higher than an empty one
        now = stand()
        return all(
            abs(was - now[name][at]) <= 3
            for name, place in before.items()
            for at, was in enumerate(place)
        )

    click(doses.act_button)
    assert "Which drug? Choose one." in doses.refusals.text()
    assert stands()
    for part in (form.drug.buttons[0], form.decision.buttons[1]):
        click(part)
        assert stands()
    form.amount.setFocus()
    QTest.keyClicks(form.amount.edit, "5")
    QTest.qWait(20)
    assert stands()
    click(doses.act_button)
    assert doses.refusals.isVisible()
    assert stands()
    click(form.decision.buttons[2])
    form.amount.clear()
    form.amount.setFocus()
    QTest.keyClicks(form.amount.edit, "7.5")
    QTest.qWait(20)
    click(doses.act_button)
    assert doses.step.text().startswith("RECORDED")
    assert stands()


def test_what_only_has_the_keyboard_does_not_look_chosen(doses) -> None:
    """Finding: the first drug wore a thick solid frame and was taken for the chosen one."""
    style = doses.form.drug.styleSheet()
    assert "QPushButton:focus { border: 2px dashed" in style
    assert "QPushButton:checked:focus { border: 2px solid" in style
    assert not doses.form.drug.buttons[0].isChecked()
