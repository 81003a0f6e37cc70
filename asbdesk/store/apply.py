"""The one function that writes records. An action, a colleague's entry, an import and a rebuild all end here.

Core only, no driver's SQL: head office runs the same code on PostgreSQL. Writing records through a Session was
turned down: then there would be two writers, and only one of them would leave a trace.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import Any, TypeVar

import sqlalchemy as sa

from asbdesk.model import journal as t
from asbdesk.store.among import among
from asbdesk.store.engine import APPLYING, gate
from asbdesk.store.entries import BIGGEST, dumps, split_id, without_nul
from asbdesk.store.fold import Version, known
from asbdesk.store.many import batches, inserting
from asbdesk.store.projecting import TOGETHER, Key, project, projected

FIRST_LINK = b"\0" * 32
SLICE = 400
"""Most rows named in one IN list: far below what SQLite and PostgreSQL take."""
CLOSE = 4
"""Numbers that lie no further apart than so many times their count are looked for by the first and the last."""
_NUL = "\\u0000"
"""How an entry's text spells the character 0, which no row holds (`without_nul`)."""

_ENTRIES, _BODIES, _TOUCHES = inserting(t.entry), inserting(t.body), inserting(t.touch)
# statements of every action, built once
_LAST = sa.select(t.entry.c.n, t.entry.c.link).order_by(t.entry.c.n.desc()).limit(1)
_NOW = sa.select(sa.func.max(t.entry.c.n))
_VERSIONS = (
    sa.select(t.touch.c.id, t.touch.c.n, t.body.c.text)
    .join(t.body, t.body.c.n == t.touch.c.n)
    .where(t.touch.c.kind == sa.bindparam("kind"), among(t.touch.c.id, "ids"))
    .where(t.touch.c.n < sa.bindparam("before", type_=sa.BigInteger()))
)

_OF_SESSION = sa.select(t.entry.c.k).where(t.entry.c.session == sa.bindparam("session", type_=sa.Integer()))
_HERE = _OF_SESSION.where(
    t.entry.c.k.between(sa.bindparam("first", type_=sa.Integer()), sa.bindparam("last", type_=sa.Integer()))
)
_THESE_HERE = _OF_SESSION.where(among(t.entry.c.k, "some"))

T = TypeVar("T")


@dataclass
class Taken:
    """What `take` did: how many entries were new, and what they are about."""

    new: int = 0
    last: int = 0
    """The journal's last `n` afterwards."""
    set_aside: int = 0
    changed: set[tuple[str, str]] = field(default_factory=set)
    """The files and the kinds of record in them."""
    about: Mapping[Key, Sequence[Version]] = field(default_factory=dict)
    """Every version, new and earlier, of the records they are about."""


def apply(conn: sa.Connection, texts: Iterable[str], earlier: Mapping[Key, list[Version]] | None = None) -> int:
    """Take in entries by their exact texts, in any order; known ids and erased files are skipped.

    `earlier` is given by an action of our own that has already read the other versions of every record it touches:
    then nothing is read twice. Returns how many were new. What comes from elsewhere passes `take_in` first.
    """
    return take(conn, [(text, json.loads(text)) for text in texts], earlier=earlier).new


def take(
    conn: sa.Connection,
    entries: Sequence[tuple[str, dict[str, Any]]],
    *,
    earlier: Mapping[Key, list[Version]] | None = None,
    aside: Mapping[str, str] | None = None,
    sessions: dict[str, int] | None = None,
) -> Taken:
    """`apply` with what it read: `(text, body)` pairs, why some are set aside (by entry id), session numbers known."""
    with gate(conn, APPLYING):
        fresh = _fresh(conn, entries, {} if sessions is None else sessions, own=earlier is not None)
        if not fresh:
            return Taken()
        first, last = _file_away(conn, fresh)
        about, left_out = _touch(conn, fresh, first, aside or {})
        taken = Taken(len(fresh), last, left_out)
        taken.changed = {(version.file, kind) for (kind, _), new in about.items() for version in new}
        if earlier is None:
            new = {key: len(versions) for key, versions in about.items()}
            _add_earlier(conn, about, list(about), before=first)
            project(conn, about, new)
        else:
            for key, held in earlier.items():
                about[key] += held
            project(conn, about)
        taken.about = about
    return taken


# ---- filing: session, entry, body, touch
Fresh = list[tuple[int, int, str, dict[str, Any]]]
"""`(session n, k, text, body)`."""


