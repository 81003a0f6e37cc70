"""Entries taken out of effect after they were taken in, and brought back: they stay in the journal either way.

For what a desk learns late: that a laptop had been lost when it wrote them, or that a person has looked and accepted.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping

import sqlalchemy as sa

from asbdesk.model import journal as t
from asbdesk.store import search
from asbdesk.store.apply import Key, reproject, slices
from asbdesk.store.cases import cases_touched
from asbdesk.store.engine import APPLYING, ERASING, gate
from asbdesk.store.local import mark_stale


def set_aside(conn: sa.Connection, why: Mapping[int, str]) -> set[tuple[str, str]]:
    """Leave these entries (by `n`) out of the fold from now on, and say why; the files and kinds changed."""
    about = _about(conn, why)
    stood = {
        n for some in slices(why) for n in conn.scalars(sa.select(t.set_aside.c.n).where(t.set_aside.c.n.in_(some)))
    }
    with gate(conn, ERASING):
        for some in slices(why):
            conn.execute(t.touch.delete().where(t.touch.c.n.in_(some)))
    with gate(conn, APPLYING):
        new = [{"n": n, "why": reason} for n, reason in why.items() if n not in stood]
        if new:
            conn.execute(t.set_aside.insert(), new)
        return _again(conn, about)


def bring_back(conn: sa.Connection, numbers: Collection[int]) -> set[tuple[str, str]]:
    """Let entries that were set aside count again; the files and kinds changed."""
    about = _about(conn, numbers)
    lines = {(kind, record, n) for n, (_, keys) in about.items() for kind, record in keys}
    with gate(conn, APPLYING):
        for some in slices(numbers):
            conn.execute(t.set_aside.delete().where(t.set_aside.c.n.in_(some)))
        if lines:
            conn.execute(t.touch.insert(), [{"kind": kind, "id": record, "n": n} for kind, record, n in sorted(lines)])
        return _again(conn, about)


def _about(conn: sa.Connection, numbers: Collection[int]) -> dict[int, tuple[str, list[Key]]]:
    """The file and the records of each entry whose text is here."""
    which = sa.select(t.body.c.n, t.body.c.text)
    found = {}
    for some in slices(numbers):
        for n, text in conn.execute(which.where(t.body.c.n.in_(some))):
            body = json.loads(text)
            keys = [(kind, record) for kind, _, record in (what.partition("/") for what in body.get("set", {}))]
            found[n] = (body["file"], keys)
    return found


def _again(conn: sa.Connection, about: Mapping[int, tuple[str, list[Key]]]) -> set[tuple[str, str]]:
    records = {(file, *key) for file, keys in about.values() for key in keys}
    before = cases_touched(conn, records)
    keys = sorted({(kind, record) for _, kind, record in records})
    reproject(conn, keys)
    if conn.dialect.name == "sqlite":
        search.index(conn, keys)
    mark_stale(conn, before | cases_touched(conn, records))
    return {(file, kind) for file, kind, _ in records}
