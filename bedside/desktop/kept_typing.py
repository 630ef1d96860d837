"""Keeps what is typed and not recorded over a kill or a power cut, and offers it to the same person again.

Every two seconds, while somebody is at the screen, what stands in each form with typed text is kept,
sealed, beside the ward's file, where it is other than before; before a form is saved it is marked there as
perhaps recorded. A form that is recorded or given up is kept no more; one that is left may be laid by as
a draft. After a crash the same person is told at her sign-in; when she opens the very form of that infant
it asks whether to put back what she typed. Nothing is ever recorded by itself.
"""

import re
import sys
from contextlib import suppress
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from bedside.desktop.page import Page
from bedside.units.dates import write_date_time
from bedside.units.refusal import Refused
from bedside.ward.kept_drafts import KeptDraft, drafts_left, is_offered, is_too_old, keep_drafts

if TYPE_CHECKING:
    from bedside.desktop.window import BedsideWindow

_EVERY_MS = 2000
_AGE = re.compile(r" \([^()]*\)")
_PUT_BACK, _THROWN = 1, 2
_FORMS = "bedside.desktop.form_dialog"
_BLIND = "PassPanel"  # by its name: commissioning is loaded when it is opened


class KeptTyping(QObject):
    """What is typed in one window and not recorded, on the disk as well.

    Args:
        window: the window.
    """

    def __init__(self, window: "BedsideWindow") -> None:
        super().__init__(window)
        self._window, self._ward, self._session = window, window.ward, window.session
        self._live: dict[tuple[int, str], tuple[KeptDraft, ...]] = {}
        self._shapes: WeakKeyDictionary[QWidget, str] = WeakKeyDictionary()
        self._written: tuple[KeptDraft, ...] = ()
        self.unreadable = self._said = ""
        try:
            self.waiting = self._written = drafts_left(self._ward)
        except Refused as refused:
            self.waiting, self.unreadable = (), str(refused)
            with suppress(OSError):
                keep_drafts(self._ward, ())
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.keep)
        self._timer.start()
        # what was recorded is not told as lost after a kill in the next moment
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.keep)
        self._session.not_known.connect(self._not_known)
        self._session.who_changed.connect(self.tell)

    # ---- keeping --------------------------------------------------------------------------
    def keep(self) -> None:
        """Keep what stands in the forms of whoever is at the screen, if it is other than before."""
        locking = self._window.locking
        if locking is not None and (locking.locked or self._ward.signed_in is None):
            return
        mine = self._person()
        before = self._live.get(mine, ())
        taken = [self._taken(form, before) for form in self._forms()]
        # under another name of the same person stand the same forms: a name may be given late
        self._live = {key: kept for key, kept in self._live.items() if key[0] != mine[0]}
        self._live[mine] = tuple(draft for draft in taken if draft.fields)
        self._write()

    def keep_soon(self) -> None:
        """After a save: its fields are emptied by then, or it was refused and is not recorded."""
        self._soon.start(0)

    def _not_known(self, _form: object, _words: str) -> None:
        """At once: after a kill in the next moment it must not be told as not recorded."""
        self.keep()

    @property
    def _may_keep(self) -> bool:
        """While the server is away nothing is recorded, but its station's own disk takes drafts."""
        return not self._ward.read_only or self._ward.store.away is not None

    def may_lay_by(self, form: QWidget) -> bool:
        """Whether what is typed in a form may wait as a draft: it is one that is kept over a crash.

        Of a form in which nothing but a secret was typed nothing is kept: it would be told as not saved.
        """
        return is_kept(form) and self._may_keep and bool(self._taken(form, ()).fields)

    def lay_by(self, form: QWidget) -> None:
        """Keep what is typed in a form that is left, until its person opens it again.

        Args:
            form: a form for which `may_lay_by` holds.
        """
        draft = replace(self._taken(form, ()), laid_by=True)
        self.waiting = (*(each for each in self.waiting if not each.is_in(draft)), draft)
        self._write()
        self._window.show_drafts()

    def holds_all(self) -> bool:
        """Whether all that is typed now and can be kept stands on the disk."""
        self.keep()
        mine = self._live.get(self._person(), ())
        return self._may_keep and all(draft in self._written for draft in mine)

    def lay_by_all(self) -> None:
        """The window is closed: what its person typed waits as drafts, as after leaving each form."""
        self.keep()
        for typed in self._live.get(self._person(), ()):
            draft = replace(typed, laid_by=True)
            self.waiting = (*(each for each in self.waiting if not each.is_in(draft)), draft)
        self._write()

    def laid_by(self) -> list[str]:
        """Whose forms wait as drafts of whoever is at the screen, and which."""
        return [_titled(each) for each in self.waiting if each.laid_by and self._is_hers(each)]

    def end(self) -> None:
        """A clean end: who closed the window was asked; what waits for others waits on."""
        self._timer.stop()
        self._soon.stop()
        self._live.clear()
        self._write()

    def _write(self) -> None:
        wanted = (*self.waiting, *(draft for drafts in self._live.values() for draft in drafts))
        if wanted == self._written or not self._may_keep:
            return
        with suppress(
            OSError
        ):  # the status line names drafts, and a full disk says so at each save
            keep_drafts(self._ward, wanted)
            self._written = wanted

    def _forms(self) -> list[QWidget]:
        pages: list[QWidget] = []
        if self._window.frame.infant_id is not None:
            pages = [page for page in self._window.pages.typed_pages() if page.keeps_typing]
        if self._window.frame.other_drafts() and self._window.frame.commissioning is not None:
            pages.append(self._window.frame.commissioning.typing)
        if _FORMS not in sys.modules:
            return pages  # no form was opened yet: nothing of one is loaded to look for it
        from bedside.desktop.form_dialog import FormDialog

        shown = [
            each
            for each in QApplication.topLevelWidgets()
            if isinstance(each, FormDialog) and each.isVisible()
        ]  # one that was answered, or waits for somebody else, is not in sight
        return [*pages, *(each for each in shown if each.is_dirty() and is_kept(each))]

    def _taken(self, form: QWidget, before: tuple[KeptDraft, ...]) -> KeptDraft:
        from bedside.desktop.typed_fields import typed_in

        now = self._empty(form)
        draft = replace(
            now, shape=self._shapes.get(form, ""), fields=typed_in(form),
            unsure=form in self._session.unsure or self._session.is_amid_save(form),
        )  # fmt: skip
        same = next((each for each in before if each.is_in(draft)), None)
        return same if same is not None and replace(draft, at=same.at) == same else draft

    def _empty(self, form: QWidget) -> KeptDraft:
        """What tells whose form it is, without anything typed."""
        from bedside.desktop.form_dialog import FormDialog

        person, who = self._person()
        infant = getattr(form, "infant", "")
        about = form.about.text() if isinstance(form, FormDialog) else ""
        return KeptDraft(
            person, who, type(form).__name__, form.accessibleName(), _AGE.sub("", infant), about, "",
            self._ward.now(), (),
        )  # fmt: skip

    def _person(self) -> tuple[int, str]:
        signed_in = self._ward.signed_in
        return (0 if signed_in is None else signed_in.person_id), self._session.who

    # ---- offering -------------------------------------------------------------------------
    def tell(self) -> None:
        """Tell whoever has come what of hers waits, and what is too old to be put back."""
        mine = [each for each in self.waiting if self._is_hers(each)]
        if not mine and not self.unreadable:
            self._window.frame.not_saved.take_back(self._said)  # it told of another's
            return
        old = [each for each in mine if is_too_old(each, self._ward)]
        fresh = [each for each in mine if each not in old]
        words = [self.unreadable] if self.unreadable else []
        words += self._told_of(fresh)
        if old:
            text = self.tr("Typed and not recorded more than a day ago, and given up: {0}.")
            words.append(text.format("; ".join(map(self._named, old))))
            self._give_up(*old)
        self.unreadable = ""
        self._say(words, fresh)

    def _say(self, words: list[str], drafts: list[KeptDraft]) -> None:
        """Show the words; the headline never says "not saved" over what is perhaps recorded."""
        self._said = " ".join(words)
        known = not any(each.unsure for each in drafts)
        self._window.frame.not_saved.tell(self._said, known=known)

    def _told_of(self, fresh: list[KeptDraft]) -> list[str]:
        """What waits to be put back, and where: a form of an infant, a pass, or a form of nobody's."""
        unsure = [each for each in fresh if each.unsure]
        laid_by = [each for each in fresh if each.laid_by and each not in unsure]
        broken = [each for each in fresh if not each.laid_by and each not in unsure]
        passes = [each for each in broken if each.form == _BLIND]
        infants = [each for each in broken if each.infant and each not in passes]
        others = [each for each in broken if each not in (*passes, *infants)]
        found = zip((unsure, laid_by, infants, passes, others), self._tellings(), strict=True)
        return [text.format("; ".join(map(self._named, some))) for some, text in found if some]

    def _tellings(self) -> tuple[str, ...]:
        """What is said of typing: perhaps recorded, left as a draft, of an infant, of a pass, of nobody."""
        return (
            self.tr(
                "Typed by you, and perhaps recorded already: {0}. Look first whether it is recorded. "
                "Where it is not, open that form again: what you typed can be put back there."
            ),
            self.tr(
                "Left by you as a draft, and not recorded: {0}. Open that form again: what you typed "
                "can be put back there."
            ),
            self.tr(
                "Typed by you before Bedside broke off, and not recorded: {0}. Open that form of that "
                "infant: what you typed can be put back there."
            ),
            self.tr(
                "Typed by you before Bedside broke off, and not recorded: {0}. Open your pass under "
                "Commissioning (F7): what you typed can be put back there."
            ),
            self.tr(
                "Typed by you before Bedside broke off, and not recorded: {0}. Open that form again: "
                "what you typed can be put back there."
            ),
        )

    def _settled(self) -> None:
        """The bar tells no longer of what was put back or thrown away; what still waits stays told."""
        bar = self._window.frame.not_saved
        if self._said and bar.take_back(self._said):
            left = [each for each in self.waiting if self._is_hers(each)]
            self._said = ""
            if left:
                self._say(self._told_of(left), left)

    def _named(self, draft: KeptDraft) -> str:
        """Whose form it is, which, and when it was typed."""
        title = _titled(draft)
        if draft.form == _BLIND:
            title = ", ".join((title, *self._groups(draft)))
        return f"{title} ({write_date_time(draft.at.astimezone(self._ward.zone))})"

    def _groups(self, draft: KeptDraft) -> dict[str, None]:
        """Which courses or other groups the rows of a pass are of, each once."""
        from bedside.ward.commission_facts import group_facts

        found: dict[str, None] = {}
        for field in draft.fields:
            _, _, scope, group, _ = field.name.split("|")
            found[group_facts(self._ward, scope, group).group.title] = None
        return found

    def _is_hers(self, draft: KeptDraft) -> bool:
        fresh = replace(draft, at=self._ward.now())
        return is_offered(fresh, self._ward, self._session.who)

    def know_shape(self, form: QWidget) -> None:
        """Know which fields an empty form has: it takes the place of one that is typed in."""
        from bedside.desktop.typed_fields import shape_of

        self._shapes.setdefault(form, shape_of(form))

    def opened(self, form: QWidget) -> None:
        """A form was opened, and nothing is typed in it yet: offer what was typed in it before."""
        if not is_kept(form):
            return
        from bedside.desktop.typed_fields import shape_of

        shape = self._shapes.setdefault(form, shape_of(form))
        place = self._empty(form)
        for draft in self.waiting:
            mine = replace(draft, who=place.who)  # a name or a role may be another meanwhile
            if mine.is_in(place) and is_offered(draft, self._ward, self._session.who):
                self._offer(form, draft, fits=draft.shape == shape)
                return

    def _offer(self, form: QWidget, draft: KeptDraft, *, fits: bool) -> None:
        from bedside.desktop.leave_dialog import LeaveDialog
        from bedside.desktop.typed_fields import put_back, told

        when = write_date_time(draft.at.astimezone(self._ward.zone))
        typed = "\n".join(told(draft.fields, form))
        dialog = LeaveDialog(
            self._window.look, self._asked(draft, fits=fits).format(when, typed),
            self.tr("&Put it back") if fits else "", form, throw=self.tr("&Throw it away"),
            title=self.tr("Typed, perhaps recorded") if draft.unsure else "",
        )  # fmt: skip
        dialog.back_button.setText(self.tr("&Not now"))
        answer = dialog.exec()
        dialog.deleteLater()
        if answer == _PUT_BACK:
            left = put_back(form, draft.fields)
            if draft.unsure:
                self._session.note_unsure(form)
            self._give_up(draft)
            self._settled()
            self.keep()
            if left:
                text = self.tr("Not put back: {0}. Look at these, and type them again.")
                self._window.not_saved.tell(text.format(", ".join(left)))
        elif answer == _THROWN:
            self._give_up(draft)
            self._settled()

    def _asked(self, draft: KeptDraft, *, fits: bool) -> str:
        """What is asked where a form is opened that something was typed in before."""
        if draft.unsure:
            return self._perhaps(fits=fits)
        if draft.laid_by and fits:
            return self.tr(
                "You typed here on {0} and left it as a draft.\n\n{1}\n\nPut back, it stands in the form as it "
                "was, with its times. Nothing is recorded until you record it."
            )
        if fits:
            return self.tr(
                "You typed here on {0}, and it was not recorded: Bedside broke off.\n\n{1}\n\nPut back, it stands "
                "in the form as it was, with its times. Nothing is recorded until you record it."
            )
        return self.tr(
            "You typed here on {0}, and it was not recorded: Bedside broke off.\n\n{1}\n\nThis form has other "
            "fields now, so it cannot be put back. Type again what still holds."
        )

    def _perhaps(self, *, fits: bool) -> str:
        """What is asked about typing that was being saved, and may be on record."""
        if fits:
            return self.tr(
                "You typed here on {0}. It was being saved, and is PERHAPS RECORDED ALREADY: look at what is "
                "recorded before you record it again.\n\n{1}\n\nPut back, it stands in the form as it was, "
                "with its times. Nothing is recorded until you record it."
            )
        return self.tr(
            "You typed here on {0}. It was being saved, and is PERHAPS RECORDED ALREADY: look at what is "
            "recorded before you record it again.\n\n{1}\n\nThis form has other fields now, so it cannot be "
            "put back."
        )

    def _give_up(self, *drafts: KeptDraft) -> None:
        self.waiting = tuple(each for each in self.waiting if each not in drafts)
        self._write()
        self._window.show_drafts()


def _titled(draft: KeptDraft) -> str:
    """Whose form it is, and which."""
    infant = draft.infant.partition(";")[0]
    return f"{infant}, {draft.title}" if infant else draft.title


def is_kept(form: QWidget) -> bool:
    """Whether what is typed in a form is kept: of an infant, and nothing in it proves who or whom."""
    if isinstance(form, Page):
        return form.keeps_typing
    from bedside.desktop.own_typing import own_typing

    if own_typing(form) is not None:
        return True
    from bedside.desktop.form_dialog import FormDialog
    from bedside.desktop.two_identifiers import TwoIdentifierFields

    if not isinstance(form, FormDialog) or form.findChild(TwoIdentifierFields) is not None:
        return False
    return bool(form.infant) if form.keeps_typing is None else form.keeps_typing
