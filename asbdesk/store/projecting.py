"""From versions to rows: what the entries about a record come to, written where queries find it. For `apply` alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cache, lru_cache, partial
from importlib import import_module
from typing import Any

import sqlalchemy as sa

from asbdesk.model import journal as t
from asbdesk.store.among import among
from asbdesk.store.entries import fields
from asbdesk.store.fold import Version, edited_unseen, file_of, fold, known, shown
from asbdesk.store.many import Changes, Rows, batches

Key = tuple[str, str]
"""`(kind, id)` of a record."""
TOGETHER = 5000
"""Most records named in one statement."""
ALIKE = 8
"""Rows in which the same columns change, from which on it pays to write those columns alone: a statement for them must
be made, and of an index that has none of them nothing is written again."""
MANY = 64
"""New rows with the same fields, from which on these alone are written."""

_lines = t.conflict.c
_CLASHING = sa.select(_lines.id).where(_lines.kind == sa.bindparam("kind"), among(_lines.id, "ids")).distinct()
_NO_LONGER = t.conflict.delete().where(_lines.kind == sa.bindparam("kind"), among(_lines.id, "ids"))


def project(conn: sa.Connection, about: Mapping[Key, Sequence[Version]], new: Mapping[Key, int] | None = None) -> None:
    """Write the rows of these records, and their lines in `conflict`.

    `new`: how many of a record's versions, the first ones, its row does not tell of yet; all of them where it is not
    there yet. Without it every row is written whole.
    """
    several = [key for key, held in about.items() if len(held) > 1 and key[0] in known()]
    clashing = _clashing(conn, several)
    whole = _first_said(conn, about)
    if new is not None and len(several) >= ALIKE and conn.dialect.positional:
        several = _changed(conn, about, new, [key for key in several if key not in clashing]) + sorted(clashing)
    clashes = []
    for key in several:
        row, standing = projected(key, about[key])
        assert row is not None
        whole[key[0]].append([row[name] for name in _rows_of(key[0]).names])
        clashes += standing
    for kind, ids in _by_kind(clashing).items():
        for part in batches(iter(ids), TOGETHER):
            conn.execute(_NO_LONGER, {"kind": kind, "ids": part})
    if clashes:
        conn.execute(t.conflict.insert(), clashes)
    for kind, rows in whole.items():
        _rows_of(kind).write(conn, rows)


def _first_said(conn: sa.Connection, about: Mapping[Key, Sequence[Version]]) -> defaultdict[str, list[list[Any]]]:
    """The rows, by kind, of records of one version. Where many say the same fields, theirs are written at once and not
    given back: of a column that nobody fills, nothing is bound."""
    alike: defaultdict[tuple[str, tuple[str, ...]], list[tuple[str, Version]]] = defaultdict(list)
    for (kind, record), held in about.items():
        if len(held) == 1 and kind in known():  # one that this version does not know is projected after the upgrade
            alike[kind, tuple(held[0].sets)].append((record, held[0]))
    whole: defaultdict[str, list[list[Any]]] = defaultdict(list)
    for (kind, names), some in alike.items():
        few = names if len(some) >= MANY and conn.dialect.positional else None
        blank, places = _places(kind, few)
        rows = [_only(version, record, blank, places) for record, version in some]
        if few is None:
            whole[kind] += rows
        else:
            _rows_of(kind, few).write(conn, rows)
    return whole


def _clashing(conn: sa.Connection, records: Sequence[Key]) -> set[Key]:
    """Those of these records that have lines in `conflict`: most have none."""
    found = set()
    for kind, ids in _by_kind(records).items():
        for part in batches(iter(ids), TOGETHER):
            found |= {(kind, record) for record in conn.scalars(_CLASHING, {"kind": kind, "ids": part})}
    return found


def _by_kind(records: Collection[Key]) -> dict[str, list[str]]:
    by_kind: defaultdict[str, list[str]] = defaultdict(list)
    for kind, record in records:
        by_kind[kind].append(record)
    return by_kind


def _only(version: Version, record: str, blank: list[Any], places: Mapping[str, int]) -> list[Any]:
    """The row of a record of one version: what it says."""
    row = blank.copy()
    for name, told in version.sets.items():
        if name in places:
            row[places[name]] = told[0]
    row[places["id"]], row[places["file"]] = record, version.file
    return row


@lru_cache(maxsize=256)
def _places(kind: str, few: tuple[str, ...] | None = None) -> tuple[list[Any], dict[str, int]]:
    """A row of a kind (of few of its fields) with nothing in it, and where in it each field stands."""
    names = _rows_of(kind, few).names
    return [None] * len(names), {name: place for place, name in enumerate(names)}


def _changed(
    conn: sa.Connection, about: Mapping[Key, Sequence[Version]], new: Mapping[Key, int], keys: Sequence[Key]
) -> list[Key]:
    """Write the columns alone that have changed, where many rows have the same of them; the records left to write."""
    left: list[Key] = []
    alike: defaultdict[tuple[str, tuple[str, ...]], list[list[Any]]] = defaultdict(list)
    for key in keys:
        kind, record = key
        plain = _plainly_changed(about[key], new[key], kind)
        if plain is None:
            left.append(key)
        else:
            names, values = plain
            values.append(record)
            alike[kind, names].append(values)
    for (kind, names), rows in alike.items():
        if not names:
            continue  # fields that this version does not know
        if len(rows) < ALIKE or not _changes_of(kind, names).write(conn, rows):
            left += [(kind, row[-1]) for row in rows]
    return left


def _plainly_changed(held: Sequence[Version], count: int, kind: str) -> tuple[tuple[str, ...], list[Any]] | None:
    """The fields that the first `count` of these versions set, and what they make of them; None where the row may
    differ from what stands in more than these, or there is none yet."""
    if count == len(held):
        return None
    file = held[0].file
    for version in held:
        if version.file != file or "struck" in version.sets:
            return None
    touched = held[0].sets if count == 1 else {name for version in held[:count] for name in version.sets}
    said = []
    for version in held:
        told = {name: version.sets[name] for name in touched if name in version.sets}
        if told:
            said.append(Version(version.hlc, version.id, told))
    heads = fold(said)
    for some in heads.values():
        if len(some) > 1:
            return None
    names = _in_table_order(kind, tuple(touched))
    return names, [heads[name][0].value if heads[name] else None for name in names]


@lru_cache(maxsize=256)
def _in_table_order(kind: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Those of these fields that this version knows, in the order of the columns."""
    places = _places(kind)[1]
    return tuple(sorted((name for name in names if name in places), key=places.__getitem__))


