"""The version of CTCAE is chosen by key: for the ward on Site, for one infant when she is enrolled."""

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from bedside.desktop.choice import Choice
from bedside.desktop.enrol_dialog import EnrolDialog
from bedside.desktop.site_dialog import SiteDialog
from bedside.ward.site import save_site, site_form


def take(choice: Choice, step: Qt.Key) -> None:
    """Open a list by key, go one step and take what stands there."""
    choice.setFocus()
    QTest.keyClick(choice, Qt.Key.Key_Space)
    for key in (step, Qt.Key.Key_Return):
        QTest.keyClick(choice.view(), key)


def test_site_keeps_the_version_that_is_chosen(qtbot, empty_ward, look, session):
    dialog = SiteDialog(empty_ward, look, session)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.ctcae.currentText() == "CTCAE 5.0"
    take(dialog.ctcae, Qt.Key.Key_Down)
    assert dialog.is_dirty()
    dialog.kind.choose("tertiary")
    dialog.record()
    assert empty_ward.site.ctcae == "6.0", dialog.refusals.text()


def test_enrolment_begins_with_the_wards_own_and_takes_another(qtbot, empty_ward, look, session):
    form = replace(site_form(empty_ward), ctcae="6.0", kind="tertiary")
    save_site(empty_ward, form, who="E. Berg, RN")
    dialog = EnrolDialog(empty_ward, look, session)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.form.ctcae.value() == "6.0"
    assert not dialog.is_dirty()
    take(dialog.form.ctcae, Qt.Key.Key_Up)
    assert dialog.is_dirty() and dialog.form.ctcae.value() == "5.0"
