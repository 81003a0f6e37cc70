"""What waits to be sent, packed into one segment whose bytes are committed before they leave (SYNC.md 2.4)."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

import sqlalchemy as sa

from asbdesk import __version__
from asbdesk.clock import instant
from asbdesk.model import journal as t
from asbdesk.model import sync as q
from asbdesk.store.journal import Journal
from asbdesk.store.noted import noted
from asbdesk.store.roles import HEAD_OFFICE
from asbdesk.store.schema import VERSIONS
from asbdesk.store.setting_aside import set_aside
from asbdesk.sync import blocks, cabinet, held, keys, names, packs, segment
from asbdesk.sync.cabinet import Kept
from asbdesk.sync.roster import Roster
from asbdesk.sync.several import side_by_side

MOST = 10_000
"""Entries of one segment at most: the more, the more of each file lie in one block, and the smaller they get."""
MOST_TEXT = 8 << 20
"""Characters of one segment at most, but for one entry that is longer."""


class Line(NamedTuple):
    """An entry that waits to be sent."""

    n: int
    file: str
    text: str


@dataclass
class _Draft:
    """A segment in the making: everything that takes time, done outside the transaction that keeps it."""

    lines: list[Line]
    last: Kept | None
    keys: dict[str, tuple[str, bytes]]
    blocks: list[tuple[str, int, bytes]] = field(default_factory=list)
    no_effect: dict[int, str] = field(default_factory=dict)

    @property
    def seq(self) -> int:
        return self.last.seq + 1 if self.last else 1


def stage(journal: Journal, roster: Roster, org: str, *, beat: bool = False) -> bool:
    """Pack what waits to be sent into one segment and commit its bytes; False when there was nothing to pack.

    `beat`: one without entries, when others' were taken in and nothing of ours has said so yet.
    """
    while True:
        with journal.reading() as conn:
            draft = _Draft(_waiting(conn), cabinet.last(conn, journal.device), {})
            wanted = bool(draft.lines) or _to_announce(conn) or (beat and noted(conn, cabinet.ACKNOWLEDGE))
            private = keys.secret(conn, keys.SIGN)
        if not wanted or private is None:
            return False
        _pack(journal, roster, org, draft)
        kept = journal.write_local(partial(_keep, journal, roster, org, draft, private))
        if kept is not None:
            journal.announce(frozenset(kept))
            return True


def beat_is_due(journal: Journal, *, at_once: bool) -> bool:
    """Whether a segment without entries should say what was taken in: at once, or a day after the last of ours. One
    from a day that is still to come was made when this clock was wrong, and holds nothing up."""
    with journal.reading() as conn:
        if noted(conn, cabinet.ACKNOWLEDGE) is None:
            return False
        last = cabinet.last(conn, journal.device)
        made = cabinet.made_at(conn, last) if last else ""
    now = journal.clock.now()
    return at_once or not made or not instant(now - dt.timedelta(days=1)) < made <= instant(now)


def _waiting(conn: sa.Connection) -> list[Line]:
    which = (
        sa.select(q.unsent.c.n, t.entry.c.file, t.body.c.text)
        .join(t.entry, t.entry.c.n == q.unsent.c.n)
        .join(t.body, t.body.c.n == q.unsent.c.n)
        .order_by(q.unsent.c.n)
        .limit(MOST)
    )
    found: list[Line] = []
    room = MOST_TEXT
    for n, file, text in conn.execute(which).all():
        room -= len(text)
        if found and room < 0:
            break
        found.append(Line(n, file, text))
    return found


def _to_announce(conn: sa.Connection) -> bool:
    return conn.scalar(sa.select(q.pack_part.c.pack).where(q.pack_part.c.state == "placed").limit(1)) is not None


def _pack(journal: Journal, roster: Roster, org: str, draft: _Draft) -> None:
    """Seal the blocks: one for each file, in the order in which they first come."""
    files: dict[str, list[str]] = {}
    for line in draft.lines:
        files.setdefault(line.file, []).append(line.text)
    with journal.reading() as conn:
        draft.keys = keys.newest_of(conn, files)
    if len(draft.keys) < len(files):
        made = instant(journal.clock.now())
        draft.keys = journal.write_local(lambda conn: keys.keys_for(conn, files, made))
    place = partial(blocks.context, org, journal.device, draft.seq)
    told = [(index, *draft.keys[file], files[file]) for index, file in enumerate(f for f in files if f in draft.keys)]
    draft.blocks = side_by_side(lambda one: (one[1], len(one[3]), blocks.pack(one[3], one[2], place(*one[:2]))), told)
    draft.no_effect = _no_effect(draft.lines, journal, roster)


def _no_effect(lines: list[Line], journal: Journal, roster: Roster) -> dict[int, str]:
    """What everybody else will set aside, because the writer's role had changed: it is set aside here as well."""
    judge = roster.judge(journal.device, roster.heads)
    me = roster.device(journal.device)
    if me is not None and me.role == HEAD_OFFICE:  # it may write all there is, under its own name
        own = f'{{"by":"{me.member}",'
        lines = [line for line in lines if not line.text.startswith(own)]
    told = ((line.n, judge(json.loads(line.text))) for line in lines)
    return {n: why for n, why in told if why}


