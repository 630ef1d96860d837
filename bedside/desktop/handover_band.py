"""The band of the page Handover: how many tasks are open, late and taken, and the last handover."""

from datetime import datetime

from bedside.desktop.look import Look
from bedside.desktop.plain_band import TitleBand
from bedside.units.dates import write_date_time, write_time
from bedside.ward.views.handover import HandoverView


class HandoverBand(TitleBand):
    """Counts the open tasks."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.setAccessibleName(self.tr("Open tasks of the ward"))

    def show_view(self, view: HandoverView, at: datetime) -> None:
        """Count the tasks of a list, as of a moment in the ward's own time."""
        last = view.last
        read = self.tr("Handover. Read {0}, F5 reads it again.").format(write_time(at))
        if last is None:
            said = self.tr("None was signed on this ward yet.")
        else:
            said = self.tr("The last was signed {0}: {1} to {2}.").format(
                write_date_time(last.at), last.paper.left, last.paper.came
            )
        self.above.setText(f"{read} {said}")
        count = len(view.tasks)
        if not count:
            self.title.setText(self.tr("No open task."))
            return
        words = self.tr("1 open task") if count == 1 else self.tr("{0} open tasks").format(count)
        late = self.tr("{0} late").format(view.late) if view.late else self.tr("none late")
        taken = self.tr("{0} taken").format(view.taken)
        free = self.tr("{0} nobody's yet").format(count - view.taken)
        self.title.setText(f"{words}, {late}, {taken}, {free}")