def _fresh(
    conn: sa.Connection, entries: Sequence[tuple[str, dict[str, Any]]], numbers: dict[str, int], *, own: bool
) -> Fresh:
    named: dict[tuple[str, int], tuple[str, dict[str, Any]]] = {}
    for text, body in entries:
        named.setdefault(split_id(body["id"]), (text, body))
    wanted = named
    if not own:
        known = _known(conn, list(named))
        gone = _erased(conn, {body["file"] for _, body in named.values()})
        if known or gone:
            wanted = {k: v for k, v in named.items() if k not in known and v[1]["file"] not in gone}
    last = {name: body for (name, _), (_, body) in wanted.items()}
    _number_sessions(conn, {name: _member(body) for name, body in last.items()}, numbers)
    return [(numbers[name], k, text, body) for (name, k), (text, body) in wanted.items()]


def _member(body: Mapping[str, Any]) -> str:
    by = body.get("by", "")  # what is set aside because it is wrong is filed all the same
    return without_nul(by) if isinstance(by, str) else ""


def _known(conn: sa.Connection, names: Collection[tuple[str, int]]) -> set[tuple[str, int]]:
    """Those of these entries that are here, looked for session by session: nearly all come in a row."""
    by_session: defaultdict[str, list[int]] = defaultdict(list)
    for session, k in names:
        by_session[session].append(k)
    here: set[tuple[str, int]] = set()
    for part in slices(by_session):
        for n, session in conn.execute(sa.select(t.session.c.n, t.session.c.id).where(among(t.session.c.id, part))):
            here |= {(session, k) for k in _numbers_here(conn, n, by_session[session])}
    return here


def _numbers_here(conn: sa.Connection, session: int, numbers: list[int]) -> Iterator[int]:
    """Those of these entries of a session that are here; most often they are some in a row, and none is."""
    first, last = min(numbers), max(numbers)
    if last - first < CLOSE * len(numbers):
        yield from conn.scalars(_HERE, {"session": session, "first": first, "last": last})
        return
    for some in slices(numbers):
        yield from conn.scalars(_THESE_HERE, {"session": session, "some": some})


def _erased(conn: sa.Connection, files: set[str]) -> set[str]:
    which = sa.select(t.erased.c.file)
    return {r[0] for part in slices(files) for r in conn.execute(which.where(among(t.erased.c.file, part)))}


def _number_sessions(conn: sa.Connection, members: Mapping[str, str], numbers: dict[str, int]) -> None:
    unknown = [name for name in members if name not in numbers]
    which = sa.select(t.session.c.id, t.session.c.n)
    for part in slices(unknown):
        numbers.update((r.id, r.n) for r in conn.execute(which.where(among(t.session.c.id, part))))
    new = [name for name in unknown if name not in numbers]
    if not new:
        return
    last = conn.scalar(sa.select(sa.func.max(t.session.c.n))) or 0
    numbers.update({name: last + i for i, name in enumerate(new, 1)})
    rows = [{"n": numbers[s], "id": s, "device": s.split(".")[0], "member": members[s]} for s in new]
    conn.execute(t.session.insert(), rows)


def _file_away(conn: sa.Connection, fresh: Fresh) -> tuple[int, int]:
    """Write the `entry` and `body` lines; returns the first and the last `n`."""
    last = conn.execute(_LAST).first()
    n, link = (last.n, last.link) if last else (0, FIRST_LINK)
    first = n + 1
    entries, bodies = [], []
    salts = os.urandom(16 * len(fresh))
    for i, (session, k, text, body) in enumerate(fresh):
        n, salt = first + i, salts[16 * i : 16 * i + 16]
        leaf = leaf_of(salt, text)
        link = next_link(link, body["id"], body["file"], leaf)
        entries.append([n, session, k, body["file"], body["hlc"], leaf, link])
        bodies.append([n, salt, text])
    _ENTRIES.write(conn, entries)
    _BODIES.write(conn, bodies)
    return first, n


def leaf_of(salt: bytes, text: str) -> bytes:
    """The salted hash of an entry's bytes: without the salt nobody can guess a short field back from it."""
    return hmac.digest(salt, text.encode(), "sha256")


def next_link(link: bytes, entry_id: str, file: str, leaf: bytes) -> bytes:
    """The chain's next link; its fields cannot contain a space."""
    return hashlib.sha256(link + f"{entry_id} {file} ".encode() + leaf).digest()


def _touch(
    conn: sa.Connection, fresh: Fresh, first: int, aside: Mapping[str, str]
) -> tuple[defaultdict[Key, list[Version]], int]:
    """Write the `touch` lines (or `set_aside`); the new versions by record, and how many entries were set aside."""
    about: defaultdict[Key, list[Version]] = defaultdict(list)
    touches, left_out = [], []
    for n, (_, _, text, body) in enumerate(fresh, first):
        me = body["id"]
        if me in aside:
            left_out.append({"n": n, "why": without_nul(aside[me])})
            continue
        all_sets = body.get("set", {})
        for what, sets in (without_nul(all_sets) if _NUL in text else all_sets).items():
            kind, _, record = what.partition("/")
            touches.append([kind, record, n])
            about[kind, record].append(Version(body["hlc"], me, sets, body["file"]))
    _TOUCHES.write(conn, touches)
    if left_out:
        conn.execute(t.set_aside.insert(), left_out)
    return about, len(left_out)


