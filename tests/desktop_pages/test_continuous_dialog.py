"""A continuous infusion recorded by real keys, from the page's own door."""

from datetime import date

from bedside.desktop.continuous_dialog import ContinuousDialog
from bedside.desktop.doses_page import DosesPage
from bedside.desktop.doses_paper import OTHERS
from bedside.ward.courses import open_course
from bedside.ward.start_answers import StartReply, answer_start
from tests.desktop_pages.page_driving import in_frame
from tests.ward.wards import DOCTOR, NURSE


def test_started_and_paused_from_the_part_other_drugs(qtbot, bench, look, session, monkeypatch):
    bench.site()
    bench.enrol(protocol_key="interfant06-blinatumomab", elsewhere="before the pilot ended")
    bench.at(2026, 10, 23, 8, 0)
    bench.weigh()
    replies = (StartReply("cd19", "yes", "flow cytometry"), StartReply("marrow", "yes", "report"))
    answer_start(bench.ward, bench.infant, "blinatumomab", replies, who=NURSE)
    open_course(bench.ward, bench.infant, "blinatumomab", date(2026, 10, 23), who=DOCTOR)
    page = DosesPage(bench.ward, look, session)
    in_frame(qtbot, page)
    page.show_infant(bench.infant)
    page.show_part(OTHERS)
    assert "nobody has recorded that it was started" in page.others.runs.text()
    said = []

    def answer(dialog):
        dialog.record()
        said.append(dialog.refusals.text())
        dialog.event_choice.choose(steps[0][0])
        qtbot.keyClicks(dialog.at.edit, steps[0][1])
        dialog.record()
        said.append(dialog.refusals.text())
        qtbot.keyClicks(dialog.note, steps[0][2])
        assert dialog.is_dirty()
        dialog.record()
        return dialog.result()

    monkeypatch.setattr(ContinuousDialog, "exec", answer)
    steps = [("started", "08:00", "checked on paper by E. Berg and T. Marchetti")]
    page.others.continuous_button.click()
    assert "Choose it" in said[0] and "not prescribed" in said[1]
    assert "runs since 23" in page.others.runs.text().replace("\u2011", "-")
    bench.at(2026, 10, 23, 9, 0)
    steps[:] = [("paused", "08:30", "a seizure")]
    page.others.continuous_button.click()
    assert "Why was the infusion paused" in said[3]
    assert "PAUSED" in page.others.runs.text()
