"""Lines that are kept on this laptop alone: drafts that end, and cases whose derived lines wait."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from asbdesk.model import Case
from asbdesk.model import journal as t
from asbdesk.model import sync as q
from asbdesk.store.among import among

SLICE = 500
"""Most cases named in one statement."""


def end_drafts(conn: sa.Connection, run: str, questions: Collection[str] | None) -> None:
    """End a form's drafts: all of them and the form itself, or those of some questions."""
    gone = t.draft.delete().where(t.draft.c.form_run == run)
    if questions is not None:
        conn.execute(gone.where(t.draft.c.question.in_(list(questions))))
        return
    conn.execute(gone)
    conn.execute(t.form_run.delete().where(t.form_run.c.id == run))


def mark_all_stale(conn: sa.Connection) -> None:
    """Every case's derived lines wait: a new profile, another version of the program."""
    conn.execute(t.due_stale.delete())
    conn.execute(t.due_stale.insert().from_select(["case"], sa.select(Case.id)))


def mark_stale(conn: sa.Connection, cases: Collection[str]) -> None:
    """These cases' derived lines wait to be worked out again."""
    if len(cases) > SLICE and len(cases) == conn.scalar(sa.select(sa.func.count()).select_from(Case)):
        mark_all_stale(conn)
        return
    ordered = sorted(cases)
    for start in range(0, len(ordered), SLICE):
        part = ordered[start : start + SLICE]
        conn.execute(t.due_stale.delete().where(among(t.due_stale.c.case, part)))
        conn.execute(t.due_stale.insert(), [{"case": case} for case in part])


def wait_to_be_sent(conn: sa.Connection, after: int, last: int) -> None:
    """Entries `after` (left out) to `last` wait to be sent."""
    conn.execute(q.unsent.insert(), [{"n": n} for n in range(after + 1, last + 1)])


def no_longer_waits(conn: sa.Connection, numbers: sa.Select[tuple[int]]) -> None:
    """These entries were erased: nothing of them is left to be sent."""
    conn.execute(q.unsent.delete().where(q.unsent.c.n.in_(numbers)))


def drop_keys(conn: sa.Connection, files: Collection[str]) -> None:
    """Destroy the keys of these files (their lines stay, so that what lies under them is known to be erased), and
    let go of the sealed blocks that are here."""
    key_ids = sa.select(q.file_key.c.key_id).where(q.file_key.c.file.in_(files))
    conn.execute(q.block.update().where(q.block.c.key_id.in_(key_ids)).values(bytes=None, state="erased"))
    for table in (q.key_given, q.key_due):
        conn.execute(table.delete().where(table.c.key_id.in_(key_ids)))
    conn.execute(q.file_key.update().where(q.file_key.c.file.in_(files)).values(key=None))


def drop_evidence(conn: sa.Connection, blobs: Collection[str]) -> None:
    """These files are erased: they are no longer sent or fetched, and their packs wait to be taken out of the depot."""
    ordered = sorted(blobs)
    for start in range(0, len(ordered), SLICE):
        some = ordered[start : start + SLICE]
        packs = conn.scalars(sa.select(q.pack_part.c.pack).where(q.pack_part.c.blob.in_(some)).distinct()).all()
        for table in (q.pack_part, q.evidence_move):
            conn.execute(table.delete().where(table.c.blob.in_([*some, *packs])))
        if packs:
            conn.execute(q.evidence_move.insert(), [{"blob": p, "way": "drop", "state": "waiting"} for p in packs])


EVIDENCE_UPTO = "evidence_upto"
"""The local setting that says up to which entry the journal was looked through for evidence to be moved, and for which
kinds of record."""


_UPTO = t.local_setting.c.name == EVIDENCE_UPTO


def _evidence_line(conn: sa.Connection) -> tuple[int, str]:
    upto, _, kinds = (conn.scalar(sa.select(t.local_setting.c.value).where(_UPTO)) or "").partition(" ")
    return int(upto or 0), kinds


def evidence_upto(conn: sa.Connection) -> int:
    """The last entry that was looked through for evidence to be moved; 0 for none."""
    return _evidence_line(conn)[0]


def look_for_evidence_from(conn: sa.Connection, n: int) -> None:
    """The texts of entries from `n` on have come back: what evidence they name is to be moved again."""
    upto, kinds = _evidence_line(conn)
    if upto >= n:
        conn.execute(t.local_setting.update().where(_UPTO).values(value=f"{n - 1} {kinds}"))


def still_coming(conn: sa.Connection) -> set[str]:
    """The files beside the store that colleagues recorded and that have not come yet."""
    move = q.evidence_move.c
    return set(conn.scalars(sa.select(move.blob).where(move.way == "in", move.state != "done")))
