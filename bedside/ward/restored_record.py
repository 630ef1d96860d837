"""Writes into a copy, before it takes the ward's place, what it does not hold; and keeps its backup settings."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from bedside.store.queries import all_of
from bedside.store.records import SiteSetting
from bedside.store.restored_records import RestoredAct, RestoredSettling, WardRestore
from bedside.ward.restored_open import open_acts
from bedside.ward.views.backup import LostFrom, Preview
from bedside.ward.views.restored import MissingAct

if TYPE_CHECKING:
    from bedside.store.change import Change

_KEPT = "the station's own setting was kept through a restore"


def keep_restore(
    change: "Change", seen: Preview, missing: Sequence[MissingAct], people: tuple[str, str]
) -> None:
    """Record a restore and every act that is not in its copy.

    Args:
        change: a change of the copy.
        seen: the copy, and what was read of the ward that it replaces.
        missing: from `missing_acts`.
        people: who restores, and the second person.
    """
    restore_id = change.add(
        WardRestore,
        copy_at=seen.made_at,
        copy_why=seen.why,
        first=people[0],
        second=people[1],
        reading="not read" if seen.relation == "unknown" else "read",
    )
    for act in missing:
        course, day, drug, route = act.planned or ("", None, "", "")
        change.add(
            RestoredAct,
            restore_id=restore_id,
            infant_id=act.infant_id,
            infant=act.infant,
            done_at=act.at,
            done_by=act.who,
            act=act.act,
            words=act.words,
            kind=act.kind,
            course_key=course,
            course_day=day,
            drug=drug,
            route=route,
            due_on=act.due_on,
            content=act.content,
        )
    _keep_settled(change, seen.lost_from)
    if seen.lost_from.settings is not None:
        _keep_settings(change, seen.lost_from.settings)


def _keep_settled(change: "Change", lost: LostFrom) -> None:
    """A line of an earlier restore that the copy holds open, and that was settled since, stays settled.

    What was recorded when it was taken over or entered again is not in the copy: it is listed anew.
    """
    anew = {row.row_id for row in lost.rows if row.table == "restored_act"}
    here = {row.id for row in open_acts(change.connection)}
    for act_id, kept in lost.settled.items():
        if act_id in here and act_id not in anew:
            change.add(
                RestoredSettling,
                act_id=act_id,
                infant_id=kept["infant_id"],
                outcome=kept["outcome"],
                reason=kept["reason"],
                name=kept["name"],
                role=kept["role"],
            )


def _keep_settings(change: "Change", settings: Mapping[str, str]) -> None:
    """Where copies go is the station's, not the copy's: it stays as it was before the restore."""
    here = {row.key: row for row in all_of(change.connection, SiteSetting)}
    for key, value in settings.items():
        old = here.get(key)
        if (old.value if old is not None else "") == value:
            continue
        if old is not None:
            change.void(SiteSetting, old.id, _KEPT)
        if value:
            change.add(SiteSetting, key=key, value=value)
