"""The question "any toxicity resolved?": yes, no, or not assessed, with what stands against it."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bedside.desktop.buttons import make_tall
from bedside.desktop.labels import dress, label
from bedside.desktop.look import Look
from bedside.desktop.marks import MarkLabel
from bedside.desktop.toxicity_model import is_open
from bedside.units.dates import write_date_time
from bedside.ward.views.marks import Mark
from bedside.ward.views.pages import ToxicitiesView


class ResolvedAnswer(QWidget):
    """Shows the standing answer; neither button is ever chosen beforehand."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(self.tr("Any toxicity resolved?"))
        self._mark = MarkLabel("unknown", look, 32)
        self._title = label("", look, "page_title", "strong", wrap=True)
        self._by = label("", look, "small", colour="quiet", wrap=True)
        self._against = label("", look, "body", wrap=True)
        self.yes = QPushButton(self.tr("&Yes, resolved…"))
        self.no = QPushButton(self.tr("&No, not resolved"))
        words = QVBoxLayout()
        words.setSpacing(1)
        for line in (self._title, self._by, self._against):
            words.addWidget(line)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._mark)
        row.addLayout(words, 1)
        for button in (self.no, self.yes):
            make_tall(button, look)
            row.addWidget(button)

    def answer_text(self) -> str:
        """The standing answer as shown."""
        return self._title.text()

    def against_text(self) -> str:
        """What stands against it, as shown."""
        return self._against.text()

    def show_view(self, view: ToxicitiesView) -> None:
        """Show the answer that stands, and what stands against it."""
        asked = bool(view.asked_for)
        self.yes.setEnabled(asked)
        self.no.setEnabled(asked)
        open_rows = [row for row in view.rows if is_open(row)]
        if not asked:
            self._mark.set_mark("none")
            self._title.setText(self.tr("No start rule asks about toxicities now."))
            self._by.setText("")
            self._against.setText("")
            return
        question = self.tr("Any toxicity resolved? {0} asks. Answer: {1}")
        given = view.resolved_words or self.tr(view.resolved_answer)
        self._title.setText(question.format(view.asked_for, given))
        over = view.resolved_words not in ("yes", "no", "")
        yes: Mark = "hold" if over else "go"  # a yes above open ones is never a bare green mark
        marks: dict[str, Mark] = {"yes": yes, "no": "hold"}
        self._mark.set_mark(marks.get(view.resolved_answer, "unknown"))
        self._by.setText(self._by_words(view))
        against = "; ".join(
            self.tr("{0} grade {1}").format(row.term, row.grade) for row in open_rows
        )
        if view.waiting:
            words = self.tr("laboratory: {0} proposed and not answered")
            against = "; ".join(part for part in (against, words.format(view.waiting)) if part)
        left = ""
        if view.not_assessed:
            left = self.tr(" Not assessed in the last round: {0}.").format(
                ", ".join(view.not_assessed)
            )
        if against:
            text = self.tr("{0} open: {1}. A person answers this.").format(
                len(open_rows) or self.tr("none"), against
            )
        else:
            text = self.tr("No toxicity is open. A person answers this.")
        dress(self._against, self._look, "body", colour="hold" if against or left else "ink")
        self._against.setText(text + left)

    def _by_words(self, view: ToxicitiesView) -> str:
        if view.resolved_answer == "not assessed":
            return view.resolved_by or self.tr("Nobody has answered; unknown never opens a course.")
        when = "" if view.resolved_at is None else write_date_time(view.resolved_at)
        by = self.tr("answered by {0}, {1}").format(view.resolved_by, when)
        parts = [by, view.resolved_over]
        if len(view.resolved_said) > 1:
            parts.append(self.tr("before: {0}").format(view.resolved_said[1]))
        return "; ".join(part for part in parts if part)