def projected(key: Key, held: Sequence[Version]) -> tuple[dict[str, Any] | None, list[dict[str, Any]]]:
    """A record's row, and its lines in `conflict`; no row for a kind this version does not know."""
    kind, record = key
    if kind not in known():
        return None, []
    heads = fold(held)
    if unseen := edited_unseen(heads, held):
        heads["struck"] = sorted([*heads["struck"], *unseen], key=lambda h: h[:2], reverse=True)
    row = {name: some[0].value if (some := heads.get(name)) else None for name in fields(kind)}
    standing = []
    for name, several in heads.items():
        if len(several) > 1:
            row |= {name: shown(kind, name, several)} if name in row else {}
            held_by = [[h.id, h.value] for h in several]
            standing.append({"kind": kind, "id": record, "field": name, "heads": held_by})
    if unseen:
        row["struck"] = None  # what somebody was still writing in stands until a person decides
    return {"id": record, "file": file_of(held), **row}, standing


@lru_cache(maxsize=256)
def _rows_of(kind: str, few: tuple[str, ...] | None = None) -> Rows:
    """What writes rows of a kind (with few of its fields and nothing in the others), in the order of its columns."""
    names = fields(kind) if few is None else set(few) & set(fields(kind))
    return Rows(known()[kind].__table__, ("id", "file", *names), partial(_upsert, kind=kind))


@lru_cache(maxsize=256)
def _changes_of(kind: str, names: tuple[str, ...]) -> Changes:
    """What writes these columns of rows of a kind."""
    return Changes(known()[kind].__table__, names)


@cache
def _upsert(dialect: str, kind: str) -> Any:
    """Insert or replace a row: the one statement that the two databases' dialects spell for themselves."""
    insert = import_module(f"sqlalchemy.dialects.{dialect}").insert
    statement = insert(known()[kind].__table__)
    names = ("file", *fields(kind))
    return statement.on_conflict_do_update(index_elements=["id"], set_={n: statement.excluded[n] for n in names})
