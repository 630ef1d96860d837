"""Judges what is typed into the counts form; the ANC that is worked out from it, too.

A worked-out ANC has no field of its own: what stands against it is asked at the white cells, whose
decimal mark it hangs on.
"""

from collections.abc import Callable, Mapping

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication

from bedside.desktop.measure_line import MeasureLine
from bedside.units.quantities import Anc, WhiteCells
from bedside.units.quantity_reader import Quantity
from bedside.ward.forms import EnteredCount
from bedside.ward.views.pages import Judged

Judge = Callable[[str, Quantity, EnteredCount], Judged | None]
JudgeWorkedOut = Callable[[Anc, WhiteCells, str], Judged | None]


class CountsJudging:
    """The judgements of one form, each asked once for what is typed.

    Args:
        lines: the form's lines by key.
        judge: asks the ward how a value stands to the child's own last ones.
        worked_out: asks it the same of an ANC, the white cells it was worked out from, and the sign
            ("<", ">" or "") that both stand with.
    """

    def __init__(
        self, lines: Mapping[str, MeasureLine], judge: Judge, worked_out: JudgeWorkedOut
    ) -> None:
        self._lines, self._judge, self._judge_worked_out = lines, judge, worked_out
        self._white: Judged | None = None
        self._anc: tuple[Anc, str, Judged | None] | None = None  # with its sign

    def look(self, worked: Anc | None, sign: str) -> None:
        """Judge every line whose text changed, and the ANC that would count.

        Args:
            worked: the worked-out ANC that would be kept; None where there is none.
            sign: "<" or ">" where it is a bound, as its white cells are; else "".
        """
        for key, line in self._lines.items():
            value = line.value()
            if value is None:
                line.set_judged(None)
            elif line.judged is None:
                judged = self._judge(key, value, _sign_of(line))
                if key == "wbc":
                    self._white, self._anc = judged, None
                line.set_judged(judged)
        self._look_at_worked_out(worked, sign)

    def forget(self) -> None:
        """Judge all anew the next time: another count is the last one now. What was typed twice stays."""
        self._white = self._anc = None
        for line in self._lines.values():
            line.judged = None

    def _look_at_worked_out(self, anc: Anc | None, sign: str) -> None:
        """Ask for the white cells a second time where the ANC worked out from them is unusual."""
        white = self._lines["wbc"]
        cells = white.value()
        if not isinstance(cells, WhiteCells):
            return
        if self._anc is not None and self._anc[:2] == (anc, sign):
            return
        found = None if anc is None else self._judge_worked_out(anc, cells, sign)
        told = found if found is not None and found.level != "usual" else None
        asked = self._anc is not None and self._anc[2] is not None
        self._anc = None if anc is None else (anc, sign, told)
        if told is None and not asked:
            return
        if asked:
            white.second.clear()  # it was typed again for another ANC
        if told is None or (self._white is not None and self._white.level == "impossible"):
            white.set_judged(self._white)
            return
        words = QCoreApplication.translate("CountsForm", "ANC worked out: {0}").format(told.words)
        white.set_judged(replace(self._white or told, level=told.level, words=words))
        white.reveal()


def _sign_of(line: MeasureLine) -> EnteredCount:
    """Unit and sign of a line's value, for judging it."""
    typed = line.field.typed()
    if typed is None:
        return EnteredCount()
    return EnteredCount(unit=typed.unit, comparator=typed.comparator)
