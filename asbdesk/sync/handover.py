"""When a case that is somebody else's now leaves this laptop: after everything written here has been received.

Only a case that was handed to a colleague leaves. One that nobody is named for stays with who has it, and so does one
whose officer two laptops disagree about, one with a form half filled in, and one with evidence still to be sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.model import Case
from asbdesk.model import journal as t
from asbdesk.model import sync as q
from asbdesk.store.handing import Left, hand_out
from asbdesk.store.roles import MANAGER, OFFICER
from asbdesk.sync.roster import Roster
from asbdesk.sync.scope import Scope, covers_all, files_of_it_alone
from asbdesk.sync.status import received_upto

if TYPE_CHECKING:
    from asbdesk.store.vault import Store

_case = Case.__table__.c


def hand_out_what_is_others(store: Store, now: Roster) -> list[Left]:
    """Let every case go that may leave; what left."""
    me = now.device(store.journal.device)
    if me is None or me.revoked or me.role not in (OFFICER, MANAGER) or covers_all(me):
        return []
    with store.reader.connect() as conn:
        others = _others(conn, now, me.device)
    left = [_let_go(store, now, me.device, case) for case in others]
    return [one for one in left if one is not None]


def _let_go(store: Store, now: Roster, device: str, case: str) -> Left | None:
    with store.reader.connect() as conn:
        files = files_of_it_alone(conn, case)
        if not _is_received(conn, files, device, now):
            return None

    def may(conn: sa.Connection) -> bool:  # once more where nothing can be written in between
        still = case in _others(conn, now, device) and files_of_it_alone(conn, case) == files
        return still and _is_received(conn, files, device, now)

    return hand_out(store, case, files, may)


def _others(conn: sa.Connection, now: Roster, device: str) -> list[str]:
    """Cases here that were handed to a colleague and that this desk should not hold."""
    scope, members = Scope(now), {d.member for d in now.devices() if not d.revoked}
    which = sa.select(_case.id, _case.officer, _case.team).where(
        _case.officer.is_not(None), _case.practice.is_not(True)
    )
    undecided = sa.select(t.conflict.c.id).where(
        t.conflict.c.kind == "case", t.conflict.c.field.in_(("officer", "team"))
    )
    begun = sa.select(t.form_run.c.case)
    rows = conn.execute(which.where(_case.id.not_in(undecided), _case.id.not_in(begun))).all()
    handed = [r.id for r in rows if r.officer in members and device not in scope.of_case(r.officer, r.team)]
    holders = scope.of_cases(conn, handed)  # whoever covers one holds it too
    return [case for case in handed if device not in holders[case]]


def _is_received(conn: sa.Connection, files: set[str], device: str, now: Roster) -> bool:
    """Whether nothing of these files waits here, and head office has what this desk wrote in them."""
    waits = sa.select(q.unsent.c.n).join(t.entry, t.entry.c.n == q.unsent.c.n).where(t.entry.c.file.in_(files))
    moves = sa.select(q.evidence_move.c.blob).where(
        q.evidence_move.c.file.in_(files), q.evidence_move.c.way == "out", q.evidence_move.c.state != "done"
    )
    if conn.scalar(waits.limit(1)) is not None or conn.scalar(moves.limit(1)) is not None:
        return False
    key_ids = sa.select(q.file_key.c.key_id).where(q.file_key.c.file.in_(files))
    last = sa.select(sa.func.max(q.block.c.seq)).where(q.block.c.device == device, q.block.c.key_id.in_(key_ids))
    upto = received_upto(conn, device, now)
    return (conn.scalar(last) or 0) <= (upto.seq if upto else 0)