def _keep(
    journal: Journal, roster: Roster, org: str, draft: _Draft, private: bytes, conn: sa.Connection
) -> set[tuple[str, str]] | None:
    """Commit the segment, and end the waiting of what lies in it; None when something changed meanwhile: once more."""
    numbers = {"first": draft.lines[0].n, "last": draft.lines[-1].n} if draft.lines else None
    if numbers is not None:
        between = q.unsent.c.n.between(numbers["first"], numbers["last"])
        here = conn.scalar(sa.select(sa.func.count()).select_from(q.unsent).where(between)) or 0
        files = {line.file for line in draft.lines}
        if here != len(draft.lines) or keys.newest_of(conn, files) != draft.keys:
            return None
        conn.execute(q.unsent.delete().where(between))
    if cabinet.last(conn, journal.device) != draft.last:
        return None
    made = segment.make(_words(conn, journal, roster, org, draft), draft.blocks, segment.sign_with(private))
    data = made.data()
    name, at = names.segment(journal.device, draft.seq, data), instant(journal.clock.now())
    cabinet.write(conn, name, made, "outgoing", None, at, [("ours", None)] * len(draft.blocks))
    conn.execute(t.local_setting.delete().where(t.local_setting.c.name == cabinet.ACKNOWLEDGE))
    return set_aside(conn, draft.no_effect) if draft.no_effect else set()


def _words(conn: sa.Connection, journal: Journal, roster: Roster, org: str, draft: _Draft) -> dict[str, Any]:
    """A header's words, but for its blocks."""
    newest = conn.execute(sa.select(t.entry.c.n, t.entry.c.link).order_by(t.entry.c.n.desc()).limit(1)).first()
    announced = packs.to_announce(conn)
    return {
        "org": org,
        "dev": journal.device,
        "seq": draft.seq,
        "prev": draft.last.hash if draft.last else segment.FIRST,
        "roster": list(roster.heads),
        "app": __version__,
        "schema": VERSIONS[-1],
        "seen": {device: [seq, hash_] for device, (seq, hash_) in seen(conn, journal.device).items()},
        "chain": [newest.n, newest.link.hex()] if newest else [0, segment.FIRST],
        **({"packs": announced} if announced else {}),
    }


def seen(conn: sa.Connection, device: str) -> dict[str, tuple[int, str]]:
    """The last segment taken in from each other laptop: number and hash. As many statements as there are laptops."""
    found = {}
    for area in held.areas(conn):
        kind, _, other = area.partition("/")
        if kind == "dev" and other != device and (kept := cabinet.last(conn, other)):
            found[other] = (kept.seq, kept.hash)
    return found
