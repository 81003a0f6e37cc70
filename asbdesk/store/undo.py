"""What would undo an action, and whether it still can: only while everything it set still stands as it set it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from asbdesk.model import journal as t
from asbdesk.store.apply import Key, versions
from asbdesk.store.entries import split_id
from asbdesk.store.fold import Version, fold, shown
from asbdesk.store.work import Sets

MOST_FILES = 50
"""Most entries one action is looked for in: far more files than any action touches."""


def undoing(conn: sa.Connection, act: str) -> tuple[Sets, dict[Key, list[Version]]] | None:
    """The `set` that undoes an action with the versions it stands on, or None when it cannot be undone (any more)."""
    bodies = _entries(conn, act)
    held: defaultdict[Key, list[Version]] = defaultdict(list)
    about = {key for body in bodies for key in _records(body)}
    for key, _, version in sorted(versions(conn, about), key=lambda v: v[1]):
        held[key].append(version)
    sets: defaultdict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for body in bodies:
        for key in _records(body):
            back = _back(key, body["id"], held[key])
            if back is None:
                return None
            sets[body["file"]]["/".join(key)] = back
    return (dict(sets), dict(held)) if sets else None


def _entries(conn: sa.Connection, act: str) -> list[dict[str, Any]]:
    """What one action wrote: its first entry, and those that name it in `with`."""
    session, k = split_id(act)
    which = (
        sa.select(t.body.c.text)
        .join(t.entry, t.entry.c.n == t.body.c.n)
        .join(t.session, t.session.c.n == t.entry.c.session)
        .where(t.session.c.id == session, t.entry.c.k >= k)
        .order_by(t.entry.c.k)
        .limit(MOST_FILES)
    )
    read = map(json.loads, conn.scalars(which))
    return [b for b in read if b["id"] == act or b.get("with") == act]


def _records(body: dict[str, Any]) -> list[Key]:
    return [(kind, record) for kind, record in (what.split("/", 1) for what in body.get("set", {}))]


def _back(key: Key, act: str, held: Sequence[Version]) -> dict[str, Any] | None:
    """What a record is set to when the version `act` is undone; None when something came after it.

    `held` is in the order this store took it in: a record whose first version this is was made by it.
    """
    mine = next((v for v in held if v.id == act), None)
    if mine is None:
        return None  # set aside
    if mine is held[0]:
        return {"struck": ["undone", act]} if len(held) == 1 else None
    heads = fold(held)
    back: dict[str, Any] = {}
    for name, (_, *replaced) in mine.sets.items():
        if [h.id for h in heads[name]] != [act]:
            return None
        before = fold(v for v in held if v.id in replaced)
        back[name] = [shown(key[0], name, before.get(name, ())), act]
    return back
