"""Where copies go besides this computer, when shifts change, when an old copy is warned of."""

from decimal import Decimal
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QWidget

from bedside.desktop.fields import NumberField, PlainEdit
from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.look import Look
from bedside.desktop.save import saving
from bedside.desktop.session import Session
from bedside.ward.backup_settings import BackupSettings, backup_settings, save_backup_settings
from bedside.ward.ward import Ward


class BackupSettingsDialog(FormDialog):
    """The settings of backup as they are now."""

    def __init__(
        self, ward: Ward, look: Look, session: Session, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            look,
            session,
            self.tr("Where copies go"),
            self.tr("&Record settings"),
            parent,
            about=self.tr(
                "A second medium is a folder on another disk, a stick, or a drive of the network. The "
                "downtime sheets go there, too, readable without Bedside: keep it where papers are kept."
            ),
            width=680,
        )
        self.ward = ward
        self.medium = PlainEdit(self.tr("Second medium"))
        self.choose_button = QPushButton(self.tr("&Choose…"))
        self.shifts = PlainEdit(self.tr("Shifts change at"))
        self.warn = NumberField(
            "number",
            self.tr("minutes"),
            look,
            ward.decimal_mark,
            name=self.tr("Warn when the last copy is older than"),
        )
        self._fill_form()
        self.choose_button.setAutoDefault(False)
        self.choose_button.clicked.connect(self.choose)
        self._show(backup_settings(ward))
        self._before = self._typed()
        self.medium.setFocus()

    def _fill_form(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.medium, 1)
        row.addWidget(self.choose_button)
        holder = QWidget()
        row.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(row)
        holder.setFocusProxy(self.medium)
        fields: tuple[tuple[str, QWidget], ...] = (
            (self.tr("&Second medium"), holder),
            (self.tr("Shifts change a&t"), self.shifts),
            (self.tr("&Warn of a copy older than"), self.warn),
        )
        for text, field in fields:
            self.body.addLayout(self.line(text, field, wide=200))
        self.body.addStretch(1)

    def choose(self) -> None:
        """Choose the folder of the second medium."""
        folder = QFileDialog.getExistingDirectory(
            self, self.tr("Second medium"), self.medium.text() or str(Path("/"))
        )
        if folder:
            self.medium.setText(folder)

    def is_dirty(self) -> bool:
        """Whether something differs from what was recorded."""
        return self._typed() != self._before

    def record(self) -> None:
        """Record the settings, or say what is wrong."""
        minutes = self.warn.value()
        refusal = self.warn.refusal()
        if refusal or not isinstance(minutes, Decimal) or minutes != minutes.to_integral_value():
            said = refusal or self.tr("write whole minutes")
            self.refusals.show_reasons((f"{self.warn.name}: {said}.",))
            return
        form = BackupSettings(
            second_medium=self.medium.text().strip(),
            shifts=tuple(self.shifts.text().replace(",", " ").split()),
            warn_minutes=int(minutes),
        )

        def keep() -> None:
            save_backup_settings(self.ward, form, who=self.session.who)

        if saving(self, keep, button=self.act_button):
            self.accept()

    def _show(self, settings: BackupSettings) -> None:
        self.medium.setText(settings.second_medium)
        self.shifts.setText("  ".join(settings.shifts))
        self.warn.set_text(str(settings.warn_minutes))

    def _typed(self) -> tuple[str, ...]:
        return self.medium.text(), self.shifts.text(), self.warn.text()
