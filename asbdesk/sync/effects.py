"""Which of a segment's entries have effect where some were here already: the same on every desk, whatever came first.

One entry may come in two segments, where a laptop was copied. It has no effect when any segment that counts says so;
it is not for review when any segment that counts brings it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import sqlalchemy as sa

from asbdesk.model import journal as t
from asbdesk.store.apply import slices
from asbdesk.store.setting_aside import bring_back, set_aside
from asbdesk.sync import cabinet

REVIEW = "It was written on a laptop that had been reported lost. Somebody at head office looks at it first."

Changed = set[tuple[str, str]]
"""Files and kinds."""


def settle(conn: sa.Connection, ids: Collection[str], aside: Mapping[str, str], *, reviewed: bool) -> Changed:
    """After a segment was taken in: what of it was here already. `ids`: all its entries; `aside`: those without effect;
    `reviewed`: some of its laptop's may lie aside for review."""
    changed: Changed = set()
    if reviewed:
        changed |= back(conn, [entry_id for entry_id in ids if entry_id not in aside])
    for entry_id, why in aside.items():
        numbers = cabinet.numbers_of(conn, [entry_id])
        stood = why_aside(conn, numbers)
        changed |= set_aside(conn, {n: why for n in numbers if n not in stood})
        for n in (n for n in numbers if stood.get(n) == REVIEW):
            bring_back(conn, [n])
            changed |= set_aside(conn, {n: why})
    return changed


def back(conn: sa.Connection, ids: Collection[str]) -> Changed:
    """Those of these entries that lay aside for review count again."""
    numbers = cabinet.numbers_of(conn, ids)
    stood = why_aside(conn, numbers)
    waiting = [n for n in numbers if stood.get(n) == REVIEW]
    return bring_back(conn, waiting) if waiting else set()


def review(conn: sa.Connection, ids: Collection[str]) -> Changed:
    """These entries wait for a person from now on; those aside for another reason stay as they are."""
    numbers = cabinet.numbers_of(conn, ids)
    stood = why_aside(conn, numbers)
    new = {n: REVIEW for n in numbers if n not in stood}
    return set_aside(conn, new) if new else set()


def why_aside(conn: sa.Connection, numbers: Collection[int]) -> dict[int, str]:
    """Why those of these entries that are set aside are."""
    c = t.set_aside.c
    return {r.n: r.why for some in slices(numbers) for r in conn.execute(sa.select(c.n, c.why).where(c.n.in_(some)))}
