"""The steps of the first start: the ward's name, its passphrase, the recovery sheet."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bedside.desktop.choice import Choice
from bedside.desktop.covered_code import CoveredCode
from bedside.desktop.fields import PlainEdit
from bedside.desktop.form_dialog import caption
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.person_form import TwiceTyped
from bedside.units.refusal import Refused
from bedside.ward.passphrases import check_ward_passphrase, five_words

_GROUPS = 4  # of the code on one line, as on the paper


class NameStep(QWidget):
    """Hospital and ward; how this screen speaks, and how the ward writes numbers.

    Signals:
        language_chosen: the screen is to speak another language, a key of `LANGUAGES`.
    """

    language_chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        from bedside.words.languages import LANGUAGES

        self.language = Choice(self.tr("Language of this screen"), tuple(LANGUAGES.items()), look)
        self.site = PlainEdit(self.tr("Hospital"))
        self.ward = PlainEdit(self.tr("Ward"))
        marks = ((".", self.tr("point: 6.2 kg")), (",", self.tr("comma: 6,2 kg")))
        shipped = self.tr("not chosen: a point, as shipped")
        self.mark = Choice(self.tr("Decimal mark"), marks, look, shipped)
        self.mark.only_return = True  # who leaves the list has not chosen
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for words, field in (
            (self.tr("&Language of this screen"), self.language),
            (self.tr("&Hospital"), self.site),
            (self.tr("&Ward"), self.ward),
            (self.tr("&Decimal mark"), self.mark),
        ):
            column.addWidget(caption(words, field, look))
            column.addWidget(field)
        note = self.tr(
            "Weights and doses are typed and shown with this mark; the other is refused."
        )
        column.addWidget(label(note, look, "small", colour="quiet", wrap=True))
        column.addStretch(1)
        self.setFocusProxy(self.site)
        self.language.edited.connect(self._choose_language)

    def _choose_language(self) -> None:
        if chosen := self.language.value():
            self.language_chosen.emit(chosen)


class PassphraseStep(QWidget):
    """The ward's passphrase: typed twice, or drawn by chance and shown once both are the same."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.secret = TwiceTyped(
            self.tr("The ward's passphrase"),
            self.tr("At least five words. It opens the ward's file when this computer starts it."),
            look,
        )
        self.draw = QPushButton(self.tr("&Draw five words"))
        self.draw.setAutoDefault(False)
        self.drawn = label("", look, "course_day", "bold", wrap=True)
        self.shown = label("", look, "small", colour="quiet", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(caption(self.tr("The ward's &passphrase"), self.secret, look))
        column.addWidget(self.secret)
        row = QHBoxLayout()
        row.addWidget(self.draw)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.drawn)
        column.addWidget(self.shown)
        column.addStretch(1)
        self.setFocusProxy(self.secret)
        self.draw.clicked.connect(self._draw)
        for field in (self.secret.first, self.secret.again):
            field.textChanged.connect(self._show)

    def _draw(self) -> None:
        """Draw words and show them; they are typed twice like any other, so that hands know them."""
        self.secret.clear()
        self.drawn.setText(five_words())
        self.shown.setText(
            self.tr(
                "Drawn by chance from 7 775 words. Write them down, then type them twice above."
            )
        )
        self.secret.setFocus()

    def _show(self) -> None:
        first, again = self.secret.value()
        if first and first.split() == again.split() and _will_do(first, again):
            self.drawn.setText(" ".join(first.split()))
            self.shown.setText(self.tr("Typed twice the same. It is shown this once."))
        elif self.drawn.text().split() == first.split():
            self.hide_words()

    def hide_words(self) -> None:
        """Show nothing in clear any more: it is shown once."""
        self.drawn.setText("")
        self.shown.setText("")


def _will_do(typed: str, again: str) -> bool:
    """Whether this may be the ward's passphrase: what will be refused is not shown as if it were."""
    try:
        check_ward_passphrase(typed, again)
    except Refused:
        return False
    return True


class RecoveryStep(QWidget):
    """The recovery code, its sheet, and the last group typed from the paper.

    Args:
        code: the recovery code.
        pdf: the sheet.
        about: what the code is, where it is not a new ward's.

    Signals:
        refused: the printer or the disk did not take the sheet, in words; "" when that is over.
    """

    refused = Signal(str)

    def __init__(self, look: Look, code: str, pdf: bytes, about: str = "") -> None:
        super().__init__()
        self._code, self._pdf = code, pdf
        about = about or self.tr(
            "The ward is made. This code opens it when the passphrase is lost; it is shown this once. "
            "Print the sheet and lock it into the ward's safe."
        )
        groups = code.replace("-", " ").split()
        rows = (" ".join(groups[at : at + _GROUPS]) for at in range(0, len(groups), _GROUPS))
        self.covered = CoveredCode("\n".join(rows), look)
        self.code = self.covered.shown
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.print_button = QPushButton(self.tr("&Print the sheet…"))
        self.save_button = QPushButton(self.tr("&Save as PDF…"))
        self.last = PlainEdit(self.tr("Last group of the code, read from the paper"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(label(about, look, wrap=True))
        column.addWidget(self.covered)
        row = QHBoxLayout()
        for button in (self.print_button, self.save_button):
            button.setAutoDefault(False)
            button.setMinimumHeight(look.px(40))
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        note = self.tr("A saved file opens the ward, too: print it, then delete it.")
        column.addWidget(label(note, look, "small", colour="quiet", wrap=True))
        words = self.tr("&Last group of the code, read from the paper")
        column.addWidget(caption(words, self.last, look))
        column.addWidget(self.last)
        column.addStretch(1)
        self.setFocusProxy(self.print_button)  # the sheet is printed first
        self.last.textEdited.connect(self.covered.cover)  # it is read from the paper
        self.print_button.clicked.connect(self._print)
        self.save_button.clicked.connect(self._save)

    def is_read(self) -> bool:
        """Whether the last group was typed as it stands on the paper."""
        groups = self._code.replace("-", " ").split()
        return self.last.text().strip().casefold() == groups[-1].casefold()

    def _save(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Save as PDF"),
            str(Path.home() / "recovery-sheet.pdf"),
            self.tr("PDF (*.pdf)"),
        )
        if chosen:
            self.keep(Path(chosen))

    def keep(self, target: Path) -> None:
        """Write the sheet, whole or not at all, for this user's eyes alone."""
        from bedside.desktop.paper_pages import keep_whole

        try:
            keep_whole(self._pdf, target, mode=0o600)
        except OSError:
            words = self.tr(
                "{0} could not be written there: the folder is full, missing or to read only. "
                "Nothing was kept; print the sheet, or choose another folder."
            )
            self.refused.emit(words.format(target.name))

    def _print(self) -> None:
        from bedside.desktop.paper_out import send_pdf

        send_pdf(self, self._pdf, self.refused.emit)
