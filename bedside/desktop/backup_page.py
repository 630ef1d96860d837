"""The page Backup: how old the last good copy is, every copy, and what can be done with one."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bedside.desktop.backup_band import BackupBand
from bedside.desktop.backup_clock import backups_of
from bedside.desktop.buttons import make_tall
from bedside.desktop.downtime_drawing import DowntimeDrawing
from bedside.desktop.labels import dress, label, rule
from bedside.desktop.look import Look
from bedside.desktop.paper_out import as_pdf
from bedside.desktop.plain_table import ROW_HIGH, USUAL_PERCENT, PlainTable
from bedside.desktop.save import RefusalNote
from bedside.desktop.session import Session
from bedside.desktop.text_table import TextTable
from bedside.units.dates import write_date_time
from bedside.ward.backup import check, copies
from bedside.ward.backup_settings import backup_settings
from bedside.ward.downtime_sheets import name_at, print_downtime
from bedside.ward.restoring import preview, why_not_here
from bedside.ward.views.backup import BackUpDone, BackupState, CopyLine, Preview
from bedside.ward.ward import Ward

_LEFT, _LEFT_LARGE = 372, 250
_LARGE_ROOM = (1, 330)  # of the page in large text, at 100 %
_WIDTHS = (148, 126, 104, 70, 66, 56)


class BackupPage(QWidget):
    """Copies of the ward."""

    least_size = _LARGE_ROOM  # in large text it fits into the window, or scrolls as far as it must

    def __init__(self, ward: Ward, look: Look, session: Session) -> None:
        super().__init__()
        self.ward, self.look, self.session = ward, look, session
        self.clock = backups_of(ward, session)
        self.lines: tuple[CopyLine, ...] = ()
        self._checked: dict[str, str] = {}
        self.setAccessibleName(self.tr("Backup"))
        self.band = BackupBand(look)
        self.refusals = RefusalNote(look)
        self._make_words()
        self.now_button = QPushButton(self.tr("&Back up now"))
        self.settings_button = QPushButton(self.tr("&Where copies go…"))
        self.downtime_button = QPushButton(self.tr("&Downtime sheets now"))
        self.restore_button = QPushButton(self.tr("&Restore…"))
        self.check_button = QPushButton(self.tr("&Check this copy"))
        self.old_button = QPushButton(self.tr("Remove copies that &older keys open…"))
        self.drawing = DowntimeDrawing(look)
        headings = ("Made", "Where", "Why", "Size", "Records", "Infants", "State")
        self.model = TextTable([self.tr(each) for each in headings], self)
        self.table = PlainTable(self.tr("Copies of this ward"), look)
        self.table.when_empty(
            self.tr(
                "No copy of this ward is kept yet: if this disk fails, everything is lost. Press Back up now."
            )
        )
        self.table.setModel(self.model)
        self.table.set_widths(_WIDTHS)
        self.table.grow_rows(ROW_HIGH)
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Read the copies again."""
        chosen = self.chosen
        self.lines = copies(self.ward)
        self.model.show_rows([self._row(line) for line in self.lines])
        names = [line.folder for line in self.lines]
        at = names.index(chosen.folder) if chosen is not None and chosen.folder in names else 0
        self.table.selectRow(at)
        self.clock.look()
        self._show_settings()
        self._show_buttons()

    @property
    def chosen(self) -> CopyLine | None:
        """The copy of the row in focus."""
        row = self.table.currentIndex().row()
        return self.lines[row] if 0 <= row < len(self.lines) else None

    def take_focus(self) -> None:
        """The list of copies takes the keyboard."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def back_up_now(self) -> None:
        """Make a copy now."""
        self.refusals.show_reasons(())
        self.done.setText(self.tr("A copy is being made…"))
        self.clock.back_up("by hand")

    def check_chosen(self) -> None:
        """Read every byte of the chosen copy again."""
        line = self.chosen
        if line is not None:
            self.done.setText(self.tr("The copy is being read…"))
            self.clock.beside(f"check {line.folder}", partial(check, line))

    def restore_chosen(self) -> None:
        """Write the chosen copy out beside the ward, then ask."""
        line = self.chosen
        why = why_not_here(self.ward)
        self.refusals.show_reasons(why)
        if line is not None and not why:
            self.done.setText(self.tr("The copy is written out beside the ward and verified…"))
            self.clock.beside("preview", partial(preview, self.ward, line.folder))

    def edit_settings(self) -> None:
        """Say where copies go, when shifts change."""
        from bedside.desktop.backup_settings_dialog import BackupSettingsDialog

        dialog = BackupSettingsDialog(self.ward, self.look, self.session, self)
        if dialog.exec() == BackupSettingsDialog.DialogCode.Accepted:
            self.refresh()
            if self.session.copies is not None:
                self._show_state(self.session.copies)
        dialog.deleteLater()

    def remove_old(self) -> None:
        """Two people remove every copy that a passphrase, sheet or key of before opens."""
        from bedside.desktop.key_act_dialog import KeyActDialog

        before = len(self.lines)
        dialog = KeyActDialog(self.ward, self.look, self.session, "old copies", self)
        done = dialog.exec() == KeyActDialog.DialogCode.Accepted
        dialog.deleteLater()
        if done:
            self.refresh()
            words = self.tr("Copies removed that older keys open: {0}.")
            self.done.setText(words.format(before - len(self.lines)))

    def print_downtime(self) -> None:
        """Draw the downtime sheets of every infant now; of a copy opened to read, where one says."""
        self.refusals.show_reasons(())
        if self.ward.store.read_only:
            self._print_elsewhere()
            return
        self.done.setText(self.tr("The downtime sheets are being drawn…"))
        self.drawing.begin()
        self.clock.print_downtime()

    def _print_elsewhere(self) -> None:
        name = str(Path.home() / name_at(self.ward, self.ward.now()))
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Downtime sheets"), name, self.tr("PDF (*.pdf)")
        )
        if chosen:
            print_there = partial(_printed, self.ward, as_pdf(Path(chosen)), self.session.who)
            self.clock.beside("downtime", print_there)

    def _ask(self, seen: Preview) -> None:
        """Show what the copy holds and what would be lost; two people confirm it."""
        from bedside.desktop.restore_dialog import RestoreDialog
        from bedside.ward.restore_signing import signing_of

        self.done.setText("")
        if not self.isVisible():  # the screen was locked, or another page opened, meanwhile
            return
        dialog = RestoreDialog(signing_of(self.ward, seen), self.look, self.session, self)
        confirmed = dialog.exec() == RestoreDialog.DialogCode.Accepted
        dialog.deleteLater()
        if confirmed:
            self.ward.restore_ready = seen.prepared
            if not self.window().close():
                self.ward.restore_ready = None

    def _answered(self, name: str, found: object) -> None:
        if isinstance(found, Preview):
            self._ask(found)
        elif name.startswith("check "):
            self._checked[name.removeprefix("check ")] = str(found)
            self.done.setText(str(found) or self.tr("The copy is as it was when it was made."))
            self.refresh()
        elif isinstance(found, tuple):
            self.drawing.over(Path(str(found[0])))
            self.done.setText(
                self.tr("Downtime sheets: {0}.").format(", ".join(str(path) for path in found))
            )

    def _copied(self, made: BackUpDone) -> None:
        words = self.tr("Copy made and proved: {0} records.").format(made.records)
        if made.second_trouble:
            self.refusals.show_reasons((made.second,))
        elif made.second:
            words += " " + self.tr("Written to the second medium and read back.")
        self.done.setText(words)
        self.refresh()

    def _failed(self, words: str) -> None:
        self.done.setText("")
        self.drawing.end()
        self.refusals.show_reasons((words,))
        self.refresh()

    def _print_drawn(self) -> None:
        self.drawing.print_them(self.refusals)

    def _show_state(self, state: BackupState) -> None:
        self.band.show_title(state.line)
        self.warnings.setText("\n\n".join(state.warnings))
        self.warnings.setVisible(bool(state.warnings))
        newer = (
            self.tr("Every record is in it.")
            if not state.newer
            else self.tr("Newer records, not in it yet: {0}.").format(state.newer)
        )
        made = "" if state.last_at is None else write_date_time(state.last_at)
        self.here.setText(f"{made}. {newer}" if made else self.tr("none yet"))
        words = {
            "not set": self.tr("none is set: if this disk fails, the copies are gone with it"),
            "missing": self.tr("MISSING"),
            "there": "",
            "same disk": "",
        }[state.medium]
        if state.medium_full:
            words = self.tr("FULL: the last copy is not on it")
        if state.medium == "not set" and backup_settings(self.ward).second_medium:
            words = self.tr("chosen; looked at now")  # what is known of it is from before
        there = "" if state.medium_last_at is None else write_date_time(state.medium_last_at)
        wrong = bool(words) and (state.medium_full or state.medium == "missing")
        tone = "stop" if wrong else "hold" if words and state.medium == "not set" else "ink"
        dress(self.there, self.look, "body", "strong", tone)
        self.there.setText(words or there or self.tr("there, no copy on it yet"))

    def _show_settings(self) -> None:
        settings = backup_settings(self.ward)
        self.folder.setText(settings.second_medium)
        self.folder.setVisible(bool(settings.second_medium))
        self.shifts.setText(self.tr("at {0}").format(", ".join(settings.shifts)))

    def _show_buttons(self) -> None:
        line, writes = self.chosen, not self.ward.store.read_only
        for button in (self.now_button, self.settings_button):
            button.setEnabled(writes)
        self.restore_button.setEnabled(writes and line is not None and line.good)
        self.check_button.setEnabled(writes and line is not None and line.good)
        self.old_button.setVisible(writes and self._has_older())

    def _has_older(self) -> bool:
        from bedside.ward.key_open import older_wards

        return any(each.older_keys for each in self.lines) or bool(older_wards(self.ward))

    def _row(self, line: CopyLine) -> tuple[str, ...]:
        made = self.tr("unknown") if line.made_at is None else write_date_time(line.made_at)
        found = self._checked.get(str(line.folder))
        said = self.tr("read again: as it was") if found == "" else line.state
        if line.newest:
            said = self.tr("last good copy, {0}").format(said)
        if line.older_keys:  # first: a narrow column would cut it
            said = self.tr("OLDER KEYS open it, {0}").format(
                said.replace("OLDER KEYS open it; ", "")
            )
        return (
            made,
            line.where,
            line.why,
            _size(line.size),
            str(line.records) if line.good else "",
            str(line.infants) if line.good else "",
            said,
        )

    def _make_words(self) -> None:
        look = self.look
        self.warnings = label("", look, "body", "strong", "stop", wrap=True)
        self.here = label("", look, "body", "strong", wrap=True)
        self.there = label("", look, "body", "strong", wrap=True)
        self.folder = label("", look, "caption", colour="quiet", wrap=True)
        self.shifts = label("", look, "body", "strong", wrap=True)
        self.done = label("", look, "body", wrap=True)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 16, 16, 14)
        row.setSpacing(24)
        left = QWidget()
        large = self.look.percent > USUAL_PERCENT  # the list has more columns than these have words
        left.setFixedWidth(self.look.px(_LEFT_LARGE if large else _LEFT))
        left.setLayout(self._left())
        row.addWidget(left)
        row.addWidget(rule(self.look, upright=True))
        right = QVBoxLayout()
        right.setSpacing(10)
        right.addWidget(label(self.tr("Copies"), self.look, "body_strong_banner", "bold"))
        right.addWidget(self.table, 1)
        right.addWidget(self.refusals)
        right.addWidget(self.done)
        right.addWidget(self.drawing)
        doors = QHBoxLayout()
        doors.addWidget(self.check_button)
        doors.addWidget(self.old_button)
        doors.addStretch(1)
        doors.addWidget(self.restore_button)
        right.addLayout(doors)
        row.addLayout(right, 1)

    def _left(self) -> QVBoxLayout:
        tr, look = self.tr, self.look
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addWidget(self.warnings)
        parts: tuple[tuple[str, tuple[QWidget, ...]], ...] = (
            (tr("Last good copy, this computer"), (self.here,)),
            (tr("Last good copy, second medium"), (self.there, self.folder)),
            (tr("Downtime sheets, each change of shift"), (self.shifts,)),
        )
        for title, widgets in parts:
            column.addSpacing(8)
            column.addWidget(label(title, look, "caption", colour="quiet"))
            for widget in widgets:
                column.addWidget(widget)
        large = look.percent > USUAL_PERCENT
        if large:  # what is done here stands above what is only said: neither is out of sight
            column.addSpacing(8)
            self._add_doors(column)
        column.addSpacing(12)
        about = tr(
            "A copy is made after 20 saves, 5 minutes after something new, when the screen is "
            "locked and when the window closes. All of two days are kept, then one a day, a week, a month."
        )
        column.addWidget(label(about, look, "caption", colour="quiet", wrap=True))
        column.addStretch(1)
        if not large:
            self._add_doors(column)
        for button in (self.restore_button, self.check_button, self.old_button):
            make_tall(button, look, 40)
        return column

    def _add_doors(self, column: QVBoxLayout) -> None:
        for button in (self.now_button, self.downtime_button, self.settings_button):
            make_tall(button, self.look, 40)
            column.addWidget(button)

    def _connect(self) -> None:
        self.now_button.clicked.connect(self.back_up_now)
        self.settings_button.clicked.connect(self.edit_settings)
        self.downtime_button.clicked.connect(self.print_downtime)
        self.restore_button.clicked.connect(self.restore_chosen)
        self.check_button.clicked.connect(self.check_chosen)
        self.old_button.clicked.connect(self.remove_old)
        self.table.selectionModel().currentRowChanged.connect(self._show_buttons)
        self.model.modelReset.connect(self._show_buttons)
        self.clock.copied.connect(self._copied)
        self.clock.failed.connect(self._failed)
        self.clock.answered.connect(self._answered)
        self.clock.downtime_told.connect(self.drawing.tell)
        self.drawing.print_button.clicked.connect(self._print_drawn)
        self.drawing.stop_button.clicked.connect(self.clock.stop_downtime)
        self.session.copies_seen.connect(self._show_state)
        if self.session.copies is not None:
            self._show_state(self.session.copies)


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size < 100_000_000 else f"{size // 1_000_000} MB"


def _printed(ward: Ward, target: Path, who: str) -> tuple[Path, ...]:
    """In the thread, which holds nothing of the page: draw the sheets where somebody said."""
    print_downtime(ward, target, who=who)
    return (target,)
