"""What left this laptop with a case and comes back with it (`handing`): which files and keys, and their texts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from asbdesk.model import journal as t
from asbdesk.model import sync as q
from asbdesk.store import search
from asbdesk.store.apply import Key, leaf_of, reproject, slices
from asbdesk.store.cases import cases_touched
from asbdesk.store.engine import APPLYING, gate
from asbdesk.store.entries import split_id
from asbdesk.store.local import look_for_evidence_from, mark_stale

Texts = Sequence[tuple[str, dict[str, Any]]]


def handed(conn: sa.Connection, files: Collection[str]) -> set[str]:
    """Which of these files have left this laptop."""
    c = q.handed_file.c.file
    return {f for some in slices(files) for f in conn.scalars(sa.select(c).where(c.in_(some)))}


def handed_keys(conn: sa.Connection, key_ids: Collection[str]) -> set[str]:
    """Which of these keys left with their file."""
    c = q.handed_key.c.key_id
    return {k for some in slices(key_ids) for k in conn.scalars(sa.select(c).where(c.in_(some)))}


def hand_back(conn: sa.Connection, files: Collection[str]) -> set[str]:
    """The cases of these files are this desk's again: their files and keys may be taken; which files those are."""
    table = q.handed_file
    cases = set(conn.scalars(sa.select(table.c.case).where(table.c.file.in_(files))))
    back = set(conn.scalars(sa.select(table.c.file).where(table.c.case.in_(cases))))
    for some in slices(back):
        conn.execute(q.handed_key.delete().where(q.handed_key.c.file.in_(some)))
        conn.execute(table.delete().where(table.c.file.in_(some)))
    return back


def come_back(conn: sa.Connection, entries: Texts, aside: Mapping[str, str]) -> set[tuple[str, str]]:
    """Put the texts of entries that had left back under their numbers; the files and kinds changed.

    Only the very text that left is taken: its salted hash must be the one in the chain.
    """
    if conn.dialect.name != "sqlite" or conn.scalar(sa.select(q.handed_entry.c.n).limit(1)) is None:
        return set()
    known = _numbers(conn, [body["id"] for _, body in entries])
    bodies, touches, left_out, keys, files = [], [], [], set(), set()
    for text, body in entries:
        n, salt, leaf = known.get(body["id"], (0, b"", b""))
        if not n or leaf_of(salt, text) != leaf:
            continue
        bodies.append({"n": n, "salt": salt, "text": text})
        if body["id"] in aside:
            left_out.append({"n": n, "why": aside[body["id"]]})
            continue
        for what in body.get("set", {}):
            kind, _, record = what.partition("/")
            touches.append({"kind": kind, "id": record, "n": n})
            keys.add((kind, record))
            files.add((body["file"], kind, record))
    if bodies:
        _put_back(conn, bodies, touches, left_out, sorted(keys))
        mark_stale(conn, cases_touched(conn, files))
    return {(file, kind) for file, kind, _ in files}


def _put_back(
    conn: sa.Connection,
    bodies: list[dict[str, Any]],
    touches: list[dict[str, Any]],
    left_out: list[dict[str, Any]],
    keys: list[Key],
) -> None:
    with gate(conn, APPLYING):
        for table, rows in ((t.body, bodies), (t.touch, touches), (t.set_aside, left_out)):
            if rows:
                conn.execute(table.insert(), rows)
        for some in slices([row["n"] for row in bodies]):
            conn.execute(q.handed_entry.delete().where(q.handed_entry.c.n.in_(some)))
        reproject(conn, keys)
        search.index(conn, keys)
    look_for_evidence_from(conn, min(row["n"] for row in bodies))


def _numbers(conn: sa.Connection, ids: list[str]) -> dict[str, tuple[int, bytes, bytes]]:
    """Number, salt and leaf of those of these entries whose text has left."""
    wanted: dict[str, list[int]] = {}
    for entry_id in ids:
        session, k = split_id(entry_id)
        wanted.setdefault(session, []).append(k)
    which = (
        sa.select(t.entry.c.k, t.entry.c.n, q.handed_entry.c.salt, t.entry.c.leaf)
        .join(t.session, t.session.c.n == t.entry.c.session)
        .join(q.handed_entry, q.handed_entry.c.n == t.entry.c.n)
    )
    found = {}
    for session, ks in wanted.items():
        for some in slices(ks):
            for row in conn.execute(which.where(t.session.c.id == session, t.entry.c.k.in_(some))):
                found[f"{session}.{row.k}"] = (row.n, row.salt, row.leaf)
    return found