def _add_earlier(
    conn: sa.Connection, about: defaultdict[Key, list[Version]], records: Collection[Key], *, before: int | None = None
) -> None:
    for key, _, version in versions(conn, records, before=before):
        about[key].append(version)


def versions(
    conn: sa.Connection, records: Collection[Key], *, before: int | None = None
) -> Iterator[tuple[Key, int, Version]]:
    """Every kept version of these records as `(record, n, version)`: one statement for many."""
    by_kind: defaultdict[str, list[str]] = defaultdict(list)
    for kind, record in records:
        by_kind[kind].append(record)
    for kind, ids in by_kind.items():
        for part in batches(iter(sorted(ids)), TOGETHER):  # in their order: neighbours lie on one page, read once
            named = {"kind": kind, "ids": part, "before": BIGGEST if before is None else before}
            for record, n, text in conn.execute(_VERSIONS, named).all():
                yield (kind, record), n, version_in(text, kind, record)


def version_in(text: str, kind: str, record: str) -> Version:
    """What an entry's text says about one record."""
    body = _reader()(text)
    sets = body["set"][f"{kind}/{record}"]
    return Version(body["hlc"], body["id"], without_nul(sets) if _NUL in text else sets, body["file"])


@cache
def _reader() -> Callable[[str], dict[str, Any]]:
    from asbdesk.store.sound import body_of  # not at the top: it brings pydantic's reader with it

    return body_of


# ---- again from the journal
def rebuild(
    conn: sa.Connection, only: Collection[str] | None = None, tell: Callable[[str, int], None] | None = None
) -> None:
    """Empty the record tables of these kinds (all of them) and fill them again from the journal, streamed."""
    wanted = set(known() if only is None else only)
    with gate(conn, APPLYING):
        for kind in sorted(wanted & told_of(conn)):
            conn.execute(sa.delete(known()[kind]))
            conn.execute(t.conflict.delete().where(t.conflict.c.kind == kind))
            done = 0
            for part in batches(records_of(conn, kind), 500):
                project(conn, dict(part))
                done += len(part)
                if tell:
                    tell(kind, done)


def reproject(conn: sa.Connection, records: Collection[Key]) -> None:
    """Write these records' rows again from what is left of their versions; without any they go. For `erase`."""
    by_kind: defaultdict[str, list[str]] = defaultdict(list)
    for kind, record in records:
        by_kind[kind].append(record)
    for kind, ids in by_kind.items():
        for part in slices(ids):
            conn.execute(t.conflict.delete().where(t.conflict.c.kind == kind, t.conflict.c.id.in_(part)))
            if kind in known():
                conn.execute(sa.delete(known()[kind]).where(known()[kind].id.in_(part)))
    about: defaultdict[Key, list[Version]] = defaultdict(list)
    _add_earlier(conn, about, records)
    project(conn, about)


def told_of(conn: sa.Connection) -> set[str]:
    """The kinds of records that the journal tells of, or that have a row or a conflict: most desks use half of them."""
    return {kind for kind in conn.scalars(_told_of()) if kind in known()}


@cache
def _told_of() -> sa.CompoundSelect[Any]:
    tables = {kind: cls.__table__ for kind, cls in known().items()}
    rows = [
        sa.select(sa.literal(kind)).where(sa.exists(sa.select(sa.literal(1)).select_from(table)))
        for kind, table in tables.items()
    ]
    return sa.union(*rows, sa.select(t.touch.c.kind).distinct(), sa.select(t.conflict.c.kind).distinct())


def records_of(conn: sa.Connection, kind: str) -> Iterator[tuple[Key, list[Version]]]:
    """Every record of a kind with its versions, in order of id, read as it is wanted."""
    which = (
        sa.select(t.touch.c.id, t.body.c.text)
        .join(t.body, t.body.c.n == t.touch.c.n)
        .where(t.touch.c.kind == kind)
        .order_by(t.touch.c.id, t.touch.c.n)
    )
    found = conn.execute(which, execution_options={"yield_per": 2000})
    for record, lines in groupby(found, key=lambda r: r[0]):
        yield (kind, record), [version_in(text, kind, record) for _, text in lines]


# ---- small things
def slices(values: Collection[T]) -> Iterator[list[T]]:
    """`values` in lists short enough for one statement."""
    return batches(iter(values), SLICE)


def now(conn: sa.Connection) -> int:
    """The journal's last `n`: what a screen read at this moment had before it."""
    return conn.scalar(_NOW) or 0


__all__ = [
    "Key", "apply", "batches", "dumps", "now", "projected", "rebuild", "records_of", "take", "told_of", "versions",
]  # fmt: skip
